/**
 * What of a message can be searched for: its texts, decoded, and the names and types of what is attached.
 * Imports shared and this folder.
 *
 * For very many messages one after the other: nothing is laid out, and no text becomes a string before
 * somebody needs it as one. Every part with text counts, each of several alternatives, attached texts,
 * and messages in messages. Bounded (`SEARCHABLE_BYTES_MAX`, depth, parts), linear, never throws on what
 * a message says.
 */

import { cardText } from './card-text.ts';
import { manyLines } from './clean-text.ts';
import { saysNothing, withWindowsCharacters } from './charset.ts';
import type { About, Entity } from './entity.ts';
import { about as aboutOf } from './entity.ts';
import { asBuffer, endsLinesInCr, readHeader } from './header-fields.ts';
import { decodeHeaderText } from './header-text.ts';
import { seenInHtml } from './html-seen.ts';
import { macFile } from './mac-file.ts';
import { kindOf, nameOfType, type PartKind, withoutFork } from './part-kind.ts';
import { smimeBody } from './signed-content.ts';
import { Structure } from './structure.ts';
import { isEudora, isHtmlUnsaid, RTF_TYPES, textBeside, textOf, textPieces } from './text-part.ts';
import { readTnef, tnefText } from './tnef.ts';
import { transferDecoder } from './transfer-decoder.ts';

/** Of a longer message only so much of its beginning is searched, as only so much is looked at to show it. */
export const SEARCHABLE_BYTES_MAX = 16 * 1024 * 1024;
/** Of one text, decoded. */
const TEXT_BYTES_MAX = 4 * 1024 * 1024;
const DEPTH_MAX = 20;
/** Messages that are encoded as a whole, decoded: bounds what a nest of them may take. */
const ENCODED_DEPTH_MAX = 3;
const FILE_WORDS = ['begin ', 'begin-base64 ', '=ybegin ', '(This file must be conv'];
/** Charsets in which a byte below 0x80 is the character of ASCII. */
const ASCII_BELOW = /^(?:utf-?8|(?:x-)?iso[-_]?8859.*|windows-?12\d\d|cp12\d\d|koi8.*|macintosh)$/i;

/** Is told what can be searched for, part by part. */
export interface SearchableSink {
  /**
   * A text as bytes in which those below 0x80 are ASCII.
   * @returns false if it would rather have it as a string: there are others among them
   */
  bytes(text: Buffer): boolean;
  text(text: string): void;
  /** What follows is another text: no phrase goes on in it. */
  nextText(): void;
  /** @param name never empty @param type in lower case */
  attachment(name: string, type: string): void;
}

/**
 * Tells what of a message can be searched for.
 * @param message without its separator line; may be its beginning only
 * @returns whether a limit cut something off
 */
export function readSearchable(message: Uint8Array, sink: SearchableSink): 'whole' | 'cut' {
  const bytes = asBuffer(message);
  const reader = new SearchableReader(sink);
  reader.message(bytes);
  return reader.cut ? 'cut' : 'whole';
}

const CONTENT = Buffer.from('\ncontent-');

/** True if a field of a header may say something about the content. */
function mentionsContent(bytes: Buffer, end: number): boolean {
  for (let at = bytes.indexOf(0x0a); at >= 0 && at < end; at = bytes.indexOf(0x0a, at + 1)) {
    let letter = 1;
    while (letter < CONTENT.length && ((bytes[at + letter] ?? 0) | 0x20) === CONTENT[letter]) {
      letter += 1;
    }
    // A hyphen is as it is with the bit of lower case set.
    if (letter === CONTENT.length) return true;
  }
  return false;
}

class SearchableReader {
  cut = false;
  /** What stood beside the base64 that was decoded last. */
  #beside = '';
  readonly #sink: SearchableSink;

  constructor(sink: SearchableSink) {
    this.#sink = sink;
  }

  message(stored: Buffer, depth = 0): void {
    const bytes = withLineFeeds(stored);
    const end = plainHeaderEnd(bytes);
    if (end >= 0) {
      this.#text(bytes.subarray(end), PLAIN);
      return;
    }
    const structure = new Structure();
    structure.push(bytes);
    this.#part(structure.end(bytes.length), { bytes, depth, encoded: 0, root: true });
  }

