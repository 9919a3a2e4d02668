/**
 * Content-Transfer-Encoding undone as the bytes come, in strokes of any size. Imports nothing of ours
 * but uuencode.ts.
 *
 * Broken encodings give what can be read of them: text beside base64, as mailing lists put it there, is
 * no part of the bytes and kept apart, base64 that ends and begins again goes on, a lone `=` stands for
 * itself. Identity and quoted-printable lose the `>` by which mailboxes quote lines that begin with
 * `From `. Promises:
 * linear, memory bounded by the strokes, never throws. (RFC 2045 sections 6.7 and 6.8.)
 */

import type { Encoding } from './entity.ts';
import { UuencodeDecoder } from './uuencode.ts';

export interface TransferDecoder {
  /** More encoded bytes. @returns what can be decoded of them by now */
  push(bytes: Buffer): Buffer;
  /** There are no more. @returns the rest */
  end(): Buffer;
  /** The beginning of what stood beside base64 and is none, as Latin-1; empty if nothing did. */
  readonly beside?: string;
}

/** @param encoding `plain`: bytes that were never part of a mailbox */
export function transferDecoder(encoding: Encoding | 'plain'): TransferDecoder {
  switch (encoding) {
    case 'plain':
      return { push: (bytes) => bytes, end: () => NOTHING };
    case 'base64':
      return new Base64Decoder();
    case 'quoted-printable':
      return new LineDecoder((lines) => quotedPrintable(unquoted(lines)));
    case 'uuencode':
      return new UuencodeDecoder();
    default:
      return new LineDecoder(unquoted);
  }
}

const NOTHING = Buffer.alloc(0);
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;
const EQUALS = 0x3d;
const QUOTE = 0x3e;
/** No more than this is kept of what is no base64. */
const BESIDE_LENGTH_MAX = 64 * 1024;
/** A line without an end is decoded piece by piece. */
const LINE_BYTES_MAX = 1024 * 1024;

/** Decodes whole lines; what is behind the last line end waits for the rest of its line. */
class LineDecoder implements TransferDecoder {
  readonly #decode: (lines: Buffer) => Buffer;
  #rest: Buffer = NOTHING;

  constructor(decode: (lines: Buffer) => Buffer) {
    this.#decode = decode;
  }

  push(bytes: Buffer): Buffer {
    const all = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    let end = all.lastIndexOf(LF) + 1;
    if (end === 0 && all.length > LINE_BYTES_MAX) {
      // Not between `=` and its two digits.
      end = all.length - 3;
    }
    this.#rest = all.subarray(end);
    return end === 0 ? NOTHING : this.#decode(all.subarray(0, end));
  }

  end(): Buffer {
    const rest = this.#rest;
    this.#rest = NOTHING;
    return rest.length === 0 ? rest : this.#decode(rest);
  }
}

/** Without the quoting of mboxo and mboxrd: `>From ` at the beginning of a line loses one `>`. */
function unquoted(lines: Buffer): Buffer {
  let copy: Buffer | null = null;
  let to = 0;
  let from = 0;
  for (let at = lines.indexOf('>From '); at >= 0; at = lines.indexOf('>From ', at + 1)) {
    let line = at;
    while (line > from && lines[line - 1] === QUOTE) line -= 1;
    if (line > 0 && lines[line - 1] !== LF) continue;
    copy ??= Buffer.allocUnsafe(lines.length);
    to += lines.copy(copy, to, from, at);
    from = at + 1;
  }
  if (!copy) return lines;
  to += lines.copy(copy, to, from);
  return copy.subarray(0, to);
}

