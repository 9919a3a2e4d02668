/**
 * Reads ranges of a file that are known beforehand, from front to back: near ones together, several
 * reads under way while the bytes before them are looked at. One call to the file system costs as much
 * as hundreds of kilobytes from the page cache, so thousands of small ranges are read as few large ones.
 */

import { byteOffset } from '../../../shared/units.ts';
import type { OpenFile } from '../disk/disk.ts';

/** Bytes from `from` up to `to`. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/** So much is read at once at the most. */
const PIECE_BYTES = 1024 * 1024;
/** What lies between two ranges is read along if it is not more than this. */
const HOLE_BYTES = 256 * 1024;
const READS_UNDER_WAY = 4;
/** So many pieces that have passed by rest before their memory is used again: a thread may be behind. */
const PIECES_RESTING = 4;

/** Ranges, ascending, as few pieces that cover them. */
export function* piecesOf(ranges: Iterable<ByteRange>): Generator<ByteRange> {
  let from = 0;
  let to = -1;
  for (const range of ranges) {
    if (to >= 0 && range.from - to > HOLE_BYTES) {
      if (to > from) yield { from, to };
      to = -1;
    }
    if (to < 0) from = range.from;
    to = Math.max(to, range.to);
    for (; to - from > PIECE_BYTES; from += PIECE_BYTES) yield { from, to: from + PIECE_BYTES };
  }
  if (to > from) yield { from, to };
}

/** Where the memory for reading comes from. */
export interface Memory {
  alloc(length: number): Buffer;
  /** Settles when this may be written to again. */
  free(memory: ArrayBufferLike): Promise<void>;
}

const OWN_MEMORY: Memory = {
  alloc: (length) => Buffer.allocUnsafeSlow(length),
  free: async () => undefined,
};

interface Reading {
  readonly from: number;
  readonly buffer: Buffer;
  readonly read: Promise<number>;
}

interface Piece {
  readonly from: number;
  readonly bytes: Buffer;
}

const NO_PIECE: Piece = { from: 0, bytes: Buffer.alloc(0) };

export class AheadReader {
  readonly #file: OpenFile;
  readonly #memory: Memory;
  readonly #pieces: Iterator<ByteRange>;
  readonly #underWay: Reading[] = [];
  readonly #spare: Buffer[] = [];
  /** The piece in use, and the one before it, into which the next range may reach back. */
  #piece = NO_PIECE;
  #before = NO_PIECE;

  /**
   * @param ranges all that will be asked for, ascending by their start; one may begin up to
   *   `PIECE_BYTES` before the end of the one in front of it
   */
  constructor(file: OpenFile, ranges: Iterable<ByteRange>, memory = OWN_MEMORY) {
    this.#file = file;
    this.#memory = memory;
    this.#pieces = piecesOf(ranges)[Symbol.iterator]();
    while (this.#underWay.length < READS_UNDER_WAY && this.#begin());
  }

  /**
   * Bytes from `from` on, `to` at the most: as many as are at hand, at least one unless the file ends
   * there. They stay what they are until the next call. Ask for ranges in the order they were given.
   */
  async some(from: number, to: number): Promise<Buffer> {
    while (from >= this.#piece.from + this.#piece.bytes.length) {
      if (!(await this.#next())) return NO_PIECE.bytes;
    }
    const { from: base, bytes } = from < this.#piece.from ? this.#before : this.#piece;
    return bytes.subarray(from - base, to - base);
  }

  /** A range, if it is at hand in one piece; else null. It stays what it is until the next call. */
  async inOnePiece(from: number, to: number): Promise<Buffer | null> {
    const first = await this.some(from, to);
    return first.length === to - from ? first : null;
  }

  /**
   * All the bytes of a range, or as many as the file has.
   * @param into where they are copied to: it must have room for them
   */
  async all(from: number, to: number, into: Buffer): Promise<Buffer> {
    let filled = 0;
    while (from + filled < to) {
      const part = await this.some(from + filled, to);
      if (part.length === 0) break;
      filled += part.copy(into, filled);
    }
    return into.subarray(0, filled);
  }

  /** Waits for what is still being read: buffers and file are no longer used. */
  async done(): Promise<void> {
    await Promise.allSettled(this.#underWay.map(({ read }) => read));
  }

  async #next(): Promise<boolean> {
    const next = this.#underWay.shift();
    if (!next) return false;
    const read = await next.read;
    if (this.#before !== NO_PIECE) this.#spare.push(Buffer.from(this.#before.bytes.buffer));
    this.#before = this.#piece;
    this.#piece = { from: next.from, bytes: next.buffer.subarray(0, read) };
    this.#begin();
    return true;
  }

  #begin(): boolean {
    const next = this.#pieces.next();
    if (next.done) return false;
    const { from, to } = next.value;
    const spare = this.#spare.length > PIECES_RESTING ? this.#spare.shift() : undefined;
    const isEnough = spare !== undefined && spare.length >= to - from;
    const buffer = isEnough ? spare : this.#memory.alloc(spare ? PIECE_BYTES : to - from);
    const into = buffer.subarray(0, to - from);
    const read = isEnough
      ? this.#memory.free(buffer.buffer).then(() => this.#file.read(into, byteOffset(from)))
      : this.#file.read(into, byteOffset(from));
    // A failure is met by whoever awaits it; until then it is not unhandled.
    read.catch(() => undefined);
    this.#underWay.push({ from, buffer, read });
    return true;
  }
}
