/**
 * Finds the messages of an MMDF mailbox from front to back (mmdf(5); `postmark.ts` judges).
 *
 * A message reaches from its opening postmark to behind its closing one. What stands between two
 * messages, before the first and behind the last belongs to none. Inside the body that a right
 * Content-Length measures, postmarks are content (mutt mmdf_parse_mailbox). Promises: a verdict
 * depends on the bytes alone, not on the windows; time is linear and memory bounded.
 */

import type { DialectReport } from '../../../shared/dialect-report.ts';
import { byteOffset } from '../../../shared/units.ts';
import { contentLengthOf, GAP_BYTES_MAX } from './content-length.ts';
import type { Limits } from './current-message.ts';
import { DoubtfulLines } from './doubtful-lines.ts';
import type { Found, Range, Reading, Scanned, Scanner, Window } from './format.ts';
import { envelopeOf } from './from-line.ts';
import { fieldText, headerBlockAt } from './header-block.ts';
import { CR, LF, LineEndCount, nextLine, textEnd, trimmedStart } from './line-end.ts';
import { type Overruling, Overrulings } from './overruling.ts';
import {
  behind,
  behindPostmark,
  isBlank,
  nextPostmark,
  POSTMARK_LINES,
  type Role,
  roleOf,
} from './postmark.ts';
import { isFrom } from './separator.ts';
import { Sight } from './sight.ts';

/** A scanner looks no further back than to the end of the line before. */
const BEHIND_BYTES = 4;
const MARK_BYTES_MAX = 8;

/** Where the header of a message begins: behind its postmark, and behind a From_ line if it has one. */
export function headerStart(bytes: Buffer, end: number, to: number): number {
  if (!isFrom(bytes, end, to)) return end;
  const next = nextLine(bytes, end, to, 'LF');
  return envelopeOf(bytes, end, textEnd(bytes, end, next)) === 'none' ? end : next;
}

/** A postmark, and what it does. */
interface Judged extends Role {
  readonly at: number;
  readonly offset: number;
  readonly to: number;
  readonly said: Overruling['reading'] | null;
}

export class MmdfScanner implements Scanner {
  readonly #reading: Reading;
  readonly #range: Range;
  readonly #limits: Limits;
  readonly #sight: Sight;
  readonly #lineEnds = new LineEndCount();
  readonly #doubts = new DoubtfulLines();
  readonly #overrulings: Overrulings | null;
  #state: 'open' | 'closed' = 'closed';
  /** Where Content-Length says that the open message's body ends; -1 if it says nothing. */
  #claim = -1;
  /** Up to there postmarks are content. */
  #coveredTo = -1;
  #measured = false;
  /** Where the search goes on. */
  #next: number;
  /** Where the first line begins: behind a byte-order mark. */
  #start: number;
  #begun = false;

  constructor(reading: Reading, range: Range, limits: Limits) {
    this.#reading = reading;
    this.#range = range;
    this.#limits = limits;
    this.#sight = new Sight(range.size);
    this.#overrulings = Overrulings.of(reading.overrulings, POSTMARK_LINES);
    this.#next = range.from;
    this.#start = range.from;
  }

