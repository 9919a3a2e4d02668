/**
 * Which charset bytes are in that nobody declared and that are no UTF-8: told by which letters of a
 * language come out, and how often. Imports nothing; linear in what is looked at, never throws.
 *
 * Western text, in which a letter with an accent stands alone among plain ones, is windows-1252. Where
 * such bytes stand side by side they are a script of its own: then each charset of one is tried, and the
 * one counts whose reading is made of what its language is made of (the most frequent letters of Cyrillic,
 * Greek and Hebrew texts; kana; the first level of hanzi, GB 2312-80 and Big5; hangul, KS X 1001). Not
 * told apart is what looks alike: Central European, Turkish and Baltic charsets, Thai, Arabic.
 *
 * Of the 39 texts of its test, subjects and names among them, chardet 2.2.0 knows 27 and jschardet 4.1.0
 * 35, and both take words such as `créée` or `ÄÖÜäöüß` for Russian, Hebrew or Japanese.
 */

import { TextDecoder } from 'node:util';

/** No more than this is looked at. */
const LOOKED_AT_MAX = 4096;
/** Fewer bytes outside ASCII say too little. */
const HIGH_BYTES_MIN = 4;
/** Of the bytes outside ASCII so many stand beside another one in texts of other scripts. */
const SIDE_BY_SIDE_MIN = 0.75;

interface Script {
  readonly charset: string;
  /** What is not counted. */
  readonly neutral: RegExp;
  /** What texts are mostly made of. */
  readonly frequent: RegExp;
  /** The share of `frequent` in texts that are in this charset, usually. */
  readonly usual: number;
  /** What such texts do not hold. */
  readonly foreign: RegExp;
}

const SIGNS = /[\u0000-\u00bf\u2010-\u203f\u2116\u3000-\u303f\uff00-\uff60]/;
const CYRILLIC = { neutral: SIGNS, frequent: /[оеаинтсрвлк]/i, usual: 0.68 } as const;
const NO_CYRILLIC = /[^\u0000-\u00bf\u0400-\u045f\u2010-\u203f\u2116\u20ac]/;
const KANA = { neutral: SIGNS, frequent: /[\u3041-\u30fe]/, usual: 0.4 } as const;
const NO_JAPANESE = /[\ufffd\ue000-\uf8ff\uff61-\uff9f\u0400-\u04ff]/;

const SCRIPTS: readonly Script[] = [
  { charset: 'koi8-r', ...CYRILLIC, foreign: NO_CYRILLIC },
  { charset: 'windows-1251', ...CYRILLIC, foreign: NO_CYRILLIC },
  { charset: 'ibm866', ...CYRILLIC, foreign: NO_CYRILLIC },
  { charset: 'iso-8859-5', ...CYRILLIC, foreign: NO_CYRILLIC },
  {
    charset: 'windows-1253',
    neutral: SIGNS,
    frequent: /[αοιετσνηυρπκμλςά]/i,
    usual: 0.85,
    foreign: /[^\u0000-\u00bf\u0370-\u03ff\u2010-\u203f\u20ac]/,
  },
  {
    charset: 'windows-1255',
    neutral: SIGNS,
    frequent: /[יוהלאתרבשמנ]/,
    usual: 0.72,
    foreign: /[^\u0000-\u00bf\u0591-\u05f4\u2010-\u203f\u20aa]/,
  },
  { charset: 'shift_jis', ...KANA, foreign: NO_JAPANESE },
  { charset: 'euc-jp', ...KANA, foreign: NO_JAPANESE },
];

/** A text that has less than this of what is usual is none in this charset. */
const USUAL_MIN = 0.75;
/** Of fewer letters shares say nothing. */
const LETTERS_MIN = 5;
/** Signs of the upper half, a large letter behind a small one, a letter of another alphabet in a word. */
const MIXED = /[\u0080-\u00bf]|\p{Ll}\p{Lu}|[A-Za-z][\u0370-\u05ff]|[\u0370-\u05ff][A-Za-z]/gu;

/** A charset of two bytes a character, judged by which first bytes and second ones there are. */
interface DoubleBytes {
  readonly charset: string;
  readonly isFrequent: (first: number, second: number) => boolean;
  readonly isPossible: (first: number, second: number) => boolean;
}

