/**
 * Looks for some letters in very many texts, whatever the case and the accents. Imports `folding.ts`.
 *
 * Text of ASCII, nearly all there is, is searched where it stands; any other is folded first. The
 * letters are sought from their end (Boyer, Moore and Horspool), so that most bytes are never looked at.
 */

import { folded } from './folding.ts';

export class TextFinder {
  readonly #text: string;
  /** As bytes, if they are ASCII. */
  readonly #ascii: Uint8Array | null;
  /** By how much to go on when a byte stands where their last one should. */
  readonly #skips: Uint16Array;

  /** @param text folded */
  constructor(text: string) {
    this.#text = text;
    const bytes = Buffer.from(text, 'utf8');
    this.#ascii = bytes.every((byte) => byte < 0x80) && bytes.length < 0xffff ? bytes : null;
    this.#skips = new Uint16Array(256).fill(Math.min(bytes.length, 0xffff));
    for (let at = 0; at < bytes.length - 1; at++) {
      const byte = bytes[at] ?? 0;
      this.#skips[byte] = bytes.length - 1 - at;
      if (byte >= 0x61 && byte <= 0x7a) this.#skips[byte & ~0x20] = bytes.length - 1 - at;
    }
  }

  /** Whether the text in some bytes holds them. @param kind `ascii` if that is known of it */
  isIn(block: Buffer | undefined, from: number, to: number, kind: 'ascii' | 'any'): boolean {
    if (!block || from >= to) return this.#text === '';
    if (this.#ascii && this.#stands(block, from, to, this.#ascii)) return true;
    if (kind === 'ascii' || isAscii(block, from, to)) return false;
    return folded(block.toString('utf8', from, to)).includes(this.#text);
  }

  #stands(block: Uint8Array, from: number, to: number, letters: Uint8Array): boolean {
    const last = letters.length - 1;
    if (last < 0) return true;
    const skips = this.#skips;
    const lower = letters[last] ?? 0;
    const upper = lower >= 0x61 && lower <= 0x7a ? lower & ~0x20 : lower;
    for (let end = from + last; end < to; ) {
      const byte = block[end] ?? 0;
      const isLast = byte === lower || byte === upper;
      if (isLast && standsAt(block, end - last, letters)) return true;
      end += skips[byte] ?? 1;
    }
    return false;
  }
}

function standsAt(block: Uint8Array, at: number, letters: Uint8Array): boolean {
  for (let index = 0; index < letters.length; index++) {
    if (!isLetter(block[at + index] ?? 0, letters[index])) return false;
  }
  return true;
}

/** True if a byte is a folded letter in whatever case. */
function isLetter(byte: number, letter: number | undefined): boolean {
  return (byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte) === letter;
}

function isAscii(block: Uint8Array, from: number, to: number): boolean {
  let all = 0;
  for (let at = from; at < to; at++) all |= block[at] ?? 0;
  return all < 0x80;
}
