/**
 * Appends to a mailbox as a delivery does: under the locks, at the end, synced; and truncated back
 * to the old end on any error, unless somebody else has written behind it meanwhile.
 *
 * What a crash leaves in the middle is taken back at the next open (`recover-append.ts`); nothing that
 * was there before is touched.
 */

import { MailboxError } from '../../../shared/errors.ts';
import { type ByteLength, byteLength, byteOffset } from '../../../shared/units.ts';
import type { OpenFile } from '../disk/disk.ts';
import type { Format, Reading } from '../format/format.ts';
import { type LineBreak, lineEndBehind } from '../format/line-end.ts';
import type { HeldLocks } from '../lock/hold.ts';
import type { AppendJournal } from './append-journal.ts';
import { PART_BYTES_MAX } from './append-journal-layout.ts';

/** So much of the end decides about line ends and the empty line in front. */
const TAIL_BYTES = 4096;

/** What to write for one message behind a file that ends with `tail`, in parts. */
export type Appended = (tail: Uint8Array) => Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** Something that bytes can be read from. @returns how many were read */
export type Reads = (into: Uint8Array, offset: number) => Promise<number>;

/** Looks at a message while it is copied: whether it is still the one that was asked for. */
export interface StoredCheck {
  /** @param at where the part stands in the message; parts come in order, all of them */
  see(part: Uint8Array, at: number): void;
  /** All has been seen, and the last part is not written yet. @throws GONE */
  over(): void;
}

/** Where a message lies as stored. */
export interface StoredAt {
  readonly read: Reads;
  readonly offset: number;
  readonly length: number;
  readonly check?: StoredCheck;
}

async function bytesAt(read: Reads, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  return bytes.subarray(0, await read(bytes, offset));
}

function tailOf(file: OpenFile, end: number): Promise<Uint8Array> {
  const length = Math.min(end, TAIL_BYTES);
  return bytesAt((into, offset) => file.read(into, byteOffset(offset)), end - length, length);
}

/** The line end with which a file would go on. */
export async function lineEndOf(file: OpenFile, lineBreak: LineBreak): Promise<string> {
  return lineEndBehind(await tailOf(file, (await file.facts()).size), lineBreak);
}

/** How a mailbox is read. */
export interface ReadSo {
  readonly format: Format;
  readonly reading: Reading;
}

/** A message as it stands in another mailbox of the same format, byte for byte, of any length. */
export function asStored(
  { format, reading }: ReadSo,
  { read, offset, length, check }: StoredAt,
): Appended {
  return async function* (tail) {
    const border = Math.min(length, TAIL_BYTES);
    const first = await bytesAt(read, offset, border);
    const last = await bytesAt(read, offset + length - border, border);
    const { before, skip, after } = format.fit(tail, first, last, reading);
    check?.see(first.subarray(0, skip), 0);
    if (before.length > 0) yield before;
    for (let at = skip; at < length; at += PART_BYTES_MAX) {
      const wanted = Math.min(PART_BYTES_MAX, length - at);
      const part = await bytesAt(read, offset + at, wanted);
      if (part.length < wanted) throw new MailboxError('GONE', { offset: offset + at });
      check?.see(part, at);
      if (at + part.length >= length) check?.over();
      yield part;
    }
    if (after.length > 0) yield after;
  };
}

interface WrittenPart {
  readonly part: Uint8Array;
  /** Nothing follows. */
  readonly isLast: boolean;
}

/** What is written for messages, in parts, none of which is empty. @param tail of the file before */
async function* partsOf(
  messages: readonly Appended[],
  tail: Uint8Array,
): AsyncGenerator<WrittenPart> {
  let before = tail;
  let next: Uint8Array | null = null;
  for (const message of messages) {
    for await (const part of message(before)) {
      for (let at = 0; at < part.length; at += PART_BYTES_MAX) {
        if (next) yield { part: next, isLast: false };
        next = part.subarray(at, at + PART_BYTES_MAX);
      }
      before = Buffer.concat([before.subarray(-TAIL_BYTES), part.subarray(-TAIL_BYTES)]);
      before = before.subarray(-TAIL_BYTES);
    }
  }
  if (next) yield { part: next, isLast: true };
}

export interface AppendRequest {
  readonly signal: AbortSignal;
  /** By which a crash is taken back; null if what a crash leaves does no harm. */
  readonly journal: AppendJournal | null;
  /** Where the file ends as far as is known; left out if nothing is known of it. */
  readonly size?: ByteLength;
}

/**
 * Writes messages behind the end of a file, and syncs it.
 * @returns where it ends now
 * @throws NO_SPACE, IO, LOCK_LOST, CANCELLED: the file ends where it did before
 * @throws CHANGED if somebody else has written there, without a lock: theirs is left as it is
 */
export async function appendAll(
  held: HeldLocks,
  file: OpenFile,
  messages: readonly Appended[],
  { signal, journal, size: known }: AppendRequest,
): Promise<ByteLength> {
  const size = known ?? (await file.facts()).size;
  let end: number = size;
  try {
    for await (const { part, isLast } of partsOf(messages, await tailOf(file, end))) {
      if (signal.aborted) throw new MailboxError('CANCELLED', { path: file.path });
      await journal?.note(file, part, end, isLast);
      await held.check();
      // The last look, right before: noting it takes long enough for a program that takes no lock.
      if ((await file.facts()).size !== end) throw written(file.path);
      const at = byteOffset(end);
      await file.write(part, at).catch((error: unknown) => {
        end += writtenBefore(error) ?? part.length;
        throw error;
      });
      end += part.length;
    }
    if (end > size) await file.sync();
  } catch (error) {
    const isBack = await takeBack(file, size, end).then(
      () => true,
      () => false,
    );
    // What could not be taken back now is taken back at the next open.
    await (isBack ? journal?.drop() : journal?.leave());
    throw error;
  }
  // It has arrived, whatever becomes of the note: nobody may be told that it has not, and try again.
  await journal?.drop().catch(() => undefined);
  return byteLength(end);
}

function written(path: string): MailboxError {
  const sentence =
    'Another program wrote to this archive at the same moment, without taking its lock. What it wrote is still there, and nothing was put over it; try again.';
  return new MailboxError('CHANGED', { path }, { sentence });
}

/** How much of a part got there before its write failed; null if nobody knows. */
function writtenBefore(error: unknown): number | null {
  if (!(error instanceof MailboxError)) return null;
  const { written } = error.details;
  return typeof written === 'number' ? written : null;
}

/** What was written is cut off again; what another program wrote behind it meanwhile is not. */
async function takeBack(file: OpenFile, size: number, end: number): Promise<void> {
  const now = (await file.facts()).size;
  if (now <= size || now > end) return;
  await file.truncate(byteLength(size));
  await file.sync();
}
