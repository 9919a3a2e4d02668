/**
 * Finishes what a crash interrupted (I8). Called under the locks, before anything else is done with
 * a mailbox that has a journal.
 *
 * The journal says how far the move had come; from there the same work goes on. If the file is not
 * what the journal left, nothing is touched: JOURNAL_FOREIGN, with what lies where.
 */

import { crc32 } from 'node:zlib';
import { MailboxError } from '../../../shared/errors.ts';
import { byteOffset } from '../../../shared/units.ts';
import type { OpenFile } from '../disk/disk.ts';
import type { HeldLocks } from '../lock/hold.ts';
import { unsure } from './apply.ts';
import {
  besideMailbox,
  inStateFolder,
  inTheWay,
  type Journal,
  type JournalPlace,
  journalPaths,
  openJournal,
  secondPlace,
  type Resumed,
} from './journal.ts';
import type { Progress } from './journal-layout.ts';
import { checksumAhead, checksumBehind, endMark, type MoveRequest, moveAll } from './move.ts';
import { placeOfJournal } from './named-place.ts';
import { AheadReader } from './read-ahead.ts';
import { forgetAppend, recoverAppend, type RecoverAppendRequest } from './recover-append.ts';
import { Kept, SEALED_BYTES } from './removal.ts';

/** The path of a journal that stands at one of its places; null if none does. Opens nothing. */
async function journalAt(place: JournalPlace): Promise<string | null> {
  for (const journalPath of [...journalPaths(place), ...journalPaths(secondPlace(place))]) {
    if ((await place.disk.facts(journalPath)) !== null) return journalPath;
  }
  return null;
}

/** Whether a journal stands at one of its places. Opens nothing. */
export const hasJournal = async (place: JournalPlace): Promise<boolean> =>
  (await journalAt(place)) !== null;

/**
 * Asked under the locks, before anything is written. Another Mailkeep may have been interrupted since
 * this mailbox was opened: what it left half moved can be finished only as long as nobody, a truncation
 * that needs no journal of its own included, goes on from there.
 * @throws JOURNAL_FOREIGN if a journal stands there
 */
export async function mustBeFinished(known: JournalPlace, mailbox: OpenFile): Promise<void> {
  const journal = await journalAt(await placeOfJournal(known, mailbox));
  if (journal !== null) throw inTheWay(journal);
}

export type RecoverRequest = RecoverAppendRequest;

function foreign(journal: Journal, file: OpenFile, why: string): MailboxError {
  const { sizeBefore, sizeAfter } = journal.header;
  const details = { path: file.path, journal: journal.path, why, sizeBefore, sizeAfter };
  const sentence = `An unfinished compaction of this archive lies in ${journal.path}, but the archive is not what it left: ${why}. Nothing was touched; put the archive back as it was then, or move that file away to go on with the archive as it is.`;
  return new MailboxError('JOURNAL_FOREIGN', details, { sentence });
}

/**
 * What says that this is the file: its length, its bytes on both sides of the place where work goes
 * on, and those at both ends of everything that is still to be removed (I5). Its numbers say nothing:
 * a device gets another one when the machine starts or the disk is plugged in again, and on FAT so
 * does every file. What other programs changed between these places does no harm: it is kept.
 * @throws JOURNAL_FOREIGN if the file cannot be what this journal left in the middle of a move
 */
async function checkFile(
  journal: Journal,
  { progress, saved }: Resumed,
  file: OpenFile,
): Promise<void> {
  const { header } = journal;
  const facts = await file.facts();
  if (facts.size < progress.sourceEnd) throw foreign(journal, file, 'it is shorter than it was');
  const kept = new Kept(header.removals);
  // Bytes in front of the place are final; the step that was under way has not touched them.
  if ((await checksumBehind(file, kept.start + progress.moved)) !== progress.behindChecksum) {
    throw foreign(journal, file, 'what had been moved was changed');
  }
  await checkRemovals(journal, { progress, saved }, file);
  if (progress.state === 'truncating' || saved.length > 0) return;
  const ahead = await checksumAhead(file, kept, progress.moved, progress.sourceEnd);
  if (ahead !== progress.aheadChecksum) {
    throw foreign(journal, file, 'what was still to be moved was changed');
  }
}

