/**
 * A query as data: what `parse` makes of a text, `print` writes as one, and an archive answers. Imports
 * the terms of texts and how they are made into words.
 */

import type { HasWhat, IsWhat } from '../../../shared/search-syntax.ts';
import type { TextTerm } from './text-search.ts';
import { textWords } from './text-words.ts';

/** Where words are looked for; `anywhere`: sender, recipients, subject and text. */
export type Where = 'anywhere' | 'from' | 'to' | 'cc' | 'subject' | 'body';

/** Bare words only begin what they are found in; what is quoted is a whole word, or a whole name. */
export type Match = 'beginning' | 'exact';

/** A day, a month or a year of the calendar; or the time from so long ago until now. */
export type DateSpan =
  | { readonly year: number; readonly month: number | null; readonly day: number | null }
  | { readonly ago: number; readonly unit: 'd' | 'w' | 'm' | 'y' };

export type Term =
  /** `text` is folded and on one line; in what a list shows it may stand anywhere. */
  | { readonly term: 'words'; readonly where: Where; readonly text: string; readonly match: Match }
  | { readonly term: 'file'; readonly text: string }
  | { readonly term: 'type'; readonly type: string }
  | { readonly term: 'label' | 'list'; readonly text: string; readonly match: Match }
  | { readonly term: 'has'; readonly what: HasWhat }
  | { readonly term: 'is'; readonly what: IsWhat }
  | { readonly term: 'date'; readonly when: 'before' | 'after' | 'on'; readonly date: DateSpan }
  | { readonly term: 'bytes'; readonly than: 'larger' | 'smaller'; readonly bytes: number }
  /** A Message-ID without its angle brackets. */
  | { readonly term: 'id'; readonly id: string };

export type Query =
  | { readonly is: 'term'; readonly term: Term }
  | { readonly is: 'not'; readonly of: Query }
  /** Of nothing: every message. */
  | { readonly is: 'all'; readonly of: readonly Query[] }
  | { readonly is: 'any'; readonly of: readonly Query[] };

export const EVERY: Query = { is: 'all', of: [] };

/** All of these; one alone is itself, and what is all of something is opened. */
export function allOf(queries: readonly Query[]): Query {
  const of = queries.flatMap((query) => (query.is === 'all' ? query.of : [query]));
  const [one] = of;
  return of.length === 1 && one ? one : { is: 'all', of };
}

/** Any of these, the same way. @param queries at least one */
export function anyOf(queries: readonly Query[]): Query {
  const of = queries.flatMap((query) => (query.is === 'any' ? query.of : [query]));
  const [one] = of;
  return of.length === 1 && one ? one : { is: 'any', of };
}

export const not = (of: Query): Query => (of.is === 'not' ? of.of : { is: 'not', of });

/** Every term of a query, those under `not` included. */
export function termsOf(query: Query): Term[] {
  if (query.is === 'term') return [query.term];
  if (query.is === 'not') return termsOf(query.of);
  return query.of.flatMap(termsOf);
}

/**
 * What only the text of a message answers, for a term of which that is a part or all of it.
 * @returns null if its text has no say; words without a letter or digit are in no text
 */
export function textTermOf(term: Term): TextTerm | null {
  switch (term.term) {
    case 'words': {
      if (term.where !== 'anywhere' && term.where !== 'body') return null;
      const words = textWords(term.text);
      return words.length > 0 ? { in: 'text', words, match: term.match } : null;
    }
    case 'file':
      return { in: 'file', words: term.text.split(' ') };
    case 'type':
      return { in: 'type', type: term.type };
    default:
      return null;
  }
}
