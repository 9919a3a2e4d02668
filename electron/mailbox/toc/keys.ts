/**
 * Names for messages that never come to mean another one (I4).
 *
 * A key is the message's fingerprint and, where several messages have the same one ("twins"), which
 * of how many it is: `5f0c…` or `5f0c…-2of3`. So a key printed by one run means the same message
 * in the next or, once a twin has come or gone, none: never a different one. Within a session a
 * message keeps the key it got first, whatever happens around it, and no key is given out twice.
 *
 * Which twin of how many each message is (`twin-numbers.ts`), a hash table from that to the message
 * (`key-slots.ts`), and what must not be given out again (`given-ordinals.ts`); no object per message.
 * Nothing here looks through all twins for one of them: a file may hold millions that are equal.
 */

import { type Key, type MessageNumber, messageNumber } from '../../../shared/units.ts';
import { grown } from '../../../shared/grown.ts';
import { STEP_ITEMS, type Steps, atOnce } from '../../../shared/steps.ts';
import { bytesOf, wordsOf } from './columns.ts';
import { GivenOrdinals } from './given-ordinals.ts';
import { KeySlots, NONE } from './key-slots.ts';
import { fingerprintText, type KeyParts, keyText, nameOf, parsed } from './key-text.ts';
import type { Fingerprint, Table } from './table.ts';
import { TwinNumbers } from './twin-numbers.ts';

/** So many keys are looked for without the slots before it pays to fill them. */
const SEEKS_MAX = 8;
/** Of so many twins the highest ordinal is found by looking for each; of more it is noted. */
const UNNOTED_MAX = 8;

/** What `forgetLast` took away. */
export interface LastKey {
  readonly high: number;
  readonly low: number;
  readonly ordinal: number;
  readonly of: number;
}

export class Keys {
  readonly #table: Table;
  readonly #twins = new TwinNumbers();
  readonly #slots: KeySlots;
  readonly #given: GivenOrdinals;
  #count = 0;
  /** Between `forgetLast` and `restoreLast` nobody gets a name: it could be the last one's. */
  #forgotten = false;
  /** So many messages, from the first on, have entered the slots; those of a table made anew wait. */
  #entered = 0;
  #seeks = 0;
  /** Of so many messages, from the first on, `finish` has made the names final. */
  #finished = 0;

  private constructor(table: Table, given: GivenOrdinals) {
    this.#table = table;
    this.#given = given;
    this.#slots = new KeySlots(table, this.#twins);
  }

  /** Keys for a table that is being scanned for the first time; `finish` when it is whole. */
  static fresh(table: Table): Keys {
    return new Keys(table, new GivenOrdinals());
  }

  /**
   * Keys for a table made anew: matched messages keep what they had, the others get keys that were
   * never given out.
   * @param oldNumbers for each message of `table` its number in the old one, or -1
   */
  static after(old: Keys, table: Table, oldNumbers: Int32Array): Keys {
    return atOnce(Keys.afterSteps(old, table, oldNumbers));
  }

  /** As `after`, in steps. */
  static *afterSteps(old: Keys, table: Table, oldNumbers: Int32Array): Steps<Keys> {
    const keys = new Keys(table, old.#given.copy());
    yield* keys.#noteGone(old, oldNumbers);
    for (let number = 0; number < table.count; number++) {
      if (number % STEP_ITEMS === 0) yield;
      const from = oldNumbers[number] ?? NONE;
      if (from !== NONE) keys.#twins.set(number, old.#twins.ordinal(from), old.#twins.of(from));
    }
    keys.#count = table.count;
    // After a flush nobody has arrived: then the slots can wait until somebody looks for a key.
    if (oldNumbers.includes(NONE)) keys.#enterKeptFirst(oldNumbers);
    return keys;
  }

  /** Kept messages enter first, so that an arrival counts on from the highest of them. */
  #enterKeptFirst(oldNumbers: Int32Array): void {
    for (let number = 0; number < this.#count; number++) {
      if (oldNumbers[number] !== NONE) this.#slots.enter(number);
    }
    for (let number = 0; number < this.#count; number++) {
      if (oldNumbers[number] === NONE) this.#name(number);
    }
    this.#entered = this.#count;
  }

