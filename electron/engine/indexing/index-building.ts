/**
 * Builds the index: the texts of messages that have no document yet, the last ones of the file first,
 * in stretches that one thread reads and another adds. Imports mailbox and this folder.
 *
 * A stretch that was read from a file that another program has changed meanwhile is dropped, and read
 * again when the file has been looked at. While messages are being moved by a compaction nothing is
 * read.
 */

import { messageNumber } from '../../../shared/units.ts';
import type { Mailbox } from '../../mailbox/mailbox.ts';
import type { Loan } from '../../mailbox/soundness.ts';
import type { Table } from '../../mailbox/toc/table.ts';
import type { IndexThreads } from './index-threads.ts';
import type { OpenIndex } from './open-index.ts';

/** A stretch: what a thread reads in some tenth of a second, so that a question never waits long. */
const STRETCH_BYTES = 2 * 1024 * 1024;
const STRETCH_MESSAGES = 1024;
/** So many are under way, so that each thread has the next when it has done one. */
const UNDER_WAY_MAX = 3;
/** After a stretch that was of no use, the file is looked at by whoever watches it. */
const LOOK_AGAIN_MS = 300;
/** Files that are another one each time are given up after so many. */
const USELESS_MAX = 50;

export interface BuildingParts {
  readonly mailbox: Mailbox;
  readonly threads: IndexThreads;
  readonly index: OpenIndex;
  readonly isWanted: () => boolean;
  /** Settles when nothing more urgent reads messages. */
  readonly turn: () => Promise<void>;
  readonly onAdded: (bytes: number) => void;
}

export class IndexBuilding {
  readonly #parts: BuildingParts;
  readonly #underWay = new Set<Promise<void>>();
  #table: Table | null = null;
  /** From here on every message of the table has its document or is under way. */
  #from = 0;
  #useless = 0;
  #failure: { readonly error: unknown } | null = null;

  constructor(parts: BuildingParts) {
    this.#parts = parts;
  }

  /**
   * Goes on until every message is indexed or it is no longer wanted.
   * @throws IndexError, MailboxError: what was added stands
   */
  async run(): Promise<'complete' | 'stopped'> {
    const { isWanted, turn } = this.#parts;
    let more = true;
    while (more && isWanted() && !this.#failure) {
      await turn();
      more = await this.#step();
    }
    await Promise.all(this.#underWay);
    if (this.#failure) throw this.#failure.error;
    return isWanted() ? 'complete' : 'stopped';
  }

  /** @returns false if there is nothing left to do */
  async #step(): Promise<boolean> {
    const { mailbox, index } = this.#parts;
    const { table } = mailbox;
    if (table !== this.#table || !index.isMatched || this.#from > table.count) {
      await Promise.all(this.#underWay);
      await index.match();
      this.#table = mailbox.table;
      this.#from = mailbox.table.count;
      return true;
    }
    if (this.#underWay.size >= UNDER_WAY_MAX) {
      await Promise.race(this.#underWay);
      return true;
    }
    const range = this.#next(table);
    if (range) {
      await this.#send(table, range);
      return true;
    }
    if (this.#underWay.size > 0) {
      await Promise.race(this.#underWay);
      return true;
    }
    // What came meanwhile is behind where we began.
    if (index.numbering.covered >= table.count || this.#useless > USELESS_MAX) return false;
    this.#table = null;
    this.#useless += 1;
    return true;
  }

  /** The next messages that lack their documents, before those that were sent. */
  #next(table: Table): Range | null {
    const { numbering } = this.#parts.index;
    let to = this.#from;
    while (to > 0 && numbering.documentOf(to - 1) !== 0) to -= 1;
    let from = to;
    let bytes = 0;
    while (from > 0 && to - from < STRETCH_MESSAGES && numbering.documentOf(from - 1) === 0) {
      bytes += table.length(messageNumber(from - 1));
      if (from < to && bytes > STRETCH_BYTES) break;
      from -= 1;
    }
    this.#from = from;
    return from < to ? { from, to } : null;
  }

  async #send(table: Table, range: Range): Promise<void> {
    const { mailbox } = this.#parts;
    const loan = await mailbox.lend();
    if (!loan || loan.table !== table) {
      loan?.giveBack();
      this.#table = null;
      if (!loan) await this.#pause();
      return;
    }
    const work = this.#index(loan, range)
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .then(() => {
        this.#underWay.delete(work);
      });
    this.#underWay.add(work);
  }

  async #index(loan: Loan, { from, to }: Range): Promise<void> {
    const { mailbox, threads, index, onAdded } = this.#parts;
    const { table, descriptor } = loan;
    const fingerprints = new Uint32Array(2 * (to - from));
    let bytes = 0;
    for (let number = from; number < to; number++) {
      const of = messageNumber(number);
      bytes += table.length(of);
      fingerprints[2 * (number - from)] = table.fingerprintHigh(of);
      fingerprints[2 * (number - from) + 1] = table.fingerprintLow(of);
    }
    const format = mailbox.format.name;
    const stretch = table.stretch(from, to);
    const batch = await threads.words({ descriptor, format, stretch }).finally(loan.giveBack);
    if (!batch || !(await loan.isSound())) {
      await this.#drop();
      return;
    }
    const first = await threads.keeper({ ask: 'add', fingerprints, batch });
    index.added(table, from, { first, fingerprints });
    this.#useless = 0;
    onAdded(bytes);
  }

  async #drop(): Promise<void> {
    this.#useless += 1;
    this.#table = null;
    await this.#pause();
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}

interface Range {
  readonly from: number;
  readonly to: number;
}
