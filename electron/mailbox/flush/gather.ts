/**
 * Reads kept bytes from where they lie, many at once, in the order in which they will stand. What is
 * removed between them is read along where it is short: one large read costs less than many small
 * ones. A few buffers are used in turn, so that memory stays bounded and warm.
 */

import { MailboxError } from '../../../shared/errors.ts';
import { byteOffset } from '../../../shared/units.ts';
import type { OpenFile } from '../disk/disk.ts';
import type { Kept } from './removal.ts';

/** So much is read at once at the most. */
const BATCH_BYTES = 4 * 1024 * 1024;
/** So many batches are read, or have been, before they are asked for. */
const BATCHES_AHEAD = 3;
/** A removed stretch up to this length is read along. */
const HOLE_BYTES = 64 * 1024;
/** A kept stretch shorter than this is moved up to the one before it in memory. */
const PART_BYTES = 8 * 1024;

/** Kept bytes `from` up to `to` in memory. */
export interface Batch {
  readonly from: number;
  readonly to: number;
  /** They are these, one behind the other. */
  readonly parts: readonly Uint8Array[];
  readonly buffer: Buffer;
}

/** One read: so many bytes of the file into the buffer. */
interface Read {
  readonly source: number;
  readonly at: number;
  length: number;
}

interface Layout {
  readonly reads: readonly Read[];
  /** Where each stretch will lie in the buffer. */
  readonly stretches: readonly { readonly at: number; readonly length: number }[];
  readonly to: number;
}

/** A batch that is on its way. */
interface UnderWay {
  readonly to: number;
  readonly batch: Promise<Batch>;
}

export class Gatherer {
  readonly #file: OpenFile;
  readonly #kept: Kept;
  readonly #batchBytes: number;
  readonly #spare: Buffer[] = [];
  readonly #underWay: UnderWay[] = [];
  /** The first kept byte that nobody has asked the disk for. */
  #next: number;

  /** @param batchBytes no batch is longer @param from the first kept byte to be read */
  constructor(file: OpenFile, kept: Kept, batchBytes: number, from: number) {
    this.#file = file;
    this.#kept = kept;
    this.#batchBytes = Math.min(batchBytes, BATCH_BYTES);
    this.#next = from;
  }

  /**
   * The next batch, in the order of the file; those behind it are read meanwhile.
   * @param total so many kept bytes there are
   * @returns null if the next batch would end behind `limit`, or there is none
   * @throws CHANGED if the file ends before them; IO
   */
  async take(total: number, limit: number): Promise<Batch | null> {
    while (this.#underWay.length < BATCHES_AHEAD && this.#next < total) this.#begin(total);
    const next = this.#underWay[0];
    if (!next || next.to > limit) return null;
    this.#underWay.shift();
    return next.batch;
  }

  /** The batch is no longer needed; its buffer will be used again. */
  release({ buffer }: Batch): void {
    this.#spare.push(buffer);
  }

  /** Waits for what is still being read: buffers and file are no longer used. */
  async done(): Promise<void> {
    await Promise.allSettled(this.#underWay.map(({ batch }) => batch));
  }

  #begin(total: number): void {
    const from = this.#next;
    const layout = this.#layout(from, Math.min(total, from + this.#batchBytes));
    const batch = this.#read(from, layout);
    // A failure is met by whoever awaits it; until then it is not unhandled.
    batch.catch(() => undefined);
    this.#underWay.push({ to: layout.to, batch });
    this.#next = layout.to;
  }

  async #read(from: number, { reads, stretches, to }: Layout): Promise<Batch> {
    const buffer = this.#spare.pop() ?? Buffer.allocUnsafeSlow(this.#batchBytes);
    for (const { source, at, length } of reads) {
      const read = await this.#file.read(buffer.subarray(at, at + length), byteOffset(source));
      if (read < length) throw new MailboxError('CHANGED', { path: this.#file.path, source });
    }
    return { from, to, parts: joined(buffer, stretches), buffer };
  }

  #layout(from: number, limit: number): Layout {
    const reads: Read[] = [];
    const stretches: { at: number; length: number }[] = [];
    let filled = 0;
    let to = from;
    for (const { source, length } of this.#kept.stretches(from, limit)) {
      const last = reads.at(-1);
      const hole = last ? source - (last.source + last.length) : HOLE_BYTES + 1;
      const along = hole <= HOLE_BYTES ? hole : 0;
      const taken = Math.min(length, this.#batchBytes - filled - along);
      if (taken <= 0) break;
      if (last && hole <= HOLE_BYTES) last.length += hole + taken;
      else reads.push({ source, at: filled, length: taken });
      filled += along;
      stretches.push({ at: filled, length: taken });
      filled += taken;
      to += taken;
      if (taken < length) break;
    }
    return { reads, stretches, to };
  }
}

/** Stretches of a buffer as parts; short ones are moved up to the part before them. */
function joined(buffer: Buffer, stretches: Layout['stretches']): Uint8Array[] {
  const parts: { at: number; length: number }[] = [];
  for (const { at, length } of stretches) {
    const last = parts.at(-1);
    if (!last || length >= PART_BYTES) {
      parts.push({ at, length });
      continue;
    }
    buffer.copyWithin(last.at + last.length, at, at + length);
    last.length += length;
  }
  return parts.map(({ at, length }) => buffer.subarray(at, at + length));
}
