/**
 * Outlook's `winmail.dat` (TNEF): the files and the text that it hides. Imports shared and this folder.
 *
 * No well-kept library reads it: node-tnef has not been touched for years and decodes without bounds.
 * Read are attributes of both levels and the MAPI properties that name a file, hold its bytes, or hold
 * the message's text ([MS-OXTNEF], [MS-OXCMSG]). Promises: bounded by the bytes given, linear, never
 * throws; what is cut off gives what came before.
 */

import { decodeBytes } from './charset.ts';
import { fileName, oneLine } from './clean-text.ts';
import { charsetOfCodePage, rtfText, uncompressedRtf } from './rtf.ts';

export interface TnefFile {
  readonly name: string;
  /** What it says it is; empty if it does not. */
  readonly type: string;
  readonly contentId: string;
  readonly bytes: Buffer;
}

export interface Tnef {
  readonly files: readonly TnefFile[];
  /** The text of the message; empty if it has none. */
  readonly text: string;
  readonly html: string;
  /** Compressed RTF as it stands; null if there is none. */
  readonly rtf: Buffer | null;
}

const SIGNATURE = 0x223e9f78;
const FILES_MAX = 500;
/** Messages in each other. */
const DEPTH_MAX = 8;
const PROPERTIES_MAX = 5000;

const BODY = 0x800c;
const CODE_PAGE = 0x9007;
const MESSAGE_PROPERTIES = 0x9003;
const FILE_BEGINS = 0x9002;
const FILE_DATA = 0x800f;
const FILE_TITLE = 0x8010;
const FILE_PROPERTIES = 0x9005;

const BINARY = 0x0102;
const OBJECT = 0x000d;
const STRING = 0x001e;
const UNICODE = 0x001f;
/** Bytes of the properties that have a length of their own. */
const FIXED: Readonly<Record<number, number>> = {
  2: 4,
  3: 4,
  4: 4,
  5: 8,
  6: 8,
  7: 8,
  10: 4,
  11: 4,
  20: 8,
  64: 8,
  72: 16,
};

interface Property {
  readonly id: number;
  readonly type: number;
  readonly value: Buffer;
}

interface Building {
  title: string;
  longName: string;
  type: string;
  contentId: string;
  bytes: Buffer | null;
}

/**
 * What is in it; null if it is no TNEF. A message in it, as Outlook forwards one, is there as a file with its
 * text, and its own files beside that.
 * @param depth in how many others it is
 */
export function readTnef(bytes: Buffer, depth = 0): Tnef | null {
  if (bytes.length < 6 || bytes.readUInt32LE(0) !== SIGNATURE) return null;
  let codePage = 'windows-1252';
  const found = { text: '', html: '', rtf: null as Buffer | null };
  const building: Building[] = [];
  for (const { id, value } of attributes(bytes)) {
    if (id === CODE_PAGE && value.length >= 4) codePage = charsetOfCodePage(value.readUInt32LE(0));
    else if (id === BODY) found.text ||= decodeBytes(withoutZero(value), codePage);
    else if (id === MESSAGE_PROPERTIES) readMessage(value, codePage, found);
    else if (id === FILE_BEGINS) {
      if (building.length >= FILES_MAX) break;
      building.push({ title: '', longName: '', type: '', contentId: '', bytes: null });
    } else readFile(id, value, codePage, building.at(-1));
  }
  const files = building.flatMap(({ title, longName, type, contentId, bytes: content }) =>
    content
      ? [{ name: fileName(longName || title), type: oneLine(type), contentId, bytes: content }]
      : [],
  );
  const unpacked = files.flatMap((file) => filesIn(file, depth + 1)).slice(0, FILES_MAX);
  return { files: unpacked, ...found };
}

/** The file itself, unless it is a message. */
function filesIn(file: TnefFile, depth: number): readonly TnefFile[] {
  const message = depth <= DEPTH_MAX ? readTnef(file.bytes, depth) : null;
  if (!message) return [file];
  const { text, is } = tnefText(message);
  if (text === '') return message.files.length > 0 ? message.files : [file];
  const [ending, type, begin] =
    is === 'html' ? ['html', 'text/html', '<meta charset="utf-8">'] : ['txt', 'text/plain', ''];
  const name = `${file.name || 'message'}.${ending}`;
  return [{ name, type, contentId: '', bytes: Buffer.from(begin + text) }, ...message.files];
}

