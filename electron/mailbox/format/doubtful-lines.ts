/** What a scanner was unsure of, for the dialect report: the first thousand lines, and how many. */

import type { DoubtfulLine } from '../../../shared/dialect-report.ts';

const LINES_MAX = 1000;

export class DoubtfulLines {
  readonly lines: DoubtfulLine[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** @param why one clause for a person */
  add(line: DoubtfulLine): void {
    this.#count += 1;
    if (this.lines.length < LINES_MAX) this.lines.push(line);
  }
}