function hexDigit(code: number | undefined): number {
  if (code === undefined) return -1;
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** @param lines whole lines, or the end of the body */
function quotedPrintable(lines: Buffer): Buffer {
  let at = lines.indexOf(EQUALS);
  if (at < 0) return lines;
  const decoded = Buffer.allocUnsafe(lines.length);
  let to = 0;
  let from = 0;
  for (; at >= 0; at = lines.indexOf(EQUALS, from)) {
    to += lines.copy(decoded, to, from, at);
    const high = hexDigit(lines[at + 1]);
    const low = hexDigit(lines[at + 2]);
    if (high >= 0 && low >= 0) {
      decoded[to++] = high * 16 + low;
      from = at + 3;
      continue;
    }
    const end = softLineEnd(lines, at + 1);
    if (end < 0) decoded[to++] = EQUALS;
    from = end < 0 ? at + 1 : end;
  }
  to += lines.copy(decoded, to, from);
  return decoded.subarray(0, to);
}

/** Behind a line end that is no part of the text, white space before it included; -1 if none follows. */
function softLineEnd(lines: Buffer, from: number): number {
  let at = from;
  while (lines[at] === SPACE || lines[at] === TAB) at += 1;
  if (at >= lines.length) return at;
  if (lines[at] === CR) at += 1;
  return lines[at] === LF ? at + 1 : -1;
}

const ALPHABET_ONLY = /^[A-Za-z0-9+/\r\n]*$/;
const WHITE = /\s+/g;
/** What a line that goes on with base64 looks like, behind an end or behind text. */
const GOES_ON = /^(?:[A-Za-z0-9+/]{4}){5,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const LAST_LINE =
  /^(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)$/;

class Base64Decoder implements TransferDecoder {
  #line = '';
  /** Letters that do not make up three bytes yet. */
  #letters = '';
  /** Behind padding, or behind text that is no base64. */
  #ended = false;
  beside = '';

  push(bytes: Buffer): Buffer {
    const text = this.#line + bytes.toString('latin1');
    const end = text.length > LINE_BYTES_MAX ? text.length : text.lastIndexOf('\n') + 1;
    this.#line = text.slice(end);
    return this.#decode(text.slice(0, end));
  }

  end(): Buffer {
    const last = Buffer.concat([this.#decode(this.#line), this.#flush()]);
    this.#line = '';
    return last;
  }

  #decode(text: string): Buffer {
    if (!this.#ended && ALPHABET_ONLY.test(text)) return this.#take(text.replace(WHITE, ''));
    const decoded: Buffer[] = [];
    for (const line of text.split('\n')) decoded.push(...this.#line64(line.trim(), line));
    return Buffer.concat(decoded);
  }

  /** One line where something is out of order. */
  #line64(line: string, whole: string): Buffer[] {
    if (line === '') {
      if (this.beside !== '') this.#leaveOut('');
      return [];
    }
    if (this.#ended && !GOES_ON.test(line) && !LAST_LINE.test(line)) {
      this.#leaveOut(whole);
      return [];
    }
    // Words of a language are no base64, though they are made of its letters.
    if (/[^A-Za-z0-9+/=]/.test(line) && !this.#isSpoilt(line)) {
      this.#ended = true;
      this.#leaveOut(whole);
      return [this.#flush()];
    }
    this.#ended = false;
    const decoded: Buffer[] = [];
    for (const run of line.replace(/[^A-Za-z0-9+/=]/g, '').split(/=+/)) {
      if (decoded.length > 0) decoded.push(this.#flush());
      decoded.push(this.#take(run));
    }
    if (line.endsWith('=')) {
      decoded.push(this.#flush());
      this.#ended = true;
    }
    return decoded;
  }

  #leaveOut(line: string): void {
    const room = BESIDE_LENGTH_MAX - this.beside.length;
    if (room > 0) this.beside += `${line.replace(/\r$/, '')}\n`.slice(0, room);
  }

  /** A long line with a few foreign characters is still base64 (RFC 2045: they are passed over). */
  #isSpoilt(line: string): boolean {
    const foreign = line.replace(/[A-Za-z0-9+/=]/g, '').length;
    return line.length >= 20 && foreign * 20 <= line.length;
  }

  #take(letters: string): Buffer {
    const all = this.#letters + letters;
    const whole = all.length - (all.length % 4);
    this.#letters = all.slice(whole);
    return Buffer.from(all.slice(0, whole), 'base64');
  }

  #flush(): Buffer {
    const rest = Buffer.from(this.#letters, 'base64');
    this.#letters = '';
    return rest;
  }
}
