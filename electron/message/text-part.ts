/**
 * A part of text made ready to be shown: its charset, its paragraphs, and the files that lie in it.
 * Imports shared and this folder. Linear, never throws.
 */

import type {
  CharsetUsed,
  HtmlPart,
  Paragraph,
  Protection,
  TextPart,
} from '../../shared/message-view.ts';
import { decoded, saysNothing, withWindowsCharacters } from './charset.ts';
import { manyLines, oneLine } from './clean-text.ts';
import { type EmbeddedFile, withoutFiles } from './embedded.ts';
import { enrichedText } from './enriched-text.ts';
import type { About } from './entity.ts';
import { fixedParagraphs, flowedParagraphs, quotedText } from './paragraphs.ts';
import { rtfText } from './rtf.ts';

export interface ReadText {
  readonly shown: Omit<TextPart, 'kind' | 'part' | 'cut'>;
  /** The same in one piece, marks of quoting included. */
  readonly text: string;
}

const DECLARED_LENGTH_MAX = 60;
const META = /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})/i;
const META_WITHIN = 4096;
const FILE_WORDS = [
  'begin ',
  'begin-base64 ',
  '=ybegin ',
  '(This file must be converted with BinHex',
];

/** The bytes of a part as text. @param chosen a charset that counts more than what the part says */
export function textOf(
  bytes: Buffer,
  { parameters, type }: Pick<About, 'parameters' | 'type'>,
  chosen: string | null,
): { readonly text: string; readonly charset: CharsetUsed } {
  const declared = oneLine(parameters.get('charset') ?? '').slice(0, DECLARED_LENGTH_MAX);
  if (chosen !== null) {
    const { text, charset } = decoded(bytes, chosen);
    return { text, charset: { name: charset, how: 'chosen', declared } };
  }
  const label = declared === '' && type.endsWith('html') ? metaCharset(bytes) : declared;
  const { text, charset, guessed } = decoded(bytes, label);
  const how = guessed || (saysNothing(label) && charset !== 'utf-8') ? 'guessed' : 'declared';
  return { text, charset: { name: charset, how, declared } };
}

/** What HTML says of itself, where nothing else does. */
function metaCharset(bytes: Buffer): string {
  const label = META.exec(bytes.toString('latin1', 0, META_WITHIN))?.[1] ?? '';
  // It could be read up to here, so it is not what takes two bytes for a letter.
  return /^utf-?(?:16|32)|^ucs/i.test(label) ? '' : label;
}

/** A text, and the files that lie in it, in order. */
export function textPieces(
  bytes: Buffer,
  about: About,
  chosen: string | null,
): readonly (ReadText | EmbeddedFile)[] {
  const plain =
    about.type === 'text/plain' || (!about.type.startsWith('text/') && !RTF_TYPES.has(about.type));
  const pieces =
    plain && FILE_WORDS.some((word) => bytes.includes(word))
      ? withoutFiles(bytes.toString('latin1'))
      : [{ bytes }];
  return pieces.flatMap((piece): (ReadText | EmbeddedFile)[] => {
    if ('file' in piece) return [piece.file];
    const some = 'bytes' in piece ? piece.bytes : Buffer.from(piece.text, 'latin1');
    const read = readText(some, about, chosen);
    return read.text === '' ? [] : [read];
  });
}

/**
 * A text that somebody put beside a part in base64; null if there is none.
 * @param beside a character for each byte
 */
export function textBeside(beside: string, chosen: string | null): ReadText | null {
  if (beside.trim() === '') return null;
  const about = { type: 'text/plain', parameters: new Map<string, string>() };
  const { text, charset } = textOf(Buffer.from(beside, 'latin1'), about, chosen);
  return fixed(manyLines(withWindowsCharacters(text)), charset);
}

