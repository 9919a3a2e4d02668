/**
 * Writes envelopes into the columns of a batch, one message behind the other. Imports the batch and the links.
 * Memory grows with what is written and is the batch's own when it is done.
 */

import {
  ASCII_SUBJECT_BIT,
  type EnvelopeBatch,
  FLAG_BITS,
  TEXT_BYTES_MAX,
  TEXT_LENGTH_MAX,
} from './envelope-batch.ts';
import { grown } from '../../shared/grown.ts';
import { LINK_WORDS, LINKS_MAX } from './message-links.ts';

const SUBJECT_BYTES_GUESS = 48;
const PEOPLE_GUESS = 256;
const PERSON_BYTES_GUESS = 24;
const LINKS_GUESS = 3;

/** What recurs from message to message, by the numbers that `person` gave. */
export interface Recurring {
  readonly from: number;
  readonly to: number;
  readonly cc: number;
  readonly list: number;
  readonly labels: number;
}

export class BatchWriter {
  #dates: Float64Array<ArrayBuffer>;
  #bits: Uint8Array<ArrayBuffer>;
  #kinds: Uint8Array<ArrayBuffer>;
  #from: Uint32Array<ArrayBuffer>;
  #to: Uint32Array<ArrayBuffer>;
  #cc: Uint32Array<ArrayBuffer>;
  #list: Uint32Array<ArrayBuffer>;
  #labels: Uint32Array<ArrayBuffer>;
  #subjectBytes: Uint16Array<ArrayBuffer>;
  #subjects: Buffer<ArrayBuffer>;
  #subjectsUsed = 0;
  /** Of the message to come. */
  #subjectBit = 0;
  #people = Buffer.allocUnsafeSlow(PEOPLE_GUESS * PERSON_BYTES_GUESS + TEXT_BYTES_MAX);
  #peopleUsed = 0;
  #peopleBytes = new Uint16Array(PEOPLE_GUESS);
  #linkCounts: Uint8Array<ArrayBuffer>;
  #links: Uint32Array<ArrayBuffer>;
  #linksUsed = 0;
  /** Person 0 is nobody. */
  #peopleCount = 1;
  #count = 0;

  /** @param messages there is room for so many at first */
  constructor(messages: number) {
    const capacity = messages + 1;
    this.#dates = new Float64Array(capacity);
    this.#bits = new Uint8Array(capacity);
    this.#kinds = new Uint8Array(capacity);
    this.#from = new Uint32Array(capacity);
    this.#to = new Uint32Array(capacity);
    this.#cc = new Uint32Array(capacity);
    this.#list = new Uint32Array(capacity);
    this.#labels = new Uint32Array(capacity);
    this.#subjectBytes = new Uint16Array(capacity);
    this.#linkCounts = new Uint8Array(capacity);
    this.#links = new Uint32Array((messages * LINKS_GUESS + LINKS_MAX) * LINK_WORDS);
    this.#subjects = Buffer.allocUnsafeSlow(messages * SUBJECT_BYTES_GUESS + TEXT_BYTES_MAX);
  }

