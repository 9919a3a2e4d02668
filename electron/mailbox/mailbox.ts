/**
 * A mailbox: the face of this folder. What it promises stands in README.md (I1 to I11).
 *
 * Whatever changes what is known, or the file, runs in turn. What is read of a message is compared
 * with the fingerprint it was listed with: no bytes are ever given out under another message's key.
 */

import type { DialectReport } from '../../shared/dialect-report.ts';
import { type Diff, NO_DIFF } from '../../shared/diff.ts';
import { MailboxError } from '../../shared/errors.ts';
import type { LockState, Status } from '../../shared/status.ts';
import { type Amount, byteOffset, type Key, type MessageNumber } from '../../shared/units.ts';
import { settleAfterCrash } from './after-crash.ts';
import { identify, looksSame } from './disk/identity.ts';
import { appendMessage } from './flush/append.ts';
import { carryOut, prepareFlush } from './flush/compaction.ts';
import type { JournalPlace } from './flush/journal.ts';
import { Marks } from './flush/marks.ts';
import type { Pending } from './flush/pending.ts';
import { type Plan, tableAfter } from './flush/plan.ts';
import type { Format } from './format/format.ts';
import { GuardedFile } from './guarded-file.ts';
import type { HeldLocks } from './lock/hold.ts';
import { type FlushResult, type MailboxOptions, QUIET, type Work } from './mailbox-options.ts';
import { createMailboxFile, openMailboxFile } from './open-mailbox.ts';
import type { Contents, Regenerated } from './toc/contents.ts';
import { Keys } from './toc/keys.ts';
import { type CurrentTable, joinDiffs, look, lookAgain } from './toc/look-again.ts';
import { firstScan, regenerateAll, type ScanRequest } from './toc/regenerate.ts';
import { Table } from './toc/table.ts';
import { Turns } from './turns.ts';
import { checkStored } from './verify.ts';

export class Mailbox {
  readonly path: string;
  readonly format: Format;
  readonly #options: MailboxOptions;
  readonly #place: JournalPlace;
  readonly #guarded: GuardedFile;
  readonly #turns = new Turns();
  readonly #marks = new Marks();
  #state: Status['state'] = 'scanning';
  #journal: Status['journal'] = 'none';
  #table = new Table();
  #keys = Keys.fresh(this.#table);
  #contents: Contents | null = null;
  #size: number;

  private constructor(
    options: MailboxOptions,
    format: Format,
    guarded: GuardedFile,
    place: JournalPlace,
    size: number,
  ) {
    this.#options = options;
    this.path = options.path;
    this.format = format;
    this.#guarded = guarded;
    this.#place = place;
    this.#size = size;
  }

  /**
   * Opens a mailbox, and finishes a flush that a crash interrupted. Reads no message yet: `scan`.
   * @throws NOT_FOUND, NO_PERMISSION, NOT_A_FILE, NOT_A_MAILBOX, IO; LOCKED if an interrupted flush
   *   has to be finished and somebody else holds the lock; TOO_NEW
   */
  static async open(options: MailboxOptions, work: Work = QUIET): Promise<Mailbox> {
    const { disk, path, access, stateFolder } = options;
    if (options.missing === 'create') await createMailboxFile(disk, path);
    const opened = await openMailboxFile(disk, path, access);
    const mailboxPath = await disk.resolve(path);
    const place: JournalPlace = { disk, mailboxPath, stateFolder };
    const guarded = new GuardedFile(options, opened);
    const { size } = await opened.file.facts();
    const mailbox = new Mailbox(options, opened.format, guarded, place, size);
    try {
      await mailbox.#settle(work);
    } catch (error) {
      await mailbox.close();
      throw error;
    }
    return mailbox;
  }

  get table(): Table {
    return this.#table;
  }

  get keys(): Keys {
    return this.#keys;
  }

  get state(): Status['state'] {
    return this.#state;
  }

  get journal(): Status['journal'] {
    return this.#journal;
  }

  get readOnly(): string {
    return this.#guarded.readOnly;
  }

  /** Bytes of the file when it was last looked at. */
  get size(): number {
    return this.#size;
  }

  get report(): DialectReport | null {
    return this.#contents?.report ?? null;
  }

  /** True while a caller holds the locks on purpose (`lock`). */
  get locked(): boolean {
    return this.#guarded.locked;
  }

  /** True if nothing is under way. */
  get idle(): boolean {
    return this.#turns.free;
  }

  get pending(): Pending {
    return this.#marks.pending;
  }

  /** How much a flush would remove. */
  get marked(): Amount {
    return this.#marks.amount;
  }

  /** How each lock fares now (I11). */
  locks(): Promise<readonly LockState[]> {
    return this.#guarded.locks();
  }

