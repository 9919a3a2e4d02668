/** The range coder of LZMA: bits whose likelihood is learnt on the way. */

import { Damaged } from './input.ts';

const LEARNT_BITS = 11;
const EVEN = 1 << (LEARNT_BITS - 1);
const LEARNING = 5;
const RANGE_MIN = 2 ** 24;

/** Likelihoods, each at first as good as the other. */
export const even = (count: number): Uint16Array => new Uint16Array(count).fill(EVEN);

export class RangeDecoder {
  #bytes: Uint8Array;
  readonly #next: () => Uint8Array;
  #at = 5;
  #range = 0xffffffff;
  #code: number;

  /**
   * @param bytes the first five, and any number of others
   * @param next gives some of those that follow
   * @throws Damaged
   */
  constructor(bytes: Uint8Array, next: () => Uint8Array) {
    if (bytes.length < 5 || bytes[0] !== 0) throw new Damaged('corrupt', 'has an odd beginning');
    this.#bytes = bytes;
    this.#next = next;
    this.#code = new DataView(bytes.buffer, bytes.byteOffset).getUint32(1);
  }

  /** True if all was read, and nothing is left over. */
  get done(): boolean {
    return this.#code === 0 && this.#at === this.#bytes.length;
  }

  bit(likely: Uint16Array, index: number): number {
    const chance = likely[index] ?? 0;
    const bound = (this.#range >>> LEARNT_BITS) * chance;
    let bit = 0;
    if (this.#code < bound) {
      this.#range = bound;
      likely[index] = chance + (((1 << LEARNT_BITS) - chance) >> LEARNING);
    } else {
      this.#range -= bound;
      this.#code -= bound;
      likely[index] = chance - (chance >> LEARNING);
      bit = 1;
    }
    if (this.#range < RANGE_MIN) this.#more();
    return bit;
  }

  /** Bits of which each is as likely as not. */
  direct(count: number): number {
    let bits = 0;
    for (let left = count; left > 0; left--) {
      this.#range >>>= 1;
      const bit = this.#code >= this.#range ? 1 : 0;
      if (bit) this.#code -= this.#range;
      bits = ((bits << 1) | bit) >>> 0;
      if (this.#range < RANGE_MIN) this.#more();
    }
    return bits;
  }

  /** A number of so many bits, the highest first; `at`: where its tree lies. */
  tree(likely: Uint16Array, at: number, bits: number): number {
    let node = 1;
    for (let left = bits; left > 0; left--) node = (node << 1) | this.bit(likely, at + node);
    return node - (1 << bits);
  }

  /** The same, the lowest bit first. */
  reverseTree(likely: Uint16Array, at: number, bits: number): number {
    let node = 1;
    let value = 0;
    for (let bit = 0; bit < bits; bit++) {
      const one = this.bit(likely, at + node);
      node = (node << 1) | one;
      value |= one << bit;
    }
    return value;
  }

  #more(): void {
    if (this.#at >= this.#bytes.length) {
      this.#bytes = this.#next();
      this.#at = 0;
    }
    this.#range = (this.#range << 8) >>> 0;
    this.#code = ((this.#code << 8) | (this.#bytes[this.#at++] ?? 0)) >>> 0;
  }
}
