/**
 * Bytes of any charset turned into text. Imports what is beside it of charsets. Never throws: a charset that nobody
 * knows, or that is plainly wrong, is guessed.
 *
 * Node's TextDecoder knows the WHATWG encodings, in Electron too, and reads them as browsers do;
 * iconv-lite adds UTF-32 and those of DOS, the Macs, Vietnam and Armenia; the seven-bit ones of mail, which
 * neither knows, are beside this file. windows-1252 is done by hand, because some versions of Node
 * decode it as ISO-8859-1.
 */

import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import iconv from 'iconv-lite';
import { charsetByLetters } from './charset-guess.ts';
import { isBeyondJis0208, iso2022JpText } from './iso-2022-jp.ts';
import {
  charsetOfEscapes,
  eucTwText,
  hzBytes,
  iso2022CnText,
  iso2022KrBytes,
  sevenBitCharset,
  utf7Text,
} from './seven-bit.ts';

/** Labels that only mail uses, and what decodes them. */
const ALIASES: Readonly<Record<string, string>> = {
  'iso-2022-jp-1': 'iso-2022-jp',
  'iso-2022-jp-2': 'iso-2022-jp',
  'iso-2022-jp-3': 'iso-2022-jp',
  'iso-2022-jp-ms': 'iso-2022-jp',
  csiso2022jp: 'iso-2022-jp',
  cp50220: 'iso-2022-jp',
  cp50221: 'iso-2022-jp',
  cp50222: 'iso-2022-jp',
  jis: 'iso-2022-jp',
  jis_encoding: 'iso-2022-jp',
  ujis: 'euc-jp',
  'eucjp-ms': 'euc-jp',
  'eucjp-win': 'euc-jp',
  cp51932: 'euc-jp',
  cp932: 'shift_jis',
  'x-ms-cp932': 'shift_jis',
  cp936: 'gbk',
  ms936: 'gbk',
  cp949: 'euc-kr',
  ms949: 'euc-kr',
  uhc: 'euc-kr',
  cp950: 'big5',
  chinesebig5: 'big5',
  chinese_big5: 'big5',
  chinese_gb2312: 'gbk',
  gb2312_charset: 'gbk',
  gb2312_80: 'gbk',
  chinese: 'gbk',
  cp874: 'windows-874',
  'gb-2312': 'gbk',
  'unicode-1-1-utf-7': 'utf-7',
  utf7: 'utf-7',
  'x-unicode-2-0-utf-7': 'utf-7',
  'koi8-rr': 'koi8-r',
  'x-koi8-r': 'koi8-r',
  ansi: 'windows-1252',
  'x-mac-ce': 'maccenteuro',
  'x-mac-centraleurroman': 'maccenteuro',
  'mac-centraleurope': 'maccenteuro',
  'x-mac-greek': 'macgreek',
  'x-mac-turkish': 'macturkish',
  'x-mac-romanian': 'macromania',
  'x-mac-croatian': 'maccroatian',
  'x-mac-icelandic': 'maciceland',
  'x-mac-thai': 'macthai',
  'x-mac-ukrainian': 'x-mac-cyrillic',
  'x-mac-japanese': 'shift_jis',
  'x-mac-korean': 'euc-kr',
  'x-mac-chinesesimp': 'gbk',
  'x-mac-chinesetrad': 'big5',
  // Their letters stand at the same places.
  'x-mac-hebrew': 'windows-1255',
  'x-mac-arabic': 'iso-8859-6',
  'armscii-8': 'armscii8',
  'tcvn-5712': 'tcvn',
  'x-viet-tcvn5712': 'tcvn',
  'x-gbk': 'gbk',
  'iso-2022-cn-ext': 'iso-2022-cn',
  hz: 'hz-gb-2312',
  'x-hz': 'hz-gb-2312',
  'cn-gb': 'gbk',
  'big5-eten': 'big5',
  ibm00858: 'cp858',
  'dos-862': 'cp862',
  'dos-866': 'ibm866',
  'x-euc-tw': 'euc-tw',
  cns11643: 'euc-tw',
  'ucs-4': 'utf-32',
  'iso-10646-ucs-4': 'utf-32',
  csucs4: 'utf-32',
  utf32: 'utf-32',
  utf_32: 'utf-32',
  utf32be: 'utf-32be',
  utf32le: 'utf-32le',
  latin: 'windows-1252',
};

/** Labels that say nothing about the bytes. */
const SILENT = new Set([
  '',
  'ascii',
  'us-ascii',
  'us_ascii',
  'usascii',
  'ansi_x3.4-1968',
  'ansi_x3.4-1986',
  'iso646-us',
  'iso_646.irv:1991',
  'iso-ir-6',
  'x-unknown',
  'unknown',
  'unknown-8bit',
  'x-unknown-8bit',
  'x-user-defined',
  'default',
  'none',
  '8bit',
  '7bit',
  'binary',
]);

