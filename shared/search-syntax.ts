/**
 * What a query may say: the one list of operators. The parser (`electron/catalog/query`) knows these,
 * and no other; `renderer/search/syntax-help.ts` says of each what it does.
 */

/** A query is no longer than this; what follows is not looked at. */
export const QUERY_LENGTH_MAX = 1000;

export const OPERATORS = [
  'from',
  'to',
  'cc',
  'subject',
  'body',
  'file',
  'type',
  'label',
  'list',
  'has',
  'is',
  'before',
  'after',
  'on',
  'larger',
  'smaller',
  'id',
] as const;
export type Operator = (typeof OPERATORS)[number];

export const IS_WHAT = [
  'unread',
  'read',
  'starred',
  'answered',
  'draft',
  'deleted',
  'marked',
] as const;
export type IsWhat = (typeof IS_WHAT)[number];

export const HAS_WHAT = ['attachment', 'label', 'list', 'cc', 'subject', 'date'] as const;
export type HasWhat = (typeof HAS_WHAT)[number];
