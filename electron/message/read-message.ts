/**
 * A whole message as a reader sees it: decoded header, text, list of attachments. Imports only
 * shared and this folder; the MIME structure is read by postal-mime.
 *
 * Anything in a message is hostile or broken. Promises: always an answer that shows what there is;
 * nothing is fetched or run; text and names hold no control characters; work and memory are bounded
 * (lines, depth, lengths), whatever the message says of itself.
 */

import PostalMime, { type Email } from 'postal-mime';
import {
  type Attachment,
  type Letter,
  type MessageText,
  type MessageView,
  peopleText,
} from '../../shared/message-view.ts';
import { people } from './address-list.ts';
import {
  decodeBytes,
  guessed,
  guessedString,
  isSevenBit,
  saysNothing,
  withWindowsCharacters,
} from './charset.ts';
import { fileName, manyLines, oneLine } from './clean-text.ts';
import { parseDate } from './date.ts';
import { asBuffer, type HeaderField, latin1, readHeader } from './header-fields.ts';
import { decodeHeaderText } from './header-text.ts';
import { htmlText } from './html-text.ts';
import { readableCopy } from './stored-text.ts';

/** All of a message but what only its place in an archive tells. */
export interface ReadMessage {
  readonly view: Omit<MessageView, 'key' | 'bytes' | 'truncated'>;
  readonly text: MessageText;
  /** The bytes of each attachment. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
}

interface Read extends Omit<Letter, 'body'>, Content {}

interface Carried extends Attachment {
  readonly content: Uint8Array;
}

const HEADER_BYTES_MAX = 1024 * 1024;
const FIELDS_MAX = 2000;
const TEXT_LENGTH_MAX = 2 * 1024 * 1024;
const ATTACHMENTS_MAX = 1000;
const NESTED_DEPTH_MAX = 5;
/** So many messages inside of a message are read, with so many lines; the rest are attachments. */
const NESTED_MAX = 500;
const NESTED_LINES_MAX = 200_000;
const LF = 0x0a;
const CUT = '\n\n[The text goes on; only its beginning is shown.]';

/** What may still be read of messages inside of the message. */
interface Allowance {
  messages: number;
  lines: number;
}

interface Content {
  readonly text: string;
  readonly textFrom: MessageText['textFrom'];
  readonly attachments: readonly Carried[];
}

/**
 * Reads a message.
 * @param message as stored, without its separator line; at most some 32 MiB
 */
export async function readMessage(message: Uint8Array): Promise<ReadMessage> {
  const allowance = { messages: NESTED_MAX, lines: NESTED_LINES_MAX };
  const { text, textFrom, attachments, ...letter } = await read(
    readableCopy(message),
    0,
    allowance,
  );
  const numbered = attachments.map((one, index) => ({ ...one, part: `${index + 1}` }));
  const charset = { name: 'utf-8', how: 'declared' as const, declared: '' };
  const paragraphs = [{ quote: 0, text }];
  return {
    view: {
      ...letter,
      body: [
        { kind: 'text', part: 'text', paragraphs, flowed: false, charset, cut: text.endsWith(CUT) },
      ],
      attachments: numbered.map(({ content: _, ...one }) => one),
      protection: [],
      omitted: { headers: 0, shown: 0, attachments: 0 },
    },
    text: { text, textFrom, cut: text.endsWith(CUT) },
    contents: new Map(numbered.map(({ part, content }) => [part, content])),
  };
}

async function read(bytes: Buffer, depth: number, allowance: Allowance): Promise<Read> {
  const header = readHeader(latin1(bytes, 0, HEADER_BYTES_MAX));
  const values = (name: string): string[] =>
    header.fields.filter((field) => field.name.toLowerCase() === name).map(({ value }) => value);
  const addresses = (name: string) => values(name).flatMap((value) => [...people(value)]);
  const stated = values('date')[0] ?? '';
  const body = bytes.subarray(header.end);
  const content = await contentOf(header.fields, body, depth, allowance);
  return {
    subject: decodeHeaderText(values('subject')[0] ?? ''),
    from: addresses('from'),
    to: addresses('to'),
    cc: addresses('cc'),
    bcc: addresses('bcc'),
    sender: addresses('sender'),
    replyTo: addresses('reply-to'),
    date: parseDate(stated),
    dateFrom: parseDate(stated) === null ? 'none' : 'header',
    zoneMinutes: null,
    dateText: decodeHeaderText(stated),
    headers: header.fields
      .slice(0, FIELDS_MAX)
      .map(({ name, value }) => ({ name, value: decodeHeaderText(value) })),
    text: content.text,
    textFrom: content.textFrom,
    attachments: [...content.attachments],
  };
}

async function contentOf(
  fields: readonly HeaderField[],
  body: Buffer,
  depth: number,
  allowance: Allowance,
): Promise<Content> {
  try {
    const content = await withNested(await parsed(fields, body), depth, allowance);
    if (content.text !== '' || content.attachments.length > 0) return content;
  } catch {
    // Nested too deep, or more than the parser bears.
  }
  return unparsed(body);
}

/**
 * The body as it stands says more than nothing: where the parser fails, or finds no part because a
 * program took the boundaries out and left the field that names them, as Eudora did.
 */
function unparsed(body: Buffer): Content {
  const raw = guessed(body.subarray(0, TEXT_LENGTH_MAX));
  const html = /<(?:x-)?html>/i.test(raw.slice(0, HTML_SIGN_WITHIN));
  const text = cut(trimmed(manyLines(html ? htmlText(raw) : raw)));
  const from = html ? 'html' : 'plain';
  return { text, textFrom: text === '' ? 'none' : from, attachments: [] };
}

const HTML_SIGN_WITHIN = 2000;

/** Parses the body; text whose character set nobody declared is read as UTF-8, else windows-1252. */
async function parsed(fields: readonly HeaderField[], body: Buffer): Promise<Email> {
  const said = fields.filter(({ name }) => /^content-/i.test(name));
  const type = said.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? '';
  const charset = CHARSET.exec(type)?.[1] ?? '';
  if (isText(type) && isSevenBit(charset)) return await parseSevenBit(said, body, type, charset);
  if (!isSilentText(type)) return await parse(said, body);
  const email = await parse(said, body, `${textType(type)}; charset=utf-8`);
  if (!`${email.text ?? ''}${email.html ?? ''}`.includes('\ufffd')) return email;
  return await parse(said, body, `${textType(type)}; charset=windows-1252`);
}

async function parse(
  said: readonly HeaderField[],
  body: Buffer,
  type: string | null = null,
): Promise<Email> {
  // The first of several equal fields counts.
  const lines = said.map(({ name, value }) => `${name}: ${guessedString(value)}`);
  if (type !== null) lines.unshift(`Content-Type: ${type}`);
  const header = lines.map((line) => `${line}\n`).join('');
  return await PostalMime.parse(Buffer.concat([Buffer.from(`${header}\n`), body]), {
    forceRfc822Attachments: true,
  });
}

const CHARSET = /;\s*charset\s*=\s*"?([^\s";]*)"?/i;

