/**
 * Pending deletions (I5): which messages, and the SHA-256 of all their bytes as the person saw them.
 * At the flush the bytes must still be those; what is not stays, and is reported.
 */

import { createHash } from 'node:crypto';
import type { Conflict } from '../../../shared/contract.ts';
import { CODES, MailboxError } from '../../../shared/errors.ts';
import {
  byteOffset,
  type Digest,
  digest,
  type Key,
  type MessageNumber,
} from '../../../shared/units.ts';
import type { OpenFile } from '../disk/disk.ts';
import type { Contents } from '../toc/contents.ts';
import type { Span } from '../toc/table.ts';
import { AheadReader, type ByteRange } from './read-ahead.ts';

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

/** What the pending deletions are at a flush: those to be carried out, and those in conflict. */
export interface Matched {
  /** Ascending. */
  readonly numbers: readonly MessageNumber[];
  readonly conflicts: readonly Conflict[];
}

export const conflict = (of: Key, code: Conflict['code']): Conflict => ({
  key: of,
  code,
  sentence: CODES[code].sentence,
});

interface Named {
  readonly key: Key;
  readonly marked: Marked;
  readonly number: MessageNumber;
}

/** SHA-256 of a range that is being read ahead. */
async function digestAhead(ahead: AheadReader, { from, to }: ByteRange): Promise<string> {
  const hash = createHash('sha256');
  for (let at = from; at < to; ) {
    const part = await ahead.some(at, to);
    if (part.length === 0) break;
    hash.update(part);
    at += part.length;
  }
  return hash.digest('hex');
}

/**
 * Compares every marked message with what lies in the file now.
 * @param current contents made from the file under the lock
 * @throws CANCELLED, IO
 */
export async function matchPending(
  file: OpenFile,
  current: Contents,
  pending: Pending,
  signal: AbortSignal,
): Promise<Matched> {
  const { table, keys } = current;
  const conflicts: Conflict[] = [];
  const named: Named[] = [];
  for (const [key, marked] of pending) {
    const number = keys.numberOf(key);
    if (number === null) conflicts.push(conflict(key, 'GONE'));
    else named.push({ key, marked, number });
  }
  named.sort((one, other) => one.number - other.number);
  const ranges = named.map(({ number }) => {
    const from = table.offset(number);
    return { from, to: from + table.length(number) };
  });
  const numbers: MessageNumber[] = [];
  const ahead = new AheadReader(file, ranges);
  try {
    for (const [at, { key, marked, number }] of named.entries()) {
      if (signal.aborted) throw new MailboxError('CANCELLED');
      const range = ranges[at] ?? { from: 0, to: 0 };
      if ((await digestAhead(ahead, range)) === marked.digest) numbers.push(number);
      else conflicts.push(conflict(key, 'CHANGED'));
    }
  } finally {
    await ahead.done();
  }
  return { numbers, conflicts };
}
