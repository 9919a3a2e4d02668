/**
 * What lists show of an archive's messages: their envelopes, read in large strokes while the scan is
 * still finding more, and the orders, filters and counts that are made of them.
 */

import type { Changes } from '../../catalog/changes.ts';
import { Envelopes } from '../../catalog/envelopes.ts';
import { TakenBatch } from '../../catalog/taken-batch.ts';
import { atOnce, inTurns, type Steps } from '../../../shared/steps.ts';
import type { Arrangement, Row } from '../../../shared/row.ts';
import type { SearchAnswer } from '../../../shared/search-answer.ts';
import { type Amount, type MessageNumber, messageNumber } from '../../../shared/units.ts';
import type { Mailbox } from '../../mailbox/mailbox.ts';
import type { SectionReaders } from '../../mailbox/section-readers.ts';
import type { Regenerated } from '../../mailbox/toc/contents.ts';
import { DELETED, READ } from '../../message/flags.ts';
import {
  type Arranged,
  arranged,
  arrangedSteps,
  isFileOrder,
  type Messages,
  withRest,
} from './arranging.ts';
import { arrangedThreads } from '../threads/arranging-threads.ts';
import { type Comparing, comparingOf } from './comparing.ts';
import { Counting } from './counting.ts';
import { readOne } from '../envelopes/envelope-reader.ts';
import { Copies } from '../duplicates/copies.ts';
import { EnvelopeReading, type ReadingRequest } from '../envelopes/envelope-reading.ts';
import type { EnvelopeWorkers } from '../envelopes/envelope-workers.ts';
import { Grouping } from './grouping.ts';
import { dependsOnOthers } from './narrowing.ts';
import { answerOf, isOfEvery, type Question, Questions } from './question.ts';
import { ThreadKeeping } from '../threads/thread-keeping.ts';
import { shownRow } from './shown-row.ts';
import type { ThreadList } from '../threads/thread-list.ts';
import type { ViewSource } from './view-source.ts';

/** What changes while it is sorted is sorted again, so often; then at once, while all others wait. */
const TRIES_MAX = 3;

const NONE_COUNTED = { read: 0, amount: { messages: 0, bytes: 0 } };

export class Listing implements ViewSource {
  readonly #mailbox: Mailbox;
  readonly #workers: EnvelopeWorkers;
  #envelopes = new Envelopes();
  #read = 0;
  #reading: Promise<void> = Promise.resolve();
  /** So many readings are under way, or wait. */
  #readings = 0;
  /** Counted so far: only what was read since is looked at again. */
  #deleted: { readonly read: number; readonly amount: Amount } = NONE_COUNTED;
  #flagged = { revision: -1, deleted: 0, amount: NONE_COUNTED.amount };
  readonly threads = new ThreadKeeping(this);
  readonly questions = new Questions();
  readonly counting = new Counting(this);
  readonly grouping = new Grouping();
  /** What is there more than once, as it was found last. */
  readonly copies = new Copies(this);

  constructor(mailbox: Mailbox, workers: EnvelopeWorkers) {
    this.#mailbox = mailbox;
    this.#workers = workers;
  }

  /** What lists show, to be kept in a catalog. */
  get envelopes(): Envelopes {
    return this.#envelopes;
  }

