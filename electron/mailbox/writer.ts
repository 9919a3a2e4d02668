/**
 * Everything that changes the file of a mailbox, always in the same order: the locks, another look,
 * what to write, the writing (I2, I3). `mailbox.ts` lets it take turns; what is marked, and what was
 * accepted but is not written yet, is kept here.
 */

import { MailboxError } from '../../shared/errors.ts';
import {
  type ByteLength,
  byteOffset,
  type Key,
  type MessageNumber,
  messageNumber,
} from '../../shared/units.ts';
import { Additions } from './additions.ts';
import { identify, isSameFile } from './disk/identity.ts';
import {
  type Appended,
  appendAll,
  asStored,
  lineEndOf,
  type Reads,
  type StoredAt,
} from './flush/append.ts';
import { AppendJournal } from './flush/append-journal.ts';
import { journalBytesFor, unsure } from './flush/apply.ts';
import { type CopyTo, carryOut, type Prepared, prepareFlush } from './flush/compaction.ts';
import { asPending, type Exchange, newForm } from './flush/exchange.ts';
import type { JournalPlace } from './flush/journal.ts';
import { Marks } from './flush/marks.ts';
import { overwrite } from './flush/overwrite.ts';
import { mustBeFinished } from './flush/recover.ts';
import { mustHaveSpace } from './flush/space.ts';
import { contentsAfter } from './flush/table-after.ts';
import type { Format, Reading } from './format/format.ts';
import type { GuardedFile } from './guarded-file.ts';
import type { Known } from './known.ts';
import type { HeldLocks } from './lock/hold.ts';
import { type FlushResult, type MailboxOptions, QUIET, type Work } from './mailbox-options.ts';
import type { Keys } from './toc/keys.ts';
import { type CurrentTable, look, lookAgain } from './toc/look-again.ts';
import type { ScanRequest } from './toc/regenerate.ts';
import type { Turns } from './turns.ts';

export interface WriterParts {
  readonly options: MailboxOptions;
  readonly guarded: GuardedFile;
  readonly known: Known;
  readonly place: Omit<JournalPlace, 'mailboxPath'>;
  readonly turns: Turns;
  readonly scanRequest: (work: Work) => ScanRequest;
}

export class Writer {
  readonly marks = new Marks();
  readonly additions = new Additions();
  readonly #parts: WriterParts;

  constructor(parts: WriterParts) {
    this.#parts = parts;
  }

