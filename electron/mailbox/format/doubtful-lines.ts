/** What a scanner was unsure of, for the dialect report: the first thousand lines, and how many. */

import type { DoubtfulLine } from '../../../shared/dialect-report.ts';

const LINES_MAX = 1000;

/** Where a line stands, and how it is shown: made only if it is listed. */
interface Place {
  readonly offset: number;
  readonly text: () => string;
}

/** A line that is read by the evidence; unless said otherwise, a person can say the opposite. */
export interface Doubt extends Pick<DoubtfulLine, 'reading' | 'why'> {
  readonly choices?: DoubtfulLine['choices'];
}

const OPPOSITE: Readonly<Record<DoubtfulLine['reading'], DoubtfulLine['choices']>> = {
  separator: ['content'],
  content: ['separator'],
  end: ['separator', 'content'],
};

/** Why a line is read as it is where a person decided so. */
export const SAID = {
  separator: 'you split the message here',
  content: 'you joined it to the message before it',
} as const;

export class DoubtfulLines {
  readonly lines: DoubtfulLine[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(place: Place, doubt: Doubt): void {
    this.#add(place, { choices: OPPOSITE[doubt.reading], ...doubt, overruled: false });
  }

  /** A line that a person decided on. */
  addSaid(place: Place, reading: keyof typeof SAID): void {
    this.#add(place, { reading, choices: [], why: SAID[reading], overruled: true });
  }

  #add({ offset, text }: Place, line: Omit<DoubtfulLine, 'offset' | 'text'>): void {
    this.#count += 1;
    if (this.lines.length < LINES_MAX) this.lines.push({ offset, text: text(), ...line });
  }

  /** Adds those of a stretch behind: the first of so many. */
  addAll(lines: readonly DoubtfulLine[], count: number): void {
    this.#count += count;
    this.lines.push(...lines.slice(0, LINES_MAX - this.lines.length));
  }
}
