/**
 * One open archive as its engine sees it: the mailbox, the envelopes of its messages, the work that
 * goes on, and those who listen. Windows have a session each (`window-session.ts`); the terminal
 * program uses this directly.
 */

import { createHash } from 'node:crypto';
import path from 'node:path';
import { Envelopes } from '../catalog/envelopes.ts';
import type { Conflict, Flushed } from '../../shared/contract.ts';
import type { DialectReport, Rule } from '../../shared/dialect-report.ts';
import type { Diff } from '../../shared/diff.ts';
import { MailboxError } from '../../shared/errors.ts';
import type { MessageView } from '../../shared/message-view.ts';
import type { Arrangement, Row } from '../../shared/row.ts';
import type { LockState, Status } from '../../shared/status.ts';
import { type Amount, type Key, type MessageNumber, messageNumber } from '../../shared/units.ts';
import { realDisk } from '../mailbox/disk/real-disk.ts';
import { DEFAULT_READING } from '../mailbox/format/format.ts';
import { Mailbox } from '../mailbox/mailbox.ts';
import type { Work } from '../mailbox/mailbox-options.ts';
import type { Access } from '../mailbox/open-mailbox.ts';
import type { Regenerated } from '../mailbox/toc/contents.ts';
import { DELETED, toFlags } from '../message/flags.ts';
import { headerFields } from '../message/header-fields.ts';
import { correspondents } from '../message/header-text.ts';
import { readMessage } from '../message/read-message.ts';
import { arranged, type Messages, monthsOf, type Timeline } from './arranging.ts';
import { newStroke, readOne, readStroke } from './envelope-reader.ts';
import { type LockWait, type Progress, type Task, type TaskKind, Tasks } from './tasks.ts';
import type { ViewSource } from './view.ts';

/** The file is looked at so often; a change is told within a second. */
const LOOK_EVERY_MS = 400;
/** While the archive is being read, listeners are told so often. */
const TELL_EVERY_MS = 250;
/** After an append the old messages are compared as well, once nothing has happened for so long. */
const VERIFY_AFTER_MS = 3000;
/** No more than this of one message is decoded for reading. */
const DECODED_BYTES_MAX = 32 * 1024 * 1024;

export interface ArchiveRequest {
  readonly path: string;
  readonly access: Access;
  readonly rule?: Rule;
  readonly missing?: 'create' | 'refuse';
  /** Folder for journals of archives whose own folder cannot be written. */
  readonly journalFolder: string;
  /** Folder where removed messages are kept. */
  readonly copyFolder: string;
  readonly lockLimitMs?: number;
  /** Told when bytes begin and cease to be moved. */
  readonly onWriting?: (writing: boolean) => void;
}

export type ArchiveEvent =
  | { readonly event: 'progress'; readonly progress: Progress }
  | { readonly event: 'lockWait'; readonly lockWait: LockWait }
  | { readonly event: 'conflict'; readonly conflicts: readonly Conflict[] }
  /** Message numbers have changed; `changed` follows. */
  | { readonly event: 'renumbered'; readonly oldNumbers: Int32Array }
  | { readonly event: 'changed'; readonly rows: 'same' | 'changed'; readonly diff: Diff | null };

interface Marking {
  readonly marked: Amount;
  readonly conflicts: Conflict[];
}

type Done = { readonly done: 'remove' | 'unremove'; readonly keys: readonly Key[] };

export class Archive implements ViewSource {
  readonly tasks = new Tasks((progress) => this.#emit({ event: 'progress', progress }));
  readonly #request: ArchiveRequest;
  readonly #listeners = new Set<(event: ArchiveEvent) => void>();
  readonly #envelopes = new Envelopes();
  readonly #history: Done[] = [];
  #mailbox!: Mailbox;
  #locks: readonly LockState[] = [];
  #scannedBytes = 0;
  #read = 0;
  #reading: Promise<void> = Promise.resolve();
  #watch: NodeJS.Timeout | null = null;
  #verifyAt = 0;
  #closing = false;
  #timeline: { readonly read: number; readonly value: Timeline } | null = null;

  private constructor(request: ArchiveRequest) {
    this.#request = request;
  }

  /** Opens an archive; nothing is read yet. @throws as `Mailbox.open` */
  static async open(request: ArchiveRequest): Promise<Archive> {
    const archive = new Archive(request);
    archive.#mailbox = await archive.tasks.run('recover', (task) =>
      Mailbox.open(
        {
          disk: realDisk,
          path: request.path,
          access: request.access,
          reading: { ...DEFAULT_READING, rule: request.rule ?? 'default' },
          stateFolder: request.journalFolder,
          ...(request.missing ? { missing: request.missing } : {}),
          ...(request.lockLimitMs === undefined ? {} : { lockLimitMs: request.lockLimitMs }),
          onRegenerated: (regenerated) => archive.#renumber(regenerated),
        },
        archive.#work(task),
      ),
    );
    archive.#locks = await archive.#mailbox.locks();
    return archive;
  }

