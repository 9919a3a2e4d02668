/**
 * A query that is about to be asked of an archive: with what its texts have answered, and what there is
 * to say about it besides the messages it fits.
 */

import type { TextAnswers } from '../../catalog/query/evaluate.ts';
import type { Hint } from '../../catalog/query/hints.ts';
import { parse } from '../../catalog/query/parse.ts';
import { type Query, type Term, termsOf, textTermOf } from '../../catalog/query/query.ts';
import { type TextSearch, type TextTerm, UNKNOWN } from '../../catalog/query/text-search.ts';
import { WordsMemory } from '../../catalog/query/words-memory.ts';
import { WORD_PLACES, type SearchAnswer, type WordsFound } from '../../../shared/search-answer.ts';

export interface Question {
  readonly query: Query;
  readonly hints: readonly Hint[];
  /** True if what texts say may matter. */
  readonly isOfTexts: boolean;
  readonly answers: TextAnswers;
  readonly memory: WordsMemory | null;
  /** Milliseconds since 1970: what `7d` is counted from. */
  readonly now: number;
}

/** A question to which no text has answered: what only texts can tell is not known. */
export function questionOf(text: string, memory: WordsMemory | null = null): Question {
  const { query, hints } = parse(text);
  const isOfTexts = termsOf(query).some((term) => textTermOf(term) !== null);
  return { query, hints, isOfTexts, answers: () => null, memory, now: Date.now() };
}

export const isOfEvery = ({ query }: Question): boolean =>
  query.is === 'all' && query.of.length === 0;

/** Asks texts what only they can tell. */
export class Questions {
  /** An index, or whoever else reads texts; null while there is none. */
  texts: TextSearch | null = null;
  readonly #memory = new WordsMemory();

  /** The question without asking texts anything. */
  alone(text: string): Question {
    return questionOf(text, this.#memory);
  }

  /** @returns null if it was no longer wanted @throws as the text search */
  async asked(text: string, isWanted: () => boolean): Promise<Question | null> {
    const question = this.alone(text);
    const { texts } = this;
    if (!texts || !question.isOfTexts) return question;
    const known = new Map<string, Uint8Array>();
    for (const term of termsOf(question.query)) {
      const textTerm = textTermOf(term);
      if (!textTerm || known.has(nameOf(textTerm))) continue;
      known.set(nameOf(textTerm), await texts.find(textTerm, isWanted));
      if (!isWanted()) return null;
    }
    return { ...question, answers: (term) => known.get(nameOf(term)) ?? null };
  }
}

const nameOf = (term: TextTerm): string => JSON.stringify(term);

/** What there is to say of a question besides. @param unknown messages that may fit */
export function answerOf(question: Question, unknown: number, total: number): SearchAnswer {
  const { hints } = question;
  const covered = question.isOfTexts ? coveredOf(question, total) : total;
  return { hints: [...hints], words: wordsIn(question.query), unknown, covered, total };
}

/** The fewest messages whose texts answered to one of its terms. */
function coveredOf({ query, answers }: Question, total: number): number {
  let fewest = total;
  for (const term of termsOf(query)) {
    const textTerm = textTermOf(term);
    if (!textTerm) continue;
    const said = answers(textTerm);
    let covered = 0;
    // Of a million messages: an iterator takes several times as long.
    for (let number = 0; said && number < said.length; number++) {
      if (said[number] !== UNKNOWN) covered += 1;
    }
    fewest = Math.min(fewest, covered);
  }
  return fewest;
}

/** What a person looks for, and where it is shown; what is excluded is not. */
function wordsIn(query: Query): WordsFound[] {
  if (query.is === 'not') return [];
  if (query.is !== 'term') return query.of.flatMap(wordsIn);
  return placesOf(query.term).flatMap(({ place, text }) => (text === '' ? [] : [{ place, text }]));
}

function placesOf(term: Term): WordsFound[] {
  if (term.term !== 'words') return [];
  const { where, text } = term;
  switch (where) {
    case 'anywhere':
      return WORD_PLACES.map((place) => ({ place, text }));
    case 'body':
      return [{ place: 'text', text }];
    case 'cc':
      return [];
    case 'from':
    case 'to':
    case 'subject':
      return [{ place: where, text }];
  }
}
