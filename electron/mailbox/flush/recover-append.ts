/**
 * Takes back a delivery that a crash interrupted: under the locks, before anything else is done.
 *
 * Recovery looks at what stands behind the size before. If all of the delivery is there, it stays. If
 * something is missing, or zeros stand where a sector did not arrive, what is there of it goes: nobody
 * was told that the message had arrived. At the end of the file that is a truncation. Where somebody has
 * delivered since, the torn piece is removed as a flush removes a message, with a journal of its own,
 * and only if every byte of it is ours and a message begins right behind it; their message may even
 * have begun in the middle of our last line, and is found now. If there is anything else behind the
 * size before, nothing is touched: what is not known to be ours is somebody else's.
 *
 * The journal goes in every case; where a torn piece is removed, it goes when the removal's own journal,
 * the second, has recorded that it begins, and before the first byte moves:
 *
 *   delivery's alone --create--> both, nothing recorded --record--> both --remove--> second alone, moving
 *
 * So what a crash leaves tells what to do: the second without a record is dropped and the delivery's
 * asked again; the second with a record is finished, and never is the delivery's asked after a move.
 */

import path from 'node:path';
import { MailboxError } from '../../../shared/errors.ts';
import { byteLength } from '../../../shared/units.ts';
import type { Disk, OpenFile } from '../disk/disk.ts';
import type { Format, Reading } from '../format/format.ts';
import type { HeldLocks } from '../lock/hold.ts';
import {
  type AppendHeader,
  type AppendRecord,
  HEADER_BYTES,
  lastAppendRecord,
  MAGIC,
  parseAppendHeader,
} from './append-journal-layout.ts';
import { removeRange } from './apply.ts';
import { type JournalPlace, journalPaths, secondPlace } from './journal.ts';
import { checksumBehind } from './move.ts';
import { checksumOf, readAt } from './read-at.ts';

export interface RecoverAppendRequest {
  readonly file: OpenFile;
  readonly place: JournalPlace;
  readonly format: Format;
  readonly reading: Reading;
  readonly onProgress: (moved: number, total: number) => void;
}

const SECTOR_BYTES = 512;
/** What a format is shown of both sides of a seam. */
const SEAM_BYTES = 8192;
/** Their first bytes may happen to be those that ours would have gone on with: no more than these. */
const ALIKE_BYTES_MAX = 8;

/** What is there of a delivery. */
type Found =
  | { readonly found: 'whole' | 'else' }
  /** It ends at `end`; somebody else's bytes follow if the file does not end there. */
  | { readonly found: 'torn'; readonly end: number };

const WHOLE: Found = { found: 'whole' };
const ELSE: Found = { found: 'else' };

/** How many of the first bytes are those, or zeros if there are more of them. */
function ownBytes(there: Buffer, ours: Uint8Array): number {
  let same = 0;
  while (same < there.length && there[same] === ours[same]) same += 1;
  let zeros = 0;
  while (zeros < there.length && there[zeros] === 0) zeros += 1;
  return Math.max(same, zeros);
}

/** Compares what stands behind the size before with what was to be written. */
async function foundBehind(
  mailbox: OpenFile,
  sizeBefore: number,
  { at, bytes, isLast, checksumBefore }: AppendRecord,
): Promise<Found> {
  const { size } = await mailbox.facts();
  if (at < sizeBefore || (await checksumOf(mailbox, sizeBefore, at)) !== checksumBefore)
    return ELSE;
  const there = await readAt(mailbox, at, bytes.length);
  let isTorn = there.length < bytes.length || !isLast;
  for (let done = 0; done < there.length; ) {
    // Sectors arrive whole or not at all: cut where they end in the mailbox.
    const length = SECTOR_BYTES - ((at + done) % SECTOR_BYTES);
    const stretch = there.subarray(done, done + length);
    const ours = bytes.subarray(done, done + stretch.length);
    const own = ownBytes(stretch, ours);
    if (own < stretch.length) return { found: 'torn', end: at + done + own };
    isTorn ||= !stretch.equals(ours);
    done += stretch.length;
  }
  if (isTorn) return { found: 'torn', end: at + there.length };
  return size < at + bytes.length ? ELSE : WHOLE;
}

/** Whether `after` is what another program writes behind a file that ends with `before`. */
const goesOn = (format: Format, before: Buffer, after: Buffer, reading: Reading): boolean =>
  format.goesOn?.(before, after) ??
  (format.begins(after) && format.seamHolds(before, after, reading));

