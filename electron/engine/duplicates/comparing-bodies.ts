/**
 * Reads the messages that may be copies, in the order of the file, and tells which of them are: groups
 * of the same content. Columns, not an object for each message.
 */

import { inStretches, STEP_ITEMS, type Steps } from '../../../shared/steps.ts';
import { DIGEST_BYTES } from './body-digest.ts';

/** Groups of messages, each at least two, in the order of their first ones. */
export interface Groups {
  /** Numbers, group by group, ascending in each. */
  readonly members: Uint32Array;
  /** Where each group begins in `members`; and at the end, how many members there are. */
  readonly starts: Uint32Array;
}

export const NO_GROUPS: Groups = { members: new Uint32Array(0), starts: new Uint32Array(1) };

/** So many are a step: each becomes a text. */
const STEP_DIGESTS = 1 << 12;

/** Those of which there is another one, ascending. @param firsts as `candidates` gives them */
export function* toBeRead(firsts: Uint32Array): Steps<Uint32Array> {
  const sizes = new Uint32Array(firsts.length);
  yield* inStretches(0, firsts.length, (from, to) => {
    for (let number = from; number < to; number++) {
      const first = firsts[number] ?? 0;
      sizes[first] = (sizes[first] ?? 0) + 1;
    }
  });
  const numbers = new Uint32Array(firsts.length);
  let count = 0;
  yield* inStretches(0, firsts.length, (from, to) => {
    for (let number = from; number < to; number++) {
      if ((sizes[firsts[number] ?? 0] ?? 0) > 1) numbers[count++] = number;
    }
  });
  return numbers.slice(0, count);
}

/**
 * The groups of messages that may be copies of the same one, and have the same digest.
 * @param numbers ascending
 * @param digests `DIGEST_BYTES` for each number; zeroes for one that is no longer there
 */
export function* grouped(
  numbers: Uint32Array,
  firsts: Uint32Array,
  digests: Uint8Array,
): Steps<Groups> {
  const groupOf = new Uint32Array(numbers.length);
  const known = new Map<string, number>();
  const sizes: number[] = [];
  const view = Buffer.from(digests.buffer, digests.byteOffset, digests.byteLength);
  for (let at = 0; at < numbers.length; at++) {
    if (at % STEP_DIGESTS === STEP_DIGESTS - 1) yield;
    const digest = view.toString('latin1', at * DIGEST_BYTES, (at + 1) * DIGEST_BYTES);
    const name = digest === ABSENT ? `${at}` : `${firsts[numbers[at] ?? 0]} ${digest}`;
    const group = known.get(name) ?? sizes.length;
    if (group === sizes.length) known.set(name, group);
    sizes[group] = (sizes[group] ?? 0) + 1;
    groupOf[at] = group;
  }
  const starts: number[] = [0];
  const places = new Int32Array(sizes.length).fill(-1);
  for (const [group, size] of sizes.entries()) {
    if (group % STEP_ITEMS === STEP_ITEMS - 1) yield;
    if (size < 2) continue;
    places[group] = starts.at(-1) ?? 0;
    starts.push((starts.at(-1) ?? 0) + size);
  }
  const members = new Uint32Array(starts.at(-1) ?? 0);
  yield* inStretches(0, numbers.length, (from, to) => {
    for (let at = from; at < to; at++) {
      const group = groupOf[at] ?? 0;
      const place = places[group] ?? -1;
      if (place < 0) continue;
      members[place] = numbers[at] ?? 0;
      places[group] = place + 1;
    }
  });
  return { members, starts: Uint32Array.from(starts) };
}

const ABSENT = '\0'.repeat(DIGEST_BYTES);

/** The groups by new numbers; what is gone, or alone now, is left out. @param newNumber -1 if it is gone */
export function groupsWith(
  { members, starts }: Groups,
  newNumber: (number: number) => number,
): Groups {
  const kept = new Uint32Array(members.length);
  const begins: number[] = [0];
  let length = 0;
  for (let group = 0; group + 1 < starts.length; group++) {
    const begin = length;
    for (let at = starts[group] ?? 0; at < (starts[group + 1] ?? 0); at++) {
      const number = newNumber(members[at] ?? 0);
      if (number >= 0) kept[length++] = number;
    }
    if (length - begin < 2) length = begin;
    else {
      kept.subarray(begin, length).sort();
      begins.push(length);
    }
  }
  return { members: kept.slice(0, length), starts: Uint32Array.from(begins) };
}

/** The groups in another order. @param order their places now */
export function* groupsInOrder({ members, starts }: Groups, order: Uint32Array): Steps<Groups> {
  const sorted = new Uint32Array(members.length);
  const begins = new Uint32Array(starts.length);
  let length = 0;
  yield* inStretches(0, order.length, (from, to) => {
    for (let at = from; at < to; at++) {
      const group = order[at] ?? 0;
      for (let member = starts[group] ?? 0; member < (starts[group + 1] ?? 0); member++) {
        sorted[length++] = members[member] ?? 0;
      }
      begins[at + 1] = length;
    }
  });
  return { members: sorted, starts: begins };
}
