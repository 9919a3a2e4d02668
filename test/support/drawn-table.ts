/**
 * Tables of contents drawn as text: `drawTable('a b b c')` has four messages, of which two are
 * equal. A letter stands for the bytes of a message; what follows it is its length, `a20`.
 */

import { Table } from '../../electron/mailbox/toc/table.ts';
import { byteLength, byteOffset } from '../../shared/units.ts';

const HEADER_BYTES = 10;
const MESSAGE_BYTES = 100;

/** The names in a drawing, in order. */
export function namesIn(drawing: string): readonly string[] {
  return drawing.split(' ').filter((name) => name !== '');
}

/** A number that stands for a name, the same for the same name. */
function numberFor(name: string): number {
  let hash = 7;
  for (const letter of name) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0;
  return hash;
}

export function drawTable(drawing: string): Table {
  const table = new Table();
  extendTable(table, drawing);
  return table;
}

/** Adds the drawn messages behind those the table has. */
export function extendTable(table: Table, drawing: string): void {
  for (const name of namesIn(drawing)) {
    const number = numberFor(name);
    // A message with another header: `b:flagged` is `b` after its flags were changed.
    const body = numberFor(name.split(':')[0] ?? name);
    table.append(
      {
        offset: byteOffset(table.count * MESSAGE_BYTES),
        length: byteLength(MESSAGE_BYTES),
        headerLength: byteLength(HEADER_BYTES),
        separatorLength: byteLength(HEADER_BYTES),
      },
      { high: number, low: ~number >>> 0, head: number, end: body },
    );
  }
}
