/**
 * What windows hear of messages that come while an archive is being read, and the time that they are given.
 *
 * Whoever asks for rows before there are any waits for the first: one question and one answer, where an
 * empty answer would be followed by the news that there is more, and by a second question. Until these rows
 * are on screen the reading pauses: it would take the cores on which they are drawn. From then on windows
 * are told now and then: lists are sorted anew each time, and no more of our time may go into that than
 * into reading.
 */

import { breath } from '../../../shared/steps.ts';

/** While the archive is being read, listeners are told so often. */
const TELL_EVERY_MS = 250;
/** Telling, while which the archive is being read as well, goes on for one part of so many of the time. */
const TELL_SHARE = 4;
/** Rows that have been given out are on screen after so long. */
const DRAWN_AFTER_MS = 200;
/** Whether it may go on is looked at so often. */
const LOOK_EVERY_MS = 5;
/** Whoever wants to change messages waits for the reading no longer than that. */
const PATIENCE_MS = 2000;

/** How long reading pauses for the first rows, and of archives from which size on. */
export interface FirstRows {
  readonly forMs: number;
  /** What is smaller is read sooner than anybody can want to change it: it must not keep them waiting. */
  readonly fromBytes: number;
}

const AT_ONCE: FirstRows = { forMs: 0, fromBytes: 0 };

export class Arrivals {
  readonly #tell: () => Promise<void>;
  #begun: Promise<void> = Promise.resolve();
  #begin: () => void = () => undefined;
  /** Null when the reading is over. */
  #reading: Promise<void> | null = null;
  #next = 0;
  #telling = false;
  /** Until then reading pauses. */
  #pausedUntil: number;

  /** @param bytes of the archive @param firstRows reading pauses for no longer than that, from now on */
  constructor(tell: () => Promise<void>, bytes: number, { forMs, fromBytes }: FirstRows = AT_ONCE) {
    this.#tell = tell;
    this.#pausedUntil = bytes < fromBytes ? 0 : performance.now() + forMs;
  }

  /** Settles when there are messages, or none will come. */
  get begun(): Promise<void> {
    return this.#begun;
  }

  /** Until the first one comes, or `reading` is over, there are no messages. */
  expect(reading: Promise<void>): Promise<void> {
    const before = this.#begin;
    this.#begun = new Promise((resolve) => {
      this.#begin = resolve;
    });
    void this.#begun.then(before);
    this.#next = performance.now() + TELL_EVERY_MS;
    const over = (): void => {
      if (this.#reading === ending) this.#reading = null;
    };
    const ending = reading.then(over, over);
    this.#reading = ending;
    return reading.finally(this.#begin);
  }

  /** Messages have come. */
  readonly came = (): void => {
    this.#begin();
    const begun = performance.now();
    if (this.#telling || begun < this.#next) return;
    this.#telling = true;
    void this.#tell().finally(() => {
      const now = performance.now();
      this.#next = now + Math.max(TELL_EVERY_MS, (now - begun) * TELL_SHARE);
      this.#telling = false;
    });
  };

  /** Between two pieces of reading: settles when the next one may begin. */
  readonly pause = async (): Promise<void> => {
    await breath();
    while (performance.now() < this.#pausedUntil) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  };

  /** Rows have been given out, and are about to be drawn. */
  given(): void {
    this.#pausedUntil = Math.min(this.#pausedUntil, performance.now() + DRAWN_AFTER_MS);
  }

  /** True if the reading is over, or has not begun. */
  get over(): boolean {
    return this.#reading === null;
  }

  /** Settles when the reading is over, or after a little while: a large archive takes longer. */
  async soonOver(): Promise<void> {
    this.hurry();
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise((resolve) => {
      timer = setTimeout(resolve, PATIENCE_MS);
    });
    await Promise.race([this.#reading, patience]);
    clearTimeout(timer);
  }

  /** Somebody wants the whole archive, not its first rows. */
  hurry(): void {
    this.#pausedUntil = 0;
  }
}
