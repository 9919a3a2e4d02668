/**
 * The one combination of the locks, and the proof that it is held (I2).
 *
 * `acquire` tries rounds until one succeeds, the limit is reached or the caller stops it, and makes
 * a HeldLocks: the only value with which anything may be written to a mailbox, and nothing else can
 * make one. Imports shared/, disk/ and the files beside it.
 *
 *            round: all held                    release()
 *   (none) ------------------> HELD ------------------------------> RELEASED
 *     |  ^                      |                                      ^
 *     |  | pause                | check(): ours is gone                | release()
 *     +--+ busy, below limit    +---------------------> LOST ----------+
 *     |
 *     +--> LOCKED at the limit, CANCELLED by the signal; nothing is held
 *
 * HELD: every lock of `coverage` that says so is held; check() succeeds.
 * LOST: check() throws LOCK_LOST, now and for ever; what is still ours is held until release().
 * RELEASED: nothing is held, nothing of ours stands on the disk; check() throws LOCK_LOST.
 *
 * Claims less than it holds rather than more. Deliberately absent: waiting inside the kernel, which
 * cannot be cancelled; read locks; locks that outlive their process.
 */

import { MailboxError } from '../../../shared/errors.ts';
import type { LockState } from '../../../shared/status.ts';
import type { Disk, FileFacts, OpenFile } from '../disk/disk.ts';
import { rememberCoverage } from './coverage.ts';
import { dotlockPaths } from './dotlock.ts';
import { type DotlockOwner, forgetOwner, newOwner } from './dotlock-owner.ts';
import { fcntlLock } from './fcntl.ts';
import { holderOfDotlock, holderOfKernelLock } from './holder.ts';
import { pause, pauseMs } from './pause.ts';
import { type Busy, type Round, releaseAll, type Taken, tryAll } from './round.ts';

/** How long a person is kept waiting if the caller does not say. */
export const LIMIT_MS = 30_000;

/** Others take a dotlock for stale that is not touched for minutes (maildrop 5, Postfix 8). */
const TOUCH_EVERY_MS = 60_000;

export interface LockWait {
  /** Who holds the lock, in words; empty if that cannot be known. */
  readonly holder: string;
  readonly waitedMs: number;
  readonly limitMs: number;
}

export interface LockRequest {
  readonly disk: Disk;
  /** The mailbox, open for reading and writing. */
  readonly file: OpenFile;
  /** The path as the person gave it: dotlocks stand beside this name and beside the file itself. */
  readonly path: string;
  /** 0 tries one round. */
  readonly limitMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told before each pause. */
  readonly onWait?: ((wait: LockWait) => void) | undefined;
}

const proof = Symbol('every lock that can be had is held');

/** The locks of one mailbox, held. Only `acquire` makes one. */
export class HeldLocks {
  /** How each lock fared: held, or why it cannot be had (I11). */
  readonly coverage: readonly LockState[];
  readonly #file: OpenFile;
  readonly #taken: Taken;
  readonly #owner: DotlockOwner;
  readonly #timer: NodeJS.Timeout;
  #touching: Promise<void> = Promise.resolve();
  /** By the clock of the wall, which goes on while a machine sleeps; timers do not. */
  #touchedMs = Date.now();
  #released: Promise<void> | null = null;
  #lost = false;

  constructor(file: OpenFile, taken: Taken, owner: DotlockOwner, made: typeof proof) {
    if (made !== proof) throw new MailboxError('BUG', { invariant: 'HeldLocks made elsewhere' });
    this.coverage = taken.coverage;
    this.#file = file;
    this.#taken = taken;
    this.#owner = owner;
    this.#timer = setInterval(() => void this.touch(), TOUCH_EVERY_MS);
    this.#timer.unref();
  }

