/**
 * Finds the number that goes with a hash of 64 bits, millions of them, without an object for each.
 * Imports nothing. Where in the table a hash goes depends on a secret of this process, so that nobody
 * can write ids that all go to the same place.
 */

import { randomInt } from 'node:crypto';

const SLOTS_MIN = 1 << 10;
const SECRET = randomInt(2 ** 31);

export class IdTable {
  /** By number. */
  #lows: Uint32Array;
  #highs: Uint32Array;
  /** One more than a number; 0 for a free slot. */
  #slots: Uint32Array;
  #held = 0;

  /** @param numbers about so many there will be */
  constructor(numbers: number) {
    this.#lows = new Uint32Array(numbers);
    this.#highs = new Uint32Array(numbers);
    let slots = SLOTS_MIN;
    while (slots < numbers * 2) slots *= 2;
    this.#slots = new Uint32Array(slots);
  }

  /** The number that goes with a hash: the one it has, or else the one given. */
  numberOf(low: number, high: number, fresh: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = slotOf(low, high) & mask;
    for (let held = slots[slot] ?? 0; held !== 0; held = slots[slot] ?? 0) {
      const number = held - 1;
      if (this.#lows[number] === low && this.#highs[number] === high) return number;
      slot = (slot + 1) & mask;
    }
    if (fresh >= this.#lows.length) this.#widen(fresh);
    this.#lows[fresh] = low;
    this.#highs[fresh] = high;
    slots[slot] = fresh + 1;
    this.#held += 1;
    if (this.#held * 2 > slots.length) this.#index();
    return fresh;
  }

  #widen(number: number): void {
    const capacity = Math.ceil((number + SLOTS_MIN) * 1.5);
    const [lows, highs] = [new Uint32Array(capacity), new Uint32Array(capacity)];
    lows.set(this.#lows);
    highs.set(this.#highs);
    this.#lows = lows;
    this.#highs = highs;
  }

  #index(): void {
    const before = this.#slots;
    const slots = new Uint32Array(before.length * 2);
    const mask = slots.length - 1;
    for (const held of before) {
      if (held === 0) continue;
      let slot = slotOf(this.#lows[held - 1] ?? 0, this.#highs[held - 1] ?? 0) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = held;
    }
    this.#slots = slots;
  }
}

function slotOf(low: number, high: number): number {
  let mixed = Math.imul(low ^ SECRET, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15) ^ high, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
