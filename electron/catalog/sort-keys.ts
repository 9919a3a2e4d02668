/**
 * Texts made ready to be sorted: folded, without the marks of replies where asked, one behind the
 * other in one stretch of memory. Imports its neighbours.
 *
 * Text of ASCII, nearly all there is, is folded byte by byte; any other as `folding.ts` does.
 */

import { bareSubject, folded } from './folding.ts';

/** No text is sorted by more than so many characters of its beginning. */
export const KEY_LENGTH_MAX = 120;
/** Behind each key stand so many zeroes: it can be read beyond its end. */
const PAD_BYTES = 8;
/** A folded character may become a whole sentence (U+FDFA), of three bytes each. */
const GROWTH_MAX = 54;
const ROOM_BYTES = KEY_LENGTH_MAX * GROWTH_MAX + PAD_BYTES;
const BYTES_PER_KEY_GUESS = 40;

export type KeyKind = 'text' | 'subject';

export class SortKeys {
  #bytes: Buffer;
  #used = 0;
  readonly starts: Float64Array;
  #count = 0;

  constructor(count: number) {
    this.starts = new Float64Array(count);
    this.#bytes = Buffer.allocUnsafeSlow(count * BYTES_PER_KEY_GUESS + ROOM_BYTES);
  }

  /** All keys; each ends with a zero, and holds none. */
  get bytes(): Buffer {
    return this.#bytes;
  }

  /** Adds the key of the next text, which stands in some bytes. */
  add(block: Uint8Array, from: number, to: number, kind: KeyKind): void {
    if (this.#used + ROOM_BYTES > this.#bytes.length) this.#grow();
    this.starts[this.#count++] = this.#used;
    const start = kind === 'subject' ? behindReplies(block, from, to) : from;
    const end = start < 0 ? -1 : this.#addAscii(block, start, to);
    if (end >= 0) this.#used = end;
    else this.#addText(textOf(block, from, to), kind);
    for (let pad = 0; pad < PAD_BYTES; pad++) this.#bytes[this.#used++] = 0;
  }

  /** The end of the key; -1 if the text is not all ASCII. */
  #addAscii(block: Uint8Array, from: number, to: number): number {
    const bytes = this.#bytes;
    let end = this.#used;
    const last = Math.min(to, from + KEY_LENGTH_MAX);
    for (let at = from; at < last; at++) {
      const byte = block[at] ?? 0;
      if (byte >= 0x80) return -1;
      bytes[end] = byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
      if (byte !== 0) end += 1;
    }
    return last < to && (block[last] ?? 0) >= 0x80 ? -1 : end;
  }

  #addText(text: string, kind: KeyKind): void {
    const bare = kind === 'subject' ? bareSubject(text) : text;
    const key = folded(bare.slice(0, KEY_LENGTH_MAX)).replaceAll('\0', '');
    this.#used += this.#bytes.write(key, this.#used, ROOM_BYTES - PAD_BYTES, 'utf8');
  }

  #grow(): void {
    const wider = Buffer.allocUnsafeSlow(Math.ceil(this.#bytes.length * 1.5) + ROOM_BYTES);
    this.#bytes.copy(wider, 0, 0, this.#used);
    this.#bytes = wider;
  }
}

function textOf(block: Uint8Array, from: number, to: number): string {
  return Buffer.from(block.buffer, block.byteOffset, block.byteLength).toString('utf8', from, to);
}

const SPACE = 0x20;
const COLON = 0x3a;
/** The longest mark: `antwort [123] :`, and a little more. */
const MARK_BYTES_MAX = 20;

/**
 * Where a subject begins behind any number of `Re: `; -1 where only `bareSubject` can tell, as there
 * may be another mark.
 */
function behindReplies(block: Uint8Array, from: number, to: number): number {
  let at = from;
  for (let count = 0; count < REPLIES_MAX && isReply(block, at, to); count++) {
    at += 3;
    while (at < to && block[at] === SPACE) at += 1;
  }
  const last = Math.min(to, at + MARK_BYTES_MAX);
  let spaces = true;
  for (let index = at; index < last; index++) {
    const byte = block[index] ?? 0;
    const space = byte === SPACE;
    if (byte === COLON || byte < SPACE || byte >= 0x80 || (space && spaces)) return -1;
    spaces = space;
  }
  return at;
}

const REPLIES_MAX = 20;

function isReply(block: Uint8Array, at: number, to: number): boolean {
  return (
    at + 2 < to &&
    ((block[at] ?? 0) | 0x20) === 0x72 &&
    ((block[at + 1] ?? 0) | 0x20) === 0x65 &&
    block[at + 2] === COLON
  );
}
