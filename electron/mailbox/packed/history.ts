/** What was expanded last, which whatever comes refers to. */

import { Damaged } from './input.ts';

/** A dictionary takes so much memory, if the archive is as long; `xz -9` has 64 MiB. */
export const DICTIONARY_BYTES_MAX = 512 * 1024 * 1024;

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