/** Parses text in a character set that the parser does not know: it passes the bytes through. */
async function parseSevenBit(
  said: readonly HeaderField[],
  body: Buffer,
  type: string,
  charset: string,
): Promise<Email> {
  const email = await parse(said, body, `${textType(type)}; charset=windows-1252`);
  const decoded = (text: string | undefined) =>
    decodeBytes(Buffer.from(text ?? '', 'latin1'), charset);
  return { ...email, text: decoded(email.text), html: decoded(email.html) };
}

function isText(type: string): boolean {
  return /^\s*text\/(?:plain|html)\s*(?:;|$)/i.test(type);
}

/** True for text, or for nothing, without a character set that means anything. */
function isSilentText(type: string): boolean {
  if (type.trim() !== '' && !isText(type)) return false;
  return saysNothing(CHARSET.exec(type)?.[1] ?? '');
}

function textType(type: string): string {
  const rest = type.replace(CHARSET, '').trim();
  return rest === '' ? 'text/plain' : rest;
}

/** Text and attachments; messages inside the message are shown below its text. */
async function withNested(email: Email, depth: number, allowance: Allowance): Promise<Content> {
  const own = ownText(email);
  let { textFrom } = own;
  const texts = own.text === '' ? [] : [own.text];
  let length = own.text.length;
  const attachments: Carried[] = [];
  for (const part of email.attachments) {
    const bytes = asBuffer(
      typeof part.content === 'string' ? Buffer.from(part.content) : new Uint8Array(part.content),
    );
    const inside = part.mimeType === 'message/rfc822' && part.disposition !== 'attachment';
    const shown = inside && depth < NESTED_DEPTH_MAX && length < TEXT_LENGTH_MAX;
    if (!shown || !allows(allowance, bytes)) {
      attachments.push(attachmentOf(part, bytes));
      continue;
    }
    const nested = await read(bytes, depth + 1, allowance);
    const text = renderNested(nested);
    texts.push(text);
    length += text.length;
    if (textFrom === 'none') textFrom = nested.textFrom === 'html' ? 'html' : 'plain';
    attachments.push(...nested.attachments);
  }
  const text = cut(texts.join('\n\n'));
  return { text, textFrom, attachments: attachments.slice(0, ATTACHMENTS_MAX) };
}

