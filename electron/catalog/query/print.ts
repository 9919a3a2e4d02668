/**
 * A query as text, from which `parse` makes the same query. Imports its neighbours.
 */

import type { Match, Query, Term } from './query.ts';
import { isOneWord } from './tokens.ts';
import { printedDate } from './values.ts';

export function print(query: Query): string {
  return query.is === 'all' ? together(query.of) : printed(query);
}

const together = (of: readonly Query[]): string => of.map(printed).join(' ');

function printed(query: Query): string {
  switch (query.is) {
    case 'term':
      return printedTerm(query.term);
    case 'not':
      return `-${printed(query.of)}`;
    case 'all':
      return `(${together(query.of)})`;
    case 'any':
      return `(${query.of.map((one) => (one.is === 'all' ? together(one.of) : printed(one))).join(' OR ')})`;
  }
}

function printedTerm(term: Term): string {
  switch (term.term) {
    case 'words':
      return `${term.where === 'anywhere' ? '' : `${term.where}:`}${value(term.text, term.match)}`;
    case 'file':
      return `file:${value(term.text, isOneWord(term.text, 'value') ? 'beginning' : 'exact')}`;
    case 'type':
      return `type:${value(term.type, isOneWord(term.type, 'value') ? 'beginning' : 'exact')}`;
    case 'label':
    case 'list':
      return `${term.term}:${value(term.text, term.match)}`;
    case 'has':
      return `has:${term.what}`;
    case 'is':
      return `is:${term.what}`;
    case 'date':
      return `${term.when}:${printedDate(term.date)}`;
    case 'bytes':
      return `${term.than}:${term.bytes}`;
    case 'id':
      return `id:${value(term.id, isOneWord(term.id, 'value') ? 'beginning' : 'exact')}`;
  }
}

const value = (text: string, match: Match): string => (match === 'exact' ? `"${text}"` : text);
