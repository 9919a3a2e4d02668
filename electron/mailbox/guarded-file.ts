/**
 * The mailbox's one open file and its locks: opened once, opened anew only when another file stands
 * under the path, written only by who holds every lock that can be had (I2).
 */

import type { FormatName } from '../../shared/dialect-report.ts';
import { MailboxError } from '../../shared/errors.ts';
import type { LockState } from '../../shared/status.ts';
import type { FileFacts, OpenFile } from './disk/disk.ts';
import { compareIdentity, looksSame } from './disk/identity.ts';
import type { Format } from './format/format.ts';
import { probeCoverage } from './lock/coverage.ts';
import { acquire, type HeldLocks, LIMIT_MS } from './lock/hold.ts';
import type { MailboxOptions, Work } from './mailbox-options.ts';
import { formatOf, type OpenedMailbox, openMailboxFile } from './open-mailbox.ts';
import type { Contents } from './toc/contents.ts';
import { compareRemembered, type Remembered } from './verify.ts';

type Options = Pick<MailboxOptions, 'disk' | 'path' | 'access' | 'format' | 'lockLimitMs'>;

/** A descriptor in the hands of another thread (disk/shared-descriptor.ts). */
export interface LentDescriptor {
  readonly descriptor: number;
  readonly giveBack: () => void;
}

