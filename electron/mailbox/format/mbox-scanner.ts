/**
 * Finds the separators of an mbox from front to back (DESIGN section 3).
 *
 * Candidates are found by a search for `From ` (its F is rare, so that is the fastest search), each
 * is judged by the evidence near it (`separator.ts`), then by what the message before it says about
 * its own end (`current-message.ts`), and by what the person says. Promises: a verdict depends on
 * the bytes alone, not on the windows; time is linear and memory bounded for any content.
 */

import type { DialectReport } from '../../../shared/dialect-report.ts';
import { type ByteOffset, byteOffset } from '../../../shared/units.ts';
import { CurrentMessage, type Effort, isPlausible, type Limits } from './current-message.ts';
import { SAID } from './doubtful-lines.ts';
import type { Range, Reading, Scanned, SectionScanner, Separator, Window } from './format.ts';
import { headerBlockAt } from './header-block.ts';
import { type Learnt, Learning } from './learnt.ts';
import { CR, LF, type LineBreak, nextLine } from './line-end.ts';
import { FROM_LINES, Overrulings } from './overruling.ts';
import { isPseudoMessage } from './pseudo-message.ts';
import {
  type Evidence,
  evidenceOf,
  FROM,
  isBlankBefore,
  isSeparator,
  missingSigns,
  type Place,
} from './separator.ts';
import { Sight } from './sight.ts';

/** A scanner never looks further back than this. */
const BEHIND_BYTES = 512;
const LINE_TEXT_MAX = 200;
/** So many candidates are judged in one go: some milliseconds, and more before the code is warm. */
const CANDIDATES_A_TURN = 1000;
const QUOTE = 0x3e;
/** A search for bytes takes half the time of a search for a string. */
const NEEDLE = Buffer.from(FROM, 'latin1');
const MARK = Buffer.from([0xef, 0xbb, 0xbf]);

interface Verdict {
  readonly separates: boolean;
  /** Why it could be read otherwise; empty if it could not. */
  readonly why: string;
  /** Who decided. */
  readonly by: 'evidence' | 'person';
}

export class MboxScanner implements SectionScanner {
  readonly #reading: Reading;
  readonly #range: Range;
  readonly #limits: Limits;
  readonly #overrulings: Overrulings | null;
  readonly #sight: Sight;
  readonly #effort: Effort = { vainBytes: 0 };
  /** Where the effort began. */
  #effortFrom: number;
  #learning = new Learning();
  #current: CurrentMessage | null = null;
  /** Where the search goes on. */
  #next: number;
  /** Where the file's first line that is not empty begins; -1 until it is known. */
  #first = -1;
  #begun = false;
  /** A separator that is known to be one, to begin with; -1 if there is none. */
  #known = -1;
  /** True until the first separator of a scan that begins midway. */
  #isSeeking: boolean;
  /** The separator that ended the scan; -1 until then. */
  #met = -1;

  constructor(reading: Reading, range: Range, limits: Limits) {
    this.#reading = reading;
    this.#range = range;
    this.#limits = limits;
    this.#overrulings = Overrulings.of(reading.overrulings, FROM_LINES);
    this.#sight = new Sight(range.size);
    this.#next = range.from;
    this.#effortFrom = range.from;
    this.#isSeeking = range.begins === 'midway';
  }