  get mailbox(): Mailbox {
    return this.#mailbox;
  }

  get count(): number {
    return this.#mailbox.table.count;
  }

  /** @returns a function that stops listening */
  listen(listener: (event: ArchiveEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Reads the archive from the start: table of contents and envelopes. Errors are in the status. */
  read(): Promise<void> {
    this.#envelopes.truncate(0);
    this.#read = 0;
    const scan = this.tasks.run('scan', (task) =>
      this.#mailbox.scan({
        ...this.#work(task),
        onProgress: (done, total) => {
          this.#scannedBytes = done;
          task.progress(done, total);
        },
      }),
    );
    this.#reading = Promise.all([
      scan.catch((error: unknown) => this.#failed(error)),
      this.#readEnvelopes(scan),
    ]).then(() => this.#emit({ event: 'changed', rows: 'changed', diff: null }));
    return this.#reading;
  }

  /** Looks at the file now and then, and tells listeners what other programs do to it. */
  watch(): void {
    this.#watch ??= setInterval(() => void this.#look(), LOOK_EVERY_MS);
  }

  status(): Status {
    const mailbox = this.#mailbox;
    const report = mailbox.report;
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
      envelopes: this.#read,
      readOnly: mailbox.readOnly,
      locks: [...this.#locks],
      locked: mailbox.locked,
      marked: this.#marked(),
      deleted: this.#deleted(),
      journal: mailbox.journal,
      undoable: this.#history.length > 0,
    };
  }

