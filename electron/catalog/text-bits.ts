/** What texts say, in a few bits, found once for each that recurs. Imports how columns grow. */

import { grown } from '../../shared/grown.ts';
import type { DistinctTexts } from './distinct-texts.ts';

const KNOWN = 0x80;
const ROOM_MIN = 64;

export class TextBits {
  readonly #texts: DistinctTexts;
  readonly #bitsOf: (text: string) => number;
  #known = new Uint8Array(0);

  /**
   * @param texts which may become more
   * @param bitsOf a text's, seven at most
   */
  constructor(texts: DistinctTexts, bitsOf: (text: string) => number) {
    this.#texts = texts;
    this.#bitsOf = bitsOf;
  }

  /** Of a text by its number; the empty one says nothing. */
  of(number: number): number {
    if (number === 0) return 0;
    const known = this.#known[number] ?? 0;
    if (known !== 0) return known & ~KNOWN;
    const bits = this.#bitsOf(this.#texts.text(number));
    if (number >= this.#known.length) {
      const room = Math.max(ROOM_MIN, number * 2, this.#texts.count);
      this.#known = grown(this.#known, room);
    }
    this.#known[number] = bits | KNOWN;
    return bits;
  }
}
