/**
 * Reads of a message, by its key: where it lies is looked up when no bytes are being moved, and if some
 * have moved by the end of the read, all is done again. An offset or a number that was taken before
 * waiting would mean another message after a compaction (I4).
 */

import { MailboxError } from '../../shared/errors.ts';
import { byteOffset, type Key } from '../../shared/units.ts';
import type { GuardedFile } from './guarded-file.ts';
import type { Known } from './known.ts';
import type { Turns } from './turns.ts';
import { checkStored } from './verify.ts';

export interface PartReader {
  readonly known: Known;
  readonly guarded: GuardedFile;
  readonly turns: Turns;
}

/**
 * Bytes of a message as stored, `from` its beginning on. From 0 on they are compared with what is
 * known of it.
 * @throws GONE if the file no longer holds it where the table says; look again then
 */
export async function readPart(
  { known, guarded, turns }: PartReader,
  of: Key,
  from: number,
  length: number,
): Promise<Buffer> {
  for (;;) {
    await turns.still();
    const { moves } = turns;
    const { table, keys } = known;
    const { file, format } = guarded;
    const number = keys.numberOf(of);
    if (number === null) throw new MailboxError('GONE', { path: file.path, key: of });
    const span = table.span(number);
    const fingerprint = table.fingerprint(number);
    const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(length, span.length - from)));
    const read = await file.read(bytes, byteOffset(span.offset + from));
    if (moves !== turns.moves) continue;
    const part = bytes.subarray(0, read);
    if (from > 0 || checkStored(part, span, fingerprint, format)) return part;
    throw new MailboxError('GONE', { path: file.path, key: of });
  }
}
