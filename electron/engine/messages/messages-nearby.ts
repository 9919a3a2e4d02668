/**
 * Messages that lie close together in the file, read in one go: many small ones take a tenth of the time
 * that they take one by one. Imports mailbox.
 *
 * Promises: no bytes are given out as another message's, also while other programs change the file or we
 * compact it; bounded memory.
 */

import { messageNumber } from '../../../shared/units.ts';
import type { Mailbox } from '../../mailbox/mailbox.ts';

/** What is read in one go: others have their turn before the next. */
const STROKE_BYTES = 256 * 1024;
/** Bytes that nobody needs are read if that is less than another call costs. */
const SKIP_BYTES_MAX = 16 * 1024;

/**
 * Reads the messages from a place in a list on, as far as they lie close together; at least one.
 * @param numbers ascending
 * @returns for each its bytes without what keeps it apart from others; null for one that is to be read by
 *   itself: it is long, or not where it was
 */
export async function messagesNearby(
  mailbox: Mailbox,
  numbers: Uint32Array,
  from: number,
): Promise<readonly (Buffer | null)[]> {
  const { table } = mailbox;
  const spans = [];
  let [base, end] = [0, 0];
  for (let at = from; at < numbers.length; at++) {
    const number = messageNumber(numbers[at] ?? 0);
    if (number >= table.count) break;
    const span = table.span(number);
    if (at === from) base = end = span.offset;
    const behind = span.offset + span.length;
    const isNear = span.offset >= end && span.offset - end <= SKIP_BYTES_MAX;
    if (!isNear || behind - base > STROKE_BYTES) break;
    spans.push({ number, span });
    end = behind;
  }
  if (spans.length === 0) return [null];
  const bytes = Buffer.allocUnsafe(end - base);
  const read = await mailbox.readBytes(table, bytes, base);
  // Nothing is waited for from here on: the numbers are those of the table.
  return spans.map(({ number, span }) => {
    const start = span.offset - base;
    if (read === null || start + span.length > read) return null;
    const stored = bytes.subarray(start, start + span.length);
    return mailbox.isStored(number, stored) ? mailbox.format.messageIn(stored, span) : null;
  });
}
