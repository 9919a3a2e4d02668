/**
 * A structured header field (Content-Type, Content-Disposition) as a value and its parameters, as
 * people wrote them. Imports the charsets and header text beside it.
 *
 * Read are RFC 2045, RFC 2231 (pieces, charsets, also mixed with plain ones), encoded words inside of
 * names, quotes that are not closed, and values with spaces that were not quoted. Linear, bounded,
 * never throws.
 */

import { decodeBytes } from './charset.ts';
import { decodeHeaderText } from './header-text.ts';

export interface Structured {
  /** In small letters, without parameters. */
  readonly value: string;
  /** By name in small letters, decoded. Of several with one name the first counts. */
  readonly parameters: ReadonlyMap<string, string>;
}

const FIELD_LENGTH_MAX = 64 * 1024;
const PARAMETERS_MAX = 200;
const NO_SEMICOLON = /^([\w.+-]+\/[\w.+-]+)(?:\s*,\s*|\s+)(?=[\w*-]+=)/;
/** A comment behind the type, which may hold a semicolon. */
const COMMENTED = /^([^;()]*)\([^()]*\)\s*(?=;)/;
const NAME = /[\s;,]*([^\s;="]*)[ \t]*(=?)[ \t]*/y;
const QUOTED = /"((?:[^"\\]|\\[\s\S])*)(?:"|$)/y;
/** The semicolon was left out. */
const ANOTHER = /[\s,]+(?=[\w*-]+[ \t]*=)/y;
const ANOTHER_BEHIND = /^([^\s,]+)[\s,]+(?=[\w*-]+[ \t]*=)/;
/** What people leave unquoted, though there are spaces and brackets in it. */
const FILE_NAME = /^(?:file)?name(?:\*|$)/;
const PIECE = /^([^*]+)\*(?:(\d{1,3})(\*)?)?$/;

interface Piece {
  readonly number: number;
  readonly encoded: boolean;
  readonly text: string;
}

/** @param fieldValue unfolded, a character for each byte */
export function structured(fieldValue: string): Structured {
  // Some programs left the first semicolon out.
  const field = fieldValue
    .slice(0, FIELD_LENGTH_MAX)
    .replace(COMMENTED, '$1')
    .replace(NO_SEMICOLON, '$1; ');
  const semicolon = field.indexOf(';');
  const head = (semicolon < 0 ? field : field.slice(0, semicolon)).replace(/\([^()]*\)/g, '');
  const value = head.replace(/\s+/g, '').toLowerCase();
  if (semicolon < 0) return { value, parameters: new Map() };
  const parameters = new Map<string, string>();
  const pieces = new Map<string, Piece[]>();
  let seen = 0;
  for (const { name, text } of stated(field, semicolon)) {
    seen += 1;
    if (seen > PARAMETERS_MAX) break;
    take(name, text, parameters, pieces);
  }
  for (const [name, some] of pieces) {
    // What is encoded says more than what stands beside it for old programs.
    parameters.set(name, joined(some));
  }
  return { value, parameters };
}

/** Each parameter as it stands there, from a place on. */
function* stated(
  field: string,
  from: number,
): Generator<{ readonly name: string; readonly text: string }> {
  let at = from;
  while (at < field.length) {
    const [all = '', stated = '', equals] = matchAt(NAME, field, at) ?? [];
    const name = stated.toLowerCase();
    at += all.length;
    // Without a value it is a word, behind which a parameter may still come.
    if (equals !== '=' && name !== '') continue;
    if (name === '') {
      at = stretchEnd(field, at);
      continue;
    }
    const quoted = matchAt(QUOTED, field, at);
    const { text, end } = quoted ? quotedValue(field, at, quoted) : plainValue(field, at, name);
    yield { name, text };
    at = end;
  }
}

/** A value, and where what follows it begins. */
interface Value {
  readonly text: string;
  readonly end: number;
}

function plainValue(field: string, at: number, name: string): Value {
  const end = stretchEnd(field, at);
  const plain = field.slice(at, end);
  if (FILE_NAME.test(name)) return { text: plain.trim(), end };
  const first = ANOTHER_BEHIND.exec(plain);
  return first
    ? { text: first[1] ?? '', end: at + first[0].length }
    : { text: withoutComment(plain), end };
}

function quotedValue(field: string, at: number, quoted: RegExpExecArray): Value {
  const from = at + quoted[0].length;
  const text = (quoted[1] ?? '').replace(/\\(["\\])/g, '$1');
  const another = matchAt(ANOTHER, field, from);
  if (another) return { text, end: from + another[0].length };
  const end = stretchEnd(field, from);
  // What stands behind the quotes belongs to them, where somebody put quotes into a name.
  return { text: text + withoutComment(` ${field.slice(from, end)}`), end };
}

function stretchEnd(field: string, from: number): number {
  const semicolon = field.indexOf(';', from);
  return semicolon < 0 ? field.length : semicolon;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Without the comment that ends it. */
function withoutComment(text: string): string {
  const plain = text.trim();
  const comment = plain.endsWith(')') ? text.search(/\s\(/) : -1;
  return comment < 0 ? plain : text.slice(0, comment).trim();
}

function take(
  name: string,
  text: string,
  parameters: Map<string, string>,
  pieces: Map<string, Piece[]>,
): void {
  const piece = PIECE.exec(name);
  if (!piece) {
    if (!parameters.has(name)) parameters.set(name, decodeHeaderText(text));
    return;
  }
  const [, base = '', number, star] = piece;
  const some = pieces.get(base) ?? [];
  // Of several the first counts, pieces or not.
  if (number === undefined && some.length > 0) return;
  some.push({ number: Number(number ?? 0), encoded: number === undefined || star === '*', text });
  pieces.set(base, some);
}

/** The pieces in the order of their numbers; those with percent signs as bytes of the charset. */
function joined(pieces: readonly Piece[]): string {
  const inOrder = [...pieces].sort((one, other) => one.number - other.number);
  let charset: string | null = null;
  const bytes: Buffer[] = [];
  for (const [index, { encoded, text }] of inOrder.entries()) {
    let rest = text;
    if (index === 0 && encoded) {
      const tagged = /^([^']*)'[^']*'([\s\S]*)$/.exec(text);
      charset = tagged?.[1] ?? null;
      rest = tagged?.[2] ?? text;
    }
    bytes.push(encoded ? percentBytes(rest) : Buffer.from(rest, 'latin1'));
  }
  const whole = Buffer.concat(bytes);
  // Without a charset it may still hold encoded words.
  return charset === null
    ? decodeHeaderText(whole.toString('latin1'))
    : decodeHeaderText(toHeaderText(decodeBytes(whole, charset)));
}

/** Decoded text as bytes of UTF-8, for the cleaning that header text goes through. */
function toHeaderText(text: string): string {
  return Buffer.from(text.replaceAll('=?', '= ?'), 'utf8').toString('latin1');
}

function percentBytes(text: string): Buffer {
  const plain = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(plain, 'latin1');
}
