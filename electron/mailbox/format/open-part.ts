/**
 * Whether a line lies inside a MIME multipart that is still open: then it is content, such as the
 * From_ lines of a mailbox that somebody attached raw (the Dovecot list has three).
 *
 * A multipart is open at a line if its closing delimiter has not been met, and its delimiter comes
 * again behind the line without being declared anew on the way (then it would be another message
 * of the same program). Only the outermost multipart of a message is looked at (RFC 2046, 5.1).
 */

import { CR, LF } from './line-end.ts';

const BOUNDARY = /boundary[ \t]*=[ \t]*(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))/i;

/** The delimiters of one message's multipart. */
export interface Multipart {
  /** Starts a part: `--boundary`. */
  readonly delimiter: Buffer;
  /** Closes the last one: `--boundary--`. */
  readonly close: Buffer;
  /** The boundary in lower case, to recognise a declaration. */
  readonly boundary: string;
}

/** The multipart that a Content-Type field declares, or null. */
export function multipartOf(contentType: string): Multipart | null {
  const match = BOUNDARY.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) return null;
  return {
    delimiter: Buffer.from(`--${boundary}`, 'latin1'),
    close: Buffer.from(`--${boundary}--`, 'latin1'),
    boundary: boundary.toLowerCase(),
  };
}

const WORD = Buffer.from('boundary', 'latin1');

/**
 * False if a field surely declares no multipart: a look at its bytes, since most messages have none.
 * @param from where the field begins @param to where the header's fields end
 */
export function mayDeclare(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === LF || byte === CR) {
      const next = bytes[byte === CR && bytes[at + 1] === LF ? at + 2 : at + 1];
      if (next !== 0x20 && next !== 0x09) return false;
    } else if ((byte | 0x20) === WORD[0] && isWord(bytes, at)) return true;
  }
  return false;
}

function isWord(bytes: Uint8Array, at: number): boolean {
  for (let index = 0; index < WORD.length; index++) {
    if (((bytes[at + index] ?? 0) | 0x20) !== WORD[index]) return false;
  }
  return true;
}

/** The first place of `needle` at the start of a line that begins at or behind `from`; -1 if none. */
export function indexOfLine(bytes: Buffer, needle: Buffer, from: number): number {
  let at = bytes.indexOf(needle, from);
  while (at >= 0) {
    if (at === 0 || bytes[at - 1] === LF || bytes[at - 1] === CR) return at;
    at = bytes.indexOf(needle, at + 1);
  }
  return -1;
}

/** True if the boundary is declared (again) in this stretch. */
export function declares(bytes: Buffer, from: number, to: number, multipart: Multipart): boolean {
  const text = bytes.toString('latin1', from, to).toLowerCase();
  for (let at = text.indexOf(multipart.boundary); at >= 0; ) {
    if (/boundary[ \t]*=[ \t]*"?$/.test(text.slice(Math.max(0, at - 40), at))) return true;
    at = text.indexOf(multipart.boundary, at + 1);
  }
  return false;
}
