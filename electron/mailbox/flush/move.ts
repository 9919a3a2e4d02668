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
 * Narrow steps overlap, without leaving that order: while the mailbox is being synced for one step,
 * the bytes of the next are read and saved; but its record, which says that M is synced, is written
 * only then. Two save areas in turn keep the saved bytes of the step before whole until that record
 * is durable.
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
import { type Batch, BATCH_BYTES, Gatherer } from './gather.ts';
import { Kept } from './removal.ts';

/**
 * So much is saved at once if the gap is narrow; a gap of this size is wide. Twice as much is the
 * extra disk space that a flush may take, besides 16 bytes for each run of removed messages.
 */
export const CHUNK_BYTES = BATCH_BYTES;
/** A wide step is not longer than this, so that progress is recorded now and then. */
const STEP_BYTES_MAX = 128 * 1024 * 1024;
/** In a wide step the disk is set to work whenever so much was written. */
const SYNC_EVERY_BYTES = 16 * 1024 * 1024;
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
  await journal.record({ ...progress, state: 'moving' }, []);
  await request.check();
  await file.write(endMark(journal, sourceEnd - end), byteOffset(end));
  await file.sync();
  await journal.record({ ...progress, state: 'truncating' }, []);
  await request.check();
  await file.truncate(byteLength(end));
  await file.sync();
}

/** As much of the end mark as fits into what is cut off. */
export const endMark = (journal: Journal, room: number): Buffer =>
  journal.header.endMark.subarray(0, Math.min(journal.header.endMark.length, room));

/** One move, from where it begins to its end. */
class Move {
  readonly #request: MoveRequest;
  readonly #kept: Kept;
  readonly #gatherer: Gatherer;
  /** So many kept bytes have been written to their places. */
  #done: number;
  /** Settles when all of these are synced. */
  #synced: Promise<void> = Promise.resolve();
  /** What follows, being read already. */
  #ahead: Promise<Batch> | null = null;

  constructor(request: MoveRequest, moved: number) {
    this.#request = request;
    this.#kept = new Kept(request.journal.header.removals);
    this.#gatherer = new Gatherer(request.file, this.#kept);
    this.#done = moved;
  }

  async run(): Promise<number> {
    const { file, journal, onProgress } = this.#request;
    const kept = this.#kept;
    for (;;) {
      // Looked at anew before every step: a program that takes no lock may append at any time.
      const sourceEnd = (await file.facts()).size;
      const total = kept.count(sourceEnd);
      onProgress(this.#done, total);
      if (this.#done >= total) {
        await this.#synced;
        await truncateAt(this.#request, kept, sourceEnd);
        return kept.start + total;
      }
      const gap = kept.gapAt(this.#done);
      if (gap < journal.header.saveBytes) await this.#narrowStep(total, sourceEnd);
      else
        await this.#wideStep(
          Math.min(total, this.#done + Math.min(gap, STEP_BYTES_MAX)),
          sourceEnd,
        );
    }
  }

  /** Nothing of the request is used any more when this has settled, whatever happened. */
  async over(): Promise<void> {
    await Promise.allSettled([this.#synced, this.#ahead]);
  }

  async #narrowStep(total: number, sourceEnd: number): Promise<void> {
    const { file, check, journal } = this.#request;
    const { saveBytes } = journal.header;
    const batch = await this.#take(Math.min(total, this.#done + saveBytes));
    // The place of this batch ends before the source of the next one: it can be read meanwhile.
    this.#readAhead(batch.to, Math.min(total, batch.to + saveBytes));
    await this.#record(sourceEnd, batch.parts);
    await check();
    await file.writeParts(batch.parts, byteOffset(this.#kept.start + batch.from));
    this.#synced = guarded(file.syncData());
    this.#wrote(batch);
  }

  async #wideStep(to: number, sourceEnd: number): Promise<void> {
    const { file, check } = this.#request;
    await this.#record(sourceEnd, []);
    let unsynced = 0;
    while (this.#done < to) {
      const batch = await this.#take(to);
      this.#readAhead(batch.to, to);
      await check();
      await file.writeParts(batch.parts, byteOffset(this.#kept.start + batch.from));
      unsynced += batch.to - batch.from;
      if (unsynced >= SYNC_EVERY_BYTES) {
        await this.#synced;
        this.#synced = guarded(file.syncData());
        unsynced = 0;
      }
      this.#wrote(batch);
    }
    await this.#synced;
    await file.syncData();
  }

  /** Records that everything before `#done` is in place and synced, once it is. */
  async #record(sourceEnd: number, saved: readonly Uint8Array[]): Promise<void> {
    const { file, journal } = this.#request;
    const moved = this.#done;
    const behindChecksum = await checksumBehind(file, this.#kept.start + moved);
    const aheadChecksum = await checksumAhead(file, this.#kept, moved, sourceEnd);
    const progress = { state: 'moving', moved, sourceEnd, behindChecksum, aheadChecksum } as const;
    await journal.record(progress, saved, this.#synced);
  }

  #take(limit: number): Promise<Batch> {
    const ahead = this.#ahead;
    this.#ahead = null;
    return ahead ?? this.#gatherer.take(this.#done, limit);
  }

  #readAhead(from: number, limit: number): void {
    this.#ahead = from < limit ? guarded(this.#gatherer.take(from, limit)) : null;
  }

  #wrote(batch: Batch): void {
    this.#done = batch.to;
    this.#gatherer.release(batch);
  }
}

/** A failure is met by whoever awaits it; until then it is not unhandled. */
function guarded<Value>(work: Promise<Value>): Promise<Value> {
  work.catch(() => undefined);
  return work;
}

/**
 * Moves every kept byte from number `moved` on into place, and truncates the file.
 * @returns the file's new size
 */
export async function moveAll(request: MoveRequest, moved: number): Promise<number> {
  const move = new Move(request, moved);
  try {
    return await move.run();
  } finally {
    await move.over();
  }
}