/** Where their message begins, at `end` or a few bytes before; -1 if it cannot be told. */
async function beginOfTheirs(
  { file, format, reading }: RecoverAppendRequest,
  sizeBefore: number,
  end: number,
): Promise<number> {
  const border = Math.min(sizeBefore, SEAM_BYTES);
  const before = await readAt(file, sizeBefore - border, border);
  const first = Math.max(sizeBefore, end - ALIKE_BYTES_MAX);
  const near = await readAt(file, first, SEAM_BYTES);
  for (let from = end; from >= first; from--) {
    const after = near.subarray(from - first);
    if (goesOn(format, before, after, reading)) return from;
  }
  return -1;
}

/** What is to go: from the size before up to this; null if nothing is. */
interface Torn {
  readonly from: number;
  readonly to: number;
  readonly isEnd: boolean;
}

async function tornIn(
  request: RecoverAppendRequest,
  { sizeBefore, checksumBefore }: AppendHeader,
  record: AppendRecord,
): Promise<Torn | null> {
  const { file } = request;
  const { size } = await file.facts();
  if (size <= sizeBefore) return null;
  if ((await checksumBehind(file, sizeBefore)) !== checksumBefore) return null;
  const found = await foundBehind(file, sizeBefore, record);
  if (found.found !== 'torn') return null;
  if (found.end === size) return { from: sizeBefore, to: size, isEnd: true };
  const to = await beginOfTheirs(request, sizeBefore, found.end);
  return to > sizeBefore ? { from: sizeBefore, to, isEnd: false } : null;
}

/** What an interrupted delivery has left, if it can be told from everything else. @throws TOO_NEW, IO */
async function tornBy(request: RecoverAppendRequest, journal: OpenFile): Promise<Torn | null> {
  const header = parseAppendHeader(await readAt(journal, 0, HEADER_BYTES));
  if (header.header === 'newer') {
    throw new MailboxError('TOO_NEW', { journal: journal.path, version: header.version });
  }
  const record = header.header === 'valid' ? await lastAppendRecord(journal) : null;
  return header.header === 'valid' && record ? tornIn(request, header.value, record) : null;
}

/** Opens what stands there if it begins as the journal of a delivery does. */
async function openAppendJournal(disk: Disk, journalPath: string): Promise<OpenFile | null> {
  if ((await disk.facts(journalPath)) === null) return null;
  const file = await disk.open(journalPath, 'read-write');
  const magic = await readAt(file, 0, MAGIC.length);
  if (magic.toString('latin1') === MAGIC) return file;
  await file.close();
  return null;
}

async function cutOff(held: HeldLocks, file: OpenFile, { from }: Torn): Promise<void> {
  await held.check();
  await file.truncate(byteLength(from));
  await file.sync();
}

/** The journal goes, durably, if it is that of a delivery. */
export async function forgetAppend(place: JournalPlace): Promise<void> {
  const { disk } = place;
  for (const journalPath of journalPaths(place)) {
    const journal = await openAppendJournal(disk, journalPath);
    if (!journal) continue;
    await journal.close();
    await disk.remove(journalPath);
    await disk.syncFolder(path.dirname(journalPath));
  }
}

/** In front of somebody else's message. If it cannot go, it stays: it is in nobody's way. */
async function takeOut(
  held: HeldLocks,
  { file, place, onProgress }: RecoverAppendRequest,
  { from, to }: Torn,
): Promise<void> {
  const beforeFirstWrite = (): Promise<void> => forgetAppend(place);
  const request = { file, place: secondPlace(place), onProgress, beforeFirstWrite };
  try {
    await removeRange(held, { offset: from, length: to - from }, request);
  } catch (error) {
    const { code } = error instanceof MailboxError ? error : { code: 'BUG' };
    if (code !== 'NO_SPACE' && code !== 'NO_PERMISSION' && code !== 'READ_ONLY') throw error;
    await forgetAppend(place);
  }
}

/**
 * Takes back a delivery that a crash interrupted.
 * @throws TOO_NEW, IO: nothing was touched; UNSURE if a write failed half way
 */
export async function recoverAppend(held: HeldLocks, request: RecoverAppendRequest): Promise<void> {
  const { file, place } = request;
  const { disk } = place;
  for (const journalPath of journalPaths(place)) {
    const journal = await openAppendJournal(disk, journalPath);
    if (!journal) continue;
    let torn: Torn | null;
    try {
      torn = await tornBy(request, journal);
      if (torn?.isEnd) await cutOff(held, file, torn);
    } finally {
      await journal.close();
    }
    if (torn && !torn.isEnd) await takeOut(held, request, torn);
    else await forgetAppend(place);
  }
}