  get #format(): Format {
    return this.#parts.guarded.format;
  }

  /** How the file is read now: a person may have changed it since it was opened. */
  get #reading(): Reading {
    return this.#parts.scanRequest(QUIET).reading;
  }

  /** @throws READ_ONLY, UNSURE, NOT_FOUND, BUSY */
  mustBeWritable(): void {
    const { guarded, known, options } = this.#parts;
    if (guarded.readOnly !== '') {
      const sentence = `${guarded.readOnly} Nothing was changed.`;
      throw new MailboxError('READ_ONLY', { path: options.path }, { sentence });
    }
    known.mustBeReady();
  }

  /** See `Mailbox.mark`. */
  async mark(numbers: readonly MessageNumber[], work: Work): Promise<readonly Key[]> {
    this.mustBeWritable();
    const { known, guarded, turns } = this.#parts;
    const { table, keys } = known;
    return this.marks.add(numbers, {
      file: guarded.file,
      table,
      keys,
      isCurrent: () => table === known.table,
      still: () => turns.still(),
      signal: work.signal,
      onProgress: work.onProgress,
    });
  }

  /** Accepts a message, to be written at the next flush. @returns its key */
  async accept(message: Uint8Array, separatorLine: string | null): Promise<Key> {
    this.mustBeWritable();
    const { guarded, known } = this.#parts;
    const reading = this.#reading;
    const blank = await lineEndOf(guarded.file, reading.rule === 'any-from' ? 'LF' : 'CR');
    const behind = Buffer.from(blank + blank);
    const stored = this.#format.envelope(message, behind, separatorLine, reading);
    return this.additions.accept(Buffer.from(stored), this.#format, reading, known.keys);
  }

  /** See `Mailbox.append`. */
  async append(
    message: Uint8Array,
    separatorLine: string | null,
    work: Work,
  ): Promise<MessageNumber> {
    return this.#underLocks(work, async (held, place) => {
      // Not the last one afterwards: that may be of somebody who takes no lock.
      const current = await this.#lookAgain(held, work);
      const { count } = current.contents.table;
      await this.#appendAll(current, place, work, [
        (tail) => [this.#format.envelope(message, tail, separatorLine, this.#reading)],
      ]);
      await this.#mustStandThere();
      await this.#lookAtWritten();
      return messageNumber(Math.min(count, this.#parts.known.table.count - 1));
    });
  }

  /** See `Mailbox.restore`. */
  async restore(messages: readonly StoredAt[], work: Work): Promise<number> {
    const { scanRequest } = this.#parts;
    return this.#underLocks(work, async (held, place) => {
      const current = await this.#lookAgain(held, work);
      const bytes = messages.reduce((sum, { length }) => sum + length, 0);
      await mustHaveSpace(place.disk, place.mailboxPath, bytes);
      const stored = messages.map((message) => asStored(scanRequest(work), message));
      await this.#appendAll(current, place, work, stored);
      await this.#mustStandThere();
      await this.#lookAtWritten();
      return stored.length;
    });
  }

  /** See `Mailbox.undelete`. */
  async undelete(names: readonly Key[], work: Work): Promise<number> {
    const { guarded, turns } = this.#parts;
    return this.#underLocks(work, async (held) => {
      const current = await this.#lookAgain(held, work);
      const { table, keys } = current.contents;
      const there = names.flatMap((name) => keys.numberOf(name) ?? []);
      const spans = there.map((number) => table.span(number));
      const changed = await turns.moving(() =>
        overwrite(held, guarded.file, spans, this.#format.undelete, work.signal),
      );
      await this.#lookAtWritten();
      return changed;
    });
  }

  /** See `Mailbox.flush`. */
  async flush(work: Work, copyTo: CopyTo | null): Promise<FlushResult> {
    const { known, scanRequest, turns } = this.#parts;
    return this.#underLocks(work, async (held, place) => {
      const before = await this.#lookAgain(held, work);
      const current = await this.#writeAdditions(before, place, work);
      const prepared = await prepareFlush(current, this.marks.pending, scanRequest(work));
      const { plan, removed, conflicts } = prepared;
      this.marks.drop(conflicts.map((conflict) => conflict.key as Key));
      if (plan.removals.length > 0) {
        await turns.moving(() => this.#carryOut(prepared, place, copyTo, work));
      }
      const bytesBefore = before.contents.identity.size;
      return { removed, bytesBefore, bytesAfter: known.size, conflicts };
    });
  }

  /** See `Mailbox.exchange`. */
  async exchange(exchanges: readonly Exchange[], work: Work): Promise<FlushResult> {
    const { known, guarded, scanRequest, turns } = this.#parts;
    return this.#underLocks(work, async (held, place) => {
      const before = await this.#lookAgain(held, work);
      const checked = await prepareFlush(before, asPending(exchanges), scanRequest(work));
      const going = new Set(checked.removedKeys);
      const changing = exchanges.filter(({ key }) => going.has(key));
      const { table, keys } = before.contents;
      const read: Reads = (into, offset) => guarded.file.read(into, byteOffset(offset));
      const forms = changing.flatMap(({ key, pieces }) => {
        const number = keys.numberOf(key);
        return number === null ? [] : newForm(read, table.offset(number), pieces);
      });
      const bytes = forms.reduce((sum, { length }) => sum + length, 0);
      const sizeBefore = before.contents.identity.size + bytes;
      const { removals } = checked.plan;
      // Without room to take the old forms out as well, both would stay.
      const journalBytes = journalBytesFor({ removals, sizeBefore });
      await mustHaveSpace(place.disk, place.mailboxPath, bytes + journalBytes);
      // Stopped behind this, likewise.
      work.onPointOfNoReturn?.();
      const finishing = { ...work, signal: QUIET.signal };
      const stored = forms.map((form) => asStored(scanRequest(finishing), form));
      await this.#appendAll(before, place, finishing, stored);
      const current = await this.#lookAgain(held, finishing);
      const prepared = await prepareFlush(current, asPending(changing), scanRequest(finishing));
      if (prepared.plan.removals.length > 0) {
        await turns.moving(() => this.#carryOut(prepared, place, null, finishing));
      }
      return {
        removed: prepared.removed,
        bytesBefore: before.contents.identity.size,
        bytesAfter: known.size,
        conflicts: [...checked.conflicts, ...prepared.conflicts],
      };
    });
  }

  #underLocks<Value>(
    work: Work,
    act: (held: HeldLocks, place: JournalPlace) => Promise<Value>,
  ): Promise<Value> {
    this.mustBeWritable();
    const { guarded } = this.#parts;
    return guarded.withLocks(work, async (held) => {
      const place = await this.#place();
      await mustBeFinished(place, guarded.file);
      return act(held, place);
    });
  }

  /**
   * Where a journal of the file that is locked belongs: a link may name another one than when the
   * mailbox was opened, and after a crash it is looked for beside that.
   * @throws REPLACED if another file stands under the path, or none
   */
  async #place(): Promise<JournalPlace> {
    const { guarded, options, place } = this.#parts;
    await this.#mustStandThere();
    const mailboxPath = await place.disk.resolve(options.path);
    if (isSameFile(await guarded.file.facts(), await place.disk.facts(mailboxPath))) {
      return { ...place, mailboxPath };
    }
    throw new MailboxError('REPLACED', { path: options.path });
  }

  /**
   * Asked once more when a message has been written: a program that takes no lock may have put another
   * file there meanwhile, and nobody will find the message in the one that is gone.
   * @throws REPLACED if another file stands under the path, or none
   */
  async #mustStandThere(): Promise<void> {
    const { guarded, options } = this.#parts;
    if (isSameFile(await guarded.file.facts(), await guarded.underPath())) return;
    throw new MailboxError('REPLACED', { path: options.path });
  }

  async #lookAgain(held: HeldLocks, work: Work): Promise<CurrentTable> {
    const { known, guarded, scanRequest } = this.#parts;
    const own = await guarded.file.facts();
    await guarded.recogniseIfRewritten(known.mustBeReady(), own, 'refuse');
    this.mustBeWritable();
    const { current, regenerated } = await lookAgain(
      held,
      scanRequest(work),
      known.mustBeReady(),
      () => guarded.underPath(),
    );
    if (regenerated.length > 0) known.regenerated(regenerated);
    return current;
  }

  /**
   * What we have written is there, and whoever asked for it must be told so: this look is not stopped,
   * does not wait until other programs rest, and asks nothing of the locks.
   * @param beforeTold of the contents made anew
   */
  async #lookAtWritten(beforeTold: (keys: Keys) => void = () => undefined): Promise<void> {
    const { known, guarded, scanRequest } = this.#parts;
    const own = await guarded.file.facts();
    const regenerated = await look(scanRequest(QUIET), known.mustBeReady(), own);
    if (!regenerated) return;
    beforeTold(regenerated.contents.keys);
    known.regenerated([regenerated]);
  }

  #appendAll(
    { contents, held }: CurrentTable,
    place: JournalPlace,
    { signal }: Work,
    messages: readonly Appended[],
  ): Promise<ByteLength> {
    const { guarded } = this.#parts;
    const journal = new AppendJournal(place);
    const { size } = contents.identity;
    return appendAll(held, guarded.file, messages, { signal, journal, size });
  }

  /** Messages accepted earlier go to the end first: nothing that replaces them is removed before. */
  async #writeAdditions(
    current: CurrentTable,
    place: JournalPlace,
    work: Work,
  ): Promise<CurrentTable> {
    if (!this.additions.any) return current;
    const { all } = this.additions;
    const { scanRequest, options } = this.#parts;
    // Rewritten in another format since: there nobody would find them as they were made.
    if (all.some(({ format }) => format !== this.#format.name)) {
      throw new MailboxError('CHANGED', { path: options.path });
    }
    const { count } = current.contents.table;
    const messages = all.map(({ stored }) => asStored(scanRequest(work), inMemory(stored)));
    await this.#appendAll(current, place, work, messages);
    await this.#mustStandThere();
    try {
      await this.#lookAtWritten((keys) => {
        for (const [at, { key }] of all.entries()) keys.claim(messageNumber(count + at), key);
      });
    } finally {
      // Written: whatever fails from here on, the next flush must not write them once more.
      for (const { key } of all) this.additions.drop(key);
    }
    return this.#lookAgain(current.held, work);
  }

  async #carryOut(
    prepared: Prepared,
    place: JournalPlace,
    copyTo: CopyTo | null,
    work: Work,
  ): Promise<void> {
    const { known, guarded, scanRequest } = this.#parts;
    await known.compact(async () => {
      await carryOut(prepared, copyTo, scanRequest(work), {
        file: guarded.file,
        place,
        signal: work.signal,
        onProgress: (done, total) => work.onProgress?.(done, total),
        ...(work.onPointOfNoReturn ? { onPointOfNoReturn: work.onPointOfNoReturn } : {}),
      });
      // It is done: no error from here on may read as if nothing had happened.
      await this.#correct(prepared).catch((error: unknown) => {
        throw unsure(error, guarded.file.path);
      });
    });
  }

  async #correct({ plan, removedKeys }: Prepared): Promise<void> {
    const { known, guarded } = this.#parts;
    // First: what somebody who takes no lock changes from now on shows at the next look.
    const identity = await identify(guarded.file);
    const after = await contentsAfter(plan);
    await this.marks.dropInTurns(removedKeys);
    known.corrected(plan, after, identity);
  }
}

/** A message in memory, to be read as if it lay in a file. */
function inMemory(stored: Buffer): StoredAt {
  const read = async (into: Uint8Array, offset: number): Promise<number> => {
    const part = stored.subarray(offset, offset + into.length);
    into.set(part);
    return part.length;
  };
  return { read, offset: 0, length: stored.length };
}