  scan(window: Window, found: (found: Found) => void, wanted?: Window): Scanned {
    const { base, filled, last } = window;
    const bytes = window.bytes.subarray(0, filled);
    const limit = last ? filled : filled - this.#limits.aheadBytes;
    if (limit <= 0 && !last) return { judged: base, wants: null };
    this.#sight.show(window, wanted);
    if (!this.#begun) this.#begin(bytes);

    const start = this.#start - base;
    let at = nextPostmark(bytes, this.#next - base, limit, start);
    while (at >= 0) {
      const end = this.#consider(bytes, at, window, found);
      if (end === null) return this.#scannedTo(base + at, window, this.#sight.wants);
      this.#next = base + end;
      at = nextPostmark(bytes, end, limit, start);
    }
    this.#next = Math.max(this.#next, base + limit);
    return this.#scannedTo(base + limit, window);
  }

  report(): DialectReport {
    return {
      format: 'mmdf',
      rule: this.#reading.rule,
      quoting: this.#measured ? 'content-length' : 'none',
      lineEnd: this.#lineEnds.result(),
      doubtful: this.#doubts.count,
      lines: this.#doubts.lines,
    };
  }

  #begin(bytes: Buffer): void {
    this.#begun = true;
    this.#lineEnds.count(bytes, 0, Math.min(bytes.length, this.#limits.aheadBytes));
    const afterMark = bytes[0] === 0xef ? trimmedStart(bytes.subarray(0, 3)) : 0;
    if (this.#range.from === 0) this.#start = afterMark;
  }

  #scannedTo(offset: number, window: Window, wants: Scanned['wants'] = null): Scanned {
    const whole = window.last && wants === null;
    const judged = whole ? offset : Math.max(window.base, offset - BEHIND_BYTES);
    return { judged: byteOffset(judged), wants };
  }

  /**
   * Judges a postmark and acts on it.
   * @returns the position behind it; null if something has to be seen first
   */
  #consider(
    bytes: Buffer,
    at: number,
    window: Window,
    found: (found: Found) => void,
  ): number | null {
    const offset = window.base + at;
    const to = Math.min(bytes.length, at + this.#limits.aheadBytes);
    const said = this.#overrulings?.at(bytes, at, to)?.reading ?? null;
    if (this.#state === 'open' && said === null) {
      const covered = this.#covers(offset);
      if (covered === null) return null;
      if (covered) {
        const why = 'it lies inside the body that Content-Length measures';
        this.#doubts.add(this.#placeOf(bytes, at, offset), { reading: 'content', why });
        return behindPostmark(bytes, at, bytes.length);
      }
    }
    const last = window.last && to === bytes.length;
    const { role, end } = roleOf(this.#state, { bytes, at, to, last, said });
    this.#report(bytes, { at, offset, end, to, role, said });
    switch (role) {
      case 'opens':
      case 'parts':
        this.#open(bytes, at, end, window, found);
        break;
      case 'closes':
        found({ contentEnd: offset, end: window.base + end });
        this.#state = 'closed';
        break;
      case 'stray':
      case 'content':
        break;
    }
    return end;
  }

  /** Tells of a postmark that could be read otherwise, or that a person decided on. */
  #report(bytes: Buffer, { at, offset, end, to, role, said }: Judged): void {
    const place = this.#placeOf(bytes, at, offset);
    if (said === 'separator' || role === 'content') {
      this.#doubts.addSaid(place, role === 'content' ? 'content' : 'separator');
    } else if (role === 'parts') {
      const why = 'no postmark closes the message before it';
      this.#doubts.add(place, { reading: 'separator', why });
    } else if (role === 'opens' && end > behindPostmark(bytes, at, to)) {
      const why = 'another postmark stands behind it';
      this.#doubts.add(place, { reading: 'separator', why, choices: [] });
    } else if (role === 'stray') {
      const why = 'it neither opens nor closes a message';
      this.#doubts.add(place, { reading: 'content', why, choices: [] });
    } else if (
      role === 'closes' &&
      behind(bytes, end, to) === 'text' &&
      !isBlankLine(bytes, end, to)
    ) {
      this.#doubts.add(place, { reading: 'end', why: 'text behind it belongs to no message' });
    }
  }

  /** A postmark, and what the report shows of it. */
  #placeOf(bytes: Buffer, at: number, offset: number) {
    const to = Math.min(bytes.length, at + this.#limits.aheadBytes);
    return { offset, text: () => POSTMARK_LINES.shown(bytes, at, to) };
  }

  #open(
    bytes: Buffer,
    at: number,
    end: number,
    window: Window,
    found: (found: Found) => void,
  ): void {
    const to = Math.min(bytes.length, at + this.#limits.aheadBytes);
    const from = headerStart(bytes, end, to);
    const closing = nextPostmark(bytes, end, to, end);
    const header = headerBlockAt(bytes, from, closing < 0 ? to : closing, 'LF');
    found({
      offset: window.base + at,
      length: from - at,
      headerLength: header.end < 0 ? 0 : header.end - at,
    });
    this.#state = 'open';
    this.#coveredTo = -1;
    this.#claim = -1;
    this.#lineEnds.countBefore(bytes, end);
    if (header.end < 0 || header.lengthField < 0) return;
    const length = contentLengthOf(fieldText(bytes, header.lengthField, header.fieldsEnd));
    if (length >= 0) this.#claim = window.base + header.end + length;
  }

  /**
   * Whether a postmark lies inside the body that Content-Length measures.
   * @returns null if more has to be seen first
   */
  #covers(offset: number): boolean | null {
    if (this.#coveredTo >= 0) return offset < this.#coveredTo;
    if (this.#claim < 0 || offset >= this.#claim) return false;
    // One byte before the claim, to see whether it is the start of a line.
    const stretch = this.#sight.see(this.#claim - 1, 1 + GAP_BYTES_MAX + MARK_BYTES_MAX);
    if (!stretch) return null;
    const gap = landing(stretch);
    if (gap < 0) {
      this.#claim = -1;
      return false;
    }
    this.#measured = true;
    this.#coveredTo = this.#claim + gap;
    return true;
  }
}

/** How many line ends stand between the stated end of a body and a postmark; -1 if none follows. */
function landing(stretch: Buffer): number {
  for (let gap = 0; gap <= GAP_BYTES_MAX; gap++) {
    const at = 1 + gap;
    if (stretch[at - 1] === LF && behindPostmark(stretch, at, stretch.length) >= 0) return gap;
    if (stretch[at] !== LF && stretch[at] !== CR) return -1;
  }
  return -1;
}

function isBlankLine(bytes: Buffer, from: number, to: number): boolean {
  return isBlank(bytes, from, nextLine(bytes, from, Math.min(to, from + 80), 'LF'));
}
