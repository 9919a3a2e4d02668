/** Sorts and filters messages by their envelopes. */

import type { Envelopes } from '../catalog/envelopes.ts';
import { numbersUpTo, orderByKey } from '../catalog/ranked.ts';
import { atOnce, inStretches, type Steps } from '../catalog/steps.ts';
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
export function* ordered(
  { sort }: Arrangement,
  { count, envelopes, bytesOf }: Messages,
): Steps<Uint32Array> {
  if (sort === 'position' || sort === 'bytes') {
    if (sort === 'position') return numbersUpTo(count);
    const bytes = new Float64Array(count);
    yield* inStretches(0, count, (from, to) => {
      for (let number = from; number < to; number++) bytes[number] = bytesOf(messageNumber(number));
    });
    return yield* orderByKey(bytes);
  }
  return yield* envelopes.orderSteps(sort, count);
}

/** True for the whole file in its own order, which needs no list. */
export function isFileOrder({ view, sort, direction, query }: Arrangement): boolean {
  const whole = view === 'all' && wordsOf(query).length === 0;
  return whole && sort === 'position' && direction === 'ascending';
}

/** Message numbers by row; null for the whole file in its own order. */
export function arranged(arrangement: Arrangement, messages: Messages): Uint32Array | null {
  return isFileOrder(arrangement) ? null : atOnce(arrangedSteps(arrangement, messages));
}

/** As `arranged`, in steps: of no use if one of the messages changes meanwhile. */
export function* arrangedSteps(arrangement: Arrangement, messages: Messages): Steps<Uint32Array> {
  const { view, direction, query } = arrangement;
  const words = wordsOf(query);
  const test = testOf(view, messages);
  const all = yield* ordered(arrangement, messages);
  if (test || words.length > 0) {
    const matches = messages.envelopes.matcher(words);
    const fitting = new Uint32Array(all.length);
    let found = 0;
    yield* inStretches(0, all.length, (from, to) => {
      for (let at = from; at < to; at++) {
        const number = all[at] ?? 0;
        if ((test?.(messageNumber(number)) ?? true) && matches(number)) fitting[found++] = number;
      }
    });
    const numbers = fitting.slice(0, found);
    return direction === 'descending' ? numbers.reverse() : numbers;
  }
  // The order itself is the envelopes'.
  return direction === 'descending' ? all.slice().reverse() : all;
}

/**
 * A list of the first `count` messages, and behind them those that have come since, in the order of
 * the file.
 */
export function withRest(
  numbers: Uint32Array,
  count: number,
  arrangement: Arrangement,
  messages: Messages,
): Uint32Array {
  if (messages.count === count) return numbers;
  const test = testOf(arrangement.view, messages);
  const matches = messages.envelopes.matcher(wordsOf(arrangement.query));
  const rest: number[] = [];
  for (let number = count; number < messages.count; number++) {
    if ((test?.(messageNumber(number)) ?? true) && matches(number)) rest.push(number);
  }
  const isDescending = arrangement.direction === 'descending';
  const [first, last] = isDescending ? [rest.reverse(), numbers] : [numbers, rest];
  const all = new Uint32Array(first.length + last.length);
  all.set(first);
  all.set(last, first.length);
  return all;
}
