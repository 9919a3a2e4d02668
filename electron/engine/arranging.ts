/** Sorts and filters messages by their envelopes. */

import type { Envelopes } from '../catalog/envelopes.ts';
import { numbersUpTo, orderByKey } from '../catalog/ranked.ts';
import type { Arrangement, ViewName } from '../../shared/row.ts';
import { type MessageNumber, messageNumber } from '../../shared/units.ts';
import { DELETED, READ, STARRED } from '../message/flags.ts';

export interface Messages {
  readonly count: number;
  readonly envelopes: Envelopes;
  bytesOf(number: MessageNumber): number;
  isMarked(number: MessageNumber): boolean;
}

type Test = (number: MessageNumber) => boolean;

/** Whether a message belongs into a view; null if every one does. */
export function testOf(view: ViewName, { envelopes, isMarked }: Messages): Test | null {
  switch (view) {
    case 'all':
      return null;
    case 'attachments':
      return (number) => envelopes.attachment(number);
    case 'unread':
      return (number) => envelopes.has(number) && (envelopes.flags(number) & READ) === 0;
    case 'starred':
      return (number) => (envelopes.flags(number) & STARRED) !== 0;
    case 'deleted':
      return (number) => (envelopes.flags(number) & DELETED) !== 0;
    case 'marked':
      return isMarked;
  }
}

/** The words that a query asks for. */
export const wordsOf = (query: string): readonly string[] =>
  query.split(/\s+/).filter((word) => word !== '');

/** All messages in the order of a column, ascending. */
function ordered({ sort }: Arrangement, { count, envelopes, bytesOf }: Messages): Uint32Array {
  if (sort === 'position' || sort === 'bytes') {
    if (sort === 'position') return numbersUpTo(count);
    const bytes = new Float64Array(count);
    for (let number = 0; number < count; number++) bytes[number] = bytesOf(messageNumber(number));
    return orderByKey(bytes);
  }
  return envelopes.order(sort, count);
}

/** Message numbers by row; null for the whole file in its own order. */
export function arranged(arrangement: Arrangement, messages: Messages): Uint32Array | null {
  const { view, sort, direction, query } = arrangement;
  const words = wordsOf(query);
  const test = testOf(view, messages);
  if (!test && words.length === 0 && sort === 'position' && direction === 'ascending') return null;
  let numbers = ordered(arrangement, messages);
  if (test || words.length > 0) {
    const matches = messages.envelopes.matcher(words);
    numbers = numbers.filter(
      (number) => (test?.(messageNumber(number)) ?? true) && matches(number),
    );
    return direction === 'descending' ? numbers.reverse() : numbers;
  }
  // The order itself is the envelopes'.
  return direction === 'descending' ? numbers.slice().reverse() : numbers;
}
