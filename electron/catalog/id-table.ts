/**
 * Finds the number that goes with a hash of 64 bits, millions of them, without an object for each.
 * Imports nothing. Where in the table a hash goes depends on a secret of this process, so that nobody
 * can write ids that all go to the same place.
 */

import { randomInt } from 'node:crypto';

const SLOTS_MIN = 1 << 10;
/** A slot is the hash, and one more than the number; 0 there for a free one. Together, for the cache. */
const SLOT_WORDS = 3;
const SECRET = randomInt(2 ** 31);

export class IdTable {
  #slots: number;
  #words: Uint32Array;
  #held = 0;

  /** @param numbers about so many there will be */
  constructor(numbers: number) {
    this.#slots = SLOTS_MIN;
    while (isFull(numbers, this.#slots)) this.#slots *= 2;
    this.#words = new Uint32Array(this.#slots * SLOT_WORDS);
  }

  /** The number that goes with a hash: the one it has, or else the one given. */
  numberOf(low: number, high: number, fresh: number): number {
    const words = this.#words;
    let at = this.#start(low, high);
    for (let held = words[at + 2] ?? 0; held !== 0; held = words[at + 2] ?? 0) {
      if (words[at] === low && words[at + 1] === high) return held - 1;
      at = this.#next(at);
    }
    words[at] = low;
    words[at + 1] = high;
    words[at + 2] = fresh + 1;
    this.#held += 1;
    if (isFull(this.#held, this.#slots)) this.#widen();
    return fresh;
  }

  #widen(): void {
    const before = this.#words;
    this.#slots *= 2;
    const words = new Uint32Array(this.#slots * SLOT_WORDS);
    for (let from = 0; from < before.length; from += SLOT_WORDS) {
      if (before[from + 2] === 0) continue;
      let at = this.#start(before[from] ?? 0, before[from + 1] ?? 0);
      while (words[at + 2] !== 0) at = this.#next(at);
      for (let word = 0; word < SLOT_WORDS; word++) words[at + word] = before[from + word] ?? 0;
    }
    this.#words = words;
  }

  /** Where a hash is looked for first. */
  #start(low: number, high: number): number {
    let mixed = Math.imul(low ^ SECRET, 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 15) ^ high, 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) & (this.#slots - 1)) * SLOT_WORDS;
  }

  #next(at: number): number {
    return at + SLOT_WORDS === this.#slots * SLOT_WORDS ? 0 : at + SLOT_WORDS;
  }
}

/** At most three of four slots are in use. */
const isFull = (held: number, slots: number): boolean => held * 4 > slots * 3;
