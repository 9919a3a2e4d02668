/**
 * Pending deletions (I5): which messages, and the SHA-256 of all their bytes as the person saw them.
 * At the flush the bytes must still be those; what is not stays, and is reported.
 */

import { createHash } from 'node:crypto';
import type { Conflict } from '../../../shared/contract.ts';
import { CODES, MailboxError } from '../../../shared/errors.ts';
import { byteOffset, type Digest, digest, type Key } from '../../../shared/units.ts';
import type { OpenFile } from '../disk/disk.ts';
import type { Span } from '../toc/table.ts';

const READ_BYTES = 1024 * 1024;

/** The SHA-256 of a message as stored, separator line and all. @throws CANCELLED, IO */
export async function digestOf(
  file: OpenFile,
  span: Span,
  signal: AbortSignal,
  buffer: Uint8Array = new Uint8Array(Math.min(READ_BYTES, span.length)),
): Promise<Digest> {
  const hash = createHash('sha256');
  let done = 0;
  while (done < span.length) {
    if (signal.aborted) throw new MailboxError('CANCELLED');
    const part = buffer.subarray(0, Math.min(buffer.length, span.length - done));
    const read = await file.read(part, byteOffset(span.offset + done));
    if (read === 0) break;
    hash.update(part.subarray(0, read));
    done += read;
  }
  return digest(hash.digest('hex'));
}

/** A message marked for deletion. */
export interface Marked {
  readonly digest: Digest;
  readonly bytes: number;
}

export type Pending = ReadonlyMap<Key, Marked>;

export const conflict = (of: Key, code: Conflict['code']): Conflict => ({
  key: of,
  code,
  sentence: CODES[code].sentence,
});
