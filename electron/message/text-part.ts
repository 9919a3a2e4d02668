/**
 * A part of text made ready to be shown: its charset, its paragraphs, and the files that lie in it.
 * Imports shared and this folder. Linear, never throws.
 */

import type { CharsetUsed, HtmlPart, TextPart } from '../../shared/message-view.ts';
import { decoded, saysNothing, withWindowsCharacters } from './charset.ts';
import { manyLines, oneLine } from './clean-text.ts';
import { type EmbeddedFile, withoutFiles } from './embedded.ts';
import { enrichedText } from './enriched-text.ts';
import type { About } from './entity.ts';
import { fixedParagraphs, flowedParagraphs, quotedText } from './paragraphs.ts';

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
  const plain = about.type === 'text/plain' || !about.type.startsWith('text/');
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

function readText(bytes: Buffer, about: About, chosen: string | null): ReadText {
  const { text: raw, charset } = textOf(bytes, about, chosen);
  const clean = manyLines(withWindowsCharacters(raw));
  if (about.type === 'text/enriched' || about.type === 'text/richtext') {
    return fixed(enrichedText(clean, about.type), charset);
  }
  if (about.parameters.get('format')?.toLowerCase() !== 'flowed') return fixed(clean, charset);
  const spaces = about.parameters.get('delsp')?.toLowerCase() === 'yes' ? 'deleted' : 'kept';
  const paragraphs = [...flowedParagraphs(trimmedLines(clean), spaces)];
  return { shown: { paragraphs, flowed: true, charset }, text: quotedText(paragraphs) };
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
