/**
 * Content-Length (mboxcl, mboxcl2): where a message says that its body ends.
 *
 * It is believed only if a From_ line or the end of the file stands exactly there, line ends between
 * them allowed. Conversion of line ends makes it wrong, senders forge it, and a wrong one that is
 * believed swallows messages (Dovecot's mbox page; mutt mbox_parse_mailbox asks the same).
 */

import { CR, LF } from './line-end.ts';
import { isFrom } from './separator.ts';

const FIELD = /^content-length[ \t]*:[ \t]*(\d{1,15})\s*$/i;

/** So many bytes of line ends may stand between the end of a body and the next separator. */
export const GAP_BYTES_MAX = 4;
/** What must be seen of the file where the body should end. */
export const LANDING_BYTES = 64;

/** The length that a Content-Length field states, or -1. */
export function contentLengthOf(field: string): number {
  const match = FIELD.exec(field);
  return match ? Number(match[1]) : -1;
}

/**
 * How far behind the stated end of a body a From_ line or the end of the file stands.
 * @param at position of the stated end in `bytes`; it must have a byte before it
 * @param last true if the file ends with `bytes`
 * @returns -1 if neither stands there
 */
export function landing(bytes: Uint8Array, at: number, to: number, last: boolean): number {
  for (let gap = 0; gap <= GAP_BYTES_MAX; gap++) {
    const here = at + gap;
    if (here > to) return -1;
    if (here === to) return last ? gap : -1;
    const before = bytes[here - 1];
    if ((before === LF || before === CR) && isFrom(bytes, here, to)) return gap;
    if (bytes[here] !== LF && bytes[here] !== CR) return -1;
  }
  return -1;
}
