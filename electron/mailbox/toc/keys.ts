/**
 * Names for messages that never come to mean another one (I4).
 *
 * A key is the message's fingerprint and, where several messages have the same one ("twins"), which
 * of how many it is: `5f0c…` or `5f0c…-2of3`. So a key printed by one run means the same message
 * in the next or, once a twin has come or gone, none: never a different one. Within a session a
 * message keeps the key it got first, whatever happens around it, and no key is given out twice.
 *
 * Layout: columns by message number (`#ordinal`, `#of`, `#previousTwin`) and a hash table from
 * fingerprint to the last message that has it; no object per message.
 */

import { type Key, type MessageNumber, messageNumber } from '../../../shared/units.ts';
import { bytesOf, wordsOf } from './columns.ts';
import { fingerprintText, type KeyParts, keyText, nameOf, parsed } from './key-text.ts';
import { RetiredKeys } from './retired-keys.ts';
import type { Fingerprint, Table } from './table.ts';

const NONE = -1;
const SLOTS_PER_MESSAGE = 1.75;
/** Room for arrivals is made by this share of the messages. */
const ROOM_SHARE = 1 / 8;
/** So many keys are looked for without the slots before it pays to fill them. */
const SEEKS_MAX = 8;

/** What `forgetLast` took away. */
export interface LastKey {
  readonly high: number;
  readonly low: number;
  readonly ordinal: number;
  readonly of: number;
}

export class Keys {
  readonly #table: Table;
  #slots: Int32Array;
  #ordinal: Uint32Array;
  #of: Uint32Array;
  #previousTwin: Int32Array;
  #count = 0;
  /** Between `forgetLast` and `restoreLast` nobody gets a name: it could be the last one's. */
  #forgotten = false;
  /** So many messages, from the first on, have entered the slots; those of a table made anew wait. */
  #entered = 0;
  #seeks = 0;
  /** The highest ordinal ever given to a fingerprint of which some message is gone. */
  readonly #retired: RetiredKeys;

  private constructor(table: Table, retired: RetiredKeys) {
    this.#table = table;
    this.#retired = retired;
    const capacity = Math.max(16, Math.ceil(table.count * (1 + ROOM_SHARE)));
    this.#slots = new Int32Array(slotsFor(capacity)).fill(NONE);
    this.#ordinal = new Uint32Array(capacity);
    this.#of = new Uint32Array(capacity);
    this.#previousTwin = new Int32Array(capacity);
  }

  /** Keys for a table that is being scanned for the first time; `finish` when it is whole. */
  static fresh(table: Table): Keys {
    return new Keys(table, new RetiredKeys());
  }

