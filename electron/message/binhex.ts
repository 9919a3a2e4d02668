/**
 * BinHex 4.0, by which Macs sent files as text (RFC 1741 appendix A). Imports nothing.
 *
 * Between two colons stand letters of six bits; runs of one byte are shortened; then a head with the
 * name and the lengths of the two forks. The data fork is what other computers can use. Check sums are
 * not looked at: what is damaged is still better than nothing. Promises: linear, bounded by the bytes
 * given and what runs add, never throws.
 */

export const BINHEX_BEGIN = /^\(This file must be converted with BinHex/;

const ALPHABET = '!"#$%&\'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr';
const SIX_BITS = new Int8Array(256).fill(-1);
for (let at = 0; at < ALPHABET.length; at++) SIX_BITS[ALPHABET.charCodeAt(at)] = at;

const COLON = 0x3a;
const RUN = 0x90;
/** A run makes 255 bytes of two; no honest file is larger. */
const BYTES_MAX = 64 * 1024 * 1024;
/** Behind the name: a zero, type, creator, flags, two lengths, a check sum. */
const HEAD_BYTES = 1 + 4 + 4 + 2 + 4 + 4 + 2;

export interface MacFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * The file in a text.
 * @param text from anywhere before the first colon, such as the line that says what it is
 * @returns null if there is none, or none whose data begins
 */
export function binHexFile(text: Buffer): MacFile | null {
  const begin = beginning(text);
  if (begin < 0) return null;
  const bytes = withoutRuns(sixBitBytes(text, begin + 1));
  const nameLength = bytes[0] ?? 0;
  const head = 1 + nameLength;
  if (nameLength === 0 || nameLength > 63 || bytes.length < head + HEAD_BYTES) return null;
  const dataLength = bytes.readUInt32BE(head + 11);
  const from = head + HEAD_BYTES;
  return {
    name: bytes.toString('latin1', 1, head),
    bytes: bytes.subarray(from, from + dataLength),
  };
}

/** The colon that begins a line. */
function beginning(text: Buffer): number {
  for (let at = text.indexOf(COLON); at >= 0; at = text.indexOf(COLON, at + 1)) {
    const before = text[at - 1];
    if (at === 0 || before === 0x0a || before === 0x0d) return at;
  }
  return -1;
}

/** Up to the second colon, or to what cannot be. */
function sixBitBytes(text: Buffer, from: number): Buffer {
  const bytes = Buffer.alloc(Math.ceil(((text.length - from) * 3) / 4));
  let to = 0;
  let bits = 0;
  let held = 0;
  for (let at = from; at < text.length; at++) {
    const code = text[at] ?? 0;
    if (code === 0x0a || code === 0x0d || code === 0x20 || code === 0x09) continue;
    const six = SIX_BITS[code] ?? -1;
    if (six < 0) break;
    held = ((held << 6) | six) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[to++] = (held >> bits) & 0xff;
    }
  }
  return bytes.subarray(0, to);
}

/** 0x90 and a number stand for the byte before, so often; 0x90 and zero for 0x90 itself. */
function withoutRuns(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  let length = 0;
  let last = 0;
  let from = 0;
  const push = (part: Buffer): void => {
    parts.push(part);
    length += part.length;
  };
  for (let at = bytes.indexOf(RUN); at >= 0 && length < BYTES_MAX; at = bytes.indexOf(RUN, from)) {
    const before = bytes.subarray(from, at);
    if (before.length > 0) last = before[before.length - 1] ?? 0;
    push(before);
    const times = bytes[at + 1] ?? 0;
    if (times === 0) last = RUN;
    push(Buffer.alloc(times === 0 ? 1 : times - 1, last));
    from = at + 2;
  }
  push(bytes.subarray(from));
  return Buffer.concat(parts);
}
