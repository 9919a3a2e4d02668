/** Chance that is the same every time: everything that a fuzz input is made of comes from here. */

const STEP = 0x6d2b79f5;

/** A small seeded generator (mulberry32). */
export class Chance {
  /** What was made of it, for whoever has to look at a failure. */
  noted: Uint8Array | string | null = null;
  #state: number;

  /** @param seed of the whole run @param index of the input in it */
  constructor(seed: number, index: number) {
    this.#state = (Math.imul(seed, 0x85ebca6b) ^ Math.imul(index + 1, 0x9e3779b1)) >>> 0;
    this.word();
  }

  /** 32 bits. */
  word(): number {
    this.#state = (this.#state + STEP) >>> 0;
    const state = this.#state;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  /** A whole number, both ends included. */
  integer(from: number, to: number): number {
    return from + Math.floor((this.word() / 0x1_0000_0000) * (to - from + 1));
  }

  /** A number from 0 to `most`, more often a small one. */
  small(most: number): number {
    return this.integer(0, this.integer(0, most));
  }

  /** True in this share of cases. */
  chance(share: number): boolean {
    return this.word() < share * 0x1_0000_0000;
  }

  pick<Value>(list: readonly Value[]): Value {
    const value = list[this.integer(0, list.length - 1)];
    if (value === undefined && list.length === 0) throw new Error('nothing to pick from');
    return value as Value;
  }

  /** Several of a list, in any order, one perhaps more than once. */
  several<Value>(list: readonly Value[], most: number): Value[] {
    return Array.from({ length: this.integer(0, most) }, () => this.pick(list));
  }

  bytes(length: number): Buffer {
    const bytes = Buffer.alloc(length);
    for (let at = 0; at < length; at++) bytes[at] = this.word() & 0xff;
    return bytes;
  }

  /** Notes and gives back. */
  note<Input extends Uint8Array | string>(input: Input): Input {
    this.noted = input;
    return input;
  }
}
