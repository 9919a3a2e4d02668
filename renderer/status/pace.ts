/**
 * How fast long work goes, and how long it will still take, as a person can read it: by the last few
 * seconds rather than since the beginning, and smoothly. No React here.
 */

/** The rate is that of the last so many milliseconds. */
const WINDOW_MS = 4000;
/** Sooner than this nothing is known. */
const KNOWN_AFTER_MS = 600;
/** A time left that differs by less than this share is the same to a person: it counts down. */
const SAME_SHARE = 0.25;
/** The words change no more often than this. */
const SAY_EVERY_MS = 500;

export interface Paced {
  /** Bytes a second; null while too little has been seen. */
  readonly rate: number | null;
  /** Null while it cannot be told. */
  readonly secondsLeft: number | null;
}

interface Sample {
  readonly at: number;
  readonly done: number;
}

export class Pace {
  readonly #samples: Sample[] = [];
  #said: Paced = { rate: null, secondsLeft: null };
  #saidAt = Number.NEGATIVE_INFINITY;
  #endsAt: number | null = null;

  /** Takes in how far the work is. @param now milliseconds of a clock that never goes back */
  take(now: number, done: number, total: number): Paced {
    const last = this.#samples.at(-1);
    // Work that begins again, as a scan that was stopped: nothing of before counts.
    if (last && done < last.done) this.#forget();
    this.#samples.push({ at: now, done });
    while ((this.#samples[1]?.at ?? now) < now - WINDOW_MS) this.#samples.shift();
    if (now - this.#saidAt < SAY_EVERY_MS) return this.#said;
    const rate = this.#rate(now, done);
    if (rate === null) return this.#said;
    this.#saidAt = now;
    this.#said = { rate, secondsLeft: this.#left(now, rate, total - done) };
    return this.#said;
  }

  #forget(): void {
    this.#samples.length = 0;
    this.#said = { rate: null, secondsLeft: null };
    this.#endsAt = null;
  }

  #rate(now: number, done: number): number | null {
    const [first] = this.#samples;
    if (!first || now - first.at < KNOWN_AFTER_MS) return null;
    return ((done - first.done) / (now - first.at)) * 1000;
  }

  #left(now: number, rate: number, bytes: number): number | null {
    if (rate <= 0) {
      this.#endsAt = null;
      return null;
    }
    const endsAt = now + (bytes / rate) * 1000;
    const before = this.#endsAt;
    // The end that was told stands while what is measured agrees, so that the words count down.
    const off = before === null ? Number.POSITIVE_INFINITY : Math.abs(endsAt - before);
    if (before === null || off > SAME_SHARE * (endsAt - now)) this.#endsAt = endsAt;
    return Math.max(0, (this.#endsAt ?? endsAt) - now) / 1000;
  }
}