export class GuardedFile {
  readonly #options: Options;
  #file: OpenFile;
  #format: Format;
  /** The format that a person says it has; null to tell it from the content. */
  #named: FormatName | null;
  #readOnly: string;
  #held: HeldLocks | null = null;
  readonly #lent = new Set<Promise<void>>();
  /**
   * Files that were ours before. Freeing one that has no name any more waits for the disk where others write
   * to it, for seconds. Locks are taken only afterwards: closing drops those that this process has on the file,
   * which may be under the path again.
   */
  #leaving: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(options: Options, opened: OpenedMailbox) {
    this.#options = options;
    this.#file = opened.file;
    this.#format = opened.format;
    this.#named = options.format ?? null;
    this.#readOnly = opened.readOnly;
  }

  get file(): OpenFile {
    return this.#file;
  }

  /** The format of that file. */
  get format(): Format {
    return this.#format;
  }

  /** From now on it is read as of this format. @param named as a person says; null if they do not */
  readAs(format: Format, named: FormatName | null): void {
    this.#format = format;
    this.#named = named;
  }

  /** Tells the format from the content once more. @throws NOT_A_MAILBOX */
  async recognise(): Promise<void> {
    this.#format = await formatOf(this.#file, this.#named);
  }

  /**
   * Tells the format anew where it may have become another one without another file: what was rewritten
   * in place, or got its first message, since this was known of it. An empty file is of the format it had.
   * @param unknown what to do if it is no mailbox any more: who only reads it reads it as before
   * @throws NOT_A_MAILBOX if that is to be refused
   */
  async recogniseIfRewritten(
    { identity, table }: Contents,
    underPath: FileFacts,
    unknown: 'refuse' | 'keep',
  ): Promise<void> {
    if (underPath.size === 0 || looksSame(identity, underPath)) return;
    const change = await compareIdentity(identity, this.#file, underPath);
    if (change !== 'changed' && (change !== 'grown' || table.count > 0)) return;
    try {
      await this.recognise();
    } catch (error) {
      const isUnknown = error instanceof MailboxError && error.code === 'NOT_A_MAILBOX';
      if (!isUnknown || unknown === 'refuse') throw error;
    }
  }

  /** Whether remembered messages are those of the file as it is under its path now. @throws IO */
  async compare(remembered: Remembered): Promise<'same' | 'grown' | 'other'> {
    const underPath = await this.underPath();
    return underPath ? compareRemembered(remembered, this.#file, this.#format, underPath) : 'other';
  }

  /** Why it can only be read; empty if it can be written. */
  get readOnly(): string {
    return this.#readOnly || (this.#format.readOnly ?? '');
  }

  /** From now on it is only read. */
  refuseWriting(why: string): void {
    this.#readOnly = why;
  }

  /** True while a caller holds the locks on purpose (`lock`). */
  get locked(): boolean {
    return this.#held !== null;
  }

  /** What stands under the path now; null if nothing does. Opens nothing. */
  underPath(): Promise<FileFacts | null> {
    return this.#options.disk.facts(this.#options.path);
  }

  /** How each lock fares now (I11). */
  async locks(): Promise<readonly LockState[]> {
    if (this.#held) return this.#held.coverage;
    const { disk, path } = this.#options;
    return probeCoverage({ disk, path, file: this.#file });
  }

  /** Holds the locks until `unlock`. @throws LOCKED, READ_ONLY, CANCELLED */
  async lock(work: Work, limitMs?: number): Promise<readonly LockState[]> {
    this.#held ??= await this.#acquire(work, limitMs);
    return this.#held.coverage;
  }

  async unlock(): Promise<void> {
    await this.#held?.release();
    this.#held = null;
  }

  /** Runs `act` with the locks held: those of `lock`, or for as long as it takes. */
  async withLocks<Value>(work: Work, act: (held: HeldLocks) => Promise<Value>): Promise<Value> {
    if (this.#held) return act(this.#held);
    const held = await this.#acquire(work);
    try {
      return await act(held);
    } finally {
      await held.release();
    }
  }

  /**
   * Opens the file that stands under the path, if it is another one than ours.
   * @throws REPLACED while the locks are held on purpose: they are on the old file
   */
  async reopenIfReplaced(underPath: FileFacts): Promise<void> {
    if (await this.#isOurs(underPath)) return;
    const { disk, path, access } = this.#options;
    if (this.#held) throw new MailboxError('REPLACED', { path });
    const opened = await openMailboxFile(disk, path, access, this.#named);
    const before = this.#file;
    this.#file = opened.file;
    this.#format = opened.format;
    this.#readOnly = opened.readOnly;
    this.#leaving = Promise.allSettled([this.#leaving, this.#leave(before)]);
  }

  /** What was lent so far is of that file. Whoever reads the new one does not wait for it. */
  async #leave(before: OpenFile): Promise<void> {
    await Promise.all(this.#lent);
    await before.close();
  }

  /**
   * Lends the descriptor to another thread, to read from. The file is neither closed nor replaced
   * before it is given back.
   * @returns null if there is none to lend; else call `giveBack`, whatever happens
   */
  lend(): LentDescriptor | null {
    const { descriptor } = this.#file;
    if (this.#closed || descriptor < 0) return null;
    let giveBack = (): void => undefined;
    const back = new Promise<void>((resolve) => {
      giveBack = resolve;
    });
    this.#lent.add(back);
    void back.then(() => this.#lent.delete(back));
    return { descriptor, giveBack };
  }

  /** Gives the locks back, then closes; once, since the number may mean another file afterwards. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.unlock();
    await this.#givenBack();
    await this.#leaving;
    await this.#file.close();
  }

  async #givenBack(): Promise<void> {
    while (this.#lent.size > 0) await Promise.all(this.#lent);
  }

  async #isOurs(underPath: FileFacts): Promise<boolean> {
    const own = await this.#file.facts();
    return own.inode === underPath.inode && own.device === underPath.device;
  }

  /**
   * The locks of the file that stands under the path. Whoever had them before may have put another
   * file there while we waited: a lock of the old one protects nothing any more.
   */
  async #acquire({ signal, onLockWait }: Work, limitMs?: number): Promise<HeldLocks> {
    const { disk, path, lockLimitMs } = this.#options;
    const cannot = this.#format.readOnly !== undefined || this.#file.mode === 'read';
    if (cannot && this.readOnly !== '') {
      const sentence = `${this.readOnly} Nothing was changed.`;
      throw new MailboxError('READ_ONLY', { path }, { sentence });
    }
    const end = performance.now() + (limitMs ?? lockLimitMs ?? LIMIT_MS);
    for (;;) {
      const before = await this.underPath();
      if (before) await this.reopenIfReplaced(before);
      await this.#leaving;
      const left = Math.max(0, Math.ceil(end - performance.now()));
      const request = { disk, path, file: this.#file, limitMs: left, signal };
      const held = await acquire({ ...request, onWait: onLockWait });
      if (await this.#isStillOurs(held)) return held;
      await held.release();
    }
  }

  /** Gives the locks back if looking fails: nobody else has them in hand yet. */
  async #isStillOurs(held: HeldLocks): Promise<boolean> {
    try {
      const underPath = await this.underPath();
      return !underPath || (await this.#isOurs(underPath));
    } catch (error) {
      await held.release();
      throw error;
    }
  }
}
