/**
 * What a mailbox must hold: its messages in order, known byte by byte, beside the file itself. A
 * flush may leave at most the empty line of what it removed; where it does, that is remembered.
 */

import { readFileSync } from 'node:fs';

/** One flush that may or may not have come to its end. */
export interface Attempt {
  /** Places of the messages it removes, by number. */
  readonly removed: ReadonlySet<number>;
  /** What others delivered behind all others since. */
  readonly delivered: readonly Buffer[];
}

export type Outcome = 'removed' | 'as it was';

const LF = 10;
const CR = 13;

export class KeptMessages {
  #messages: readonly Buffer[];

  constructor(messages: readonly Buffer[]) {
    this.#messages = messages;
  }

  get count(): number {
    return this.#messages.length;
  }

  get bytes(): number {
    return sum(this.#messages);
  }

  get sizes(): number[] {
    return this.#messages.map((message) => message.length);
  }

  /** Whether the file is untouched. */
  isUntouched(file: string): boolean {
    return fits(readFileSync(file), this.#messages, NONE) !== null;
  }

  /**
   * How much of the kept bytes behind the first removed message lie in their final place, as far
   * as one can see from outside, from 0 to 1.
   */
  shareInPlace(file: string, { removed }: Attempt): number {
    const bytes = readFileSync(file);
    const first = Math.min(...removed);
    let at = sum(this.#messages.slice(0, first));
    const start = at;
    const kept = this.#messages.filter(
      (_message, number) => number > first && !removed.has(number),
    );
    for (const message of kept) {
      while (!bytes.subarray(at, at + message.length).equals(message) && isLineEnd(bytes[at])) {
        at += 1;
      }
      if (!bytes.subarray(at, at + message.length).equals(message)) break;
      at += message.length;
    }
    return (at - start) / Math.max(1, sum(kept));
  }

  /**
   * Compares the file with what it must be: every kept message exactly once, in order, byte for
   * byte, what was delivered behind them, and nothing else. Throws, saying where it differs.
   */
  settle(file: string, { removed, delivered }: Attempt): Outcome {
    const bytes = readFileSync(file);
    for (const [outcome, gone] of [
      ['removed', removed],
      ['as it was', NONE],
    ] as const) {
      const found = fits(bytes, [...this.#messages, ...delivered], gone);
      if (!found) continue;
      this.#messages = found;
      return outcome;
    }
    throw new Error(
      `${file}, ${bytes.length} bytes, holds neither all ${this.count} messages nor those kept`,
    );
  }
}

const NOTHING = Buffer.alloc(0);
const NONE: ReadonlySet<number> = new Set();

const isLineEnd = (byte: number | undefined): boolean => byte === LF || byte === CR;

const sum = (messages: readonly Buffer[]): number =>
  messages.reduce((bytes, message) => bytes + message.length, 0);

/** The messages as the file holds them, line ends kept of removed ones included; null if it does not. */
function fits(
  bytes: Buffer,
  messages: readonly Buffer[],
  gone: ReadonlySet<number>,
): readonly Buffer[] | null {
  const found: Buffer[] = [];
  let at = 0;
  let mayKeepEnd = false;
  for (const [number, message] of messages.entries()) {
    if (gone.has(number)) {
      mayKeepEnd = true;
      continue;
    }
    let ends = 0;
    while (!bytes.subarray(at + ends, at + ends + message.length).equals(message)) {
      // An empty line is two line ends, of at most two bytes each.
      if (!mayKeepEnd || ends === 4 || !isLineEnd(bytes[at + ends])) return null;
      ends += 1;
    }
    const whole = bytes.subarray(at, at + ends + message.length);
    if (ends === 0) found.push(message);
    else found.push(Buffer.concat([found.pop() ?? NOTHING, whole.subarray(0, ends)]), message);
    at += whole.length;
    mayKeepEnd = false;
  }
  return at === bytes.length ? found : null;
}
