/**
 * Goal: whatever a text is, the index of it holds what a reading of it does. Method: texts of any
 * characters, in any script; the words by `textWords`, phrases by a look at each place.
 */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textWords } from '../../../../electron/catalog/query/text-words.ts';
import { PhraseFinder } from '../../../../electron/catalog/text-index/phrase-finder.ts';
import { questionOf, type WordAsked } from '../../../../electron/catalog/text-index/question.ts';
import {
  isAlone,
  WordScanner,
  type WordSink,
} from '../../../../electron/catalog/text-index/word-scanner.ts';
import { WordSet } from '../../../../electron/catalog/text-index/word-set.ts';

const PIECES = [
  'the',
  'The',
  'Straße',
  'STRASSE',
  'naïve',
  'e\u0301tude',
  'x²',
  'ﬁne',
  'foo_bar',
  '2001',
  '東京',
  '京',
  'ですか',
  'ไทย',
  '서울',
  'Москва',
  'a',
  'ab',
  '𠮷野',
  'Ａ',
  "l'été",
  '\u0000',
  '\u200b',
  '😀',
];
const SPACES = [' ', '\n', ', ', '-', '.', '', '\r\n', '\t', '“', '\u00a0'];
const someText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...PIECES),
      fc.constantFrom(...SPACES),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    ),
    { maxLength: 40 },
  )
  .map((pieces) => pieces.join(''));

class Heard implements WordSink {
  readonly words: string[] = [];

  word(bytes: Uint8Array, from: number, to: number, alone: boolean): void {
    const word = Buffer.from(bytes.subarray(from, to)).toString();
    this.words.push(word);
    expect(alone).toBe(isAlone(word));
  }

  nextText(): void {
    throw new Error('there is one text');
  }
}

test('the scanner gives the words of a text', () => {
  const scanner = new WordScanner();
  fc.assert(
    fc.property(someText, (text) => {
      const heard = new Heard();
      scanner.text(text, heard);
      expect(heard.words).toEqual(textWords(text));
    }),
    { numRuns: 2000 },
  );
});

test('bytes of ASCII have the words of their text', () => {
  const scanner = new WordScanner();
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 200 }), (text) => {
      const heard = new Heard();
      expect(scanner.bytes(Buffer.from(text, 'latin1'), heard)).toBe(true);
      expect(heard.words).toEqual(textWords(text));
    }),
  );
  expect(scanner.bytes(Buffer.from('caf\xe9', 'latin1'), new Heard())).toBe(false);
  expect(scanner.bytes(Buffer.from('\x1b$B', 'latin1'), new Heard())).toBe(false);
});

/** A phrase that stands in a text, or does not. */
const textAndPhrase = someText.chain((text) => {
  const words = textWords(text);
  const inside =
    words.length === 0
      ? fc.constant<string[]>(['none'])
      : fc
          .tuple(fc.nat(words.length - 1), fc.integer({ min: 1, max: 4 }))
          .map(([from, count]) => words.slice(from, from + count));
  const outside = fc
    .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 3 })
    .map((pieces) => textWords(pieces.join(' ')));
  return fc.record({
    text: fc.constant(text),
    words: fc.oneof(inside, outside).filter((some) => some.length > 0),
    match: fc.constantFrom('beginning' as const, 'exact' as const),
    cut: fc.nat(2),
  });
});

function naively(text: string, words: readonly string[], match: 'beginning' | 'exact'): boolean {
  const all = textWords(text);
  return all.some((_word, from) =>
    words.every((word, at) => {
      const there = all[from + at];
      if (there === undefined) return false;
      return match === 'beginning' && at === words.length - 1
        ? there.startsWith(word)
        : there === word;
    }),
  );
}

/** As an index answers it: every word, or beginning of a word, that is asked for. */
function fits(asked: readonly WordAsked[], indexed: ReadonlySet<string>): boolean {
  return asked.every(({ token, match }) => {
    if (match === 'exact') return indexed.has(token);
    return [...indexed].some((there) => there.startsWith(token));
  });
}

test('a phrase is found where it stands, and the index never hides it', () => {
  const scanner = new WordScanner();
  fc.assert(
    fc.property(textAndPhrase, ({ text, words, match }) => {
      const expected = naively(text, words, match);
      const finder = new PhraseFinder(words, match);
      scanner.text(text, finder);
      expect(finder.end()).toBe(expected);
      const set = new WordSet();
      scanner.text(text, set);
      const indexed = new Set(Buffer.from(set.bytes).toString().split(' '));
      const question = questionOf({ in: 'text', words, match });
      if (question?.ask !== 'words') throw new Error('no question');
      const isFitting = fits(question.words, indexed);
      if (question.how === 'known') expect(isFitting).toBe(expected);
      else if (expected) expect(isFitting).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

test('lines that are nothing but encoded bytes are left out, and the words around them are not', () => {
  const noise = Buffer.from(Array.from({ length: 3000 }, (_none, at) => (at * 7919) % 251))
    .toString('base64')
    .replace(/(.{76})/g, '$1\n');
  const set = new WordSet();
  new WordScanner().text(`before\n${noise}\nbehind`, set);
  expect(set.length).toBeLessThan(200);
  const words = Buffer.from(set.bytes).toString().split(' ');
  expect(words).toContain('before');
  expect(words).toContain('behind');
});

test('a word of a megabyte is known by its beginning', () => {
  const long = 'x'.repeat(1_000_000);
  const set = new WordSet();
  new WordScanner().text(`${long} ${long}y é${long}`, set);
  expect(set.length).toBeLessThan(300);
  const question = questionOf({ in: 'text', words: [long], match: 'exact' });
  expect(question).toMatchObject({ how: 'read' });
});
