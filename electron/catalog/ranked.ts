/**
 * The order of millions of numbers by a number each has: counting, not comparing.
 * Equal ones stay in the order of their numbers. Linear; a few passes over memory.
 */

import { inStretches, type Steps } from '../../shared/steps.ts';

const DIGIT_BITS = 16;
const DIGITS = 1 << DIGIT_BITS;
const DIGIT_MASK = DIGITS - 1;
/** For few numbers a table of so many digits would be the larger part of the work. */
const SMALL_DIGIT_BITS = 8;
const SMALL_COUNT = 4096;

export function numbersUpTo(count: number): Uint32Array<ArrayBuffer> {
  const numbers = new Uint32Array(count);
  for (let number = 0; number < count; number++) numbers[number] = number;
  return numbers;
}

/**
 * The numbers 0 to `ranks.length - 1`, ascending by rank.
 * @param ranksEnd greater than every rank
 */
export function orderByRank(ranks: Uint32Array, ranksEnd: number): Steps<Uint32Array> {
  return sortedBy(ranks, ranksEnd, numbersUpTo(ranks.length));
}

/**
 * The numbers 0 to `keys.length - 1`, ascending by key.
 * @param keys whole numbers from 0 to less than 2 ** 53
 */
export function* orderByKey(keys: Float64Array): Steps<Uint32Array> {
  const count = keys.length;
  let largest = 0;
  for (let number = 0; number < count; number++) largest = Math.max(largest, keys[number] ?? 0);
  const low = new Uint32Array(count);
  yield* inStretches(0, count, (from, to) => {
    for (let number = from; number < to; number++) low[number] = (keys[number] ?? 0) % 2 ** 32;
  });
  const order = yield* sortedBy(low, Math.min(largest + 1, 2 ** 32), numbersUpTo(count));
  if (largest < 2 ** 32) return order;
  const high = low;
  yield* inStretches(0, count, (from, to) => {
    for (let number = from; number < to; number++) {
      high[number] = Math.floor((keys[number] ?? 0) / 2 ** 32);
    }
  });
  return yield* sortedBy(high, Math.floor(largest / 2 ** 32) + 1, order);
}

/** Numbers that are in some order already, sorted by rank; equal ones keep that order. */
function* sortedBy(
  ranks: Uint32Array,
  ranksEnd: number,
  numbers: Uint32Array<ArrayBuffer>,
): Steps<Uint32Array<ArrayBuffer>> {
  const bits = numbers.length < SMALL_COUNT ? SMALL_DIGIT_BITS : DIGIT_BITS;
  let sorted = numbers;
  let spare = new Uint32Array(numbers.length);
  for (let shift = 0; shift < 32 && 2 ** shift < ranksEnd; shift += bits) {
    if (!(yield* pass(ranks, shift, bits, sorted, spare))) continue;
    [sorted, spare] = [spare, sorted];
  }
  return sorted;
}

/** Sorts by one digit. @returns false if all have the same one: then nothing was done */
function* pass(
  ranks: Uint32Array,
  shift: number,
  bits: number,
  from: Uint32Array,
  to: Uint32Array,
): Steps<boolean> {
  const count = from.length;
  const mask = bits === DIGIT_BITS ? DIGIT_MASK : (1 << bits) - 1;
  const starts = new Uint32Array(mask + 1);
  yield* inStretches(0, count, (first, end) => {
    for (let at = first; at < end; at++) {
      const digit = ((ranks[at] ?? 0) >>> shift) & mask;
      starts[digit] = (starts[digit] ?? 0) + 1;
    }
  });
  const first = ((ranks[0] ?? 0) >>> shift) & mask;
  if (starts[first] === count) return false;
  let start = 0;
  for (let digit = 0; digit <= mask; digit++) {
    const here = starts[digit] ?? 0;
    starts[digit] = start;
    start += here;
  }
  yield* inStretches(0, count, (begin, end) => {
    for (let at = begin; at < end; at++) {
      const number = from[at] ?? 0;
      const digit = ((ranks[number] ?? 0) >>> shift) & mask;
      const place = starts[digit] ?? 0;
      to[place] = number;
      starts[digit] = place + 1;
    }
  });
  return true;
}
