/** A canonical prefix code, told by the lengths of its words (RFC 1951, 3.2.2), as a table to look up in. */

import { Damaged } from './input.ts';
import type { LowBits } from './low-bits.ts';

const WORD_BITS_MAX = 15;

export class PrefixCode {
  readonly #bits: number;
  /** For each possible sequence of bits the symbol it begins with, and in the lowest four how long that is. */
  readonly #table: Uint16Array;

  /** @param lengths of the words of the symbols from 0 on; 0 for a symbol that does not occur @throws Damaged */
  constructor(lengths: readonly number[]) {
    this.#bits = Math.max(1, ...lengths);
    const size = 1 << this.#bits;
    this.#table = new Uint16Array(size);
    let word = 0;
    for (let length = 1; length <= this.#bits; length++) {
      for (const [symbol, own] of lengths.entries()) {
        if (own !== length) continue;
        if (word >= 1 << length) throw new Damaged('corrupt', 'has too many words');
        const entry = (symbol << 4) | length;
        for (let at = reversed(word, length); at < size; at += 1 << length) this.#table[at] = entry;
        word += 1;
      }
      word <<= 1;
    }
  }

  /** @throws Damaged where no word begins */
  next(bits: LowBits): number {
    const entry = this.#table[bits.peek(this.#bits)] ?? 0;
    const length = entry & WORD_BITS_MAX;
    if (length === 0) throw new Damaged('corrupt', 'holds bits of no code');
    bits.skip(length);
    return entry >> 4;
  }
}

/** Words begin with their highest bit. */
function reversed(word: number, length: number): number {
  let turned = 0;
  for (let bit = 0; bit < length; bit++) turned |= ((word >> bit) & 1) << (length - 1 - bit);
  return turned;
}
