/**
 * The header of a message as fields, without decoding what they say. Imports the text of bytes beside it.
 *
 * Text is Latin-1 throughout: one character for one byte, so that raw 8-bit content survives and
 * positions in the text are positions in the bytes. Promises: linear time, never throws; a line
 * that is no field is left out. (RFC 5322 section 2.2; Exim's `From : a@b` is a field.)
 */

import { trimmed } from './byte-text.ts';

export interface HeaderField {
  readonly name: string;
  /** Unfolded and trimmed; still encoded. */
  readonly value: string;
}

export interface Header {
  readonly fields: readonly HeaderField[];
  /** Where the body begins: behind the empty line, or at the first line that is plainly text. */
  readonly end: number;
}

/** The fields that a list of messages needs, as they stand in the header, folds included. */
export interface WantedFields {
  from: string | null;
  to: string | null;
  subject: string | null;
  date: string | null;
  contentType: string | null;
  status: string | null;
  xStatus: string | null;
  xMozillaStatus: string | null;
  messageId: string | null;
  references: string | null;
  inReplyTo: string | null;
  cc: string | null;
  listId: string | null;
  listPost: string | null;
  xMailingList: string | null;
  mailingList: string | null;
  xGmailLabels: string | null;
  xMozillaKeys: string | null;
  xKeywords: string | null;
}

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const COLON = 0x3a;
const BYTE_ORDER_MARK = '\u00ef\u00bb\u00bf';
const NAME_LENGTH_MAX = 200;

const SEPARATOR = /^>?From (?!\s*:)/;
const FIELD = /^([!-9;-~]+)[ \t]*:/;

/** Bytes as characters, one for one. */
export function latin1(bytes: Uint8Array, from = 0, to = bytes.length): string {
  return asBuffer(bytes).toString('latin1', from, Math.max(from, Math.min(to, bytes.length)));
}

/** The same memory with the methods of a Buffer. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** True if lines end in a bare CR, as on the Macs of old: judged by the first line. */
export function endsLinesInCr(text: string): boolean {
  const cr = text.indexOf('\r');
  if (cr < 0 || text.charCodeAt(cr + 1) === LF) return false;
  const lf = text.indexOf('\n');
  return lf < 0 || cr < lf;
}

/**
 * The fields of a header in their order.
 * @param block the header, with or without its separator line and its empty line
 */
export function headerFields(block: Uint8Array): HeaderField[] {
  return [...readHeader(latin1(block)).fields];
}

/**
 * The header at the beginning of a message.
 *
 * A line that is no field is passed over; but where only such lines follow up to the empty line,
 * the empty line was forgotten and they are the body.
 */
export function readHeader(messageText: string): Header {
  const text = withLineFeeds(messageText);
  const fields: HeaderField[] = [];
  let at = behindSeparators(text);
  let stray = -1;
  while (at < text.length) {
    const end = lineEnd(text, at);
    if (isEmptyLine(text, at, end)) return { fields, end: stray < 0 ? end + 1 : stray };
    const name = FIELD.exec(text.slice(at, Math.min(end, at + NAME_LENGTH_MAX)));
    if (name) {
      const valueEnd = foldedEnd(text, end);
      const value = unfolded(text.slice(at + name[0].length, valueEnd));
      fields.push({ name: name[1] ?? '', value });
      stray = -1;
      at = valueEnd + 1;
    } else {
      if (stray < 0) stray = at;
      at = end + 1;
    }
  }
  return { fields, end: stray < 0 ? text.length : stray };
}

/**
 * A fast look for the fields a list needs; of several with one name the first counts.
 * @param blockText the header as Latin-1, with or without its separator line
 */
export function wantedFields(blockText: string): WantedFields {
  const found: WantedFields = {
    from: null,
    to: null,
    subject: null,
    date: null,
    contentType: null,
    status: null,
    xStatus: null,
    xMozillaStatus: null,
    messageId: null,
    references: null,
    inReplyTo: null,
    cc: null,
    listId: null,
    listPost: null,
    xMailingList: null,
    mailingList: null,
    xGmailLabels: null,
    xMozillaKeys: null,
    xKeywords: null,
  };
  const text = withLineFeeds(blockText);
  let at = behindSeparators(text);
  while (at < text.length) {
    let end = lineEnd(text, at);
    if (isEmptyLine(text, at, end)) break;
    const names = NAMES_BY_INITIAL[text.charCodeAt(at) | 0x20];
    if (names) {
      for (const [name, slot] of names) {
        const value = valueAt(text, at, name);
        if (value < 0) continue;
        end = foldedEnd(text, end);
        found[slot] ??= trimmed(text.slice(value, end));
        break;
      }
    }
    at = end + 1;
  }
  return found;
}

type Slot = keyof WantedFields;
const NAMES_BY_INITIAL: (readonly (readonly [string, Slot])[] | undefined)[] = [];
for (const [name, slot] of [
  ['from', 'from'],
  ['to', 'to'],
  ['subject', 'subject'],
  ['date', 'date'],
  ['content-type', 'contentType'],
  ['status', 'status'],
  ['x-status', 'xStatus'],
  ['x-mozilla-status', 'xMozillaStatus'],
  ['message-id', 'messageId'],
  ['references', 'references'],
  ['in-reply-to', 'inReplyTo'],
  ['cc', 'cc'],
  ['list-id', 'listId'],
  ['list-post', 'listPost'],
  ['x-mailing-list', 'xMailingList'],
  ['mailing-list', 'mailingList'],
  ['x-gmail-labels', 'xGmailLabels'],
  ['x-mozilla-keys', 'xMozillaKeys'],
  ['x-keywords', 'xKeywords'],
] as const) {
  const initial = name.charCodeAt(0);
  NAMES_BY_INITIAL[initial] = [...(NAMES_BY_INITIAL[initial] ?? []), [name, slot]];
}

/** Where the value of this field begins, if the line is that field; else -1. */
function valueAt(text: string, line: number, name: string): number {
  let at = line;
  for (let letter = 0; letter < name.length; letter++, at++) {
    const code = text.charCodeAt(at);
    const wanted = name.charCodeAt(letter);
    if (code !== wanted && (code < 0x41 || code > 0x5a || (code | 0x20) !== wanted)) return -1;
  }
  while (text.charCodeAt(at) === SPACE || text.charCodeAt(at) === TAB) at += 1;
  return text.charCodeAt(at) === COLON ? at + 1 : -1;
}

/** A value without its line breaks, trimmed. */
function unfolded(value: string): string {
  return trimmed(value.includes('\n') ? value.replace(/\r?\n/g, '') : value);
}

function withLineFeeds(text: string): string {
  return endsLinesInCr(text) ? text.replace(/\r(?!\n)/g, '\n') : text;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** The end of a field whose first line ends at `end`: lines beginning with white space belong to it. */
function foldedEnd(text: string, end: number): number {
  let last = end;
  while (last < text.length) {
    const next = text.charCodeAt(last + 1);
    if (next !== SPACE && next !== TAB) break;
    last = lineEnd(text, last + 1);
  }
  return last;
}

function isEmptyLine(text: string, at: number, end: number): boolean {
  return end === at || (end === at + 1 && text.charCodeAt(at) === CR);
}

/** Behind From_ lines: the message's own, and those that relays quoted on top of its header. */
function behindSeparators(text: string): number {
  let at = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  while (SEPARATOR.test(text.slice(at, at + NAME_LENGTH_MAX))) at = lineEnd(text, at) + 1;
  return Math.min(at, text.length);
}
