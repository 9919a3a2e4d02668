/**
 * The envelopes of an archive's messages in columns: what a list shows, sorts and searches. Imports
 * message's envelope and this folder.
 *
 * Made for tens of millions of messages: some 25 bytes and the texts themselves for each, no object.
 * A message is meant by its number in the table of contents; numbers without an envelope yet are
 * allowed anywhere.
 */

import type { Envelope } from '../message/envelope.ts';
import { bareSubject, folded } from './folding.ts';
import { sortedByKey } from './sorted.ts';
import { Texts } from './texts.ts';

export type SortColumn = 'date' | 'from' | 'subject';

/** No text is kept, shown or searched beyond this. */
const TEXT_LENGTH_MAX = 1000;
/** No text is sorted by more than this of its beginning. */
const KEY_LENGTH_MAX = 120;
/** UTF-8 takes at most three bytes for a UTF-16 unit. */
const BYTES_PER_UNIT = 3;
const CAPACITY_MIN = 1024;
const REPACK_BYTES_MIN = 1 << 24;

const FLAGS = 0x1f;
const ATTACHMENT = 0x20;
const PRESENT = 0x40;

export class Envelopes {
  #texts = new Texts();
  /** Bytes of texts that no message has any more. */
  #lostBytes = 0;
  #capacity = 0;
  #count = 0;
  #places = new Float64Array(0);
  #fromBytes = new Uint16Array(0);
  #subjectBytes = new Uint16Array(0);
  /** Milliseconds since 1970; NaN where there is no date. */
  #dates = new Float64Array(0);
  #bits = new Uint8Array(0);
  #words: readonly string[] = [];
  #foldedWords: readonly string[] = [];

  /** Keeps a message's envelope, in place of the one it had. */
  set(number: number, envelope: Envelope, attachment: boolean): void {
    this.#grow(number + 1);
    this.#lose(number);
    const from = envelope.from.slice(0, TEXT_LENGTH_MAX);
    const subject = envelope.subject.slice(0, TEXT_LENGTH_MAX);
    this.#places[number] = this.#texts.reserve((from.length + subject.length) * BYTES_PER_UNIT);
    this.#fromBytes[number] = this.#texts.append(from);
    this.#subjectBytes[number] = this.#texts.append(subject);
    this.#dates[number] = envelope.date ?? Number.NaN;
    this.#bits[number] = (envelope.flags & FLAGS) | (attachment ? ATTACHMENT : 0) | PRESENT;
    this.#repackIfWorth();
  }

