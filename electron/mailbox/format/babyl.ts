/**
 * Babyl, version 5: the file of Rmail up to Emacs 22 and of ITS (Emacs etc/BABYL).
 *
 * Spans do not tile the file: its options, the ^_ at its end and blank space behind that belong to no
 * message, and no flush removes them.
 */

import { babylDelivery, EMPTY_BABYL, fit } from './babyl-delivery.ts';
import {
  babylMarkAt,
  babylParts,
  type BabylParts,
  MARK,
  MARK_LINES,
  nextMark,
} from './babyl-mark.ts';
import { BabylScanner } from './babyl-scanner.ts';
import { type Limits, LIMITS } from './current-message.ts';
import { undeleteAttribute } from './deleted-flag.ts';
import type { Format, Joint, Marks } from './format.ts';
import { isLineEnds, LF, lineEndAt, trimmedStart } from './line-end.ts';
import { withoutLineEnd } from './mmdf.ts';

export const OPTIONS = /^babyl options/i;

/** Babyl with other limits of how far it looks around; only tests need others. */
export function babylWithin(limits: Limits): Format {
  const partsOf = (stored: Buffer): BabylParts => storedParts(stored, limits);
  return {
    name: 'babyl',
    recognises,
    scanner: (reading, range) => new BabylScanner(reading, range, limits),
    overrulable: MARK_LINES,
    seamHolds: (before) => before.length === 0 || before[before.length - 1] === LF,
    partingLength: () => 0,
    closes: isLineEnds,
    emptyMailbox: EMPTY_BABYL,
    envelope: babylDelivery,
    fit,
    goesOn: (before, after) => goesOn(before, after, limits),
    // A person may have split it off at any mark.
    begins: (stored) => stored[0] === MARK,
    contentEnd: (stored) => stored.length,
    messageIn: (stored) => messageIn(stored, partsOf(stored)),
    jointIn: (stored) => jointIn(stored, partsOf(stored)),
    marksIn: (stored) => marksIn(stored, partsOf(stored)),
    undelete: (stored) => {
      const { status, statusEnd } = partsOf(stored);
      return undeleteAttribute(stored, status, statusEnd);
    },
  };
}

export const babyl: Format = babylWithin(LIMITS);

/** The ^_ at the end of a file is that of the next message: programs write what follows it. */
function goesOn(before: Uint8Array, after: Uint8Array, limits: Limits): boolean {
  const end = before.subarray(-1);
  if (end[0] !== MARK) return false;
  const message = Buffer.concat([end, after.subarray(0, limits.aheadBytes)]);
  return babylMarkAt(message, 0, message.length).mark === 'begins';
}

function recognises(head: Uint8Array): 'yes' | 'empty' | 'no' {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const start = trimmedStart(head);
  if (start >= head.length) return 'empty';
  if (OPTIONS.test(bytes.toString('latin1', start, start + 20))) return 'yes';
  const mark = nextMark(bytes, start, bytes.length, start);
  return mark >= 0 && babylMarkAt(bytes, mark, bytes.length).mark === 'begins' ? 'yes' : 'no';
}

function storedParts(stored: Buffer, limits: Limits): BabylParts {
  const to = Math.min(stored.length, limits.aheadBytes);
  const judged = babylMarkAt(stored, 0, to);
  const status = 'status' in judged ? judged.status : 0;
  return babylParts(stored, status, to);
}

function messageIn(stored: Buffer, parts: BabylParts): Buffer {
  const { header, headerEnd, body } = parts;
  if (headerEnd < 0) return withoutLineEnd(stored.subarray(header));
  return Buffer.concat([headerAsItCame(stored, parts), withoutLineEnd(stored.subarray(body))]);
}

/** The body lies behind another header, the shown one. */
function jointIn(stored: Buffer, parts: BabylParts): Joint | null {
  if (parts.headerEnd < 0) return null;
  return { at: headerAsItCame(stored, parts).length, from: parts.body };
}

/** With an empty line at its end. */
function headerAsItCame(stored: Buffer, { header, headerEnd }: BabylParts): Buffer {
  const kept = stored.subarray(header, headerEnd);
  const lineEnd = lineEndAt(kept);
  const ended = kept.toString('latin1', Math.max(0, kept.length - 4)).endsWith(lineEnd + lineEnd);
  return ended ? kept : Buffer.concat([kept, Buffer.from(lineEnd, 'latin1')]);
}

function marksIn(stored: Buffer, { status, statusEnd }: BabylParts): Marks {
  const line = stored.toString('latin1', status + 1, statusEnd);
  const border = line.indexOf(',,');
  const words = (text: string): string[] => text.split(',').flatMap((word) => word.trim() || []);
  if (border < 0) return { attributes: words(line), labels: [] };
  return { attributes: words(line.slice(0, border)), labels: words(line.slice(border)) };
}
