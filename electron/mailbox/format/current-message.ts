/**
 * What the message being read says about its own end: a Content-Length, and a multipart that may
 * still be open. Lines inside of either are content, whatever they look like.
 *
 * Both are looked into only when a line turns up that would separate, and then at a stretch of
 * bounded length; what is looked at in vain is limited for each section of the file, so that a scan
 * stays linear in the file's size for any content.
 */

import { contentLengthOf, GAP_BYTES_MAX, landing } from './content-length.ts';
import { fieldText, type HeaderBlock } from './header-block.ts';
import { declares, indexOfLine, mayDeclare, type Multipart, multipartOf } from './open-part.ts';
import { evidenceOf, isBlankBefore, type Evidence } from './separator.ts';
import type { Sight } from './sight.ts';

/** How far a scanner looks around; other numbers than these are for tests. */
export interface Limits {
  /**
   * Effort is counted anew with the first separator in each stretch of so many bytes of the file. So a
   * verdict depends on nothing before that, and stretches can be scanned at the same time.
   */
  readonly sectionBytes: number;
  /** A separator line, the lines behind it, and the header fields of interest lie within this. */
  readonly aheadBytes: number;
  /** The next delimiter of an open multipart is looked for within this. */
  readonly partBytes: number;
}

export const LIMITS: Limits = {
  sectionBytes: 8 * 1024 * 1024,
  aheadBytes: 64 * 1024,
  partBytes: 1024 * 1024,
};

/** Looking ahead in vain is free up to this many sections; beyond, only twice the bytes scanned. */
const FREE_SECTIONS = 2;

/** How many bytes a scan has looked at in vain, of a section of the file. */
export interface Effort {
  vainBytes: number;
}

export class CurrentMessage {
  readonly offset: number;
  /** A patch of git; further patches may follow it. */
  readonly patch: boolean;
  /** Where its header ends in the file; -1 if unknown. */
  readonly headerEnd: number;
  readonly #limits: Limits;
  readonly #multipart: Multipart | null = null;
  /** Where its Content-Length says that the body ends; -1 if it says nothing. */
  #claim = -1;
  /** Where the body ends if the claim was found true. */
  #coveredTo = -1;
  #closed = false;
  #closeSoughtTo: number;
  #nextDelimiter = -1;

  /**
   * @param base where in the file `bytes` begins
   * @param header the message's header block in `bytes`
   */
  constructor(
    place: { readonly offset: number; readonly patch: boolean },
    header: HeaderBlock,
    bytes: Buffer,
    base: number,
    limits: Limits,
  ) {
    this.offset = place.offset;
    this.patch = place.patch;
    this.headerEnd = header.end < 0 ? -1 : base + header.end;
    this.#limits = limits;
    const { lengthField, typeField, fieldsEnd } = header;
    if (typeField >= 0 && mayDeclare(bytes, typeField, fieldsEnd)) {
      this.#multipart = multipartOf(fieldText(bytes, typeField, fieldsEnd));
    }
    if (lengthField >= 0 && header.end >= 0) {
      const length = contentLengthOf(fieldText(bytes, lengthField, fieldsEnd));
      if (length >= 0) this.#claim = this.headerEnd + length;
    }
    this.#closeSoughtTo = base + fieldsEnd;
  }

  /** True if `offset` is where Content-Length says the body ends, line ends aside. */
  endsAt(offset: number, bytes: Uint8Array, at: number): boolean {
    const gap = offset - this.#claim;
    if (this.#claim < 0 || gap < 0 || gap > GAP_BYTES_MAX) return false;
    return landing(bytes, at - gap, bytes.length, false) === gap;
  }

  /**
   * Whether a line that would separate lies inside the body that Content-Length measures.
   * @returns null if more has to be seen first
   */
  covers(offset: number, sight: Sight, effort: Effort, scanned: number): boolean | null {
    if (this.#coveredTo >= 0) return offset < this.#coveredTo;
    if (this.#claim < 0 || offset >= this.#claim || offset < this.headerEnd) return false;
    if (!this.#affordable(effort, scanned)) return false;
    // One byte before the claim, to see whether it is the start of a line.
    const stretch = sight.see(this.#claim - 1, 1 + this.#limits.aheadBytes);
    if (!stretch) return null;
    const last = sight.isEnd(this.#claim - 1 + stretch.length);
    const gap = stretch.length === 0 ? -1 : landing(stretch, 1, stretch.length, last);
    const lands =
      gap >= 0 && (1 + gap >= stretch.length || isPlausible(evidenceAt(stretch, 1 + gap, last)));
    if (!lands) {
      effort.vainBytes += this.#limits.aheadBytes;
      this.#claim = -1;
      return false;
    }
    this.#coveredTo = this.#claim + gap;
    return true;
  }

  /**
   * Whether a line that would separate lies inside a multipart that is still open.
   * @returns null if more has to be seen first
   */
  encloses(offset: number, sight: Sight, effort: Effort, scanned: number): boolean | null {
    const multipart = this.#multipart;
    if (!multipart || this.#closed || offset < this.headerEnd) return false;
    if (offset < this.#nextDelimiter) return true;
    if (!this.#affordable(effort, scanned)) return false;
    const stretch = sight.see(offset, this.#limits.partBytes);
    if (!stretch) return null;
    const delimiter = indexOfLine(stretch, multipart.delimiter, 0);
    if (delimiter < 0 || declares(stretch, 0, delimiter, multipart)) {
      effort.vainBytes += delimiter < 0 ? stretch.length : delimiter;
      return false;
    }
    this.#nextDelimiter = offset + delimiter;
    return true;
  }

  /** Looks for the end of the multipart in what has passed by, up to `to`. */
  pass(bytes: Buffer, base: number, to: number): void {
    if (!this.#multipart || this.#closed || to <= this.#closeSoughtTo) return;
    const { close } = this.#multipart;
    const from = Math.max(0, this.#closeSoughtTo - base - close.length);
    // Usually it stands near the end: a search from there is short.
    const passed = bytes.subarray(from, to - base);
    const near = Math.max(0, passed.length - NEAR_BYTES);
    this.#closed =
      indexOfLine(passed, close, near) >= 0 || (near > 0 && indexOfLine(passed, close, 0) >= 0);
    this.#closeSoughtTo = to;
  }

  #affordable(effort: Effort, scanned: number): boolean {
    return effort.vainBytes <= FREE_SECTIONS * this.#limits.sectionBytes + 2 * scanned;
  }
}

const NEAR_BYTES = 512;

/** True if a From_ line that Content-Length points at can be one. */
export function isPlausible(evidence: Evidence): boolean {
  return evidence.headerAfter || evidence.envelope === 'dated' || evidence.envelope === 'patch';
}

function evidenceAt(bytes: Buffer, at: number, last: boolean): Evidence {
  const lineBreak = 'LF';
  const blankBefore = isBlankBefore(bytes, at, 0, lineBreak);
  return evidenceOf(bytes, { at, lineBreak, first: false, blankBefore, to: bytes.length, last });
}