/** Rows of signs come with any text. */
const isRow = (first: number): boolean => first >= 0xa1 && first <= 0xa3;
const DOUBLE_BYTES: readonly DoubleBytes[] = [
  {
    charset: 'euc-kr',
    isFrequent: (first, second) => first >= 0xb0 && first <= 0xc8 && second >= 0xa1,
    isPossible: (first, second) => first >= 0xa1 && first <= 0xc8 && second >= 0xa1,
  },
  {
    charset: 'gbk',
    isFrequent: (first, second) => first >= 0xb0 && first <= 0xd7 && second >= 0xa1,
    isPossible: (first, second) => first >= 0x81 && second >= 0x40 && second !== 0x7f,
  },
  {
    charset: 'big5',
    isFrequent: (first, second) => first >= 0xa4 && first <= 0xc6 && isBig5Second(second),
    isPossible: (first, second) => first >= 0xa1 && first <= 0xf9 && isBig5Second(second),
  },
];
/** Of the characters so many are frequent ones in true texts, and in no other. */
const DOUBLE_SHARE_MIN = 0.85;

const isBig5Second = (second: number): boolean =>
  (second >= 0x40 && second <= 0x7e) || (second >= 0xa1 && second <= 0xfe);

/**
 * The charset that bytes are most probably in.
 * @param bytes not ASCII, and no UTF-8
 * @returns null for Western text, and where nothing can be told
 */
export function charsetByLetters(bytes: Buffer): string | null {
  const some = bytes.subarray(0, LOOKED_AT_MAX);
  if (!isOtherScript(some)) return null;
  let best: { readonly charset: string; readonly share: number } | null = null;
  for (const script of SCRIPTS) {
    const share = shareIn(decoderOf(script.charset).decode(some), script) / script.usual;
    if (share >= USUAL_MIN && share > (best?.share ?? 0)) best = { charset: script.charset, share };
  }
  if (best) return best.charset;
  return DOUBLE_BYTES.find((one) => isIn(some, one))?.charset ?? null;
}

const decoders = new Map<string, TextDecoder>();

function decoderOf(charset: string): TextDecoder {
  const decoder = decoders.get(charset) ?? new TextDecoder(charset);
  decoders.set(charset, decoder);
  return decoder;
}

function isOtherScript(bytes: Buffer): boolean {
  let high = 0;
  let beside = 0;
  for (let at = 0; at < bytes.length; at++) {
    if ((bytes[at] ?? 0) < 0x80) continue;
    high += 1;
    // The second byte of a character may be ASCII, in Big5 and Shift_JIS.
    const near = Math.max(
      bytes[at - 1] ?? 0,
      bytes[at + 1] ?? 0,
      bytes[at - 2] ?? 0,
      bytes[at + 2] ?? 0,
    );
    if (near >= 0x80) beside += 1;
  }
  return high >= HIGH_BYTES_MIN && beside >= high * SIDE_BY_SIDE_MIN;
}

/** How much of a text is made of what its language is mostly made of; 0 if there is what it cannot hold. */
function shareIn(text: string, { neutral, frequent, foreign }: Script): number {
  let counted = 0;
  let frequently = 0;
  let strange = text.match(MIXED)?.length ?? 0;
  for (const letter of text) {
    if (foreign.test(letter)) strange += 1;
    else if (neutral.test(letter)) continue;
    counted += 1;
    if (frequent.test(letter)) frequently += 1;
  }
  // The last character may have been cut in two; here and there something else is quoted.
  if (counted < LETTERS_MIN || strange > 1 + counted * 0.05) return 0;
  return frequently / counted;
}

function isIn(bytes: Buffer, { isFrequent, isPossible }: DoubleBytes): boolean {
  let characters = 0;
  let frequently = 0;
  let strange = 0;
  for (let at = 0; at + 1 < bytes.length; at++) {
    const first = bytes[at] ?? 0;
    if (first < 0x80) continue;
    const second = bytes[at + 1] ?? 0;
    at += 1;
    if (isRow(first)) continue;
    characters += 1;
    if (isFrequent(first, second)) frequently += 1;
    else if (!isPossible(first, second)) strange += 1;
  }
  if (characters < HIGH_BYTES_MIN / 2 || strange > characters * 0.03) return false;
  return frequently >= characters * DOUBLE_SHARE_MIN;
}
