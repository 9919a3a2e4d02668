/**
 * Seams: where a flush would put a kept message behind another one. Both must be read as before: the
 * message behind must still be found, and no line at the end of the one in front may become a
 * message because something else follows it now.
 */

import type { Reading, Tail } from './format.ts';
import { CR, LF, type LineBreak, nextLine } from './line-end.ts';
import { FROM_LINES, Overrulings } from './overruling.ts';
import { evidenceOf, isBlankBefore, isFrom, isSeparator } from './separator.ts';

const QUOTE = 0x3e;
/** More of what stands in front tells nothing: whether it ends with an empty line. */
const NEAR_BYTES = 64;
/** More lines than this are not passed over to find a header (`separator.ts`). */
const LINES_MAX = 17;

function lineBreakAt(bytes: Buffer, at: number): LineBreak {
  return bytes[nextLine(bytes, at, bytes.length, 'CR') - 1] === CR ? 'CR' : 'LF';
}

/** Whether the line at `at` separates, by what a person says or by the evidence near it. */
function separates(bytes: Buffer, at: number, reading: Reading): boolean {
  const said = Overrulings.of(reading.overrulings, FROM_LINES)?.at(
    bytes,
    at,
    bytes.length,
  )?.reading;
  if (said === 'content' && at > 0) return false;
  if (said === 'separator' || reading.rule === 'any-from') return true;
  const lineBreak = lineBreakAt(bytes, at);
  const first = at === 0;
  const blankBefore = isBlankBefore(bytes, at, 0, lineBreak);
  return isSeparator(
    evidenceOf(bytes, { at, lineBreak, first, blankBefore, to: bytes.length, last: true }),
  );
}

let scratch = Buffer.alloc(0);

/** Both, one behind the other, until the next call: a flush asks of tens of thousands of seams. */
function inScratch(before: Uint8Array, after: Uint8Array): Buffer {
  const length = before.length + after.length;
  if (scratch.length < length) scratch = Buffer.alloc(length);
  scratch.set(before);
  scratch.set(after, before.length);
  return scratch.subarray(0, length);
}

/** See `Format.seamHolds`: true only if the evidence near the seam is enough by itself. */
export function seamHolds(before: Uint8Array, after: Uint8Array, reading: Reading): boolean {
  const near = before.subarray(-NEAR_BYTES);
  const bytes = inScratch(near, after);
  const at = near.length;
  if (!isFrom(bytes, at, bytes.length)) return false;
  const end = bytes[at - 1];
  if (at > 0 && end !== LF && end !== CR) return false;
  if (end === CR && (reading.rule === 'any-from' || lineBreakAt(bytes, at) === 'LF')) return false;
  return separates(bytes, at, reading);
}

/** The lines at the end of a message that begin with `From `, with nothing but such lines behind. */
function trailingLines(bytes: Uint8Array): readonly number[] {
  const lines: number[] = [];
  let end = bytes.length;
  for (let count = 0; end > 0 && count < LINES_MAX; count++) {
    let line = end - 1;
    while (line > 0 && bytes[line - 1] !== LF && bytes[line - 1] !== CR) line -= 1;
    const text = bytes[line] === QUOTE ? line + 1 : line;
    // The LF of a CRLF is no line of its own.
    const isBreak = end - line === 1 && bytes[line] === LF && bytes[line - 1] === CR;
    if (!isBreak && !isFrom(bytes, text, end)) break;
    if (!isBreak && text === line) lines.push(line);
    end = line;
  }
  return lines;
}

export const tail: Tail = {
  isOpen: (before) => trailingLines(before).length > 0,
  holds: (before, until, after, reading) => {
    const then = Buffer.concat([before, until]);
    const now = Buffer.concat([before, after]);
    return trailingLines(before).every(
      (at) => separates(then, at, reading) === separates(now, at, reading),
    );
  },
};
