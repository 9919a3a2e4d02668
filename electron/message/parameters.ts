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
const NO_SEMICOLON = /^([\w.+-]+\/[\w.+-]+)\s+(?=[\w*-]+=)/;
const PARAMETER =
  /;[\s;]*([^\s;="]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\[\s\S])*)(?:"|$)([^;]*)|([^;]*))/g;
const PIECE = /^([^*]+)\*(?:(\d{1,3})(\*)?)?$/;

interface Piece {
  readonly number: number;
  readonly encoded: boolean;
  readonly text: string;
}

/** @param fieldValue unfolded, a character for each byte */
export function structured(fieldValue: string): Structured {
  // Some programs left the first semicolon out.
  const field = fieldValue.slice(0, FIELD_LENGTH_MAX).replace(NO_SEMICOLON, '$1; ');
  const semicolon = field.indexOf(';');
  const head = (semicolon < 0 ? field : field.slice(0, semicolon)).replace(/\([^()]*\)/g, '');
  const value = head.replace(/\s+/g, '').toLowerCase();
  if (semicolon < 0) return { value, parameters: new Map() };
  const parameters = new Map<string, string>();
  const pieces = new Map<string, Piece[]>();
  let seen = 0;
  for (const match of field.slice(semicolon).matchAll(PARAMETER)) {
    seen += 1;
    if (seen > PARAMETERS_MAX) break;
    const [, name = '', quoted, behind = '', plain = ''] = match;
    const text =
      quoted === undefined ? plain.trim() : quoted.replace(/\\(["\\])/g, '$1') + behind.trim();
    take(name.toLowerCase(), text, parameters, pieces);
  }
  for (const [name, some] of pieces) {
    // What is encoded says more than what stands beside it for old programs.
    parameters.set(name, joined(some));
  }
  return { value, parameters };
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
