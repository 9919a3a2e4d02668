/**
 * bzip2: Huffman codes over a move-to-front list over a Burrows-Wheeler transform, in blocks of at most
 * 900,000 bytes, each with its checksum; one stream or several. Written after the format as
 * Joe Tsai's "BZIP2: Format Specification" (2016) describes it.
 */

import { Damaged, type Input } from './input.ts';

const BLOCK_MAGIC = 0x314159265359;
const END_MAGIC = 0x177245385090;
/** Of a block of 900,000 symbols, with tables. */
const PACKED_BLOCK_BYTES_MAX = 2_400_000;
const GROUP_SYMBOLS = 50;
const CODE_BITS_MAX = 20;

const CHECKSUMS = Uint32Array.from({ length: 256 }, (_none, byte) => {
  let sum = byte << 24;
  for (let bit = 0; bit < 8; bit++) sum = sum & 0x80000000 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
  return sum >>> 0;
});

/** Expands bzip2, all its streams one behind the other. @throws Damaged */
export function* bunzip2(input: Input): Generator<Uint8Array> {
  do {
    const header = input.take(4);
    if (!isBzip2(header)) throw new Damaged('corrupt', 'has no bzip2 header');
    yield* stream(input, ((header[3] ?? 0) - 0x30) * 100_000);
  } while (isBzip2(input.peek(4)));
}

export const isBzip2 = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x42 &&
  bytes[1] === 0x5a &&
  bytes[2] === 0x68 &&
  (bytes[3] ?? 0) > 0x30 &&
  (bytes[3] ?? 0) <= 0x39;

function* stream(input: Input, blockBytes: number): Generator<Uint8Array> {
  const transformed = new Uint32Array(blockBytes);
  let sum = 0;
  let bitsUsed = 0;
  for (;;) {
    const bits = new Bits(input.peek(PACKED_BLOCK_BYTES_MAX), bitsUsed);
    const magic = bits.take(24) * 2 ** 24 + bits.take(24);
    const stated = ((bits.take(16) << 16) | bits.take(16)) >>> 0;
    if (magic === END_MAGIC) {
      if (stated !== sum) throw new Damaged('corrupt', 'its checksum does not match');
      input.take(bits.bytesBegun);
      return;
    }
    if (magic !== BLOCK_MAGIC) throw new Damaged('corrupt', 'no block begins where one should');
    const [origin, length] = readBlock(bits, transformed);
    const expanded = restored(transformed, origin, length);
    const own = checksumOf(expanded);
    if (own !== stated) throw new Damaged('corrupt', 'the checksum of a block does not match');
    sum = (((sum << 1) | (sum >>> 31)) ^ own) >>> 0;
    input.take(bits.wholeBytes);
    bitsUsed = bits.bitsOver;
    yield expanded;
  }
}

/** Bits from the highest to the lowest. */
class Bits {
  readonly #bytes: Uint8Array;
  #at = 0;
  #held = 0;
  #count = 0;

  constructor(bytes: Uint8Array, used: number) {
    this.#bytes = bytes;
    this.take(used);
  }

