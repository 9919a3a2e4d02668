/**
 * Carries out a plan: compaction in place (DESIGN 5). The same inode, never renamed over; at every
 * instant a crash leaves a file that `recover` brings to its end.
 *
 *   planned --createJournal--> journaled --moveAll--> moved, truncated --drop--> done
 *      |                          |                       |
 *      | cancelled, no space:     | cancelled: journal    | any failure: Unsure. The journal
 *      | nothing has happened     | dropped, nothing      | stays; only `recover` goes on
 *                                 | has happened          | from there
 *
 * Once the first byte has moved, finishing is the only way: a cancel is no longer heard.
 */

import { randomBytes } from 'node:crypto';
import { MailboxError } from '../../../shared/errors.ts';
import type { FileFacts, OpenFile } from '../disk/disk.ts';
import { identify } from '../disk/identity.ts';
import type { HeldLocks } from '../lock/hold.ts';
import { createJournal, type Journal, type JournalPlace } from './journal.ts';
import { END_MARK_BYTES, headerBytes, placesOf } from './journal-layout.ts';
import { CHUNK_BYTES, moveAll, WIDE_BYTES } from './move.ts';
import type { Plan } from './plan.ts';
import { checksumOf } from './read-at.ts';
import { Kept, type Removal, SEALED_BYTES } from './removal.ts';

export interface ApplyRequest {
  readonly file: OpenFile;
  readonly place: JournalPlace;
  readonly signal: AbortSignal;
  readonly onProgress: (moved: number, total: number) => void;
  /** Told once, when it can no longer be stopped. */
  readonly onPointOfNoReturn?: () => void;
  /** Done once: when the journal has recorded, durably, that the move begins, and before it does. */
  readonly beforeFirstWrite?: () => Promise<void>;
  readonly chunkBytes?: number;
}

/** A write failed half way: the mailbox is Unsure, the journal knows every byte. */
export function unsure(cause: unknown, path: string): MailboxError {
  const why = cause instanceof Error ? cause.message : String(cause);
  const code = cause instanceof MailboxError ? cause.code : 'IO';
  return new MailboxError('UNSURE', { path, code, why }, { cause });
}

/** Saved bytes need an area of this size at least, for what somebody may append while we work. */
const SAVE_BYTES_MIN = 64 * 1024;

/** Bytes of a save area: none if every step is wide. */
function saveBytesFor({ removals, sizeBefore }: Compacted, chunkBytes: number): number {
  const kept = new Kept(removals);
  const wide = Math.min(chunkBytes, WIDE_BYTES);
  if (kept.gapAt(0) >= wide) return 0;
  const narrow = Math.min(kept.narrow(wide), kept.count(sizeBefore));
  return Math.min(chunkBytes, Math.max(narrow, SAVE_BYTES_MIN));
}

/** So many bytes the journal of a compaction takes, if there is anything to compact. */
export function journalBytesFor(compaction: Compacted, chunkBytes = CHUNK_BYTES): number {
  if (compaction.removals.length === 0) return 0;
  const saveBytes = saveBytesFor(compaction, chunkBytes);
  return placesOf(headerBytes(compaction.removals.length), saveBytes).end;
}

/**
 * Carries out a plan under the locks it was made under.
 * @throws CANCELLED before anything was written; NO_SPACE, LOCK_LOST likewise
 * @throws UNSURE if a write failed after bytes had moved; `details.code` says how
 */
export async function applyPlan(held: HeldLocks, plan: Plan, request: ApplyRequest): Promise<void> {
  if (plan.removals.length === 0) return;
  await held.check();
  if (await cutEnd(held, plan, request)) return;
  const { sizeBefore, sizeAfter, removals } = plan;
  const { tailDigest } = plan.current.contents.identity;
  await compact(held, { sizeBefore, sizeAfter, removals, tailDigest }, request);
}

