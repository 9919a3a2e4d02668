/** Messages of a table as plain memory, to pass from one thread to another without a copy. */

import type { Stretch } from './table.ts';

/** All that a table knows of messages that follow each other. */
export interface Rows extends Stretch {
  readonly count: number;
  readonly high: Uint32Array<ArrayBuffer>;
  readonly low: Uint32Array<ArrayBuffer>;
  readonly heads: Uint32Array<ArrayBuffer>;
  readonly ends: Uint32Array<ArrayBuffer>;
}

/** The memory of rows, to be handed over with them. */
export function memoryOfRows(rows: Rows): ArrayBuffer[] {
  const { offsets, lengths, headerLengths, separatorLengths, high, low, heads, ends } = rows;
  const columns = [offsets, lengths, headerLengths, separatorLengths, high, low, heads, ends];
  return columns.map((column) => column.buffer);
}
