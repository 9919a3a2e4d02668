/**
 * A run: removed messages that stand one behind the other. What is kept in front of it and what is
 * kept behind it will meet, and both must be read as they were; so the empty line at its end may have
 * to stay, and if even that does not help, the run stays.
 */

import { breath } from '../../../shared/steps.ts';
import { crc32 } from 'node:zlib';
import {
  byteOffset,
  type Digest,
  type MessageNumber,
  messageNumber,
} from '../../../shared/units.ts';
import type { OpenFile } from '../disk/disk.ts';
import type { Format, Reading } from '../format/format.ts';
import type { Contents } from '../toc/contents.ts';
import type { Table } from '../toc/table.ts';
import type { Digests } from './digests.ts';
import type { AheadReader, ByteRange } from './read-ahead.ts';
import { type Removal, SEALED_BYTES, type SealedRemoval } from './removal.ts';

/** So many bytes on each side of a seam are shown to the format. */
const SEAM_BYTES = 8192;

/** So many small messages are looked at in one go; then others have their turn. */
const MESSAGES_A_TURN = 1000;

const endsTurn = (index: number): boolean => (index + 1) % MESSAGES_A_TURN === 0;

/** What a plan needs to know of the mailbox. */
export interface PlanRequest {
  readonly file: OpenFile;
  readonly format: Format;
  readonly reading: Reading;
  readonly signal: AbortSignal;
}

/** A message that is to be removed if its bytes are still those of this digest (I5). */
export interface Wanted {
  readonly number: MessageNumber;
  readonly digest: Digest;
}

export interface Run {
  readonly messages: readonly Wanted[];
  /** All bytes of them. */
  readonly whole: Removal;
}

/** Neighbouring messages as runs. @param wanted ascending */
export function runsOf(table: Table, wanted: readonly Wanted[]): Run[] {
  const runs: Wanted[][] = [];
  let end = -1;
  for (const one of wanted) {
    const offset = table.offset(one.number);
    if (offset === end) runs.at(-1)?.push(one);
    else runs.push([one]);
    end = offset + table.length(one.number);
  }
  return runs.map((messages) => {
    const [first, last] = [messages[0], messages.at(-1)];
    const offset = table.offset(first?.number ?? messageNumber(0));
    const whole = last ? table.offset(last.number) + table.length(last.number) - offset : 0;
    return { messages, whole: { offset, length: whole } };
  });
}

/** The bytes around a run, and at both of its ends. */
export interface Seam {
  readonly before: Buffer;
  readonly first: Buffer;
  readonly last: Buffer;
  /** Empty if the file ends with the run. */
  readonly after: Buffer;
}

/** What is read of a run: all of it, and what stands around it. */
export function rangeOf({ whole: { offset, length } }: Run, size: number): ByteRange {
  return {
    from: Math.max(0, offset - SEAM_BYTES),
    to: Math.min(size, offset + length + SEAM_BYTES),
  };
}

/**
 * Room for what is kept of one run after the other: thousands of runs without a buffer for each.
 * What was read of a run is gone when the next one is read.
 */
export class SeamRoom {
  readonly before = Buffer.alloc(SEAM_BYTES);
  readonly after = Buffer.alloc(SEAM_BYTES);
  readonly #first = Buffer.alloc(SEALED_BYTES);
  readonly #last = Buffer.alloc(SEAM_BYTES);
  #whole: Removal = { offset: 0, length: 0 };

  /** The bytes of this run will pass by. */
  begin(whole: Removal): void {
    this.#whole = whole;
  }

  /** @param part bytes of the run that lie at `at` */
  pass(part: Buffer, at: number): void {
    const { offset, length } = this.#whole;
    if (at - offset < SEALED_BYTES) part.copy(this.#first, at - offset);
    const lastFrom = offset + Math.max(0, length - SEAM_BYTES);
    if (at + part.length <= lastFrom) return;
    const from = Math.max(at, lastFrom);
    part.copy(this.#last, from - lastFrom, from - at);
  }

  /** The first and the last bytes that have passed by. */
  get ends(): Pick<Seam, 'first' | 'last'> {
    const { length } = this.#whole;
    return {
      first: this.#first.subarray(0, Math.min(length, SEALED_BYTES)),
      last: this.#last.subarray(0, Math.min(length, SEAM_BYTES)),
    };
  }
}

/** A run as it was read. */
export interface ReadRun {
  readonly seam: Seam;
  /** The number that the digest of its first message has; the others follow. */
  readonly firstDigest: number;
}

/** Where the bytes of a run go. */
interface Reader {
  readonly ahead: AheadReader;
  readonly digests: Digests;
  readonly room: SeamRoom;
}

/**
 * Reads a run once: for the digests of its messages, and what its seam must be judged by, which
 * stays what it is until the next run is read.
 */
export async function readRun(
  run: Run,
  { table, identity: { size } }: Pick<Contents, 'table' | 'identity'>,
  reader: Reader,
): Promise<ReadRun> {
  const range = rangeOf(run, size);
  const whole = await reader.ahead.inOnePiece(range.from, range.to);
  if (whole === null) return readInParts(run, table, range, reader);
  const { offset, length } = run.whole;
  const { digests } = reader;
  let firstDigest = -1;
  for (const [at, { number }] of run.messages.entries()) {
    if (endsTurn(at)) await breath();
    const digest = digests.begin();
    if (firstDigest < 0) firstDigest = digest;
    const from = table.offset(number) - range.from;
    digests.update(whole.subarray(from, from + table.length(number)));
    digests.end();
  }
  const [begin, end] = [offset - range.from, offset + length - range.from];
  const seam = {
    before: whole.subarray(0, begin),
    first: whole.subarray(begin, Math.min(end, begin + SEALED_BYTES)),
    last: whole.subarray(Math.max(begin, end - SEAM_BYTES), end),
    after: whole.subarray(end),
  };
  return { seam, firstDigest };
}

/** The same for a run that is not in memory all at once. */
async function readInParts(
  run: Run,
  table: Table,
  { from, to }: ByteRange,
  { ahead, digests, room }: Reader,
): Promise<ReadRun> {
  const { offset, length } = run.whole;
  const before = await ahead.all(from, offset, room.before);
  room.begin(run.whole);
  let firstDigest = -1;
  for (const [index, { number }] of run.messages.entries()) {
    if (endsTurn(index)) await breath();
    const digest = digests.begin();
    if (firstDigest < 0) firstDigest = digest;
    const end = table.offset(number) + table.length(number);
    for (let at: number = table.offset(number); at < end; ) {
      const part = await ahead.some(at, end);
      if (part.length === 0) break;
      digests.update(part);
      room.pass(part, at);
      at += part.length;
    }
    digests.end();
  }
  const after = await ahead.all(offset + length, to, room.after);
  return { seam: { before, ...room.ends, after }, firstDigest };
}

/** How many bytes at the end of a run must stay; null if the run cannot go. */
export async function tailToKeep(
  { before, last, after }: Seam,
  run: Run,
  { file, format, reading }: PlanRequest,
): Promise<number | null> {
  const { tail } = format;
  const until = tail?.isOpen(before) ? await bytesFrom(file, run.whole.offset) : null;
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
export function sealed({ whole }: Run, tail: number, seam: Seam): SealedRemoval {
  const { offset, length } = whole;
  const { first, last } = seam;
  const end = last.subarray(0, last.length - tail);
  return {
    offset,
    length: length - tail,
    headChecksum: crc32(first.subarray(0, length - tail)),
    tailChecksum: crc32(end.subarray(Math.max(0, end.length - SEALED_BYTES))),
  };
}
