/**
 * Which offset of the list is drawn while a person scrolls through rows that have not come yet: the
 * one before stays until the rows of the next are there, so that the list follows a hand on the scroll
 * bar by one answer of the engine and never flashes empty. If they do not come in time it is drawn
 * without them: a list that stands still would look broken.
 *
 *     wanted   a b c d e f g     as the hand moves
 *     target   a a a d d d g     whose rows are waited for, and asked for; then the newest
 *     drawn    - - a a a d d
 */

/** So long rows are waited for, in milliseconds. */
export const WAIT_MS = 80;

/** Whether all rows on screen at an offset are there. */
export type IsReady = (offset: number) => boolean;

export class DrawnOffset {
  #drawn: number;
  #target: number | null = null;
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
    if (isReady(wanted) || this.#drawn > offsetMax) return this.#draw(wanted, null, now);
    if (this.#target === null) {
      this.#target = wanted;
      this.#since = now;
    } else if (isReady(this.#target)) this.#draw(this.#target, wanted, now);
    else if (now - this.#since >= WAIT_MS) this.#draw(wanted, wanted, now);
    return this.#drawn;
  }

  /**
   * Whose rows are to be asked for. Those of the newest place instead would come when another one is
   * waited for: of a hand that never rests, none ever at the right moment.
   */
  awaited(wanted: number): number {
    return this.#target ?? wanted;
  }

  #draw(offset: number, target: number | null, now: number): number {
    this.#drawn = offset;
    this.#target = target;
    this.#since = now;
    return offset;
  }
}