/** The characters of windows-1252 at 0x80 to 0x9f (encoding.spec.whatwg.org). */
const WINDOWS_1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** Decodes whole texts of one charset. */
interface Decoder {
  readonly encoding: string;
  decode(bytes: Buffer): string;
}

const UTF_32: ReadonlySet<string> = new Set(['utf-32', 'utf-32be', 'utf-32le']);

const KNOWN_MAX = 200;
const decoders = new Map<string, Decoder | null>();
const utf8 = new TextDecoder('utf-8', { ignoreBOM: false });

/**
 * The text of bytes.
 * @param label what the message calls the charset, in any spelling; null if it says nothing
 */
export function decodeBytes(bytes: Buffer, label: string | null): string {
  return decoded(bytes, label).text;
}

/** Text, and how its bytes were read. */
export interface Decoded {
  readonly text: string;
  /** Of `CHARSETS` in shared, or one that only old mail uses. */
  readonly charset: string;
  /** True if the label says nothing, or what cannot be; false for pure ASCII. */
  readonly guessed: boolean;
}

/**
 * The text of bytes, and the charset it was read in.
 * @param label what the message calls the charset, in any spelling; null if it says nothing
 */
export function decoded(bytes: Buffer, label: string | null): Decoded {
  const name = normalLabel(label ?? '');
  if (SILENT.has(name)) return sevenBit(bytes, sevenBitCharset(bytes)) ?? guess(bytes);
  const own = SEVEN_BIT.get(name);
  if (own && isJapaneseOfEightBits(bytes, name)) return { ...guess(bytes), guessed: true };
  if (own) return { text: own(bytes), charset: name, guessed: false };
  if (UTF_32.has(name)) return utf32(bytes, name);
  if (name === 'utf-16') return decoded(bytes, isBigEndian(bytes) ? 'utf-16be' : 'utf-16le');
  const decoder = decoderOf(name);
  if (!decoder) return { ...guess(bytes), guessed: true };
  const { encoding } = decoder;
  if (encoding === 'utf-8') {
    // What is UTF-8 as it says was not guessed, though a byte or two of it may be broken.
    const read = guess(bytes);
    return { ...read, guessed: read.guessed && read.charset !== 'utf-8' };
  }
  // No other charset has a use for these escapes.
  const escaped = sevenBit(bytes, charsetOfEscapes(bytes));
  if (escaped) return escaped;
  const text = encoding === 'windows-1252' ? windows1252(bytes) : decoder.decode(bytes);
  return { text, charset: encoding, guessed: false };
}

/** UTF-32, in the order of its mark where it has one; a guess where it cannot be that. */
function utf32(bytes: Buffer, name: string): Decoded {
  const unmarked = bytes[0] === 0 ? 'utf-32be' : 'utf-32le';
  const charset = markOfUtf32(bytes) ?? (name === 'utf-32' ? unmarked : name);
  const text = iconv.decode(bytes, charset);
  if (bytes.length < 4 || text.includes('\ufffd')) return { ...guess(bytes), guessed: true };
  return { text, charset, guessed: false };
}

/** The order of bytes that the mark of UTF-32 tells; null without one. */
function markOfUtf32(bytes: Buffer): 'utf-32be' | 'utf-32le' | null {
  if (bytes.length < 4 || bytes.length % 4 !== 0) return null;
  if (bytes.readUInt32BE(0) === 0xfeff) return 'utf-32be';
  // Nothing of UTF-16 begins with its mark and a NUL.
  return bytes.readUInt32LE(0) === 0xfeff ? 'utf-32le' : null;
}

/** What is read in a charset that its escapes told; null where there is none, or it cannot be. */
function sevenBit(bytes: Buffer, charset: string | null): Decoded | null {
  const text = charset === null ? '' : (SEVEN_BIT.get(charset)?.(bytes) ?? '');
  if (charset === null || text === '' || text.includes('\ufffd')) return null;
  return { text, charset, guessed: true };
}

/** Bytes of another Japanese charset under the name of the one of mail. */
function isJapaneseOfEightBits(bytes: Buffer, name: string): boolean {
  return (
    name === 'iso-2022-jp' && !bytes.includes(0x1b) && /[\x80-\xff]/.test(bytes.toString('latin1'))
  );
}

/**
 * The text of bytes whose charset is unknown or UTF-8: UTF-8 if they can be, ISO-2022-JP by its
 * escapes, a charset of another script by its letters, else windows-1252.
 */
function guess(bytes: Buffer): Decoded {
  const marked = markOfUtf32(bytes);
  if (marked !== null) return { text: iconv.decode(bytes, marked), charset: marked, guessed: true };
  if (bytes.includes('\x1b$', 0, 'latin1')) {
    const text = japaneseText(bytes);
    if (!text.includes('\ufffd')) return { text, charset: 'iso-2022-jp', guessed: true };
  }
  const text = utf8.decode(bytes);
  if (isUtf8(bytes)) return { text, charset: 'utf-8', guessed: text.length < bytes.length };
  if (isMostlyUtf8(text)) return { text, charset: 'utf-8', guessed: true };
  const charset = charsetByLetters(bytes);
  const decoder = charset === null ? null : decoderOf(charset);
  if (decoder) return { text: decoder.decode(bytes), charset: decoder.encoding, guessed: true };
  return { text: windows1252(bytes), charset: 'windows-1252', guessed: true };
}

