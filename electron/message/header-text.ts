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
    const bytes = wordBytes(word[2] ?? '', word[3] ?? '');
    const follows = run !== null && between.trim() === '';
    if (run && follows && run.charset === charset) {
      run.chunks.push(bytes);
    } else {
      text += decodedRun(run);
      // White space between two encoded words is folding, not text (RFC 2047, 6.2).
      if (!follows) text += guessedString(between);
      run = { charset, chunks: [bytes] };
    }
    end = word.index + word[0].length;
  }
  return text + decodedRun(run) + guessedString(value.slice(end));
}

function wordBytes(encoding: string, content: string): Buffer {
  if (encoding === 'B' || encoding === 'b') {
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
