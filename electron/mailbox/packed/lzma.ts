/**
 * LZMA: literals, and matches with what came before, in the bits of a range coder. Written after Igor
 * Pavlov's "LZMA specification" (public domain, 2015).
 */

import { Damaged } from './input.ts';
import { even, RangeDecoder } from './range-decoder.ts';

const STATES = 12;
const POSITIONS = 16;
const MATCH_MIN = 2;
/** Distances of slots from here on have direct bits. */
const SLOT_DIRECT = 14;
const ALIGN_BITS = 4;
const LITERAL_NODES = 0x300;

/** Bytes that were made, of which matches may reach back as far as the dictionary goes. */
export class History {
  readonly #reach: number;
  #bytes = new Uint8Array(1 << 20);
  #filled = 0;

  /** @param reach bytes of the dictionary */
  constructor(reach: number) {
    this.#reach = reach;
  }

  get filled(): number {
    return this.#filled;
  }

  forget(): void {
    this.#filled = 0;
  }

  /** Makes room for so many more bytes. */
  makeRoom(length: number): void {
    if (this.#filled + length <= this.#bytes.length) return;
    const kept = Math.min(this.#filled, this.#reach);
    // Moving is rare if there is as much room again as is kept, within reason.
    const room = Math.max(length, Math.min(kept, 16 << 20));
    const needed = kept + length + room;
    const from = this.#filled - kept;
    if (needed > this.#bytes.length) {
      const wider = new Uint8Array(needed);
      wider.set(this.#bytes.subarray(from, this.#filled));
      this.#bytes = wider;
    } else {
      this.#bytes.copyWithin(0, from, this.#filled);
    }
    this.#filled = kept;
  }

  put(byte: number): void {
    this.#bytes[this.#filled++] = byte;
  }

  append(bytes: Uint8Array): void {
    this.#bytes.set(bytes, this.#filled);
    this.#filled += bytes.length;
  }

  /** The byte so far back; 1 is the last one. */
  back(distance: number): number {
    return this.#filled >= distance ? (this.#bytes[this.#filled - distance] ?? 0) : 0;
  }

  /** Repeats what stands so far back. @throws Damaged if nothing does */
  repeat(distance: number, length: number): void {
    if (distance > this.#filled || distance > this.#reach) {
      throw new Damaged('corrupt', 'refers to what is not there');
    }
    const bytes = this.#bytes;
    let to = this.#filled;
    for (let left = length; left > 0; left--, to++) bytes[to] = bytes[to - distance] ?? 0;
    this.#filled = to;
  }

  /** The last bytes; valid until more are made. */
  last(length: number): Uint8Array {
    return this.#bytes.subarray(this.#filled - length, this.#filled);
  }
}

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
    const coder = new RangeDecoder(chunk);
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
      if (repeated > end - into.filled)
        throw new Damaged('corrupt', 'has a chunk that is too long');
      into.repeat(this.#first, repeated);
    }
    if (!coder.done) throw new Damaged('corrupt', 'has a chunk that is too long');
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
