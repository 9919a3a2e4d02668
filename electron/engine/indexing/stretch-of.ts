/** Some messages of a table as columns, for a thread that reads them. Imports mailbox's types. */

import type { MessageNumber } from '../../../shared/units.ts';
import type { Stretch, Table } from '../../mailbox/toc/table.ts';

/** @param numbers in the order of the file */
export function stretchOf(table: Table, numbers: readonly MessageNumber[]): Stretch {
  const columns: Stretch = {
    offsets: new Float64Array(numbers.length),
    lengths: new Float64Array(numbers.length),
    headerLengths: new Uint32Array(numbers.length),
    separatorLengths: new Uint32Array(numbers.length),
  };
  for (const [at, number] of numbers.entries()) {
    const { offset, length, headerLength, separatorLength } = table.span(number);
    columns.offsets[at] = offset;
    columns.lengths[at] = length;
    columns.headerLengths[at] = headerLength;
    columns.separatorLengths[at] = separatorLength;
  }
  return columns;
}
