/**
 * Charsets of old mail that neither TextDecoder nor iconv-lite reads, to get through seven-bit lines:
 * UTF-7 (RFC 2152; iconv-lite's is not linear), HZ (RFC 1843), ISO-2022-KR (RFC 1557) and ISO-2022-CN
 * (RFC 1922); beside it EUC-TW, which has the same characters. Imports cns-11643.ts; linear; never throws.
 */

import { cnsCharacter } from './cns-11643.ts';

/** The text of UTF-7. */
export function utf7Text(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/\+([A-Za-z0-9+/]*)-?/g, (_, code: string) => {
    if (code === '') return '+';
    const units = Buffer.from(code, 'base64');
    return units
      .subarray(0, units.length & ~1)
      .swap16()
      .toString('utf16le');
  });
}

/** HZ as bytes of GBK: what stands between `~{` and `~}` gets its high bits back. */
export function hzBytes(bytes: Buffer): Buffer {
  const text = bytes
    .toString('latin1')
    .replace(/~(?:\{([^~\r\n]*)(?:~\})?|(~)|\r?\n)/g, (_, chinese?: string, tilde?: string) =>
      chinese === undefined ? (tilde ?? '') : withHighBits(chinese),
    );
  return Buffer.from(text, 'latin1');
}

/** ISO-2022-KR as bytes of EUC-KR: what stands between SO and SI gets its high bits back. */
export function iso2022KrBytes(bytes: Buffer): Buffer {
  const text = bytes
    .toString('latin1')
    .replaceAll('\x1b$)C', '')
    .replace(/\x0e([^\x0f\r\n]*)\x0f?/g, (_, korean: string) => withHighBits(korean))
    .replaceAll('\x0f', '');
  return Buffer.from(text, 'latin1');
}

function withHighBits(text: string): string {
  const bytes = Buffer.from(text, 'latin1');
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte > 0x20) bytes[at] = byte | 0x80;
  }
  return bytes.toString('latin1');
}

/** The charset that the escapes of a text tell; null if it has none, or bytes that such a text has not. */
export function charsetOfEscapes(bytes: Buffer): string | null {
  if (!bytes.includes(0x1b)) return null;
  const text = bytes.toString('latin1');
  if (/[\x80-\xff]/.test(text)) return null;
  if (text.includes('\x1b$)C')) return 'iso-2022-kr';
  if (/\x1b\$\)[AG]/.test(text)) return 'iso-2022-cn';
  return /\x1b\$(?:\([@BCD]|[@AB])/.test(text) ? 'iso-2022-jp' : null;
}

/** The same, or HZ by its brackets: for what does not say its charset. */
export function sevenBitCharset(bytes: Buffer): string | null {
  const escaped = charsetOfEscapes(bytes);
  return escaped ?? (bytes.includes('~{') && isHz(bytes.toString('latin1')) ? 'hz-gb-2312' : null);
}

const HZ_GROUP = /~\{((?:[!-w][!-~])+?)~\}/g;
/** Rows of signs and of the frequent hanzi. */
const HZ_FREQUENT = /^[!-)0-W]/;
/** Fewer characters may be anything, such as what Lisp formats lists by. */
const HZ_MIN = 2;
const HZ_SHARE_MIN = 0.7;

function isHz(text: string): boolean {
  if (/[\x80-\xff]/.test(text)) return false;
  let all = 0;
  let frequent = 0;
  const rest = text.replace(HZ_GROUP, (_, group: string) => {
    all += group.length / 2;
    for (let at = 0; at < group.length; at += 2) {
      if (HZ_FREQUENT.test(group.slice(at, at + 1))) frequent += 1;
    }
    return '';
  });
  return all >= HZ_MIN && frequent >= all * HZ_SHARE_MIN && !rest.includes('~{');
}

/** What stands for a character of a set that is not to be had here. */
const UNKNOWN = '\ufffd';
/** Designations, single shifts with their two bytes, shifts, line ends, runs, anything else. */
const CHINESE_ESCAPE =
  /\x1b\$\)([AEG])|\x1b\$\*(H)|\x1b\$\+([I-M])|(?:\x1bN|\x8e)([!-~]{2})|(?:\x1bO|\x8f)([!-~]{2})|\x0e|\x0f|(\r?\n)|([^\x1b\x0e\x0f\x8e\x8f\r\n]+)|[\s\S]/g;
/** The planes of CNS 11643, by the letter that designates them. */
const PLANES: Readonly<Record<string, number>> = { G: 1, H: 2, I: 3, J: 4, K: 5, L: 6, M: 7 };

/** Reads what stands in GB 2312. */
type ReadGbk = (bytes: Buffer) => string;

/**
 * The text of ISO-2022-CN (RFC 1922): between SO and SI stand characters of GB 2312 or of plane 1 of
 * CNS 11643, as designated; behind a single shift one of another plane. Of ISO-IR-165 what it has
 * from GB 2312 is read. A line end undoes every designation.
 */
export function iso2022CnText(bytes: Buffer, gbk: ReadGbk): string {
  const set = new ChineseSets(gbk);
  let text = '';
  const escapes = bytes.toString('latin1').matchAll(CHINESE_ESCAPE);
  for (const [all, so, , ss3, second, third, lineEnd, run] of escapes) {
    if (so) set.so = so;
    else if (ss3) set.ss3 = ss3;
    else if (second) text += set.cns('H', second);
    else if (third) text += set.cns(set.ss3, third);
    else if (run) text += set.run(run);
    else if (all === '\x0e' || all === '\x0f') set.shifted = all === '\x0e';
    else if (lineEnd) {
      set.reset();
      text += lineEnd;
    }
  }
  return text;
}

/** Two bytes of plane 1, four of any plane, anything else. */
const TAIWANESE =
  /\x8e([\xa1-\xb0])([\xa1-\xfe])([\xa1-\xfe])|([\xa1-\xfe])([\xa1-\xfe])|([\x80-\xff])/g;

/** The text of EUC-TW: CNS 11643 beside ASCII. */
export function eucTwText(bytes: Buffer): string {
  const low = (byte: string): number => byte.charCodeAt(0) & 0x7f;
  return bytes
    .toString('latin1')
    .replace(TAIWANESE, (_, plane, row, column, first, second, other) => {
      if (other !== undefined) return UNKNOWN;
      if (plane === undefined) return cnsCharacter(1, low(first), low(second)) ?? UNKNOWN;
      return cnsCharacter(low(plane) - 0x20, low(row), low(column)) ?? UNKNOWN;
    });
}

/** What is designated at a place in a text, and how it is read. */
class ChineseSets {
  readonly #gbk: ReadGbk;
  so = '';
  ss3 = '';
  shifted = false;

  constructor(gbk: ReadGbk) {
    this.#gbk = gbk;
  }

  reset(): void {
    this.so = '';
    this.ss3 = '';
    this.shifted = false;
  }

  run(bytes: string): string {
    if (!this.shifted) return bytes;
    if (this.so === 'G') return this.cns('G', bytes);
    const text = this.#gbk(Buffer.from(withHighBits(bytes), 'latin1'));
    // What GBK leaves to its users.
    return text.replace(/[\ue000-\uf8ff]/g, UNKNOWN);
  }

  /** @param letter that designates the plane */
  cns(letter: string, bytes: string): string {
    return bytes.replace(/([\s\S])([\s\S]?)/g, (_, row: string, column: string) => {
      if (column === '') return UNKNOWN;
      const plane = PLANES[letter] ?? 0;
      return cnsCharacter(plane, row.charCodeAt(0), column.charCodeAt(0)) ?? UNKNOWN;
    });
  }
}