  /**
   * Keys for a table made anew: matched messages keep what they had, the others get keys that were
   * never given out.
   * @param oldNumbers for each message of `table` its number in the old one, or -1
   */
  static after(old: Keys, table: Table, oldNumbers: Int32Array): Keys {
    const keys = new Keys(table, old.#retired.copy());
    keys.#retireGone(old, oldNumbers);
    for (let number = 0; number < table.count; number++) {
      const from = oldNumbers[number] ?? NONE;
      if (from === NONE) continue;
      keys.#ordinal[number] = old.#ordinal[from] ?? 0;
      keys.#of[number] = old.#of[from] ?? 0;
    }
    keys.#count = table.count;
    // After a flush nobody has arrived: then the slots can wait until somebody looks for a key.
    if (oldNumbers.includes(NONE)) keys.#enterKeptFirst();
    return keys;
  }

  /** Kept messages enter first, so that an arrival counts on from the highest of them. */
  #enterKeptFirst(): void {
    for (let number = 0; number < this.#count; number++) {
      if (this.#ordinal[number] !== 0) this.#enter(number);
    }
    for (let number = 0; number < this.#count; number++) {
      if (this.#ordinal[number] === 0) this.#name(number);
    }
    this.#entered = this.#count;
  }

  /**
   * What must be kept to make the same keys again, as bytes: of each message whose key is not its
   * fingerprint alone the number, which twin it is and of how many; and the keys that are gone.
   */
  columns(): ReadonlyMap<string, Uint8Array> {
    this.extend();
    const twins: number[] = [];
    for (let number = 0; number < this.#count; number++) {
      const [ordinal = 1, of = 1] = [this.#ordinal[number], this.#of[number]];
      if (ordinal !== 1 || of !== 1) twins.push(number, ordinal, of);
    }
    return new Map([
      ['twins', bytesOf(Uint32Array.from(twins))],
      ['retired', bytesOf(this.#retired.entries())],
    ]);
  }

  /** The keys of a restored table. @returns null if the columns are not of such a table */
  static restored(columns: ReadonlyMap<string, Uint8Array>, table: Table): Keys | null {
    const [twins, retired] = [triples(columns.get('twins')), triples(columns.get('retired'))];
    if (!twins || !retired) return null;
    const keys = new Keys(table, RetiredKeys.restored(retired));
    keys.#ordinal.fill(1, 0, table.count);
    keys.#of.fill(1, 0, table.count);
    for (let at = 0; at < twins.length; at += 3) {
      const [number = 0, ordinal = 0, of = 0] = twins.subarray(at, at + 3);
      if (number >= table.count || ordinal === 0 || of === 0) return null;
      keys.#ordinal[number] = ordinal;
      keys.#of[number] = of;
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
    if (this.#entered < this.#count) {
      this.#enterUpTo(Math.min(this.#count, this.#entered + messagesMax));
      return true;
    }
    if (this.#ordinal.length >= this.#count * (1 + ROOM_SHARE / 2)) return false;
    this.#grow(Math.ceil(this.#count * (1 + ROOM_SHARE)));
    return true;
  }

  #enterUpTo(count: number): void {
    for (; this.#entered < count; this.#entered++) this.#enter(this.#entered);
  }

  /** Names the messages that a scan has added to the table since the last call. */
  extend(): void {
    if (this.#forgotten) return;
    this.#enterUpTo(this.#count);
    const count = this.#table.count;
    if (count > this.#ordinal.length) this.#grow(Math.max(count, this.#ordinal.length * 2));
    for (let number = this.#count; number < count; number++) this.#name(number);
    this.#count = count;
    this.#entered = count;
  }

  /** The first scan is over: every message of a group of twins learns how many they are. */
  finish(): void {
    this.extend();
    for (const last of this.#slots) {
      if (last < 0 || this.#ordinal[last] === 1) continue;
      const of = this.#ordinal[last] ?? 1;
      for (let twin = last; twin !== NONE; twin = this.#previousTwin[twin] ?? NONE) {
        this.#of[twin] = of;
      }
    }
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
    this.#leave(number);
    this.#count = number;
    this.#entered = number;
    this.#forgotten = true;
    return {
      high: this.#table.fingerprintHigh(messageNumber(number)),
      low: this.#table.fingerprintLow(messageNumber(number)),
      ordinal: this.#ordinal[number] ?? 1,
      of: this.#of[number] ?? 1,
    };
  }

  /** After the scan: the message at the old place is the same one, or its key is gone for ever. */
  restoreLast(last: LastKey): 'same' | 'altered' {
    this.#forgotten = false;
    const number = this.#count;
    const at = messageNumber(number);
    const { high, low } = this.#table.fingerprint(at);
    if (number >= this.#table.count || high !== last.high || low !== last.low) {
      this.#retired.retire(last.high, last.low, last.ordinal);
      return 'altered';
    }
    this.#ordinal[number] = last.ordinal;
    this.#of[number] = last.of;
    this.#enter(number);
    this.#count = number + 1;
    this.#entered = number + 1;
    return 'same';
  }

  /** A key for a message that will be added later: it is given to nobody else. See `claim`. */
  reserve({ high, low }: Pick<Fingerprint, 'high' | 'low'>): Key {
    this.extend();
    const ordinal = this.#highestOrdinal(high, low) + 1;
    this.#retired.retire(high, low, ordinal);
    return keyText(nameOf(high, low), ordinal, ordinal);
  }

  /** The message for which a key was reserved stands in the table now, and takes it. */
  claim(number: MessageNumber, reserved: Key): void {
    this.extend();
    const wanted = parsed(reserved);
    if (!wanted || fingerprintText(this.#table, number) !== wanted.name) return;
    this.#leave(number);
    this.#ordinal[number] = wanted.ordinal;
    this.#of[number] = wanted.of;
    this.#enter(number);
  }

  /** The key of a message. */
  keyOf(number: MessageNumber): Key {
    if (number >= this.#count) this.extend();
    const name = fingerprintText(this.#table, number);
    return keyText(name, this.#ordinal[number] ?? 1, this.#of[number] ?? 1);
  }

  /** The message a key names; null if it is gone, or was never one of ours. */
  numberOf(wanted: Key): MessageNumber | null {
    const parts = parsed(wanted);
    if (!parts) return null;
    if (this.#mayWait && this.#seeks++ < SEEKS_MAX) return this.#seek(parts);
    this.extend();
    const { high, low, ordinal, of } = parts;
    let twin = this.#slots[this.#slot(high, low)] ?? NONE;
    while (twin !== NONE) {
      if (this.#ordinal[twin] === ordinal && this.#of[twin] === of) return messageNumber(twin);
      twin = this.#previousTwin[twin] ?? NONE;
    }
    return null;
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
      if (this.#ordinal[number] === ordinal && this.#of[number] === of) return at;
    }
    return null;
  }

  #name(number: number): void {
    const at = messageNumber(number);
    const ordinal =
      this.#highestOrdinal(this.#table.fingerprintHigh(at), this.#table.fingerprintLow(at)) + 1;
    this.#ordinal[number] = ordinal;
    this.#of[number] = ordinal;
    this.#enter(number);
  }

  /** The highest that was ever given to a message with this fingerprint; 0 if none was. */
  #highestOrdinal(high: number, low: number): number {
    const twin = this.#slots[this.#slot(high, low)] ?? NONE;
    const before = twin === NONE ? 0 : (this.#ordinal[twin] ?? 0);
    return Math.max(before, this.#retired.highest(high, low));
  }

  /** Whatever the order in which twins enter, the slot holds the one with the highest ordinal. */
  #enter(number: number): void {
    const slot = this.#slotOf(number);
    const first = this.#slots[slot] ?? NONE;
    if (first !== NONE && (this.#ordinal[first] ?? 0) > (this.#ordinal[number] ?? 0)) {
      this.#previousTwin[number] = this.#previousTwin[first] ?? NONE;
      this.#previousTwin[first] = number;
    } else {
      this.#previousTwin[number] = first;
      this.#slots[slot] = number;
    }
  }

  /** Its twins stay, and enter anew, so that the highest of them is first again. */
  #leave(number: number): void {
    const slot = this.#slotOf(number);
    let twin = this.#slots[slot] ?? NONE;
    this.#vacate(slot);
    while (twin !== NONE) {
      const next = this.#previousTwin[twin] ?? NONE;
      if (twin !== number) this.#enter(twin);
      twin = next;
    }
  }

  /** Empties a slot. What stands behind it, up to the next empty one, may have been looking for it. */
  #vacate(slot: number): void {
    const mask = this.#slots.length - 1;
    this.#slots[slot] = NONE;
    for (let at = (slot + 1) & mask; this.#slots[at] !== NONE; at = (at + 1) & mask) {
      const number = this.#slots[at] ?? NONE;
      this.#slots[at] = NONE;
      this.#slots[this.#slotOf(number)] = number;
    }
  }

  #retireGone(old: Keys, oldNumbers: Int32Array): void {
    const kept = new Uint8Array(old.#count);
    for (const number of oldNumbers) if (number !== NONE) kept[number] = 1;
    for (let number = 0; number < old.#count; number++) {
      if (kept[number] === 1) continue;
      const at = messageNumber(number);
      const high = old.#table.fingerprintHigh(at);
      const low = old.#table.fingerprintLow(at);
      this.#retired.retire(high, low, old.#ordinal[number] ?? 0);
    }
  }

  #slotOf(number: number): number {
    const at = messageNumber(number);
    return this.#slot(this.#table.fingerprintHigh(at), this.#table.fingerprintLow(at));
  }

  /** The slot of a fingerprint: the one that holds it, or the empty one where it belongs. */
  #slot(high: number, low: number): number {
    const mask = this.#slots.length - 1;
    let slot = (low ^ Math.imul(high, 0x9e3779b1)) & mask;
    for (;;) {
      const number = this.#slots[slot] ?? NONE;
      if (number === NONE) return slot;
      const at = messageNumber(number);
      if (this.#table.fingerprintHigh(at) === high && this.#table.fingerprintLow(at) === low) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
  }

  #grow(capacity: number): void {
    this.#ordinal = widened(this.#ordinal, new Uint32Array(capacity));
    this.#of = widened(this.#of, new Uint32Array(capacity));
    this.#previousTwin = widened(this.#previousTwin, new Int32Array(capacity));
    const wanted = slotsFor(capacity);
    if (wanted <= this.#slots.length) return;
    const lasts = this.#slots;
    this.#slots = new Int32Array(wanted).fill(NONE);
    for (const last of lasts) if (last >= 0) this.#slots[this.#slotOf(last)] = last;
  }
}

/** A power of two so much larger than the number of messages that searches are short. */
function slotsFor(count: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(16, count) * SLOTS_PER_MESSAGE));
}

function widened<Column extends Uint32Array | Int32Array>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}

/** Numbers in threes; null if they are none. */
function triples(bytes: Uint8Array | undefined): Uint32Array | null {
  const numbers = wordsOf(bytes, (bytes?.byteLength ?? 0) / Uint32Array.BYTES_PER_ELEMENT);
  return numbers && numbers.length % 3 === 0 ? numbers : null;
}
