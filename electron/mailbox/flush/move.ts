/**
 * Moves the kept bytes to the left, in such steps that at every instant either the source of what is
 * not yet safe is intact, or a copy of it is in the journal. Used by `apply` and by `recover` alike:
 * a recovery is the same work, begun where the journal says.
 *
 * M is the number of kept bytes that are in place, synced, and recorded as such, durably; g how far
 * kept byte M has to move.
 *
 *   wide:    bytes are written as long as they end before the source of kept byte M: everything that
 *            the journal does not know of yet can be moved again. Whenever a third of that room is
 *            used, the mailbox is synced and a greater M recorded, while the next thirds are being
 *            written: two syncs are under way at once, so that the disk never waits.
 *   narrow:  a step of up to S bytes overwrites its own source, so its bytes go to the journal first.
 *            S is the size of the journal's save areas.
 *
 *   narrow step:   record(M, saved) -> write -> sync the mailbox -> M grows
 *
 * Narrow steps overlap, without leaving that order: while the bytes of one step are written and
 * synced, those of the next are read and saved; but its record, which says that M is synced, is
 * written only then. Two save areas in turn keep the saved bytes of the step before whole until that
 * record is durable. Which way is taken at which gap is a matter of speed alone.
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
import { type Batch, Gatherer } from './gather.ts';
import type { Journal, Recorded } from './journal.ts';
import { checksumOf, readAt } from './read-at.ts';
import { Kept } from './removal.ts';
import { bothOf, durably, guarded } from './under-way.ts';

/** A gap of this size, or of a save area if that is smaller, is wide. */
export const WIDE_BYTES = 4 * 1024 * 1024;
/**
 * So much is saved at once at the most if the gap is narrow. Twice as much is the
 * extra disk space that a flush may take, besides 24 bytes for each run of removed messages.
 */
export const CHUNK_BYTES = 16 * 1024 * 1024;
/** In wide steps the disk is set to work, and progress recorded, whenever so much was written. */
const SYNC_EVERY_BYTES = 16 * 1024 * 1024;
/** So many syncs, with the records that follow them, are under way at once. */
const SYNCS_UNDER_WAY = 2;
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

