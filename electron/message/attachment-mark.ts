/**
 * Whether a message carries an attachment, for the paper clip of a list: the MIME structure is
 * walked, nothing is decoded. Imports only this folder.
 *
 * Counted is what a person would call an attachment: a part sent as one, or with a file name. Not
 * counted are the text itself, signatures, and pictures that the HTML shows where they belong.
 * Promises: work bounded by the bytes given, never throws.
 */

import { asBuffer, endsLinesInCr, latin1, readHeader } from './header-fields.ts';

const PART_HEADER_BYTES_MAX = 16 * 1024;
const MESSAGE_HEADER_BYTES_MAX = 256 * 1024;
const BOUNDARIES_MAX = 32;
const LF = 0x0a;
const CR = 0x0d;

const SIGNATURES =
  /^application\/(?:pgp(?:-signature|-encrypted)?|(?:x-)?pkcs7-(?:signature|mime))$/;
const TEXT_BODY = /^text\/(?:plain|html|enriched|richtext)$/;
/** A message that is nothing but this carries it, named or not. */
const CONTENT = /^(?:application|image|audio|video|model|font)\//;

interface Part {
  readonly type: string;
  readonly boundary: string;
  readonly disposition: string;
  readonly named: boolean;
  readonly identified: boolean;
}

/**
 * True if the message carries an attachment, as far as the given bytes tell.
 * @param stored the message as stored, or its beginning
 * @param headerLength from its first byte to its body; 0 if no empty line was found
 */
export function carriesAttachment(stored: Uint8Array, headerLength: number): boolean {
  const headerEnd = headerLength > 0 ? headerLength : stored.length;
  const whole = partOf(latin1(stored, 0, Math.min(headerEnd, MESSAGE_HEADER_BYTES_MAX)));
  if (!whole.type.startsWith('multipart/')) return standsAlone(whole);
  if (whole.boundary === '') return false;
  return partsCarry(withLineFeeds(asBuffer(stored).subarray(headerEnd)), whole.boundary);
}

/**
 * The same for a message of several parts.
 * @param type the value of its Content-Type, folds included
 */
export function partsOfTypeCarry(type: string, body: Buffer): boolean {
  const boundary = boundaryIn(type.replace(/\r?\n/g, '').trim());
  return boundary !== '' && partsCarry(withLineFeeds(body), boundary);
}

function partsCarry(body: Buffer, boundary: string): boolean {
  const boundaries = [boundary];
  let hasText = false;
  let line = 0;
  while (line >= 0) {
    const end = endOfLine(body, line);
    const next = body.indexOf('\n--', Math.max(line, end - 1));
    const text = body.toString('latin1', line, Math.min(end, line + LINE_LENGTH_MAX)).trimEnd();
    if (text.startsWith('--') && boundaries.includes(text.slice(2))) {
      const headerMax = Math.min(body.length, end + 1 + PART_HEADER_BYTES_MAX);
      const part = knownPart(
        body.toString(
          'latin1',
          end + 1,
          headerEnd(body, end + 1, next < 0 ? headerMax : Math.min(next, headerMax)),
        ),
      );
      if (part.type.startsWith('multipart/')) {
        if (boundaries.length < BOUNDARIES_MAX) boundaries.push(part.boundary);
      } else if (isAttachment(part, hasText)) {
        return true;
      }
      hasText ||= TEXT_BODY.test(part.type);
    }
    line = next < 0 ? -1 : next + 1;
  }
  return false;
}

const LINE_LENGTH_MAX = 200;

/** The end of a header: behind its empty line; nothing behind that is looked at. */
function headerEnd(body: Uint8Array, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    if (body[at] !== LF) continue;
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

function endOfLine(body: Buffer, from: number): number {
  const end = body.indexOf(LF, from);
  return end < 0 ? body.length : end;
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
  return {
    type: firstWord(type),
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
