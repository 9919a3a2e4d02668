/**
 * A list by threads: which messages it has, thread by thread, and how they hang together. What is
 * collapsed is left to those who ask: the same list has other rows then.
 *
 * Twenty-four bytes a message while a list shows threads; everything is linear.
 */

import type { Threads } from '../../catalog/threads.ts';

export class ThreadList {
  /** Messages, in the order of the list with nothing collapsed; places in it are `index`. */
  readonly numbers: Uint32Array;
  readonly #levels: Uint32Array;
  /** Behind the last message below each. */
  readonly #ends: Uint32Array;
  /** The index of the message above each, -1 for the first of a thread. */
  readonly #parents: Int32Array;
  /** Which one among those below the same message each is, from 0. */
  readonly #places: Uint32Array;
  /** How many are right below each. */
  readonly #answers: Uint32Array;
  /** Where each thread begins. */
  readonly #starts: Uint32Array;
  /** Index by message number, made when asked for. */
  #indexOf: Int32Array | null = null;

  /** @param threads in the order of the list */
  constructor({ order, levels }: Threads) {
    const count = order.length;
    this.numbers = order;
    this.#levels = levels;
    this.#ends = new Uint32Array(count);
    this.#parents = new Int32Array(count);
    this.#places = new Uint32Array(count);
    this.#answers = new Uint32Array(count);
    let starts = 0;
    for (let at = 0; at < count; at++) if (levels[at] === 0) starts += 1;
    this.#starts = new Uint32Array(starts);
    this.#connect();
  }

  #connect(): void {
    const levels = this.#levels;
    // The last index of each level of the branch being walked.
    const branch: number[] = [];
    let starts = 0;
    for (let index = 0; index < levels.length; index++) {
      const level = levels[index] ?? 0;
      branch[level] = index;
      this.#ends[index] = index + 1;
      if (level === 0) {
        this.#parents[index] = -1;
        this.#places[index] = starts;
        this.#starts[starts++] = index;
        continue;
      }
      const parent = branch[level - 1] ?? 0;
      const place = this.#answers[parent] ?? 0;
      this.#parents[index] = parent;
      this.#places[index] = place;
      this.#answers[parent] = place + 1;
    }
    for (let index = levels.length - 1; index >= 0; index--) {
      const parent = this.#parents[index] ?? -1;
      if (parent < 0) continue;
      this.#ends[parent] = Math.max(this.#ends[parent] ?? 0, this.#ends[index] ?? 0);
    }
  }

  /** The index of a message; null if the list does not have it. */
  indexOf(number: number): number | null {
    if (!this.#indexOf) {
      const last = this.numbers.reduce((most, one) => Math.max(most, one), -1);
      this.#indexOf = new Int32Array(last + 1).fill(-1);
      for (let index = 0; index < this.numbers.length; index++) {
        this.#indexOf[this.numbers[index] ?? 0] = index;
      }
    }
    const index = this.#indexOf[number] ?? -1;
    return index < 0 ? null : index;
  }

  numberAt(index: number): number {
    return this.numbers[index] ?? 0;
  }

  /** Behind the last message below one. */
  end(index: number): number {
    return this.#ends[index] ?? index + 1;
  }

  /** The index of the message right above; null for the first of a thread. */
  parent(index: number): number | null {
    const parent = this.#parents[index] ?? -1;
    return parent < 0 ? null : parent;
  }

  /** From 0 for the first of a thread. */
  level(index: number): number {
    return this.#levels[index] ?? 0;
  }

  /** Which one it is, from 0, of how many that are right below the same message; of threads for the first. */
  place(index: number): { readonly place: number; readonly of: number } {
    const place = this.#places[index] ?? 0;
    const parent = this.parent(index);
    return { place, of: parent === null ? this.#starts.length : (this.#answers[parent] ?? 0) };
  }

  /** The first index of the thread that an index is in. */
  start(index: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.#starts[middle] ?? 0) <= index) low = middle;
      else high = middle;
    }
    return this.#starts[low] ?? 0;
  }

  /** The outermost message that hides this one; null if none does. */
  hiddenBy(index: number, isCollapsed: (number: number) => boolean): number | null {
    let hider: number | null = null;
    for (let at = this.parent(index); at !== null; at = this.parent(at)) {
      if (isCollapsed(this.numberAt(at))) hider = at;
    }
    return hider;
  }

  /** The messages by row. @param isCollapsed true for those of which nothing below is shown */
  shown(isCollapsed: (number: number) => boolean): Uint32Array {
    const rows = new Uint32Array(this.numbers.length);
    let count = 0;
    for (let index = 0; index < rows.length; ) {
      const number = this.numbers[index] ?? 0;
      rows[count++] = number;
      index = isCollapsed(number) ? (this.#ends[index] ?? index + 1) : index + 1;
    }
    return count === rows.length ? this.numbers : rows.slice(0, count);
  }
}
