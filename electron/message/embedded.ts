/**
 * Files inside of a text: uuencode, yEnc and BinHex, as they were sent before MIME and in news.
 * Imports this folder.
 *
 * Found are files that begin and go on as they should; a line of text that only looks like a beginning
 * stays text. Works on a text as Latin-1, a character for each byte, so that the text between the
 * files can still be decoded. Promises: linear, bounded, never throws.
 */

import { BINHEX_BEGIN, binHexFile } from './binhex.ts';
import { fileName } from './clean-text.ts';
import { UUENCODE_BEGIN, uuencodedLine } from './uuencode.ts';

export interface EmbeddedFile {
  readonly inside: 'uuencode' | 'yenc' | 'binhex';
  readonly name: string;
  readonly bytes: Buffer;
}

/** A file, and where it lies in the text: from its first line up to behind its last one. */
export interface FilePiece {
  readonly file: EmbeddedFile;
  readonly from: number;
  readonly to: number;
}

/** Text, and files between it, in order. */
export type Piece = { readonly text: string } | FilePiece;

const FILES_MAX = 200;
const BEGINNINGS =
  /^(?:begin(?:-base64)? [0-7]{3,4} \S|=ybegin |\(This file must be converted with BinHex)/m;
const YENC_BEGIN = /^=ybegin (?:.*? )?line=\d+ (?:.*? )?name=(.*)$/;
const YENC_SIZE = / size=(\d{1,15})/;
const YENC_PART = / part=(\d{1,6})/;
const YENC_RANGE = /^=ypart begin=(\d{1,15}) end=(\d{1,15})/;
/** An honest file does not have fewer lines than this. */
const UU_LINES_MIN = 1;
const NOTHING = Buffer.alloc(0);

/** A text taken apart. @param text a character for each byte */
export function withoutFiles(text: string): readonly Piece[] {
  if (!BEGINNINGS.test(text)) return [{ text }];
  const pieces: Piece[] = [];
  const lines = new Lines(text);
  let textFrom = 0;
  let files = 0;
  while (!lines.atEnd && files < FILES_MAX) {
    const from = lines.at;
    const line = lines.next();
    const file = fileAt(line, lines);
    if (!file) continue;
    if (from > textFrom) pieces.push({ text: text.slice(textFrom, from) });
    pieces.push({ file, from, to: Math.min(lines.at, text.length) });
    files += 1;
    textFrom = lines.at;
  }
  if (textFrom < text.length) pieces.push({ text: text.slice(textFrom) });
  return pieces;
}

class Lines {
  readonly #text: string;
  at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.at >= this.#text.length;
  }

  /** True if this stands in the next line, from its beginning. */
  comes(word: string): boolean {
    return this.#text.startsWith(word, this.at);
  }

  /** The next line without its end. */
  next(): string {
    const lf = this.#text.indexOf('\n', this.at);
    const end = lf < 0 ? this.#text.length : lf;
    const line = this.#text.slice(this.at, end);
    this.at = end + 1;
    return line.endsWith('\r') ? line.slice(0, -1) : line;
  }
}

/** The file that begins with this line, if one does; else `lines` stays where it is. */
function fileAt(line: string, lines: Lines): EmbeddedFile | null {
  if (line.startsWith('begin')) {
    const name = UUENCODE_BEGIN.exec(line)?.[1];
    return name === undefined ? null : uuencoded(name, line.startsWith('begin-base64'), lines);
  }
  if (BINHEX_BEGIN.test(line)) return binHexed(lines);
  return line.startsWith('=ybegin ') ? yencoded(line, lines) : null;
}

function uuencoded(name: string, base64: boolean, lines: Lines): EmbeddedFile | null {
  const start = lines.at;
  const chunks: Buffer[] = [];
  let behind = lines.at;
  while (!lines.atEnd) {
    const line = lines.next();
    const trimmed = line.trimEnd();
    if (trimmed === 'end' || trimmed === '====') {
      behind = lines.at;
      break;
    }
    const bytes = base64 ? base64Line(trimmed) : (uuencodedLine(line) ?? lastLine(line, lines));
    // A file without its end goes as far as its lines do.
    if (!bytes) break;
    chunks.push(bytes);
    behind = lines.at;
  }
  const found = chunks.filter(({ length }) => length > 0).length >= UU_LINES_MIN;
  lines.at = found ? behind : start;
  return found
    ? { inside: 'uuencode', name: fileName(name) || 'unnamed', bytes: Buffer.concat(chunks) }
    : null;
}

/** The line of no bytes before the end, which is nothing where a program took blanks off. */
const lastLine = (line: string, lines: Lines): Buffer | null =>
  line === '' && lines.comes('end') ? NOTHING : null;

/** BinHex: what stands between two colons, over as many lines as it takes. */
function binHexed(lines: Lines): EmbeddedFile | null {
  const start = lines.at;
  const kept: string[] = [];
  while (!lines.atEnd) {
    const line = lines.next().trim();
    if (line === '' && kept.length === 0) continue;
    if (kept.length === 0 && !line.startsWith(':')) break;
    kept.push(line);
    if (line.endsWith(':') && (kept.length > 1 || line.length > 1)) break;
  }
  const file = kept.length > 0 ? binHexFile(Buffer.from(kept.join('\n'), 'latin1')) : null;
  if (!file) lines.at = start;
  return file && { inside: 'binhex', name: fileName(file.name) || 'unnamed', bytes: file.bytes };
}

function base64Line(line: string): Buffer | null {
  return /^[A-Za-z0-9+/]+={0,2}$/.test(line) ? Buffer.from(line, 'base64') : null;
}

/**
 * yEnc: each byte is 42 more, and `=` goes before those that could harm (yenc.org, draft 1.3). A piece of
 * a file has its number behind the name, as programs that join pieces know them.
 */
function yencoded(begin: string, lines: Lines): EmbeddedFile | null {
  const said = YENC_BEGIN.exec(begin)?.[1];
  if (said === undefined) return null;
  const start = lines.at;
  const chunks: Buffer[] = [];
  const whole = Number(YENC_SIZE.exec(begin)?.[1] ?? 0);
  let size = whole;
  const file = (bytes: Buffer): EmbeddedFile => {
    const piece = size < whole ? `.${(YENC_PART.exec(begin)?.[1] ?? '1').padStart(3, '0')}` : '';
    return { inside: 'yenc', name: (fileName(said) || 'unnamed') + piece, bytes };
  };
  while (!lines.atEnd) {
    const line = lines.next();
    if (line.startsWith('=yend')) return file(Buffer.concat(chunks));
    const range = YENC_RANGE.exec(line);
    if (range) size = Math.max(0, Number(range[2]) - Number(range[1]) + 1);
    if (line.startsWith('=ypart ')) continue;
    chunks.push(yencodedLine(line));
  }
  lines.at = start;
  // Its end is missing: all there is, if it comes to what was said.
  const bytes = Buffer.concat(chunks);
  if (bytes.length < size || size === 0) return null;
  lines.at = Number.MAX_SAFE_INTEGER;
  return file(bytes.subarray(0, size));
}

function yencodedLine(line: string): Buffer {
  const bytes = Buffer.from(line, 'latin1');
  let to = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x3d) {
      at += 1;
      bytes[to++] = ((bytes[at] ?? 0) - 64 - 42) & 0xff;
    } else bytes[to++] = (byte - 42) & 0xff;
  }
  return bytes.subarray(0, to);
}
