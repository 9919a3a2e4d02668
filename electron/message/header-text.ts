/**
 * The value of a header field as a person reads it. Imports the charsets and the cleaning beside it.
 *
 * Encoded words (RFC 2047) are decoded as they are really written: glued to text, inside quotes,
 * cut in the middle of a character, in charsets that do not exist. Bytes outside ASCII that nobody
 * declared are guessed. The result is one line without control characters. Linear, never throws.
 */

import { decodeBytes, guessedString } from './charset.ts';
import { oneLine } from './clean-text.ts';

const ENCODED_WORD = /=\?([^?\s]*)\?([QqBb])\?([^?]*(?:\?(?!=)[^?]*){0,8})\?=/g;

/** Words of one charset that follow each other; their bytes are decoded together. */
interface Run {
  readonly charset: string;
  readonly chunks: Buffer[];
  /** Of the last word, if it is base64. */
  letters: string;
}

/**
 * The text of a header field.
 * @param latin1 its value, a character for each byte, folds included
 */
export function decodeHeaderText(latin1: string): string {
  return oneLine(latin1.includes('=?') ? decodedWords(latin1) : guessedString(latin1));
}

function decodedWords(value: string): string {
  let text = '';
  let run: Run | null = null;
  let end = 0;
  for (const word of value.matchAll(ENCODED_WORD)) {
    const between = value.slice(end, word.index);
    // RFC 2231 section 5: a language may follow the charset.
    const charset = (word[1] ?? '').toLowerCase().replace(/\*.*$/, '');
    const encoding = word[2] ?? '';
    const letters = isBase64(encoding) ? base64Letters(word[3] ?? '') : '';
    const bytes = wordBytes(encoding, word[3] ?? '');
    const follows = run !== null && between.trim() === '';
    if (run && follows && run.charset === charset) {
      if (goesOn(run.letters, letters)) {
        run.chunks[run.chunks.length - 1] = Buffer.from(run.letters + letters, 'base64');
      } else run.chunks.push(bytes);
      run.letters = letters;
    } else {
      text += decodedRun(run);
      // White space between two encoded words is folding, not text (RFC 2047, 6.2).
      if (!follows) text += guessedString(between);
      run = { charset, chunks: [bytes], letters };
    }
    end = word.index + word[0].length;
  }
  return text + decodedRun(run) + guessedString(value.slice(end));
}

const isBase64 = (encoding: string): boolean => encoding === 'B' || encoding === 'b';
const base64Letters = (content: string): string => content.replace(/[^A-Za-z0-9+/=]+/g, '');

/** True if base64 was cut between words anywhere: neither can stand alone, and together they can. */
function goesOn(before: string, letters: string): boolean {
  const isCut = before.length % 4 !== 0 && letters.length % 4 !== 0 && !before.endsWith('=');
  return isCut && (before.length + letters.length) % 4 === 0;
}

function wordBytes(encoding: string, content: string): Buffer {
  if (isBase64(encoding)) {
    return Buffer.from(content.replace(/[^A-Za-z0-9+/]+/g, ''), 'base64');
  }
  if (!content.includes('=') && !content.includes('_')) return Buffer.from(content, 'latin1');
  const plain = content
    .replaceAll('_', ' ')
    .replace(/=([0-9a-fA-F]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  return Buffer.from(plain, 'latin1');
}

/** Words are joined first, because characters are cut in two; if that fails, each stands for itself. */
function decodedRun(run: Run | null): string {
  if (!run) return '';
  const whole = decodeBytes(Buffer.concat(run.chunks), run.charset);
  if (run.chunks.length === 1 || !whole.includes('\ufffd')) return whole;
  const apart = run.chunks.map((bytes) => decodeBytes(bytes, run.charset)).join('');
  return apart.includes('\ufffd') ? whole : apart;
}
