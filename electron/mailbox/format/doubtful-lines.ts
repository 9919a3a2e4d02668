/** What a scanner was unsure of, for the dialect report: the first thousand lines, and how many. */

import type { DoubtfulLine } from '../../../shared/dialect-report.ts';

const LINES_MAX = 1000;

export class DoubtfulLines {
  readonly lines: DoubtfulLine[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** @param by who decided what it is taken for */
  add(line: Omit<DoubtfulLine, 'overruled'>, by: 'evidence' | 'person' = 'evidence'): void {
    this.#count += 1;
    if (this.lines.length < LINES_MAX) this.lines.push({ ...line, overruled: by === 'person' });
  }
}
