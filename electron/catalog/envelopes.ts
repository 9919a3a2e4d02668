/**
 * The envelopes of an archive's messages in columns: what a list shows, sorts and searches. Imports
 * message's envelope and this folder.
 *
 * Made for tens of millions of messages: 40 bytes and the subject for each, no object; correspondents
 * are kept once. A message is meant by its number in the table of contents; numbers without an
 * envelope yet are allowed anywhere.
 */

import { shownOf } from '../message/correspondents.ts';
import type { Envelope } from '../message/envelope.ts';
import {
  ASCII_SUBJECT_BIT,
  type EnvelopeBatch,
  FLAG_BITS,
  PEOPLE_LENGTH_MAX,
  TEXT_BYTES_MAX,
  TEXT_LENGTH_MAX,
} from '../message/envelope-batch.ts';
import { labelsOf } from '../message/lists-and-labels.ts';
import { LINK_WORDS } from '../message/message-links.ts';
import { Changes } from './changes.ts';
import { DistinctTexts } from './distinct-texts.ts';
import {
  closedUp,
  type Columns,
  columnsFor,
  GROWING,
  growAt,
  PRESENT,
  RECURRING,
  type RecurringColumn,
  reordered,
  widened,
} from './envelope-columns.ts';
import { isAscending, runsOf, sumOfGaps } from './gaps.ts';
import { Links } from './links.ts';
import { Orders, type SortColumn, someInOrder } from './orders.ts';
import { repackedPeople, repackedSubjects } from './repacking.ts';
import { atOnce, type Steps } from '../../shared/steps.ts';
import { restoredColumns, storedColumns } from './stored-columns.ts';
import { TakenBatch } from './taken-batch.ts';
import { placeInBlock, type TextPlace, Texts } from './texts.ts';

export type { SortColumn } from './orders.ts';

const CAPACITY_MIN = 1024;
const REPACK_BYTES_MIN = 1 << 24;
/** Correspondents that no message has any more are forgotten when they are so many. */
const REPACK_PEOPLE_MIN = 1 << 16;

/** Room is made early by this share of the messages. */
const ROOM_SHARE = 1 / 8;

/** The columns, and the texts that they mean. */
export interface Stored extends Columns {
  readonly subjects: Texts;
  readonly people: DistinctTexts;
}

const scratch = Buffer.alloc(TEXT_BYTES_MAX);

export class Envelopes {
  #columns: Columns = columnsFor(0);
  /** So many of the columns have grown already. */
  #grown = 0;
  #count = 0;
  #subjects = new Texts();
  /** Bytes of subjects that no message has any more. */
  #lostBytes = 0;
  #people = DistinctTexts.none();
  #links = new Links();
  readonly #orders = new Orders();
  /** What has changed, and from which message on. */
  readonly changes = new Changes();

  /**
   * Envelopes as `columns` gave them, on the same memory, which is theirs from now on.
   * @param count of messages, all of which must have an envelope
   * @returns null if they do not fit together; whatever else they hold, reading them is safe
   */
  static restored(columns: ReadonlyMap<string, Uint8Array>, count: number): Envelopes | null {
    const stored = restoredColumns(columns, count);
    const links = Links.restored(columns, count);
    if (!links || !stored?.bits.every((bits) => (bits & PRESENT) !== 0)) return null;
    const envelopes = new Envelopes();
    envelopes.#columns = stored;
    envelopes.#count = count;
    envelopes.#subjects = stored.subjects;
    envelopes.#people = stored.people;
    envelopes.#links = links;
    return envelopes;
  }

