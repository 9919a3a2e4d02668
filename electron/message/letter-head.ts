/**
 * What the header of a message says, for a reader: people as lists, the date and where it comes from,
 * every field. Imports shared and this folder. Bounded, never throws.
 */

import { type Letter, type Person, VIEW_LIMITS } from '../../shared/message-view.ts';
import { people } from './address-list.ts';
import { decodeBytes, needsGuess } from './charset.ts';
import { headerCharset, recoded } from './header-charset.ts';
import type { HeaderField } from './header-fields.ts';
import { decodeHeaderText } from './header-text.ts';
import { messageDate } from './message-date.ts';

export type LetterHead = Omit<Letter, 'body'>;

/** Characters of all fields together; far more than any mail has. */
const HEADER_LENGTH_MAX = 1024 * 1024;

/**
 * @param charset how bytes that nobody declared are read; null for that of the text, or to guess
 */
export function headOf(
  fields: readonly HeaderField[],
  separator: string,
  charset: string | null,
): { readonly head: LetterHead; readonly omitted: number } {
  const type = fields.find(({ name }) => name.toLowerCase() === 'content-type');
  const own = charset === null ? headerCharset(type?.value ?? null) : null;
  const value = (field: HeaderField): string => recoded(declared(field.value, charset), own);
  const byName = new Map<string, string[]>();
  const headers: LetterHead['headers'] = [];
  let room = HEADER_LENGTH_MAX;
  for (const field of fields) {
    if (headers.length >= VIEW_LIMITS.headers || room <= 0) break;
    const text = value(field).slice(0, room);
    room -= text.length;
    headers.push({ name: field.name, value: decodeHeaderText(text) });
    const name = field.name.toLowerCase();
    const values = byName.get(name);
    if (values) values.push(text);
    else byName.set(name, [text]);
  }
  const values = (name: string): readonly string[] => byName.get(name) ?? [];
  const everybody = (name: string): Person[] =>
    values(name)
      .flatMap((text) => [...people(text)])
      .slice(0, VIEW_LIMITS.people);
  return {
    head: {
      subject: decodeHeaderText(values('subject')[0] ?? ''),
      from: everybody('from'),
      sender: everybody('sender'),
      replyTo: everybody('reply-to'),
      to: everybody('to'),
      cc: everybody('cc'),
      bcc: everybody('bcc'),
      ...messageDate(values, separator),
      headers,
    },
    omitted: fields.length - headers.length,
  };
}

/** Raw bytes as those of UTF-8, if somebody says what they are. */
function declared(value: string, charset: string | null): string {
  if (charset === null || !needsGuess(value)) return value;
  const text = decodeBytes(Buffer.from(value, 'latin1'), charset);
  return Buffer.from(text, 'utf8').toString('latin1');
}
