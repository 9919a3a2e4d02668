/**
 * Changes a few bytes inside of messages where they lie, without changing a length: how a flag is
 * cleared. Only single bytes that stand alone are atomic on every disk, so each change must leave
 * the message readable whatever part of it arrives: `Format.undelete` writes letters and blanks.
 */

import { MailboxError } from '../../../shared/errors.ts';
import { byteOffset } from '../../../shared/units.ts';
import type { OpenFile } from '../disk/disk.ts';
import type { Overwrite } from '../format/format.ts';
import type { HeldLocks } from '../lock/hold.ts';
import type { Span } from '../toc/table.ts';

/** Flags stand in the header; one that is longer than this is not searched further. */
const HEADER_BYTES_MAX = 1024 * 1024;

/**
 * Reads each message's header, asks what to overwrite, writes it, and syncs once at the end.
 * @param spans where messages lie, as found under the lock
 * @returns how many messages were changed
 * @throws CANCELLED between two messages; NO_PERMISSION, IO, LOCK_LOST
 */
export async function overwrite(
  held: HeldLocks,
  file: OpenFile,
  spans: readonly Span[],
  changesOf: (stored: Buffer, span: Span) => readonly Overwrite[],
  signal: AbortSignal,
): Promise<number> {
  let changed = 0;
  try {
    for (const span of spans) {
      if (signal.aborted) throw new MailboxError('CANCELLED', { path: file.path });
      const stored = Buffer.alloc(Math.min(span.length, HEADER_BYTES_MAX));
      const read = await file.read(stored, span.offset);
      const changes = changesOf(stored.subarray(0, read), span);
      for (const { at, bytes } of changes) {
        await held.check();
        await file.write(bytes, byteOffset(span.offset + at));
      }
      if (changes.length > 0) changed += 1;
    }
  } finally {
    if (changed > 0) await file.sync();
  }
  return changed;
}
