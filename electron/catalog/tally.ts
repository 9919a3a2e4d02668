/** Messages and bytes by number: of a sender, an hour, a month. Imports how columns grow. */

import { grown } from '../../shared/grown.ts';

const ROOM_MIN = 64;

export class Tally {
  #messages = new Float64Array(0);
  #bytes = new Float64Array(0);

  /** So many numbers have room; the others have nothing. */
  get length(): number {
    return this.#messages.length;
  }

  messages(number: number): number {
    return this.#messages[number] ?? 0;
  }

  bytes(number: number): number {
    return this.#bytes[number] ?? 0;
  }

  /** Adds a message, or takes it away again. */
  add(number: number, bytes: number, times: 1 | -1): void {
    this.addAll(number, times, times * bytes);
  }

  addAll(number: number, messages: number, bytes: number): void {
    if (number >= this.#messages.length) {
      const room = Math.max(ROOM_MIN, number + 1, this.#messages.length * 2);
      this.#messages = grown(this.#messages, room);
      this.#bytes = grown(this.#bytes, room);
    }
    this.#messages[number] = (this.#messages[number] ?? 0) + messages;
    this.#bytes[number] = (this.#bytes[number] ?? 0) + bytes;
  }
}