  has(number: number): boolean {
    return ((this.#bits[number] ?? 0) & PRESENT) !== 0;
  }

  from(number: number): string {
    return this.#texts.read(this.#places[number] ?? 0, this.#fromBytes[number] ?? 0);
  }

  subject(number: number): string {
    const place = (this.#places[number] ?? 0) + (this.#fromBytes[number] ?? 0);
    return this.#texts.read(place, this.#subjectBytes[number] ?? 0);
  }

  /** Milliseconds since 1970, UTC; null where no date is known. */
  date(number: number): number | null {
    const date = this.#dates[number] ?? Number.NaN;
    return Number.isNaN(date) ? null : date;
  }

  /** Bits of message/flags.ts. */
  flags(number: number): number {
    return (this.#bits[number] ?? 0) & FLAGS;
  }

  attachment(number: number): boolean {
    return ((this.#bits[number] ?? 0) & ATTACHMENT) !== 0;
  }

  /** Forgets the messages from this number on. */
  truncate(count: number): void {
    for (let number = count; number < this.#count; number++) this.#forget(number);
    this.#count = Math.min(this.#count, count);
    this.#repackIfWorth();
  }

  /**
   * The messages have new numbers.
   * @param oldNumbers for each new number the old one, each at most once, or -1 for a new message
   */
  reorder(oldNumbers: Int32Array): void {
    const count = oldNumbers.length;
    const capacity = Math.max(CAPACITY_MIN, count);
    const before = {
      places: this.#places,
      fromBytes: this.#fromBytes,
      subjectBytes: this.#subjectBytes,
      dates: this.#dates,
      bits: this.#bits,
    };
    const usedBefore = this.#usedBytes();
    this.#places = new Float64Array(capacity);
    this.#fromBytes = new Uint16Array(capacity);
    this.#subjectBytes = new Uint16Array(capacity);
    this.#dates = new Float64Array(capacity).fill(Number.NaN);
    this.#bits = new Uint8Array(capacity);
    this.#capacity = capacity;
    this.#count = count;
    for (let number = 0; number < count; number++) {
      const old = oldNumbers[number] ?? -1;
      if (old < 0 || !before.bits[old]) continue;
      this.#places[number] = before.places[old] ?? 0;
      this.#fromBytes[number] = before.fromBytes[old] ?? 0;
      this.#subjectBytes[number] = before.subjectBytes[old] ?? 0;
      this.#dates[number] = before.dates[old] ?? Number.NaN;
      this.#bits[number] = before.bits[old] ?? 0;
    }
    this.#lostBytes += usedBefore - this.#usedBytes();
    this.#repackIfWorth();
  }

  /**
   * True if every word stands in sender or subject, whatever the case and the accents. A message
   * without envelope matches only if there are no words.
   */
  matches(number: number, words: readonly string[]): boolean {
    if (words.length === 0) return true;
    if (!this.has(number)) return false;
    if (words !== this.#words) {
      this.#words = words;
      this.#foldedWords = words.map(folded);
    }
    const text = folded(`${this.from(number)}\n${this.subject(number)}`);
    return this.#foldedWords.every((word) => text.includes(word));
  }

  /**
   * The numbers 0 to count - 1, ascending by a column and where that is equal by number. Subjects
   * count without `Re:` and its kin. Messages without a date come behind those with one, messages
   * without an envelope behind all.
   */
  order(column: SortColumn, count: number): Uint32Array {
    return column === 'date' ? this.#orderByDate(count) : this.#orderByText(column, count);
  }

  #orderByDate(count: number): Uint32Array {
    const keyBytes = 8;
    const last = 2 ** 53;
    const key = (number: number): number => {
      if (!this.has(number)) return last;
      const date = this.#dates[number] ?? Number.NaN;
      return Number.isNaN(date) ? last - 1 : Math.min(last - 2, Math.max(0, date + EARLIEST));
    };
    return sortedByKey(
      count,
      (number, from) => {
        const all = key(number);
        return from === 0 ? Math.floor(all / 2 ** 32) : all % 2 ** 32;
      },
      (_, from) => from >= keyBytes,
    );
  }

  #orderByText(column: 'from' | 'subject', count: number): Uint32Array {
    const keys = new Texts();
    const places = new Float64Array(count);
    const bytes = new Uint16Array(count);
    for (let number = 0; number < count; number++) {
      const text = column === 'from' ? this.from(number) : bareSubject(this.subject(number));
      const key = folded(text.slice(0, KEY_LENGTH_MAX)).replaceAll('\0', '');
      // Behind all that can be written in UTF-8.
      const marked = this.has(number) ? key : '';
      places[number] = keys.reserve((marked.length + 1) * BYTES_PER_UNIT);
      bytes[number] = keys.append(marked);
    }
    const behindAll = 0xffff_ffff;
    return sortedByKey(
      count,
      (number, from) => {
        if (!this.has(number)) return behindAll;
        return keys.word(places[number] ?? 0, bytes[number] ?? 0, from);
      },
      (number, from) => !this.has(number) || from >= (bytes[number] ?? 0),
    );
  }

  #grow(count: number): void {
    this.#count = Math.max(this.#count, count);
    if (count <= this.#capacity) return;
    const capacity = Math.max(CAPACITY_MIN, count, Math.ceil(this.#capacity * 1.5));
    const places = new Float64Array(capacity);
    places.set(this.#places);
    this.#places = places;
    const fromBytes = new Uint16Array(capacity);
    fromBytes.set(this.#fromBytes);
    this.#fromBytes = fromBytes;
    const subjectBytes = new Uint16Array(capacity);
    subjectBytes.set(this.#subjectBytes);
    this.#subjectBytes = subjectBytes;
    const dates = new Float64Array(capacity).fill(Number.NaN);
    dates.set(this.#dates);
    this.#dates = dates;
    const bits = new Uint8Array(capacity);
    bits.set(this.#bits);
    this.#bits = bits;
    this.#capacity = capacity;
  }

  #lose(number: number): void {
    this.#lostBytes += (this.#fromBytes[number] ?? 0) + (this.#subjectBytes[number] ?? 0);
  }

  #forget(number: number): void {
    this.#lose(number);
    this.#fromBytes[number] = 0;
    this.#subjectBytes[number] = 0;
    this.#dates[number] = Number.NaN;
    this.#bits[number] = 0;
  }

  #usedBytes(): number {
    let bytes = 0;
    for (let number = 0; number < this.#count; number++) {
      bytes += (this.#fromBytes[number] ?? 0) + (this.#subjectBytes[number] ?? 0);
    }
    return bytes;
  }

  /** Copies the texts still in use, once more than half is not. */
  #repackIfWorth(): void {
    if (this.#lostBytes < REPACK_BYTES_MIN || this.#lostBytes * 2 < this.#texts.bytes) return;
    const texts = new Texts();
    for (let number = 0; number < this.#count; number++) {
      if (!this.has(number)) continue;
      const from = this.from(number);
      const subject = this.subject(number);
      this.#places[number] = texts.reserve((from.length + subject.length) * BYTES_PER_UNIT);
      texts.append(from);
      texts.append(subject);
    }
    this.#texts = texts;
    this.#lostBytes = 0;
  }
}

/** Makes every date of mail a positive number: 1900 and before. */
const EARLIEST = 62_135_596_800_000;
