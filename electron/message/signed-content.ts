/**
 * What lies in an S/MIME body (CMS, RFC 5652): whether it is signed or encrypted, and, where a signature
 * merely wraps what it signs, the bytes that are signed. Imports nothing; checks no signature.
 *
 * Programs wrote it in definite and in indefinite lengths, the content in one piece or in many (BER, ITU-T
 * X.690). Promises: linear, bounded depth, never throws; what is no CMS says nothing.
 */

export interface SmimeBody {
  readonly is: 'signed' | 'encrypted';
  /** The signed MIME part; null if it lies elsewhere, or cannot be read without a key. */
  readonly content: Buffer | null;
}

const SEQUENCE = 0x30;
const OBJECT_IDENTIFIER = 0x06;
const OCTETS = 0x04;
const OCTETS_IN_PIECES = 0x24;
/** The context's own [0], with something in it. */
const WRAPPED = 0xa0;
const DEPTH_MAX = 20;

/** Object identifiers as they are encoded: 1.2.840.113549.1.7.2, .3 and .6; 1.2.840.113549.1.9.16.1.23. */
const SIGNED = '2a864886f70d010702';
const ENCRYPTED = new Set(['2a864886f70d010703', '2a864886f70d010706', '2a864886f70d010910010117']);

/** @returns null if it is neither */
export function smimeBody(bytes: Buffer): SmimeBody | null {
  const outer = elementAt(bytes, 0);
  if (outer?.tag !== SEQUENCE) return null;
  const kind = elementAt(bytes, outer.from);
  if (kind?.tag !== OBJECT_IDENTIFIER) return null;
  const identifier = bytes.toString('hex', kind.from, kind.to);
  if (ENCRYPTED.has(identifier)) return { is: 'encrypted', content: null };
  if (identifier !== SIGNED) return null;
  return { is: 'signed', content: contentIn(bytes, kind.to) };
}

/** `[0] { SEQUENCE { version, algorithms, SEQUENCE { type, [0] { content } } } }` */
function contentIn(bytes: Buffer, from: number): Buffer | null {
  const data = inside(bytes, elementAt(bytes, from), WRAPPED, SEQUENCE);
  const version = data && elementAt(bytes, data.from);
  const algorithms = version && elementAt(bytes, behind(bytes, version));
  const wrapped = algorithms && elementAt(bytes, behind(bytes, algorithms));
  if (wrapped?.tag !== SEQUENCE) return null;
  const type = elementAt(bytes, wrapped.from);
  const content = type && elementAt(bytes, behind(bytes, type));
  if (!content || content.tag !== WRAPPED) return null;
  const octets = elementAt(bytes, content.from);
  if (!octets) return null;
  const pieces: Buffer[] = [];
  takeOctets(bytes, octets, pieces, 0);
  return pieces.length > 0 ? Buffer.concat(pieces) : null;
}

function inside(bytes: Buffer, outer: Element | null, tag: number, inner: number): Element | null {
  const found = outer?.tag === tag ? elementAt(bytes, outer.from) : null;
  return found?.tag === inner ? found : null;
}

/** Octets in one piece, or in pieces that may be in pieces again. @returns where what follows begins */
function takeOctets(bytes: Buffer, octets: Element, pieces: Buffer[], depth: number): number {
  if (octets.tag === OCTETS) {
    pieces.push(bytes.subarray(octets.from, octets.to));
    return octets.to;
  }
  if (octets.tag !== OCTETS_IN_PIECES || depth > DEPTH_MAX) return bytes.length;
  let at = octets.from;
  while (at < octets.to) {
    const piece = elementAt(bytes, at);
    if (!piece || isEnd(piece)) return piece ? piece.to : bytes.length;
    at = takeOctets(bytes, piece, pieces, depth + 1);
  }
  return at;
}

interface Element {
  readonly tag: number;
  /** Its content lies from here to `to`; of an indefinite length, to some place before `to`. */
  readonly from: number;
  readonly to: number;
  readonly length: 'definite' | 'indefinite';
}

const isEnd = ({ tag, from, to }: Element): boolean => tag === 0 && from === to;

function elementAt(bytes: Buffer, at: number): Element | null {
  const tag = bytes[at];
  const first = bytes[at + 1];
  // Tags of several bytes do not occur on the way to the content.
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) return null;
  if (first < 0x80) return definite(bytes, tag, at + 2, first);
  const size = first & 0x7f;
  if (size === 0) return { tag, from: at + 2, to: bytes.length, length: 'indefinite' };
  if (size > 4 || at + 2 + size > bytes.length) return null;
  return definite(bytes, tag, at + 2 + size, bytes.readUIntBE(at + 2, size));
}

/** What is cut off ends where the bytes do. */
function definite(bytes: Buffer, tag: number, from: number, length: number): Element {
  return { tag, from, to: Math.min(from + length, bytes.length), length: 'definite' };
}

/** Behind an element: of an indefinite length, behind the end of what is in it. */
function behind(bytes: Buffer, element: Element, depth = 0): number {
  if (element.length === 'definite') return element.to;
  let at = element.from;
  while (at < bytes.length && depth <= DEPTH_MAX) {
    const inner = elementAt(bytes, at);
    if (!inner) break;
    if (isEnd(inner)) return inner.to;
    at = behind(bytes, inner, depth + 1);
  }
  return bytes.length;
}
