/**
 * Finds the messages of a Babyl file from front to back (`babyl-mark.ts` knows the marks).
 *
 * A message reaches from the ^_ in front of its ^L to the next ^_ that begins or ends one. The options
 * at the start, the ^_ at the end and what stands behind it belong to no message. Promises: a verdict
 * depends on the bytes alone, not on the windows; time is linear and memory bounded.
 */

import type { DialectReport } from '../../../shared/dialect-report.ts';
import { byteOffset } from '../../../shared/units.ts';
import { babylMarkAt, babylParts, MARK_LINES, nextBorder, nextMark } from './babyl-mark.ts';
import type { Limits } from './current-message.ts';
import { type Doubt, DoubtfulLines } from './doubtful-lines.ts';
import type { Found, Range, Reading, Scanned, Scanner, Window } from './format.ts';
import { LineEndCount } from './line-end.ts';
import { Overrulings } from './overruling.ts';
import { behindBlanks } from './postmark.ts';

/** A scanner looks no further back than to the end of the line before. */
const BEHIND_BYTES = 4;
const LINE_BYTES = 80;

export class BabylScanner implements Scanner {
  readonly #reading: Reading;
  readonly #range: Range;
  readonly #limits: Limits;
  readonly #lineEnds = new LineEndCount();
  readonly #doubts = new DoubtfulLines();
  readonly #overrulings: Overrulings | null;
  #state: 'open' | 'closed' = 'closed';
  /** Where the search goes on. */
  #next: number;
  #begun = false;

  constructor(reading: Reading, range: Range, limits: Limits) {
    this.#reading = reading;
    this.#range = range;
    this.#limits = limits;
    this.#overrulings = Overrulings.of(reading.overrulings, MARK_LINES);
    this.#next = range.from;
  }

  scan(window: Window, found: (found: Found) => void): Scanned {
    const { base, filled, last } = window;
    const bytes = window.bytes.subarray(0, filled);
    const limit = last ? filled : filled - this.#limits.aheadBytes;
    if (limit <= 0 && !last) return { judged: base, wants: null };
    if (!this.#begun) {
      this.#begun = true;
      this.#lineEnds.count(bytes, 0, Math.min(filled, this.#limits.aheadBytes));
    }
    const start = this.#range.from - base;
    let at = nextMark(bytes, this.#next - base, limit, start);
    while (at >= 0) {
      this.#consider(bytes, at, base, found);
      this.#next = base + at + 1;
      at = nextMark(bytes, at + 1, limit, start);
    }
    this.#next = Math.max(this.#next, base + limit);
    const judged = last ? base + limit : Math.max(base, base + limit - BEHIND_BYTES);
    return { judged: byteOffset(judged), wants: null };
  }

  report(): DialectReport {
    return {
      format: 'babyl',
      rule: this.#reading.rule,
      quoting: 'none',
      lineEnd: this.#lineEnds.result(),
      doubtful: this.#doubts.count,
      lines: this.#doubts.lines,
    };
  }

  #consider(bytes: Buffer, at: number, base: number, found: (found: Found) => void): void {
    const to = Math.min(bytes.length, at + this.#limits.aheadBytes);
    const judged = babylMarkAt(bytes, at, to);
    const offset = base + at;
    if (this.#obey(bytes, at, base, found)) return;
    switch (judged.mark) {
      case 'torn':
        this.#doubt(bytes, at, offset, {
          reading: 'separator',
          why: 'blank lines stand between it and its ^L',
          // Where no message is open there is none to join it to.
          ...(this.#state === 'open' ? {} : { choices: [] }),
        });
        this.#open(bytes, at, judged.status, base, found);
        break;
      case 'begins':
        this.#open(bytes, at, judged.status, base, found);
        break;
      case 'ends': {
        const wasOpen = this.#state === 'open';
        if (wasOpen) found({ contentEnd: offset, end: offset });
        this.#state = 'closed';
        if (hasTextBehind(bytes, at + 1, Math.min(to, at + LINE_BYTES))) {
          this.#doubt(bytes, at, offset, {
            reading: 'end',
            why: 'text behind it belongs to no message',
            ...(wasOpen ? {} : { choices: ['separator'] }),
          });
        }
        break;
      }
      case 'none':
        this.#doubt(bytes, at, offset, {
          reading: 'content',
          why: 'it stands at the start of a line but ends no message',
        });
        break;
    }
  }

  /** Does what a person said of a mark. @returns false if that is nothing. Text is joined to a message. */
  #obey(bytes: Buffer, at: number, base: number, found: (found: Found) => void): boolean {
    const to = Math.min(bytes.length, at + this.#limits.aheadBytes);
    const said = this.#overrulings?.at(bytes, at, to)?.reading;
    if (!said || (said === 'content' && this.#state === 'closed')) return false;
    const text = (): string => MARK_LINES.shown(bytes, at, to);
    this.#doubts.addSaid({ offset: base + at, text }, said);
    if (said === 'content') return true;
    const judged = babylMarkAt(bytes, at, to);
    // Where there is no status line, the line with the mark stands for it.
    this.#open(bytes, at, 'status' in judged ? judged.status : at, base, found);
    return true;
  }

  #open(
    bytes: Buffer,
    at: number,
    status: number,
    base: number,
    found: (found: Found) => void,
  ): void {
    const to = Math.min(bytes.length, at + this.#limits.aheadBytes);
    const parts = babylParts(bytes, status, nextBorder(bytes, Math.max(status, at + 1), to));
    found({
      offset: base + at,
      length: parts.header - at,
      headerLength: parts.body < 0 ? 0 : parts.body - at,
    });
    this.#state = 'open';
    this.#lineEnds.countBefore(bytes, status);
  }

  #doubt(bytes: Buffer, at: number, offset: number, doubt: Doubt): void {
    const to = Math.min(bytes.length, at + this.#limits.aheadBytes);
    this.#doubts.add({ offset, text: () => MARK_LINES.shown(bytes, at, to) }, doubt);
  }
}

/** True if something else than blanks and the next ^_ stands here. */
function hasTextBehind(bytes: Buffer, from: number, to: number): boolean {
  const next = behindBlanks(bytes, from, to);
  return next < to && nextMark(bytes, next, next + 1, -1) < 0;
}