  #part(entity: Entity, where: Where): void {
    if (where.depth > DEPTH_MAX) {
      this.cut = true;
      return;
    }
    const { about } = entity;
    const kind = kindOf(entity);
    const inside = { ...where, depth: where.depth + 1, root: false };
    const isFile = kind === 'file' || kind === 'picture' || kind === 'smime';
    if (isFile || (isText(kind) && isListed(about, where.root, kind))) this.#attachment(about);
    if (kind === 'fragment' || kind === 'elsewhere') this.#stated(about);
    const holdsMessage = kind === 'message' || (kind === 'fragment' && entity.children.length > 0);
    if (holdsMessage) this.#message(entity, inside);
    else if (entity.children.length > 0) {
      for (const child of partsOf(entity, kind)) this.#part(child, inside);
    } else this.#leaf(entity, kind, where);
  }

  /** A part without parts. */
  #leaf(entity: Entity, kind: PartKind, where: Where): void {
    const { about } = entity;
    if (kind === 'smime') this.#smime(entity, where);
    else if (kind === 'outlook') {
      this.#outlook(this.#decoded(entity, where, SEARCHABLE_BYTES_MAX), about, where.root);
    } else if (kind === 'mac-file') {
      this.#macFile(this.#decoded(entity, where, SEARCHABLE_BYTES_MAX), about);
    } else if (kind === 'message-header') {
      const bytes = this.#decoded(entity, where, TEXT_BYTES_MAX);
      this.#letterHead(readHeader(bytes.toString('latin1')));
    } else if (isText(kind)) {
      const bytes = this.#decoded(entity, where, TEXT_BYTES_MAX);
      if (kind === 'calendar' || kind === 'contacts') this.#card(bytes, about, kind);
      else this.#text(bytes, about);
      const beside = textBeside(this.#beside, null);
      if (beside) this.#sink.text(beside.text);
      if (beside) this.#sink.nextText();
    }
  }

  /** What a piece of a message, or of a file elsewhere, says of itself. */
  #stated({ parameters }: About): void {
    for (const [name, value] of parameters) this.#sink.text(`${name}: ${value}`);
    this.#sink.nextText();
  }

  /** A part that was signed as a whole, if it lies there. */
  #smime(entity: Entity, where: Where): void {
    const { content } = smimeBody(this.#decoded(entity, where, SEARCHABLE_BYTES_MAX)) ?? {};
    if (!content) return;
    if (where.encoded >= ENCODED_DEPTH_MAX) {
      this.cut = true;
      return;
    }
    const structure = new Structure();
    structure.push(content);
    const { depth, encoded, root } = where;
    const inside = { bytes: content, depth: depth + 1, encoded: encoded + 1, root };
    this.#part(structure.end(content.length), inside);
  }

  #card(bytes: Buffer, about: About, kind: 'calendar' | 'contacts'): void {
    const said = cardText(textOf(bytes, about, null).text, kind);
    if (said === null) return this.#text(bytes, about);
    this.#sink.text(said);
    this.#sink.nextText();
  }

  #message(entity: Entity, where: Where): void {
    const [child] = entity.children;
    if (child) {
      this.#letterHead(child);
      this.#part(child, { ...where, root: true });
      return;
    }
    if (entity.bodyTo <= entity.bodyFrom) return;
    if (where.encoded >= ENCODED_DEPTH_MAX) {
      this.cut = true;
      return;
    }
    const bytes = this.#decoded(entity, where, SEARCHABLE_BYTES_MAX);
    const structure = new Structure();
    structure.push(bytes);
    const root = structure.end(bytes.length);
    this.#letterHead(root);
    this.#part(root, { bytes, depth: where.depth, encoded: where.encoded + 1, root: true });
  }

  /** A message in a message: who wrote it and what about is in no list. */
  #letterHead({ fields }: Pick<Entity, 'fields'>): void {
    for (const { name, value } of fields) {
      if (!/^(?:from|to|subject)$/i.test(name)) continue;
      this.#sink.text(decodeHeaderText(value));
      this.#sink.nextText();
    }
  }

  #attachment({ name, type }: About): void {
    this.#sink.attachment(name || nameOfType(type), type);
  }

  #decoded({ bodyFrom, bodyTo, about }: Entity, { bytes }: Where, bytesMax: number): Buffer {
    const body = bytes.subarray(bodyFrom, bodyTo);
    this.#beside = '';
    if (about.encoding === 'identity') return this.#bounded(body, bytesMax);
    // Encoded it is never shorter than decoded by more than a third.
    const decoder = transferDecoder(about.encoding);
    const some = this.#bounded(body, bytesMax * 3);
    const first = decoder.push(some);
    const last = decoder.end();
    this.#beside = decoder.beside ?? '';
    return this.#bounded(last.length === 0 ? first : Buffer.concat([first, last]), bytesMax);
  }

  #bounded(bytes: Buffer, bytesMax: number): Buffer {
    if (bytes.length <= bytesMax) return bytes;
    this.cut = true;
    return bytes.subarray(0, bytesMax);
  }

  #text(whole: Buffer, about: About): void {
    const bytes = this.#bounded(whole, TEXT_BYTES_MAX);
    const { type } = about;
    if (isHtmlType(type) || isHtmlUnsaid(bytes, about)) {
      this.#sink.text(seenInHtml(withWindowsCharacters(textOf(bytes, about, null).text)));
    } else if (
      needsLayout(about) ||
      isEudora(bytes) ||
      FILE_WORDS.some((word) => bytes.includes(word))
    ) {
      this.#pieces(bytes, about);
    } else if (!(isAsciiBelow(about) && this.#sink.bytes(bytes))) {
      this.#sink.text(manyLines(withWindowsCharacters(textOf(bytes, about, null).text)));
    }
    this.#sink.nextText();
  }

  /** A text in which there may be files, or that is laid out in a way of its own. */
  #pieces(bytes: Buffer, about: About): void {
    for (const piece of textPieces(bytes, about, null)) {
      if ('inside' in piece) this.#sink.attachment(piece.name || 'unnamed', typeByName(piece.name));
      else this.#sink.text(piece.text);
      this.#sink.nextText();
    }
  }

  #outlook(bytes: Buffer, about: About, root: boolean): void {
    const tnef = readTnef(bytes);
    if (!tnef || (tnef.files.length === 0 && root)) this.#attachment(about);
    if (!tnef) return;
    for (const { name, type } of tnef.files) {
      this.#sink.attachment(name || nameOfType(type), type.toLowerCase());
    }
    const { text, is } = tnefText(tnef);
    this.#sink.text(is === 'html' ? seenInHtml(text) : text);
    this.#sink.nextText();
  }

  #macFile(bytes: Buffer, about: About): void {
    const file = macFile(bytes);
    if (!file) this.#attachment(about);
    else this.#sink.attachment(file.name || 'unnamed', typeByName(file.name));
  }
}