  /** Adds a text that recurs: a correspondent, a list, labels. @returns its number in this batch */
  person(bytes: Uint8Array, from: number, to: number): number {
    if (from === to) return 0;
    if (this.#peopleUsed + (to - from) > this.#people.length) {
      this.#people = wider(this.#people, this.#peopleUsed);
    }
    if (this.#peopleCount === this.#peopleBytes.length) {
      const more = new Uint16Array(this.#peopleCount * 2);
      more.set(this.#peopleBytes);
      this.#peopleBytes = more;
    }
    for (let at = from; at < to; at++) this.#people[this.#peopleUsed++] = bytes[at] ?? 0;
    this.#peopleBytes[this.#peopleCount] = to - from;
    return this.#peopleCount++;
  }

  /** Writes the subject of the message to come, decoded. */
  subject(text: string): void {
    this.#makeRoom();
    const kept = text.slice(0, TEXT_LENGTH_MAX);
    const bytes = this.#subjects.write(kept, this.#subjectsUsed, 'utf8');
    this.#subjectBit = bytes === kept.length ? ASCII_SUBJECT_BIT : 0;
    this.#subjectEnds(this.#subjectsUsed + bytes);
  }

  /**
   * The same for a value that is plain ASCII: runs of white space become one space.
   * @returns false if it is not that plain; nothing was written then
   */
  plainSubject(bytes: Uint8Array, from: number, to: number): boolean {
    this.#makeRoom();
    const subjects = this.#subjects;
    const start = this.#subjectsUsed;
    const last = start + TEXT_LENGTH_MAX;
    let end = start;
    let space = false;
    for (let at = from; at < to; at++) {
      const byte = bytes[at] ?? 0;
      if (byte === SPACE || byte === LF || byte === CR || byte === TAB) {
        space = end > start;
        continue;
      }
      if (byte < SPACE || byte >= DELETE) return false;
      // What may be an encoded word is not plain.
      if (byte === QUESTION && bytes[at - 1] === EQUALS) return false;
      if (space && end < last) subjects[end++] = SPACE;
      space = false;
      if (end < last) subjects[end++] = byte;
    }
    this.#subjectBit = ASCII_SUBJECT_BIT;
    this.#subjectEnds(end);
    return true;
  }

  /** Writes the links of the message to come. @param count no more than `LINKS_MAX` */
  links(words: Uint32Array, count: number): void {
    const used = this.#linksUsed;
    const wanted = count * LINK_WORDS;
    if (used + wanted > this.#links.length) {
      const more = new Uint32Array((this.#links.length + wanted) * 2);
      more.set(this.#links);
      this.#links = more;
    }
    for (let at = 0; at < wanted; at++) this.#links[used + at] = words[at] ?? 0;
    this.#linksUsed = used + wanted;
    this.#linkCounts[this.#count] = count;
  }

  /**
   * Writes the rest of the message; its subject and its links are written before.
   * @param flags bits of `flags.ts`
   * @param kinds of attachments that it carries
   */
  message(date: number, flags: number, kinds: number, recurring: Recurring): void {
    const { from, to, cc, list, labels } = recurring;
    const number = this.#count++;
    if (this.#count === this.#dates.length) this.#widen();
    this.#dates[number] = date;
    this.#bits[number] = (flags & FLAG_BITS) | this.#subjectBit;
    this.#kinds[number] = kinds;
    this.#from[number] = from;
    this.#to[number] = to;
    this.#cc[number] = cc;
    this.#list[number] = list;
    this.#labels[number] = labels;
  }

  /** Room for the next message is there before its subject is written. */
  #widen(): void {
    const capacity = this.#count * 2;
    this.#dates = grown(this.#dates, capacity);
    this.#bits = grown(this.#bits, capacity);
    this.#kinds = grown(this.#kinds, capacity);
    this.#from = grown(this.#from, capacity);
    this.#to = grown(this.#to, capacity);
    this.#cc = grown(this.#cc, capacity);
    this.#list = grown(this.#list, capacity);
    this.#labels = grown(this.#labels, capacity);
    this.#subjectBytes = grown(this.#subjectBytes, capacity);
    this.#linkCounts = grown(this.#linkCounts, capacity);
  }

  done(): EnvelopeBatch {
    const count = this.#count;
    return {
      dates: this.#dates.subarray(0, count),
      bits: this.#bits.subarray(0, count),
      kinds: this.#kinds.subarray(0, count),
      from: this.#from.subarray(0, count),
      to: this.#to.subarray(0, count),
      cc: this.#cc.subarray(0, count),
      list: this.#list.subarray(0, count),
      labels: this.#labels.subarray(0, count),
      subjects: new Uint8Array(this.#subjects.buffer, 0, this.#subjectsUsed),
      subjectBytes: this.#subjectBytes.subarray(0, count),
      people: new Uint8Array(this.#people.buffer, 0, this.#peopleUsed),
      peopleBytes: this.#peopleBytes.subarray(0, this.#peopleCount),
      links: this.#links.subarray(0, this.#linksUsed),
      linkCounts: this.#linkCounts.subarray(0, count),
    };
  }

  #makeRoom(): void {
    if (this.#subjectsUsed + TEXT_BYTES_MAX > this.#subjects.length) {
      this.#subjects = wider(this.#subjects, this.#subjectsUsed);
    }
  }

  #subjectEnds(end: number): void {
    this.#subjectBytes[this.#count] = end - this.#subjectsUsed;
    this.#subjectsUsed = end;
  }
}

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const EQUALS = 0x3d;
const QUESTION = 0x3f;
const DELETE = 0x7f;

function wider(bytes: Buffer, used: number): Buffer<ArrayBuffer> {
  const more = Buffer.allocUnsafeSlow(bytes.length * 2 + TEXT_BYTES_MAX);
  bytes.copy(more, 0, 0, used);
  return more;
}
