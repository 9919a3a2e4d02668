/** Goal: what a person types means what help says, and nonsense gets a hint. */

import { describe, expect, it } from 'vitest';
import { parse } from '../../../../electron/catalog/query/parse.ts';
import { print } from '../../../../electron/catalog/query/print.ts';
import { textTermOf, termsOf } from '../../../../electron/catalog/query/query.ts';
import { textWords } from '../../../../electron/catalog/query/text-words.ts';

const shown = (text: string): string => print(parse(text).query);
const hints = (text: string): string[] =>
  parse(text).hints.map(({ from, to, says, right }) => `${text.slice(from, to)}|${says}|${right}`);

describe('a query is understood', () => {
  it.each([
    ['Harvest  FAIR', 'harvest fair'],
    ['"Harvest Fair"', '"harvest fair"'],
    ['“Harvest Fair”', '"harvest fair"'],
    ['Käse', 'kase'],
    ['a OR b c', '(a OR b c)'],
    ['a AND b', 'a b'],
    ['a (b OR c)', 'a (b OR c)'],
    ['-a', '-a'],
    ['NOT a', '-a'],
    ['--a', 'a'],
    ['-(a b)', '-(a b)'],
    ['from:(anna OR bert)', '(from:anna OR from:bert)'],
    ['FROM: anna', 'from:anna'],
    ['subject:"the boat"', 'subject:"the boat"'],
    ['on:2003', 'on:2003'],
    ['on:2003/5', 'on:2003-05'],
    ['before:2003-05-17 after:3m', 'before:2003-05-17 after:3m'],
    ['larger:1.5M smaller:10k', 'larger:1500000 smaller:10000'],
    ['id:<a:b@c.example>', 'id:a:b@c.example'],
    ['has:attachments has:pdfs', 'has:attachment type:pdf'],
    ['is:Unread', 'is:unread'],
    ['type:.PDF type:image/*', 'type:pdf type:image'],
    ['http://example.org/x', 'http://example.org/x'],
    ['', ''],
  ])('%s', (text, canonical) => {
    expect(shown(text)).toBe(canonical);
    expect(hints(text)).toEqual([]);
  });

  it('in scripts without spaces, where each character is a word of the text', () => {
    expect(textWords('Großes 東京タワー, ประ x_1')).toEqual([
      'grosses',
      '東',
      '京',
      'タ',
      'ワ',
      'ー',
      'ป',
      'ร',
      'ะ',
      'x_1',
    ]);
    expect(termsOf(parse('東京').query).map(textTermOf)).toEqual([
      { in: 'text', words: ['東', '京'], match: 'beginning' },
    ]);
  });

  it('has no say in the text where it is only signs', () => {
    expect(termsOf(parse('!!! from:a').query).map(textTermOf)).toEqual([null, null]);
  });
});

describe('nonsense gets a hint, and the rest still works', () => {
  it.each([
    ['boat ( )', 'boat', '( )|There is nothing in these parentheses.|'],
    ['from:()', '', '()|There is nothing in these parentheses.|'],
    [
      'form:anna boat',
      'form:anna boat',
      'form:anna|There is no “form:”: this is looked for as it stands.|from:anna',
    ],
    ['from: -boat', '-boat', 'from:|“from:” needs something right behind it.|from:anna'],
    [
      'on:2003-13 boat',
      'boat',
      'on:2003-13|“2003-13” is no date: write a year, month or day, or how long ago.|on:2003-05',
    ],
    [
      'larger:big boat',
      'boat',
      'larger:big|“big” is no size: write a number with k, M or G.|larger:5M',
    ],
    [
      'is:unred boat',
      'boat',
      'is:unred|“is:unred” is not known: it may be unread, read, starred, answered, draft, deleted, marked.|is:unread',
    ],
    ['(boat', 'boat', '(|This parenthesis is never closed.|'],
    ['boat)', 'boat', ')|This parenthesis was never opened.|'],
    ['"the boat', '"the boat"', '"the boat|The quotation mark at the end is missing.|"the boat"'],
    [
      'OR boat',
      'boat',
      'OR|“OR” stands between two things, either of which is enough.|this OR that',
    ],
    ['boat OR', 'boat', 'OR|Something should stand behind this “OR”, too.|this OR that'],
    ['boat -', 'boat', '-|A minus leaves out what stands right behind it.|-word'],
    ['boat -)', 'boat', '-|A minus leaves out what stands right behind it.|-word'],
    ['"" boat', 'boat', '""|There is nothing between these quotes.|'],
  ])('%s', (text, canonical, hint) => {
    expect(shown(text)).toBe(canonical);
    expect(hints(text)[0]).toBe(hint);
  });

  it('of a million characters', () => {
    for (const one of ['(', ')', '-', '"', 'a ', 'a OR ', '-(', 'from:', 'is:(', '東']) {
      const text = one.repeat(1_000_000 / one.length);
      const { hints: given } = parse(text);
      expect(given.some(({ says }) => says.includes('first 1000 characters'))).toBe(true);
      expect(given.length).toBeLessThanOrEqual(10);
    }
  });
});
