/** Columns that close up where numbers are gone. Imports how they grow. */

import { grown } from '../../shared/grown.ts';

type Column = Float64Array | Uint32Array | Uint16Array | Uint8Array;

/** Stretches shorter than this are moved one by one: a call takes as long. */
const STRETCH_MIN = 32;

/**
 * What stays together when messages go: pairs of where a run begins, and of how many numbers it is.
 * @param places of what stays, ascending
 */
export function runsOf(places: Int32Array): Int32Array {
  let runs = new Int32Array(64);
  let used = 0;
  for (let at = 0; at < places.length; ) {
    const from = places[at] ?? 0;
    let end = at + 1;
    while (end < places.length && (places[end] ?? 0) - from === end - at) end += 1;
    if (used === runs.length) runs = grown(runs, 2 * used);
    runs[used++] = from;
    runs[used++] = end - at;
    at = end;
  }
  return runs.subarray(0, used);
}

/**
 * The numbers of some runs, moved to the left in place: nothing is claimed. What is left behind them is zero.
 * @param count of numbers in use before
 */
export function closeGaps(column: Column, runs: Int32Array, count: number): void {
  let at = 0;
  for (let run = 0; run < runs.length; run += 2) {
    const [from, length] = [runs[run] ?? 0, runs[run + 1] ?? 0];
    if (length >= STRETCH_MIN) {
      if (from !== at) column.copyWithin(at, from, from + length);
    } else for (let one = 0; one < length; one++) column[at + one] = column[from + one] ?? 0;
    at += length;
  }
  column.fill(0, at, count);
}

/** What goes, added up: the numbers that are in no run. @param count of numbers in use before */
export function sumOfGaps(column: Column, runs: Int32Array, count: number): number {
  let sum = 0;
  let at = 0;
  for (let run = 0; run <= runs.length; run += 2) {
    const [from = count, length = 0] = [runs[run], runs[run + 1]];
    for (; at < Math.min(from, count); at++) sum += column[at] ?? 0;
    at = from + length;
  }
  return sum;
}

/** True if all are there, none is new, and they stand in the order in which they stood. */
export function isAscending(oldNumbers: Int32Array): boolean {
  let before = -1;
  for (let at = 0; at < oldNumbers.length; at++) {
    const old = oldNumbers[at] ?? -1;
    if (old <= before) return false;
    before = old;
  }
  return true;
}