/** Checksum of the bytes in front of the final place of kept byte `moved`. */
export async function checksumBehind(file: OpenFile, place: number): Promise<number> {
  return checksumOf(file, Math.max(0, place - CHECKED_BYTES), place);
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

/**
 * Writes the end mark, records the truncation, truncates.
 * @returns false if somebody has appended meanwhile: then nothing was cut off
 */
async function truncateAt(request: MoveRequest, kept: Kept, sourceEnd: number): Promise<boolean> {
  const { file, journal } = request;
  const total = kept.count(sourceEnd);
  const end = kept.start + total;
  const behindChecksum = await checksumBehind(file, end);
  const progress = { moved: total, sourceEnd, behindChecksum, aheadChecksum: 0 };
  await journal.record(Promise.resolve({ ...progress, state: 'moving' }), []);
  await request.check();
  await file.write(endMark(journal, sourceEnd - end), byteOffset(end));
  await file.sync();
  await journal.record(Promise.resolve({ ...progress, state: 'truncating' }), []);
  await request.check();
  // The last look, right before: syncs take long enough for a program that takes no lock.
  if ((await file.facts()).size > sourceEnd) return false;
  await file.truncate(byteLength(end));
  await file.sync();
  return true;
}

/** As much of the end mark as fits into what is cut off. */
export const endMark = (journal: Journal, room: number): Buffer =>
  journal.header.endMark.subarray(0, Math.min(journal.header.endMark.length, room));

/** One move, from where it begins to its end. */
class Move {
  readonly #request: MoveRequest;
  readonly #kept: Kept;
  readonly #gatherer: Gatherer;
  /** So many kept bytes have been written to their places, or are being written. */
  #done: number;
  /** Settles when all of these are synced. */
  #synced: Promise<void> = Promise.resolve();
  /** The kept bytes in place that the journal knows of, durably; -1 if it was not told by us. */
  #recorded = -1;
  /** Settle, in this order, when the records that are being made are durable. */
  readonly #recordings: Promise<void>[] = [];

  constructor(request: MoveRequest, moved: number) {
    const { header } = request.journal;
    this.#request = request;
    this.#kept = new Kept(header.removals);
    // One batch fits into every step.
    const step = header.saveBytes > 0 ? header.saveBytes : this.#kept.gapAt(moved);
    this.#gatherer = new Gatherer(request.file, this.#kept, step, moved);
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
        await Promise.all(this.#recordings.splice(0));
        await this.#synced;
        if (await truncateAt(this.#request, kept, sourceEnd)) return kept.start + total;
        // The journal must say so before the end mark is written over.
        this.#recorded = -1;
        continue;
      }
      if (kept.gapAt(this.#done) < Math.min(journal.header.saveBytes, WIDE_BYTES)) {
        await this.#narrowStep(total, sourceEnd);
      } else await this.#wideStep(total, sourceEnd);
    }
  }

  /** Nothing of the request is used any more when this has settled, whatever happened. */
  async over(): Promise<void> {
    await Promise.allSettled([...this.#recordings, this.#synced, this.#gatherer.done()]);
  }

  async #narrowStep(total: number, sourceEnd: number): Promise<void> {
    const { check, journal } = this.#request;
    const limit = this.#done + journal.header.saveBytes;
    const batches: Batch[] = [];
    for (;;) {
      const batch = await this.#gatherer.take(total, limit);
      if (!batch) break;
      batches.push(batch);
    }
    const saved = batches.map(({ parts }) => parts);
    await journal.record(this.#truth(sourceEnd), saved);
    await check();
    // The place of these ends before the source of what follows: that is read and saved meanwhile.
    const writes = batches.map((batch) => () => this.#write(batch));
    this.#synced = guarded(durably(this.#request.file, writes));
    this.#done = batches.at(-1)?.to ?? this.#done;
  }

  /** Writes batches as far as the journal allows, and has it told of them. */
  async #wideStep(total: number, sourceEnd: number): Promise<void> {
    if (this.#recorded < 0) {
      this.#record(sourceEnd);
      await this.#recordings.shift();
    }
    const gap = this.#kept.gapAt(this.#recorded);
    const begun = this.#done;
    const enough = begun + Math.min(SYNC_EVERY_BYTES, Math.ceil(gap / (SYNCS_UNDER_WAY + 1)));
    while (this.#done < Math.min(total, enough)) {
      const limit = this.#recorded + this.#kept.gapAt(this.#recorded);
      const batch = await this.#gatherer.take(total, limit);
      if (!batch) break;
      await this.#request.check();
      await this.#write(batch);
      this.#done = batch.to;
    }
    const hasWritten = this.#done > begun;
    if (hasWritten) this.#record(sourceEnd);
    if (!hasWritten || this.#recordings.length >= SYNCS_UNDER_WAY) await this.#recordings.shift();
  }

  async #write(batch: Batch): Promise<void> {
    const place = byteOffset(this.#kept.start + batch.from);
    await this.#request.file.writeParts(batch.parts, place);
    this.#gatherer.release(batch);
  }

  /**
   * Has everything before `#done` synced, and recorded once the records before are durable. One
   * sync may be told of the failure of another: so each waits for those before it as well.
   */
  #record(sourceEnd: number): void {
    const done = this.#done;
    this.#synced = guarded(bothOf(this.#synced, this.#request.file.syncData()));
    const truth = guarded(this.#truth(sourceEnd));
    const recorded = async (before: Promise<void>): Promise<void> => {
      await bothOf(before, truth);
      await this.#request.journal.record(truth, []);
      this.#recorded = done;
    };
    this.#recordings.push(guarded(recorded(this.#recordings.at(-1) ?? Promise.resolve())));
  }

  /** What can be recorded once everything before `#done` is in place and synced. */
  async #truth(sourceEnd: number): Promise<Recorded> {
    const { file } = this.#request;
    const moved = this.#done;
    await this.#synced;
    const behindChecksum = await checksumBehind(file, this.#kept.start + moved);
    const aheadChecksum = await checksumAhead(file, this.#kept, moved, sourceEnd);
    return { state: 'moving', moved, sourceEnd, behindChecksum, aheadChecksum };
  }
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
