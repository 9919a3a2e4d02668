/**
 * What a subject is about, without what replying and forwarding add to it: the base subject of RFC 5256
 * section 2.1, with the marks of more languages and programs (`folding.ts`). Threads whose first message
 * is missing are found again by it. Imports its neighbours; linear.
 */

import { bareSubject, folded } from './folding.ts';

export interface BaseSubject {
  /** Folded; empty if the subject is about nothing. */
  readonly base: string;
  /** True if something says that it is a reply or a forward. */
  readonly isReply: boolean;
}

/** `[list]` in front, and what follows it. */
const BLOB = /^\[[^[\]]*\]\s*/;
const TRAILER = /(?:\s*\(fwd\))+\s*$/i;
const FORWARDED = /^\[fwd:(.*)\]$/is;
/** Nobody writes more layers than this; who does has another subject. */
const LAYERS_MAX = 20;

export function baseSubject(subject: string): BaseSubject {
  let rest = subject.trim();
  let isReply = false;
  for (let layer = 0; layer < LAYERS_MAX; layer++) {
    const before = rest;
    const untrailed = rest.replace(TRAILER, '');
    const bare = bareSubject(untrailed.trim());
    isReply ||= untrailed !== rest || bare !== untrailed.trim();
    rest = bare;
    const behind = rest.replace(BLOB, '');
    // The name of a list is a subject where nothing else is.
    if (behind !== '' && !FORWARDED.test(rest)) rest = behind;
    const forwarded = FORWARDED.exec(rest);
    if (forwarded) {
      rest = (forwarded[1] ?? '').trim();
      isReply = true;
    }
    if (rest === before) break;
  }
  return { base: folded(rest).replace(/\s+/g, ' ').trim(), isReply };
}

const TAB = 0x09;
const CR = 0x0d;
const SPACE = 0x20;
const CLOSE = 0x29;
const COLON = 0x3a;
const OPEN_BLOB = 0x5b;
const CLOSE_BLOB = 0x5d;
/** No mark of a reply is longer. */
const MARK_BYTES_MAX = 24;

/**
 * The same for a text in memory, as a hash of 64 bits. What is plain is read byte by byte; the rest goes
 * the way of `baseSubject`.
 */
export class SubjectHash {
  low = 0;
  high = 0;
  isReply = false;
  isEmpty = true;

  read(block: Uint8Array, from: number, to: number): void {
    let start = skipSpaces(block, from, to);
    this.isReply = false;
    if (isPlainReply(block, start, to)) {
      this.isReply = true;
      start = skipSpaces(block, start + 3, to);
    }
    if (isPlain(block, start, to)) return this.#hash(block, start, to);
    const text = Buffer.from(block.buffer, block.byteOffset + from, Math.max(0, to - from));
    const { base, isReply } = baseSubject(text.toString('utf8'));
    this.isReply = isReply;
    const bytes = Buffer.from(base, 'utf8');
    this.#hash(bytes, 0, bytes.length);
  }

  /** Letters of ASCII in lower case, white space as one space and none at the ends. */
  #hash(bytes: Uint8Array, from: number, to: number): void {
    let low = 0x811c9dc5;
    let high = 0x2545f491;
    let isEmpty = true;
    let space = false;
    for (let at = from; at < to; at++) {
      const byte = bytes[at] ?? 0;
      if (byte === SPACE || (byte >= TAB && byte <= CR)) {
        space = !isEmpty;
        continue;
      }
      if (space) {
        low = Math.imul(low ^ SPACE, 0x01000193);
        high = Math.imul(high ^ SPACE, 0x5851f42d);
      }
      space = false;
      isEmpty = false;
      const lower = byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
      low = Math.imul(low ^ lower, 0x01000193);
      high = Math.imul(high ^ lower, 0x5851f42d);
      high ^= high >>> 15;
    }
    this.isEmpty = isEmpty;
    this.low = (low ^ (low >>> 15)) >>> 0;
    this.high = (high ^ (high >>> 13)) >>> 0 || 1;
  }
}

function skipSpaces(block: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && block[at] === SPACE) at += 1;
  return at;
}

function isPlainReply(block: Uint8Array, at: number, to: number): boolean {
  return (
    at + 2 < to &&
    ((block[at] ?? 0) | 0x20) === 0x72 &&
    ((block[at + 1] ?? 0) | 0x20) === 0x65 &&
    block[at + 2] === COLON
  );
}

/** True if no mark, blob or trailer can be there, and every character is ASCII. */
function isPlain(block: Uint8Array, from: number, to: number): boolean {
  const last = block[to - 1];
  if (block[from] === OPEN_BLOB || last === CLOSE || last === CLOSE_BLOB || last === SPACE) {
    return false;
  }
  for (let at = from; at < to; at++) {
    const byte = block[at] ?? 0;
    if (byte >= 0x80 || (byte === COLON && at - from < MARK_BYTES_MAX)) return false;
  }
  return true;
}
