/**
 * A term of a query as what the index is asked. Imports the query's types and the words of this folder.
 *
 * The index knows which message holds which words, not where. So a single word, and two characters
 * that stand side by side in a script without spaces, are answered by it alone; of a phrase, and of a
 * word that is longer than what is indexed of it, it tells which messages to read.
 */

import type { TextTerm } from '../query/text-search.ts';
import { isAlone } from './word-scanner.ts';
import { wordEnd } from './word-set.ts';

/** A word as it is indexed; or, with `beginning`, any word that begins so. */
export interface WordAsked {
  readonly token: string;
  readonly match: 'beginning' | 'exact';
}

export interface WordsQuestion {
  readonly ask: 'words';
  /** A document fits that holds each of them; at least one. */
  readonly words: readonly WordAsked[];
  /** Whether messages that fit have to be read to know. */
  readonly how: 'known' | 'read';
}

export interface AttachmentQuestion {
  readonly ask: 'attachments';
  /** Conditions on `name` and `type`, as SQL. */
  readonly where: string;
  readonly values: readonly string[];
}

export type Question = WordsQuestion | AttachmentQuestion;

/** @returns null if no message fits */
export function questionOf(term: TextTerm): Question | null {
  switch (term.in) {
    case 'text':
      return wordsQuestion(term.words, term.match);
    case 'file': {
      const values = term.words.filter((word) => word !== '');
      if (values.length === 0) return null;
      return {
        ask: 'attachments',
        where: values.map(() => 'instr(name, ?) > 0').join(' AND '),
        values,
      };
    }
    case 'type': {
      const { type } = term;
      if (type === '') return null;
      const like = type.replace(/[\\%_]/g, (one) => `\\${one}`);
      if (type.includes('/')) return { ask: 'attachments', where: 'type = ?', values: [type] };
      const where = "type LIKE ? ESCAPE '\\' OR name LIKE ? ESCAPE '\\'";
      return { ask: 'attachments', where, values: [`${like}/%`, `%.${like}`] };
    }
  }
}

function wordsQuestion(
  words: readonly string[],
  match: 'beginning' | 'exact',
): WordsQuestion | null {
  const asked = new Map<string, WordAsked>();
  const ask = (token: string, how: WordAsked['match']): void => {
    asked.set(`${how} ${token}`, { token, match: how });
  };
  let how: WordsQuestion['how'] = words.length > 1 ? 'read' : 'known';
  let alone = 0;
  for (const [at, word] of words.entries()) {
    if (word === '') return null;
    const { token, isWhole } = indexed(word);
    if (!isWhole) how = 'read';
    const before = words[at - 1];
    const isPair = isAlone(word) && before !== undefined && isAlone(before);
    if (isPair) alone += 1;
    const isLast = at === words.length - 1;
    const begins = isLast && match === 'beginning' && isWhole && !isAlone(word);
    if (isPair) ask(before + word, 'exact');
    else ask(token, begins ? 'beginning' : 'exact');
  }
  if (asked.size === 0) return null;
  // The pair is a word of its own.
  if (words.length === 2 && alone === 1) {
    return { ask: 'words', words: [{ token: words.join(''), match: 'exact' }], how: 'known' };
  }
  return { ask: 'words', words: [...asked.values()], how };
}

function indexed(word: string): { readonly token: string; readonly isWhole: boolean } {
  const bytes = Buffer.from(word);
  const end = wordEnd(bytes, 0, bytes.length);
  return { token: bytes.toString('utf8', 0, end), isWhole: end === bytes.length };
}
