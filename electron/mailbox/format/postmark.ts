/**
 * The postmark of MMDF: a line of exactly four Control-A, before and behind each message (mmdf(5)).
 *
 * Nothing in the line says whether it opens or closes. It usually goes by turns; where one is missing
 * or stands stray that would turn messages into the text between them, so what follows the line is
 * looked at as well: a header field or a From_ line begins a message. A verdict needs the lines right
 * behind the postmark and whether a message is open, nothing else.
 */

import type { Reading } from './format.ts';
import { CR, LF } from './line-end.ts';
import {
  isRewrittenField,
  type OverrulableLines,
  type Overruling,
  Overrulings,
  shownWithText,
} from './overruling.ts';
import { isField, isFrom } from './separator.ts';

export const POSTMARK = '\x01\x01\x01\x01';
const POSTMARK_TEXT = '^A^A^A^A';
const MARK = 1;
/** A field's name and colon lie within this. */
const FIELD_BYTES = 84;

/** The position behind the postmark that begins at `at`; -1 if none does. */
export function behindPostmark(bytes: Uint8Array, at: number, to: number): number {
  const end = at + POSTMARK.length;
  if (end > to) return -1;
  for (let index = at; index < end; index++) if (bytes[index] !== MARK) return -1;
  if (end === to) return to;
  if (bytes[end] === LF) return end + 1;
  if (bytes[end] !== CR) return -1;
  if (end + 1 === to) return to;
  return bytes[end + 1] === LF ? end + 2 : -1;
}

/**
 * The first postmark that begins a line at or behind `from` and before `limit`; -1 if there is none.
 * @param start a position at which a line is known to begin
 */
export function nextPostmark(bytes: Buffer, from: number, limit: number, start: number): number {
  let at = bytes.indexOf(POSTMARK, from, 'latin1');
  while (at >= 0 && at < limit) {
    if ((at === start || bytes[at - 1] === LF) && behindPostmark(bytes, at, bytes.length) >= 0)
      return at;
    // In a long run of them no other line begins.
    while (bytes[at] === MARK) at += 1;
    at = bytes.indexOf(POSTMARK, at, 'latin1');
  }
  return -1;
}

/** What stands behind a postmark. */
export type Behind = 'message' | 'postmark' | 'text' | 'nothing';

/** @param end the position behind the postmark @param to the end of what can be seen */
export function behind(bytes: Uint8Array, end: number, to: number): Behind {
  if (end >= to) return 'nothing';
  if (behindPostmark(bytes, end, to) >= 0) return 'postmark';
  if (isFrom(bytes, end, to)) return 'message';
  return isField(bytes, end, Math.min(to, end + FIELD_BYTES)) ? 'message' : 'text';
}

/** The postmarks, as lines that a person can overrule. */
export const POSTMARK_LINES: OverrulableLines = {
  isOne: (bytes, line, to) => behindPostmark(bytes, line, to) >= 0,
  isRewritten: isRewrittenField,
  shown: (bytes, line, to) =>
    shownWithText(POSTMARK_TEXT, bytes, behindPostmark(bytes, line, to), to),
};

/**
 * - opens: a message begins here
 * - closes: the open message ends here
 * - parts: both; the message before was never closed
 * - stray: neither, at the end of a file
 * - content: text of the open message, because a person says so
 */
export interface Role {
  readonly role: 'opens' | 'closes' | 'parts' | 'stray' | 'content';
  /** The position behind it; where it stands doubled, behind the second one. */
  readonly end: number;
}

/** Where a postmark stands, and what a person says of it. */
export interface PostmarkPlace {
  readonly bytes: Uint8Array;
  readonly at: number;
  readonly to: number;
  /** True if the file ends at `to`. */
  readonly last: boolean;
  readonly said: Overruling['reading'] | null;
}

/**
 * What a postmark does.
 * @param state whether a message is open in front of it
 */
export function roleOf(
  state: 'open' | 'closed',
  { bytes, at, to, last, said }: PostmarkPlace,
): Role {
  const own = behindPostmark(bytes, at, to);
  if (said === 'separator') return { role: state === 'open' ? 'parts' : 'opens', end: own };
  // Text is joined to a message, never to nothing.
  if (said === 'content' && state === 'open') return { role: 'content', end: own };
  if (state === 'open') {
    return { role: behind(bytes, own, to) === 'message' ? 'parts' : 'closes', end: own };
  }
  const content = behindBlanks(bytes, own, to);
  if (content === to) return { role: last ? 'stray' : 'opens', end: own };
  // A message that was never closed and holds nothing is none.
  const second = bytes[content - 1] === LF ? behindPostmark(bytes, content, to) : -1;
  const doubled = second >= 0 && behind(bytes, second, to) === 'message';
  return { role: 'opens', end: doubled ? second : own };
}

/** The position of the first byte that is neither a blank nor a line end; `to` if there is none. */
export function behindBlanks(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    const byte = bytes[at];
    if (byte !== LF && byte !== CR && byte !== 0x20 && byte !== 0x09) return at;
  }
  return to;
}

/** True if nothing but blanks and line ends stand here. */
export function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  return behindBlanks(bytes, from, to) >= to;
}

/** So much at the end of a file tells whether its last message was closed. */
const SURE_BYTES = 4096;

/**
 * Whether a message is open at the end of a stretch; `stray` if none is, but its last postmark would
 * open one if other text than the beginning of a message followed.
 * @param tail the last bytes of a file, or all of it
 */
export function stateBehind(
  tail: Uint8Array,
  { overrulings }: Pick<Reading, 'overrulings'>,
): 'open' | 'closed' | 'stray' {
  const said = Overrulings.of(overrulings, POSTMARK_LINES);
  const bytes = Buffer.from(tail.buffer, tail.byteOffset, tail.byteLength);
  const { length } = bytes;
  // Cut out of the middle, a stretch most likely begins inside a message.
  const cut = length >= SURE_BYTES && behindPostmark(bytes, 0, length) < 0;
  let state: 'open' | 'closed' = cut ? 'open' : 'closed';
  for (let at = nextPostmark(bytes, 0, length, 0); at >= 0; ) {
    const by = said?.at(bytes, at, length)?.reading ?? null;
    const { role, end } = roleOf(state, { bytes, at, to: length, last: true, said: by });
    if (role === 'stray') return 'stray';
    state = role === 'closes' ? 'closed' : 'open';
    at = nextPostmark(bytes, end, length, 0);
  }
  return state;
}
