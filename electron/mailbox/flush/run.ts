/**
 * A run: removed messages that stand one behind the other. What is kept in front of it and what is
 * kept behind it will meet, and both must be read as they were; so the empty line at its end may have
 * to stay, and if even that does not help, the run stays.
 */

import { crc32 } from 'node:zlib';
import { byteOffset, type MessageNumber, messageNumber } from '../../../shared/units.ts';
import type { OpenFile } from '../disk/disk.ts';
import type { Format, Reading } from '../format/format.ts';
import type { Table } from '../toc/table.ts';
import type { AheadReader, ByteRange } from './read-ahead.ts';
import { type Removal, SEALED_BYTES, type SealedRemoval } from './removal.ts';

/** So many bytes on each side of a seam are shown to the format. */
const SEAM_BYTES = 8192;

/** What a plan needs to know of the mailbox. */
export interface PlanRequest {
  readonly file: OpenFile;
  readonly format: Format;
  readonly reading: Reading;
}

/** Neighbouring messages as one run. @param numbers ascending */
export function runsOf(table: Table, numbers: readonly MessageNumber[]): MessageNumber[][] {
  const runs: MessageNumber[][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const adjacent =
      last !== undefined && table.offset(last) + table.length(last) === table.offset(number);
    if (run && adjacent) run.push(number);
    else runs.push([number]);
  }
  return runs;
}

/** All bytes of a run. */
export function wholeOf(table: Table, run: readonly MessageNumber[]): Removal {
  const first = run[0] ?? messageNumber(0);
  const last = run.at(-1) ?? first;
  const offset = table.offset(first);
  return { offset, length: table.offset(last) + table.length(last) - offset };
}

/** The bytes around a run, and at both of its ends. */
export interface Seam {
  readonly before: Buffer;
  readonly first: Buffer;
  readonly last: Buffer;
  /** Empty if the file ends with the run. */
  readonly after: Buffer;
}

/** Where they lie: what must be read for `seamAt`, in order. */
export function seamRanges(
  { offset, length }: Removal,
  size: number,
): readonly [ByteRange, ByteRange] {
  const end = offset + length;
  return [
    { from: Math.max(0, offset - SEAM_BYTES), to: offset + Math.min(length, SEALED_BYTES) },
    { from: Math.max(offset, end - SEAM_BYTES), to: Math.min(size, end + SEAM_BYTES) },
  ];
}

export async function seamAt(ahead: AheadReader, run: Removal, size: number): Promise<Seam> {
  const [front, back] = seamRanges(run, size);
  const begin = await ahead.all(front.from, front.to);
  const end = await ahead.all(back.from, back.to);
  const border = run.offset + run.length - back.from;
  return {
    before: begin.subarray(0, run.offset - front.from),
    first: begin.subarray(run.offset - front.from),
    last: end.subarray(0, border),
    after: end.subarray(border),
  };
}

/** How many bytes at the end of a run must stay; null if the run cannot go. */
export async function tailToKeep(
  { before, last, after }: Seam,
  run: Removal,
  { file, format, reading }: PlanRequest,
): Promise<number | null> {
  const { tail } = format;
  const until = tail?.isOpen(before) ? await bytesFrom(file, run.offset) : null;
  const tailHolds = (behind: Uint8Array): boolean =>
    until === null || !tail || tail.holds(before, until, behind, reading);
  if (after.length === 0) return tailHolds(after) ? 0 : null;
  if (format.seamHolds(before, after, reading) && tailHolds(after)) return 0;
  // If it is not found even where it stands now, by some other evidence, nothing gets worse.
  if (!format.seamHolds(Buffer.concat([before, last]), after, reading)) {
    return tailHolds(after) ? 0 : null;
  }
  const parting = format.partingLength(last);
  const kept = last.subarray(last.length - parting);
  const found = format.seamHolds(Buffer.concat([before, kept]), after, reading);
  return found && tailHolds(Buffer.concat([kept, after])) ? parting : null;
}

async function bytesFrom(file: OpenFile, offset: number): Promise<Buffer> {
  const bytes = Buffer.alloc(SEAM_BYTES);
  return bytes.subarray(0, await file.read(bytes, byteOffset(offset)));
}

/** The removal of a run, but for so many bytes at its end. */
export function sealed({ offset, length }: Removal, tail: number, seam: Seam): SealedRemoval {
  const { first, last } = seam;
  const end = last.subarray(0, last.length - tail);
  return {
    offset,
    length: length - tail,
    headChecksum: crc32(first.subarray(0, length - tail)),
    tailChecksum: crc32(end.subarray(Math.max(0, end.length - SEALED_BYTES))),
  };
}
