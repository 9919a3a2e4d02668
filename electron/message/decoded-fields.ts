/**
 * What address fields mean, remembered by their bytes as they stand in the header: the same people
 * write again and again. Imports the batch's writer and the charsets. Memory is bounded; when it is full, all is
 * forgotten.
 */

import { needsGuess } from './charset.ts';
import { recoded } from './header-charset.ts';
import type { BatchWriter } from './batch-writer.ts';
import { PEOPLE_LENGTH_MAX, TEXT_BYTES_MAX } from './envelope-batch.ts';

const ENTRIES_MAX = 1 << 15;
const SLOTS = ENTRIES_MAX * 2;
const RAW_BYTES_MAX = 1 << 22;
const TEXTS_BYTES_MAX = 1 << 21;
/** A longer value is decoded each time. */
const VALUE_BYTES_MAX = 2000;

export class DecodedFields {
  readonly #decode: (latin1: string) => string;
  /** One more than the entry; 0 for a free slot. */
  readonly #slots = new Uint16Array(SLOTS);
  readonly #hashes = new Uint32Array(ENTRIES_MAX);
  readonly #rawStarts = new Uint32Array(ENTRIES_MAX + 1);
  readonly #textStarts = new Uint32Array(ENTRIES_MAX + 1);
  /** The number an entry has in the batch of that stamp. */
  readonly #persons = new Uint32Array(ENTRIES_MAX);
  readonly #stamps = new Uint32Array(ENTRIES_MAX);
  /** 1 where the value has bytes outside ASCII: what they mean is another thing in another message. */
  readonly #isBare = new Uint8Array(ENTRIES_MAX);
  #raw = Buffer.allocUnsafeSlow(1 << 16);
  #texts = Buffer.allocUnsafeSlow(1 << 16);
  readonly #scratch = Buffer.allocUnsafeSlow(TEXT_BYTES_MAX);
  #entries = 0;
  #stamp = 1;

  /** @param decode what the trimmed value of a field means, a character for each byte */
  constructor(decode: (latin1: string) => string) {
    this.#decode = decode;
  }

  /** The numbers of the batch before mean nothing any more. */
  nextBatch(): void {
    this.#stamp += 1;
  }

  /**
   * The number that the text of a value has in this batch.
   * @param charset asked where there are bytes outside ASCII: what they are in, null to guess
   */
  person(
    bytes: Buffer,
    start: number,
    end: number,
    batch: BatchWriter,
    charset: () => string | null,
  ): number {
    let [from, to] = [start, end];
    while (from < to && isSpace(bytes[from] ?? 0)) from += 1;
    while (from < to && isSpace(bytes[to - 1] ?? 0)) to -= 1;
    if (to - from > VALUE_BYTES_MAX) return this.#personIn(charset(), bytes, from, to, batch);
    const hash = hashOf(bytes, from, to);
    let slot = hash & (SLOTS - 1);
    for (let found = this.#slots[slot] ?? 0; found > 0; found = this.#slots[slot] ?? 0) {
      const entry = found - 1;
      if (this.#hashes[entry] === hash && this.#is(entry, bytes, from, to)) {
        return this.#personHere(entry, bytes, from, to, batch, charset);
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    return this.#personHere(this.#add(hash, bytes, from, to), bytes, from, to, batch, charset);
  }

  #personHere(
    entry: number,
    bytes: Buffer,
    from: number,
    to: number,
    batch: BatchWriter,
    charset: () => string | null,
  ): number {
    const own = this.#isBare[entry] === 1 ? charset() : null;
    return own === null
      ? this.#personOf(entry, batch)
      : this.#personIn(own, bytes, from, to, batch);
  }

  /** What nobody remembers, because it is too long or in a charset of its message. */
  #personIn(
    charset: string | null,
    bytes: Buffer,
    from: number,
    to: number,
    batch: BatchWriter,
  ): number {
    const value = recoded(bytes.toString('latin1', from, to), charset);
    return batch.person(this.#scratch, 0, this.#decoded(value));
  }

  #personOf(entry: number, batch: BatchWriter): number {
    if (this.#stamps[entry] !== this.#stamp) {
      const [from = 0, to = 0] = [this.#textStarts[entry], this.#textStarts[entry + 1]];
      this.#persons[entry] = batch.person(this.#texts, from, to);
      this.#stamps[entry] = this.#stamp;
    }
    return this.#persons[entry] ?? 0;
  }

  #is(entry: number, bytes: Uint8Array, from: number, to: number): boolean {
    const raw = this.#raw;
    let at = this.#rawStarts[entry] ?? 0;
    if ((this.#rawStarts[entry + 1] ?? 0) - at !== to - from) return false;
    for (let index = from; index < to; index++, at++) {
      if (raw[at] !== bytes[index]) return false;
    }
    return true;
  }

  #add(hash: number, bytes: Buffer, from: number, to: number): number {
    const value = bytes.toString('latin1', from, to);
    const length = this.#decoded(value);
    const full =
      this.#entries === ENTRIES_MAX ||
      (this.#rawStarts[this.#entries] ?? 0) + (to - from) > RAW_BYTES_MAX ||
      (this.#textStarts[this.#entries] ?? 0) + length > TEXTS_BYTES_MAX;
    if (full) this.#forget();
    const entry = this.#entries++;
    this.#raw = appended(this.#raw, this.#rawStarts, entry, bytes, from, to);
    this.#texts = appended(this.#texts, this.#textStarts, entry, this.#scratch, 0, length);
    this.#hashes[entry] = hash;
    this.#stamps[entry] = 0;
    this.#isBare[entry] = needsGuess(value) ? 1 : 0;
    let slot = hash & (SLOTS - 1);
    while (this.#slots[slot] !== 0) slot = (slot + 1) & (SLOTS - 1);
    this.#slots[slot] = entry + 1;
    return entry;
  }

  /** Decodes a value into the scratch. @returns its bytes */
  #decoded(value: string): number {
    const text = this.#decode(value);
    return this.#scratch.write(text.slice(0, PEOPLE_LENGTH_MAX), 'utf8');
  }

  #forget(): void {
    this.#slots.fill(0);
    this.#entries = 0;
    this.#rawStarts[0] = 0;
    this.#textStarts[0] = 0;
  }
}

/** Puts some bytes behind the texts of the entries before. */
function appended(
  texts: Buffer<ArrayBuffer>,
  starts: Uint32Array,
  entry: number,
  bytes: Uint8Array,
  from: number,
  to: number,
): Buffer<ArrayBuffer> {
  const start = starts[entry] ?? 0;
  const end = start + (to - from);
  let room = texts;
  if (end > room.length) {
    room = Buffer.allocUnsafeSlow(end * 2);
    texts.copy(room, 0, 0, start);
  }
  room.set(bytes.subarray(from, to), start);
  starts[entry + 1] = end;
  return room;
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) >>> 0;
}
