/**
 * Looks for the words of a query in very many texts, whatever the case and the accents. Imports
 * `folding.ts`.
 *
 * Text of ASCII, nearly all there is, is searched where it stands, byte by byte; any other is folded
 * first. A text that holds a word in its ASCII part holds it folded as well.
 */

import { folded } from './folding.ts';

interface Word {
  readonly text: string;
  /** The folded word as bytes, if it is ASCII; then any text may hold it. */
  readonly ascii: Uint8Array | null;
}

/** Words looked for together: one bit of a mask for each. */
export const WORDS_MAX = 30;

export class WordFinder {
  readonly #words: readonly Word[];
  /** The bits of all words. */
  readonly all: number;

  /** @param words no more than `WORDS_MAX` */
  constructor(words: readonly string[]) {
    this.#words = words.map((word) => {
      const text = folded(word);
      const bytes = Buffer.from(text, 'utf8');
      return { text, ascii: bytes.every((byte) => byte < 0x80) ? bytes : null };
    });
    this.all = 2 ** words.length - 1;
  }

  /**
   * Which words the text in some bytes holds, of those that are wanted.
   * @param wanted their bits
   */
  find(block: Buffer | undefined, from: number, to: number, wanted: number): number {
    if (!block) return this.#inText('', wanted);
    let found = 0;
    for (const [index, { ascii }] of this.#words.entries()) {
      const bit = 1 << index;
      if ((wanted & bit) !== 0 && ascii && holds(block, from, to, ascii)) found |= bit;
    }
    const missing = wanted & ~found;
    if (missing === 0 || isAscii(block, from, to)) return found;
    return found | this.#inText(block.toString('utf8', from, to), missing);
  }

  #inText(text: string, wanted: number): number {
    const where = folded(text);
    let found = 0;
    for (const [index, word] of this.#words.entries()) {
      if ((wanted & (1 << index)) !== 0 && where.includes(word.text)) found |= 1 << index;
    }
    return found;
  }
}

function isAscii(block: Uint8Array, from: number, to: number): boolean {
  let all = 0;
  for (let at = from; at < to; at++) all |= block[at] ?? 0;
  return all < 0x80;
}

/** True if a folded word stands in some bytes, in whatever case. */
function holds(block: Uint8Array, from: number, to: number, word: Uint8Array): boolean {
  const length = word.length;
  if (length === 0) return true;
  const lower = word[0] ?? 0;
  const upper = lower >= 0x61 && lower <= 0x7a ? lower & ~0x20 : lower;
  const last = to - length;
  for (let at = from; at <= last; at++) {
    const byte = block[at];
    if ((byte === lower || byte === upper) && continues(block, at, word)) return true;
  }
  return false;
}

function continues(block: Uint8Array, at: number, word: Uint8Array): boolean {
  for (let index = 1; index < word.length; index++) {
    const byte = block[at + index] ?? 0;
    const lower = byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
    if (lower !== word[index]) return false;
  }
  return true;
}