  /** So many envelopes have been read, from the first message on. */
  get read(): number {
    const { count } = this;
    while (this.#read < count && this.#envelopes.has(this.#read)) this.#read += 1;
    return Math.min(this.#read, count);
  }

  get count(): number {
    return this.#mailbox.table.count;
  }

  bytesOf(number: MessageNumber): number {
    return this.#mailbox.table.length(number);
  }

  headerBytesOf(number: MessageNumber): number {
    return this.#mailbox.table.headerLength(number);
  }

  /** Grows whenever messages are marked for deletion, or no longer. */
  get markRevision(): number {
    return this.#mailbox.marks.revision;
  }

  /** Forgets everything: the archive is read from the start. */
  clear(): void {
    this.#envelopes.truncate(0);
    this.#read = 0;
    this.threads.forget();
    this.copies.forget();
    this.#deleted = NONE_COUNTED;
  }

  /** Starts with the envelopes of the first messages, as they were read at another time. */
  adopt(envelopes: Envelopes): void {
    this.clear();
    this.#envelopes = envelopes;
    this.#read = envelopes.count;
  }

  /**
   * The table was made anew.
   * @returns for each message the number of the one it is, or that it is an edit of, if numbers have
   *   changed
   */
  renumber({ renumbering }: Regenerated): Int32Array | null {
    if (renumbering.renumber === 'none') {
      // What was appended may have made the last message longer.
      this.changes.note(renumbering.unchanged - 1);
      this.#envelopes.truncate(renumbering.unchanged);
      this.copies.truncate(renumbering.unchanged);
      this.#read = Math.min(this.#read, renumbering.unchanged);
      return null;
    }
    this.#deleted = NONE_COUNTED;
    this.#envelopes.reorder(renumbering.oldNumbers);
    this.threads.renumber(renumbering.oldNumbers);
    this.copies.renumber(renumbering.oldNumbers);
    this.#read = 0;
    return renumbering.ancestors;
  }

  /** Threads that scan sections of the archive, and whose envelopes are kept here. */
  sectionReaders(onRead: () => void): SectionReaders | null {
    const workers = this.#workers;
    if (!workers.usable) return null;
    return {
      get room() {
        return workers.usable ? workers.room('done') : 0;
      },
      scan: async (request) => {
        const read = await workers.readSection(request);
        if (!read) return null;
        const { found, envelopes } = read;
        const batch = new TakenBatch(envelopes);
        const onTaken = (first: MessageNumber, count: number): void => {
          this.#envelopes.adoptNext(first, batch, count);
          onRead();
        };
        return { ...found, onTaken };
      },
    };
  }

  /** Reads envelopes until there are no more messages without one, or it is over. */
  async readAll(request: ReadingRequest): Promise<void> {
    // One reading at a time: another one would decode the same again.
    const before = this.#reading;
    const reading = before.then(() => {
      if (this.read >= this.count && !request.isGrowing()) return undefined;
      return new EnvelopeReading(this.#mailbox, this.#envelopes, this.#workers, request).run();
    });
    this.#reading = reading.catch(() => undefined);
    this.#readings += 1;
    await reading.finally(() => {
      this.#readings -= 1;
    });
  }

  /** Settles when no envelopes are being read: the file can be closed. */
  async settled(): Promise<void> {
    await this.#reading;
  }

  /** A row of a list; its envelope is read now if it was not before. */
  async row(number: MessageNumber, selected: boolean): Promise<Row> {
    const mailbox = this.#mailbox;
    const envelopes = this.#envelopes;
    if (!envelopes.has(number)) await readOne(mailbox, envelopes, number);
    return { ...shownRow(mailbox, envelopes, number), marked: this.isMarked(number), selected };
  }

  /** The messages that fit, by row, in steps. */
  arrangedSteps(arrangement: Arrangement, question: Question): Steps<Arranged> {
    return arrangedSteps(arrangement, this.#messages(), question);
  }

  /** Message numbers by row; null for the whole file in its own order. Texts are not asked. */
  arranged(arrangement: Arrangement): Uint32Array | null {
    return arranged(arrangement, this.#messages());
  }

  /**
   * As `arranged`, in short turns between which others have theirs. While envelopes are being read,
   * messages behind the first one without an envelope come behind all others.
   * @param isWanted asked now and then: if not, it ends
   * @param take called once, with what is true at that moment
   */
  async arrangedInTurns(
    arrangement: Arrangement,
    isWanted: () => boolean,
    take: (numbers: Uint32Array | null, search: SearchAnswer | null) => void,
  ): Promise<void> {
    if (isFileOrder(arrangement)) return take(null, null);
    for (let tries = 0; ; tries++) {
      const isStill = this.#asItIs();
      const question = await this.questions.asked(arrangement.query, isWanted);
      if (!question) return undefined;
      const takeMade = (made: Arranged): void => {
        const isEmpty = isOfEvery(question) && question.hints.length === 0;
        take(made.numbers, isEmpty ? null : answerOf(question, made.unknown, this.count));
      };
      const all = this.#messages();
      if (tries === TRIES_MAX) {
        // Whatever texts have answered may be said of other messages by now.
        const alone = isStill(0) ? question : this.questions.alone(arrangement.query);
        return takeMade(atOnce(arrangedSteps(arrangement, all, alone)));
      }
      // Who asks what each message is need not wait for all of them.
      if (dependsOnOthers(arrangement.narrowed)) await this.copies.prepare();
      const count = this.#readings > 0 ? this.read : this.count;
      const made = await inTurns(arrangedSteps(arrangement, { ...all, count }, question), isWanted);
      if (!made) return undefined;
      if (!isStill(count)) continue;
      return takeMade(withRest(made.value, count, arrangement, this.#messages(), question));
    }
  }

  /** @returns a function that tells whether the first `count` messages are what they were */
  #asItIs(): (count: number) => boolean {
    const { changes } = this;
    const { revision } = changes;
    const { revision: markRevision } = this.#mailbox.marks;
    return (count) =>
      this.changes === changes &&
      this.count >= count &&
      changes.since(revision) >= count &&
      this.#mailbox.marks.revision === markRevision;
  }

  /** The same messages by thread. */
  byThread(arrangement: Arrangement, fitting: Uint32Array | null): ThreadList {
    return arrangedThreads(arrangement, this.#messages(), this.threads.now(), fitting);
  }

  /** Which messages of a list stand above which others; for `View`, that inserts what has come. */
  comparing(arrangement: Arrangement): Comparing | null {
    const question = this.questions.alone(arrangement.query);
    // What texts say is asked anew.
    return question.isOfTexts ? null : comparingOf(arrangement, this.#messages(), question);
  }

  /** What has changed, and from which message on. */
  get changes(): Changes {
    return this.#envelopes.changes;
  }

  /** What is flagged deleted inside the file, of the envelopes that have been read. */
  deleted(): Amount {
    const all = this.read;
    let { read, amount } = this.#deleted;
    let { messages, bytes } = amount;
    // The last message is never counted for good: what is appended may belong to it.
    for (; read < all; read++) {
      if (read === all - 1) this.#deleted = { read, amount: { messages, bytes } };
      if (!this.#isFlagged(messageNumber(read))) continue;
      messages += 1;
      bytes += this.bytesOf(messageNumber(read));
    }
    return { messages, bytes };
  }

  /** What is flagged deleted and not marked here: what a compaction could remove besides. */
  flagged(): Amount {
    const all = this.deleted();
    const { pending, marks, keys } = this.#mailbox;
    if (pending.size === 0 || all.messages === 0) return all;
    const { revision, deleted, amount } = this.#flagged;
    if (revision === marks.revision && deleted === all.messages) return amount;
    let { messages, bytes } = all;
    for (const [of, marked] of pending) {
      const number = keys.numberOf(of);
      if (number === null || !this.#isFlagged(number)) continue;
      messages -= 1;
      bytes -= marked.bytes;
    }
    this.#flagged = {
      revision: marks.revision,
      deleted: all.messages,
      amount: { messages, bytes },
    };
    return this.#flagged.amount;
  }

  /** Those of some messages that are flagged deleted inside the file. */
  flaggedOf(numbers: readonly MessageNumber[]): MessageNumber[] {
    return numbers.filter((number) => this.#isFlagged(number));
  }

  #isFlagged(number: MessageNumber): boolean {
    return (this.#envelopes.flags(number) & DELETED) !== 0;
  }

  /** The messages that are flagged deleted inside the file, of those whose envelopes have been read. */
  flaggedDeleted(): MessageNumber[] {
    const numbers: MessageNumber[] = [];
    const { read } = this;
    for (let number = 0; number < read; number++) {
      const at = messageNumber(number);
      if ((this.#envelopes.flags(at) & DELETED) !== 0) numbers.push(at);
    }
    return numbers;
  }

  isUnread(number: MessageNumber): boolean {
    return this.#envelopes.has(number) && (this.#envelopes.flags(number) & READ) === 0;
  }

  isMarked(number: MessageNumber): boolean {
    const { pending, keys } = this.#mailbox;
    return pending.size > 0 && pending.has(keys.keyOf(number));
  }

  /** Every message that is marked for deletion. */
  *marked(): Iterable<MessageNumber> {
    const { pending, keys } = this.#mailbox;
    for (const of of pending.keys()) {
      const number = keys.numberOf(of);
      if (number !== null) yield number;
    }
  }

  #messages(): Messages {
    return {
      count: this.count,
      envelopes: this.#envelopes,
      bytesOf: (number) => this.bytesOf(number),
      isMarked: (number) => this.isMarked(number),
      copyOf: (number) => this.copies.copyOf(number),
    };
  }
}
