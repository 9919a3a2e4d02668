/**
 * Texts that occur again and again, kept once each: correspondents. A text is meant by its number,
 * in the order they came; number 0 is the empty text. Imports `texts.ts` and how columns grow.
 *
 * The table that finds a text's number is made when the first one is asked for: restored texts may
 * never need it.
 */

import { grown } from '../../shared/grown.ts';
import { placeInBlock, Texts } from './texts.ts';

const CAPACITY_MIN = 256;

export class DistinctTexts {
  #texts: Texts;
  #places: Float64Array;
  #bytes: Uint16Array;
  #count: number;
  /** Numbers by hash, 0 for a free slot; null until it is needed. */
  #slots: Uint32Array | null = null;
  #hashes = new Uint32Array(0);

  private constructor(texts: Texts, places: Float64Array, bytes: Uint16Array) {
    this.#texts = texts;
    this.#places = places;
    this.#bytes = bytes;
    this.#count = bytes.length;
  }

  static none(): DistinctTexts {
    return new DistinctTexts(new Texts(), new Float64Array(1), new Uint16Array(1));
  }

  /** Those that these columns hold, as `places`, `bytes` and `texts` gave them; null if they cannot. */
  static restored(texts: Texts, places: Float64Array, bytes: Uint16Array): DistinctTexts | null {
    if (places.length !== bytes.length || bytes.length === 0 || bytes[0] !== 0) return null;
    return new DistinctTexts(texts, places, bytes);
  }

  get count(): number {
    return this.#count;
  }

  get texts(): Texts {
    return this.#texts;
  }

  get places(): Float64Array {
    return this.#places.subarray(0, this.#count);
  }

  get bytes(): Uint16Array {
    return this.#bytes.subarray(0, this.#count);
  }

  text(number: number): string {
    return this.#texts.read(this.#places[number] ?? 0, this.#bytes[number] ?? 0);
  }

  /** The number of the text in some bytes; a new one if it has not been met before. */
  numberOf(bytes: Uint8Array, from: number, to: number): number {
    if (from === to) return 0;
    const slots = this.#slots ?? this.#index();
    const hash = hashOf(bytes, from, to);
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const number = slots[slot] ?? 0;
      if (number === 0) break;
      if (this.#hashes[number] === hash && this.#is(number, bytes, from, to)) return number;
      slot = (slot + 1) & mask;
    }
    return this.#add(slots, slot, hash, bytes, from, to);
  }

  /** Does now what the next `numberOf` would have to do first. */
  prepare(): void {
    this.#slots ??= this.#index();
  }

  #is(number: number, bytes: Uint8Array, from: number, to: number): boolean {
    if (this.#bytes[number] !== to - from) return false;
    const place = this.#places[number] ?? 0;
    const block = this.#texts.block(place);
    let at = placeInBlock(place);
    for (let index = from; index < to; index++, at++) {
      if (block?.[at] !== bytes[index]) return false;
    }
    return true;
  }

  #add(
    slots: Uint32Array,
    slot: number,
    hash: number,
    bytes: Uint8Array,
    from: number,
    to: number,
  ): number {
    if (this.#count === this.#places.length) this.#grow();
    const number = this.#count++;
    this.#places[number] = this.#texts.add(bytes, from, to);
    this.#bytes[number] = to - from;
    this.#hashes[number] = hash;
    slots[slot] = number;
    if (this.#count * 2 > slots.length) this.#index();
    return number;
  }

  #grow(): void {
    const capacity = Math.max(CAPACITY_MIN, this.#count * 2);
    this.#places = grown(this.#places, capacity);
    this.#bytes = grown(this.#bytes, capacity);
    this.#hashes = grown(this.#hashes, capacity);
  }

  #index(): Uint32Array {
    let capacity = CAPACITY_MIN;
    while (capacity < this.#count * 4) capacity *= 2;
    if (this.#hashes.length < this.#count) this.#rehash();
    const slots = new Uint32Array(capacity);
    for (let number = 1; number < this.#count; number++) {
      let slot = (this.#hashes[number] ?? 0) & (capacity - 1);
      while (slots[slot] !== 0) slot = (slot + 1) & (capacity - 1);
      slots[slot] = number;
    }
    this.#slots = slots;
    return slots;
  }

  #rehash(): void {
    this.#hashes = new Uint32Array(this.#places.length);
    for (let number = 1; number < this.#count; number++) {
      const place = this.#places[number] ?? 0;
      const block = this.#texts.block(place);
      const at = placeInBlock(place);
      if (block) this.#hashes[number] = hashOf(block, at, at + (this.#bytes[number] ?? 0));
    }
  }
}

/** FNV-1a, and its bits mixed, as only the lower ones are used. */
export function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) >>> 0;
}
