/** Goal: no text is too odd for the parser; what is printed means the same. Method: fast-check. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse } from '../../../../electron/catalog/query/parse.ts';
import { print } from '../../../../electron/catalog/query/print.ts';
import { spanOf, parsedDate } from '../../../../electron/catalog/query/values.ts';
import { OPERATORS } from '../../../../shared/search-syntax.ts';

const pieces = fc.oneof(
  fc.constantFrom(
    '(',
    ')',
    '"',
    '-',
    ' ',
    ' OR ',
    ' NOT ',
    ' AND ',
    '“',
    '2003-05',
    '3m',
    '10k',
    'unread',
  ),
  fc.constantFrom(...OPERATORS.map((name) => `${name}:`)),
  fc.string({ maxLength: 8, unit: 'grapheme' }),
  fc.string({ maxLength: 8, unit: 'binary' }),
);
const texts = fc.array(pieces, { maxLength: 40 }).map((some) => some.join(''));

it('any text is a query, and what is printed of it is the same query without a hint', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const { query, hints } = parse(text);
      for (const { from, to, says } of hints) {
        expect(from).toBeLessThanOrEqual(to);
        expect(to).toBeLessThanOrEqual(text.length);
        expect(says).not.toBe('');
      }
      const printed = print(query);
      const again = parse(printed);
      if (printed.length <= 1000) expect(again.query).toEqual(query);
      expect(print(again.query)).toBe(printed.length <= 1000 ? printed : print(again.query));
    }),
    { numRuns: 2000 },
  );
});

it('a day is the day whatever its month, and years hold their months', () => {
  const day = fc.record({
    year: fc.integer({ min: 1, max: 9999 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
  });
  fc.assert(
    fc.property(day, ({ year, month, day }) => {
      const years = `${year}`.padStart(4, '0');
      const spans = [years, `${years}-${month}`, `${years}-${month}-${day}`].map((text) =>
        spanOf(parsedDate(text) ?? { ago: 0, unit: 'd' }, 0),
      );
      for (const [at, inner] of spans.slice(1).entries()) {
        expect(inner.from).toBeGreaterThanOrEqual(spans[at]?.from ?? Number.NaN);
        expect(inner.to).toBeLessThanOrEqual(spans[at]?.to ?? Number.NaN);
      }
      const date = new Date(spans[2]?.from ?? 0);
      expect([date.getFullYear(), date.getMonth() + 1, date.getDate()]).toEqual([year, month, day]);
    }),
  );
});