/** The text of the message in the richest form it has. */
export function tnefText({ text, html, rtf }: Tnef): ReturnType<typeof rtfText> {
  if (html !== '') return { text: html, is: 'html' };
  const read = rtf && rtfText(uncompressedRtf(rtf));
  if (read?.is === 'html' && read.text !== '') return read;
  return { text: text || (read?.text ?? ''), is: 'plain' };
}

/** `level id length value checksum`, one behind the other. */
function* attributes(bytes: Buffer): Generator<{ readonly id: number; readonly value: Buffer }> {
  for (let at = 6; at + 9 <= bytes.length; ) {
    const id = bytes.readUInt16LE(at + 1);
    const length = bytes.readUInt32LE(at + 5);
    const from = at + 9;
    yield { id, value: bytes.subarray(from, from + length) };
    at = from + length + 2;
  }
}

function readMessage(
  value: Buffer,
  codePage: string,
  found: { text: string; html: string; rtf: Buffer | null },
): void {
  for (const property of properties(value)) {
    if (property.id === 0x1000) found.text ||= stringOf(property, codePage);
    else if (property.id === 0x1013) {
      found.html ||=
        property.type === BINARY
          ? decodeBytes(property.value, codePage)
          : stringOf(property, codePage);
    } else if (property.id === 0x1009) found.rtf ??= property.value;
  }
}

function readFile(id: number, value: Buffer, codePage: string, file: Building | undefined): void {
  if (!file) return;
  if (id === FILE_DATA) file.bytes ??= value;
  else if (id === FILE_TITLE) file.title = decodeBytes(withoutZero(value), codePage);
  else if (id === FILE_PROPERTIES) {
    for (const property of properties(value)) readFileProperty(property, codePage, file);
  }
}

/** Display name, short name, long name, MIME type, Content-ID. */
const FILE_WORDS: Readonly<Record<number, 'longName' | 'title' | 'type' | 'contentId'>> = {
  12289: 'title',
  14084: 'title',
  14087: 'longName',
  14094: 'type',
  14098: 'contentId',
};
const FILE_CONTENT = 0x3701;

function readFileProperty(property: Property, codePage: string, file: Building): void {
  const word = FILE_WORDS[property.id];
  if (word) file[word] ||= stringOf(property, codePage);
  if (property.id !== FILE_CONTENT) return;
  // An object begins with the identifier of its interface.
  file.bytes ??= property.type === OBJECT ? property.value.subarray(16) : property.value;
}

/** The MAPI properties of an attribute, as far as they can be told apart. */
function* properties(value: Buffer): Generator<Property> {
  const at = new Cursor(value);
  const count = Math.min(at.number(), PROPERTIES_MAX);
  for (let index = 0; index < count && !at.atEnd; index++) {
    const tag = at.number();
    const type = tag & 0xffff;
    const id = tag >>> 16;
    if (id >= 0x8000) at.skipName();
    const several = (type & 0x1000) !== 0;
    const base = type & 0xefff;
    const fixed = FIXED[base];
    const sized = base === STRING || base === UNICODE || base === BINARY || base === OBJECT;
    if (fixed === undefined && !sized) return;
    const values = several || sized ? at.number() : 1;
    for (let one = 0; one < values && !at.atEnd; one++) {
      const bytes = at.take(fixed ?? at.number());
      if (one === 0) yield { id, type: base, value: bytes };
    }
  }
}

/** Reads numbers and stretches that begin at multiples of four. */
class Cursor {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get atEnd(): boolean {
    return this.#at + 4 > this.#bytes.length;
  }

  number(): number {
    const value = this.atEnd ? 0 : this.#bytes.readUInt32LE(this.#at);
    this.#at += 4;
    return value;
  }

  take(length: number): Buffer {
    const bytes = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += Math.ceil(length / 4) * 4;
    return bytes;
  }

  /** A property with a name of its own: the identifier of its set, then a number or a name. */
  skipName(): void {
    this.#at += 16;
    if (this.number() === 0) this.#at += 4;
    else this.take(this.number());
  }
}

function stringOf({ type, value }: Property, codePage: string): string {
  if (type === UNICODE) {
    const even = value.subarray(0, value.length & ~1).toString('utf16le');
    return even.replace(/\0+$/, '');
  }
  return type === STRING ? decodeBytes(withoutZero(value), codePage) : '';
}

function withoutZero(bytes: Buffer): Buffer {
  const zero = bytes.indexOf(0);
  return zero < 0 ? bytes : bytes.subarray(0, zero);
}
