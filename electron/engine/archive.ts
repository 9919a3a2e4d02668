/**
 * One open archive as its engine sees it: the mailbox, what lists show of it, the work that goes on,
 * and those who listen. Windows have a session each (`window-session.ts`); the terminal program uses
 * this directly.
 */

import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Conflict, Flushed } from '../../shared/contract.ts';
import type { DialectReport } from '../../shared/dialect-report.ts';
import type { Diff } from '../../shared/diff.ts';
import { MailboxError } from '../../shared/errors.ts';
import type { MessageView } from '../../shared/message-view.ts';
import type { LockState, Status } from '../../shared/status.ts';
import type { Amount, Key, MessageNumber } from '../../shared/units.ts';
import { realDisk } from '../mailbox/disk/real-disk.ts';
import { DEFAULT_READING } from '../mailbox/format/format.ts';
import { Mailbox } from '../mailbox/mailbox.ts';
import { QUIET, type Work } from '../mailbox/mailbox-options.ts';
import type { Regenerated } from '../mailbox/toc/contents.ts';
import { readMessage } from '../message/read-message.ts';
import type { ArchiveEvent, ArchiveRequest, Copy } from './archive-request.ts';
import { Listing } from './listing.ts';
import { type LockWait, type Task, type TaskKind, Tasks } from './tasks.ts';

/** The file is looked at so often; a change is told within a second. */
const LOOK_EVERY_MS = 400;
/** While the archive is being read, listeners are told so often. */
const TELL_EVERY_MS = 250;
/** After an append the old messages are compared as well, once nothing has happened for so long. */
const VERIFY_AFTER_MS = 3000;
/** No more than this of one message is decoded for reading. */
const DECODED_BYTES_MAX = 32 * 1024 * 1024;

interface Marking {
  readonly marked: Amount;
  readonly conflicts: Conflict[];
}

type Done = { readonly done: 'remove' | 'unremove'; readonly keys: readonly Key[] };

export class Archive {
  readonly mailbox: Mailbox;
  readonly listing: Listing;
  readonly tasks: Tasks;
  readonly #request: ArchiveRequest;
  readonly #listeners = new Set<(event: ArchiveEvent) => void>();
  readonly #history: Done[] = [];
  readonly #waiting = new Set<number>();
  #locks: readonly LockState[] = [];
  #scannedBytes = 0;
  #reading: Promise<void> = Promise.resolve();
  #watch: NodeJS.Timeout | null = null;
  #verifyAt = 0;
  #closing = false;

