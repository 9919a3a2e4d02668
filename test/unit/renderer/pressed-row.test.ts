/**
 * Goal: a click means the row that was pressed, whatever moves meanwhile. Method: presses and releases as a
 * browser would tell them, and lists that changed between the two.
 */

import { describe, expect, test } from 'vitest';
import { meantBy, type Press, type RowUnder, rowNow } from '../../../renderer/list/pressed-row.ts';

const under = (row: number): RowUnder => ({ row, key: `key${row}`, fold: null });
const at = (x: number, y: number, row: number | null): Press => ({
  x,
  y,
  under: row === null ? null : under(row),
});

describe('a click means', () => {
  test.each([
    ['the row under the pointer', at(10, 10, 3), at(10, 10, 3), under(3)],
    ['the row that was pressed if the list moved', at(10, 10, 3), at(11, 9, 4), under(3)],
    ['that also where the click is told of all rows', at(10, 10, 3), at(10, 10, null), under(3)],
    ['the row if the mouse moved within it', at(10, 10, 3), at(60, 12, 3), under(3)],
    ['nothing if the mouse went to another row', at(10, 10, 3), at(10, 42, 4), null],
    ['nothing if the mouse left the rows', at(10, 10, 3), at(10, 400, null), null],
    ['nothing if nothing was pressed', at(10, 400, null), at(10, 400, 3), null],
    ['the row of a screen reader, which presses nothing', null, at(0, 0, 3), under(3)],
  ] as const)('%s', (_name, press, released, meant) => {
    expect(meantBy(press, released)).toEqual(meant);
  });
});

describe('the row of a message that was pressed', () => {
  const drawn = { first: 0, last: 9 };

  test('is where it was', () => {
    expect(rowNow(under(3), drawn, (row) => `key${row}`)).toBe(3);
  });

  test('is found where mail came above it', () => {
    expect(rowNow(under(3), drawn, (row) => `key${row - 2}`)).toBe(5);
  });

  test('is none if the message is not there any more', () => {
    expect(rowNow(under(3), drawn, (row) => `other${row}`)).toBe(null);
  });

  test('is the place itself while nothing has come', () => {
    expect(rowNow({ row: 3, key: '', fold: null }, drawn, () => undefined)).toBe(3);
  });
});
