/** How fast an index is built, and how long the rest will take. Imports nothing. */

/** Before this much time has passed nobody can tell. */
const KNOWN_AFTER_MS = 1500;
/** What an index takes of what it covers, before there is one to measure. */
const SHARE_EXPECTED = 0.15;

export class BuildingPace {
  #begun = 0;
  #done = 0;
  #left = 0;

  /** Bytes of the archive whose texts are not indexed. */
  get left(): number {
    return this.#left;
  }

  /** @param left bytes that are still to be read */
  begin(left: number): void {
    this.#begun = performance.now();
    this.#done = 0;
    this.#left = left;
  }

  added(bytes: number): void {
    this.#done += bytes;
    this.#left = Math.max(0, this.#left - bytes);
  }

  get secondsLeft(): number | null {
    const passed = performance.now() - this.#begun;
    if (passed < KNOWN_AFTER_MS || this.#done === 0) return null;
    return Math.ceil((this.#left * passed) / this.#done / 1000);
  }

  /**
   * Bytes of the index when it covers all.
   * @param bytes that it has now @param total of the archive @param left what it does not cover of that
   */
  static expected(bytes: number, total: number, left: number): number {
    const covered = total - left;
    // A small part of it is mostly what every database has.
    if (covered < total / 100) return Math.round(total * SHARE_EXPECTED);
    return Math.round((bytes * total) / covered);
  }
}
