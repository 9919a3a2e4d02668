/**
 * Bytes outside ASCII in a header, where none may be: old programs wrote them in the charset of the text
 * below, which the header declares. Imports the charsets and the parameters beside it.
 *
 * They count as that where it says more than a guess would: not where they are UTF-8, and not where the
 * text is in windows-1252 or less, which programs also declared of what they knew nothing of. Never throws.
 */

import { isUtf8 } from 'node:buffer';
import { decoded, needsGuess } from './charset.ts';
import { structured } from './parameters.ts';

/** Charsets that say no more than a guess. */
const SAYING_LITTLE = new Set(['windows-1252', 'utf-8']);
/** What every header has in it; in some charsets it would be something else. */
const PLAIN = Buffer.from('=?az AZ 09 @."<>,:;?=', 'latin1');

/**
 * The charset that bytes outside ASCII in this header are in; null if they are better guessed.
 * @param contentType the value of that field, a character for each byte; null if there is none
 */
export function headerCharset(contentType: string | null): string | null {
  if (contentType === null || !/charset/i.test(contentType)) return null;
  const { value, parameters } = structured(contentType);
  const label = parameters.get('charset');
  if (label === undefined || !value.startsWith('text/')) return null;
  const { text, charset, guessed } = decoded(PLAIN, label);
  const isKnown = !guessed && text === PLAIN.toString('latin1');
  return isKnown && !SAYING_LITTLE.has(charset) ? charset : null;
}

/**
 * The value of a field with its bytes outside ASCII in UTF-8, if they can be in a charset.
 * @param value a character for each byte, as is what comes back
 */
export function recoded(value: string, charset: string | null): string {
  if (charset === null || !needsGuess(value)) return value;
  const bytes = Buffer.from(value, 'latin1');
  if (isUtf8(bytes)) return value;
  const { text } = decoded(bytes, charset);
  return text.includes('\ufffd') ? value : Buffer.from(text, 'utf8').toString('latin1');
}
