/**
 * Deflate64, which Windows packs large files with: Deflate (RFC 1951) that refers back 64 KiB instead of 32,
 * by two more codes of distances, and whose longest length has 16 bits of its own. zlib does not have it.
 */

import { History } from './history.ts';
import { Damaged, type Input } from './input.ts';
import { LowBits } from './low-bits.ts';
import { PrefixCode } from './prefix-code.ts';

const WINDOW_BYTES = 64 * 1024;
const LENGTH_MAX = 3 + 0xffff;
const PIECE_BYTES = 64 * 1024;
const END_OF_BLOCK = 256;
const LITERALS_MAX = 286;

/** What a code adds to, and how many bits say how much. */
interface Range {
  readonly base: number;
  readonly bits: number;
}

/** Of lengths, from code 257 on. */
const LENGTHS: readonly Range[] = [
  ...ranges(
    3,
    [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5],
  ),
  { base: 3, bits: 16 },
];
const DISTANCES: readonly Range[] = ranges(
  1,
  Array.from({ length: 32 }, (_none, code) => Math.max(0, (code >> 1) - 1)),
);

/** The order in which the lengths of the code of code lengths are written. */
const CODE_LENGTHS = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

const FIXED: Codes = {
  literals: new PrefixCode([
    ...Array.from({ length: 144 }, () => 8),
    ...Array.from({ length: 112 }, () => 9),
    ...Array.from({ length: 24 }, () => 7),
    ...Array.from({ length: 8 }, () => 8),
  ]),
  distances: new PrefixCode(Array.from({ length: 32 }, () => 5)),
};

interface Codes {
  readonly literals: PrefixCode;
  readonly distances: PrefixCode;
}

function ranges(first: number, bits: readonly number[]): readonly Range[] {
  let base = first;
  return bits.map((count) => {
    base += 2 ** count;
    return { base: base - 2 ** count, bits: count };
  });
}

/** Expands one stream. @throws Damaged */
export function* inflate64(input: Input): Generator<Uint8Array> {
  const bits = new LowBits(input);
  const history = new History(WINDOW_BYTES);
  for (let last = false; !last; ) {
    last = bits.take(1) === 1;
    const kind = bits.take(2);
    if (kind === 3) throw new Damaged('corrupt', 'has a block of no known kind');
    if (kind === 0) yield stored(bits, history);
    else yield* packed(bits, history, kind === 1 ? FIXED : codesOf(bits));
  }
}

function stored(bits: LowBits, history: History): Uint8Array {
  bits.align();
  const length = bits.take(16);
  if (bits.take(16) !== (length ^ 0xffff))
    throw new Damaged('corrupt', 'has a block without length');
  history.makeRoom(length);
  for (let left = length; left > 0; left--) history.put(bits.take(8));
  return history.last(length);
}

function* packed(bits: LowBits, history: History, codes: Codes): Generator<Uint8Array> {
  for (let goes = true; goes; ) {
    history.makeRoom(PIECE_BYTES + LENGTH_MAX);
    const before = history.filled;
    goes = expandSome(bits, history, codes, before + PIECE_BYTES);
    if (history.filled > before) yield history.last(history.filled - before);
  }
}

/** @param end the last match is made to its own end @returns false at the end of the block */
function expandSome(bits: LowBits, history: History, codes: Codes, end: number): boolean {
  while (history.filled < end) {
    const symbol = codes.literals.next(bits);
    if (symbol < END_OF_BLOCK) {
      history.put(symbol);
      continue;
    }
    if (symbol === END_OF_BLOCK) return false;
    const length = numberIn(bits, LENGTHS[symbol - END_OF_BLOCK - 1]);
    history.repeat(numberIn(bits, DISTANCES[codes.distances.next(bits)]), length);
  }
  return true;
}

function numberIn(bits: LowBits, range: Range | undefined): number {
  if (!range) throw new Damaged('corrupt', 'holds a code without a meaning');
  return range.base + bits.take(range.bits);
}

/** The codes of a block stand in front of it, themselves in a code. */
function codesOf(bits: LowBits): Codes {
  const literals = 257 + bits.take(5);
  const distances = 1 + bits.take(5);
  const count = 4 + bits.take(4);
  if (literals > LITERALS_MAX) throw new Damaged('corrupt', 'has too many codes');
  const own = Array.from(CODE_LENGTHS, () => 0);
  for (const symbol of CODE_LENGTHS.slice(0, count)) own[symbol] = bits.take(3);
  const lengths = lengthsIn(bits, new PrefixCode(own), literals + distances);
  return {
    literals: new PrefixCode(lengths.slice(0, literals)),
    distances: new PrefixCode(lengths.slice(literals)),
  };
}

function lengthsIn(bits: LowBits, code: PrefixCode, count: number): readonly number[] {
  const lengths: number[] = [];
  while (lengths.length < count) {
    const symbol = code.next(bits);
    if (symbol < 16) lengths.push(symbol);
    else {
      const [length, times] = repeated(bits, symbol, lengths.at(-1));
      for (let left = times; left > 0; left--) lengths.push(length);
    }
  }
  if (lengths.length > count) throw new Damaged('corrupt', 'has too many codes');
  return lengths;
}

/** The length before, or none, several times. */
function repeated(bits: LowBits, symbol: number, before = -1): readonly [number, number] {
  if (symbol === 17) return [0, 3 + bits.take(3)];
  if (symbol === 18) return [0, 11 + bits.take(7)];
  if (before < 0) throw new Damaged('corrupt', 'repeats what is not there');
  return [before, 3 + bits.take(2)];
}
