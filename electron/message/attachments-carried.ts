/**
 * Whether a message carries attachments, for the paper clip of a list, and of which kinds: the MIME
 * structure is walked, nothing is decoded. Imports only this folder.
 *
 * Counted is what a person would call an attachment: a part sent as one, or with a file name. Not
 * counted are the text itself, signatures, and pictures that the HTML shows where they belong.
 * Promises: work bounded by the bytes given, never throws.
 */

import { attachmentKind, kindBit } from './attachment-kind.ts';
import { asBuffer, endsLinesInCr, latin1, readHeader } from './header-fields.ts';

const PART_HEADER_BYTES_MAX = 16 * 1024;
const MESSAGE_HEADER_BYTES_MAX = 256 * 1024;
const BOUNDARIES_MAX = 32;
const LF = 0x0a;
const CR = 0x0d;
const DASH = 0x2d;

const SIGNATURES =
  /^application\/(?:pgp(?:-signature|-encrypted)?|(?:x-)?pkcs7-(?:signature|mime))$/;
const TEXT_BODY = /^text\/(?:plain|html|enriched|richtext)$/;
/** A message that is nothing but this carries it, named or not. */
const CONTENT = /^(?:application|image|audio|video|model|font)\//;

interface Part {
  readonly type: string;
  /** Its bit, were it an attachment. */
  readonly kind: number;
  readonly boundary: string;
  readonly disposition: string;
  readonly named: boolean;
  readonly identified: boolean;
}

/**
 * The bits of the kinds of attachments that a message carries (`kindBit`), as far as the given bytes
 * tell; 0 if it carries none.
 * @param stored the message as stored, or its beginning
 * @param headerLength from its first byte to its body; 0 if no empty line was found
 */
export function attachmentsCarried(stored: Uint8Array, headerLength: number): number {
  const headerEnd = headerLength > 0 ? headerLength : stored.length;
  const whole = partOf(latin1(stored, 0, Math.min(headerEnd, MESSAGE_HEADER_BYTES_MAX)));
  if (!whole.type.startsWith('multipart/')) return standsAlone(whole) ? whole.kind : 0;
  if (whole.boundary === '') return 0;
  return carriedInParts(withLineFeeds(asBuffer(stored).subarray(headerEnd)), whole.boundary);
}

/**
 * The same for a message of several parts.
 * @param type the value of its Content-Type, folds included
 */
export function carriedInPartsOf(type: string, body: Buffer): number {
  const boundary = boundaryIn(type.replace(/\r?\n/g, '').trim());
  return boundary === '' ? 0 : carriedInParts(withLineFeeds(body), boundary);
}

function carriedInParts(body: Buffer, boundary: string): number {
  const lines = new BoundaryLines(body, boundary);
  let hasText = false;
  let kinds = 0;
  for (let line = 0; line >= 0; ) {
    const end = endOfLine(body, line);
    const text = body.toString('latin1', line, Math.min(end, line + LINE_LENGTH_MAX)).trimEnd();
    if (lines.isOne(text)) {
      const part = knownPart(body.toString('latin1', end + 1, headerEnd(body, end + 1)));
      if (part.type.startsWith('multipart/')) lines.add(part.boundary, end - 1);
      else if (isAttachment(part, hasText)) kinds |= part.kind;
      hasText ||= TEXT_BODY.test(part.type);
    }
    line = lines.next(Math.max(line, end - 1));
  }
  return kinds;
}

const LINE_LENGTH_MAX = 200;

/** Finds lines that may be boundaries; text between them is passed over in long steps. */
class BoundaryLines {
  readonly #body: Buffer;
  readonly #boundaries: string[] = [];
  readonly #needles: Buffer[] = [];
  /** For each boundary the next place where it stands, -1 if there is none. */
  readonly #places: number[] = [];

  constructor(body: Buffer, boundary: string) {
    this.#body = body;
    this.add(boundary, 0);
  }

