/**
 * Messages and bytes by month, counted as envelopes are read: what has been counted is not looked at
 * again. The last message is never counted for good, because what is appended may belong to it.
 */

import type { Envelopes } from '../catalog/envelopes.ts';
import type { Result, WindowMethods } from '../../shared/contract.ts';
import { type MessageNumber, messageNumber } from '../../shared/units.ts';

export type Timeline = Result<WindowMethods, 'timeline'>;

interface Month {
  readonly start: number;
  readonly end: number;
  messages: number;
  bytes: number;
}

export class Months {
  readonly #bytesOf: (number: MessageNumber) => number;
  #months = new Map<number, Month>();
  #undated = 0;
  #counted = 0;
  /** The month counted last: the next message is most often of the same one. */
  #last: Month | null = null;

  constructor(bytesOf: (number: MessageNumber) => number) {
    this.#bytesOf = bytesOf;
  }

  /** Forgets all: numbers mean other messages. */
  forget(): void {
    this.#months = new Map();
    this.#undated = 0;
    this.#counted = 0;
    this.#last = null;
  }

  /** Messages and bytes of the first `count` messages by month, oldest first. */
  of(envelopes: Envelopes, count: number): Timeline {
    if (this.#counted > count) this.forget();
    for (; this.#counted < count - 1; this.#counted++) this.#count(envelopes, this.#counted, 1);
    const open = this.#counted < count ? count - 1 : null;
    if (open !== null) this.#count(envelopes, open, 1);
    const sorted = [...this.#months.values()].sort((one, other) => one.start - other.start);
    const months = sorted.flatMap(({ start, messages, bytes }) =>
      messages > 0 ? [{ start, messages, bytes }] : [],
    );
    const timeline = { months, undated: this.#undated };
    if (open !== null) this.#count(envelopes, open, -1);
    return timeline;
  }

  /** Adds a message, or takes it away again. */
  #count(envelopes: Envelopes, number: number, times: 1 | -1): void {
    const date = envelopes.date(number);
    if (date === null) {
      this.#undated += times;
      return;
    }
    const month = this.#monthOf(date);
    month.messages += times;
    month.bytes += times * this.#bytesOf(messageNumber(number));
  }

  #monthOf(date: number): Month {
    const last = this.#last;
    if (last && date >= last.start && date < last.end) return last;
    const day = new Date(date);
    const start = Date.UTC(day.getUTCFullYear(), day.getUTCMonth());
    const end = Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1);
    const month = this.#months.get(start) ?? { start, end, messages: 0, bytes: 0 };
    this.#months.set(start, month);
    this.#last = month;
    return month;
  }
}
