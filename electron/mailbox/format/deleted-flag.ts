/**
 * The flag by which programs mark a message deleted and leave it in the file, and how it is taken
 * back in place: bytes are written over others, so that the message keeps its length and no other
 * byte of the file moves. Imports only its neighbours.
 *
 * In header fields of mbox and MMDF: the letter D in `Status` or `X-Status` becomes a blank (mutt and
 * Dovecot go through the letters one by one and pass over others), the bit 0x0008 of
 * `X-Mozilla-Status` is cleared (nsMsgMessageFlags.idl).
 */

import type { Overwrite } from './format.ts';
import { CR, type LineBreak, nextLine, textEnd } from './line-end.ts';

const FIELD = /^(status|x-status|x-mozilla-status)[ \t]*:/i;
const FIELD_BYTES_MAX = 200;
const EXPUNGED = 0x8;
const BLANK = Buffer.from(' ', 'latin1');

/**
 * What to overwrite in a header so that it no longer says that its message is deleted.
 * @param from the first byte of the first field
 * @param to the end of the header block
 * @returns nothing if it does not say so
 */
export function undeleteFields(stored: Buffer, from: number, to: number): readonly Overwrite[] {
  const overwrites: Overwrite[] = [];
  const end = Math.min(to, stored.length);
  const lineBreak = lineBreakIn(stored, from, end);
  for (let line = from; line < end; ) {
    const next = nextLine(stored, line, end, lineBreak);
    const text = stored.toString(
      'latin1',
      line,
      Math.min(textEnd(stored, line, next), line + FIELD_BYTES_MAX),
    );
    if (text === '') break;
    const field = FIELD.exec(text);
    if (field) {
      const value = text.slice(field[0].length);
      const at = line + field[0].length;
      const mozilla = field[1]?.toLowerCase() === 'x-mozilla-status';
      overwrites.push(...(mozilla ? undeleteBits(value, at) : undeleteLetters(value, at)));
    }
    line = next;
  }
  return overwrites;
}

function lineBreakIn(stored: Buffer, from: number, to: number): LineBreak {
  const end = nextLine(stored, from, to, 'CR');
  return stored[end - 1] === CR ? 'CR' : 'LF';
}

function undeleteLetters(value: string, at: number): Overwrite[] {
  return [...value].flatMap((letter, index) =>
    letter === 'D' ? [{ at: at + index, bytes: BLANK }] : [],
  );
}

/** The bit lies in the last digit of the number. */
function undeleteBits(value: string, at: number): Overwrite[] {
  const number = /^\s*(?:0x)?[0-9a-f]+/i.exec(value)?.[0];
  if (number === undefined) return [];
  const last = number.length - 1;
  const digit = Number.parseInt(number.slice(last), 16);
  if ((digit & EXPUNGED) === 0) return [];
  return [{ at: at + last, bytes: Buffer.from((digit & ~EXPUNGED).toString(16), 'latin1') }];
}

/**
 * The same for the status line of a Babyl message (`1, unseen, deleted,, labels,`): the word becomes
 * blanks, which CPython and Rmail pass over between two commas.
 */
export function undeleteAttribute(stored: Buffer, from: number, to: number): readonly Overwrite[] {
  const line = stored.toString('latin1', from, Math.min(to, stored.length));
  return [...line.matchAll(/(?<=,[ \t]*)deleted(?=[ \t]*(?:,|$))/g)].map((word) => ({
    at: from + word.index,
    bytes: Buffer.alloc(word[0].length, BLANK),
  }));
}
