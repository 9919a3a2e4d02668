/** Sorts and filters messages by their envelopes, and by what their texts have answered. */

import type { Envelopes } from '../../catalog/envelopes.ts';
import { evaluate } from '../../catalog/query/evaluate.ts';
import { MAYBE, NO, type Range, YES, YES_BIT } from '../../catalog/query/verdicts.ts';
import { numbersUpTo, orderByKey } from '../../catalog/ranked.ts';
import { atOnce, inStretches, type Steps } from '../../../shared/steps.ts';
import type { Arrangement } from '../../../shared/row.ts';
import { type MessageNumber, messageNumber } from '../../../shared/units.ts';
import { type Test, testOf } from './fitting.ts';
import type { Narrowable } from './narrowing.ts';
import { isOfEvery, type Question, questionOf } from './question.ts';

export interface Messages extends Narrowable {
  readonly count: number;
  readonly envelopes: Envelopes;
  bytesOf(number: MessageNumber): number;
  isMarked(number: MessageNumber): boolean;
}

/** Message numbers by row, and how many more there may be. */
export interface Arranged {
  readonly numbers: Uint32Array;
  readonly unknown: number;
}

/** Of so few of all messages only those are sorted, unless the order of all is known. */
const FEW_SHARE = 1 / 8;

/** All messages in the order of a column, ascending. */
export function* ordered({ sort }: Arrangement, messages: Messages): Steps<Uint32Array> {
  const { count, envelopes } = messages;
  if (sort === 'position') return numbersUpTo(count);
  if (sort === 'bytes') return yield* byBytes(numbersUpTo(count), messages);
  return yield* envelopes.orderSteps(sort, count);
}

function* byBytes(numbers: Uint32Array, { bytesOf }: Messages): Steps<Uint32Array> {
  const bytes = new Float64Array(numbers.length);
  yield* inStretches(0, numbers.length, (from, to) => {
    for (let at = from; at < to; at++) bytes[at] = bytesOf(messageNumber(numbers[at] ?? 0));
  });
  const places = yield* orderByKey(bytes);
  return places.map((place) => numbers[place] ?? 0);
}

/** What every list begins with. */
export const FILE_ORDER: Arrangement = {
  view: 'all',
  sort: 'position',
  direction: 'ascending',
  query: '',
};

/** True for the whole file in its own order, which needs no list. */
export function isFileOrder(arrangement: Arrangement): boolean {
  const { view, sort, direction, query, narrowed = [] } = arrangement;
  const whole = view === 'all' && narrowed.length === 0 && query.trim() === '';
  return whole && sort === 'position' && direction === 'ascending';
}

/** Message numbers by row; null for the whole file in its own order. */
export function arranged(
  arrangement: Arrangement,
  messages: Messages,
  question = questionOf(arrangement.query),
): Uint32Array | null {
  if (isFileOrder(arrangement)) return null;
  return atOnce(arrangedSteps(arrangement, messages, question)).numbers;
}

/** As `arranged`, in steps: of no use if one of the messages changes meanwhile. */
export function* arrangedSteps(
  arrangement: Arrangement,
  messages: Messages,
  question: Question,
): Steps<Arranged> {
  const isDescending = arrangement.direction === 'descending';
  const { view, narrowed = [] } = arrangement;
  if (view === 'all' && narrowed.length === 0 && isOfEvery(question)) {
    const all = yield* ordered(arrangement, messages);
    // The order itself is the envelopes'.
    return { numbers: isDescending ? all.slice().reverse() : all, unknown: 0 };
  }
  const range = { from: 0, to: messages.count };
  const { numbers: fitting, unknown } = yield* fittingIn(range, arrangement, messages, question);
  const numbers = yield* sorted(fitting, arrangement, messages);
  return { numbers: isDescending ? numbers.reverse() : numbers, unknown };
}

/** The messages of a range that fit, in the order of the file. */
function* fittingIn(
  range: Range,
  arrangement: Arrangement,
  messages: Messages,
  question: Question,
): Steps<Arranged> {
  const test = testOf(arrangement, messages);
  const verdicts = yield* evaluate(question.query, { ...messages, ...question }, range);
  const fitting = new Uint32Array(range.to - range.from);
  let found = 0;
  let unknown = 0;
  yield* inStretches(range.from, range.to, (from, to) => {
    for (let number = from; number < to; number++) {
      const verdict = verdicts[number - range.from] ?? NO;
      if (test && (verdict === NO || !test(messageNumber(number)))) continue;
      // Each is written, and stays if it fits: faster than to ask first what nobody can foresee.
      fitting[found] = number;
      found += verdict >> YES_BIT;
      unknown += verdict & MAYBE;
    }
  });
  return { numbers: fitting.slice(0, found), unknown };
}

/** Some messages, ascending by the column. @param numbers in the order of the file */
function* sorted(
  numbers: Uint32Array,
  arrangement: Arrangement,
  messages: Messages,
): Steps<Uint32Array> {
  const { sort } = arrangement;
  const { count, envelopes } = messages;
  if (sort === 'position') return numbers;
  if (sort === 'bytes') return yield* byBytes(numbers, messages);
  if (numbers.length < count * FEW_SHARE && !envelopes.hasOrder(sort, count)) {
    return yield* envelopes.someInOrder(sort, numbers);
  }
  const all = yield* envelopes.orderSteps(sort, count);
  // The order itself is the envelopes'.
  if (numbers.length === count) return all.slice();
  const isFitting = new Uint8Array(count);
  yield* inStretches(0, numbers.length, (from, to) => {
    for (let at = from; at < to; at++) isFitting[numbers[at] ?? 0] = 1;
  });
  // As above; one that does not fit may come behind the last.
  const inOrder = new Uint32Array(numbers.length + 1);
  let found = 0;
  yield* inStretches(0, count, (from, to) => {
    for (let at = from; at < to; at++) {
      const number = all[at] ?? 0;
      inOrder[found] = number;
      found += isFitting[number] ?? 0;
    }
  });
  return inOrder.subarray(0, found);
}

/**
 * A list of the first `count` messages, and behind them those that have come since, in the order of
 * the file.
 */
export function withRest(
  first: Arranged,
  count: number,
  arrangement: Arrangement,
  messages: Messages,
  question: Question,
): Arranged {
  if (messages.count === count) return first;
  const range = { from: count, to: messages.count };
  const rest = atOnce(fittingIn(range, arrangement, messages, question));
  const isDescending = arrangement.direction === 'descending';
  const parts = isDescending
    ? [rest.numbers.slice().reverse(), first.numbers]
    : [first.numbers, rest.numbers];
  const numbers = new Uint32Array(first.numbers.length + rest.numbers.length);
  let at = 0;
  for (const part of parts) {
    numbers.set(part, at);
    at += part.length;
  }
  return { numbers, unknown: first.unknown + rest.unknown };
}

/** Whether messages fit, for those from the first one asked on: for the few that arrive. */
export function fitsOf(
  arrangement: Arrangement,
  messages: Messages,
  question = questionOf(arrangement.query),
): Test {
  const test = testOf(arrangement, messages);
  if (isOfEvery(question)) return test ?? (() => true);
  let from = messages.count;
  let verdicts = new Uint8Array(0);
  return (number) => {
    if (number < from) {
      from = number;
      const range = { from, to: messages.count };
      verdicts = atOnce(evaluate(question.query, { ...messages, ...question }, range));
    }
    return verdicts[number - from] === YES && (test?.(number) ?? true);
  };
}
