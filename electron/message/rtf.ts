/**
 * The text of Outlook's compressed RTF, and of RTF. Imports charset.ts.
 *
 * For messages whose only text lies in a `winmail.dat`: HTML that Outlook wrapped into RTF comes out
 * as HTML, other RTF as its text without layout ([MS-OXRTFCP], [MS-OXRTFEX]). Promises: output bounded,
 * linear, never throws.
 */

import { decodeBytes } from './charset.ts';

const COMPRESSED = 0x75465a4c;
const PLAIN = 0x414c454d;
const WINDOW = 4096;
const BYTES_MAX = 4 * 1024 * 1024;
/** What the window of the compression holds before the first byte. */
const BEGINNING =
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx';

/** RTF out of its compressed form; empty if it is none. */
export function uncompressedRtf(bytes: Buffer): string {
  if (bytes.length < 16) return '';
  const kind = bytes.readUInt32LE(8);
  if (kind === PLAIN) return bytes.toString('latin1', 16);
  if (kind !== COMPRESSED) return '';
  const out = new Inflating(Math.min(bytes.readUInt32LE(4), BYTES_MAX));
  for (let at = 16; at < bytes.length && !out.full; ) {
    const control = bytes[at++] ?? 0;
    for (let bit = 0; bit < 8 && at < bytes.length && !out.full; bit++) {
      if ((control & (1 << bit)) === 0) {
        out.put(bytes[at++] ?? 0);
        continue;
      }
      const reference = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
      at += 2;
      // A reference to the place that is written next is the end.
      if (!out.repeat(reference >> 4, (reference & 0xf) + 2)) return out.text;
    }
  }
  return out.text;
}

/** What comes out, and the window of what came out last. */
class Inflating {
  readonly #window = Buffer.alloc(WINDOW);
  readonly #out: Buffer;
  #write: number;
  #length = 0;

  constructor(size: number) {
    this.#out = Buffer.alloc(size);
    this.#write = this.#window.write(BEGINNING, 'latin1');
  }

  get full(): boolean {
    return this.#length >= this.#out.length;
  }

  get text(): string {
    return this.#out.toString('latin1', 0, this.#length);
  }

  put(byte: number): void {
    if (!this.full) this.#out[this.#length++] = byte;
    this.#window[this.#write] = byte;
    this.#write = (this.#write + 1) % WINDOW;
  }

  /** @returns false at the end */
  repeat(from: number, length: number): boolean {
    if (from === this.#write) return false;
    for (let next = 0; next < length; next++) this.put(this.#window[(from + next) % WINDOW] ?? 0);
    return true;
  }
}

const TOKEN =
  /\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z'])|([{}])|([^\\{}\r\n]+)|[\s\S]/gi;
/** Groups that hold no text of the message. */
const SILENT = new Set([
  'fonttbl',
  'colortbl',
  'stylesheet',
  'info',
  'pict',
  'object',
  'header',
  'footer',
  'generator',
  'themedata',
]);
const BREAKS: Readonly<Record<string, string>> = { par: '\n', line: '\n', tab: '\t' };

interface Group {
  /** Text of the group is shown. */
  shown: boolean;
  /** Inside of a tag of HTML that was wrapped. */
  html: boolean;
}

/** The text of RTF, or the HTML that was wrapped into it. */
export function rtfText(rtf: string): { readonly text: string; readonly is: 'plain' | 'html' } {
  const head = rtf.slice(0, 1000);
  const wrapped = head.includes('\\fromhtml1');
  const charset = charsetOfCodePage(Number(/\\ansicpg(\d+)/.exec(head)?.[1] ?? 1252));
  const reader = new RtfReader(charset, wrapped);
  for (const token of rtf.matchAll(TOKEN)) {
    if (reader.length > BYTES_MAX) break;
    reader.take(token);
  }
  return { text: reader.end(), is: wrapped ? 'html' : 'plain' };
}

/** What Windows calls a code page, as a charset. */
export function charsetOfCodePage(codePage: number): string {
  if (codePage === 65001) return 'utf-8';
  if (codePage === 932) return 'shift_jis';
  if (codePage === 936) return 'gbk';
  if (codePage === 949) return 'euc-kr';
  if (codePage === 950) return 'big5';
  if (codePage === 874) return 'windows-874';
  return codePage >= 1250 && codePage <= 1258 ? `windows-${codePage}` : 'windows-1252';
}

class RtfReader {
  readonly #charset: string;
  readonly #wrapped: boolean;
  readonly #stack: Group[] = [];
  #group: Group = { shown: true, html: false };
  /** Between `htmlrtf` and `htmlrtf0` stands what HTML does not need. */
  #hidden = false;
  #text = '';
  #bytes: number[] = [];
  /** Characters behind one of Unicode that stand in for it. */
  #skip = 0;

  constructor(charset: string, wrapped: boolean) {
    this.#charset = charset;
    this.#wrapped = wrapped;
  }

  get length(): number {
    return this.#text.length;
  }

  take([, word, number, hex, symbol, brace, run]: RegExpMatchArray): void {
    if (brace === '{') this.#stack.push({ ...this.#group });
    else if (brace === '}') {
      this.#flush();
      this.#group = this.#stack.pop() ?? this.#group;
    } else if (word) this.#word(word.toLowerCase(), number ?? '');
    else if (hex) this.#byte(Number.parseInt(hex, 16));
    else if (symbol) this.#symbol(symbol);
    else if (run) {
      this.#add(run.slice(this.#skip));
      this.#skip = 0;
    }
  }

  end(): string {
    this.#flush();
    return this.#text;
  }

  get #visible(): boolean {
    return this.#group.shown && (this.#group.html || !(this.#wrapped && this.#hidden));
  }

  #word(name: string, number: string): void {
    if (SILENT.has(name) || name === 'mhtmltag') this.#group.shown = false;
    else if (name === 'htmltag') this.#group = { shown: true, html: true };
    else if (name === 'htmlrtf') this.#hidden = number !== '0';
    else if (name === 'u' && number !== '') {
      this.#add(String.fromCharCode(Number(number) & 0xffff));
      this.#skip = 1;
    } else this.#add(BREAKS[name] ?? '');
  }

  #symbol(symbol: string): void {
    // A destination that programs may pass over; those of wrapped HTML say so themselves.
    if (symbol === '*') this.#group.shown = false;
    else if ('\\{}'.includes(symbol)) this.#add(symbol);
    else if (symbol === '~') this.#add('\u00a0');
  }

  #byte(byte: number): void {
    if (this.#skip > 0) this.#skip -= 1;
    else if (this.#visible) this.#bytes.push(byte);
  }

  #add(text: string): void {
    if (text === '') return;
    this.#flush();
    if (this.#visible) this.#text += text;
  }

  #flush(): void {
    if (this.#bytes.length > 0) this.#text += decodeBytes(Buffer.from(this.#bytes), this.#charset);
    this.#bytes = [];
  }
}
