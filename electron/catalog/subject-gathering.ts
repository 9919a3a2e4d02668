/**
 * First messages of threads that belong together by their subjects (step 5 of the algorithm in
 * `threading.ts`). Imports its neighbours.
 *
 * A reply goes below the latest message before it that has the same base subject and is no reply; if
 * there is none before it, below the first one after it, since clocks go wrong; if there is none at
 * all, below the oldest reply.
 */

import { SubjectHash } from './base-subject.ts';
import { grown } from '../../shared/grown.ts';
import type { Envelopes } from './envelopes.ts';
import { IdTable } from './id-table.ts';

const SUBJECTS_MIN = 256;

export class SubjectGathering {
  readonly #envelopes: Envelopes;
  /** The message above each message; negative where there is none. */
  readonly #above: Int32Array;
  readonly #subject = new SubjectHash();
  readonly #ids: IdTable;
  /** For replies to nothing that came before: one more than the number of the subject. */
  readonly #waiting: Uint32Array;
  #subjects = 0;
  /** By subject, one more than a message: the latest that is no reply, the first, the first reply. */
  #latest = new Uint32Array(SUBJECTS_MIN);
  #first = new Uint32Array(SUBJECTS_MIN);
  #reply = new Uint32Array(SUBJECTS_MIN);

  constructor(envelopes: Envelopes, above: Int32Array, count: number) {
    this.#envelopes = envelopes;
    this.#above = above;
    this.#ids = new IdTable(Math.ceil(count / 4));
    this.#waiting = new Uint32Array(count);
  }

  /** Takes the next first message of a thread; to be called in the order of dates. */
  add(number: number): void {
    if (!this.#envelopes.has(number)) return;
    const { block, from, to } = this.#envelopes.subjectPlace(number);
    const subject = this.#subject;
    subject.read(block, from, to);
    if (subject.isEmpty) return;
    const known = this.#ids.numberOf(subject.low, subject.high, this.#subjects);
    if (known === this.#subjects) this.#addSubject();
    const latest = this.#latest[known] ?? 0;
    if (!subject.isReply) {
      this.#latest[known] = number + 1;
      if (latest === 0) this.#first[known] = number + 1;
    } else if (latest > 0) {
      this.#above[number] = latest - 1;
    } else {
      this.#waiting[number] = known + 1;
      if (this.#reply[known] === 0) this.#reply[known] = number + 1;
    }
  }

  /** When all were added: where a reply to nothing that came before goes. */
  join(number: number): void {
    const subject = (this.#waiting[number] ?? 0) - 1;
    if (subject < 0) return;
    const first = (this.#first[subject] || this.#reply[subject]) ?? 0;
    if (first !== number + 1) this.#above[number] = first - 1;
  }

  #addSubject(): void {
    this.#subjects += 1;
    if (this.#subjects < this.#latest.length) return;
    const room = this.#subjects * 2;
    this.#latest = grown(this.#latest, room);
    this.#first = grown(this.#first, room);
    this.#reply = grown(this.#reply, room);
  }
}
