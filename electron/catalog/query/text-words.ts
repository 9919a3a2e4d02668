/**
 * The words of a text, for an index and for a query alike. Imports `folding.ts`; linear.
 *
 * A word is a run of letters, digits and their marks, folded. Where a script has no spaces (Chinese,
 * Japanese, Thai and their neighbours) each character is a word, and what a person takes for a word is
 * a phrase of them.
 */

import { folded } from '../folding.ts';

const UNSPACED = 'Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Bopomofo';
const SOUTHERN = 'Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar';
const ALONE = `\\p{${UNSPACED}}\\p{${SOUTHERN}}ー々〆`;
const WORD = new RegExp(`[${ALONE}]|[[\\p{L}\\p{N}\\p{M}_]--[${ALONE}]]+`, 'gv');

/** The words of a text in their order. */
export function textWords(text: string): string[] {
  return folded(text).match(WORD) ?? [];
}

/** The text folded, in one line, as it is looked for inside of names and subjects. */
export function foldedLine(text: string): string {
  return folded(text)
    .replace(/[\s\u0000-\u001f\u007f]+/g, ' ')
    .trim();
}