  /** @param count at most 24 */
  take(count: number): number {
    while (this.#count < count) {
      if (this.#at >= this.#bytes.length) throw new Damaged('truncated', 'ends in a block');
      this.#held = ((this.#held & 0xffffff) << 8) | (this.#bytes[this.#at++] ?? 0);
      this.#count += 8;
    }
    this.#count -= count;
    return (this.#held >>> this.#count) & ((1 << count) - 1);
  }

  /** Bytes of which every bit was taken. */
  get wholeBytes(): number {
    return this.#at - Math.ceil(this.#count / 8);
  }

  /** Bits that were taken of the byte after those. */
  get bitsOver(): number {
    return (8 - (this.#count % 8)) % 8;
  }

  get bytesBegun(): number {
    return this.#at - Math.floor(this.#count / 8);
  }
}

/** Fills `into` with the symbols of a block. @returns its origin and its length */
function readBlock(bits: Bits, into: Uint32Array): readonly [number, number] {
  if (bits.take(1) === 1) throw new Damaged('corrupt', 'is of bzip2 0.9, randomised');
  const origin = bits.take(24);
  const front = symbolsUsed(bits);
  const endSymbol = front.length + 1;
  const tables = bits.take(3);
  if (tables < 2 || tables > 6 || front.length === 0) {
    throw new Damaged('corrupt', 'has a block without codes');
  }
  const selectors = readSelectors(bits, tables);
  const codes = Array.from({ length: tables }, () => new Code(bits, endSymbol + 1));
  const block = new Block(into, front);
  for (let group = 0; ; group++) {
    const code = codes[selectors[group] ?? -1];
    if (!code) throw new Damaged('corrupt', 'has a block with too few codes');
    for (let left = GROUP_SYMBOLS; left > 0; left--) {
      const symbol = code.next(bits);
      if (symbol <= 1) {
        block.lengthenRun(symbol);
        continue;
      }
      block.endRun();
      if (symbol === endSymbol) return [origin, block.length];
      block.add(symbol - 1);
    }
  }
}

/** A block as it fills: symbols name places in a list of bytes, the last used one in front. */
class Block {
  readonly #bytes: Uint32Array;
  readonly #front: Uint8Array;
  #run = 0;
  #runBit = 1;
  length = 0;

  constructor(bytes: Uint32Array, front: Uint8Array) {
    this.#bytes = bytes;
    this.#front = front;
  }

  /** How often the first byte stands there is a number of digits 1 and 2. */
  lengthenRun(symbol: number): void {
    this.#run += this.#runBit << symbol;
    this.#runBit <<= 1;
    this.#mustFit(this.#run);
  }

  endRun(): void {
    if (this.#run === 0) return;
    this.#bytes.fill(this.#front[0] ?? 0, this.length, this.length + this.#run);
    this.length += this.#run;
    this.#run = 0;
    this.#runBit = 1;
  }

  add(index: number): void {
    this.#mustFit(1);
    const byte = this.#front[index] ?? 0;
    this.#front.copyWithin(1, 0, index);
    this.#front[0] = byte;
    this.#bytes[this.length++] = byte;
  }

  #mustFit(more: number): void {
    if (this.length + more > this.#bytes.length) {
      throw new Damaged('corrupt', 'has a block that is too long');
    }
  }
}

/** The bytes that occur, in two levels of bits. */
function symbolsUsed(bits: Bits): Uint8Array {
  const ranges = bits.take(16);
  const used: number[] = [];
  for (let range = 0; range < 16; range++) {
    if ((ranges & (0x8000 >> range)) === 0) continue;
    const inRange = bits.take(16);
    for (let at = 0; at < 16; at++) if (inRange & (0x8000 >> at)) used.push(range * 16 + at);
  }
  return Uint8Array.from(used);
}

/** Which code each group of symbols is written in; a move-to-front list in unary numbers. */
function readSelectors(bits: Bits, tables: number): Uint8Array {
  const selectors = new Uint8Array(bits.take(15));
  const front = Uint8Array.from({ length: tables }, (_none, table) => table);
  for (let at = 0; at < selectors.length; at++) {
    let index = 0;
    while (bits.take(1) === 1) index += 1;
    const table = front[index];
    if (table === undefined) throw new Damaged('corrupt', 'names a code that is not there');
    front.copyWithin(1, 0, index);
    front[0] = table;
    selectors[at] = table;
  }
  return selectors;
}

/** A canonical Huffman code. */
class Code {
  readonly #limits = new Int32Array(CODE_BITS_MAX + 2);
  readonly #bases = new Int32Array(CODE_BITS_MAX + 2);
  readonly #symbols: Uint16Array;
  readonly #bitsMin: number;

  constructor(bits: Bits, symbols: number) {
    const lengths = new Uint8Array(symbols);
    let length = bits.take(5);
    for (let symbol = 0; symbol < symbols; symbol++) {
      while (bits.take(1) === 1) length += bits.take(1) === 0 ? 1 : -1;
      if (length < 1 || length > CODE_BITS_MAX) throw new Damaged('corrupt', 'has an odd code');
      lengths[symbol] = length;
    }
    const order: number[] = [];
    let code = 0;
    for (let bitCount = 1; bitCount <= CODE_BITS_MAX; bitCount++) {
      this.#bases[bitCount] = order.length - code;
      for (let symbol = 0; symbol < symbols; symbol++) {
        if (lengths[symbol] !== bitCount) continue;
        order.push(symbol);
        code += 1;
      }
      this.#limits[bitCount] = code;
      code <<= 1;
    }
    this.#symbols = Uint16Array.from(order);
    this.#bitsMin = lengths.reduce((least, one) => Math.min(least, one), CODE_BITS_MAX);
  }

  next(bits: Bits): number {
    let code = bits.take(this.#bitsMin);
    for (let length = this.#bitsMin; length <= CODE_BITS_MAX; length++) {
      if (code < (this.#limits[length] ?? 0)) {
        return this.#symbols[code + (this.#bases[length] ?? 0)] ?? 0;
      }
      code = (code << 1) | bits.take(1);
    }
    throw new Damaged('corrupt', 'holds bits of no code');
  }
}

/** Turns the transform back, and the runs in what comes of it. */
function restored(transformed: Uint32Array, origin: number, length: number): Uint8Array {
  if (origin >= length) throw new Damaged('corrupt', 'has a block without a beginning');
  const starts = new Uint32Array(257);
  for (let at = 0; at < length; at++) {
    const next = ((transformed[at] ?? 0) & 0xff) + 1;
    starts[next] = (starts[next] ?? 0) + 1;
  }
  for (let byte = 1; byte < 257; byte++) {
    starts[byte] = (starts[byte] ?? 0) + (starts[byte - 1] ?? 0);
  }
  for (let at = 0; at < length; at++) {
    const byte = (transformed[at] ?? 0) & 0xff;
    const place = starts[byte] ?? 0;
    starts[byte] = place + 1;
    transformed[place] = (transformed[place] ?? 0) | (at << 8);
  }
  return withoutRuns(transformed, origin, length);
}

/** Four equal bytes are followed by the number of further ones. */
function withoutRuns(chain: Uint32Array, origin: number, length: number): Uint8Array {
  let bytes = new Uint8Array(length + (length >> 2) + 1024);
  let filled = 0;
  let equal = 0;
  let before = -1;
  let link = (chain[origin] ?? 0) >>> 8;
  for (let left = length; left > 0; left--) {
    const entry = chain[link] ?? 0;
    const byte = entry & 0xff;
    link = entry >>> 8;
    if (filled + 256 > bytes.length) {
      const wider = new Uint8Array(2 * bytes.length);
      wider.set(bytes);
      bytes = wider;
    }
    if (equal === 4) {
      bytes.fill(before, filled, filled + byte);
      filled += byte;
      equal = 0;
      before = -1;
      continue;
    }
    equal = byte === before ? equal + 1 : 1;
    before = byte;
    bytes[filled++] = byte;
  }
  return bytes.subarray(0, filled);
}

function checksumOf(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (let at = 0; at < bytes.length; at++) {
    sum = (sum << 8) ^ (CHECKSUMS[(sum >>> 24) ^ (bytes[at] ?? 0)] ?? 0);
  }
  return ~sum >>> 0;
}
