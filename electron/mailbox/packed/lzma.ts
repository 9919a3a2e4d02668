/**
 * LZMA: literals, and matches with what came before, in the bits of a range coder. Written after Igor
 * Pavlov's "LZMA specification" (public domain, 2015).
 */

import type { History } from './history.ts';
import { Damaged } from './input.ts';
import { even, RangeDecoder } from './range-decoder.ts';

const STATES = 12;
const POSITIONS = 16;
const MATCH_MIN = 2;
/** The longest match. */
export const MATCH_MAX = 273;
/** A match so far back is the mark of an end. */
const END_DISTANCE = 2 ** 32;
/** Distances of slots from here on have direct bits. */
const SLOT_DIRECT = 14;
const ALIGN_BITS = 4;
const LITERAL_NODES = 0x300;

/** Lengths of matches. */
class Lengths {
  readonly #choice = even(2);
  readonly #low = even(POSITIONS << 3);
  readonly #middle = even(POSITIONS << 3);
  readonly #high = even(256);

  next(coder: RangeDecoder, position: number): number {
    if (coder.bit(this.#choice, 0) === 0) return coder.tree(this.#low, position << 3, 3);
    if (coder.bit(this.#choice, 1) === 0) return 8 + coder.tree(this.#middle, position << 3, 3);
    return 16 + coder.tree(this.#high, 0, 8);
  }
}

/** What has been learnt of a stretch, and how its literals are told apart. */
export class Lzma {
  readonly #contextBits: number;
  readonly #literalMask: number;
  readonly #positionMask: number;
  readonly #literals: Uint16Array;
  readonly #isMatch = even(STATES * POSITIONS);
  readonly #isRepeat = even(STATES);
  readonly #isOther = even(STATES);
  readonly #isThird = even(STATES);
  readonly #isFourth = even(STATES);
  readonly #isLong = even(STATES * POSITIONS);
  readonly #slots = even(4 << 6);
  readonly #near = even(128);
  readonly #align = even(1 << ALIGN_BITS);
  readonly #lengths = new Lengths();
  readonly #repeatLengths = new Lengths();
  #state = 0;
  /** The last four distances. */
  #first = 1;
  #second = 1;
  #third = 1;
  #fourth = 1;

  /** @param properties the byte that names lc, lp and pb. @throws Damaged */
  constructor(properties: number) {
    const positionBits = Math.floor(properties / 45);
    const literalBits = Math.floor(properties / 9) % 5;
    this.#contextBits = properties % 9;
    if (positionBits > 4 || this.#contextBits + literalBits > 4) {
      throw new Damaged('corrupt', 'has odd properties');
    }
    this.#positionMask = (1 << positionBits) - 1;
    this.#literalMask = (1 << literalBits) - 1;
    this.#literals = even(LITERAL_NODES << (this.#contextBits + literalBits));
  }

  /**
   * Makes exactly so many bytes of a chunk.
   * @param position of the first of them, from where the history began
   */
  decode(chunk: Uint8Array, into: History, length: number, position: number): void {
    const coder = new RangeDecoder(chunk, () => {
      throw new Damaged('corrupt', 'has a chunk that is too short');
    });
    const end = into.filled + length;
    const goes = this.run(coder, into, length, position);
    if (goes === 'ends' || into.filled !== end || !coder.done) {
      throw new Damaged('corrupt', 'has a chunk that is too long');
    }
  }

  /**
   * Makes so many bytes, the last match to its end: room for `MATCH_MAX` more is needed.
   * @param position of the first of them, from where the history began
   * @returns `ends` at the mark of an end
   */
  run(coder: RangeDecoder, into: History, length: number, position: number): 'goes on' | 'ends' {
    const end = into.filled + length;
    const shift = position - into.filled;
    while (into.filled < end) {
      const here = into.filled + shift;
      const among = (this.#state << 4) + (here & this.#positionMask);
      if (coder.bit(this.#isMatch, among) === 0) {
        this.#literal(coder, into, here);
        continue;
      }
      const repeated = this.#match(coder, here & this.#positionMask);
      if (this.#first === END_DISTANCE) return 'ends';
      into.repeat(this.#first, repeated);
    }
    return 'goes on';
  }

  #literal(coder: RangeDecoder, into: History, here: number): void {
    const context = into.back(1) >> (8 - this.#contextBits);
    const at = LITERAL_NODES * (((here & this.#literalMask) << this.#contextBits) + context);
    const state = this.#state;
    let node = 1;
    if (state >= 7) {
      // After a match the byte is another one than what would have followed there.
      let other = into.back(this.#first);
      while (node < 0x100) {
        const expected = (other >> 7) & 1;
        other <<= 1;
        const bit = coder.bit(this.#literals, at + ((1 + expected) << 8) + node);
        node = (node << 1) | bit;
        if (bit !== expected) break;
      }
    }
    while (node < 0x100) node = (node << 1) | coder.bit(this.#literals, at + node);
    into.put(node & 0xff);
    if (state < 4) this.#state = 0;
    else this.#state = state < 10 ? state - 3 : state - 6;
  }

  /** Sets the distance. @returns the length */
  #match(coder: RangeDecoder, position: number): number {
    const state = this.#state;
    const early = state < 7;
    if (coder.bit(this.#isRepeat, state) === 0) {
      this.#shift(this.#third, this.#second, this.#first);
      const length = this.#lengths.next(coder, position);
      this.#state = early ? 7 : 10;
      this.#first = 1 + this.#distance(coder, length);
      return MATCH_MIN + length;
    }
    if (coder.bit(this.#isOther, state) === 0) {
      if (coder.bit(this.#isLong, (state << 4) + position) === 0) {
        this.#state = early ? 9 : 11;
        return 1;
      }
    } else {
      this.#takeOther(coder, state);
    }
    this.#state = early ? 8 : 11;
    return MATCH_MIN + this.#repeatLengths.next(coder, position);
  }

  /** One of the earlier distances becomes the first. */
  #takeOther(coder: RangeDecoder, state: number): void {
    const [first, second, third, fourth] = [this.#first, this.#second, this.#third, this.#fourth];
    if (coder.bit(this.#isThird, state) === 0) {
      this.#shift(fourth, third, first);
      this.#first = second;
    } else if (coder.bit(this.#isFourth, state) === 0) {
      this.#shift(fourth, second, first);
      this.#first = third;
    } else {
      this.#shift(third, second, first);
      this.#first = fourth;
    }
  }

  #shift(fourth: number, third: number, second: number): void {
    this.#fourth = fourth;
    this.#third = third;
    this.#second = second;
  }

  #distance(coder: RangeDecoder, length: number): number {
    const slot = coder.tree(this.#slots, Math.min(length, 3) << 6, 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const base = ((2 | (slot & 1)) << bits) >>> 0;
    if (slot < SLOT_DIRECT) return base + coder.reverseTree(this.#near, base - slot, bits);
    const high = coder.direct(bits - ALIGN_BITS) * 2 ** ALIGN_BITS;
    return base + high + coder.reverseTree(this.#align, 0, ALIGN_BITS);
  }
}
