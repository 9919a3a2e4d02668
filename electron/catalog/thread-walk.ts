/**
 * From the message above each message to the order of all, thread by thread: without recursion, and in
 * steps of any length. Imports the form of threads.
 */

import type { Threads } from './threads.ts';

const NONE = -1;

export class ThreadWalk {
  readonly #above: Int32Array;
  /** One more than the oldest below each message, and than the next one below the same message. */
  readonly #below: Uint32Array;
  readonly #next: Uint32Array;
  readonly threads: Threads;
  /** The first of the oldest thread; one more than its number. */
  #first = 0;
  #at = NONE;
  #level = 0;

  /** @param above for each message the one above it, -1 for none; without loops */
  constructor(above: Int32Array, count: number) {
    this.#above = above;
    this.#below = new Uint32Array(count);
    this.#next = new Uint32Array(count);
    this.threads = { order: new Uint32Array(count), levels: new Uint32Array(count) };
  }

  /** To be called for every message first, youngest first. */
  hang(number: number): void {
    const above = this.#above[number] ?? NONE;
    if (above === NONE) {
      this.#next[number] = this.#first;
      this.#first = number + 1;
    } else {
      this.#next[number] = this.#below[above] ?? 0;
      this.#below[above] = number + 1;
    }
  }

  /** Goes on through the trees, for this stretch of the order. */
  go(from: number, to: number): void {
    const { order, levels } = this.threads;
    if (from === 0) this.#at = this.#first - 1;
    for (let at = from; at < to; at++) {
      order[at] = this.#at;
      levels[at] = this.#level;
      this.#step();
    }
  }

  #step(): void {
    const below = this.#below[this.#at] ?? 0;
    if (below > 0) {
      this.#at = below - 1;
      this.#level += 1;
      return;
    }
    while ((this.#next[this.#at] ?? 0) === 0 && this.#level > 0) {
      this.#at = this.#above[this.#at] ?? NONE;
      this.#level -= 1;
    }
    this.#at = (this.#next[this.#at] ?? 0) - 1;
  }
}
