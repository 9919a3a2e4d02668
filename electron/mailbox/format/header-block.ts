/**
 * One quick pass over the header block behind a separator: where it ends, and the two fields that
 * say something about the end of the message.
 *
 * It stops at a line that begins with `From `, because that may be the next separator; so a scan of
 * a million messages without an empty line stays linear.
 */

import { CR, LF, type LineBreak, nextLine, textEnd } from './line-end.ts';
import { isFrom } from './separator.ts';

export interface HeaderBlock {
  /** Behind the empty line; -1 if there is none before `to`. */
  readonly end: number;
  /** Where the fields end: before the empty line, or where the search ended. */
  readonly fieldsEnd: number;
  /** Where a Content-Length field begins; -1 if there is none. */
  readonly lengthField: number;
  /** Where the Content-Type field begins; -1 if there is none. */
  readonly typeField: number;
}

/** @param from the start of the line behind the separator line */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one pass over every header byte there is
export function headerBlockAt(
  bytes: Uint8Array,
  from: number,
  to: number,
  lineBreak: LineBreak,
): HeaderBlock {
  let lengthField = -1;
  let typeField = -1;
  let line = from;
  while (line < to) {
    const first = bytes[line] ?? 0;
    if (first === LF) return { end: line + 1, fieldsEnd: line, lengthField, typeField };
    if (first === CR) {
      const end = emptyLineEnd(bytes, line, to, lineBreak);
      if (end >= 0) return { end, fieldsEnd: line, lengthField, typeField };
    } else if ((first | 0x20) === 0x63) {
      const kind = contentField(bytes, line, to);
      if (kind === 'length' && lengthField < 0) lengthField = line;
      if (kind === 'type' && typeField < 0) typeField = line;
    } else if (first === 0x46 && isFrom(bytes, line, to)) {
      break;
    }
    if (lineBreak === 'CR') {
      line = nextLine(bytes, line, to, 'CR');
    } else {
      while (line < to && bytes[line] !== LF) line += 1;
      line += 1;
    }
  }
  return { end: -1, fieldsEnd: Math.min(line, to), lengthField, typeField };
}

/** Behind a line that begins with CR and is empty; -1 if it is not. */
function emptyLineEnd(bytes: Uint8Array, line: number, to: number, lineBreak: LineBreak): number {
  const next = nextLine(bytes, line, to, lineBreak);
  const ended = bytes[next - 1] === LF || lineBreak === 'CR';
  return ended && textEnd(bytes, line, next) === line ? next : -1;
}

const LENGTH = [...Buffer.from('content-length', 'latin1')];
const TYPE = [...Buffer.from('content-type', 'latin1')];
const KIND_AT = 'content-'.length;

function contentField(bytes: Uint8Array, line: number, to: number): 'length' | 'type' | null {
  if (line + LENGTH.length > to) return null;
  const letter = (bytes[line + KIND_AT] ?? 0) | 0x20;
  if (letter === LENGTH[KIND_AT] && begins(bytes, line, LENGTH)) return 'length';
  if (letter === TYPE[KIND_AT] && begins(bytes, line, TYPE)) return 'type';
  return null;
}

function begins(bytes: Uint8Array, line: number, name: readonly number[]): boolean {
  // Setting the bit makes letters lower case and leaves the hyphen as it is.
  for (let index = 0; index < name.length; index++) {
    if (((bytes[line + index] ?? 0) | 0x20) !== name[index]) return false;
  }
  return true;
}

/** The text of a field with its folded lines, as Latin-1. */
export function fieldText(bytes: Buffer, from: number, to: number): string {
  let end = nextLine(bytes, from, to, 'CR');
  while (end < to && (bytes[end] === 0x20 || bytes[end] === 0x09))
    end = nextLine(bytes, end, to, 'CR');
  return bytes.toString('latin1', from, end);
}
