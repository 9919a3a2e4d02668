/**
 * The marks of a Babyl file and the parts of one message in it (Emacs etc/BABYL; peers' facts 17, 18).
 *
 *     ^_^L                                  begins a message; ^_ alone ends the last one
 *     1, unseen, answered,, label, other,   the status line: flag, attributes, labels
 *     From: ...                             with flag 1 the header as it came
 *     *** EOOH ***
 *     From: ...                             the header to be shown; with flag 0 the only one
 *
 *     the body
 */

import { headerBlockAt } from './header-block.ts';
import { CR, LF, nextLine, textEnd } from './line-end.ts';
import { isRewrittenField, type OverrulableLines, shownWithText } from './overruling.ts';
import { behindBlanks, isBlank } from './postmark.ts';
import { isField } from './separator.ts';

/** ^_, at the start of a line. */
export const MARK = 0x1f;
/** ^L, behind it. */
const PAGE = 0x0c;
export const END_OF_HEADER = '*** EOOH ***';
/** So many blanks may stand between ^_ and ^L. */
const BLANKS_MAX = 1024;

const STATUS = /^[01],/;

/** The marks, as lines that a person can overrule. The status line is rewritten when a flag changes. */
export const MARK_LINES: OverrulableLines = {
  isOne: (bytes, line) => bytes[line] === MARK,
  isRewritten: (bytes, line, end) =>
    isRewrittenField(bytes, line, end) || STATUS.test(bytes.toString('latin1', line, line + 2)),
  shown: (bytes, line, to) => shownWithText('^_', bytes, line + 1, to),
};

/**
 * - begins: a message begins here; its status line is at `status`
 * - torn: so it does, but blanks stand between ^_ and ^L, as where a program appended behind a blank tail
 * - ends: nothing but the end of what stands before it
 * - none: content
 */
export type BabylMark =
  | { readonly mark: 'begins' | 'torn'; readonly status: number }
  | { readonly mark: 'ends' | 'none' };

const ENDS: BabylMark = { mark: 'ends' };
const NONE: BabylMark = { mark: 'none' };

/**
 * What a ^_ at the start of a line is.
 * @param at its position
 * @param to the end of what can be seen
 */
export function babylMarkAt(bytes: Uint8Array, at: number, to: number): BabylMark {
  const status = behindPage(bytes, at + 1, to);
  if (status >= 0) return { mark: 'begins', status };
  if (bytes[at + 1] === PAGE && at + 2 >= to) return ENDS;
  if (!endsLine(bytes, at + 1, to)) return NONE;
  const page = behindBlanks(bytes, at + 1, Math.min(to, at + BLANKS_MAX));
  const torn = bytes[page - 1] === LF ? behindPage(bytes, page, to) : -1;
  const flag = bytes[torn];
  const isStatus = torn >= 0 && (flag === 0x30 || flag === 0x31) && bytes[torn + 1] === 0x2c;
  return isStatus ? { mark: 'torn', status: torn } : ENDS;
}

/** True if a line end, or the end of the file, stands here. */
function endsLine(bytes: Uint8Array, at: number, to: number): boolean {
  if (at >= to || bytes[at] === LF) return true;
  return bytes[at] === CR && (at + 1 >= to || bytes[at + 1] === LF);
}

/** The position behind a ^L and its line end; -1 if they do not stand here. */
function behindPage(bytes: Uint8Array, at: number, to: number): number {
  if (at >= to || bytes[at] !== PAGE) return -1;
  if (at + 1 < to && bytes[at + 1] === LF) return at + 2;
  return at + 2 < to && bytes[at + 1] === CR && bytes[at + 2] === LF ? at + 3 : -1;
}

/** The first ^_ that begins a line at or behind `from` and before `limit`; -1 if there is none. */
export function nextMark(bytes: Buffer, from: number, limit: number, start: number): number {
  let at = bytes.indexOf(MARK, from);
  while (at >= 0 && at < limit) {
    if (at === start || bytes[at - 1] === LF) return at;
    // In a long run of them no other line begins.
    while (bytes[at] === MARK) at += 1;
    at = bytes.indexOf(MARK, at);
  }
  return -1;
}

/** The first ^_ that is no content at or behind `from`; `to` if none is seen. */
export function nextBorder(bytes: Buffer, from: number, to: number): number {
  let at = nextMark(bytes, from, to, from);
  while (at >= 0 && babylMarkAt(bytes, at, to).mark === 'none')
    at = nextMark(bytes, at + 1, to, from);
  return at < 0 ? to : at;
}

/** Where the parts of a stored message lie. */
export interface BabylParts {
  /** The status line, without its line end. */
  readonly status: number;
  readonly statusEnd: number;
  /** The header as it came. */
  readonly header: number;
  /** Where that header ends; -1 where it is the shown one as well, and the body follows it. */
  readonly headerEnd: number;
  /** Where the body begins; -1 if no empty line was seen in front of it. */
  readonly body: number;
}

/**
 * Finds the parts of a message.
 * @param status the start of its status line
 * @param to the end of the message, or of what can be seen of it
 */
export function babylParts(bytes: Buffer, status: number, to: number): BabylParts {
  const behindStatus = nextLine(bytes, status, to, 'LF');
  const statusEnd = textEnd(bytes, status, behindStatus);
  const mark = endOfHeader(bytes, behindStatus, to);
  const kept = bytes[status] === 0x31 && mark && !isBlank(bytes, behindStatus, mark.at);
  if (!kept) {
    const header = mark ? mark.end : behindStatus;
    const body = headerBlockAt(bytes, header, to, 'LF').end;
    return { status, statusEnd, header, headerEnd: -1, body };
  }
  const body = bodyBehind(bytes, mark.end, to);
  return { status, statusEnd, header: behindStatus, headerEnd: mark.at, body };
}

/** The line that separates the header as it came from the shown one; null if there is none. */
function endOfHeader(
  bytes: Buffer,
  from: number,
  to: number,
): { readonly at: number; readonly end: number } | null {
  // Further down it would be quoted: no line with text stands behind an empty one in front of it.
  let empty = false;
  for (let line = from; line < to; ) {
    const next = nextLine(bytes, line, to, 'LF');
    const end = textEnd(bytes, line, next);
    const length = end - line;
    if (length === END_OF_HEADER.length && bytes.toString('latin1', line, end) === END_OF_HEADER) {
      return { at: line, end: next };
    }
    if (length > 0 && empty) return null;
    empty ||= length === 0;
    line = next;
  }
  return null;
}

/** Where the body begins behind a shown header; a message without body has none behind it. */
function bodyBehind(bytes: Buffer, shown: number, to: number): number {
  const first = bytes[shown];
  const isHeader = first === LF || first === CR || isField(bytes, shown, to);
  if (!isHeader) return shown;
  const { end } = headerBlockAt(bytes, shown, to, 'LF');
  return end < 0 ? to : end;
}