  /** A part has parts of its own; their boundary is looked for from `from` on. */
  add(boundary: string, from: number): void {
    if (this.#boundaries.length >= BOUNDARIES_MAX || this.#boundaries.includes(boundary)) return;
    const needle = Buffer.from(`\n--${boundary}`, 'latin1');
    this.#boundaries.push(boundary);
    this.#needles.push(needle);
    this.#places.push(this.#body.indexOf(needle, from));
  }

  /** True if a line, blanks behind it left out, is one of the boundaries. */
  isOne(line: string): boolean {
    return line.startsWith('--') && this.#boundaries.includes(line.slice(2));
  }

  /** The start of the first line that begins like a boundary, behind the line end at or behind `from`. */
  next(from: number): number {
    let first = -1;
    for (const [index, needle] of this.#needles.entries()) {
      let place = this.#places[index] ?? -1;
      if (place >= 0 && place < from) {
        place = this.#body.indexOf(needle, from);
        this.#places[index] = place;
      }
      if (place >= 0 && (first < 0 || place < first)) first = place;
    }
    return first + 1 || -1;
  }
}

function endOfLine(body: Buffer, from: number): number {
  const end = body.indexOf(LF, from);
  return end < 0 ? body.length : end;
}

/**
 * The end of the header that begins at `from`: behind its empty line, in front of a line that may be a
 * boundary, or where it has been long enough.
 */
function headerEnd(body: Uint8Array, from: number): number {
  const to = Math.min(body.length, from + PART_HEADER_BYTES_MAX);
  if (body[from] === DASH && body[from + 1] === DASH) return from;
  for (let at = from; at < to; at++) {
    if (body[at] !== LF) continue;
    if (body[at + 1] === DASH && body[at + 2] === DASH) return at;
    if (at === from || body[at - 1] === LF) return at + 1;
    if (body[at - 1] === CR && (at - 1 === from || body[at - 2] === LF)) return at + 1;
  }
  return Math.max(from, to);
}

/** Parts by their headers: most of them say the same. */
const parts = new Map<string, Part>();
const PARTS_MAX = 500;
const KNOWN_LENGTH_MAX = 300;

function knownPart(header: string): Part {
  const known = parts.get(header);
  if (known) return known;
  const part = partOf(header);
  if (header.length > KNOWN_LENGTH_MAX) return part;
  if (parts.size >= PARTS_MAX) parts.clear();
  parts.set(header, part);
  return part;
}

function isAttachment(part: Part, hasText: boolean): boolean {
  if (SIGNATURES.test(part.type)) return false;
  if (part.disposition === 'attachment') return true;
  if (!part.named) return false;
  if (part.identified && part.disposition !== 'attachment') return !part.type.startsWith('image/');
  return hasText || !TEXT_BODY.test(part.type);
}

/** A message without parts carries what it is, unless that is text. */
function standsAlone(part: Part): boolean {
  if (SIGNATURES.test(part.type)) return false;
  return part.disposition === 'attachment' || CONTENT.test(part.type);
}

function partOf(header: string): Part {
  const values = new Map<string, string>();
  for (const { name, value } of readHeader(header).fields) {
    const key = name.toLowerCase();
    if (key.startsWith('content-') && !values.has(key)) values.set(key, value);
  }
  const type = values.get('content-type') ?? '';
  const disposition = values.get('content-disposition') ?? '';
  const word = firstWord(type);
  return {
    type: word,
    kind: kindBit(attachmentKind(word, `${type};${disposition}`)),
    boundary: boundaryIn(type),
    disposition: firstWord(disposition),
    named: NAMED.test(type) || NAMED.test(disposition),
    identified: values.has('content-id'),
  };
}

function boundaryIn(type: string): string {
  const found = BOUNDARY.exec(type);
  return (found?.[1] ?? found?.[2] ?? '').trimEnd();
}

const BOUNDARY = /;\s*boundary\s*=\s*(?:"([^"]*)"|([^\s;]+))/i;
const NAMED = /;\s*(?:file)?name(?:\*\d*\*?)?\s*=\s*"?[^\s";]/i;

function firstWord(value: string): string {
  return (/^\s*([^\s;]+)/.exec(value)?.[1] ?? '').toLowerCase();
}

/** Lines of a Mac of old end in a bare CR; the length stays. */
function withLineFeeds(body: Buffer): Buffer {
  if (!endsLinesInCr(body.toString('latin1', 0, SAMPLE_BYTES))) return body;
  const changed = Buffer.from(body);
  for (let at = changed.indexOf(CR); at >= 0; at = changed.indexOf(CR, at + 1)) changed[at] = LF;
  return changed;
}

const SAMPLE_BYTES = 4096;
