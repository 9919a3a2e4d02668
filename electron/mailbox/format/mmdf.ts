/**
 * MMDF: messages one behind the other, each between two postmarks (mmdf(5); neomutt docs/mmdf.5).
 *
 * Spans do not tile the file: text in front of, between and behind messages belongs to none, and no
 * flush removes it.
 */

import { type Limits, LIMITS } from './current-message.ts';
import { undeleteFields } from './deleted-flag.ts';
import type { Fit, Format, Reading } from './format.ts';
import { CR, isLineEnds, LF, trimmedStart } from './line-end.ts';
import { closingBehind, mmdfDelivery } from './mmdf-delivery.ts';
import { MmdfScanner } from './mmdf-scanner.ts';
import { Overrulings } from './overruling.ts';
import {
  behind,
  behindPostmark,
  nextPostmark,
  POSTMARK,
  POSTMARK_LINES,
  roleOf,
  stateBehind,
} from './postmark.ts';

/** MMDF with other limits of how far it looks around; only tests need others. */
export function mmdfWithin(limits: Limits): Format {
  return {
    name: 'mmdf',
    recognises,
    scanner: (reading, range) => new MmdfScanner(reading, range, limits),
    overrulable: POSTMARK_LINES,
    seamHolds,
    partingLength: (stored) => stored.length - contentEnd(stored),
    closes,
    emptyMailbox: new Uint8Array(0),
    envelope: mmdfDelivery,
    fit,
    begins: (stored) => behindPostmark(stored, 0, stored.length) >= 0,
    contentEnd,
    messageIn: (stored, { separatorLength }) =>
      withoutLineEnd(
        stored.subarray(separatorLength, Math.max(separatorLength, contentEnd(stored))),
      ),
    marksIn: () => null,
    undelete: (stored, { separatorLength, headerLength }) =>
      undeleteFields(stored, separatorLength, headerLength || stored.length),
  };
}

export const mmdf: Format = mmdfWithin(LIMITS);

function recognises(head: Uint8Array): 'yes' | 'empty' | 'no' {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const start = trimmedStart(head);
  if (start >= head.length) return 'empty';
  return nextPostmark(bytes, start, bytes.length, start) >= 0 ? 'yes' : 'no';
}

/** In front of the closing postmark of a stored message; its end if it has none. */
function contentEnd(stored: Buffer): number {
  const line = stored.lastIndexOf(LF, stored.length - 2) + 1;
  // An opening postmark alone closes nothing.
  return line > 0 && behindPostmark(stored, line, stored.length) === stored.length
    ? line
    : stored.length;
}

/** A closing postmark, and the end of the last line if that is missing. */
function closes(end: Uint8Array): boolean {
  const bytes = Buffer.from(end.buffer, end.byteOffset, end.byteLength);
  const postmark = bytes.indexOf(POSTMARK[0] ?? '');
  if (postmark < 0) return isLineEnds(bytes);
  const isOne = behindPostmark(bytes, postmark, bytes.length) === bytes.length;
  return isOne && isLineEnds(bytes.subarray(0, postmark));
}

/** A message without the line end that its closing postmark needs in front of it. */
export function withoutLineEnd(message: Buffer): Buffer {
  let end = message.length;
  if (end > 0 && message[end - 1] === LF) end -= 1;
  if (end < message.length && end > 0 && message[end - 1] === CR) end -= 1;
  return message.subarray(0, end);
}

/** See `Format.fit`. */
function fit(tail: Uint8Array, first: Uint8Array, last: Uint8Array, reading: Reading): Fit {
  const stray = stateBehind(tail, reading) === 'stray' && !opensItself(first, reading);
  const closing = stray ? Buffer.from(`${POSTMARK}\n`, 'latin1') : new Uint8Array(0);
  return {
    before: Buffer.concat([closingBehind(tail, reading), closing]),
    skip: 0,
    after: closingBehind(last, reading),
  };
}

/** True if what stands here begins a message whatever stands in front of it. */
function opensItself(start: Uint8Array, { overrulings }: Reading): boolean {
  const bytes = Buffer.from(start.buffer, start.byteOffset, start.byteLength);
  const to = bytes.length;
  if (behindPostmark(bytes, 0, to) < 0) return false;
  const said = Overrulings.of(overrulings, POSTMARK_LINES)?.at(bytes, 0, to)?.reading ?? null;
  if (said) return said === 'separator';
  // Doubled, the first may close what is open, and the second still opens this one.
  const { end } = roleOf('closed', { bytes, at: 0, to, last: false, said });
  return behind(bytes, end, to) === 'message';
}

/**
 * See `Format.seamHolds`. Wherever the message in front was closed, any seam holds; else only a
 * message whose postmark cannot be taken for a closing one can follow.
 */
function seamHolds(before: Uint8Array, after: Uint8Array, reading: Reading): boolean {
  if (before.length > 0 && before[before.length - 1] !== LF) return false;
  return opensItself(after, reading) || stateBehind(before, reading) !== 'open';
}
