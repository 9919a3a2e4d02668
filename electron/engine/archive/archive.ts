/**
 * One open archive as its engine sees it: the mailbox, what lists show of it, the work that goes on,
 * and those who listen. Windows have a session each (`window-session.ts`); the terminal program uses
 * this directly.
 */

import type { Dialect } from '../../../shared/dialect-report.ts';
import type { Diff } from '../../../shared/diff.ts';
import { MailboxError } from '../../../shared/errors.ts';
import type { LockState, Status } from '../../../shared/status.ts';
import type { Key, MessageNumber } from '../../../shared/units.ts';
import { realDisk } from '../../mailbox/disk/real-disk.ts';
import { archiveDisk } from './archive-disk.ts';
import { Mailbox } from '../../mailbox/mailbox.ts';
import type { Work } from '../../mailbox/mailbox-options.ts';
import { mailboxFileAt } from '../../mailbox/open-mailbox.ts';
import type { Regenerated } from '../../mailbox/toc/contents.ts';
import type { Span } from '../../mailbox/toc/table.ts';
import type { ArchiveEvent, ArchiveRequest, Listener } from './archive-request.ts';
import { statusOf } from './archive-status.ts';
import { Arrivals } from '../listing/arrivals.ts';
import { CatalogKeeping } from './catalog-keeping.ts';
import { Duplicates } from '../duplicates/duplicates.ts';
import { EnvelopeWorkers } from '../envelopes/envelope-workers.ts';
import { Exporting } from '../export/exporting.ts';
import { indexingOf, type TextIndexing } from '../indexing/text-indexing.ts';
import { KeptCopies } from '../removing/kept-copies.ts';
import { KeptMarks } from '../removing/kept-marks.ts';
import { Listeners } from './listeners.ts';
import { Listing } from '../listing/listing.ts';
import { MessageReading } from '../messages/message-reading.ts';
import { ReadTexts } from '../listing/read-texts.ts';
import { RememberedReading } from './remembered-reading.ts';
import { Removing } from '../removing/removing.ts';
import { marksLost, Rereading } from './rereading.ts';
import { foundAgain } from '../messages/stored-message.ts';
import { Seen } from '../removing/seen.ts';
import { Stripping, type StrippingParts } from '../removing/stripping.ts';
import { Successors } from './successors.ts';
import type { Tasks } from './tasks.ts';
import { Watching } from './watching.ts';
import { WholeReading } from './whole-reading.ts';
import { Working } from './working.ts';

export class Archive {
  readonly mailbox: Mailbox;
  readonly listing: Listing;
  readonly removing: Removing;
  readonly reading: MessageReading;
  readonly texts: ReadTexts;
  readonly indexing: TextIndexing;
  readonly exporting: Exporting;
  readonly stripping: Stripping;
  readonly duplicates: Duplicates;
  /** The disk that exports are written to. */
  readonly disk = realDisk;
  readonly successors = new Successors();
  readonly seen = new Seen();
  readonly arrivals: Arrivals;
  /** How all of it comes to be known. */
  readonly whole: WholeReading;
  readonly #rereading: Rereading;
  readonly #working: Working;
  readonly #workers: EnvelopeWorkers;
  readonly #keeping: CatalogKeeping;
  readonly #marks: KeptMarks;
  readonly #watching: Watching;
  readonly #listeners = new Listeners((error) => this.#failed(error));
  #scanning: Promise<void> = Promise.resolve();
  #closing = false;

