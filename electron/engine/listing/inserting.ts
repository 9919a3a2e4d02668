/**
 * Inserts arrivals into a list that is in order: the cost of a search for each of them, and of one copy
 * of the list.
 */

import { messageNumber } from '../../../shared/units.ts';
import type { Comparing } from './comparing.ts';

/** Which messages have changed or come. */
export interface Arrivals {
  /** The first of them. */
  readonly from: number;
  /** So many messages there were before, and are now. */
  readonly countBefore: number;
  readonly count: number;
}

/**
 * A list anew, after messages have changed or come.
 * @param order the numbers of the others by row, in the order of `comparing`; changed ones may stand
 *   anywhere
 */
export function withArrivals(
  order: Uint32Array,
  { from, countBefore, count }: Arrivals,
  { compare, fits }: Comparing,
): Uint32Array {
  const arrivals: number[] = [];
  for (let number = from; number < count; number++) {
    if (fits(messageNumber(number))) arrivals.push(number);
  }
  arrivals.sort(compare);
  const others = without(order, from, countBefore - from);
  const all = new Uint32Array(others.length + arrivals.length);
  let copied = 0;
  for (const [before, number] of arrivals.entries()) {
    const at = placeOf(number, others, copied, compare);
    all.set(others.subarray(copied, at), copied + before);
    all[at + before] = number;
    copied = at;
  }
  all.set(others.subarray(copied), copied + arrivals.length);
  return all;
}

/** The list without the messages from `from` on, of which it has no more than `most`. */
function without(order: Uint32Array, from: number, most: number): Uint32Array {
  const rows: number[] = [];
  for (let row = 0; row < order.length && rows.length < most; row++) {
    if ((order[row] ?? 0) >= from) rows.push(row);
  }
  if (rows.length === 0) return order;
  const others = order.slice(0, order.length - rows.length);
  for (const [removed, row] of rows.entries()) {
    others.set(order.subarray(row + 1, rows[removed + 1] ?? order.length), row - removed);
  }
  return others;
}

/** The first row, not above `lowest`, that stands below the message. */
function placeOf(
  number: number,
  order: Uint32Array,
  lowest: number,
  compare: Comparing['compare'],
): number {
  let low = lowest;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(order[middle] ?? 0, number) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
