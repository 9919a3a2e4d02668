/** Sorts and filters messages by their envelopes, and counts them by month. */

import type { Envelopes } from '../catalog/envelopes.ts';
import { numbersUpTo, orderByKey } from '../catalog/ranked.ts';
import type { Result, WindowMethods } from '../../shared/contract.ts';
import type { Arrangement, ViewName } from '../../shared/row.ts';
import { type MessageNumber, messageNumber } from '../../shared/units.ts';
import { DELETED, READ, STARRED } from '../message/flags.ts';

export type Timeline = Result<WindowMethods, 'timeline'>;

export interface Messages {
  readonly count: number;
  readonly envelopes: Envelopes;
  bytesOf(number: MessageNumber): number;
  isMarked(number: MessageNumber): boolean;
}

type Test = (number: MessageNumber) => boolean;

function testOf(view: ViewName, { envelopes, isMarked }: Messages): Test | null {
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

const wordsOf = (query: string): readonly string[] =>
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

/** Messages and bytes by month, oldest first. */
export function monthsOf({ count, envelopes, bytesOf }: Omit<Messages, 'isMarked'>): Timeline {
  const months = new Map<number, { messages: number; bytes: number }>();
  let undated = 0;
  let [start, end] = [0, 0];
  let month = { messages: 0, bytes: 0 };
  for (let number = 0; number < count; number++) {
    const at = messageNumber(number);
    const ms = envelopes.date(at);
    if (ms === null) {
      undated += 1;
      continue;
    }
    // Most messages are of the month of the one before.
    if (ms < start || ms >= end) {
      const date = new Date(ms);
      start = Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
      end = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
      month = months.get(start) ?? { messages: 0, bytes: 0 };
      months.set(start, month);
    }
    month.messages += 1;
    month.bytes += bytesOf(at);
  }
  const sorted = [...months].sort(([one], [other]) => one - other);
  return { months: sorted.map(([start, amount]) => ({ start, ...amount })), undated };
}
