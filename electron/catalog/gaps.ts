/** Columns that close up where numbers are gone. Imports nothing. */

type Column = Float64Array | Uint32Array | Uint16Array | Uint8Array;

/** Stretches shorter than this are moved one by one: a call takes as long. */
const STRETCH_MIN = 32;

/**
 * The numbers at some places, moved to the left in place: nothing is claimed, and where neighbours stay
 * neighbours they move together. What is left behind them is zero.
 * @param places ascending
 * @param count of numbers in use before
 */
export function closeGaps(column: Column, places: Int32Array, count: number): void {
  for (let at = 0; at < places.length; ) {
    const from = places[at] ?? 0;
    let end = at + 1;
    while (end < places.length && (places[end] ?? 0) - from === end - at) end += 1;
    if (end - at >= STRETCH_MIN) column.copyWithin(at, from, from + end - at);
    else for (let one = at; one < end; one++) column[one] = column[from + one - at] ?? 0;
    at = end;
  }
  column.fill(0, places.length, count);
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