function readText(bytes: Buffer, about: About, chosen: string | null): ReadText {
  const { text: raw, charset } = textOf(bytes, about, chosen);
  if (RTF.test(raw) && RTF_TYPES.has(about.type)) return fixed(rtfPlain(raw), charset);
  const { text: clean, markup } = withoutEudora(manyLines(withWindowsCharacters(raw)));
  const enriched = about.type === 'text/enriched' || about.type === 'text/richtext';
  if (enriched || markup === 'rich') {
    return fixed(enrichedText(clean, enriched ? about.type : 'text/enriched'), charset);
  }
  const flowed = about.parameters.get('format')?.toLowerCase() === 'flowed';
  if (!flowed && markup !== 'flowed') return fixed(clean, charset);
  const spaces = about.parameters.get('delsp')?.toLowerCase() === 'yes' ? 'deleted' : 'kept';
  const paragraphs = [...flowedParagraphs(trimmedLines(clean), spaces)];
  return { shown: { paragraphs, flowed: true, charset }, text: quotedText(paragraphs) };
}

const RTF = /^\s*\{\\rtf/;
export const RTF_TYPES: ReadonlySet<string> = new Set([
  'text/rtf',
  'application/rtf',
  'text/richtext',
]);

/** The text of RTF; as it stands where HTML was wrapped into it, which is no text either. */
function rtfPlain(raw: string): string {
  const { text, is } = rtfText(raw.trimStart());
  return manyLines(is === 'plain' ? text : raw);
}

/** What Eudora wrote around texts in its mailboxes, in place of the fields that said so. */
const EUDORA = /^\s*<x-(flowed|rich)>\n?([\s\S]*?)(?:<\/x-\1>|$)/;

function withoutEudora(text: string): {
  readonly text: string;
  readonly markup: 'none' | 'flowed' | 'rich';
} {
  const found = EUDORA.exec(text);
  if (!found) return { text, markup: 'none' };
  const markup = found[1] === 'rich' ? 'rich' : 'flowed';
  return { text: `${found[2] ?? ''}${text.slice(found[0].length)}`, markup };
}

/** True for a text with Eudora's marks around it. */
export const isEudora = (bytes: Buffer): boolean =>
  EUDORA.test(bytes.toString('latin1', 0, 200).replaceAll('\r', ''));

/**
 * HTML that does not say so: with Eudora's mark, where a program took the delimiters out and left the
 * field that names them, or where a message says nothing of its type and begins as a page does.
 */
export function isHtmlUnsaid(
  bytes: Buffer,
  { type, typed }: Pick<About, 'type' | 'typed'>,
): boolean {
  const beginning = bytes.toString('latin1', 0, 2000);
  if (/^\s*<x-html>/i.test(beginning)) return true;
  if (!type.startsWith('text/')) return /<(?:x-)?html>/i.test(beginning);
  return !typed && /^\s*(?:<!doctype html[^>]*>\s*)?<html[\s>]/i.test(beginning);
}

/** What a text says of itself in the lines of PGP; null if nothing. */
export function inlinePgp(text: string): Protection['state'] | null {
  const begin = /^-----BEGIN PGP (SIGNED )?MESSAGE-----$/m.exec(text.slice(0, 100_000));
  if (!begin) return null;
  return begin[1] ? 'signed' : 'encrypted';
}

/** As much of a text as there is room for, in characters. */
export function withRoom(paragraphs: readonly Paragraph[], length: number): Paragraph[] {
  const kept: Paragraph[] = [];
  let room = length;
  for (const { quote, text } of paragraphs) {
    if (room <= 0) break;
    kept.push({ quote, text: text.slice(0, room) });
    room -= text.length + 1;
  }
  return kept;
}

function fixed(clean: string, charset: CharsetUsed): ReadText {
  const text = trimmedLines(clean);
  const paragraphs = text === '' ? [] : [...fixedParagraphs(text)];
  return { shown: { paragraphs, flowed: false, charset }, text };
}

/** Without empty lines at both ends; the indent of the first line stays. */
export function trimmedLines(text: string): string {
  return text.trimEnd().replace(/^(?:[ \t]*\n)+/, '');
}

/** HTML as it came, but for NULs and what a charset made of its line ends. */
export function htmlOf(
  bytes: Buffer,
  about: Pick<About, 'parameters' | 'type'>,
  chosen: string | null,
): Pick<HtmlPart, 'html' | 'charset'> {
  const { text, charset } = textOf(bytes, about, chosen);
  return { html: text.replaceAll('\0', ''), charset };
}
