/**
 * The value of a header field as a person reads it. Imports the charsets and the cleaning beside it.
 *
 * Encoded words (RFC 2047) are decoded as they are really written: glued to text, inside quotes,
 * cut in the middle of a character, in charsets that do not exist. Bytes outside ASCII that nobody
 * declared are guessed. The result is one line without control characters. Linear, never throws.
 */

import { addressParser } from 'postal-mime';
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

/**
 * What a list shows for a From field: the name, or else the address.
 * @param fieldValue a character for each byte
 */
export function correspondent(fieldValue: string): string {
  const value = fieldValue.slice(0, FIELD_LENGTH_MAX).trim();
  const one = oneCorrespondent(value);
  if (one !== null) return one;
  for (const { name, address } of parsedAddresses(value)) {
    const text = nameOr(name, address);
    if (text !== '') return text;
  }
  return decodeHeaderText(value);
}

/**
 * What a list shows for a To field: the first ones, each by name or else by address, and an ellipsis
 * if there are more.
 * @param fieldValue a character for each byte
 */
export function firstCorrespondents(fieldValue: string): string {
  const value = fieldValue.slice(0, FIELD_LENGTH_MAX).trim();
  const one = oneCorrespondent(value);
  if (one !== null) return one;
  const shown: string[] = [];
  for (const { name, address } of parsedAddresses(value)) {
    const text = nameOr(name, address);
    if (text === '') continue;
    if (shown.length === SHOWN_MAX) return `${shown.join(', ')}, …`;
    shown.push(text);
  }
  return shown.join(', ') || decodeHeaderText(value);
}

/** What is shown of a field with a single address in one of the usual forms; null for any other. */
function oneCorrespondent(value: string): string | null {
  const usual = NAME_AND_ADDRESS.exec(value);
  if (usual) return nameOr(usual[1] ?? usual[2] ?? '', usual[3] ?? '');
  if (ADDRESS.test(value)) return decodeHeaderText(value);
  // `user@host (Name)`, and `user at host (Name)` as Pipermail writes it.
  const comment = COMMENT_BEHIND.exec(value);
  return comment && nameOr(comment[2] ?? '', comment[1] ?? '');
}

/**
 * The people in an address field, each as `Name <address>`, for a reader.
 * @param fieldValue a character for each byte
 */
export function correspondents(fieldValue: string): string {
  const shown: string[] = [];
  for (const { name, address } of parsedAddresses(fieldValue.slice(0, LIST_LENGTH_MAX))) {
    const person = decodeHeaderText(name);
    const place = decodeHeaderText(address);
    if (person === '' || person === place) shown.push(place);
    else shown.push(place === '' ? person : `${person} <${place}>`);
  }
  return shown.filter((text) => text !== '').join(', ') || decodeHeaderText(fieldValue);
}

const FIELD_LENGTH_MAX = 2000;
/** So many recipients are shown in a list. */
const SHOWN_MAX = 8;
const LIST_LENGTH_MAX = 100_000;
const NAME_AND_ADDRESS = /^(?:"([^"\\]*)"|([^"<>(),:;\\]*))\s*<([^<>"()]*)>$/;
const ADDRESS = /^[^\s<>(),:;"]+@[^\s<>(),:;"]+$/;
const COMMENT_BEHIND = /^([^()<>",:;]*)\(([^()\\]*)\)$/;

/** Cannot stand in text made of bytes. */
const HIDDEN = '=\ue000';

interface Person {
  readonly name: string;
  readonly address: string;
}

/** Addresses by postal-mime, groups included, which must not decode words: their bytes would be lost. */
function parsedAddresses(value: string): Person[] {
  const people: Person[] = [];
  for (const found of addressParser(value.replaceAll('=?', HIDDEN))) {
    people.push({ name: found.name ?? '', address: found.address ?? '' });
    for (const member of found.group ?? []) {
      people.push({ name: member.name, address: member.address });
    }
  }
  return people.map(({ name, address }) => ({
    name: name.replaceAll(HIDDEN, '=?'),
    address: address.replaceAll(HIDDEN, '=?'),
  }));
}

function nameOr(name: string, address: string): string {
  return decodeHeaderText(name) || decodeHeaderText(address);
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
