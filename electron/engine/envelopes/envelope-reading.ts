/**
 * Reads the envelopes of an archive behind the scan: other threads decode them in batches, several at
 * a time, while the scan goes on finding more; of a small archive the engine reads them itself.
 *
 * Batches may come back in any order, or for a table that is no longer the one they were cut from, or
 * from a file that another program has changed meanwhile: those are dropped, and cut anew when the
 * file has been looked at again. No envelope is ever given to another message than its own.
 */

import type { Envelopes } from '../../catalog/envelopes.ts';
import type { Mailbox } from '../../mailbox/mailbox.ts';
import type { Table } from '../../mailbox/toc/table.ts';
import type { EnvelopeBatch } from '../../message/envelope-batch.ts';
import { StrokeReader } from './envelope-reader.ts';
import type { EnvelopeWorkers } from './envelope-workers.ts';

/** While the scan is behind, it is asked again after so long. */
const WAIT_MS = 5;
/** A batch: what a thread decodes in a few milliseconds. */
const BATCH_MESSAGES = 4096;
/** A file that is another one each time is left to the next look after so many. */
const LOOKS_MAX = 5;
/** What a window shows first: it is read before anything else. */
const FIRST_MESSAGES = 100;
/** For fewer than this no thread is started. */
const WORTH_A_THREAD = 2000;

export interface ReadingRequest {
  /** True while more messages may come. */
  readonly isGrowing: () => boolean;
  readonly isOver: () => boolean;
  /** Called when envelopes have come. */
  readonly onRead: () => void;
  /** The file is not what the table says: looks at it again. */
  readonly lookAgain: () => Promise<unknown>;
}

export class EnvelopeReading {
  readonly #mailbox: Mailbox;
  readonly #envelopes: Envelopes;
  readonly #workers: EnvelopeWorkers;
  readonly #request: ReadingRequest;
  readonly #strokes = new StrokeReader();
  readonly #underWay = new Set<Promise<void>>();
  /** Up to here batches have been cut, of this table. */
  #cut = 0;
  #table: Table | null = null;
  /** Something was dropped because the file is another by now. */
  #stale = false;
  /** So often the file was looked at again, and nothing could be read since. */
  #looks = 0;
  #failure: { readonly error: unknown } | null = null;

  constructor(
    mailbox: Mailbox,
    envelopes: Envelopes,
    workers: EnvelopeWorkers,
    request: ReadingRequest,
  ) {
    this.#mailbox = mailbox;
    this.#envelopes = envelopes;
    this.#workers = workers;
    this.#request = request;
  }

  /** Reads until every message has its envelope and no more come, or it is over. @throws IO */
  async run(): Promise<void> {
    const { isOver } = this.#request;
    while (!isOver() && !this.#failure) {
      if (this.#stale && !(await this.#lookAgain())) break;
      const ready = this.#ready();
      // Nobody waits for a thread to start, or for a whole batch, to see something.
      if (ready > 0 && this.#cut === 0) await this.#readHere(FIRST_MESSAGES);
      else if (!(await this.#goOn(ready))) break;
    }
    await Promise.all(this.#underWay);
    if (this.#failure) throw this.#failure.error;
  }

  /** @returns false if there is nothing to be read or waited for */
  async #goOn(ready: number): Promise<boolean> {
    const { isGrowing } = this.#request;
    if (this.#isWorthAThread(ready) && (await this.#send())) return true;
    if (this.#underWay.size > 0) await Promise.race(this.#underWay);
    else if (ready > 0 && !(isGrowing() && this.#workers.usable)) await this.#readHere(ready);
    else if (isGrowing()) await pause();
    else return ready > 0;
    return true;
  }

  /** @returns false if looking does not help */
  async #lookAgain(): Promise<boolean> {
    await Promise.all(this.#underWay);
    const { isGrowing, isOver, lookAgain } = this.#request;
    // The scan looks at the file itself; what it finds can be read when it has ended.
    while (isGrowing() && !isOver()) await pause();
    if (isOver()) return false;
    this.#stale = false;
    this.#looks += 1;
    if (this.#looks > LOOKS_MAX) return false;
    await lookAgain();
    return true;
  }

  /** How many messages may lack their envelopes and are in no batch. */
  #ready(): number {
    const { table } = this.#mailbox;
    if (table !== this.#table) {
      this.#table = table;
      this.#cut = 0;
    }
    while (this.#cut < table.count && this.#envelopes.has(this.#cut)) this.#cut += 1;
    return table.count - this.#cut;
  }

  #isWorthAThread(ready: number): boolean {
    if (!this.#workers.usable || ready === 0) return false;
    const room = this.#workers.room(this.#request.isGrowing() ? 'runs' : 'done');
    if (this.#underWay.size >= room) return false;
    // The last few of many go to the threads that are there already.
    return ready >= WORTH_A_THREAD || (this.#underWay.size > 0 && !this.#request.isGrowing());
  }

  /** @returns false if nothing could be sent */
  async #send(): Promise<boolean> {
    const mailbox = this.#mailbox;
    const loan = await mailbox.lend();
    if (!loan) return false;
    const from = this.#cut;
    if (loan.table !== this.#table || this.#request.isOver() || from >= loan.table.count) {
      loan.giveBack();
      return true;
    }
    const stretch = loan.table.stretch(from, this.#behindMissing(from));
    const count = stretch.offsets.length;
    this.#cut = from + count;
    const { descriptor, isSound, giveBack } = loan;
    const format = mailbox.format.name;
    const work = this.#workers
      .decode({ descriptor, format, stretch })
      .finally(giveBack)
      .then(async (batch) => {
        if (!(await isSound())) this.#drop(loan.table);
        else if (!batch) await this.#readRange(from, from + count);
        else this.#adopt(from, batch, count);
      })
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .then(() => {
        this.#underWay.delete(work);
        this.#request.onRead();
      });
    this.#underWay.add(work);
    return true;
  }

  #adopt(from: number, batch: EnvelopeBatch, count: number): void {
    this.#envelopes.adopt(from, batch, count);
    this.#looks = 0;
  }

  /** Behind the messages from `from` on that lack their envelopes; no more than a batch. */
  #behindMissing(from: number): number {
    let to = from + 1;
    while (to < from + BATCH_MESSAGES && !this.#envelopes.has(to)) to += 1;
    return to;
  }

  /** What a worker could not read. */
  async #readRange(from: number, to: number): Promise<void> {
    const { table } = this.#mailbox;
    for (let number: number | null = from; number !== null && number < to; ) {
      if (this.#request.isOver() || table !== this.#mailbox.table) return;
      number = await this.#readSome(table, number, to);
    }
  }

  /** A batch of that table was dropped. */
  #drop(table: Table): void {
    if (this.#table === table) this.#table = null;
    // If it is another table by now, somebody has looked already.
    if (table === this.#mailbox.table) this.#stale = true;
  }

  /** Reads the next stroke, of no more than so many messages. */
  async #readHere(messagesMax: number): Promise<void> {
    const { table } = this.#mailbox;
    const to = this.#cut + messagesMax;
    const next = await this.#readSome(table, this.#cut, to);
    if (next !== null && table === this.#mailbox.table) this.#cut = Math.max(this.#cut, next);
    this.#request.onRead();
  }

  async #readSome(table: Table, from: number, to: number): Promise<number | null> {
    const next = await this.#strokes.read(this.#mailbox, this.#envelopes, from, to);
    if (next === null) this.#drop(table);
    else this.#looks = 0;
    return next;
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, WAIT_MS));
}
