/**
 * Moves the kept bytes to the left, in such steps that at every instant either the source of what is
 * not yet safe is intact, or a copy of it is in the journal. Used by `apply` and by `recover` alike:
 * a recovery is the same work, begun where the journal says.
 *
 * One step moves the kept bytes from M on. With g = how far kept byte M has to move:
 *
 *   wide (g >= S):   at most g bytes are moved. They end before the source of kept byte M, so
 *                    nothing that is not synced yet is overwritten: the step can be repeated.
 *   narrow (g < S):  a step overwrites its own source, so its bytes, at most S, go to the journal
 *                    first. S is the size of the journal's save areas.
 *
 *   step:   record(M, saved) -> write -> sync the mailbox -> M grows
 *
 * What stands behind the recorded size was appended by somebody else and is kept like any other
 * byte. When every kept byte is in its place:
 *
 *   record(M = all) -> end mark written at the new end, synced -> record(truncating) -> truncate
 *
 * The first of these comes before the end mark because that may overwrite the last step's source.
 *
 * The end mark tells recovery whether the truncation happened: if it still stands at the new end, it
 * did not, whatever the size is; if it does not, it did, and what stands there was delivered since.
 */

import { crc32 } from 'node:zlib';
import { byteLength, byteOffset } from '../../../shared/units.ts';
import type { OpenFile } from '../disk/disk.ts';
import type { Journal } from './journal.ts';
import { Kept } from './removal.ts';

/**
 * So much is saved at once if the gap is narrow; a gap of this size is wide. Twice as much is the
 * extra disk space that a flush may take, besides 16 bytes for each run of removed messages.
 */
export const CHUNK_BYTES = 16 * 1024 * 1024;
/** A wide step is not longer than this, so that progress is recorded now and then. */
const STEP_BYTES_MAX = 128 * 1024 * 1024;
const COPY_BYTES = 4 * 1024 * 1024;
/** So many bytes on each side of the place where work goes on are checked by recovery. */
export const CHECKED_BYTES = 4096;

/** What a move needs of its surroundings. */
export interface MoveRequest {
  readonly file: OpenFile;
  readonly journal: Journal;
  /** Asked before every write. @throws LOCK_LOST */
  readonly check: () => Promise<void>;
  /** Told the kept bytes in place, of how many. */
  readonly onProgress: (moved: number, total: number) => void;
}

async function readAt(file: OpenFile, from: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(Math.max(0, length));
  return bytes.subarray(0, await file.read(bytes, byteOffset(from)));
}

/** Checksum of the bytes in front of the final place of kept byte `moved`. */
export async function checksumBehind(file: OpenFile, place: number): Promise<number> {
  const from = Math.max(0, place - CHECKED_BYTES);
  return crc32(await readAt(file, from, place - from));
}

/** Checksum of the kept bytes from `moved` on, where they lie now. */
export async function checksumAhead(
  file: OpenFile,
  kept: Kept,
  moved: number,
  sourceEnd: number,
): Promise<number> {
  const end = Math.min(kept.count(sourceEnd), moved + CHECKED_BYTES);
  let checksum = 0;
  for (const stretch of kept.stretches(moved, end)) {
    checksum = crc32(await readAt(file, stretch.source, stretch.length), checksum);
  }
  return checksum;
}

/** Kept bytes `from` to `to`, read from where they lie. */
async function gather(file: OpenFile, kept: Kept, from: number, to: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(to - from);
  for (const { source, target, length } of kept.stretches(from, to)) {
    const at = target - kept.start - from;
    await file.read(bytes.subarray(at, at + length), byteOffset(source));
  }
  return bytes;
}

/** Copies kept bytes that do not overlap their own source. */
async function copy(request: MoveRequest, kept: Kept, from: number, to: number): Promise<void> {
  const buffer = new Uint8Array(COPY_BYTES);
  for (const { source, target, length } of kept.stretches(from, to)) {
    for (let done = 0; done < length; ) {
      const part = buffer.subarray(0, Math.min(buffer.length, length - done));
      await request.file.read(part, byteOffset(source + done));
      await request.check();
      await request.file.write(part, byteOffset(target + done));
      done += part.length;
    }
  }
}

/** Writes the end mark, records the truncation, truncates. */
export async function truncateAt(
  request: MoveRequest,
  kept: Kept,
  sourceEnd: number,
): Promise<void> {
  const { file, journal } = request;
  const total = kept.count(sourceEnd);
  const end = kept.start + total;
  const behindChecksum = await checksumBehind(file, end);
  const progress = { moved: total, sourceEnd, behindChecksum, aheadChecksum: 0 };
  const nothing = new Uint8Array(0);
  await journal.record({ ...progress, state: 'moving' }, nothing);
  await request.check();
  await file.write(endMark(journal, sourceEnd - end), byteOffset(end));
  await file.sync();
  await journal.record({ ...progress, state: 'truncating' }, nothing);
  await request.check();
  await file.truncate(byteLength(end));
  await file.sync();
}

/** As much of the end mark as fits into what is cut off. */
export const endMark = (journal: Journal, room: number): Buffer =>
  journal.header.endMark.subarray(0, Math.min(journal.header.endMark.length, room));

/**
 * Moves every kept byte from number `moved` on into place, and truncates the file.
 * @returns the file's new size
 */
export async function moveAll(request: MoveRequest, moved: number): Promise<number> {
  const { file, journal } = request;
  const { saveBytes } = journal.header;
  const kept = new Kept(journal.header.removals);
  let done = moved;
  for (;;) {
    // Looked at anew before every step: a program that takes no lock may append at any time.
    const sourceEnd = (await file.facts()).size;
    const total = kept.count(sourceEnd);
    request.onProgress(done, total);
    if (done >= total) {
      await truncateAt(request, kept, sourceEnd);
      return kept.start + total;
    }
    const gap = kept.gapAt(done);
    const wide = gap >= saveBytes;
    const to = Math.min(total, done + (wide ? Math.min(gap, STEP_BYTES_MAX) : saveBytes));
    const bytes = wide ? new Uint8Array(0) : await gather(file, kept, done, to);
    await request.check();
    await journal.record(
      {
        state: 'moving',
        moved: done,
        sourceEnd,
        behindChecksum: await checksumBehind(file, kept.start + done),
        aheadChecksum: await checksumAhead(file, kept, done, sourceEnd),
      },
      bytes,
    );
    await request.check();
    if (wide) await copy(request, kept, done, to);
    else await file.write(bytes, byteOffset(kept.start + done));
    await file.sync();
    done = to;
  }
}