/** The text of bytes without a charset. */
export function guessed(bytes: Buffer): string {
  return guess(bytes).text;
}

/** The text of a byte string without a charset. */
export function guessedString(byteText: string): string {
  return needsGuess(byteText) ? guessed(Buffer.from(byteText, 'latin1')) : byteText;
}

const NOT_ASCII = /[\x1b\x80-\xff]/;

/** False for a byte string that reads the same in nearly every charset. */
export function needsGuess(byteText: string): boolean {
  return NOT_ASCII.test(byteText);
}

/** UTF-8 with a few broken bytes, such as a character cut in two, is still better read as UTF-8. */
function isMostlyUtf8(text: string): boolean {
  let broken = 0;
  let good = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0xfffd) broken += 1;
    else if (code >= 0x80) good += 1;
  }
  return good > broken;
}

export function windows1252(bytes: Buffer): string {
  return withWindowsCharacters(bytes.toString('latin1'));
}

/**
 * Text whose control characters of ISO-8859-1 are read as what their writers meant: the quotes and
 * dashes of windows-1252. Text that another decoder made needs it too, since some versions of Node
 * decode windows-1252 as ISO-8859-1.
 */
export function withWindowsCharacters(text: string): string {
  return text.replace(/[\x80-\x9f]/g, (one) => WINDOWS_1252.charAt(one.charCodeAt(0) - 0x80));
}

const SEVEN_BIT = new Map<string, (bytes: Buffer) => string>([
  ['iso-2022-jp', japaneseText],
  ['utf-7', utf7Text],
  ['hz-gb-2312', (bytes) => decodeBytes(hzBytes(bytes), 'gbk')],
  ['iso-2022-kr', (bytes) => decodeBytes(iso2022KrBytes(bytes), 'euc-kr')],
  ['iso-2022-cn', (bytes) => iso2022CnText(bytes, (chinese) => decodeBytes(chinese, 'gbk'))],
  ['euc-tw', eucTwText],
]);

function japaneseText(bytes: Buffer): string {
  if (isBeyondJis0208(bytes)) return iso2022JpText(bytes, decodeBytes);
  return decoderOf('iso-2022-jp')?.decode(bytes) ?? '\ufffd';
}

function normalLabel(label: string): string {
  const plain = label
    .slice(0, 60)
    .toLowerCase()
    .replace(/[\s"'<>]/g, '')
    .replace(/\*.*$/, '');
  return ALIASES[plain] ?? plain;
}

/** The decoder for a label, trying the spellings seen in mail; null if there is none. */
function decoderOf(name: string): Decoder | null {
  const known = decoders.get(name);
  if (known !== undefined) return known;
  const spellings = [
    name,
    name.replaceAll('_', '-'),
    name.replace(/^x-/, ''),
    name.replace(/^cs/, ''),
    name.replace(/^(?:cp|win|windows|x-cp|ms|ansi)-?_?(125\d|874)$/, 'windows-$1'),
    name.replace(/[-_]/g, ''),
    name.replace(/^(?:x-)?(?:iso_?-?)?8859_?-?(\d+).*$/, 'iso-8859-$1'),
    name.replace(/^utf_?-?8.*$/, 'utf-8'),
  ];
  // Those of browsers first, in any spelling: the other ones have no quotes of Windows.
  let decoder: Decoder | null = null;
  for (const spelling of spellings) decoder ??= ofBrowsers(spelling);
  for (const spelling of spellings) decoder ??= ofOldMail(spelling);
  // Labels come from strangers: there must not be room for any number of them.
  if (decoders.size >= KNOWN_MAX) decoders.clear();
  decoders.set(name, decoder);
  return decoder;
}

function ofBrowsers(spelling: string): Decoder | null {
  try {
    return new TextDecoder(spelling);
  } catch {
    return null;
  }
}

function ofOldMail(spelling: string): Decoder | null {
  // `base64` and the like are no charsets, though iconv-lite offers them.
  if (TRANSFER.test(spelling) || !iconv.encodingExists(spelling)) return null;
  return { encoding: spelling, decode: (bytes) => iconv.decode(bytes, spelling) };
}

const TRANSFER =
  /^(?:base64|hex|binary|ucs-?2|utf-?(?:16|7|32).*|cesu-?8|singlebyte|internal|_.*)$/;

function isBigEndian(bytes: Buffer): boolean {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return true;
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return false;
  // RFC 2781: big-endian unless marked; but what looks little-endian was written on Windows.
  return !(bytes[1] === 0 && bytes[0] !== 0);
}

/** True for a label that says nothing about the bytes: none, ASCII, unknown. */
export function saysNothing(label: string): boolean {
  return SILENT.has(normalLabel(label));
}
