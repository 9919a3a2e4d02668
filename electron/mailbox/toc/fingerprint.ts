/**
 * A fingerprint: 64 bits that tell messages apart, cheap enough to make while scanning.
 *
 * Made of the header block (separator line, fields; at most its first 64 KiB), the message's length
 * and its last 512 bytes. Line ends at the very end of header and body are left out, because the
 * next delivery may add an empty line to the last message: it stays the same message. Not for
 * proof: what is deleted is compared by its full SHA-256 (I5).
 *
 * The mixing is ours: two lanes of 32 bits, eight bytes a step; each step is a bijection of the
 * lanes, so different bytes can meet again only as chance has it. Numbers by the birthday bound:
 * among ten million messages a collision has a chance of one in 370,000.
 */

import type { Fingerprint } from './table.ts';

/** So much of a header block is part of the fingerprint. */
export const HEADER_BYTES_MAX = 64 * 1024;
/** So much of a message's end is. */
export const TAIL_BYTES = 512;

const FIRST = 0x85ebca6b | 0;
const SECOND = 0xc2b2ae35 | 0;
const THIRD = 0x9e3779b1 | 0;

/** Two lanes that take in bytes. */
export class Lanes {
  a = 0x243f6a88;
  b = 0x85a308d3 | 0;

  reset(): this {
    this.a = 0x243f6a88;
    this.b = 0x85a308d3 | 0;
    return this;
  }

  /** Takes in the bytes from `from` to `to`, and how many they are. */
  take(view: DataView, from: number, to: number): void {
    let a = this.a;
    let b = this.b;
    let at = from;
    for (const whole = to - 7; at < whole; at += 8) {
      a = Math.imul(a ^ view.getInt32(at, true), FIRST);
      b = Math.imul(b ^ view.getInt32(at + 4, true), SECOND);
      a = (((a << 15) | (a >>> 17)) + b) | 0;
      b = (((b << 13) | (b >>> 19)) ^ a) | 0;
    }
    let rest = 0;
    for (; at < to; at++) {
      rest = Math.imul(rest ^ view.getUint8(at), THIRD);
      rest ^= rest >>> 15;
      a = (Math.imul(a ^ rest, FIRST) + b) | 0;
      b = (((b << 13) | (b >>> 19)) ^ a) | 0;
    }
    this.a = a;
    this.b = b;
    this.number(to - from);
  }

  /** Takes in a whole number up to 2^53. */
  number(value: number): void {
    const low = value | 0;
    const high = (value / 0x100000000) | 0;
    this.a = (Math.imul(this.a ^ low, FIRST) + this.b) | 0;
    this.b = Math.imul(((this.b << 13) | (this.b >>> 19)) ^ this.a ^ high, SECOND);
  }
}

function scattered(value: number): number {
  let bits = value;
  bits = Math.imul(bits ^ (bits >>> 16), FIRST);
  bits = Math.imul(bits ^ (bits >>> 13), SECOND);
  return bits ^ (bits >>> 16);
}

/**
 * The fingerprint of a message.
 * @param header lanes that took in the header block
 * @param tail lanes that took in the end of the body; they are used up
 * @param length of the message, without the line ends at its end; 0 if it has no body
 */
export function fingerprintFrom(
  header: { readonly a: number; readonly b: number },
  tail: Lanes,
  length: number,
): Fingerprint {
  const head = scattered(header.a ^ Math.imul(header.b, THIRD)) >>> 0;
  // 0 says that there is no body; one in four milliards that has one is told apart by its header.
  const end = length === 0 ? 0 : scattered(tail.a ^ Math.imul(tail.b, THIRD)) >>> 0;
  tail.number(length);
  tail.number(header.a >>> 0);
  tail.number(header.b >>> 0);
  tail.number(length);
  const high = scattered(tail.a + Math.imul(tail.b, THIRD)) >>> 0;
  const low = scattered(tail.b ^ Math.imul(high, FIRST)) >>> 0;
  return { high, low, head, end };
}

/**
 * The fingerprint of a message given in pieces, line ends at their ends left out already.
 * @param header its header block, 64 KiB of it at most
 * @param tail the last bytes of its body, 512 of them at most
 */
export function fingerprintOf(header: Uint8Array, tail: Uint8Array, length: number): Fingerprint {
  const ofHeader = new Lanes();
  ofHeader.take(viewOf(header), 0, Math.min(header.length, HEADER_BYTES_MAX));
  const ofTail = new Lanes();
  ofTail.take(viewOf(tail), Math.max(0, tail.length - TAIL_BYTES), tail.length);
  return fingerprintFrom(ofHeader, ofTail, length);
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