  /** @throws BUSY before the archive has been read */
  dialect(): DialectReport {
    const { report } = this.#mailbox;
    if (!report) throw new MailboxError('BUSY', { path: this.#mailbox.path });
    return report;
  }

  numberOf(wanted: Key): MessageNumber | null {
    return this.#mailbox.keys.numberOf(wanted);
  }

  keyOf(number: MessageNumber): Key {
    return this.#mailbox.keys.keyOf(number);
  }

  bytesOf(number: MessageNumber): number {
    return this.#mailbox.table.length(number);
  }

  arranged(arrangement: Arrangement): Uint32Array | null {
    return arranged(arrangement, this.#messages());
  }

  /** A row of a list; its envelope is read now if it was not before. */
  async row(number: MessageNumber, selected: boolean): Promise<Row> {
    const envelopes = this.#envelopes;
    if (!envelopes.has(number)) await readOne(this.#mailbox, envelopes, number);
    return {
      key: this.keyOf(number),
      position: number,
      date: envelopes.date(number),
      from: envelopes.from(number),
      subject: envelopes.subject(number),
      bytes: this.bytesOf(number),
      attachment: envelopes.attachment(number),
      flags: toFlags(envelopes.flags(number)),
      marked: this.#isMarked(number),
      selected,
    };
  }

  /** A message decoded for reading. @throws GONE */
  async readMessage(wanted: Key): Promise<MessageView> {
    const number = this.#number(wanted);
    const bytes = this.bytesOf(number);
    const stored = await this.stored(wanted, DECODED_BYTES_MAX);
    const { separatorLength } = this.#mailbox.table.span(number);
    const message = await readMessage(stored.subarray(separatorLength));
    return { ...message, key: wanted, bytes, truncated: stored.length < bytes };
  }

  /** A message exactly as stored, or its beginning. @throws GONE */
  async stored(wanted: Key, bytesMax?: number): Promise<Buffer> {
    try {
      return await this.#mailbox.readStored(this.#number(wanted), bytesMax);
    } catch (error) {
      if (!(error instanceof MailboxError) || error.code !== 'GONE') throw error;
      // The file is not what we knew: look, then find the message where it is now.
      await this.sync();
      return this.#mailbox.readStored(this.#number(wanted), bytesMax);
    }
  }

  /** To whom a message was sent, as a person reads it, from its stored beginning. */
  recipients(stored: Uint8Array, headerLength: number): string {
    const fields = headerFields(stored.subarray(0, headerLength));
    const to = fields.find((field) => field.name.toLowerCase() === 'to');
    return to ? correspondents(to.value) : '';
  }

  async sync(): Promise<Diff> {
    return this.#told(await this.#mailbox.sync());
  }

  remove(numbers: readonly MessageNumber[]): Promise<Marking> {
    return this.#do('remove', numbers.map((number) => this.keyOf(number)), 'remember');
  }

  unremove(numbers: readonly MessageNumber[]): Promise<Marking> {
    return this.#do('unremove', numbers.map((number) => this.keyOf(number)), 'remember');
  }

  /** Takes the last `remove` or `unremove` back, for the messages that are still there. */
  async undo(): Promise<Marking> {
    const last = this.#history.pop();
    if (!last) return { marked: this.#marked(), conflicts: [] };
    const still = last.keys.filter((of) => this.numberOf(of) !== null);
    return this.#do(last.done === 'remove' ? 'unremove' : 'remove', still, 'forget');
  }

  /**
   * Compacts.
   * @param copy `none`, `keep` for our own folder of removed messages, or a path
   */
  async flush(copy: 'none' | 'keep' | { readonly path: string }): Promise<Flushed> {
    const copyTo = copy === 'none' ? null : copy === 'keep' ? this.#copyPath() : copy.path;
    this.#request.onWriting?.(true);
    try {
      const result = await this.#task('compact', (work) => this.#mailbox.flush(work, copyTo));
      this.#history.length = 0;
      if (result.conflicts.length > 0) {
        this.#emit({ event: 'conflict', conflicts: result.conflicts });
      }
      const kept = result.removed.messages > 0 ? (copyTo ?? '') : '';
      return { ...result, conflicts: [...result.conflicts], copy: kept };
    } finally {
      this.#request.onWriting?.(false);
      this.#emit({ event: 'changed', rows: 'changed', diff: null });
    }
  }

  /** Delivers a message. @returns its key */
  async append(message: Uint8Array, separatorLine: string | null): Promise<Key> {
    const number = await this.#task('mark', (work) =>
      this.#mailbox.append(message, separatorLine, work),
    );
    await this.#catchUp();
    this.#emit({ event: 'changed', rows: 'changed', diff: null });
    return this.keyOf(number);
  }

  async lock(limitMs?: number): Promise<readonly LockState[]> {
    this.#locks = await this.#task('mark', (work) => this.#mailbox.lock(work, limitMs));
    return this.#locks;
  }

  async unlock(): Promise<void> {
    await this.#mailbox.unlock();
    this.#locks = await this.#mailbox.locks();
  }

  timeline(): Timeline {
    if (this.#timeline?.read !== this.#read || this.#mailbox.state === 'ready') {
      this.#timeline = { read: this.#read, value: monthsOf(this.#messages()) };
    }
    return this.#timeline.value;
  }

  /** Finishes what must not be left half done, and closes the file. */
  async close(): Promise<void> {
    this.#closing = true;
    if (this.#watch) clearInterval(this.#watch);
    this.tasks.stopAll();
    await this.#reading;
    await this.#mailbox.close();
  }

  #messages(): Messages {
    return {
      count: this.count,
      envelopes: this.#envelopes,
      bytesOf: (number) => this.bytesOf(number),
      isMarked: (number) => this.#isMarked(number),
    };
  }

  #number(wanted: Key): MessageNumber {
    const number = this.numberOf(wanted);
    if (number === null) throw new MailboxError('GONE', { key: wanted });
    return number;
  }

  #isMarked(number: MessageNumber): boolean {
    const { pending } = this.#mailbox;
    return pending.size > 0 && pending.has(this.keyOf(number));
  }

  #marked(): Amount {
    let bytes = 0;
    for (const marked of this.#mailbox.pending.values()) bytes += marked.bytes;
    return { messages: this.#mailbox.pending.size, bytes };
  }

  #deleted(): Amount {
    let messages = 0;
    let bytes = 0;
    for (let number = 0; number < this.#read; number++) {
      if ((this.#envelopes.flags(messageNumber(number)) & DELETED) === 0) continue;
      messages += 1;
      bytes += this.bytesOf(messageNumber(number));
    }
    return { messages, bytes };
  }

  #copyPath(): string {
    const { path: archivePath, copyFolder } = this.#request;
    const id = createHash('sha256').update(path.resolve(archivePath)).digest('hex').slice(0, 8);
    return path.join(copyFolder, `${path.basename(archivePath)}-${id}.removed.mbox`);
  }

  async #do(
    done: Done['done'],
    keys: readonly Key[],
    history: 'remember' | 'forget',
  ): Promise<Marking> {
    const { pending } = this.#mailbox;
    const changed = keys.filter((of) => pending.has(of) === (done === 'unremove'));
    if (done === 'unremove') this.#mailbox.unmark(changed);
    else {
      const numbers = changed.flatMap((of) => this.numberOf(of) ?? []);
      await this.#task('mark', (work) => this.#mailbox.mark(numbers, work));
    }
    if (history === 'remember' && changed.length > 0) this.#history.push({ done, keys: changed });
    this.#emit({ event: 'changed', rows: 'changed', diff: null });
    return { marked: this.#marked(), conflicts: [] };
  }

  #task<Value>(kind: TaskKind, act: (work: Work) => Promise<Value>): Promise<Value> {
    return this.tasks.run(kind, async (task) => {
      try {
        return await act(this.#work(task));
      } finally {
        this.#emitLockWait(task, { holder: '', waitedMs: 0, limitMs: 0 }, true);
        this.#locks = await this.#mailbox.locks();
      }
    });
  }

  #work(task: Task): Work {
    return {
      signal: task.signal,
      onProgress: (done, total) => task.progress(done, total),
      onLockWait: (wait) => this.#emitLockWait(task, wait, false),
      onPointOfNoReturn: () => {
        task.unstoppable();
        this.#emit({ event: 'changed', rows: 'same', diff: null });
      },
    };
  }

  readonly #waiting = new Set<number>();

  #emitLockWait(task: Task, wait: Omit<LockWait, 'task' | 'over'>, over: boolean): void {
    if (over && !this.#waiting.delete(task.id)) return;
    if (!over) this.#waiting.add(task.id);
    this.#emit({ event: 'lockWait', lockWait: { ...wait, task: task.id, over } });
  }

  #renumber({ renumbering }: Regenerated): void {
    if (renumbering.renumber === 'none') {
      this.#envelopes.truncate(renumbering.unchanged);
      this.#read = Math.min(this.#read, renumbering.unchanged);
      return;
    }
    this.#envelopes.reorder(renumbering.oldNumbers);
    this.#read = 0;
    this.#emit({ event: 'renumbered', oldNumbers: renumbering.oldNumbers });
  }

  /** After a look: marks whose messages are gone go too, new envelopes are read, listeners told. */
  async #told(diff: Diff): Promise<Diff> {
    if (diff.how === 'same') return diff;
    const lost = [...this.#mailbox.pending.keys()].filter((of) => this.numberOf(of) === null);
    this.#mailbox.unmark(lost);
    await this.#catchUp();
    this.#locks = await this.#mailbox.locks();
    if (diff.how === 'appended') this.#verifyAt = Date.now() + VERIFY_AFTER_MS;
    const told = { ...diff, marksLost: lost.length };
    this.#emit({ event: 'changed', rows: 'changed', diff: told });
    return told;
  }

  async #look(): Promise<void> {
    const mailbox = this.#mailbox;
    if (this.#closing || !mailbox.idle || mailbox.state === 'scanning') return;
    try {
      if (!(await mailbox.looksUnchanged())) await this.sync();
      else if (this.#verifyAt > 0 && Date.now() >= this.#verifyAt) {
        this.#verifyAt = 0;
        await this.#told(await mailbox.verify({ signal: new AbortController().signal }));
      }
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Envelopes of messages that were found while the scan goes on, and after it. */
  async #readEnvelopes(scan: Promise<void>): Promise<void> {
    let scanning = true;
    void scan.then(
      () => (scanning = false),
      () => (scanning = false),
    );
    const stroke = newStroke();
    let told = 0;
    while ((scanning || this.#read < this.count) && !this.#closing) {
      const next = await readStroke(this.#mailbox, this.#envelopes, this.#read, stroke);
      if (next === this.#read) await new Promise((resolve) => setTimeout(resolve, 5));
      this.#read = Math.max(next, this.#read);
      if (Date.now() - told < TELL_EVERY_MS) continue;
      told = Date.now();
      this.#emit({ event: 'changed', rows: 'changed', diff: null });
    }
  }

  async #catchUp(): Promise<void> {
    const stroke = this.#read < this.count ? newStroke() : null;
    while (stroke && this.#read < this.count) {
      const next = await readStroke(this.#mailbox, this.#envelopes, this.#read, stroke);
      if (next <= this.#read) break;
      this.#read = next;
    }
  }

  #failed(error: unknown): void {
    if (error instanceof MailboxError && error.code === 'CANCELLED') return;
    console.error(error);
  }

  #emit(event: ArchiveEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
