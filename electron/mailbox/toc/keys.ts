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

import { type Key, key, type MessageNumber, messageNumber } from '../../../shared/units.ts';
import { RetiredKeys } from './retired-keys.ts';
import type { Fingerprint, Table } from './table.ts';

const NONE = -1;
const KEY_PATTERN = /^([0-9a-f]{8})([0-9a-f]{8})(?:-([1-9]\d{0,9})of([1-9]\d{0,9}))?$/;

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
  /** False while the messages of a table made anew have not entered the slots. */
  #indexed = true;
  /** The highest ordinal ever given to a fingerprint of which some message is gone. */
  readonly #retired: RetiredKeys;

  private constructor(table: Table, retired: RetiredKeys) {
    this.#table = table;
    this.#retired = retired;
    const capacity = Math.max(16, table.count);
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
    keys.#indexed = false;
    // After a flush nobody has arrived: then the index can wait until somebody looks for a key.
    if (oldNumbers.includes(NONE)) keys.#index();
    return keys;
  }

  /**
   * Enters the messages of a table made anew. Kept ones enter first, so that an arrival counts on from
   * the highest of them.
   */
  #index(): void {
    if (this.#indexed) return;
    this.#indexed = true;
    for (let number = 0; number < this.#count; number++) {
      if (this.#ordinal[number] !== 0) this.#enter(number);
    }
    for (let number = 0; number < this.#count; number++) {
      if (this.#ordinal[number] === 0) this.#name(number);
    }
  }

  /** Names the messages that a scan has added to the table since the last call. */
  extend(): void {
    if (this.#forgotten) return;
    this.#index();
    const count = this.#table.count;
    if (count > this.#ordinal.length) this.#grow(count);
    for (let number = this.#count; number < count; number++) this.#name(number);
    this.#count = count;
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
    if (number >= this.#ordinal.length) this.#grow(number + 1);
    this.#ordinal[number] = last.ordinal;
    this.#of[number] = last.of;
    this.#enter(number);
    this.#count = number + 1;
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
    this.extend();
    const { high, low, ordinal, of } = parts;
    let twin = this.#slots[this.#slot(high, low)] ?? NONE;
    while (twin !== NONE) {
      if (this.#ordinal[twin] === ordinal && this.#of[twin] === of) return messageNumber(twin);
      twin = this.#previousTwin[twin] ?? NONE;
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

  #grow(count: number): void {
    const capacity = Math.max(count, this.#ordinal.length * 2);
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

/** A power of two at least twice as large as the number of messages: short searches. */
function slotsFor(count: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(16, count) * 2));
}

function widened<Column extends Uint32Array | Int32Array>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}

const nameOf = (high: number, low: number): string =>
  high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');

const fingerprintText = (table: Table, number: MessageNumber): string =>
  nameOf(table.fingerprintHigh(number), table.fingerprintLow(number));

const keyText = (name: string, ordinal: number, of: number): Key =>
  key(of === 1 ? name : `${name}-${ordinal}of${of}`);

interface KeyParts {
  readonly name: string;
  readonly high: number;
  readonly low: number;
  readonly ordinal: number;
  readonly of: number;
}

function parsed(text: string): KeyParts | null {
  const match = KEY_PATTERN.exec(text);
  if (!match) return null;
  const [, high = '', low = '', ordinal = '1', of = '1'] = match;
  return {
    name: high + low,
    high: Number.parseInt(high, 16),
    low: Number.parseInt(low, 16),
    ordinal: Number(ordinal),
    of: Number(of),
  };
}
