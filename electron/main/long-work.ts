/**
 * Tells a person who has gone elsewhere that long work is done. Knows neither windows nor the system:
 * both are given, so that this can be tried without them.
 */

import type { Effort } from '../engine/launch.ts';

/** Shorter work is over before anybody has turned to something else. */
const LONG_MS = 5000;

export interface LongWorkParts<Window> {
  readonly now: () => number;
  readonly isInFront: (window: Window) => boolean;
  /** Long work in a window that is not in front has ended. */
  readonly ended: (window: Window) => void;
}

export class LongWork<Window> {
  readonly #parts: LongWorkParts<Window>;
  /** Since when each window has work going on. */
  readonly #since = new Map<Window, number>();

  constructor(parts: LongWorkParts<Window>) {
    this.#parts = parts;
  }

  /** How far a window's work is now. */
  note(window: Window, { total }: Effort): void {
    const since = this.#since.get(window);
    if (total > 0) {
      if (since === undefined) this.#since.set(window, this.#parts.now());
      return;
    }
    this.#since.delete(window);
    if (since === undefined || this.#parts.now() - since < LONG_MS) return;
    if (!this.#parts.isInFront(window)) this.#parts.ended(window);
  }
}
