/**
 * The table of contents: where each message lies, in file order, as columns of numbers.
 *
 * Columns are typed arrays that grow by doubling, so ten million messages are a few hundred
 * megabytes and no objects. Offsets and lengths are doubles: files and single messages larger than
 * 4 GiB are ordinary here. Only `keys.ts` gives messages their names; only `scan.ts` appends.
 */

import {
  type ByteLength,
  type ByteOffset,
  byteLength,
  byteOffset,
  type MessageNumber,
} from '../../../shared/units.ts';
import { copied, grown } from '../../../shared/grown.ts';
import type { Steps } from '../../../shared/steps.ts';
import { bytesOf, packed, picked, unpacked, wordsOf } from './columns.ts';
import { packedPlaces, unpackedPlaces } from './packed-places.ts';
import type { Rows } from './rows.ts';

/** Where one message lies. */
export interface Span {
  /** First byte of the separator line. */
  readonly offset: ByteOffset;
  /**
   * All bytes that are stored for the message: separator line, header, body, and what closes it. In
   * mbox they reach to the next message or the end of the file.
   */
  readonly length: ByteLength;
  /** From `offset` to the first byte of the body: all headers, and the empty line. */
  readonly headerLength: ByteLength;
  /** Bytes in front of the message's own header: the separator line, or what a format has for it. */
  readonly separatorLength: ByteLength;
}

/** 64 bits that tell messages apart: see `fingerprint.ts`. */
export interface Fingerprint {
  readonly high: number;
  readonly low: number;
  /** 32 bits of the header block alone: they stay when only the body is edited. */
  readonly head: number;
  /** 32 bits of the end of the body alone: they stay when only the header is edited. 0: no body. */
  readonly end: number;
}

/** The spans of messages that follow each other, as columns. */
export interface Stretch {
  readonly offsets: Float64Array<ArrayBuffer>;
  readonly lengths: Float64Array<ArrayBuffer>;
  readonly headerLengths: Uint32Array<ArrayBuffer>;
  readonly separatorLengths: Uint32Array<ArrayBuffer>;
}

const CAPACITY_MIN = 1024;
const COLUMNS = 8;
/** When so much of the room is taken the first column grows, and the others one by one behind it. */
const GROW_FROM = 3 / 4;
/** Room is made early, by this share of the messages, so that few arrivals never wait for it. */
const ROOM_SHARE = 1 / 8;

export class Table {
  #count = 0;
  #offsets: Float64Array<ArrayBuffer> = new Float64Array(CAPACITY_MIN);
  #lengths: Float64Array<ArrayBuffer> = new Float64Array(CAPACITY_MIN);
  #headerLengths = new Uint32Array(CAPACITY_MIN);
  #separatorLengths = new Uint32Array(CAPACITY_MIN);
  #high = new Uint32Array(CAPACITY_MIN);
  #low = new Uint32Array(CAPACITY_MIN);
  #heads = new Uint32Array(CAPACITY_MIN);
  #ends = new Uint32Array(CAPACITY_MIN);
  /** Messages for which all columns have room. */
  #capacity = 0;
  /** So many columns have grown beyond that. */
  #grown = 0;
  /** The next one grows at this count. */
  #growAt = 0;

  /** Bytes before the first message; all of the file if there is no message. */
  preambleBytes: ByteLength = byteLength(0);

  constructor() {
    this.#hasRoomFor(CAPACITY_MIN);
  }

  get count(): number {
    return this.#count;
  }

