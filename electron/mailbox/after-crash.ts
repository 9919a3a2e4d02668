/**
 * What a crash may have left beside a mailbox, dealt with when it is opened: an unfinished flush is
 * finished (I8), and a dotlock whose owner is dead, or the temporary it was to be made of, is taken
 * away (I10). Both under the locks.
 */

import { MailboxError } from '../../shared/errors.ts';
import type { Status } from '../../shared/status.ts';
import type { OpenFile } from './disk/disk.ts';
import type { JournalPlace } from './flush/journal.ts';
import { placeByFormerName } from './flush/former-name.ts';
import { placeOfJournal } from './flush/named-place.ts';
import { hasJournal, recover } from './flush/recover.ts';
import type { Format, Reading } from './format/format.ts';
import { dotlockPaths, temporaryOf } from './lock/dotlock.ts';
import { acquire, LIMIT_MS, type LockRequest } from './lock/hold.ts';

export interface AfterCrashRequest {
  readonly file: OpenFile;
  readonly path: string;
  readonly place: JournalPlace;
  readonly format: Format;
  readonly reading: Reading;
  readonly lock: Pick<LockRequest, 'signal' | 'onWait' | 'limitMs'>;
  readonly onProgress: (done: number, total: number) => void;
}

export interface AfterCrash {
  readonly journal: Status['journal'];
  /** Why the mailbox must not be changed; empty if it may. */
  readonly readOnly: string;
}

const UNFINISHED =
  'A change of this archive was interrupted, and you are not allowed to change its journal. Every message is still there; make the folder writable and open the archive again.';

async function hasDotlock({ place, path }: AfterCrashRequest): Promise<boolean> {
  for (const dotlock of await dotlockPaths(place.disk, path)) {
    for (const left of [dotlock, temporaryOf(dotlock)]) {
      if ((await place.disk.facts(left)) !== null) return true;
    }
  }
  return false;
}

/** Taking the locks once removes a dotlock whose owner is dead; one of the living stays. */
async function clearDeadLock(request: AfterCrashRequest): Promise<void> {
  const { file, path, place } = request;
  try {
    const held = await acquire({ disk: place.disk, file, path, limitMs: 0 });
    await held.release();
  } catch (error) {
    if (!(error instanceof MailboxError) || error.code === 'BUG') throw error;
  }
}

interface WhereLeft {
  readonly place: JournalPlace;
  readonly interrupted: boolean;
  /** Found by another name that stands for another file by now, or for none: it may not be of this one. */
  readonly isFormer: boolean;
}

async function whereLeft({ file, place: known }: AfterCrashRequest): Promise<WhereLeft> {
  const place = await placeOfJournal(known, file);
  if (await hasJournal(place)) return { place, interrupted: true, isFormer: false };
  const former = await placeByFormerName(place, file);
  return { place: former ?? place, interrupted: former !== null, isFormer: former !== null };
}

/**
 * Puts things in order before a mailbox is read.
 * @throws LOCKED if a flush has to be finished and somebody else holds the lock; TOO_NEW; UNSURE
 */
export async function settleAfterCrash(request: AfterCrashRequest): Promise<AfterCrash> {
  const { file, path, format, reading, lock, onProgress } = request;
  const { disk } = request.place;
  const { interrupted } = await whereLeft(request);
  if (file.mode === 'read') return { journal: interrupted ? 'present' : 'none', readOnly: '' };
  if (!interrupted) {
    if (await hasDotlock(request)) await clearDeadLock(request);
    return { journal: 'none', readOnly: '' };
  }
  const held = await acquire({ disk, file, path, limitMs: LIMIT_MS, ...lock });
  let isFormer = false;
  try {
    // Once more: beside a former name there may be the journal of another mailbox by now, which is at work.
    const left = await whereLeft(request);
    isFormer = left.isFormer;
    const { place } = left;
    const recovered = await recover(held, { file, place, format, reading, onProgress });
    return { journal: recovered ? 'recovered' : 'none', readOnly: '' };
  } catch (error) {
    if (!(error instanceof MailboxError)) throw error;
    // Shown, never touched: a person decides what becomes of it.
    if (error.code === 'JOURNAL_FOREIGN' && isFormer) return { journal: 'none', readOnly: '' };
    if (error.code === 'JOURNAL_FOREIGN') return { journal: 'foreign', readOnly: error.message };
    if (error.code !== 'NO_PERMISSION' && error.code !== 'READ_ONLY') throw error;
    return { journal: 'present', readOnly: UNFINISHED };
  } finally {
    await held.release();
  }
}
