/**
 * Which documents of the index fit a question: by FTS5's own lists (`word-documents.ts`), or by SQL.
 * Imports `database.ts` and this folder.
 */

import type { Database } from '../database.ts';
import type { Question, WordAsked } from './question.ts';
import { markHolding, UnknownFormat } from './word-documents.ts';

type Found = Uint8Array<ArrayBuffer>;

const COMMA = 0x2c;
const DIGIT_0 = 0x30;

/**
 * Within one transaction.
 * @param next one more than the last document
 * @returns one byte for each document, by its number: 1 if it fits; and one more that is of none
 */
export function documentsOf(database: Database, question: Question | null, next: number): Found {
  if (question?.ask === 'words') {
    try {
      return holdingAll(database, question.words, next);
    } catch (error) {
      if (!(error instanceof UnknownFormat)) throw error;
    }
  }
  return documentsBySql(database, question, next);
}

/** As `documentsOf`, slower, with what this process has not committed. */
export function documentsBySql(database: Database, question: Question | null, next: number): Found {
  const found = new Uint8Array(next + 1);
  if (!question) return found;
  const row =
    question.ask === 'words'
      ? database.row(
          'SELECT group_concat(rowid) AS documents FROM text WHERE text MATCH ?',
          question.words.map(matching).join(' AND '),
        )
      : database.row(
          `SELECT group_concat(document) AS documents FROM attachment WHERE ${question.where}`,
          ...question.values,
        );
  const documents = row?.['documents'];
  if (typeof documents === 'string') markAll(documents, found);
  return found;
}

function holdingAll(database: Database, words: readonly WordAsked[], next: number): Found {
  const all = new Uint8Array(next + 1);
  for (const [at, word] of words.entries()) {
    const found = at === 0 ? all : new Uint8Array(next + 1);
    markHolding(database, word, found.subarray(0, next));
    if (found === all) continue;
    for (let document = 0; document < next; document++) {
      all[document] = (all[document] ?? 0) & (found[document] ?? 0);
    }
  }
  return all;
}

/** For MATCH of FTS5 (sqlite.org/fts5.html, section 3). */
function matching({ token, match }: WordAsked): string {
  return `"${token.replaceAll('"', '""')}"${match === 'beginning' ? '*' : ''}`;
}

/**
 * Marks documents that stand in a text, with commas between them: a million rows one by one would take
 * a second.
 */
function markAll(documents: string, found: Uint8Array): void {
  const digits = Buffer.from(documents, 'latin1');
  let document = 0;
  for (let at = 0; at < digits.length; at++) {
    const byte = digits[at] ?? 0;
    if (byte !== COMMA) document = document * 10 + byte - DIGIT_0;
    else {
      found[document] = 1;
      document = 0;
    }
  }
  found[document] = 1;
}