  /**
   * What must be kept to make the same keys again, as bytes: of each message whose key is not its
   * fingerprint alone the number, which twin it is and of how many; and what is not given out again. In steps,
   * of no use if it changes meanwhile.
   */
  *columns(): Steps<ReadonlyMap<string, Uint8Array>> {
    // Names alone: the slots can wait until somebody looks for a key.
    if (this.#count < this.#table.count) this.extend();
    const twins = this.#twins;
    let triples = new Uint32Array(0);
    let used = 0;
    let looked = 0;
    for (let at = twins.nextFrom(0, this.#count); at < this.#count; ) {
      if (looked++ % STEP_ITEMS === 0) yield;
      const [ordinal, of] = [twins.ordinal(at), twins.of(at)];
      if (ordinal !== 1 || of !== 1) {
        if (used + 3 > triples.length) triples = grown(triples, 2 * (used + 3));
        triples[used++] = at;
        triples[used++] = ordinal;
        triples[used++] = of;
      }
      at = twins.nextFrom(at + 1, this.#count);
    }
    return new Map([
      ['twins', bytesOf(triples.subarray(0, used))],
      ['retired', bytesOf(this.#given.entries())],
    ]);
  }

  /** The keys of a restored table. @returns null if the columns are not of such a table */
  static restored(columns: ReadonlyMap<string, Uint8Array>, table: Table): Keys | null {
    const [twins, given] = [triples(columns.get('twins')), triples(columns.get('retired'))];
    if (!twins || !given) return null;
    const keys = new Keys(table, GivenOrdinals.restored(given));
    for (let at = 0; at < twins.length; at += 3) {
      const [number = 0, ordinal = 0, of = 0] = [twins[at], twins[at + 1], twins[at + 2]];
      if (number >= table.count || ordinal === 0 || of === 0) return null;
      keys.#twins.set(number, ordinal, of);
    }
    keys.#count = table.count;
    return keys;
  }

  /**
   * Does some of what the next arrival, or search for a key, would have to wait for.
   * @param messagesMax how many messages may enter the slots now
   * @returns false if nothing was left to do
   */
  prepare(messagesMax: number): boolean {
    if (this.#entered >= this.#count) return false;
    this.#enterUpTo(Math.min(this.#count, this.#entered + messagesMax));
    return true;
  }

  #enterUpTo(count: number): void {
    for (; this.#entered < count; this.#entered++) this.#slots.enter(this.#entered);
  }

  /**
   * Names messages that a scan has added to the table since the last call, in their order.
   * @param messagesMax no more of them are named now
   */
  extend(messagesMax = Number.POSITIVE_INFINITY): void {
    if (this.#forgotten) return;
    this.#enterUpTo(this.#count);
    const end = Math.min(this.#table.count, this.#count + messagesMax);
    for (; this.#count < end; this.#count++) this.#name(this.#count);
    this.#entered = this.#count;
  }

  /**
   * The first scan is over: every message of a group of twins learns how many they are.
   * @param messagesMax how many messages may be looked at now
   * @returns false if nothing is left to do; else call it again
   */
  finish(messagesMax = Number.POSITIVE_INFINITY): boolean {
    this.extend();
    const end = Math.min(this.#count, this.#finished + messagesMax);
    const twins = this.#twins;
    let number = twins.nextFrom(this.#finished, end);
    for (; number < end; number = twins.nextFrom(number + 1, end)) {
      const ordinal = twins.ordinal(number);
      if (ordinal === 1) continue;
      const at = messageNumber(number);
      const [high, low] = [this.#table.fingerprintHigh(at), this.#table.fingerprintLow(at)];
      const of = this.#highestOrdinal(high, low);
      twins.set(number, ordinal, of);
      const first = ordinal === 2 ? this.#slots.find(high, low, 1) : NONE;
      if (first !== NONE) twins.set(first, 1, of);
    }
    this.#finished = end;
    return end < this.#count;
  }

  /**
   * The last message is about to be scanned again, because bytes follow it now: its name goes, to
   * come back only for the same message (`restoreLast`).
   * @returns its key, as it was
   */
  forgetLast(): LastKey {
    this.#forgotten = false;
    this.extend();
    const number = this.#count - 1;
    this.#slots.leave(number);
    this.#count = number;
    this.#entered = number;
    this.#forgotten = true;
    return {
      high: this.#table.fingerprintHigh(messageNumber(number)),
      low: this.#table.fingerprintLow(messageNumber(number)),
      ordinal: this.#twins.ordinal(number),
      of: this.#twins.of(number),
    };
  }

  /** After the scan: the message at the old place is the same one, or its key is gone for ever. */
  restoreLast(last: LastKey): 'same' | 'altered' {
    this.#forgotten = false;
    const number = this.#count;
    const at = messageNumber(number);
    const { high, low } = this.#table.fingerprint(at);
    if (number >= this.#table.count || high !== last.high || low !== last.low) {
      this.#given.note(last.high, last.low, last.ordinal);
      return 'altered';
    }
    this.#twins.set(number, last.ordinal, last.of);
    this.#slots.enter(number);
    this.#count = number + 1;
    this.#entered = number + 1;
    return 'same';
  }

  /** A key for a message that will be added later: it is given to nobody else. See `claim`. */
  reserve({ high, low }: Pick<Fingerprint, 'high' | 'low'>): Key {
    this.extend();
    const ordinal = this.#highestOrdinal(high, low) + 1;
    this.#given.note(high, low, ordinal);
    return keyText(nameOf(high, low), ordinal, ordinal);
  }

  /** The message for which a key was reserved stands in the table now, and takes it. */
  claim(number: MessageNumber, reserved: Key): void {
    this.extend();
    const wanted = parsed(reserved);
    if (!wanted || fingerprintText(this.#table, number) !== wanted.name) return;
    this.#slots.leave(number);
    this.#twins.set(number, wanted.ordinal, wanted.of);
    this.#slots.enter(number);
  }

  /** The key of a message. */
  keyOf(number: MessageNumber): Key {
    if (number >= this.#count) this.extend(number + 1 - this.#count);
    const name = fingerprintText(this.#table, number);
    return keyText(name, this.#twins.ordinal(number), this.#twins.of(number));
  }

  /** The message a key names; null if it is gone, or was never one of ours. */
  numberOf(wanted: Key): MessageNumber | null {
    const parts = parsed(wanted);
    if (!parts) return null;
    if (this.#mayWait && this.#seeks++ < SEEKS_MAX) return this.#seek(parts);
    const known = this.#find(parts);
    if (known !== null) return known;
    // It may be one that has no name yet.
    this.extend();
    return this.#find(parts);
  }

  #find({ high, low, ordinal, of }: KeyParts): MessageNumber | null {
    const number = this.#slots.find(high, low, ordinal);
    return number !== NONE && this.#twins.of(number) === of ? messageNumber(number) : null;
  }

  /** True if messages have yet to enter the slots, and all have their keys. */
  get #mayWait(): boolean {
    return this.#entered < this.#count && this.#count === this.#table.count;
  }

  /** Looks through all messages: for a few keys that is quicker than to fill the slots. */
  #seek({ high, low, ordinal, of }: KeyParts): MessageNumber | null {
    for (let number = 0; number < this.#count; number++) {
      const at = messageNumber(number);
      if (this.#table.fingerprintHigh(at) !== high || this.#table.fingerprintLow(at) !== low)
        continue;
      if (this.#twins.ordinal(number) === ordinal && this.#twins.of(number) === of) return at;
    }
    return null;
  }

  #name(number: number): void {
    const at = messageNumber(number);
    const [high, low] = [this.#table.fingerprintHigh(at), this.#table.fingerprintLow(at)];
    const ordinal = this.#highestOrdinal(high, low) + 1;
    this.#twins.set(number, ordinal, ordinal);
    this.#slots.enter(number);
  }

  /**
   * The highest that was ever given to a message with this fingerprint; 0 if none was. Above what was
   * noted no ordinal is gone, so that all of them are found one behind the other.
   */
  #highestOrdinal(high: number, low: number): number {
    const noted = this.#given.upTo(high, low);
    let ordinal = noted;
    while (this.#slots.find(high, low, ordinal + 1) !== NONE) ordinal += 1;
    const isWorthNoting = ordinal >= UNNOTED_MAX && ordinal > noted;
    if (isWorthNoting) this.#given.note(high, low, ordinal);
    return ordinal;
  }

  /** The ordinals of messages that are gone are not given out again. */
  *#noteGone(old: Keys, oldNumbers: Int32Array): Steps<void> {
    const kept = new Uint8Array(old.#count);
    for (const number of oldNumbers) if (number !== NONE) kept[number] = 1;
    for (let number = 0; number < old.#count; number++) {
      if (number % STEP_ITEMS === 0) yield;
      if (kept[number] === 1) continue;
      const at = messageNumber(number);
      const high = old.#table.fingerprintHigh(at);
      const low = old.#table.fingerprintLow(at);
      this.#given.note(high, low, old.#twins.ordinal(number));
    }
  }
}

/** Numbers in threes; null if they are none. */
function triples(bytes: Uint8Array | undefined): Uint32Array | null {
  const numbers = wordsOf(bytes, (bytes?.byteLength ?? 0) / Uint32Array.BYTES_PER_ELEMENT);
  return numbers && numbers.length % 3 === 0 ? numbers : null;
}