  private constructor(request: ArchiveRequest, mailbox: Mailbox) {
    this.#request = request;
    this.mailbox = mailbox;
    this.listing = new Listing(mailbox);
    this.tasks = new Tasks((progress) => this.#emit({ event: 'progress', progress }));
  }

  /** Opens an archive; nothing is read yet. @throws as `Mailbox.open` */
  static async open(request: ArchiveRequest): Promise<Archive> {
    const {
      path: archivePath,
      access,
      rule = 'default',
      missing = 'refuse',
      journalFolder,
    } = request;
    let archive: Archive | null = null;
    const mailbox = await Mailbox.open({
      disk: realDisk,
      path: archivePath,
      access,
      missing,
      reading: { ...DEFAULT_READING, rule },
      stateFolder: journalFolder,
      onRegenerated: (regenerated) => {
        if (archive) archive.#renumber(regenerated);
      },
    });
    archive = new Archive(request, mailbox);
    archive.#locks = await mailbox.locks();
    return archive;
  }

  get count(): number {
    return this.mailbox.table.count;
  }

  /** @returns a function that stops listening */
  listen(listener: (event: ArchiveEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Reads the archive from the start: table of contents and envelopes. The status tells how it went. */
  read(): Promise<void> {
    this.listing.clear();
    let growing = true;
    const scan = this.tasks
      .run('scan', (task) => {
        const onProgress = (done: number, total: number): void => {
          this.#scannedBytes = done;
          task.progress(done, total);
        };
        return this.mailbox.scan({ ...this.#work(task), onProgress });
      })
      .catch((error: unknown) => this.#failed(error))
      .finally(() => {
        growing = false;
      });
    let told = 0;
    const envelopes = this.listing.readAll(
      () => growing,
      () => this.#closing,
      () => {
        if (Date.now() - told < TELL_EVERY_MS) return;
        told = Date.now();
        this.#changed(null);
      },
    );
    this.#reading = Promise.all([scan, envelopes]).then(() => this.#changed(null));
    return this.#reading;
  }

  /** Looks at the file now and then, and tells listeners what other programs do to it. */
  watch(): void {
    this.#watch ??= setInterval(() => void this.#look(), LOOK_EVERY_MS);
  }

  status(): Status {
    const { mailbox } = this;
    const { report } = mailbox;
    return {
      path: mailbox.path,
      format: mailbox.format.name,
      rule: this.#request.rule ?? 'default',
      lineEnd: report?.lineEnd ?? 'none',
      bytes: mailbox.size,
      preambleBytes: mailbox.table.preambleBytes,
      messages: this.count,
      doubtful: report?.doubtful ?? 0,
      state: mailbox.state,
      scannedBytes: mailbox.state === 'ready' ? mailbox.size : this.#scannedBytes,
      envelopes: this.listing.read,
      readOnly: mailbox.readOnly,
      locks: [...this.#locks],
      locked: mailbox.locked,
      marked: mailbox.marked,
      deleted: this.listing.deleted(),
      journal: mailbox.journal,
      undoable: this.#history.length > 0,
    };
  }

  /** @throws BUSY before the archive has been read */
  dialect(): DialectReport {
    const { report, path: archivePath } = this.mailbox;
    if (!report) throw new MailboxError('BUSY', { path: archivePath });
    return report;
  }

  numberOf(wanted: Key): MessageNumber | null {
    return this.mailbox.keys.numberOf(wanted);
  }

  keyOf(number: MessageNumber): Key {
    return this.mailbox.keys.keyOf(number);
  }

  /** A message decoded for reading. @throws GONE */
  async readMessage(wanted: Key): Promise<MessageView> {
    const stored = await this.stored(wanted, DECODED_BYTES_MAX);
    const { length: bytes, separatorLength } = this.mailbox.table.span(this.#number(wanted));
    const message = await readMessage(stored.subarray(separatorLength));
    return { ...message, key: wanted, bytes, truncated: stored.length < bytes };
  }

  /** A message exactly as stored, or its beginning. @throws GONE */
  async stored(wanted: Key, bytesMax?: number): Promise<Buffer> {
    try {
      return await this.mailbox.readStored(this.#number(wanted), bytesMax);
    } catch (error) {
      if (!(error instanceof MailboxError) || error.code !== 'GONE') throw error;
      // The file is not what we knew: look, then find the message where it is now.
      await this.sync();
      return this.mailbox.readStored(this.#number(wanted), bytesMax);
    }
  }

  async sync(): Promise<Diff> {
    return this.#told(await this.mailbox.sync());
  }

  remove(numbers: readonly MessageNumber[]): Promise<Marking> {
    return this.#mark(
      'remove',
      numbers.map((number) => this.keyOf(number)),
      'remember',
    );
  }

  unremove(numbers: readonly MessageNumber[]): Promise<Marking> {
    return this.#mark(
      'unremove',
      numbers.map((number) => this.keyOf(number)),
      'remember',
    );
  }

  /** Takes the last `remove` or `unremove` back, for the messages that are still there. */
  async undo(): Promise<Marking> {
    const last = this.#history.pop();
    if (!last) return { marked: this.mailbox.marked, conflicts: [] };
    const still = last.keys.filter((of) => this.numberOf(of) !== null);
    return this.#mark(last.done === 'remove' ? 'unremove' : 'remove', still, 'forget');
  }

  /**
   * Compacts.
   * @param copy `none`, `keep` for our own folder of removed messages, or a path
   */
  async flush(copy: Copy): Promise<Flushed> {
    const copyTo = this.#copyTo(copy);
    this.#request.onWriting?.(true);
    try {
      const result = await this.#task('compact', (work) => this.mailbox.flush(work, copyTo));
      this.#history.length = 0;
      if (result.conflicts.length > 0) {
        this.#emit({ event: 'conflict', conflicts: result.conflicts });
      }
      const kept = result.removed.messages > 0 ? (copyTo ?? '') : '';
      return { ...result, conflicts: [...result.conflicts], copy: kept };
    } finally {
      this.#request.onWriting?.(false);
      await this.#catchUp();
      this.#changed(null);
    }
  }

  /** Delivers a message. @returns its key */
  async append(message: Uint8Array, separatorLine: string | null): Promise<Key> {
    const number = await this.#task('mark', (work) =>
      this.mailbox.append(message, separatorLine, work),
    );
    await this.#catchUp();
    this.#changed(null);
    return this.keyOf(number);
  }

  async lock(limitMs?: number): Promise<readonly LockState[]> {
    return this.#task('mark', (work) => this.mailbox.lock(work, limitMs));
  }

  async unlock(): Promise<void> {
    await this.mailbox.unlock();
    this.#locks = await this.mailbox.locks();
  }

  /** Finishes what must not be left half done, and closes the file. */
  async close(): Promise<void> {
    this.#closing = true;
    if (this.#watch) clearInterval(this.#watch);
    this.tasks.stopAll();
    await this.#reading;
    await this.mailbox.close();
  }

  #number(wanted: Key): MessageNumber {
    const number = this.numberOf(wanted);
    if (number === null) throw new MailboxError('GONE', { key: wanted });
    return number;
  }

  #copyTo(copy: Copy): string | null {
    if (copy === 'none') return null;
    return copy === 'keep' ? this.#copyPath() : copy.path;
  }

  #copyPath(): string {
    const { path: archivePath, copyFolder } = this.#request;
    const id = createHash('sha256').update(path.resolve(archivePath)).digest('hex').slice(0, 8);
    return path.join(copyFolder, `${path.basename(archivePath)}-${id}.removed.mbox`);
  }

  async #mark(
    done: Done['done'],
    keys: readonly Key[],
    history: 'remember' | 'forget',
  ): Promise<Marking> {
    const { mailbox } = this;
    const changed = keys.filter((of) => mailbox.pending.has(of) === (done === 'unremove'));
    if (done === 'unremove') mailbox.unmark(changed);
    else {
      const numbers = changed.flatMap((of) => this.numberOf(of) ?? []);
      await this.#task('mark', (work) => mailbox.mark(numbers, work));
    }
    if (history === 'remember' && changed.length > 0) this.#history.push({ done, keys: changed });
    this.#changed(null);
    return { marked: mailbox.marked, conflicts: [] };
  }

  #task<Value>(kind: TaskKind, act: (work: Work) => Promise<Value>): Promise<Value> {
    return this.tasks.run(kind, async (task) => {
      try {
        return await act(this.#work(task));
      } finally {
        if (this.#waiting.delete(task.id)) {
          this.#emitLockWait({ holder: '', waitedMs: 0, limitMs: 0, task: task.id, over: true });
        }
        this.#locks = await this.mailbox.locks();
      }
    });
  }

  #work(task: Task): Work {
    return {
      signal: task.signal,
      onProgress: (done, total) => task.progress(done, total),
      onLockWait: (wait) => {
        this.#waiting.add(task.id);
        this.#emitLockWait({ ...wait, task: task.id, over: false });
      },
      onPointOfNoReturn: () => {
        task.unstoppable();
        this.#emit({ event: 'changed', rows: 'same', diff: null });
      },
    };
  }

  #emitLockWait(lockWait: LockWait): void {
    this.#emit({ event: 'lockWait', lockWait });
  }

  #renumber(regenerated: Regenerated): void {
    const oldNumbers = this.listing.renumber(regenerated);
    if (oldNumbers) this.#emit({ event: 'renumbered', oldNumbers });
  }

  /** After a look: marks whose messages are gone go too, new envelopes are read, listeners told. */
  async #told(diff: Diff): Promise<Diff> {
    if (diff.how === 'same') return diff;
    const lost = [...this.mailbox.pending.keys()].filter((of) => this.numberOf(of) === null);
    this.mailbox.unmark(lost);
    await this.#catchUp();
    this.#locks = await this.mailbox.locks();
    if (diff.how === 'appended') this.#verifyAt = Date.now() + VERIFY_AFTER_MS;
    const told = { ...diff, marksLost: lost.length };
    this.#changed(told);
    return told;
  }

  async #look(): Promise<void> {
    const { mailbox } = this;
    if (this.#closing || !mailbox.idle || mailbox.state === 'scanning') return;
    try {
      if (!(await mailbox.looksUnchanged())) await this.sync();
      else if (this.#verifyAt > 0 && Date.now() >= this.#verifyAt) {
        this.#verifyAt = 0;
        await this.#told(await mailbox.verify(QUIET));
      }
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Envelopes of messages that came since. */
  #catchUp(): Promise<void> {
    return this.listing.readAll(
      () => false,
      () => this.#closing,
      () => undefined,
    );
  }

  #failed(error: unknown): void {
    if (error instanceof MailboxError && error.code === 'CANCELLED') return;
    console.error(error);
  }

  #changed(diff: Diff | null): void {
    this.#emit({ event: 'changed', rows: 'changed', diff });
  }

  #emit(event: ArchiveEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
