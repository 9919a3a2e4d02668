/**
 * Letters that no accent makes: Unicode takes them for letters of their own, and people type others for
 * them where their keyboard has none (as in Lucene's ASCIIFoldingFilter). Imports nothing.
 */

const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  // Turkish has an i without a dot.
  ı: 'i',
  // Greek has another sigma at the end of a word, which is not known while it is typed.
  ς: 'σ',
};
const LETTERS = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'g');

/** @param text in lower case, without accents */
export function plainLetters(text: string): string {
  return text.replace(LETTERS, (letter) => PLAIN[letter] ?? letter);
}
