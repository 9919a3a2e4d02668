/**
 * A batch of envelopes as it is taken over, piece by piece: a thread gives so many at once that others
 * would wait. Imports message's batch and this folder.
 */

import type { EnvelopeBatch } from '../message/envelope-batch.ts';
import { LINK_WORDS } from '../message/message-links.ts';
import type { DistinctTexts } from './distinct-texts.ts';
import { type Columns, PRESENT, RECURRING } from './envelope-columns.ts';
import type { Links } from './links.ts';
import type { Texts } from './texts.ts';

/** Where envelopes are kept; the columns have room for those to come. */
interface Kept {
  readonly columns: Columns;
  readonly subjects: Texts;
  readonly people: DistinctTexts;
  readonly links: Links;
}

export class TakenBatch {
  readonly #batch: EnvelopeBatch;
  /** The next message, and where its subject and its links begin. */
  #next = 0;
  #subjectAt = 0;
  #linkAt = 0;
  /** The numbers that the first so many of its people have in `#texts`, and where the next one begins. */
  readonly #people: Uint32Array;
  #known = 0;
  #personAt = 0;
  #texts: DistinctTexts | null = null;

  constructor(batch: EnvelopeBatch) {
    this.#batch = batch;
    this.#people = new Uint32Array(batch.peopleBytes.length);
  }

  /** Keeps the next `count` envelopes as those of the messages from `first` on. */
  take(into: Kept, first: number, count: number): void {
    const batch = this.#batch;
    const { columns, subjects, links } = into;
    const from = this.#next;
    this.#next += count;
    columns.dates.set(batch.dates.subarray(from, this.#next), first);
    columns.kinds.set(batch.kinds.subarray(from, this.#next), first);
    columns.subjectBytes.set(batch.subjectBytes.subarray(from, this.#next), first);
    for (let index = from, number = first; index < this.#next; index++, number++) {
      const behind = this.#subjectAt + (batch.subjectBytes[index] ?? 0);
      columns.places[number] = subjects.add(batch.subjects, this.#subjectAt, behind);
      this.#subjectAt = behind;
      columns.bits[number] = (batch.bits[index] ?? 0) | PRESENT;
      const linked = batch.linkCounts[index] ?? 0;
      links.set(number, batch.links, this.#linkAt, linked);
      this.#linkAt += linked * LINK_WORDS;
    }
    this.#takeRecurring(into, from, first, count);
  }

  #takeRecurring({ columns, people }: Kept, from: number, first: number, count: number): void {
    // Where people were packed anew, they have other numbers.
    if (this.#texts !== people) [this.#texts, this.#known, this.#personAt] = [people, 0, 0];
    for (const name of RECURRING) {
      const [column, said] = [columns[name], this.#batch[name]];
      for (let index = 0; index < count; index++) {
        const person = said[from + index] ?? 0;
        if (person >= this.#known) this.#learn(people, person);
        const number = this.#people[person] ?? 0;
        // Nobody, where nobody was: few letters have a list or labels, and what is not written takes no memory.
        if (column[first + index] !== number) column[first + index] = number;
      }
    }
  }

  /** Of its people up to this one. */
  #learn(people: DistinctTexts, last: number): void {
    const { people: bytes, peopleBytes } = this.#batch;
    for (; this.#known <= last && this.#known < peopleBytes.length; this.#known++) {
      const behind = this.#personAt + (peopleBytes[this.#known] ?? 0);
      this.#people[this.#known] = people.numberOf(bytes, this.#personAt, behind);
      this.#personAt = behind;
    }
  }
}
