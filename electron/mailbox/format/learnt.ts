/**
 * What a scanner of mbox learns of a file besides where its separators are: the material of the dialect
 * report. Of sections that were scanned apart it is added up, in their order. Imports its neighbours.
 */

import type { DialectReport, DoubtfulLine } from '../../../shared/dialect-report.ts';
import { DoubtfulLines } from './doubtful-lines.ts';
import { LineEndCount, type LineEndNumbers } from './line-end.ts';
import { quotingOf, type QuotingSigns } from './quoting.ts';

/** Plain values, for another thread. */
export interface Learnt {
  readonly signs: QuotingSigns;
  readonly lineEnds: LineEndNumbers;
  readonly doubtful: number;
  readonly lines: readonly DoubtfulLine[];
}

type Signs = { -readonly [Sign in keyof QuotingSigns]: number };

export class Learning {
  readonly lineEnds = new LineEndCount();
  readonly doubts = new DoubtfulLines();
  readonly signs: Signs = {
    quoted: 0,
    quotedTwice: 0,
    unquoted: 0,
    measured: 0,
    coveredByLength: 0,
    messages: 0,
  };

  get learnt(): Learnt {
    const { count, lines } = this.doubts;
    return { signs: this.signs, lineEnds: this.lineEnds.numbers, doubtful: count, lines };
  }

  /** Adds what was learnt of what lies behind. */
  add({ signs, lineEnds, doubtful, lines }: Learnt): void {
    for (const sign of Object.keys(this.signs) as (keyof Signs)[]) this.signs[sign] += signs[sign];
    this.lineEnds.add(lineEnds);
    this.doubts.addAll(lines, doubtful);
  }

  report(rule: DialectReport['rule']): DialectReport {
    return {
      format: 'mbox',
      rule,
      quoting: quotingOf(this.signs),
      lineEnd: this.lineEnds.result(),
      doubtful: this.doubts.count,
      lines: this.doubts.lines,
    };
  }
}