/** Takes one more message from what is allowed. @returns false if it is too much */
function allows(allowance: Allowance, message: Buffer): boolean {
  if (allowance.messages === 0) return false;
  let lines = 1;
  for (let at = message.indexOf(LF); at >= 0; at = message.indexOf(LF, at + 1)) lines += 1;
  if (lines > allowance.lines) return false;
  allowance.messages -= 1;
  allowance.lines -= lines;
  return true;
}

function attachmentOf(part: Email['attachments'][number], content: Buffer): Carried {
  const type = oneLine(part.mimeType).slice(0, TYPE_LENGTH_MAX) || 'application/octet-stream';
  const unnamed = type === 'message/rfc822' ? 'message.eml' : 'unnamed';
  return {
    part: '',
    name: fileName(part.filename ?? '') || unnamed,
    type,
    bytes: content.length,
    size: 'exact',
    disposition: dispositionOf(part.disposition),
    contentId: oneLine(part.contentId ?? '').replace(/^<|>$/g, ''),
    inside: 'mime',
    encrypted: false,
    content,
  };
}

function dispositionOf(said: string | null): Attachment['disposition'] {
  return said === 'attachment' || said === 'inline' ? said : 'none';
}

const TYPE_LENGTH_MAX = 200;

function ownText(email: Email): Pick<Content, 'text' | 'textFrom'> {
  const plain = manyLines(withWindowsCharacters(email.text ?? ''));
  if (plain.trim() !== '') return { text: trimmed(plain), textFrom: 'plain' };
  const laidOut = manyLines(htmlText(withWindowsCharacters(email.html ?? '')));
  if (laidOut.trim() !== '') return { text: trimmed(laidOut), textFrom: 'html' };
  return { text: '', textFrom: 'none' };
}

function renderNested(message: Read): string {
  const about = Object.entries({
    From: peopleText(message.from),
    To: peopleText(message.to),
    Date: message.dateText,
    Subject: message.subject,
  });
  const lines = about
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}`);
  return `---------- Message ----------\n${lines.join('\n')}\n\n${message.text}`;
}

/** Without empty lines at both ends; the indent of the first line stays. */
function trimmed(text: string): string {
  return text.trimEnd().replace(/^(?:[ \t]*\n)+/, '');
}

function cut(text: string): string {
  return text.length > TEXT_LENGTH_MAX ? text.slice(0, TEXT_LENGTH_MAX) + CUT : text;
}
