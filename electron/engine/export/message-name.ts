/**
 * The name of a file for a message, by a template such as `{date} {from} {subject}`. Imports shared
 * and the names that are safe on every system.
 */

import { NAME_WORDS } from '../../../shared/export-contract.ts';
import { MailboxError } from '../../../shared/errors.ts';
import type { Row } from '../../../shared/row.ts';
import { saveName } from '../../message/save-name.ts';

type Word = (typeof NAME_WORDS)[number];

const WORD = /\{([^{}]*)\}/g;
/** So much of each part is enough to know a message by. */
const PART_LENGTH_MAX = 80;
const NAME_BYTES_MAX = 180;

const isWord = (text: string): text is Word => (NAME_WORDS as readonly string[]).includes(text);

/** @throws MISUSE if a word of the template means nothing */
export function checkTemplate(template: string): void {
  for (const [whole, word = ''] of template.matchAll(WORD)) {
    if (isWord(word)) continue;
    const known = NAME_WORDS.map((one) => `{${one}}`).join(', ');
    const sentence = `"${whole}" means nothing in a name; known are ${known}. Nothing was written.`;
    throw new MailboxError('MISUSE', { template }, { sentence });
  }
}

/**
 * A name that is safe everywhere; not yet one that is free.
 * @param place which of the exported messages it is, from 1
 * @param ending such as `.eml`; empty for a folder
 */
export function messageName(template: string, row: Row, place: number, ending: string): string {
  const moment = row.date === null ? null : iso(row.date);
  const words: Readonly<Record<Word, string>> = {
    date: moment?.slice(0, 10) ?? 'undated',
    time: moment?.slice(11, 16).replace(':', '-') ?? '',
    from: row.from,
    subject: row.subject || 'no subject',
    number: String(place).padStart(6, '0'),
    key: row.key,
  };
  const text = template
    .replace(WORD, (_whole, word: Word) => part(words[word]))
    // A slash parts no folders here, and a colon can stand in no name.
    .replace(/: /g, ' ')
    .replace(/[/\\]/g, '-')
    .replace(/\s+/g, ' ');
  return safeName(saveName(shortened(text.trim())) + ending);
}

/** The name of something else that is taken out, such as an attachment: safe on every system. */
export function safeName(name: string): string {
  // Twice: what was shortened may end in a dot again.
  return saveName(saveName(name.replace(LONE_SURROGATE, '_')));
}

const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Whole characters, so that none is cut in two. */
function part(text: string): string {
  const characters = [...text.slice(0, PART_LENGTH_MAX * 2)];
  return characters.slice(0, PART_LENGTH_MAX).join('').trim();
}

/** To a length at which an ending and a number can be added. */
function shortened(text: string): string {
  const characters = [...text];
  let bytes = Buffer.byteLength(text);
  while (bytes > NAME_BYTES_MAX) bytes -= Buffer.byteLength(characters.pop() ?? '');
  return characters.join('').replace(/[.\s]+$/, '');
}

/** A moment that no calendar has is none. */
function iso(ms: number): string | null {
  if (Math.abs(ms) > 8.64e15) return null;
  const text = new Date(ms).toISOString();
  return /^\d{4}-/.test(text) ? text : null;
}
