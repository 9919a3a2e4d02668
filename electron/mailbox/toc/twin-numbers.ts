/**
 * Which twin each message is, and of how many; almost all are the first of one. Imports nothing.
 *
 * Numbers in pages, made only where there are twins: no message without one takes memory, and
 * no page is ever copied, so that a file of ten million equal messages is named without a pause.
 */

const PAGE_BITS = 10;
const PAGE_MESSAGES = 1 << PAGE_BITS;

export class TwinNumbers {
  /** Two numbers a message; 0 where nothing was said. */
  readonly #pages: (Uint32Array | undefined)[] = [];

  /** Which twin a message is, from 1. */
  ordinal(number: number): number {
    return this.#pages[number >> PAGE_BITS]?.[placeInPage(number)] || 1;
  }

  /** Of how many, as far as its key says. */
  of(number: number): number {
    return this.#pages[number >> PAGE_BITS]?.[placeInPage(number) + 1] || 1;
  }

  set(number: number, ordinal: number, of: number): void {
    const at = number >> PAGE_BITS;
    const known = this.#pages[at];
    if (!known && ordinal === 1 && of === 1) return;
    const page = known ?? this.#made(at);
    const place = placeInPage(number);
    page[place] = ordinal;
    page[place + 1] = of;
  }

  /** The first message from `from` on, before `to`, that may have a twin; `to` if there is none. */
  nextFrom(from: number, to: number): number {
    let number = from;
    while (number < to && !this.#pages[number >> PAGE_BITS]) {
      number = ((number >> PAGE_BITS) + 1) << PAGE_BITS;
    }
    return Math.min(number, to);
  }

  #made(at: number): Uint32Array {
    const page = new Uint32Array(2 * PAGE_MESSAGES);
    while (this.#pages.length < at) this.#pages.push(undefined);
    this.#pages[at] = page;
    return page;
  }
}

const placeInPage = (number: number): number => (number & (PAGE_MESSAGES - 1)) * 2;
