/**
 * What to write behind an MMDF mailbox to deliver one message: a postmark, the message, a line end and
 * a postmark, as CPython's mailbox does. The message gets no From_ line unless it has one, is given
 * one, or begins so that a postmark in front of it could be taken for a closing one.
 *
 * MMDF itself has no quoting: a line of the message that is a postmark gets a `>`, and so does one that
 * got it before, so that it can be taken back.
 */

import { beginsWithHeader, checkedFromLine, newFromLine, ownFromLine } from './delivery.ts';
import type { Reading } from './format.ts';
import type { Envelope } from './from-line.ts';
import { endOfLineBehind, lineEndBehind } from './line-end.ts';
import { behind, behindPostmark, POSTMARK, stateBehind } from './postmark.ts';
import { quoteMarked } from './quoting.ts';

const POSTMARK_LINE = {
  begins: POSTMARK,
  stands: (bytes: Buffer, at: number) => behindPostmark(bytes, at, bytes.length) >= 0,
};

/** What is missing for every message in the file to be closed. */
export function closingBehind(tail: Uint8Array, reading: Reading): Uint8Array {
  if (tail.length === 0) return new Uint8Array(0);
  const lineEnd = lineEndBehind(tail, 'LF');
  const closing = stateBehind(tail, reading) === 'open' ? POSTMARK + lineEnd : '';
  return Buffer.from(endOfLineBehind(tail) + closing, 'latin1');
}

/** See `Format.envelope`. @param separatorLine a From_ line */
export function mmdfDelivery(
  message: Uint8Array,
  tail: Uint8Array,
  separatorLine: string | null,
  reading: Reading,
): Uint8Array {
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  const lineEnd = lineEndBehind(tail, 'LF');
  const own = ownFromLine(bytes, isEnvelope);
  const rest = bytes.subarray(own?.length ?? 0);
  const given = separatorLine === null ? null : checkedFromLine(separatorLine, isEnvelope);
  const line = given ?? own?.line ?? (beginsItself(rest) ? null : newFromLine());
  return Buffer.concat([
    closingBehind(tail, reading),
    Buffer.from(POSTMARK + lineEnd, 'latin1'),
    line ?? Buffer.alloc(0),
    Buffer.from(line ? lineEnd : '', 'latin1'),
    quoteMarked(rest, POSTMARK_LINE),
    Buffer.from(lineEnd + POSTMARK + lineEnd, 'latin1'),
  ]);
}

/** Behind a postmark, a From_ line with a sender needs no date to be told from text. */
function isEnvelope(envelope: Envelope): boolean {
  return envelope === 'dated' || envelope === 'sender';
}

/** True if the message begins with a field, which tells its postmark from a closing one. */
function beginsItself(message: Buffer): boolean {
  return beginsWithHeader(message, 'LF') && behind(message, 0, message.length) === 'message';
}
