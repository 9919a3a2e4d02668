/**
 * Pending deletions (I5): which messages, and the SHA-256 of all their bytes as the person saw them.
 * At the flush the bytes must still be those; what is not stays, and is reported.
 */

import { createHash, type Hash } from 'node:crypto';
import type { Conflict } from '../../../shared/contract.ts';
import { CODES, MailboxError } from '../../../shared/errors.ts';
import { type Digest, digest, type Key } from '../../../shared/units.ts';
import type { Span } from '../toc/table.ts';
import type { AheadReader, ByteRange } from './read-ahead.ts';

/** The SHA-256 of bytes as far as they are there, to be gone on with. @throws CANCELLED, IO */
export async function hashOf(
  bytes: AheadReader,
  { from, to }: ByteRange,
  signal: AbortSignal,
): Promise<Hash> {
  const hash = createHash('sha256');
  for (let at = from; at < to; ) {
    if (signal.aborted) throw new MailboxError('CANCELLED');
    const part = await bytes.some(at, to);
    if (part.length === 0) break;
    hash.update(part);
    at += part.length;
  }
  return hash;
}

/** The SHA-256 of a message as stored, separator line and all. @throws CANCELLED, IO */
export async function digestOf(
  bytes: AheadReader,
  { offset, length }: Span,
  signal: AbortSignal,
): Promise<Digest> {
  const hash = await hashOf(bytes, { from: offset, to: offset + length }, signal);
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