  private constructor(
    request: ArchiveRequest,
    mailbox: Mailbox,
    rereading: Rereading,
    copies: KeptCopies,
  ) {
    this.mailbox = mailbox;
    this.arrivals = new Arrivals(() => this.#changed(null), mailbox.size, request.firstRows);
    this.#rereading = rereading;
    this.#workers = new EnvelopeWorkers(request.workerScript ?? null);
    this.listing = new Listing(mailbox, this.#workers);
    this.listing.threads.onMade = () => this.#changed(null);
    this.indexing = indexingOf(request, mailbox, (answers) =>
      this.#listeners.tell({ event: 'texts', answers }),
    );
    this.texts = new ReadTexts(this, this.listing, this.indexing, request.textScript ?? null);
    this.reading = new MessageReading(this);
    this.exporting = new Exporting(this);
    const exchange: StrippingParts['exchange'] = (all) => this.removing.exchange(all);
    this.stripping = new Stripping({ messages: this, exporting: this.exporting, exchange });
    this.#keeping = new CatalogKeeping({
      mailbox,
      listing: this.listing,
      // What is expanded anew each time is another file each time.
      folder: mailbox.expansion ? null : request.catalogFolder,
      messagesMin: request.catalogMessagesMin,
      how: () => [mailbox.format.name, rereading.named, rereading.reading],
    });
    this.#watching = new Watching({
      mailbox,
      listing: this.listing,
      keeping: this.#keeping,
      sync: () => this.sync(),
      compared: (diff) => this.#told(diff),
      failed: (error) => this.#failed(error),
    });
    const emit = (event: ArchiveEvent): void => void this.#listeners.tell(event);
    this.#working = new Working(mailbox, emit);
    this.whole = new WholeReading({
      mailbox,
      listing: this.listing,
      arrivals: this.arrivals,
      working: this.#working,
      keeping: this.#keeping,
      watching: this.#watching,
      glances: request.firstRows ? 'at first' : 'never',
      isClosing: () => this.#closing,
      sync: () => this.sync(),
      lookAgain: () => this.#lookAgain(),
      changed: () => this.#changed(null),
      failed: (error) => this.#failed(error),
    });
    this.#marks = new KeptMarks(request.marksFolder ?? null, mailbox);
    this.duplicates = new Duplicates(this, this.#working, () => this.#changed(null));
    this.removing = new Removing({
      mailbox,
      listing: this.listing,
      working: this.#working,
      copies,
      marks: this.#marks,
      emit,
      known: () => this.envelopesKnown(),
      changed: async () => {
        await this.#catchUp();
        this.#changed(null);
      },
      onWriting: (writing) => request.onWriting?.(writing),
      changedSinceShown: (keys) => this.reading.changedSinceShown(keys),
    });
  }

  /** Opens an archive; nothing is read yet. @throws as `Mailbox.open` */
  static async open(request: ArchiveRequest): Promise<Archive> {
    const { path: archivePath, access, missing = 'refuse' } = request;
    const disk = archiveDisk(request);
    const file = await mailboxFileAt(disk, archivePath);
    const memory = await RememberedReading.recall(request.readingFolder, file);
    const rereading = new Rereading(memory, request);
    let archive: Archive | null = null;
    const mailbox = await Mailbox.open({
      disk,
      path: archivePath,
      access,
      missing,
      ...(rereading.named ? { format: rereading.named } : {}),
      reading: rereading.reading,
      stateFolder: request.journalFolder,
      onRegenerated: (regenerated) => {
        if (archive) archive.#renumber(regenerated);
      },
    });
    const copies = new KeptCopies(realDisk, request.copyFolder, archivePath);
    await copies.look();
    archive = new Archive(request, mailbox, rereading, copies);
    await archive.#working.lookAtLocks();
    return archive;
  }

  get tasks(): Tasks {
    return this.#working.tasks;
  }

  get count(): number {
    return this.mailbox.table.count;
  }

  /** @returns a function that stops listening */
  listen(listener: Listener): () => void {
    return this.#listeners.add(listener);
  }

  /** True if all that is listed has been compared with the file, not only what was appended last. */
  get verified(): boolean {
    return this.#watching.verified;
  }

  /** Reads the archive: see `whole-reading.ts`. The status tells how it went. */
  read(): Promise<void> {
    const reading = this.arrivals.expect(this.whole.read());
    this.#scanning = reading.then(() => this.#recallMarks()).then(() => this.indexing.begin());
    return this.#scanning;
  }

  async #recallMarks(): Promise<void> {
    const before = this.mailbox.marks.revision;
    await this.#marks.recall();
    if (this.mailbox.marks.revision !== before) await this.#changed(null);
  }

  /** Looks at the file now and then, and tells listeners what other programs do to it. */
  watch(): void {
    this.#watching.start();
  }

  status(): Status {
    return statusOf(this, { scannedBytes: this.whole.scannedBytes, locks: this.#working.locks });
  }

  /** @throws BUSY before the archive has been read */
  dialect(): Dialect {
    return this.#rereading.dialect(this.mailbox);
  }

  /** Reads the archive in another way. Marks stay with messages that are still the same. */
  async reread(change: (how: Rereading, work: Work) => Promise<void>): Promise<Status> {
    await this.sync();
    await this.#working.run('scan', (work) => change(this.#rereading, work));
    const conflicts = marksLost(this.#dropLost());
    if (conflicts.length > 0) this.#listeners.tell({ event: 'conflict', conflicts });
    await this.#catchUp();
    this.#changed(null);
    return this.status();
  }

  numberOf(wanted: Key): MessageNumber | null {
    return this.mailbox.keys.numberOf(wanted);
  }

  keyOf(number: MessageNumber): Key {
    return this.mailbox.keys.keyOf(number);
  }

  /** The key of the message that holds a byte of the file; null if none does. */
  keyAt(offset: number): Key | null {
    const number = this.mailbox.table.numberAt(offset);
    return number === null ? null : this.keyOf(number);
  }

  /** Where a message lies. @throws GONE */
  spanOf(wanted: Key): Span {
    return this.mailbox.table.span(this.#number(wanted));
  }

  /** A message exactly as stored, or its beginning. @throws GONE */
  stored(wanted: Key, bytesMax = Number.POSITIVE_INFINITY): Promise<Buffer> {
    return this.part(wanted, 0, bytesMax);
  }

  /** Bytes of a message as stored, `from` its beginning on. @throws GONE */
  part(wanted: Key, from: number, length: number): Promise<Buffer> {
    const read = () => this.mailbox.readPart(wanted, from, length);
    return foundAgain(read, () => this.sync());
  }

  async sync(): Promise<Diff> {
    return this.#told(await this.mailbox.sync());
  }

  /**
   * Delivers a message: at once or, while the archive is locked on purpose, at the next flush.
   * @returns its key
   */
  async add(message: Uint8Array, separatorLine: string | null): Promise<Key> {
    if (this.mailbox.locked) return this.mailbox.accept(message, separatorLine);
    const number = await this.#working.run('mark', (work) =>
      this.mailbox.append(message, separatorLine, work),
    );
    // At once: another look may give other numbers.
    const of = this.keyOf(number);
    await this.#catchUp();
    this.#changed(null);
    return of;
  }

  /**
   * Settles when the envelopes of all messages are known. The table of contents is whole before: whoever
   * does something with all messages of a kind, once, waits for this. @throws IO
   */
  async envelopesKnown(): Promise<void> {
    if (this.listing.read < this.count) await this.#catchUp();
  }

  /** Compares every message with the file, not only the file's identity and its end. */
  async verify(): Promise<Diff> {
    return this.#told(await this.#working.run('scan', (work) => this.#watching.verify(work)));
  }

  /** Holds the locks until `unlock`; from now on what is listed is what is there (I3). */
  async lock(limitMs?: number): Promise<readonly LockState[]> {
    const locks = await this.#working.run('mark', (work) => this.mailbox.lock(work, limitMs));
    try {
      await this.sync();
    } catch (error) {
      await this.unlock();
      throw error;
    }
    return locks;
  }

  async unlock(): Promise<void> {
    await this.mailbox.unlock();
    await this.#working.lookAtLocks();
  }

  /** Finishes what must not be left half done, and closes the file. */
  async close(): Promise<void> {
    this.#closing = true;
    this.arrivals.hurry();
    this.#watching.stop();
    this.tasks.stopAll();
    await Promise.all([this.#scanning, this.listing.settled()]);
    await Promise.all([this.indexing.close(), this.texts.close(), this.#working.end()]);
    await this.#keeping.end({ verified: this.verified });
    await this.#marks.rewrite();
    await this.mailbox.close();
    await this.#workers.end();
  }

  #number(wanted: Key): MessageNumber {
    const number = this.numberOf(wanted);
    if (number === null) throw new MailboxError('GONE', { key: wanted });
    return number;
  }

  #renumber(regenerated: Regenerated): void {
    this.#watching.regenerated(regenerated);
    this.indexing.regenerated(regenerated);
    this.successors.note(regenerated);
    const oldNumbers = this.listing.renumber(regenerated);
    if (oldNumbers) this.#listeners.tell({ event: 'renumbered', oldNumbers });
  }

  /** After a look: marks whose messages are gone go too, new envelopes are read, listeners told. */
  async #told(diff: Diff): Promise<Diff> {
    if (diff.how === 'same') return diff;
    const lost = this.#dropLost();
    await this.#catchUp();
    const told = { ...diff, marksLost: lost.length };
    this.#changed(told);
    // What has come is not kept waiting for the locks.
    if (await this.#working.lookAtLocks())
      this.#listeners.tell({ event: 'changed', rows: 'same', diff: null });
    return told;
  }

  /** The file changed while envelopes were read: whoever reads them goes on with what there is now. */
  async #lookAgain(): Promise<void> {
    const diff = await this.mailbox.sync();
    if (diff.how !== 'same') this.#changed({ ...diff, marksLost: this.#dropLost().length });
  }

  /** Marks of messages that are gone go with them. */
  #dropLost(): readonly Key[] {
    const lost = [...this.mailbox.pending.keys()].filter((of) => this.numberOf(of) === null);
    this.mailbox.unmark(lost);
    void this.#marks.changed('unmarked', lost);
    return lost;
  }

  /** Envelopes of messages that came since. */
  async #catchUp(): Promise<void> {
    this.indexing.begin();
    await this.listing.readAll({
      isGrowing: () => false,
      isOver: () => this.#closing,
      lookAgain: () => this.#lookAgain(),
      onRead: () => undefined,
    });
  }

  #failed(error: unknown): void {
    if (!(error instanceof MailboxError && error.code === 'CANCELLED')) console.error(error);
  }

  #changed(diff: Diff | null): Promise<void> {
    return this.#listeners.tell({ event: 'changed', rows: 'changed', diff });
  }
}