  append(span: Span, fingerprint: Fingerprint): void {
    while (this.#count >= this.#growAt) this.#growOne();
    this.#write(this.#count, span, fingerprint);
    this.#count += 1;
  }

  /** Its messages, on its own memory. */
  rows(): Rows {
    return {
      count: this.#count,
      offsets: this.#offsets,
      lengths: this.#lengths,
      headerLengths: this.#headerLengths,
      separatorLengths: this.#separatorLengths,
      high: this.#high,
      low: this.#low,
      heads: this.#heads,
      ends: this.#ends,
    };
  }

  /** Appends messages that another table had, from `from` to before `to`. */
  appendRows(rows: Rows, from: number, to: number): void {
    const at = this.#count;
    while (at + to - from > this.#growAt) this.#growOne();
    this.#offsets.set(rows.offsets.subarray(from, to), at);
    this.#lengths.set(rows.lengths.subarray(from, to), at);
    this.#headerLengths.set(rows.headerLengths.subarray(from, to), at);
    this.#separatorLengths.set(rows.separatorLengths.subarray(from, to), at);
    this.#high.set(rows.high.subarray(from, to), at);
    this.#low.set(rows.low.subarray(from, to), at);
    this.#heads.set(rows.heads.subarray(from, to), at);
    this.#ends.set(rows.ends.subarray(from, to), at);
    this.#count += to - from;
  }

  offset(number: MessageNumber): ByteOffset {
    return byteOffset(this.#offsets[number] ?? Number.NaN);
  }

  length(number: MessageNumber): ByteLength {
    return byteLength(this.#lengths[number] ?? Number.NaN);
  }

  headerLength(number: MessageNumber): ByteLength {
    return byteLength(this.#headerLengths[number] ?? Number.NaN);
  }

  separatorLength(number: MessageNumber): ByteLength {
    return byteLength(this.#separatorLengths[number] ?? Number.NaN);
  }

  fingerprintHigh(number: MessageNumber): number {
    return this.#high[number] ?? 0;
  }

  fingerprintLow(number: MessageNumber): number {
    return this.#low[number] ?? 0;
  }

  fingerprint(number: MessageNumber): Fingerprint {
    return {
      high: this.#high[number] ?? 0,
      low: this.#low[number] ?? 0,
      head: this.#heads[number] ?? 0,
      end: this.#ends[number] ?? 0,
    };
  }

  /** The message that holds a byte of the file; null before the first one, or behind the last. */
  numberAt(offset: number): MessageNumber | null {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#offsets[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    const number = (low - 1) as MessageNumber;
    return low > 0 && offset < this.offset(number) + this.length(number) ? number : null;
  }

  span(number: MessageNumber): Span {
    return {
      offset: this.offset(number),
      length: this.length(number),
      headerLength: this.headerLength(number),
      separatorLength: this.separatorLength(number),
    };
  }

  /** Copies of where the messages from `from` to before `to` lie, for another thread. */
  stretch(from: number, to: number): Stretch {
    const end = Math.min(to, this.#count);
    return {
      offsets: this.#offsets.slice(from, end),
      lengths: this.#lengths.slice(from, end),
      headerLengths: this.#headerLengths.slice(from, end),
      separatorLengths: this.#separatorLengths.slice(from, end),
    };
  }

  /** True if both tables have the same messages at the same places. */
  equals(other: Table): boolean {
    if (this.#count !== other.#count || this.preambleBytes !== other.preambleBytes) return false;
    for (let number = 0 as MessageNumber; number < this.#count; number++) {
      if (this.#offsets[number] !== other.#offsets[number]) return false;
      if (this.#lengths[number] !== other.#lengths[number]) return false;
      if (!this.sameMessage(number, other, number)) return false;
    }
    return true;
  }

  /** True if both messages have the same fingerprint. */
  sameMessage(number: MessageNumber, other: Table, otherNumber: MessageNumber): boolean {
    return (
      this.#high[number] === other.#high[otherNumber] &&
      this.#low[number] === other.#low[otherNumber]
    );
  }

  /**
   * True if one message may be the other after an edit: the same end of the body (flags were patched
   * in the header), or the same header, Message-ID and all (the body was changed).
   */
  related(number: MessageNumber, other: Table, otherNumber: MessageNumber): boolean {
    if (this.#heads[number] === other.#heads[otherNumber]) return true;
    return this.#ends[number] !== 0 && this.#ends[number] === other.#ends[otherNumber];
  }

  /** The header was found to end elsewhere. */
  setHeaderLength(number: MessageNumber, bytes: ByteLength): void {
    this.#headerLengths[number] = bytes;
  }

  /** Forgets every message from `count` on: a scan of what was appended begins there. */
  truncate(count: number): void {
    this.#count = Math.min(this.#count, count);
  }

  /** A copy of the first `count` messages, to continue on while the original is still shown. */
  copy(count: number): Table {
    const table = new Table();
    const capacity = Math.max(CAPACITY_MIN, Math.ceil(count * 1.1));
    table.#offsets = copied(this.#offsets, count, capacity);
    table.#lengths = copied(this.#lengths, count, capacity);
    table.#headerLengths = copied(this.#headerLengths, count, capacity);
    table.#separatorLengths = copied(this.#separatorLengths, count, capacity);
    table.#high = copied(this.#high, count, capacity);
    table.#low = copied(this.#low, count, capacity);
    table.#heads = copied(this.#heads, count, capacity);
    table.#ends = copied(this.#ends, count, capacity);
    table.#hasRoomFor(capacity);
    table.#count = Math.min(count, this.#count);
    table.preambleBytes = this.preambleBytes;
    return table;
  }

  /**
   * A table of some of the messages, in their order, at other places.
   * @param numbers which, ascending @param offsets where each lies now @param lengths how long it is
   */
  *keeping(
    numbers: Int32Array,
    offsets: Float64Array<ArrayBuffer>,
    lengths: Float64Array<ArrayBuffer>,
  ): Steps<Table> {
    const table = new Table();
    table.#offsets = offsets;
    table.#lengths = lengths;
    table.#headerLengths = yield* picked(this.#headerLengths, numbers);
    table.#separatorLengths = yield* picked(this.#separatorLengths, numbers);
    table.#high = yield* picked(this.#high, numbers);
    table.#low = yield* picked(this.#low, numbers);
    table.#heads = yield* picked(this.#heads, numbers);
    table.#ends = yield* picked(this.#ends, numbers);
    table.#hasRoomFor(numbers.length);
    table.#count = numbers.length;
    table.preambleBytes = this.preambleBytes;
    return table;
  }

  /**
   * Its columns as bytes, to be kept and given to `restored`, small where numbers are; in steps, of no use
   * if it changes meanwhile. Some are views: what the scan changes later shows in them.
   */
  *columns(): Steps<ReadonlyMap<string, Uint8Array>> {
    const used = <Column extends Float64Array | Uint32Array>(column: Column): Column =>
      column.subarray(0, this.#count) as Column;
    return new Map([
      ...(yield* packedPlaces(used(this.#offsets), used(this.#lengths), this.preambleBytes)),
      ['headerLengths', yield* packed(used(this.#headerLengths))],
      ['separatorLengths', yield* packed(used(this.#separatorLengths))],
      ['high', bytesOf(used(this.#high))],
      ['low', bytesOf(used(this.#low))],
      ['heads', bytesOf(used(this.#heads))],
      ['ends', bytesOf(used(this.#ends))],
    ]);
  }

  /**
   * A table from the columns of another one; it uses their memory.
   * @param size bytes of the file: nothing may lie behind it
   * @returns null if they are no table of so many messages
   */
  static restored(
    columns: ReadonlyMap<string, Uint8Array>,
    { count, preambleBytes, size }: { count: number; preambleBytes: ByteLength; size: number },
  ): Table | null {
    const words = (name: string) => wordsOf(columns.get(name), count);
    const places = unpackedPlaces(columns, { count, first: preambleBytes, size });
    const headerLengths = unpacked(columns.get('headerLengths'), count);
    const separatorLengths = unpacked(columns.get('separatorLengths'), count);
    const [high, low, heads, ends] = [words('high'), words('low'), words('heads'), words('ends')];
    if (!places || !headerLengths || !separatorLengths) return null;
    if (!high || !low || !heads || !ends) return null;
    const table = new Table();
    table.#offsets = places.offsets;
    table.#lengths = places.lengths;
    table.#headerLengths = headerLengths;
    table.#separatorLengths = separatorLengths;
    table.#high = high;
    table.#low = low;
    table.#heads = heads;
    table.#ends = ends;
    table.#hasRoomFor(count);
    table.#count = count;
    table.preambleBytes = preambleBytes;
    return table;
  }

  /** Makes some of the room for arrivals, before they come. @returns false if there was enough */
  makeRoom(): boolean {
    if (this.#capacity >= this.#count * (1 + ROOM_SHARE)) return false;
    this.#growOne();
    return true;
  }

  #write(at: number, span: Span, fingerprint: Fingerprint): void {
    this.#offsets[at] = span.offset;
    this.#lengths[at] = span.length;
    this.#headerLengths[at] = span.headerLength;
    this.#separatorLengths[at] = span.separatorLength;
    this.#high[at] = fingerprint.high;
    this.#low[at] = fingerprint.low;
    this.#heads[at] = fingerprint.head;
    this.#ends[at] = fingerprint.end;
  }

  #hasRoomFor(messages: number): void {
    this.#capacity = messages;
    this.#grown = 0;
    this.#growAt = messages * GROW_FROM;
  }

  /**
   * Doubles the next column. One at a time, long before there is no room: to copy all of them at once
   * takes a fifth of a second for ten million messages, and everybody would wait.
   */
  #growOne(): void {
    const capacity = Math.max(CAPACITY_MIN, this.#capacity * 2);
    switch (this.#grown++) {
      case 0:
        this.#offsets = grown(this.#offsets, capacity);
        break;
      case 1:
        this.#lengths = grown(this.#lengths, capacity);
        break;
      case 2:
        this.#headerLengths = grown(this.#headerLengths, capacity);
        break;
      case 3:
        this.#separatorLengths = grown(this.#separatorLengths, capacity);
        break;
      case 4:
        this.#high = grown(this.#high, capacity);
        break;
      case 5:
        this.#low = grown(this.#low, capacity);
        break;
      case 6:
        this.#heads = grown(this.#heads, capacity);
        break;
      default:
        this.#ends = grown(this.#ends, capacity);
    }
    if (this.#grown === COLUMNS) this.#hasRoomFor(capacity);
    else this.#growAt += (this.#capacity * (1 - GROW_FROM)) / COLUMNS;
  }
}
