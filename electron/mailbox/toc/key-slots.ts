/**
 * Finds the message that has a fingerprint and, among twins, an ordinal: a hash table in which every
 * message has a slot of its own, so that one of ten million twins is found as fast as any other.
 *
 * In shards, each of which grows by itself and at another moment than the others: no message that
 * enters ever waits until all of them have moved. Imports the table's types.
 */

import { messageNumber } from '../../../shared/units.ts';
import type { Table } from './table.ts';
import type { TwinNumbers } from './twin-numbers.ts';

/** No message. */
export const NONE = -1;

const SHARD_BITS = 8;
const SHARDS = 1 << SHARD_BITS;
const SLOTS_MIN = 16;
/** The first shard grows when so much of it is taken, the last when it is twice as much. */
const FULL_SHARE_MIN = 0.33;

export class KeySlots {
  readonly #table: Table;
  readonly #twins: TwinNumbers;
  /** One more than a message number in each slot; 0 if it is free. */
  readonly #shards: (Uint32Array | undefined)[] = Array.from({ length: SHARDS }, () => undefined);
  readonly #taken = new Uint32Array(SHARDS);

  constructor(table: Table, twins: TwinNumbers) {
    this.#table = table;
    this.#twins = twins;
  }

  /** The number of the message; `NONE` if there is none. */
  find(high: number, low: number, ordinal: number): number {
    const hash = hashOf(high, low, ordinal);
    const slots = this.#shards[shardOf(hash)];
    if (!slots) return NONE;
    const mask = slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = (slots[slot] ?? 0) - 1;
      if (number === NONE) return NONE;
      const at = messageNumber(number);
      if (
        this.#table.fingerprintHigh(at) === high &&
        this.#table.fingerprintLow(at) === low &&
        this.#twins.ordinal(number) === ordinal
      ) {
        return number;
      }
    }
  }

  /** A message whose ordinal is known; each enters once. */
  enter(number: number): void {
    const hash = this.#hash(number);
    const shard = shardOf(hash);
    put(this.#withRoom(shard), hash, number);
    this.#taken[shard] = (this.#taken[shard] ?? 0) + 1;
  }

  /** A message that has entered, and has the same ordinal still. */
  leave(number: number): void {
    const hash = this.#hash(number);
    const slots = this.#shards[shardOf(hash)];
    if (!slots) return;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (; slots[slot] !== number + 1; slot = (slot + 1) & mask) if (slots[slot] === 0) return;
    slots[slot] = 0;
    this.#taken[shardOf(hash)] = (this.#taken[shardOf(hash)] ?? 1) - 1;
    // What stands behind it, up to the next free one, may have been looking for it.
    for (let at = (slot + 1) & mask; slots[at] !== 0; at = (at + 1) & mask) {
      const other = (slots[at] ?? 0) - 1;
      slots[at] = 0;
      put(slots, this.#hash(other), other);
    }
  }

  #hash(number: number): number {
    const at = messageNumber(number);
    const ordinal = this.#twins.ordinal(number);
    return hashOf(this.#table.fingerprintHigh(at), this.#table.fingerprintLow(at), ordinal);
  }

  /** The slots of a shard, so many that one more message may enter. */
  #withRoom(shard: number): Uint32Array {
    const slots = this.#shards[shard];
    const share = FULL_SHARE_MIN * (1 + shard / SHARDS);
    if (slots && (this.#taken[shard] ?? 0) < slots.length * share) return slots;
    const wider = new Uint32Array(slots ? slots.length * 2 : SLOTS_MIN);
    if (slots) for (const one of slots) if (one !== 0) put(wider, this.#hash(one - 1), one - 1);
    this.#shards[shard] = wider;
    return wider;
  }
}

function hashOf(high: number, low: number, ordinal: number): number {
  return low ^ Math.imul(high, 0x9e3779b1) ^ Math.imul(ordinal - 1, 0x85ebca6b);
}

const shardOf = (hash: number): number => hash >>> (32 - SHARD_BITS);

function put(slots: Uint32Array, hash: number, number: number): void {
  const mask = slots.length - 1;
  let slot = hash & mask;
  while (slots[slot] !== 0) slot = (slot + 1) & mask;
  slots[slot] = number + 1;
}
