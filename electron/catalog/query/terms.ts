/**
 * What an operator and its value mean, or what is wrong with them. Imports its neighbours.
 */

import {
  HAS_WHAT,
  type HasWhat,
  IS_WHAT,
  type IsWhat,
  type Operator,
} from '../../../shared/search-syntax.ts';
import { nearest, quoted } from './hints.ts';
import type { Match, Term } from './query.ts';
import { foldedLine } from './text-words.ts';
import { isOneWord, QUOTES } from './tokens.ts';
import { parsedDate, parsedSize } from './values.ts';

export type MadeTerm = Term | { readonly wrong: string; readonly right: string };

const QUOTE = new RegExp(`[${QUOTES}]`, 'g');

/** What `has:` says of attachments by their kind. */
const KINDS = ['pdf', 'image', 'audio', 'video', 'calendar'];

/** @param operator null for words that may stand anywhere */
export function termOf(operator: Operator | null, value: string, asked: Match): MadeTerm {
  // Folding may leave spaces and quotes where there were none.
  const text = foldedLine(value.normalize('NFKC').replace(QUOTE, ' '));
  if (text === '') return emptyOf(operator);
  const match = isOneWord(text, operator === null ? 'alone' : 'value') ? asked : 'exact';
  switch (operator) {
    case null:
      return { term: 'words', where: 'anywhere', text, match };
    case 'from':
    case 'to':
    case 'cc':
    case 'subject':
    case 'body':
      return { term: 'words', where: operator, text, match };
    case 'file':
      return { term: 'file', text };
    case 'type':
      return { term: 'type', type: text.replace(/^\.|\/\*$/g, '') || text };
    case 'label':
    case 'list':
      return { term: operator, text, match };
    case 'has':
      return hasOf(text);
    case 'is':
      return isOf(text);
    case 'before':
    case 'after':
    case 'on': {
      const date = parsedDate(text);
      if (date) return { term: 'date', when: operator, date };
      return {
        wrong: `${quoted(value)} is no date: write a year, month or day, or how long ago.`,
        right: `${operator}:2003-05`,
      };
    }
    case 'larger':
    case 'smaller': {
      const bytes = parsedSize(text);
      if (bytes !== null) return { term: 'bytes', than: operator, bytes };
      return {
        wrong: `${quoted(value)} is no size: write a number with k, M or G.`,
        right: `${operator}:5M`,
      };
    }
    case 'id':
      return idOf(value);
  }
}

function emptyOf(operator: Operator | null): MadeTerm {
  if (operator === null) return { wrong: 'There is nothing between these quotes.', right: '' };
  return { wrong: `“${operator}:” needs something right behind it.`, right: EXAMPLES[operator] };
}

const EXAMPLES: Record<Operator, string> = {
  from: 'from:anna',
  to: 'to:anna',
  cc: 'cc:anna',
  subject: 'subject:report',
  body: 'body:report',
  file: 'file:plan',
  type: 'type:pdf',
  label: 'label:work',
  list: 'list:python',
  has: 'has:attachment',
  is: 'is:unread',
  before: 'before:2003-05',
  after: 'after:2003-05',
  on: 'on:2003-05',
  larger: 'larger:5M',
  smaller: 'smaller:10k',
  id: 'id:abc@example.org',
};

function hasOf(text: string): MadeTerm {
  const what = named(HAS_WHAT, text);
  if (what) return { term: 'has', what };
  const kind = text.replace(/s$/, '');
  if (KINDS.includes(kind)) return { term: 'type', type: kind };
  const near = nearest(text, [...HAS_WHAT, ...KINDS]);
  return {
    wrong: `${quoted(`has:${text}`)} is not known: it may be ${HAS_WHAT.join(', ')}, or a kind of attachment such as pdf or image.`,
    right: near ? `has:${near}` : '',
  };
}

function isOf(text: string): MadeTerm {
  const what = named(IS_WHAT, text);
  if (what) return { term: 'is', what };
  const near = nearest(text, IS_WHAT);
  return {
    wrong: `${quoted(`is:${text}`)} is not known: it may be ${IS_WHAT.join(', ')}.`,
    right: near ? `is:${near}` : '',
  };
}

/** The one of these that a text names, also in the plural. */
function named<Name extends HasWhat | IsWhat>(names: readonly Name[], text: string): Name | null {
  return names.find((name) => name === text || `${name}s` === text) ?? null;
}

const NOT_OF_ID = new RegExp(`[\\s\\p{Cc}<>${QUOTES}]+`, 'gu');

function idOf(value: string): MadeTerm {
  const id = value.replace(NOT_OF_ID, '');
  if (id !== '') return { term: 'id', id };
  return { wrong: `${quoted(value)} is no Message-ID.`, right: EXAMPLES.id };
}
