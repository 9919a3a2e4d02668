/**
 * Is this line that begins with `From ` a separator? Evidence, and what it comes to.
 *
 * No single sign decides. Real archives lack the empty line by the thousand (old Pipermail, Eudora,
 * files joined with cat), bodies hold unquoted `From ` lines behind empty ones, and programs write
 * the envelope as they like. What lies further away (Content-Length, an open MIME part) is weighed
 * by the scanner. Imports only its neighbours; looks at no byte outside of the stretch it is given.
 */

import { type Envelope, envelopeOf, isEudora, isKnownBare } from './from-line.ts';
import { CR, LF, type LineBreak, nextLine, textEnd } from './line-end.ts';

export const FROM = 'From ';
const FROM_BYTES = FROM.length;

/** A longer line is no separator by default; the longest real one known has some 250 bytes. */
const LINE_BYTES_MAX = 8192;
/** How many `From ` and `>From ` lines are skipped to find the first line of a header. */
const SKIPPED_LINES_MAX = 16;
/** RFC 5322 allows more, but no field name of mail is longer (CPython and this corpus agree). */
const FIELD_NAME_MAX = 76;

/** What can be seen of one `From ` line and its surroundings. */
export interface Evidence {
  /** Length of the line, its line end included. */
  readonly length: number;
  readonly lineBreak: LineBreak;
  readonly envelope: Envelope;
  readonly eudora: boolean;
  /** One word that programs are known to write alone: nothing, `-`, or an address. */
  readonly knownBare: boolean;
  /** The file begins here, or only empty lines and a byte-order mark stand before it. */
  readonly first: boolean;
  /** An empty line, or the start of the file, stands before it. */
  readonly blankBefore: boolean;
  /** A header field follows; `>From ` lines between are looked past. */
  readonly headerAfter: boolean;
  /** An empty line follows: the message would have no header. */
  readonly blankAfter: boolean;
  /** The file ends with this line. */
  readonly endAfter: boolean;
}

/** Where a line that begins with `From ` stands. */
export interface Place {
  /** Position of the `F`. */
  readonly at: number;
  readonly lineBreak: LineBreak;
  readonly first: boolean;
  readonly blankBefore: boolean;
  /** End of what may be looked at. */
  readonly to: number;
  /** True if `to` is the end of the file. */
  readonly last: boolean;
}

/** Collects the evidence for one line. */
export function evidenceOf(bytes: Buffer, place: Place): Evidence {
  const { at, to, lineBreak } = place;
  const end = nextLine(bytes, at, to, lineBreak);
  const text = textEnd(bytes, at, end);
  const tooLong = end - at > LINE_BYTES_MAX;
  const next = lineBehindFrom(bytes, end, to, lineBreak);
  const nextEnd = nextLine(bytes, next, Math.min(to, next + FIELD_NAME_MAX + 8), lineBreak);
  const envelope = tooLong ? 'none' : envelopeOf(bytes, at, text);
  return {
    length: end - at,
    lineBreak,
    envelope,
    eudora: isEudora(bytes, at),
    knownBare: envelope === 'bare' && isKnownBare(bytes, at, text),
    first: place.first,
    blankBefore: place.blankBefore,
    headerAfter: !tooLong && isField(bytes, next, nextEnd),
    blankAfter: next < nextEnd && textEnd(bytes, next, nextEnd) === next,
    endAfter: place.last && next >= to,
  };
}

/** The first line at or behind `from` that does not begin with `From ` or `>From `. */
function lineBehindFrom(bytes: Buffer, from: number, to: number, lineBreak: LineBreak): number {
  let line = from;
  for (let skipped = 0; skipped < SKIPPED_LINES_MAX; skipped++) {
    const at = bytes[line] === 0x3e ? line + 1 : line;
    if (!isFrom(bytes, at, to)) return line;
    line = nextLine(bytes, line, to, lineBreak);
  }
  return line;
}

/** True if `From ` stands at `at`, before `to`. */
export function isFrom(bytes: Uint8Array, at: number, to: number): boolean {
  return (
    at + FROM_BYTES <= to &&
    bytes[at] === 0x46 &&
    bytes[at + 1] === 0x72 &&
    bytes[at + 2] === 0x6f &&
    bytes[at + 3] === 0x6d &&
    bytes[at + 4] === 0x20
  );
}

/** True if a header field begins here: a name of printable characters, and a colon (RFC 5322, 2.2). */
export function isField(bytes: Uint8Array, from: number, to: number): boolean {
  const end = Math.min(to, from + FIELD_NAME_MAX + 1);
  let at = from;
  while (at < end && isNameByte(bytes[at])) at += 1;
  if (at === from || at === end) return at > from && at < to && bytes[at] === 0x3a;
  while (at < to && (bytes[at] === 0x20 || bytes[at] === 0x09)) at += 1;
  return at < to && bytes[at] === 0x3a;
}

function isNameByte(byte: number | undefined): boolean {
  return byte !== undefined && byte > 0x20 && byte < 0x7f && byte !== 0x3a;
}

/**
 * True if an empty line, or nothing, stands in front of the line that begins at `at`.
 * @param from the start of what may be looked at: the start of the file, or far enough before `at`
 */
export function isBlankBefore(
  bytes: Uint8Array,
  at: number,
  from: number,
  lineBreak: LineBreak,
): boolean {
  if (at === from) return true;
  const end = textEnd(bytes, from, at);
  if (end === from) return true;
  return bytes[end - 1] === LF || (lineBreak === 'CR' && bytes[end - 1] === CR);
}

/** True if the evidence near the line says that it is a separator. */
export function isSeparator(evidence: Evidence): boolean {
  const { envelope, blankBefore, headerAfter, first } = evidence;
  switch (envelope) {
    case 'dated':
    case 'patch':
      if (headerAfter || first) return true;
      return blankBefore && (evidence.blankAfter || evidence.endAfter);
    case 'sender':
      return first || (blankBefore && headerAfter);
    case 'bare':
      return headerAfter && (blankBefore || evidence.knownBare);
    case 'none':
      return first && headerAfter;
  }
}

/** What speaks against the line being a separator, as a clause for a person; empty if nothing does. */
export function missingSigns(evidence: Evidence): string {
  const { blankBefore, envelope, headerAfter } = evidence;
  if (blankBefore && headerAfter && envelope === 'dated') return '';
  const missing: string[] = [];
  if (!evidence.blankBefore && !evidence.eudora) missing.push('no empty line before it');
  if (evidence.envelope === 'none' || evidence.envelope === 'sender') missing.push('no date in it');
  if (!evidence.headerAfter) missing.push('no header field after it');
  if (missing.length < 2) return missing.join('');
  return `${missing.slice(0, -1).join(', ')} and ${missing[missing.length - 1]}`;
}