/** Compares what is still to be removed, and not written over yet, with what it was. */
async function checkRemovals(
  journal: Journal,
  { progress, saved }: Resumed,
  file: OpenFile,
): Promise<void> {
  const kept = new Kept(journal.header.removals);
  const intactFrom =
    kept.start + progress.moved + Math.max(saved.length, kept.gapAt(progress.moved));
  const ahead = journal.header.removals.filter(({ offset }) => offset >= intactFrom);
  const ends = ahead.flatMap(({ offset, length }) => {
    const border = Math.min(length, SEALED_BYTES);
    return [
      { from: offset, to: offset + border },
      { from: offset + length - border, to: offset + length },
    ];
  });
  const reader = new AheadReader(file, ends);
  const buffer = Buffer.alloc(SEALED_BYTES);
  try {
    for (const [at, { headChecksum, tailChecksum }] of ahead.entries()) {
      for (const [which, checksum] of [headChecksum, tailChecksum].entries()) {
        const { from, to } = ends[2 * at + which] ?? { from: 0, to: 0 };
        if (crc32(await reader.all(from, to, buffer)) === checksum) continue;
        throw foreign(journal, file, 'what was still to be removed was changed');
      }
    }
  } finally {
    await reader.done();
  }
}

/** True if the end mark no longer stands at the new end: the file was cut off there. */
async function isTruncated(journal: Journal, progress: Progress, file: OpenFile): Promise<boolean> {
  const end = new Kept(journal.header.removals).start + progress.moved;
  const mark = endMark(journal, progress.sourceEnd - end);
  const there = Buffer.alloc(mark.length);
  const read = await file.read(there, byteOffset(end));
  return read < mark.length || !there.equals(mark);
}

async function finish(
  journal: Journal,
  resumed: Resumed,
  held: HeldLocks,
  request: RecoverRequest,
): Promise<void> {
  const { file, onProgress } = request;
  const { progress, saved } = resumed;
  if (progress.state === 'truncating' && (await isTruncated(journal, progress, file))) return;
  await checkFile(journal, resumed, file);
  const move: MoveRequest = { file, journal, check: () => held.check(), onProgress };
  try {
    if (saved.length > 0) {
      const { start } = new Kept(journal.header.removals);
      await held.check();
      await file.write(saved, byteOffset(start + progress.moved));
      await file.sync();
    }
    await moveAll(move, progress.moved + saved.length);
  } catch (error) {
    throw unsure(error, file.path);
  }
}

/**
 * Finishes what the journal at this place says.
 * @param forget what has to be gone before a byte is moved
 * @returns whether there was one
 */
async function finishAt(
  place: JournalPlace,
  held: HeldLocks,
  request: RecoverRequest,
  forget: () => Promise<void> = () => Promise.resolve(),
): Promise<boolean> {
  const journal =
    (await openJournal(place.disk, besideMailbox(place))) ??
    (await openJournal(place.disk, inStateFolder(place)));
  if (!journal) return false;
  try {
    const resumed = await journal.progress();
    // Without it nothing had moved: the file is as it was, and the deletion was not carried out.
    if (resumed) {
      await forget();
      await finish(journal, resumed, held, request);
    }
  } catch (error) {
    await journal.leave().catch(() => undefined);
    throw error;
  }
  await journal.drop();
  return true;
}

/**
 * Finishes an interrupted flush, and takes back an interrupted delivery, if there is one. A second
 * journal comes first: what it has begun to do is what the first one asked for.
 * @returns whether there was a flush
 * @throws JOURNAL_FOREIGN, TOO_NEW: nothing was touched
 * @throws UNSURE if a write failed again
 */
export async function recover(held: HeldLocks, request: RecoverRequest): Promise<boolean> {
  const { place } = request;
  await held.check();
  await finishAt(secondPlace(place), held, request, () => forgetAppend(place));
  await recoverAppend(held, request);
  return finishAt(place, held, request);
}