  /** All of it as bytes, by name: views, not copies. In the byte order of this computer. */
  columns(): ReadonlyMap<string, Uint8Array> {
    return new Map([
      ...storedColumns(this.stored, this.#count),
      ...this.#links.columns(this.#count),
    ]);
  }

  /** One more than the highest number that was set. */
  get count(): number {
    return this.#count;
  }

  /**
   * Keeps a message's envelope, in place of the one it had.
   * @param carried the kinds of attachments it carries (`attachments-carried.ts`)
   */
  set(number: number, envelope: Envelope, carried: number): void {
    this.#begin(number, number + 1);
    const { dates, places, subjectBytes, bits, kinds } = this.#columns;
    const subject = envelope.subject.slice(0, TEXT_LENGTH_MAX);
    const length = scratch.write(subject, 'utf8');
    places[number] = this.#subjects.add(scratch, 0, length);
    subjectBytes[number] = length;
    for (const name of RECURRING) this.#columns[name][number] = this.#person(envelope[name]);
    dates[number] = envelope.date ?? Number.NaN;
    const plain = length === subject.length ? ASCII_SUBJECT_BIT : 0;
    bits[number] = (envelope.flags & FLAG_BITS) | plain | PRESENT;
    kinds[number] = carried;
    this.#links.set(number, envelope.links, 0, envelope.links.length / LINK_WORDS);
    this.#repackIfWorth();
  }

  /**
   * Keeps the envelopes of the messages from `first` on, in place of those they had.
   * @param count of them; the batch has no fewer
   */
  adopt(first: number, batch: EnvelopeBatch, count: number): void {
    this.adoptNext(first, new TakenBatch(batch), count);
  }

  /** The same with the next `count` of a batch that is taken over in pieces. */
  adoptNext(first: number, batch: TakenBatch, count: number): void {
    if (count === 0) return;
    this.#begin(first, first + count);
    const [columns, subjects, people] = [this.#columns, this.#subjects, this.#people];
    batch.take({ columns, subjects, people, links: this.#links }, first, count);
    this.#repackIfWorth();
  }

  has(number: number): boolean {
    return ((this.#columns.bits[number] ?? 0) & PRESENT) !== 0;
  }

  /** As a list shows it. */
  from(number: number): string {
    return shownOf(this.recurring('from', number));
  }

  to(number: number): string {
    return shownOf(this.recurring('to', number));
  }

  labels(number: number): readonly string[] {
    return labelsOf(this.recurring('labels', number));
  }

  /** As it is kept: who got a copy (`cc`), the mailing list; empty for none. */
  recurring(name: RecurringColumn, number: number): string {
    return this.#people.text(this.#columns[name][number] ?? 0);
  }

  /**
   * The columns and what they mean, as they are now: for loops over all messages. Not to be changed, and
   * of no use when envelopes have changed.
   */
  get stored(): Stored {
    return { ...this.#columns, subjects: this.#subjects, people: this.#people };
  }

  subject(number: number): string {
    const { places, subjectBytes } = this.#columns;
    return this.#subjects.read(places[number] ?? 0, subjectBytes[number] ?? 0);
  }

  /** Milliseconds since 1970, UTC; null where no date is known. */
  date(number: number): number | null {
    const date = this.#columns.dates[number] ?? Number.NaN;
    return Number.isNaN(date) || !this.has(number) ? null : date;
  }

  /** Bits of message/flags.ts. */
  flags(number: number): number {
    return (this.#columns.bits[number] ?? 0) & FLAG_BITS;
  }

  attachment(number: number): boolean {
    return (this.#columns.kinds[number] ?? 0) !== 0;
  }

  /** By which messages are threaded. */
  get links(): Links {
    return this.#links;
  }

  /** Where the subject of a message stands: for loops over many. */
  subjectPlace(number: number): TextPlace {
    const { places, subjectBytes } = this.#columns;
    const from = placeInBlock(places[number] ?? 0);
    const block = this.#subjects.block(places[number] ?? 0) ?? scratch.subarray(0, 0);
    return { block, from, to: from + (subjectBytes[number] ?? 0) };
  }

  /** Forgets the messages from this number on. */
  truncate(count: number): void {
    this.#orders.forget();
    this.changes.note(count);
    // Of very many there may be few that somebody has looked at.
    for (let number = count; number < this.#count; number++) {
      if (this.has(number)) this.#forget(number);
    }
    this.#count = Math.min(this.#count, count);
    this.#repackIfWorth();
  }

  /**
   * The messages have new numbers.
   * @param oldNumbers for each new number the old one, each at most once, or -1 for a new message
   */
  reorder(oldNumbers: Int32Array): void {
    this.#orders.forget();
    this.changes.note(0);
    const count = oldNumbers.length;
    if (isAscending(oldNumbers)) {
      const runs = runsOf(oldNumbers);
      this.#lostBytes += sumOfGaps(this.#columns.subjectBytes, runs, this.#count);
      closedUp(this.#columns, runs, this.#count);
      this.#links.closeUp(runs, this.#count);
      this.#count = count;
    } else {
      const usedBefore = this.#usedBytes();
      this.#columns = reordered(this.#columns, oldNumbers, Math.max(CAPACITY_MIN, count));
      this.#grown = 0;
      this.#links.reorder(oldNumbers, this.#columns.bits.length);
      this.#count = count;
      this.#lostBytes += usedBefore - this.#usedBytes();
    }
    this.#repackIfWorth();
  }

  /**
   * The numbers 0 to count - 1, ascending by a column and where that is equal by number. Subjects
   * count without `Re:` and its kin. Messages without a date come behind those with one, messages
   * without an envelope behind all. Not to be changed: it is kept until the envelopes change.
   */
  order(column: SortColumn, count: number): Uint32Array {
    return atOnce(this.orderSteps(column, count));
  }

  /** As `order`, in steps: of no use if one of the first `count` messages changes meanwhile. */
  orderSteps(column: SortColumn, count: number): Steps<Uint32Array> {
    return this.#orders.of(column, count, this.stored, (number) => this.has(number));
  }

  /** As `orderSteps`, of some messages only. @param numbers in the order of the file */
  someInOrder(column: SortColumn, numbers: Uint32Array): Steps<Uint32Array> {
    return someInOrder(column, numbers, this.stored, (number) => this.has(number));
  }

  /** True if `order` has this order, and need not make it. */
  hasOrder(column: SortColumn, count: number): boolean {
    return this.#orders.has(column, count);
  }

  /** Takes an order that `order` gave for the same envelopes at another time. */
  keepOrder(column: SortColumn, order: Uint32Array): void {
    this.#orders.keep(column, order);
  }

  /** These messages are about to be set. */
  #begin(first: number, end: number): void {
    this.#orders.forget();
    this.changes.note(first);
    this.#grow(end);
    const { subjectBytes } = this.#columns;
    for (let number = first; number < end; number++) this.#lostBytes += subjectBytes[number] ?? 0;
  }

  #person(text: string): number {
    const length = scratch.write(text.slice(0, PEOPLE_LENGTH_MAX), 'utf8');
    return this.#people.numberOf(scratch, 0, length);
  }

  /**
   * Makes some of the room for arrivals before they come, so that they need not wait for it.
   * @returns false if there was enough
   */
  makeRoom(): boolean {
    this.#people.prepare();
    if (this.#capacity >= this.#count * (1 + ROOM_SHARE)) return false;
    this.#growOne();
    return true;
  }

  /** Messages for which all columns have room: the last one to grow tells. */
  get #capacity(): number {
    return this.#columns.bits.length;
  }

  #grow(count: number): void {
    this.#count = Math.max(this.#count, count);
    while (count > this.#growAt) this.#growOne();
  }

  /** The next column grows at this count. */
  get #growAt(): number {
    return growAt(this.#capacity, this.#grown);
  }

  /**
   * Doubles the next column. One at a time, long before there is no room, because to copy all of them
   * takes so long that others would wait.
   */
  #growOne(): void {
    const capacity = Math.max(CAPACITY_MIN, this.#capacity * 2);
    const name = GROWING[this.#grown] ?? 'bits';
    if (name === 'links') this.#links.growTo(capacity);
    else this.#columns = widened(this.#columns, name, capacity);
    this.#grown = (this.#grown + 1) % GROWING.length;
  }

  #forget(number: number): void {
    const { dates, subjectBytes, bits, kinds } = this.#columns;
    this.#lostBytes += subjectBytes[number] ?? 0;
    subjectBytes[number] = 0;
    for (const name of RECURRING) this.#columns[name][number] = 0;
    dates[number] = 0;
    bits[number] = 0;
    kinds[number] = 0;
    this.#links.forget(number);
  }

  #usedBytes(): number {
    const { subjectBytes } = this.#columns;
    let bytes = 0;
    for (let number = 0; number < this.#count; number++) bytes += subjectBytes[number] ?? 0;
    return bytes;
  }

  /** Copies the texts still in use, once more than half is not. */
  #repackIfWorth(): void {
    if (this.#lostBytes >= REPACK_BYTES_MIN && this.#lostBytes * 2 >= this.#subjects.bytes) {
      this.#repackSubjects();
    }
    this.#links.repackIfWorth();
    if (this.#people.count > REPACK_PEOPLE_MIN + this.#count * 2) this.#repackPeople();
  }

  #repackSubjects(): void {
    // What somebody sorts in steps, it sorts by places that hold no more.
    this.changes.note(0);
    this.#subjects = repackedSubjects(this.#columns, this.#subjects, this.#count);
    this.#lostBytes = 0;
  }

  #repackPeople(): void {
    this.changes.note(0);
    this.#people = repackedPeople(this.#columns, this.#people, this.#count);
  }
}
