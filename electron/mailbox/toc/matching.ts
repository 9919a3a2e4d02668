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
 * For each message of the new table the old one that it is, or that it is an edit of; -1 for one that
 * arrived. An edit keeps the header or the end of the body. One that stands between the same
 * neighbours is found first; then those that have moved as well.
 */
export function ancestorsOf(old: Table, now: Table, oldNumbers: OldNumbers): OldNumbers {
  const ancestors = oldNumbers.slice();
  const taken = new Uint8Array(old.count);
  for (const number of oldNumbers) if (number >= 0) taken[number] = 1;
  let before = -1;
  let left = 0;
  for (let number = 0; number < now.count; number++) {
    const was = ancestors[number] ?? -1;
    const place = before + 1;
    if (was >= 0) before = was;
    else if (place < old.count && taken[place] === 0 && related(old, place, now, number)) {
      ancestors[number] = place;
      taken[place] = 1;
      before = place;
    } else left += 1;
  }
  if (left > 0) {
    pairMoved(old, now, ancestors, taken, 'end');
    pairMoved(old, now, ancestors, taken, 'head');
  }
  return ancestors;
}

/** Pairs messages that have moved as well, by the header or by the end of the body, which `by` tells. */
function pairMoved(
  old: Table,
  now: Table,
  ancestors: OldNumbers,
  taken: Uint8Array,
  by: 'head' | 'end',
): void {
  const waiting = new Map<number, number[]>();
  for (let number = old.count - 1; number >= 0; number--) {
    if (taken[number] === 1) continue;
    const part = old.fingerprint(messageNumber(number))[by];
    if (part === 0) continue;
    const same = waiting.get(part);
    if (same) same.push(number);
    else waiting.set(part, [number]);
  }
  for (let number = 0; number < now.count && waiting.size > 0; number++) {
    if (ancestors[number] !== -1) continue;
    const part = now.fingerprint(messageNumber(number))[by];
    const ancestor = waiting.get(part)?.pop();
    if (ancestor === undefined) continue;
    ancestors[number] = ancestor;
    taken[ancestor] = 1;
  }
}

/** The difference in numbers. @param ancestors as `ancestorsOf` gives them */
export function diffOf(
  old: Table,
  oldNumbers: OldNumbers,
  ancestors: OldNumbers,
  how: Diff['how'],
): Diff {
  let arrived = 0;
  let altered = 0;
  ancestors.forEach((ancestor, number) => {
    if (ancestor < 0) arrived += 1;
    else if ((oldNumbers[number] ?? -1) < 0) altered += 1;
  });
  const gone = old.count - (ancestors.length - arrived);
  return { how, arrived, gone, altered, marksLost: 0 };
}

/** Whether one message is the other after an edit: flags patched in the header, or a changed body. */
function related(old: Table, before: number, now: Table, after: number): boolean {
  return now.related(messageNumber(after), old, messageNumber(before));
}
