/**
 * Appends to a mailbox as a delivery does: under the locks, at the end, synced; and truncated back
 * to the old end on any error, unless somebody else has written behind it meanwhile.
 *
 * A crash in the middle leaves the beginning of the new message at the end, as it does with every
 * program that delivers; nothing that was there before is touched.
 */

import { byteLength, byteOffset } from '../../../shared/units.ts';
import type { OpenFile } from '../disk/disk.ts';
import type { Format } from '../format/format.ts';
import type { HeldLocks } from '../lock/hold.ts';

/** So much of the end decides about line ends and the empty line in front. */
const TAIL_BYTES = 4096;

/** Writes `bytes` behind the end of a file. @throws NO_SPACE, IO, LOCK_LOST; the file is as before then */
export async function appendBytes(
  held: HeldLocks,
  file: OpenFile,
  bytes: Uint8Array,
): Promise<void> {
  await held.check();
  const { size } = await file.facts();
  try {
    await file.write(bytes, byteOffset(size));
    await file.sync();
  } catch (error) {
    const now = (await file.facts()).size;
    if (now <= size + bytes.length) await file.truncate(byteLength(size));
    throw error;
  }
}

/** Delivers one message. @param separatorLine the `From ` line or its sender; null for our own */
export async function appendMessage(
  held: HeldLocks,
  file: OpenFile,
  format: Format,
  message: Uint8Array,
  separatorLine: string | null,
): Promise<void> {
  const { size } = await file.facts();
  const tail = new Uint8Array(Math.min(size, TAIL_BYTES));
  const read = await file.read(tail, byteOffset(size - tail.length));
  await appendBytes(held, file, format.envelope(message, tail.subarray(0, read), separatorLine));
}
