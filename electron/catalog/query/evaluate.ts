/**
 * Which messages a query fits, of any number of them, in steps. Imports its neighbours.
 *
 * What is cheap to tell is asked first, and what is dear only of messages for which it still matters.
 * What only texts answer has been answered before (`TextAnswers`); where it has not, nobody knows, and a
 * message that may or may not fit is not found, not even by a query that excludes something.
 */

import type { Steps } from '../../../shared/steps.ts';
import { type Asked, envelopeVerdicts } from './envelope-terms.ts';
import { type Query, type Term, textTermOf } from './query.ts';
import type { TextTerm } from './text-search.ts';
import {
  fromAnswer,
  opposite,
  type Range,
  stillWanted,
  takeLarger,
  takeSmaller,
  type Verdicts,
  YES,
} from './verdicts.ts';
import type { WordsMemory } from './words-memory.ts';

/** What an index, or whoever reads the texts, has answered to a term; null if nothing. */
export type TextAnswers = (term: TextTerm) => Uint8Array | null;

export interface Evaluation extends Asked {
  readonly answers: TextAnswers;
  readonly memory: WordsMemory | null;
}

/** Verdicts for the messages of a range. */
export function evaluate(query: Query, asked: Evaluation, range: Range): Steps<Verdicts> {
  return verdictsOf(query, asked, range, new Uint8Array(range.to - range.from).fill(YES));
}

function* verdictsOf(
  query: Query,
  asked: Evaluation,
  range: Range,
  wanted: Verdicts,
): Steps<Verdicts> {
  switch (query.is) {
    case 'term':
      return yield* termVerdicts(query.term, asked, range, wanted);
    case 'not':
      return yield* opposite(yield* verdictsOf(query.of, asked, range, wanted));
    case 'all': {
      // All that are wanted fit, as long as nothing has been asked.
      const all = yield* stillWanted(wanted, new Uint8Array(wanted.length));
      for (const one of cheapFirst(query.of)) {
        yield* takeSmaller(all, yield* verdictsOf(one, asked, range, all));
      }
      return all;
    }
    case 'any': {
      const any = new Uint8Array(wanted.length);
      for (const one of cheapFirst(query.of)) {
        const rest = yield* stillWanted(wanted, any);
        yield* takeLarger(any, yield* verdictsOf(one, asked, range, rest));
      }
      return any;
    }
  }
}

function* termVerdicts(
  term: Term,
  asked: Evaluation,
  range: Range,
  wanted: Verdicts,
): Steps<Verdicts> {
  const textTerm = textTermOf(term);
  const isOfTextOnly = term.term === 'file' || term.term === 'type';
  if (!textTerm) return yield* wordsOrOther(term, asked, range, wanted);
  const verdicts = yield* fromAnswer(asked.answers(textTerm), range);
  if (isOfTextOnly || (term.term === 'words' && term.where === 'body')) return verdicts;
  const rest = yield* stillWanted(wanted, verdicts);
  yield* takeLarger(verdicts, yield* wordsOrOther(term, asked, range, rest));
  return verdicts;
}

function wordsOrOther(
  term: Term,
  asked: Evaluation,
  range: Range,
  wanted: Verdicts,
): Steps<Verdicts> {
  if (term.term === 'words' && asked.memory) {
    return asked.memory.verdicts(term, asked, range, wanted);
  }
  return envelopeVerdicts(term, asked, range, wanted);
}

const cheapFirst = (queries: readonly Query[]): Query[] =>
  [...queries].sort((one, other) => costOf(one) - costOf(other));

/** In nanoseconds a message, about. */
function costOf(query: Query): number {
  if (query.is === 'not') return costOf(query.of);
  if (query.is !== 'term') return query.of.reduce((sum, one) => sum + costOf(one), 0);
  const { term } = query;
  if (term.term === 'words') return WORDS_COST[term.where];
  return COST[term.term];
}

const COST = { has: 1, is: 1, date: 2, file: 2, type: 2, list: 3, label: 3, bytes: 5, id: 10 };
const WORDS_COST = { body: 2, from: 5, to: 5, cc: 5, subject: 20, anywhere: 40 };
