/**
 * A mailbox: the face of this folder. What it promises stands in README.md (I1 to I11).
 *
 * Whatever changes what is known, or the file, runs in turn. What is read of a message is compared
 * with the fingerprint it was listed with: no bytes are ever given out under another message's key.
 */

import type { DialectReport } from '../../shared/dialect-report.ts';
import { type Diff, NO_DIFF } from '../../shared/diff.ts';
import type { LockState, Status } from '../../shared/status.ts';
import { byteOffset, type Key, type MessageNumber } from '../../shared/units.ts';
import type { Addition } from './additions.ts';
import { settleAfterCrash } from './after-crash.ts';
import type { Expansion } from './disk/disk.ts';
import { looksSame } from './disk/identity.ts';
import type { CopyTo } from './flush/compaction.ts';
import type { Exchange } from './flush/exchange.ts';
import type { JournalPlace } from './flush/journal.ts';
import type { Marks } from './flush/marks.ts';
import type { Pending } from './flush/pending.ts';
import type { Format, ReadAs, Reading } from './format/format.ts';
import { GuardedFile } from './guarded-file.ts';
import { Known, type State } from './known.ts';
import { type FlushResult, type MailboxOptions, QUIET, type Work } from './mailbox-options.ts';
import { createMailboxFile, formatOf, mailboxFileAt, openMailboxFile } from './open-mailbox.ts';
import { readPart } from './read-part.ts';
import { scanRequest } from './scan-request.ts';
import { lentTo, type SectionReaders } from './section-readers.ts';
import { type Loan, soundness } from './soundness.ts';
import { type Stored, storedIn } from './stored-in.ts';
import type { Contents } from './toc/contents.ts';
import type { Keys } from './toc/keys.ts';
import { look } from './toc/look-again.ts';
import { firstScan, regenerateAll, type ScanRequest } from './toc/regenerate.ts';
import type { Table } from './toc/table.ts';
import { Turns } from './turns.ts';
import { checkStored, type Remembered } from './verify.ts';
import { Writer } from './writer.ts';

export class Mailbox {
  readonly path: string;
  readonly #guarded: GuardedFile;
  readonly #known: Known;
  readonly #writer: Writer;
  readonly #turns = new Turns();
  #reading: Reading;
  #journal: Status['journal'] = 'none';

