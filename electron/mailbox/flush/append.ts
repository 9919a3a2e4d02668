/**
 * Appends to a mailbox as a delivery does: under the locks, at the end, synced; and truncated back
 * to the old end on any error, unless somebody else has written behind it meanwhile.
 *
 * A crash in the middle leaves the beginning of the new message at the end, as it does with every
 * program that delivers; nothing that was there before is touched.
 */

import { MailboxError } from '../../../shared/errors.ts';
import { byteLength, byteOffset } from '../../../shared/units.ts';
import type { OpenFile } from '../disk/disk.ts';
import { lineEndAt } from '../format/line-end.ts';
import type { HeldLocks } from '../lock/hold.ts';

/** So much of the end decides about line ends and the empty line in front. */
const TAIL_BYTES = 4096;

async function tailOf(file: OpenFile, end: number): Promise<Uint8Array> {
  const tail = new Uint8Array(Math.min(end, TAIL_BYTES));
  return tail.subarray(0, await file.read(tail, byteOffset(end - tail.length)));
}

/** The line end with which a file would go on. */
export async function lineEndOf(file: OpenFile): Promise<string> {
  return lineEndAt(await tailOf(file, (await file.facts()).size));
}

/** What is to be appended, and how. */
export interface AppendRequest {
  readonly file: OpenFile;
  readonly messages: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  /** What to write for a message behind a file that ends with `tail`. */
  readonly frame: (message: Uint8Array, tail: Uint8Array) => Uint8Array;
  readonly signal: AbortSignal;
}

/**
 * Writes messages behind the end of a file, and syncs it.
 * @returns how many were written
 * @throws NO_SPACE, IO, LOCK_LOST, CANCELLED: the file ends where it did before
 */
export async function appendAll(held: HeldLocks, request: AppendRequest): Promise<number> {
  const { file, messages, frame, signal } = request;
  const { size } = await file.facts();
  let end: number = size;
  let count = 0;
  try {
    for await (const message of messages) {
      if (signal.aborted) throw new MailboxError('CANCELLED', { path: file.path });
      const bytes = frame(message, await tailOf(file, end));
      await held.check();
      const at = byteOffset(end);
      // Counted before it is written: a write that fails may have got part of the way.
      end += bytes.length;
      await file.write(bytes, at);
      count += 1;
    }
    if (count > 0) await file.sync();
    return count;
  } catch (error) {
    await takeBack(file, size, end);
    throw error;
  }
}

/** What was written is cut off again; what another program wrote behind it meanwhile is not. */
async function takeBack(file: OpenFile, size: number, end: number): Promise<void> {
  const now = (await file.facts()).size;
  if (now > size && now <= end) await file.truncate(byteLength(size));
}
