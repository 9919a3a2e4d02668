/**
 * An index that is open: its documents are found for the messages of the mailbox, however often the
 * table of contents is made anew. Imports catalog/text-index and mailbox.
 */

import { messageNumber } from '../../../shared/units.ts';
import { inTurns } from '../../../shared/steps.ts';
import { Numbering } from '../../catalog/text-index/numbering.ts';
import type { Documents } from '../../catalog/text-index/text-database.ts';
import type { Mailbox } from '../../mailbox/mailbox.ts';
import type { Regenerated } from '../../mailbox/toc/contents.ts';
import type { Table } from '../../mailbox/toc/table.ts';

export class OpenIndex {
  readonly numbering = new Numbering();
  readonly #mailbox: Mailbox;
  /** The table whose messages have been looked for. */
  #matched: Table | null = null;
  #matching: Promise<void> = Promise.resolve();
  #revision = 0;

  constructor(mailbox: Mailbox, documents: Documents) {
    this.#mailbox = mailbox;
    this.numbering.append(documents);
  }

  /** Grows whenever messages get other documents than before, or documents other messages. */
  get revision(): number {
    return this.#revision;
  }

  /** The table was made anew. */
  renumber({ renumbering }: Regenerated): void {
    if (renumbering.renumber === 'none') this.numbering.truncate(renumbering.unchanged);
    else this.numbering.renumber(renumbering.oldNumbers);
    this.#matched = null;
    this.#revision += 1;
  }

  /** Another process has added documents. */
  append(documents: Documents): void {
    this.numbering.append(documents);
    this.#matched = null;
  }

  /** The texts of messages of a table have become documents, from `first` on. */
  added(table: Table, from: number, { first, fingerprints }: Documents): void {
    this.numbering.append({ first, fingerprints });
    this.#revision += 1;
    if (table !== this.#mailbox.table) {
      this.#matched = null;
      return;
    }
    for (let at = 0; 2 * at < fingerprints.length; at++) {
      const of = messageNumber(from + at);
      // What was appended may have made the last message longer.
      if (table.fingerprintHigh(of) !== fingerprints[2 * at]) continue;
      if (table.fingerprintLow(of) !== fingerprints[2 * at + 1]) continue;
      this.numbering.assign(of, first + at);
    }
  }

  /** Every message that has a document knows it, when this settles; unless it changes once more. */
  match(): Promise<void> {
    this.#matching = this.#matching.then(async () => {
      const { table } = this.#mailbox;
      const isStill = (): boolean => table === this.#mailbox.table;
      if (this.#matched === table) return;
      if (await inTurns(this.numbering.match(table, isStill), isStill)) this.#matched = table;
      this.#revision += 1;
    });
    return this.#matching;
  }

  get isMatched(): boolean {
    return this.#matched === this.#mailbox.table;
  }
}
