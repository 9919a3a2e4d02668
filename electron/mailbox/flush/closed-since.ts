/**
 * A marked message that stood at the end of the file and has only been closed since: whoever delivers
 * behind a message without an empty line at its end writes that line first, as we do ourselves, and it
 * is part of that message from then on. Every byte that was seen is still there, so the mark still holds
 * (I5), for the message as it is now.
 */

import { type Digest, digest } from '../../../shared/units.ts';
import type { Span } from '../toc/table.ts';
import { hashOf, type Marked } from './pending.ts';
import { AheadReader } from './read-ahead.ts';
import type { PlanRequest } from './run.ts';

/** Two line ends and a postmark between them are fewer bytes. */
const CLOSING_BYTES_MAX = 16;

/**
 * The digest by which a marked message is known now: that of the mark, unless it was only closed since.
 * @throws CANCELLED, IO
 */
export async function digestNow(
  { digest: seen, bytes }: Marked,
  { offset, length }: Span,
  { file, format, signal }: PlanRequest,
): Promise<Digest> {
  const closing = length - bytes;
  if (closing <= 0 || closing > CLOSING_BYTES_MAX) return seen;
  const end = offset + length;
  const ahead = new AheadReader(file, [{ from: offset, to: end }]);
  try {
    // In one go: what is written into it in between would go unseen otherwise.
    const hash = await hashOf(ahead, { from: offset, to: offset + bytes }, signal);
    const before = hash.copy().digest('hex');
    const behind = await ahead.all(offset + bytes, end, Buffer.alloc(closing));
    if (before !== seen || !format.closes(behind)) return seen;
    return digest(hash.update(behind).digest('hex'));
  } finally {
    await ahead.done();
  }
}
