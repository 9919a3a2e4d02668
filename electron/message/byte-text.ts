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

/** The beginning of an encoded word (RFC 2047), which parsers are not to decode: its bytes would be lost. */
const WORD_BEGINS = '=\ue000';
/** A word without what only the end of a name can hold, so that one left open takes no other in. */
const WORD = /=\?[^?\s]*\?[QqBb]\?[^?<>"]*\?=/g;
/** What means something in an address field, and nothing in an encoded word. */
const SPECIAL = /[(),:;@[\]\\.]/g;
/** Such a character is moved up by this much. */
const SPECIAL_AT = 0xe100;
const MOVED = /[\ue100-\ue1ff]/g;

/** For parsers of addresses, which know JavaScript's white space and no encoded words. */
export function shielded(byteText: string): string {
  const text = byteText.replaceAll('\u00a0', NO_BREAK);
  if (!text.includes('=?')) return text;
  return text
    .replace(WORD, (word) =>
      word.replace(SPECIAL, (one) => String.fromCharCode(SPECIAL_AT + one.charCodeAt(0))),
    )
    .replaceAll('=?', WORD_BEGINS);
}

/** What `shielded` was made of. */
export function unshielded(text: string): string {
  return text
    .replaceAll(NO_BREAK, '\u00a0')
    .replaceAll(WORD_BEGINS, '=?')
    .replace(MOVED, (one) => String.fromCharCode(one.charCodeAt(0) - SPECIAL_AT));
}

function isBlank(code: number): boolean {
  return code === SPACE || (code >= TAB && code <= CR);
}
