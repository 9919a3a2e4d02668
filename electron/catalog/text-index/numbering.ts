/**
 * Which document of the index is the text of which message. Columns of numbers, no object for any of
 * them. Imports types of mailbox.
 *
 * Messages are known by their fingerprints: whatever another program did to an archive, each message
 * that is still there finds its document, among equal ones in their order. (Those have the same header,
 * length and end, and are taken to have the same text.)
 */

import type { Table } from '../../mailbox/toc/table.ts';
import { messageNumber } from '../../../shared/units.ts';
import { inStretches, type Steps } from '../../../shared/steps.ts';
import type { Documents } from './text-database.ts';

const ROOM_MIN = 1024;
const FREE = 0;

export class Numbering {
  /** By document: the fingerprint of its message; 0, 0 for one that is gone. */
  #fingerprints = new Uint32Array(2 * ROOM_MIN);
  /** One more than the last document. */
  #next = 1;
  /** By message: its document; 0 if its text is not indexed. */
  #documents = new Uint32Array(ROOM_MIN);
  #messages = 0;
  #covered = 0;
  /** By document: whether it is a message's. */
  #isTaken = new Uint8Array(ROOM_MIN);
  #taken = 0;
  #gone = 0;

  /** Messages whose text is indexed. */
  get covered(): number {
    return this.#covered;
  }

  /** One more than the last document. */
  get next(): number {
    return this.#next;
  }

  /** Documents that are no message's: of those that are gone, or that have yet to be looked for. */
  get idle(): number {
    return this.#next - 1 - this.#gone - this.#taken;
  }

  /** The document of a message; 0 if its text is not indexed. */
  documentOf(number: number): number {
    return number < this.#messages ? (this.#documents[number] ?? FREE) : FREE;
  }

  /** More documents, numbered on from `first`. */
  append({ first, fingerprints }: Documents): void {
    const next = first + fingerprints.length / 2;
    if (next > this.#isTaken.length) {
      const room = Math.max(next, 2 * this.#isTaken.length);
      const wider = new Uint32Array(2 * room);
      wider.set(this.#fingerprints);
      this.#fingerprints = wider;
      const taken = new Uint8Array(room);
      taken.set(this.#isTaken);
      this.#isTaken = taken;
    }
    this.#fingerprints.set(fingerprints, 2 * first);
    for (let at = 0; at < fingerprints.length; at += 2) {
      if (fingerprints[at] === 0 && fingerprints[at + 1] === 0) this.#gone += 1;
    }
    // Numbers between were never given to anybody.
    this.#gone += first - this.#next;
    this.#next = next;
  }

  /** A document is the text of a message, if neither has another one. */
  assign(number: number, document: number): void {
    this.#roomFor(number + 1);
    if (this.#documents[number] !== FREE || this.#isTaken[document] === 1) return;
    this.#documents[number] = document;
    this.#isTaken[document] = 1;
    this.#covered += 1;
    this.#taken += 1;
  }

  /** The first `unchanged` messages are as they were; others are looked for again. */
  truncate(unchanged: number): void {
    for (let number = unchanged; number < this.#messages; number++) this.#release(number);
    this.#messages = Math.min(this.#messages, unchanged);
  }

  /** The table was made anew. @param oldNumbers for each message the number it had, or -1 */
  renumber(oldNumbers: Int32Array): void {
    const before = this.#documents;
    const messages = this.#messages;
    const documents = new Uint32Array(Math.max(ROOM_MIN, oldNumbers.length));
    this.#isTaken.fill(0);
    this.#covered = 0;
    for (let number = 0; number < oldNumbers.length; number++) {
      const old = oldNumbers[number] ?? -1;
      const document = old >= 0 && old < messages ? (before[old] ?? FREE) : FREE;
      if (document === FREE) continue;
      documents[number] = document;
      this.#isTaken[document] = 1;
      this.#covered += 1;
    }
    this.#taken = this.#covered;
    this.#documents = documents;
    this.#messages = oldNumbers.length;
  }

  /**
   * Finds documents for messages that have none. In steps: of no use if the table is another one
   * meanwhile; then what was found stands, and it is to be begun anew.
   */
  *match(table: Table, isStill: () => boolean): Steps<void> {
    if (this.idle === 0 || this.#covered === table.count) return;
    const slots = new Int32Array(slotsFor(this.idle));
    const mask = slots.length - 1;
    /** Of equal documents the next one. */
    const following = new Int32Array(this.#next);
    const words = this.#fingerprints;
    const slotOf = (high: number, low: number): number => {
      let slot = Math.imul(high ^ (low >>> 7), 0x9e3779b1) >>> 1;
      for (slot &= mask; ; slot = (slot + 1) & mask) {
        const first = slots[slot] ?? 0;
        if (first === 0 || (words[2 * first] === high && words[2 * first + 1] === low)) return slot;
      }
    };
    // From the last on, so that the first of equal ones is met first.
    yield* inStretches(1, this.#next, (from, to) => {
      for (let at = from; at < to; at++) {
        const document = this.#next - at;
        const [high, low] = [words[2 * document] ?? 0, words[2 * document + 1] ?? 0];
        if (this.#isTaken[document] === 1 || (high === 0 && low === 0)) continue;
        const slot = slotOf(high, low);
        following[document] = slots[slot] ?? 0;
        slots[slot] = document;
      }
    });
    this.#roomFor(table.count);
    yield* inStretches(0, table.count, (from, to) => {
      if (!isStill()) return;
      for (let at = from; at < to; at++) {
        if (this.#documents[at] !== FREE) continue;
        const number = messageNumber(at);
        const slot = slotOf(table.fingerprintHigh(number), table.fingerprintLow(number));
        let document = slots[slot] ?? 0;
        while (document !== 0 && this.#isTaken[document] === 1) document = following[document] ?? 0;
        if (document === 0) continue;
        this.assign(at, document);
        // The slot keeps its key by its first document.
        following[slots[slot] ?? 0] = following[document] ?? 0;
      }
    });
  }

  /** Documents that are no message's, some of them. */
  idleDocuments(max: number): Uint32Array<ArrayBuffer> {
    const idle: number[] = [];
    const words = this.#fingerprints;
    for (let document = 1; document < this.#next && idle.length < max; document++) {
      const isGone = words[2 * document] === 0 && words[2 * document + 1] === 0;
      if (!isGone && this.#isTaken[document] !== 1) idle.push(document);
    }
    return Uint32Array.from(idle);
  }

  /** Documents were dropped. */
  forget(documents: Uint32Array): void {
    for (const document of documents) {
      this.#fingerprints.fill(0, 2 * document, 2 * document + 2);
      this.#gone += 1;
    }
  }

  #release(number: number): void {
    const document = this.#documents[number] ?? FREE;
    this.#documents[number] = FREE;
    if (document === FREE) return;
    this.#isTaken[document] = 0;
    this.#covered -= 1;
    this.#taken -= 1;
  }

  #roomFor(messages: number): void {
    if (messages > this.#documents.length) {
      const wider = new Uint32Array(Math.max(messages, 2 * this.#documents.length));
      wider.set(this.#documents);
      this.#documents = wider;
    }
    this.#messages = Math.max(this.#messages, messages);
  }
}

/** At most half of them are in use. */
function slotsFor(documents: number): number {
  let slots = ROOM_MIN;
  while (slots < 2 * documents) slots *= 2;
  return slots;
}
