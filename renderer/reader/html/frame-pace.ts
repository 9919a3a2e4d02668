/**
 * How often a frame may be sent elsewhere. Chromium does so 200 times in ten seconds at the most
 * (crbug.com/1038223) and drops what is more with nothing but a line on the console: a message would
 * never come. So a stock is used up quickly, and what is more waits for its turn, some ten a second:
 * enough for whoever holds down a key.
 */

/** The stock, and how long one more takes: 60, and 125 in ten seconds. */
const STOCK = 60;
const EACH_MS = 80;

export class FramePace {
  #stock = STOCK;
  #since = 0;

  /**
   * Takes a turn.
   * @param now in milliseconds, never earlier than before
   * @returns in how many milliseconds the frame may be sent elsewhere
   */
  take(now: number): number {
    this.#stock = Math.min(STOCK, this.#stock + (now - this.#since) / EACH_MS) - 1;
    this.#since = now;
    return Math.max(0, -this.#stock * EACH_MS);
  }
}