  /**
   * Reads the table of contents, for the first time or again after it was stopped. Messages can be
   * seen in `table` while it runs.
   * @throws CANCELLED, IO; the state is `stopped` then, and nothing can be changed (I9)
   */
  scan(work: Work): Promise<void> {
    return this.#turns.take(async () => {
      this.#table = new Table();
      this.#keys = Keys.fresh(this.#table);
      this.#contents = null;
      this.#state = 'scanning';
      try {
        const contents = await firstScan(this.#request(work), this.#table, this.#keys);
        this.#adopt(contents);
        this.#state = 'ready';
      } catch (error) {
        this.#state = 'stopped';
        throw error;
      }
    });
  }

  /** True if the names and times tell that nothing happened; opens and reads nothing. */
  async looksUnchanged(): Promise<boolean> {
    const facts = await this.#guarded.underPath();
    if (!facts) return this.#state === 'vanished';
    return this.#contents !== null && looksSame(this.#contents.identity, facts);
  }

  /** Looks at the file again, without writing. @returns what other programs did */
  sync(work: Work = QUIET): Promise<Diff> {
    return this.#turns.take(async () => {
      if (!this.#contents) return NO_DIFF;
      const underPath = await this.#guarded.underPath();
      if (!underPath) return this.#vanish();
      await this.#guarded.reopenIfReplaced(underPath);
      const regenerated = await look(this.#request(work), this.#contents, underPath);
      if (this.#state === 'vanished') this.#state = 'ready';
      return regenerated ? this.#regenerated([regenerated]) : NO_DIFF;
    });
  }

  /** Compares everything with the file, not only its identity and its end. */
  verify(work: Work): Promise<Diff> {
    return this.#turns.take(async () => {
      if (!this.#contents || this.#state !== 'ready') return NO_DIFF;
      const regenerated = await regenerateAll(this.#request(work), this.#contents, 'changed');
      const { arrived, gone, altered } = regenerated.diff;
      return arrived + gone + altered === 0 ? NO_DIFF : this.#regenerated([regenerated]);
    });
  }

  /**
   * A message as stored, or the beginning of it.
   * @param bytesMax how much of it is wanted
   * @throws GONE if the file no longer holds it where the table says; look again then
   */
  async readStored(number: MessageNumber, bytesMax = Number.POSITIVE_INFINITY): Promise<Buffer> {
    await this.#turns.still();
    const table = this.#table;
    const span = table.span(number);
    const bytes = Buffer.allocUnsafe(Math.min(span.length, bytesMax));
    const read = await this.#guarded.file.read(bytes, span.offset);
    const stored = bytes.subarray(0, read);
    if (!checkStored(stored, span, table.fingerprint(number))) {
      throw new MailboxError('GONE', { path: this.path, key: this.#keys.keyOf(number) });
    }
    return stored;
  }

  /** Bytes of the file, for reading many messages in one go. @returns how many were read */
  async readBytes(into: Uint8Array, offset: number): Promise<number> {
    await this.#turns.still();
    return this.#guarded.file.read(into, byteOffset(offset));
  }

  /** Marks messages for deletion with the digest of what they are now (I5). Writes nothing. */
  async mark(numbers: readonly MessageNumber[], work: Work): Promise<void> {
    this.#mustBeWritable();
    const table = this.#table;
    await this.#marks.add(numbers, {
      file: this.#guarded.file,
      table,
      keys: this.#keys,
      isCurrent: () => table === this.#table,
      still: () => this.#turns.still(),
      signal: work.signal,
      onProgress: work.onProgress,
    });
  }

  unmark(keys: Iterable<Key>): void {
    this.#marks.drop(keys);
  }

  /**
   * Compacts: removes every marked message whose bytes are still what they were when it was marked.
   * The locks are held from before the decision until after the last fsync (I2).
   * @param copyTo a mailbox to which the removed messages are appended first; null for none
   * @throws LOCKED, READ_ONLY, REPLACED, CHANGED, NO_SPACE, CANCELLED: nothing was changed then
   * @throws UNSURE: a write failed half way; open the mailbox again to finish
   */
  flush(work: Work, copyTo: string | null = null): Promise<FlushResult> {
    return this.#turns.take(() =>
      this.#withLocks(work, async (held) => {
        const current = await this.#lookAgain(held, work);
        const { plan, removed, conflicts } = await prepareFlush(current, this.#marks.pending, {
          file: this.#guarded.file,
          format: this.format,
          reading: this.#options.reading,
          signal: work.signal,
        });
        this.#marks.drop(conflicts.map((conflict) => conflict.key as Key));
        if (plan.removals.length > 0) {
          await this.#turns.moving(() => this.#carryOut(plan, copyTo, work));
        }
        return { removed, bytesBefore: plan.sizeBefore, bytesAfter: this.#size, conflicts };
      }),
    );
  }

  /** Delivers a message at the end, under the locks. @returns its number */
  append(message: Uint8Array, separatorLine: string | null, work: Work): Promise<MessageNumber> {
    return this.#turns.take(() =>
      this.#withLocks(work, async (held) => {
        await this.#lookAgain(held, work);
        await appendMessage(held, this.#guarded.file, this.format, message, separatorLine);
        await this.#lookAgain(held, work);
        return (this.#table.count - 1) as MessageNumber;
      }),
    );
  }

  /** Holds the locks until `unlock`. @throws LOCKED, READ_ONLY, CANCELLED */
  lock(work: Work, limitMs?: number): Promise<readonly LockState[]> {
    return this.#turns.take(() => this.#guarded.lock(work, limitMs));
  }

  unlock(): Promise<void> {
    return this.#turns.take(() => this.#guarded.unlock());
  }

  /** Waits for what is under way, gives the locks back, closes the file. */
  close(): Promise<void> {
    return this.#turns.take(() => this.#guarded.close());
  }

  #request(work: Work): ScanRequest {
    const size = this.#size;
    return {
      file: this.#guarded.file,
      format: this.format,
      reading: this.#options.reading,
      signal: work.signal,
      onProgress: (done) => work.onProgress?.(done, Math.max(size, done)),
    };
  }

  #withLocks<Value>(work: Work, act: (held: HeldLocks) => Promise<Value>): Promise<Value> {
    this.#mustBeWritable();
    return this.#guarded.withLocks(work, act);
  }

  async #lookAgain(held: HeldLocks, work: Work): Promise<CurrentTable> {
    const known = this.#contents;
    if (!known) throw new MailboxError('BUSY', { path: this.path, state: this.#state });
    const { current, regenerated } = await lookAgain(held, this.#request(work), known, () =>
      this.#guarded.underPath(),
    );
    if (regenerated.length > 0) this.#regenerated(regenerated);
    return current;
  }

  async #carryOut(plan: Plan, copyTo: string | null, work: Work): Promise<void> {
    this.#state = 'compacting';
    try {
      await carryOut(plan, copyTo, {
        file: this.#guarded.file,
        place: this.#place,
        signal: work.signal,
        onProgress: (done, total) => work.onProgress?.(done, total),
        ...(work.onPointOfNoReturn ? { onPointOfNoReturn: work.onPointOfNoReturn } : {}),
      });
    } catch (error) {
      const half = error instanceof MailboxError && error.code === 'UNSURE';
      this.#state = half ? 'unsure' : 'ready';
      throw error;
    }
    await this.#correct(plan);
    this.#state = 'ready';
  }

  /** After a flush the table is corrected by arithmetic; nothing is scanned. */
  async #correct(plan: Plan): Promise<void> {
    const known = plan.current.contents;
    const { table, oldNumbers } = tableAfter(plan);
    const identity = await identify(this.#guarded.file);
    const keys = Keys.after(known.keys, table, oldNumbers);
    this.#marks.drop(plan.removed.map((number) => known.keys.keyOf(number)));
    // What somebody who takes no lock appended meanwhile is behind that size: the next look finds it.
    const ours = { ...identity, size: plan.sizeAfter };
    const contents: Contents = { table, keys, identity: ours, report: known.report };
    this.#adopt(contents);
    this.#size = identity.size;
    const renumbering = { renumber: 'all', oldNumbers } as const;
    this.#options.onRegenerated({ contents, renumbering, diff: NO_DIFF });
  }

  async #settle({ signal, onLockWait, onProgress }: Work): Promise<void> {
    const { journal, readOnly } = await settleAfterCrash({
      file: this.#guarded.file,
      path: this.path,
      place: this.#place,
      lock: { signal, onWait: onLockWait },
      onProgress: (done, total) => onProgress?.(done, total),
    });
    this.#journal = journal;
    if (readOnly !== '') this.#guarded.refuseWriting(readOnly);
    this.#size = (await this.#guarded.file.facts()).size;
  }

  #vanish(): Diff {
    if (this.#state === 'vanished') return NO_DIFF;
    this.#state = 'vanished';
    return { ...NO_DIFF, how: 'vanished' };
  }

  #regenerated(all: readonly Regenerated[]): Diff {
    for (const regenerated of all) {
      this.#adopt(regenerated.contents);
      this.#options.onRegenerated(regenerated);
    }
    return joinDiffs(all.map((regenerated) => regenerated.diff));
  }

  #adopt(contents: Contents): void {
    this.#contents = contents;
    this.#table = contents.table;
    this.#keys = contents.keys;
    this.#size = contents.identity.size;
  }

  #mustBeWritable(): void {
    if (this.readOnly !== '') {
      throw new MailboxError('READ_ONLY', { path: this.path }, { sentence: this.readOnly });
    }
    if (this.#state === 'unsure') throw new MailboxError('UNSURE', { path: this.path });
    if (this.#state !== 'ready') {
      throw new MailboxError('BUSY', { path: this.path, state: this.#state });
    }
  }
}
