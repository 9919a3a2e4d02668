/**
 * Looks for words that follow each other, in the words of one text after the other. Imports the
 * scanner's types. In one pass: how far the words so far may be the beginning of the phrase is one bit
 * for each of its words.
 */

import type { WordSink } from './word-scanner.ts';

/** Of a longer phrase only so many words are looked for. */
export const PHRASE_WORDS_MAX = 30;

export class PhraseFinder implements WordSink {
  readonly #words: readonly Buffer[];
  readonly #lastBegins: boolean;
  /** Bit n: the last n words were the first n of the phrase. */
  #reached = 1;
  #found = false;

  /** @param match `beginning`: the last word need only begin with the one of the phrase */
  constructor(words: readonly string[], match: 'beginning' | 'exact') {
    this.#words = words.slice(0, PHRASE_WORDS_MAX).map((word) => Buffer.from(word));
    this.#lastBegins = match === 'beginning' && words.length <= PHRASE_WORDS_MAX;
  }

  word(bytes: Uint8Array, from: number, to: number): void {
    const words = this.#words;
    const length = to - from;
    let reached = 1;
    for (const [at, word] of words.entries()) {
      if ((this.#reached & (1 << at)) === 0) continue;
      const begins = this.#lastBegins && at === words.length - 1;
      if (begins ? length < word.length : length !== word.length) continue;
      if (!isAt(bytes, from, word)) continue;
      reached |= 1 << (at + 1);
    }
    this.#reached = reached;
    if ((reached & (1 << words.length)) !== 0) this.#found = true;
  }

  nextText(): void {
    this.#reached = 1;
  }

  /** The message is over. @returns whether the phrase was in it */
  end(): boolean {
    const found = this.#found;
    this.#found = false;
    this.#reached = 1;
    return found;
  }
}

function isAt(bytes: Uint8Array, from: number, word: Buffer): boolean {
  for (let letter = 0; letter < word.length; letter++) {
    if (bytes[from + letter] !== word[letter]) return false;
  }
  return true;
}
