/**
 * Which offset of the list is drawn while a person scrolls through rows that have not come yet: the
 * one before stays until the rows of the next are there, so that the list follows a hand on the scroll
 * bar by an answer of the engine and never flashes empty. If they do not come in time it is drawn
 * without them: a list that stands still would look broken.
 *
 *     wanted   a b c d e f g     as the hand moves
 *     ready          a b     e   whose rows have come, of those that were wanted since
 *     drawn    - - - a b b b e
 */

/** So long rows are waited for, in milliseconds. */
export const WAIT_MS = 80;

/** Whether all rows on screen at an offset are there. */
export type IsReady = (offset: number) => boolean;

/** So many places that the hand has passed are remembered; rows come sooner than more are passed. */
const PASSED_MAX = 16;

export class DrawnOffset {
  #drawn: number;
  /** Wanted since the one that is drawn, the newest last. */
  #passed: readonly number[] = [];
  #since = 0;

  constructor(offset: number) {
    this.#drawn = offset;
  }

  /**
   * What to draw at this moment; asked whenever the wanted offset changes, or rows arrive.
   * @param now in milliseconds
   * @param offsetMax the list ends there
   */
  at(wanted: number, isReady: IsReady, now: number, offsetMax: number): number {
    if (isReady(wanted) || this.#drawn > offsetMax) return this.#draw(wanted, [], now);
    if (this.#passed.length === 0) this.#since = now;
    if (this.#passed.at(-1) !== wanted) {
      this.#passed = [...this.#passed, wanted].slice(-PASSED_MAX);
    }
    // Whichever rows come, asked for when the hand was there: the newest of them are drawn.
    const ready = this.#passed.findLastIndex((offset) => isReady(offset));
    const newest = this.#passed[ready];
    if (newest !== undefined) return this.#draw(newest, this.#passed.slice(ready + 1), now);
    return now - this.#since >= WAIT_MS ? this.#draw(wanted, [wanted], now) : this.#drawn;
  }

  #draw(offset: number, passed: readonly number[], now: number): number {
    this.#drawn = offset;
    this.#passed = passed;
    this.#since = now;
    return offset;
  }
}