interface Where {
  readonly bytes: Buffer;
  readonly depth: number;
  readonly encoded: number;
  /** A message's own body, whatever it says it is. */
  readonly root: boolean;
}

/** Parts that are read as text, whatever they contain. */
const TEXTS: ReadonlySet<PartKind> = new Set([
  'text',
  'html',
  'calendar',
  'contacts',
  'message',
  'message-header',
  'report',
  'fragment',
  'elsewhere',
]);
const isText = (kind: PartKind): boolean => TEXTS.has(kind);

/** True for a text that is in the list of attachments, too. */
function isListed({ disposition, name }: About, root: boolean, kind: PartKind): boolean {
  if (disposition === 'attachment') return true;
  if (name === '') return false;
  return (
    kind === 'calendar' || kind === 'contacts' || (!root && (kind === 'text' || kind === 'html'))
  );
}

/** Parts that say something. */
function partsOf(entity: Entity, kind: PartKind): readonly Entity[] {
  if (kind === 'apple-double') return withoutFork(entity);
  // The second is the signature.
  return kind === 'signed' ? entity.children.filter((_child, at) => at !== 1) : entity.children;
}

const isHtmlType = (type: string): boolean =>
  type === 'text/html' || type === 'application/xhtml+xml' || type === 'text/x-aol';

const PLAIN = aboutOf([], 'text/plain');
const CR = 0x0d;

function withLineFeeds(bytes: Buffer): Buffer {
  if (!bytes.subarray(0, 4096).includes(CR)) return bytes;
  if (!endsLinesInCr(bytes.toString('latin1', 0, 64 * 1024))) return bytes;
  return Buffer.from(bytes.toString('latin1').replace(/\r(?!\n)/g, '\n'), 'latin1');
}

/** Where the body of a message begins whose header says nothing of its content; -1 if it may. */
function plainHeaderEnd(bytes: Buffer): number {
  let end = bytes.indexOf('\n\n');
  const crlf = bytes.indexOf('\r\n\r\n');
  if (crlf >= 0 && (end < 0 || crlf < end)) end = crlf;
  if (end < 0 || mentionsContent(bytes, end)) return -1;
  return readHeader(bytes.toString('latin1', 0, end + 4)).end;
}

function needsLayout({ type, parameters }: About): boolean {
  if (type === 'text/enriched' || RTF_TYPES.has(type)) return true;
  // Where lines are put together without the space between them, two halves are one word.
  return parameters.get('delsp')?.toLowerCase() === 'yes';
}

function isAsciiBelow({ parameters }: About): boolean {
  const charset = (parameters.get('charset') ?? '').trim();
  return saysNothing(charset) || ASCII_BELOW.test(charset);
}

const PICTURE_ENDING = /\.(gif|jpe?g|png)$/i;

function typeByName(name: string): string {
  const ending = PICTURE_ENDING.exec(name)?.[1]?.toLowerCase();
  return ending ? `image/${ending.replace(/^jpg$/, 'jpeg')}` : 'application/octet-stream';
}