  /**
   * Called before every write.
   * @throws LOCK_LOST if our dotlock is gone or another's, if our fcntl lock went to somebody else,
   *   or if the locks have been released
   */
  async check(): Promise<void> {
    if (this.#released) throw this.#lockLost('the locks have been released');
    if (this.#lost) throw this.#lockLost('the lock was found lost before');
    for (const dotlock of this.#taken.dotlocks) {
      if (await dotlock.stands()) continue;
      this.#lost = true;
      throw this.#lockLost(`the lock file ${dotlock.path} is no longer ours`);
    }
    // A machine that has slept meanwhile: to others the dotlock looks as if nobody were there any more.
    if (Date.now() - this.#touchedMs > TOUCH_EVERY_MS) await this.touch();
    // What this process holds it gets again; what it lost, only if nobody else has it. Not so
    // flock: Windows refuses it to its own holder.
    if (!this.#taken.kernel.includes(fcntlLock)) return;
    if ((await fcntlLock.take(this.#file)).outcome === 'held') return;
    this.#lost = true;
    throw this.#lockLost('the fcntl lock is no longer ours');
  }

  /** Tells others that we are still at work. Done every minute anyway; never throws. */
  async touch(): Promise<void> {
    if (this.#released) return;
    this.#touchedMs = Date.now();
    this.#touching = this.#touching.then(async () => {
      // What became of the dotlock, `check` will tell.
      for (const dotlock of this.#taken.dotlocks) await dotlock.touch().catch(() => undefined);
    });
    await this.#touching;
  }

  /** Gives the locks back; once or more often. The file must still be open. Never throws. */
  async release(): Promise<void> {
    this.#released ??= this.#release();
    await this.#released;
  }

  async #release(): Promise<void> {
    clearInterval(this.#timer);
    await this.#touching;
    await releaseAll(this.#file, this.#taken);
    forgetOwner(this.#owner);
  }

  #lockLost(why: string): MailboxError {
    return new MailboxError('LOCK_LOST', { path: this.#file.path, why });
  }
}

/**
 * Obtains every lock that can be had, or none.
 * @throws READ_ONLY if the file is open for reading only: a write lock needs more
 * @throws LOCKED at the limit, with details `holder`, `lock`, `waitedMs`
 * @throws CANCELLED when the signal aborts
 * @throws NOT_FOUND if nothing stands under the path any more
 * @throws IO if this file cannot be locked at all
 */
export async function acquire(request: LockRequest): Promise<HeldLocks> {
  if (request.file.mode === 'read') throw new MailboxError('READ_ONLY', { path: request.path });
  const owner = newOwner();
  try {
    const { disk, file } = request;
    const mailbox = await file.facts();
    const places = await dotlockPaths(disk, request.path);
    const taken = await untilTaken(request, { disk, file, mailbox, places, owner });
    rememberCoverage(file, taken.coverage);
    return new HeldLocks(file, taken, owner, proof);
  } catch (thrown) {
    forgetOwner(owner);
    throw thrown;
  }
}

/** Runs `work` with the locks held; gives them back whatever happens. @throws as `acquire` */
export async function hold<Value>(
  request: LockRequest,
  work: (held: HeldLocks) => Promise<Value>,
): Promise<Value> {
  const held = await acquire(request);
  try {
    return await work(held);
  } finally {
    await held.release();
  }
}

async function untilTaken(request: LockRequest, round: Round): Promise<Taken> {
  const { limitMs = LIMIT_MS, signal, onWait, path } = request;
  const begun = performance.now();
  for (let rounds = 0; ; rounds++) {
    if (signal?.aborted) throw new MailboxError('CANCELLED');
    const result = await tryAll(round);
    if ('taken' in result) {
      if (!signal?.aborted) return result.taken;
      await releaseAll(round.file, result.taken);
      throw new MailboxError('CANCELLED');
    }
    const holder = await holderOf(round.disk, result.busy, round.mailbox);
    const waitedMs = Math.round(performance.now() - begun);
    if (waitedMs >= limitMs) throw locked(path, result.busy, holder, waitedMs);
    onWait?.({ holder, waitedMs, limitMs });
    await pause(Math.min(pauseMs(rounds), limitMs - waitedMs), signal);
  }
}

function holderOf(disk: Disk, busy: Busy, mailbox: FileFacts): Promise<string> {
  return busy.lock === 'dotlock'
    ? holderOfDotlock(disk, busy.place, mailbox)
    : holderOfKernelLock(disk, busy.lock, mailbox);
}

function locked(path: string, busy: Busy, holder: string, waitedMs: number): MailboxError {
  const details = { path, holder, lock: busy.lock, waitedMs };
  if (!holder) return new MailboxError('LOCKED', details);
  return new MailboxError('LOCKED', details, {
    sentence: `This archive is locked by ${holder}. Nothing was changed; try again when it is done.`,
  });
}
