/**
 * Goal: what was found is marked where it stands, also where the text has other letters than the query, or more of
 * them. Method: texts and words of which every place is known.
 */

import { expect, it } from 'vitest';
import { stretchesOf } from '../../../../renderer/search/stretches.ts';

/** What is marked, in brackets. */
function marked(text: string, ...words: readonly string[]): string {
  const all = [...stretchesOf(text, words)].reverse();
  return all.reduce(
    (rest, { at, length }) =>
      `${rest.slice(0, at)}[${rest.slice(at, at + length)}]${rest.slice(at + length)}`,
    text,
  );
}

it.each([
  ['case and accents', 'Die Fähre und die FÄHRE', ['fahre'], 'Die [Fähre] und die [FÄHRE]'],
  ['letters that no accent makes', 'Søren in Łódź', ['soren', 'lodz'], '[Søren] in [Łódź]'],
  ['a letter that is two', 'Zur Straße, Straße', ['strasse'], 'Zur [Straße], [Straße]'],
  ['half of such a letter', 'Straße', ['stras'], '[Straß]e'],
  ['both halves of it', 'Maß', ['s'], 'Ma[ß]'],
  ['behind such a letter', 'Œuvre und Boot', ['boot', 'oeuvre'], '[Œuvre] und [Boot]'],
  ['marks that stand for themselves', 'un cafe\u0301 noir', ['café'], 'un [cafe\u0301] noir'],
  ['words in either form', 'Straße', ['straße'], '[Straße]'],
  ['syllables', '한국어', ['하', '국'], '한[국]어'],
  ['the end of a word in Greek', 'οδοσήμανση', ['οδος'], '[οδοσ]ήμανση'],
])('%s', (_name, text, words, to) => {
  expect(marked(text, ...words)).toBe(to);
});
