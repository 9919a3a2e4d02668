/**
 * The dialect report after a flush, by arithmetic like the table: doubtful lines that went with their
 * messages are no longer listed, the others stand where they have moved to.
 */

import type { DialectReport } from '../../../shared/dialect-report.ts';
import type { Removal } from './removal.ts';

/** @param removals ascending, apart from each other */
export function reportAfter(report: DialectReport, removals: readonly Removal[]): DialectReport {
  let next = 0;
  let gap = 0;
  const lines = report.lines.flatMap((line) => {
    for (let removal = removals[next]; removal; removal = removals[next]) {
      if (line.offset < removal.offset + removal.length) break;
      gap += removal.length;
      next += 1;
    }
    const removal = removals[next];
    const gone = removal !== undefined && line.offset >= removal.offset;
    return gone ? [] : [{ ...line, offset: line.offset - gap }];
  });
  return { ...report, doubtful: report.doubtful - (report.lines.length - lines.length), lines };
}
