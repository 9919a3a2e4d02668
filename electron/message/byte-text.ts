/**
 * Text that has a character for each byte, before its charset is known. Imports nothing.
 *
 * To JavaScript U+00A0 is white space, but a byte 0xA0 ends a letter such as the à of UTF-8: what cuts white
 * space off must not see it.
 */

const TAB = 0x09;
const CR = 0x0d;
const SPACE = 0x20;
/** Stands for a byte 0xA0; it cannot occur in bytes. */
const NO_BREAK = '\ue001';

/** The text without ASCII's white space at either end. */
export function trimmed(byteText: string): string {
  let from = 0;
  let to = byteText.length;
  while (from < to && isBlank(byteText.charCodeAt(from))) from += 1;
  while (from < to && isBlank(byteText.charCodeAt(to - 1))) to -= 1;
  return byteText.slice(from, to);
}

/** For parsers that know JavaScript's white space. */
export const shielded = (byteText: string): string => byteText.replaceAll('\u00a0', NO_BREAK);

/** What `shielded` was made of. */
export const unshielded = (text: string): string => text.replaceAll(NO_BREAK, '\u00a0');

function isBlank(code: number): boolean {
  return code === SPACE || (code >= TAB && code <= CR);
}
