/**
 * Takes a file for the one message it is. Looks no further than `aheadBytes`, and waits until it has seen
 * that much: a verdict depends on the bytes alone, not on the windows.
 */

import type { DialectReport } from '../../../shared/dialect-report.ts';
import { byteOffset } from '../../../shared/units.ts';
import type { Limits } from './current-message.ts';
import type { Range, Reading, Scanned, Scanner, Separator, Window } from './format.ts';
import { headerBlockAt } from './header-block.ts';
import { LineEndCount, nextLine, trimmedStart } from './line-end.ts';
import { isFrom } from './separator.ts';

const MARKED = 0x3e;

export class EmlScanner implements Scanner {
  readonly #reading: Reading;
  readonly #limits: Limits;
  readonly #lineEnds = new LineEndCount();
  #next: 'message' | 'nothing';

  constructor(reading: Reading, range: Range, limits: Limits) {
    this.#reading = reading;
    this.#limits = limits;
    this.#next = range.size > 0 && range.from === 0 ? 'message' : 'nothing';
  }

  scan(window: Window, found: (found: Separator) => void): Scanned {
    const { bytes, filled, base, last } = window;
    if (this.#next === 'message') {
      const { aheadBytes } = this.#limits;
      if (filled < aheadBytes && !last) return { judged: base, wants: null };
      this.#next = 'nothing';
      const seen = bytes.subarray(0, Math.min(filled, aheadBytes));
      const from = headerStart(seen);
      const { end } = headerBlockAt(seen, from, seen.length, 'LF');
      this.#lineEnds.count(seen, 0, end < 0 ? seen.length : end);
      found({ offset: base, length: from, headerLength: Math.max(0, end) });
    }
    return { judged: byteOffset(base + filled), wants: null };
  }

  report(): DialectReport {
    return {
      format: 'eml',
      rule: this.#reading.rule,
      quoting: 'none',
      lineEnd: this.#lineEnds.result(),
      doubtful: 0,
      lines: [],
    };
  }
}

/** Behind a byte-order mark, empty lines, and a From_ line that was marked (`>From `) when it was taken out. */
function headerStart(bytes: Buffer): number {
  const start = trimmedStart(bytes);
  const relic = bytes[start] === MARKED && isFrom(bytes, start + 1, bytes.length);
  return relic ? nextLine(bytes, start, bytes.length, 'LF') : start;
}
