/** Bits of compressed bytes, from the lowest to the highest of each (RFC 1951, 3.1.1). */

import { Damaged, type Input } from './input.ts';

export class LowBits {
  readonly #input: Input;
  #bytes = new Uint8Array(0);
  #at = 0;
  #held = 0;
  #count = 0;

  constructor(input: Input) {
    this.#input = input;
  }

  /** @param count at most 16 @throws Damaged if there are fewer */
  take(count: number): number {
    while (this.#count < count) {
      if (!this.#more()) throw new Damaged('truncated', 'ends in a block');
    }
    const taken = this.#held & ((1 << count) - 1);
    this.#drop(count);
    return taken;
  }

  /** The next bits, which stay in front; zeros behind the end. @param count at most 16 */
  peek(count: number): number {
    while (this.#count < count) if (!this.#more()) break;
    return this.#held & ((1 << count) - 1);
  }

  /** Leaves out what `peek` has shown. @throws Damaged if it was not there */
  skip(count: number): void {
    if (this.#count < count) throw new Damaged('truncated', 'ends in a block');
    this.#drop(count);
  }

  /** Goes on with the next whole byte. */
  align(): void {
    this.#drop(this.#count % 8);
  }

  #drop(count: number): void {
    this.#held >>>= count;
    this.#count -= count;
  }

  #more(): boolean {
    if (this.#at >= this.#bytes.length) {
      this.#bytes = this.#input.stretch() as Uint8Array<ArrayBuffer>;
      this.#at = 0;
      if (this.#bytes.length === 0) return false;
    }
    this.#held |= (this.#bytes[this.#at++] ?? 0) << this.#count;
    this.#count += 8;
    return true;
  }
}
