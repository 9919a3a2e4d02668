/**
 * Where the fields that a list needs stand in a header, found byte by byte: no string, no object.
 * Imports nothing. What is not plainly a header of today is left to `header-fields.ts`, with which
 * every place given here agrees.
 */

/** The fields, by their index. */
export const FROM = 0;
export const TO = 1;
export const SUBJECT = 2;
export const DATE = 3;
export const STATUS = 4;
export const X_STATUS = 5;
export const X_MOZILLA_STATUS = 6;
export const CONTENT_TYPE = 7;
export const CONTENT_DISPOSITION = 8;
export const MESSAGE_ID = 9;
export const REFERENCES = 10;
export const IN_REPLY_TO = 11;
export const CC = 12;
export const LIST_ID = 13;
export const LIST_POST = 14;
export const X_MAILING_LIST = 15;
export const MAILING_LIST = 16;
export const X_GMAIL_LABELS = 17;
export const X_MOZILLA_KEYS = 18;
export const X_KEYWORDS = 19;
const FIELDS = 20;

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const COLON = 0x3a;
const QUOTE = 0x3e;
const BYTE_ORDER_MARK = 0xef;
const NONE = -1;

interface Name {
  readonly field: number;
  readonly bytes: Uint8Array;
}

const NAMES: (readonly Name[] | undefined)[] = new Array(256).fill(undefined);
for (const [name, field] of [
  ['from', FROM],
  ['to', TO],
  ['subject', SUBJECT],
  ['date', DATE],
  ['status', STATUS],
  ['x-status', X_STATUS],
  ['x-mozilla-status', X_MOZILLA_STATUS],
  ['content-type', CONTENT_TYPE],
  ['content-disposition', CONTENT_DISPOSITION],
  ['message-id', MESSAGE_ID],
  ['references', REFERENCES],
  ['in-reply-to', IN_REPLY_TO],
  ['cc', CC],
  ['list-id', LIST_ID],
  ['list-post', LIST_POST],
  ['x-mailing-list', X_MAILING_LIST],
  ['mailing-list', MAILING_LIST],
  ['x-gmail-labels', X_GMAIL_LABELS],
  ['x-mozilla-keys', X_MOZILLA_KEYS],
  ['x-keywords', X_KEYWORDS],
] as const) {
  const lower = name.charCodeAt(0);
  const names = [...(NAMES[lower] ?? []), { field, bytes: Buffer.from(name, 'latin1') }];
  NAMES[lower] = names;
  NAMES[lower & ~0x20] = names;
}
const FROM_LINE = Buffer.from('from ', 'latin1');

export class FieldPlaces {
  readonly #starts = new Int32Array(FIELDS);
  readonly #ends = new Int32Array(FIELDS);

  has(field: number): boolean {
    return this.#starts[field] !== NONE;
  }

  /** The first byte of a field's value, behind the colon; -1 if there is no such field. */
  start(field: number): number {
    return this.#starts[field] ?? NONE;
  }

  /** Behind the last byte of its last line; white space is not left out. */
  end(field: number): number {
    return this.#ends[field] ?? NONE;
  }

  /** Bytes of its value; 0 if there is no such field. */
  length(field: number): number {
    return this.has(field) ? this.end(field) - this.start(field) : 0;
  }

  /**
   * Finds the fields of a header; of several with one name the first counts.
   * @returns false if this header has to be read with more patience
   */
  find(bytes: Uint8Array, from: number, to: number): boolean {
    this.#starts.fill(NONE);
    if (isOdd(bytes, from, to)) return false;
    let at = from;
    while (at < to) {
      const byte = bytes[at] ?? 0;
      if (byte === LF || (byte === CR && (at + 1 === to || bytes[at + 1] === LF))) return true;
      const names = NAMES[byte];
      const line = at;
      while (at < to && bytes[at] !== LF) at += 1;
      if (names) {
        const end = this.#take(names, bytes, line, at, to);
        if (end === ODD) return false;
        at = end;
      }
      at += 1;
    }
    return true;
  }

  /** Notes the field in a line, if it is one of these. @returns the end of its last line, or ODD */
  #take(
    names: readonly Name[],
    bytes: Uint8Array,
    line: number,
    lineEnd: number,
    to: number,
  ): number {
    for (const { field, bytes: name } of names) {
      const behind = line + name.length;
      // What stands behind the name is looked at first: most lines fail there.
      if (behind > lineEnd || !endsName(bytes[behind]) || !isName(bytes, line, name)) continue;
      if (bytes[behind] !== COLON) return ODD;
      if (behind === lineEnd) continue;
      let end = lineEnd;
      while (end + 1 < to && (bytes[end + 1] === SPACE || bytes[end + 1] === TAB)) {
        end += 1;
        while (end < to && bytes[end] !== LF) end += 1;
      }
      if (this.#starts[field] === NONE) {
        this.#starts[field] = behind + 1;
        this.#ends[field] = end;
      }
      return end;
    }
    return lineEnd;
  }
}

const ODD = -2;

function endsName(byte: number | undefined): boolean {
  return byte === COLON || byte === SPACE || byte === TAB;
}

function isName(bytes: Uint8Array, at: number, name: Uint8Array): boolean {
  for (let index = 0; index < name.length; index++) {
    const byte = bytes[at + index] ?? 0;
    const lower = byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
    if (lower !== name[index]) return false;
  }
  return true;
}

/** Lines that end in a bare CR, a byte-order mark, From_ lines on top of the header. */
function isOdd(bytes: Uint8Array, from: number, to: number): boolean {
  const first = bytes[from];
  if (first === BYTE_ORDER_MARK || first === QUOTE || isName(bytes, from, FROM_LINE)) return true;
  for (let at = from; at < to && bytes[at] !== LF; at++) {
    if (bytes[at] === CR && (at + 1 === to || bytes[at + 1] !== LF)) return true;
  }
  return false;
}