/**
 * Removes bytes that are nobody's message, and keeps every other byte (`recover-append.ts`).
 * @throws NO_SPACE, LOCK_LOST, NO_PERMISSION, READ_ONLY: nothing was changed; UNSURE
 */
export async function removeRange(
  held: HeldLocks,
  { offset, length }: Removal,
  request: Omit<ApplyRequest, 'signal'>,
): Promise<void> {
  const { file } = request;
  const { size, tailDigest } = await identify(file);
  const border = Math.min(length, SEALED_BYTES);
  const sealed = {
    offset,
    length,
    headChecksum: await checksumOf(file, offset, offset + border),
    tailChecksum: await checksumOf(file, offset + length - border, offset + length),
  };
  const compaction = { sizeBefore: size, sizeAfter: size - length, removals: [sealed], tailDigest };
  await compact(held, compaction, { ...request, signal: new AbortController().signal });
}

interface Compacted extends Pick<Plan, 'removals'> {
  readonly sizeBefore: number;
}

/** What is to be done to the file, whatever it is for. */
interface Compaction extends Compacted {
  readonly sizeAfter: number;
  readonly tailDigest: string;
}

async function compact(
  held: HeldLocks,
  compaction: Compaction,
  request: ApplyRequest,
): Promise<void> {
  const { file, place, signal } = request;
  const facts = await file.facts();
  const journal = await createJournal(place, file, {
    ...compaction,
    device: facts.device,
    inode: facts.inode,
    endMark: randomBytes(END_MARK_BYTES),
    saveBytes: saveBytesFor(compaction, request.chunkBytes ?? CHUNK_BYTES),
  });
  await beforeFirstMove(held, journal, signal);
  request.onPointOfNoReturn?.();
  try {
    let before = request.beforeFirstWrite;
    // Every write comes behind a record.
    const check = async (): Promise<void> => {
      const first = before;
      before = undefined;
      await first?.();
      await held.check();
    };
    await moveAll({ file, journal, check, onProgress: request.onProgress }, 0);
    await keepNewMailSign(file, facts);
  } catch (error) {
    await journal.leave().catch(() => undefined);
    throw unsure(error, file.path);
  }
  // What was to go is gone: no error from here on may read as if nothing had happened.
  await journal.drop().catch((error: unknown) => {
    throw unsure(error, file.path);
  });
}

/**
 * Removing from the end is a truncate, which a file system does whole or not at all: no journal.
 * @returns false if there is more to do than that
 */
async function cutEnd(
  held: HeldLocks,
  plan: Plan,
  { file, signal }: ApplyRequest,
): Promise<boolean> {
  const isEnd = new Kept(plan.removals).count(plan.sizeBefore) === 0;
  if (!isEnd) return false;
  if (signal.aborted) throw new MailboxError('CANCELLED');
  await held.check();
  // The last look, right before: what somebody has appended without a lock must be moved.
  const facts = await file.facts();
  if (facts.size !== plan.sizeBefore) return false;
  try {
    await file.truncate(plan.sizeAfter);
    await file.sync();
    await keepNewMailSign(file, facts);
  } catch (error) {
    throw unsure(error, file.path);
  }
  return true;
}

/**
 * "New mail" is mtime later than atime: a mailbox that was read stays read, one with new mail keeps
 * it. mtime is never set back, or others would miss the change (dialect fact 23).
 */
async function keepNewMailSign(file: OpenFile, before: FileFacts): Promise<void> {
  const now = await file.facts();
  const hadNewMail = before.modifiedNs > before.accessedNs;
  await file.setTimes(hadNewMail ? before.accessedNs : now.modifiedNs, now.modifiedNs);
}

/** The last moment at which stopping leaves everything as it was. */
async function beforeFirstMove(
  held: HeldLocks,
  journal: Journal,
  signal: AbortSignal,
): Promise<void> {
  try {
    if (signal.aborted) throw new MailboxError('CANCELLED');
    await held.check();
  } catch (error) {
    await journal.drop();
    throw error;
  }
}