  scan(window: Window, found: (separator: Separator) => void, wanted?: Window): Scanned {
    const { base, filled, last } = window;
    const bytes = window.bytes.subarray(0, filled);
    const limit = last ? filled : filled - this.#limits.aheadBytes;
    if (limit <= 0 && !last) return { judged: base, wants: null };
    this.#sight.show(window, wanted);
    if (!this.#begun) this.#begin(bytes);
    if (this.#known >= 0) this.#acceptKnown(bytes, window, found);
    if (!this.#passLeading(bytes, base, limit)) return this.#scannedTo(base + limit, window);

    let at = bytes.indexOf(NEEDLE, this.#next - base);
    for (let turn = 0; at >= 0 && at < limit; turn++) {
      if (turn === CANDIDATES_A_TURN) {
        const { judged } = this.#scannedTo(base + at, window);
        return { judged, wants: null, paused: true };
      }
      const place = this.#placeOf(bytes, at, window);
      if (place && !this.#consider(bytes, place, base, found)) {
        return this.#scannedTo(base + at, window, this.#sight.wants);
      }
      if (this.#met >= 0) {
        const met = byteOffset(this.#met);
        return { judged: met, wants: null, met };
      }
      this.#next = base + at + FROM.length;
      at = bytes.indexOf(NEEDLE, at + FROM.length);
    }
    this.#next = Math.max(this.#next, base + limit);
    this.#current?.pass(bytes, base, base + limit);
    return this.#scannedTo(base + limit, window);
  }

  report(): DialectReport {
    return this.#learning.report(this.#reading.rule);
  }

  learnt(): Learnt {
    return this.#learning.learnt;
  }

  goOn(separator: ByteOffset, learnt: Learnt | null): void {
    if (learnt) this.#learning.add(learnt);
    this.#known = separator;
    this.#met = -1;
  }

  #scannedTo(offset: number, window: Window, wants: Scanned['wants'] = null): Scanned {
    const whole = window.last && wants === null;
    const judged = whole ? offset : Math.max(window.base, offset - BEHIND_BYTES);
    return { judged: byteOffset(judged), wants };
  }

  /** The start of the range: of the file, or of a message that is known to begin here. */
  #begin(bytes: Buffer): void {
    this.#begun = true;
    if (this.#isSeeking) {
      this.#first = 0;
      return;
    }
    this.#learning.lineEnds.count(bytes, 0, Math.min(bytes.length, this.#limits.aheadBytes));
    if (this.#range.from > 0) {
      this.#first = 0;
      if (bytes.length > 0) this.#known = this.#range.from;
    } else if (this.#reading.rule === 'any-from') this.#first = 0;
    else if (bytes.subarray(0, MARK.length).equals(MARK)) this.#next = MARK.length;
  }

  #acceptKnown(bytes: Buffer, window: Window, found: (separator: Separator) => void): void {
    const at = this.#known - window.base;
    this.#known = -1;
    const to = bytes.length;
    const lineBreak = this.#lineBreakAt(bytes, at);
    const place = { at, lineBreak, first: false, blankBefore: true, to, last: window.last };
    this.#accept(bytes, evidenceOf(bytes, place), at, window.base, found);
    this.#next = window.base + at + 1;
  }

  /** Passes the empty lines that a file may begin with. @returns false if there may be more of them */
  #passLeading(bytes: Buffer, base: number, limit: number): boolean {
    if (this.#first >= 0) return true;
    let at = this.#next - base;
    while (at < limit && (bytes[at] === LF || bytes[at] === CR)) at += 1;
    this.#next = base + at;
    if (at >= limit) return false;
    this.#first = base + at;
    return true;
  }

  /** Where the candidate stands; null if it does not begin a line. */
  #placeOf(bytes: Buffer, at: number, window: Window): Place | null {
    const offset = window.base + at;
    const before = at > 0 ? bytes[at - 1] : LF;
    const first = offset === this.#first;
    if (before !== LF && !first) {
      if (before === QUOTE) this.#countQuoted(bytes, at, offset);
      if (before !== CR || this.#reading.rule === 'any-from') return null;
    }
    const to = Math.min(bytes.length, at + this.#limits.aheadBytes);
    const lineBreak = this.#lineBreakAt(bytes, at);
    if (lineBreak === 'LF' && before === CR && !first) return null;
    const blankBefore = first || isBlankBefore(bytes, at, 0, lineBreak);
    return { at, lineBreak, first, blankBefore, to, last: window.last && to === bytes.length };
  }

  /** A From_ line that ends with a CR alone is one of a file, or a part of one, with such line ends. */
  #lineBreakAt(bytes: Buffer, at: number): LineBreak {
    if (this.#reading.rule === 'any-from') return 'LF';
    const to = Math.min(bytes.length, at + this.#limits.aheadBytes);
    const end = nextLine(bytes, at, to, 'CR');
    return bytes[end - 1] === CR ? 'CR' : 'LF';
  }

  /** Judges a candidate and acts on it. @returns false if something has to be seen first */
  #consider(
    bytes: Buffer,
    place: Place,
    base: number,
    found: (separator: Separator) => void,
  ): boolean {
    const evidence = evidenceOf(bytes, place);
    const offset = base + place.at;
    const verdict = this.#judge(bytes, evidence, offset, place.at);
    if (!verdict) return false;
    if (verdict.separates && !this.#isOurs(offset)) return true;
    if (verdict.why !== '') this.#doubt(bytes, place.at, offset, evidence, verdict);
    if (verdict.separates) {
      this.#accept(bytes, evidence, place.at, base, found);
    } else if (evidence.blankBefore) {
      this.#learning.signs.unquoted += 1;
    }
    return true;
  }

  /** Whether a separator belongs to this scan; with the first one a scan that began midway begins. */
  #isOurs(offset: number): boolean {
    if (offset !== this.#first && this.#range.meets?.(byteOffset(offset))) {
      this.#met = offset;
      return false;
    }
    if (this.#isSeeking) {
      this.#isSeeking = false;
      this.#effortFrom = offset;
      this.#learning = new Learning();
    }
    return true;
  }

  #judge(bytes: Buffer, evidence: Evidence, offset: number, at: number): Verdict | null {
    const said = this.#overruled(bytes, at);
    if (said) return said;
    const missing = missingSigns(evidence);
    if (this.#reading.rule === 'any-from') return separator(missing);
    const current = this.#current;
    const landed = current?.endsAt(offset, bytes, at) ?? false;
    if (landed) this.#learning.signs.measured += 1;
    if (!isSeparator(evidence)) {
      if (landed && isPlausible(evidence)) return separator(missing);
      return content(missing === '' ? 'it stands alone with one word' : missing);
    }
    if (!current) return separator(missing);
    const scanned = offset - this.#effortFrom;
    const covered = current.covers(offset, this.#sight, this.#effort, scanned);
    if (covered === null) return null;
    if (covered) {
      this.#learning.signs.coveredByLength += 1;
      return content('it lies inside the body that Content-Length measures');
    }
    if (evidence.envelope === 'patch' && !current.patch) {
      return content('it begins a patch of git inside a message');
    }
    if (landed) return separator(missing);
    current.pass(bytes, offset - at, offset);
    const enclosed = current.encloses(offset, this.#sight, this.#effort, scanned);
    if (enclosed === null) return null;
    if (enclosed) return content('it lies inside an attachment of the message before it');
    return separator(missing);
  }

  /** What a person said of the line. A message cannot be joined to text before the first one. */
  #overruled(bytes: Buffer, at: number): Verdict | null {
    const to = Math.min(bytes.length, at + this.#limits.aheadBytes);
    const said = this.#overrulings?.at(bytes, at, to)?.reading;
    if (said === 'separator') {
      return { separates: true, why: SAID.separator, by: 'person' };
    }
    if (said !== 'content' || this.#learning.signs.messages === 0) return null;
    return { separates: false, why: SAID.content, by: 'person' };
  }

  #accept(
    bytes: Buffer,
    evidence: Evidence,
    at: number,
    base: number,
    found: (separator: Separator) => void,
  ): void {
    const from = at + evidence.length;
    const to = Math.min(bytes.length, at + this.#limits.aheadBytes);
    const header = headerBlockAt(bytes, from, to, evidence.lineBreak);
    const { end } = header;
    const hidden = base + at === this.#first && isPseudoMessage(bytes, from, header);
    if (!hidden) {
      found({
        offset: base + at,
        length: evidence.length,
        headerLength: end < 0 ? 0 : end - at,
      });
      this.#learning.signs.messages += 1;
    }
    this.#learning.lineEnds.countBefore(bytes, from);
    if (end >= 0) this.#learning.lineEnds.countBefore(bytes, end);
    if (this.#reading.rule === 'any-from') return;
    const place = { offset: base + at, patch: evidence.envelope === 'patch' };
    this.#countEffort(place.offset);
    this.#current = new CurrentMessage(place, header, bytes, base, this.#limits);
  }

  /** With the first message of a section effort is counted anew. */
  #countEffort(offset: number): void {
    const { sectionBytes } = this.#limits;
    if (offset < this.#effortFrom - (this.#effortFrom % sectionBytes) + sectionBytes) return;
    this.#effortFrom = offset;
    this.#effort.vainBytes = 0;
  }

  /** `>From ` in a body; in front of a header it is a relic of some relay. */
  #countQuoted(bytes: Buffer, at: number, offset: number): void {
    const headerEnd = this.#current?.headerEnd ?? -1;
    if (offset < headerEnd) return;
    let line = at - 1;
    while (line > 0 && at - line < BEHIND_BYTES && bytes[line - 1] === QUOTE) line -= 1;
    if (bytes[line - 1] !== LF && bytes[line - 1] !== CR) return;
    this.#learning.signs.quoted += 1;
    if (at - line > 1) this.#learning.signs.quotedTwice += 1;
  }

  #doubt(bytes: Buffer, at: number, offset: number, evidence: Evidence, verdict: Verdict): void {
    const text = (): string =>
      bytes.toString('latin1', at, at + Math.min(evidence.length, LINE_TEXT_MAX)).trimEnd();
    const reading = verdict.separates ? 'separator' : 'content';
    const { doubts } = this.#learning;
    if (verdict.by === 'person') doubts.addSaid({ offset, text }, reading);
    else doubts.add({ offset, text }, { reading, why: verdict.why });
  }
}

function content(why: string): Verdict {
  return { separates: false, why, by: 'evidence' };
}

const CLEAR: Verdict = { separates: true, why: '', by: 'evidence' };

function separator(why: string): Verdict {
  return why === '' ? CLEAR : { separates: true, why, by: 'evidence' };
}