  private constructor(
    options: MailboxOptions,
    guarded: GuardedFile,
    place: JournalPlace,
    size: number,
  ) {
    this.path = options.path;
    this.#reading = options.reading;
    this.#guarded = guarded;
    this.#known = new Known(options.path, size, options.onRegenerated);
    this.#writer = new Writer({
      options,
      guarded,
      known: this.#known,
      place,
      turns: this.#turns,
      scanRequest: (work) => this.#request(work),
    });
  }

  /**
   * Opens a mailbox, and finishes a flush that a crash interrupted. Reads no message yet: `scan`.
   * @throws NOT_FOUND, NO_PERMISSION, NOT_A_FILE, NOT_A_MAILBOX, IO; LOCKED if an interrupted flush
   *   has to be finished and somebody else holds the lock; TOO_NEW
   */
  static async open(asked: MailboxOptions, work: Work = QUIET): Promise<Mailbox> {
    const { disk, access, format, stateFolder } = asked;
    const path = await mailboxFileAt(disk, asked.path);
    const options = { ...asked, path };
    if (options.missing === 'create') await createMailboxFile(disk, path, format ?? 'mbox');
    const opened = await openMailboxFile(disk, path, access, format);
    const mailboxPath = await disk.resolve(path);
    const place = { disk, mailboxPath, stateFolder };
    const guarded = new GuardedFile(options, opened);
    const mailbox = new Mailbox(options, guarded, place, (await opened.file.facts()).size);
    try {
      await mailbox.#settle(place, work);
    } catch (error) {
      await mailbox.close();
      throw error;
    }
    return mailbox;
  }

  get format(): Format {
    return this.#guarded.format;
  }

  /** How a person wants it read. */
  get reading(): Reading {
    return this.#reading;
  }

  get table(): Table {
    return this.#known.table;
  }

  get keys(): Keys {
    return this.#known.keys;
  }

  get state(): State {
    return this.#known.state;
  }

  get journal(): Status['journal'] {
    return this.#journal;
  }

  get readOnly(): string {
    return this.#guarded.readOnly;
  }

  /** @throws READ_ONLY, UNSURE, NOT_FOUND, BUSY */
  mustBeWritable(): void {
    this.#writer.mustBeWritable();
  }

  /** How far it is expanded; null if it is not compressed. */
  get expansion(): Expansion | null {
    return this.#guarded.file.expansion ?? null;
  }

  /** Bytes of the file when it was last looked at. */
  get size(): number {
    return this.#known.size;
  }

  get report(): DialectReport | null {
    return this.#known.report;
  }

  /** All that is known, where that is the whole archive at rest; null otherwise (I9). */
  get contents(): Contents | null {
    return this.state === 'ready' && this.idle ? this.#known.contents : null;
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
    return this.#writer.marks.pending;
  }

  /** How much a flush would remove, and marks that were made before. */
  get marks(): Pick<Marks, 'amount' | 'recall' | 'revision'> {
    return this.#writer.marks;
  }

  /** Messages accepted, and not yet written, in the order they came. */
  get additions(): readonly Addition[] {
    return this.#writer.additions.all;
  }

  /** The accepted message of this key; null if there is none, or it has been written. */
  addition(key: Key): Addition | null {
    return this.#writer.additions.get(key);
  }

  /** How each lock fares now (I11). */
  locks(): Promise<readonly LockState[]> {
    return this.#guarded.locks();
  }

  /**
   * Reads the table of contents, for the first time or again after it was stopped. Messages can be
   * seen in `table` while it runs.
   * @param readers threads that scan parts of the file meanwhile, if there are any
   * @throws CANCELLED, IO; the state is `stopped` then, and nothing can be changed (I9)
   */
  scan(work: Work, readers: SectionReaders | null = null): Promise<void> {
    return this.#turns.take(() => {
      const threads = readers && lentTo(readers, this.#guarded, this.#reading);
      const request = { ...this.#request(work), threads };
      return this.#known.scan((table, keys, begun) => firstScan(request, table, keys, begun));
    });
  }

  /**
   * Takes remembered contents for those of the file, if they are. `grown`: what was appended since is for
   * `sync`; `other`: they are not, and nothing was done. @throws IO
   */
  recall(contents: Contents): Promise<'same' | 'grown' | 'other'> {
    return this.#turns.take(async () => {
      const change = this.state === 'scanning' ? await this.#guarded.compare(contents) : 'other';
      if (change !== 'other') this.#known.recalled(contents);
      return change;
    });
  }

  /** The same of some messages; nothing is taken over. @throws IO */
  compare(remembered: Remembered): Promise<'same' | 'grown' | 'other'> {
    return this.#turns.take(() => this.#guarded.compare(remembered));
  }

  /** True if the names and times tell that nothing happened; opens and reads nothing. */
  async looksUnchanged(): Promise<boolean> {
    const facts = await this.#guarded.underPath();
    if (!facts) return this.state === 'vanished';
    const { contents } = this.#known;
    return contents !== null && looksSame(contents.identity, facts);
  }

  /** Looks at the file again, without writing. @returns what other programs did */
  sync(work: Work = QUIET): Promise<Diff> {
    return this.#turns.take(async () => {
      const { contents } = this.#known;
      if (!contents) return NO_DIFF;
      const underPath = await this.#guarded.underPath();
      if (!underPath) return this.#known.vanish();
      await this.#guarded.reopenIfReplaced(underPath);
      await this.#guarded.recogniseIfRewritten(contents, underPath, 'keep');
      const regenerated = await look(this.#request(work), contents, underPath);
      this.#known.appear();
      return regenerated ? this.#known.regenerated([regenerated]) : NO_DIFF;
    });
  }

  /** Compares everything with the file, not only its identity and its end. */
  verify(work: Work): Promise<Diff> {
    return this.#turns.take(async () => {
      const { contents, state } = this.#known;
      if (!contents || state !== 'ready') return NO_DIFF;
      const regenerated = await regenerateAll(this.#request(work), contents, 'changed');
      // Not by the numbers of the diff: messages may have changed places, or moved by an empty line.
      const same = regenerated.contents.table.equals(contents.table);
      return same ? NO_DIFF : this.#known.regenerated([regenerated]);
    });
  }

  /**
   * Reads all of the file again in another way; what is the same message keeps its key (I4).
   * @throws UNSURE, BUSY, NOT_A_MAILBOX, CANCELLED, IO; it is read as before then
   */
  reread({ reading, named }: ReadAs, work: Work): Promise<Diff> {
    return this.#turns.take(async () => {
      const contents = this.#known.mustBeReady();
      const format = await formatOf(this.#guarded.file, named);
      const request = { ...this.#request(work), format, reading };
      const regenerated = await regenerateAll(request, contents, 'changed');
      this.#guarded.readAs(format, named);
      this.#reading = reading;
      return this.#known.regenerated([regenerated]);
    });
  }

  /** A message as stored, or the beginning of it. @throws GONE as `readPart` */
  readStored(number: MessageNumber, bytesMax = Number.POSITIVE_INFINITY): Promise<Buffer> {
    return this.readPart(this.keys.keyOf(number), 0, bytesMax);
  }

  /** Bytes of the message that a key names: see `read-part.ts`. @throws GONE; look again then */
  readPart(of: Key, from: number, length: number): Promise<Buffer> {
    return readPart(this.#sources, of, from, length);
  }

  /** Whether bytes that were read are a message as it is listed, or begin as one if there are fewer. */
  isStored(number: MessageNumber, stored: Buffer): boolean {
    const { table, format } = this;
    return checkStored(stored, table.span(number), table.fingerprint(number), format);
  }

  /**
   * Bytes of the file where a table says, for reading many messages in one go.
   * @returns how many were read; null if they are not those that the table was made from, because
   *   somebody changed the file or we moved them: look again
   */
  async readBytes(table: Table, into: Uint8Array, offset: number): Promise<number | null> {
    await this.#turns.still();
    const isSound = soundness(this.#sources, table);
    const read = await this.#guarded.file.read(into, byteOffset(offset));
    return (await isSound()) ? read : null;
  }

  /**
   * Lends the open file to another thread, to read many messages from. Until it is given back the file
   * is neither closed nor replaced. @returns null if it cannot be lent
   */
  async lend(): Promise<Loan | null> {
    await this.#turns.still();
    const lent = this.#guarded.lend();
    if (!lent) return null;
    const { table } = this.#known;
    return { ...lent, table, isSound: soundness(this.#sources, table) };
  }

  /** Marks messages for deletion with the digest of what they are now (I5). @returns new ones' keys */
  mark(numbers: readonly MessageNumber[], work: Work): Promise<readonly Key[]> {
    return this.#writer.mark(numbers, work);
  }

  unmark(keys: Iterable<Key>): void {
    this.#writer.marks.drop(keys);
  }

  /**
   * Writes what was accepted, and compacts: removes every marked message whose bytes are still what
   * they were when it was marked. The locks are held from before the decision until after the last
   * fsync (I2).
   * @param copyTo names a mailbox to which the removed messages are appended first; null for none
   * @throws LOCKED, READ_ONLY, REPLACED, CHANGED, NO_SPACE, CANCELLED: nothing was removed then
   * @throws UNSURE: a write failed half way; open the mailbox again to finish
   */
  flush(work: Work, copyTo: CopyTo | null = null): Promise<FlushResult> {
    return this.#turns.take(() => this.#writer.flush(work, copyTo));
  }

  /** Delivers a message at the end, under the locks. @returns its number */
  append(message: Uint8Array, separatorLine: string | null, work: Work): Promise<MessageNumber> {
    return this.#turns.take(() => this.#writer.append(message, separatorLine, work));
  }

  /** Accepts a message, to be written at the next flush; it can be read meanwhile. @returns its key */
  accept(message: Uint8Array, separatorLine: string | null): Promise<Key> {
    return this.#turns.take(() => this.#writer.accept(message, separatorLine));
  }

  /** Takes back what was accepted and not yet written. */
  unaccept(key: Key): void {
    this.#writer.additions.drop(key);
  }

  /**
   * Puts messages, or everything, back at the end, exactly as stored in another mailbox of this format.
   * @returns how many
   * @throws GONE if one is no longer where its table says; else as `append`. The file ends where it did
   */
  restore(from: Mailbox, numbers: Stored, work: Work): Promise<number> {
    const messages = storedIn(from, numbers);
    return this.#turns.take(() => this.#writer.restore(messages, work));
  }

  /**
   * Clears, inside the file, the flag by which another program marked messages as deleted. Nothing changes
   * its place or its length. Its bytes change, so each gets a new key. @returns how many were changed
   */
  undelete(numbers: readonly MessageNumber[], work: Work): Promise<number> {
    // At once: while it waits for its turn numbers may come to mean other messages.
    const keys = numbers.map((number) => this.keys.keyOf(number));
    return this.#turns.take(() => this.#writer.undelete(keys, work));
  }

  /** Puts new forms of messages, at the end, in the place of old ones. @throws as `flush` */
  exchange(exchanges: readonly Exchange[], work: Work): Promise<FlushResult> {
    return this.#turns.take(() => this.#writer.exchange(exchanges, work));
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

  get #sources() {
    return { known: this.#known, guarded: this.#guarded, turns: this.#turns };
  }

  #request(work: Work): ScanRequest {
    return scanRequest(this.#guarded, this.#reading, this.size, work);
  }

  async #settle(place: JournalPlace, { signal, onLockWait, onProgress }: Work): Promise<void> {
    const { journal, readOnly } = await settleAfterCrash({
      file: this.#guarded.file,
      path: this.path,
      place,
      format: this.format,
      reading: this.#reading,
      lock: { signal, onWait: onLockWait },
      onProgress: (done, total) => onProgress?.(done, total),
    });
    this.#journal = journal;
    if (readOnly !== '') this.#guarded.refuseWriting(readOnly);
    if (journal === 'recovered') await this.#guarded.recognise();
    this.#known.resized((await this.#guarded.file.facts()).size);
  }
}
