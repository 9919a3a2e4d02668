/**
 * Goal: a table of mail runs nothing in a spreadsheet, wherever that parts its cells.
 * Method: cells as strangers would write them, beside what is written.
 */

import { describe, expect, test } from 'vitest';
import { cell } from '../../../../shared/csv.ts';

describe('a cell of CSV', () => {
  test.each([
    ['=cmd|calc', "'=cmd|calc"],
    ['@SUM(1)', "'@SUM(1)"],
    ['\uff1d1+1', "'\uff1d1+1"],
    ['a;=1+1', `"a;'=1+1"`],
    ['a";=1+1', `"a"";'=1+1"`],
    ['a;"=1+1"', `"a;""'=1+1"""`],
    ['a\t-2+3', `"a\t'-2+3"`],
    ['Thanks ;-) all', '"Thanks ;-) all"'],
    ['Re: a; b', '"Re: a; b"'],
    ['1,5', '"1,5"'],
    ['plain', 'plain'],
  ])('%j is %j', (text, written) => {
    expect(cell(text)).toBe(written);
  });
});
