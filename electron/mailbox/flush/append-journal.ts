/**
 * The journal of a delivery while it is made: so that after a crash a message is there whole or not at
 * all, also if somebody else delivers before the next open. `append-journal-layout.ts` has it byte by
 * byte, `recover-append.ts` acts upon it.
 */

import path from 'node:path';
import { crc32 } from 'node:zlib';
import { byteOffset } from '../../../shared/units.ts';
import type { OpenFile } from '../disk/disk.ts';
import {
  type AppendRecord,
  HEADER_BYTES,
  renderAppendHeader,
  renderAppendRecord,
  slotOf,
} from './append-journal-layout.ts';
import { type JournalPlace, newJournalFile } from './journal.ts';
import { checksumBehind } from './move.ts';

export class AppendJournal {
  readonly #place: JournalPlace;
  #file: OpenFile | null = null;
  #sequence = 0;
  #checksum = 0;

  constructor(place: JournalPlace) {
    this.#place = place;
  }

  /**
   * Durable when this returns: now these bytes may be written to the mailbox.
   * @param part no more than `PART_BYTES_MAX`
   * @param at where: behind those of the last call, or at the end of the mailbox
   * @throws NO_SPACE, IO; JOURNAL_FOREIGN if a journal stands there already
   */
  async note(mailbox: OpenFile, part: Uint8Array, at: number, isLast: boolean): Promise<void> {
    this.#sequence += 1;
    const checksumBefore = this.#checksum;
    const record = { sequence: this.#sequence, at, bytes: part, isLast, checksumBefore };
    this.#checksum = crc32(part, checksumBefore);
    if (this.#file) {
      // Of what was written before nothing is known any more but its checksum.
      await mailbox.syncData();
      await write(this.#file, record);
      await this.#file.syncData();
      return;
    }
    this.#file = await newJournalFile(this.#place, mailbox);
    const { path: where } = this.#file;
    const header = { sizeBefore: at, checksumBefore: await checksumBehind(mailbox, at) };
    await write(this.#file, record, renderAppendHeader(header));
    await Promise.all([this.#file.sync(), this.#place.disk.syncFolder(path.dirname(where))]);
  }

  /**
   * The delivery is over. That the name is gone need not be durable: a delivery that has arrived stays
   * whatever its journal says.
   */
  async drop(): Promise<void> {
    if (!this.#file) return;
    const { path: where } = this.#file;
    await this.leave();
    await this.#place.disk.remove(where);
  }

  /** Leaves the journal for the next open. */
  async leave(): Promise<void> {
    await this.#file?.close();
    this.#file = null;
  }
}

/** @param header to stand in front of the first record */
async function write(file: OpenFile, record: AppendRecord, header?: Buffer): Promise<void> {
  const fields = renderAppendRecord(record);
  const at = slotOf(record.sequence);
  if (header) await file.writeParts([header, fields, record.bytes], byteOffset(at - HEADER_BYTES));
  else await file.writeParts([fields, record.bytes], byteOffset(at));
}
