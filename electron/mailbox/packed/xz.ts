/**
 * xz (the .xz file format, version 1.2.1): streams of blocks, each with its checksum, an index and a
 * footer. Filters other than LZMA2 are for programs, not for mail, and are refused.
 */

import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { Crc64 } from './crc64.ts';
import { DICTIONARY_BYTES_MAX } from './history.ts';
import { Damaged, type Input } from './input.ts';
import { unlzma2 } from './lzma2.ts';

const MAGIC = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00];
const LZMA2 = 0x21;
/** Of a checksum, by its kind. */
const CHECK_BYTES = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64];

export const isXz = (bytes: Uint8Array): boolean =>
  MAGIC.every((byte, index) => bytes[index] === byte);

/** Expands xz, all its streams one behind the other. @throws Damaged */
export function* unxz(input: Input): Generator<Uint8Array> {
  do {
    yield* stream(input);
    while (!input.ended && input.peek(4).every((byte) => byte === 0)) input.take(4);
  } while (isXz(input.peek(MAGIC.length)));
}

function* stream(input: Input): Generator<Uint8Array> {
  const header = input.take(12);
  const flags = header.subarray(6, 8);
  if (!isXz(header) || u32(header, 8) !== crc32(flags)) {
    throw new Damaged('corrupt', 'has no xz header');
  }
  const check = (flags[1] ?? 0) & 15;
  let blocks = 0;
  for (; input.peek(1)[0] !== 0; blocks++) yield* block(input, check);
  skipIndex(input, blocks);
  const footer = input.take(12);
  if (u32(footer, 0) !== crc32(footer.subarray(4, 10)) || footer[10] !== 0x59) {
    throw new Damaged('corrupt', 'has an odd end');
  }
}

function* block(input: Input, check: number): Generator<Uint8Array> {
  const headerBytes = ((input.peek(1)[0] ?? 0) + 1) * 4;
  const header = input.take(headerBytes);
  const fields = header.subarray(0, headerBytes - 4);
  if (u32(header, headerBytes - 4) !== crc32(fields)) {
    throw new Damaged('corrupt', 'has a block with an odd header');
  }
  const begin = input.position;
  const sum = checksum(check);
  for (const bytes of unlzma2(input, dictionaryOf(fields))) {
    sum.update(bytes);
    yield bytes;
  }
  input.take((4 - ((input.position - begin) % 4)) % 4);
  const stated = input.take(CHECK_BYTES[check] ?? 0);
  const own = sum.digest();
  if (own && !stated.every((byte, index) => byte === own[index])) {
    throw new Damaged('corrupt', 'the checksum of a block does not match');
  }
}

/** How far back a block refers. @throws Damaged if it is made by other filters */
function dictionaryOf(header: Uint8Array): number {
  const flags = header[1] ?? 0;
  let at = 2;
  if (flags & 0x40) at = numberAt(header, at).end;
  if (flags & 0x80) at = numberAt(header, at).end;
  const filter = numberAt(header, at);
  if ((flags & 3) !== 0 || filter.value !== LZMA2) {
    throw new Damaged('corrupt', 'is made by filters that Mailkeep does not know');
  }
  const bits = header[filter.end + 1] ?? 0;
  const bytes = bits >= 40 ? 2 ** 32 : (2 | (bits & 1)) * 2 ** ((bits >> 1) + 11);
  if (bytes > DICTIONARY_BYTES_MAX) throw new Damaged('corrupt', 'needs too much memory');
  return bytes;
}

/** The index says where blocks lie, for those who do not read from the front. */
function skipIndex(input: Input, blocks: number): void {
  let sum = 0;
  let length = 0;
  const next = (): number => {
    const one = input.take(1);
    sum = crc32(one, sum);
    length += 1;
    return one[0] ?? 0;
  };
  const number = (): number => {
    for (let value = 0, bit = 0; ; bit += 7) {
      const byte = next();
      value += (byte & 0x7f) * 2 ** bit;
      if (byte < 0x80 || bit > 56) return value;
    }
  };
  next();
  if (number() !== blocks) throw new Damaged('corrupt', 'has fewer or more blocks than it says');
  for (let left = 2 * blocks; left > 0; left--) number();
  while (length % 4 !== 0) next();
  if (u32(input.take(4), 0) !== sum) throw new Damaged('corrupt', 'has an odd index');
}

interface Checksum {
  update(bytes: Uint8Array): void;
  /** Null if there is none to compare with. */
  digest(): Uint8Array | null;
}

function checksum(check: number): Checksum {
  if (check === 1) {
    let sum = 0;
    return {
      update: (bytes) => {
        sum = crc32(bytes, sum);
      },
      digest: () => Uint8Array.of(sum, sum >>> 8, sum >>> 16, sum >>> 24),
    };
  }
  if (check === 4) return new Crc64();
  if (check !== 10) return { update: () => undefined, digest: () => null };
  const hash = createHash('sha256');
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() };
}

function numberAt(bytes: Uint8Array, at: number): { readonly value: number; readonly end: number } {
  let value = 0;
  for (let end = at, bit = 0; end < bytes.length && bit < 63; end++, bit += 7) {
    const byte = bytes[end] ?? 0;
    value += (byte & 0x7f) * 2 ** bit;
    if (byte < 0x80) return { value, end: end + 1 };
  }
  throw new Damaged('corrupt', 'holds an odd number');
}

const u32 = (bytes: Uint8Array, at: number): number =>
  new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, true);
