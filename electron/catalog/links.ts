/**
 * The ids of messages and of those they refer to, as hashes, in columns: what threads are made of.
 * Imports its neighbours, the layout of links and how columns grow.
 *
 * Five bytes a message and eight an id; ids lie in blocks, one message behind the other. Reading is
 * safe whatever the columns hold, since they may come from a file: what is not there reads as zero,
 * which is no id.
 */

import { LINK_WORDS } from '../message/message-links.ts';
import { closeGaps, sumOfGaps } from './gaps.ts';
import { grown } from '../../shared/grown.ts';
import { type Bytes, blocksOf, viewed } from './stored-columns.ts';

const BLOCK_LINKS = 1 << 19;
const BLOCK_WORDS = BLOCK_LINKS * LINK_WORDS;
const REPACK_LINKS_MIN = 1 << 21;

export class Links {
  #counts = new Uint8Array(0);
  #places = new Uint32Array(0);
  /** Blocks that were restored may be shorter; they are full then. */
  #blocks: Uint32Array[] = [];
  #used = BLOCK_WORDS;
  /** Links that no message has any more. */
  #lost = 0;

  /** Null if the columns do not fit together. */
  static restored(columns: Bytes, count: number): Links | null {
    const counts = viewed(columns, 'link-counts', Uint8Array, count);
    const places = viewed(columns, 'link-places', Uint32Array, count);
    const blocks = blocksOf(columns, 'link-words').map((block) => words(block));
    if (!counts || !places) return null;
    const links = new Links();
    links.#counts = counts;
    links.#places = places;
    for (const block of blocks) {
      if (!block || block.length > BLOCK_WORDS) return null;
      links.#blocks.push(block);
    }
    return links;
  }

  /** All of it as bytes, by name: views, not copies. */
  columns(count: number): Bytes {
    const columns = new Map<string, Uint8Array>();
    const keep = (name: string, { buffer, byteOffset, byteLength }: Uint8Array | Uint32Array) =>
      columns.set(name, new Uint8Array(buffer, byteOffset, byteLength));
    keep('link-counts', this.#counts.subarray(0, count));
    keep('link-places', this.#places.subarray(0, count));
    const last = this.#blocks.length - 1;
    for (const [at, block] of this.#blocks.entries()) {
      keep(`link-words-${at}`, at === last ? block.subarray(0, this.#used) : block);
    }
    return columns;
  }

  /** How many links a message has: its own id, zero if it has none, and those it refers to. */
  count(number: number): number {
    return this.#counts[number] ?? 0;
  }

  /** The words in which the links of a message lie, from `start` on. */
  block(number: number): Uint32Array {
    return this.#blocks[Math.floor((this.#places[number] ?? 0) / BLOCK_LINKS)] ?? NO_WORDS;
  }

  start(number: number): number {
    return ((this.#places[number] ?? 0) % BLOCK_LINKS) * LINK_WORDS;
  }

  /** Keeps the links of a message, in place of those it had. @param from where in `links` they begin */
  set(number: number, links: Uint32Array, from: number, count: number): void {
    this.#lost += this.#counts[number] ?? 0;
    this.#counts[number] = count;
    this.#places[number] = this.#add(links, from, count);
  }

  growTo(capacity: number): void {
    this.#counts = grown(this.#counts, capacity);
    this.#places = grown(this.#places, capacity);
  }

  forget(number: number): void {
    this.#lost += this.#counts[number] ?? 0;
    this.#counts[number] = 0;
  }

  /** @param oldNumbers for each new number the old one, or -1 @param capacity of the new columns */
  reorder(oldNumbers: Int32Array, capacity: number): void {
    const [counts, places] = [new Uint8Array(capacity), new Uint32Array(capacity)];
    for (let number = 0; number < oldNumbers.length; number++) {
      const old = oldNumbers[number] ?? -1;
      if (old < 0) continue;
      counts[number] = this.#counts[old] ?? 0;
      places[number] = this.#places[old] ?? 0;
      this.#counts[old] = 0;
    }
    // What is left belongs to messages that are gone.
    for (const count of this.#counts) this.#lost += count;
    this.#counts = counts;
    this.#places = places;
  }

  /** Messages are gone, and the others stay in order (`gaps.ts`). @param count of messages before */
  closeUp(runs: Int32Array, count: number): void {
    this.#lost += sumOfGaps(this.#counts, runs, count);
    closeGaps(this.#counts, runs, count);
    closeGaps(this.#places, runs, count);
  }

  /** Copies the links still in use, once more than half is not. */
  repackIfWorth(): void {
    if (this.#lost < REPACK_LINKS_MIN) return;
    if (this.#lost * 2 * LINK_WORDS < this.#blocks.length * BLOCK_WORDS) return;
    const packed = new Links();
    for (let number = 0; number < this.#counts.length; number++) {
      const count = this.count(number);
      if (count > 0)
        this.#places[number] = packed.#add(this.block(number), this.start(number), count);
    }
    this.#blocks = packed.#blocks;
    this.#used = packed.#used;
    this.#lost = 0;
  }

  /** @returns the place of the first */
  #add(links: Uint32Array, from: number, count: number): number {
    const wanted = count * LINK_WORDS;
    if (this.#used + wanted > BLOCK_WORDS) {
      // Not filled with zeroes: what is read was written before.
      this.#blocks.push(new Uint32Array(Buffer.allocUnsafeSlow(BLOCK_WORDS * 4).buffer));
      this.#used = 0;
    }
    const block = this.#blocks.at(-1) ?? NO_WORDS;
    const place = (this.#blocks.length - 1) * BLOCK_LINKS + this.#used / LINK_WORDS;
    for (let at = 0; at < wanted; at++) block[this.#used + at] = links[from + at] ?? 0;
    this.#used += wanted;
    return place;
  }
}

const NO_WORDS = new Uint32Array(0);

const words = (bytes: Uint8Array): Uint32Array | null =>
  viewed(new Map([['words', bytes]]), 'words', Uint32Array);
