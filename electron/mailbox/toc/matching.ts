/**
 * Which message of a new table is which of the old one (I4), and what that says to a person (I6).
 *
 * Matched by fingerprint, in order first: what stands unchanged at the front and at the back is
 * settled by two loops; only what lies between goes through a lookup, where equal messages are
 * paired in their order.
 */

import type { Diff } from '../../../shared/diff.ts';
import { type MessageNumber, messageNumber } from '../../../shared/units.ts';
import type { Table } from './table.ts';

/** For each message of the new table its number in the old one, or -1. */
export type OldNumbers = Int32Array;

export function matchTables(old: Table, now: Table): OldNumbers {
  const oldNumbers = new Int32Array(now.count).fill(-1);
  const same = (before: number, after: number): boolean =>
    now.sameMessage(messageNumber(after), old, messageNumber(before));

  let front = 0;
  const shorter = Math.min(old.count, now.count);
  while (front < shorter && same(front, front)) {
    oldNumbers[front] = front;
    front += 1;
  }
  let back = 0;
  while (back < shorter - front && same(old.count - 1 - back, now.count - 1 - back)) {
    oldNumbers[now.count - 1 - back] = old.count - 1 - back;
    back += 1;
  }
  matchBetween(old, now, oldNumbers, {
    from: front,
    oldTo: old.count - back,
    to: now.count - back,
  });
  return oldNumbers;
}

interface Stretch {
  readonly from: number;
  readonly oldTo: number;
  readonly to: number;
}

function matchBetween(old: Table, now: Table, oldNumbers: OldNumbers, stretch: Stretch): void {
  const waiting = new Map<string, MessageNumber[]>();
  // From the back, so that `pop` takes equal messages in their order.
  for (let number = stretch.oldTo - 1; number >= stretch.from; number--) {
    const name = nameOf(old, messageNumber(number));
    const twins = waiting.get(name);
    if (twins) twins.push(messageNumber(number));
    else waiting.set(name, [messageNumber(number)]);
  }
  for (let number = stretch.from; number < stretch.to; number++) {
    const match = waiting.get(nameOf(now, messageNumber(number)))?.pop();
    if (match !== undefined) oldNumbers[number] = match;
  }
}

function nameOf(table: Table, number: MessageNumber): string {
  return `${table.fingerprintHigh(number)} ${table.fingerprintLow(number)}`;
}

/**
 * The difference in numbers. A message counts as altered if something else stands in its place,
 * between the same neighbours, and enough of it is still the same: the header or the end.
 */
export function diffOf(old: Table, now: Table, oldNumbers: OldNumbers, how: Diff['how']): Diff {
  const stayed = new Uint8Array(old.count);
  for (const number of oldNumbers) if (number >= 0) stayed[number] = 1;
  let altered = 0;
  let arrived = 0;
  let kept = 0;
  let before = -1;
  for (let number = 0; number < now.count; number++) {
    const was = oldNumbers[number] ?? -1;
    if (was >= 0) {
      kept += 1;
      before = was;
      continue;
    }
    const place = before + 1;
    if (place < old.count && stayed[place] === 0 && related(old, place, now, number)) {
      altered += 1;
      before = place;
    } else {
      arrived += 1;
    }
  }
  return { how, arrived, gone: old.count - kept - altered, altered, marksLost: 0 };
}

/** Whether one message is the other after an edit: flags patched in the header, or a changed body. */
function related(old: Table, before: number, now: Table, after: number): boolean {
  return now.related(messageNumber(after), old, messageNumber(before));
}
