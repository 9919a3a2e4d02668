/**
 * Equal messages of which another program has removed some: which of them are left cannot be told, for
 * their bytes are the same, and their places have moved. So those that are left are nobody's key any
 * more (I4): a deletion that was meant for the one that is gone would take the last of them (I5).
 */

import { messageNumber } from '../../../shared/units.ts';
import { fingerprintText } from './key-text.ts';
import type { OldNumbers } from './matching.ts';
import type { Table } from './table.ts';

/** The matches without those that may as well be another one's. @returns what was given if all are certain */
export function certainMatches(old: Table, now: Table, oldNumbers: OldNumbers): OldNumbers {
  const left = new Uint8Array(old.count);
  let gone = old.count;
  for (const number of oldNumbers) {
    if (number < 0) continue;
    left[number] = 1;
    gone -= 1;
  }
  if (gone === 0) return oldNumbers;
  const names = new Set<string>();
  for (let number = 0; number < old.count; number++) {
    if (left[number] === 0) names.add(fingerprintText(old, messageNumber(number)));
  }
  return oldNumbers.map((before, number) =>
    before >= 0 && names.has(fingerprintText(now, messageNumber(number))) ? -1 : before,
  );
}
