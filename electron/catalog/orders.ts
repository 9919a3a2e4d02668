/**
 * The orders of an archive's messages by their envelopes, kept until those change. Imports its
 * neighbours.
 *
 * Dates are sorted by counting. Correspondents are sorted once each, and messages by the rank of
 * theirs. Only subjects have to be compared, message by message.
 */

import { shownEnd } from '../message/correspondents.ts';
import type { Stored } from './envelopes.ts';
import { numbersUpTo, orderByKey, orderByRank } from './ranked.ts';
import { SortKeys } from './sort-keys.ts';
import { KeyOrder } from './sorted.ts';
import { inStretches, type Steps } from '../../shared/steps.ts';
import { placeInBlock } from './texts.ts';

export type SortColumn = 'date' | 'from' | 'to' | 'subject';

/** Orders kept at the same time: a list shows one, and people go back to the one before. */
const KEPT_MAX = 2;

type Has = (number: number) => boolean;

interface Kept {
  readonly column: SortColumn;
  readonly count: number;
  readonly order: Uint32Array;
}

export class Orders {
  #kept: readonly Kept[] = [];
  #forgotten = 0;

  forget(): void {
    this.#forgotten += 1;
    if (this.#kept.length > 0) this.#kept = [];
  }

  has(column: SortColumn, count: number): boolean {
    return this.#kept.some((kept) => kept.column === column && kept.count === count);
  }

  /** Takes an order that was kept elsewhere. */
  keep(column: SortColumn, order: Uint32Array): void {
    this.#kept = [{ column, count: order.length, order }];
  }

  /** The numbers 0 to count - 1 in the order of a column; messages without an envelope last. */
  *of(column: SortColumn, count: number, stored: Stored, has: Has): Steps<Uint32Array> {
    const known = this.#kept.find((kept) => kept.column === column && kept.count === count);
    const forgotten = this.#forgotten;
    const order = known?.order ?? (yield* ordered(column, count, stored, has));
    // Envelopes have changed between two steps.
    if (forgotten !== this.#forgotten) return order;
    const others = this.#kept.filter((kept) => kept.column !== column);
    this.#kept = [{ column, count, order }, ...others].slice(0, KEPT_MAX);
    return order;
  }
}

function ordered(column: SortColumn, count: number, stored: Stored, has: Has): Steps<Uint32Array> {
  switch (column) {
    case 'date':
      return byDate(numbersUpTo(count), stored, has);
    case 'from':
    case 'to':
      return byPeople(stored[column], count, stored, has);
    case 'subject':
      return bySubject(numbersUpTo(count), stored, has);
  }
}

/**
 * Some messages in the order of a column, equal ones in that of the file; those without an envelope last.
 * @param numbers in the order of the file
 */
export function someInOrder(
  column: SortColumn,
  numbers: Uint32Array,
  stored: Stored,
  has: Has,
): Steps<Uint32Array> {
  switch (column) {
    case 'date':
      return byDate(numbers, stored, has);
    case 'from':
    case 'to':
      return someByPeople(stored[column], numbers, stored, has);
    case 'subject':
      return bySubject(numbers, stored, has);
  }
}

const UNDATED = Number.POSITIVE_INFINITY;
/** The longest time between two dates of mail, from the year 1900 to the year 10000, and more. */
const RANGE_MS = 2 ** 52;

function* byDate(numbers: Uint32Array, { dates }: Stored, has: Has): Steps<Uint32Array> {
  let first = UNDATED;
  for (const number of numbers) {
    const date = dates[number] ?? Number.NaN;
    if (date < first) first = date;
  }
  const keys = new Float64Array(numbers.length);
  yield* inStretches(0, numbers.length, (from, to) => {
    for (let at = from; at < to; at++) {
      const number = numbers[at] ?? 0;
      const since = Math.floor((dates[number] ?? Number.NaN) - first);
      if (!has(number)) keys[at] = RANGE_MS + 1;
      else keys[at] = since >= 0 && since < RANGE_MS ? since : RANGE_MS;
    }
  });
  return picked(numbers, yield* orderByKey(keys));
}

function* byPeople(
  column: Uint32Array,
  count: number,
  { people }: Stored,
  has: Has,
): Steps<Uint32Array> {
  // More may come between two steps.
  const { count: known, texts, places, bytes } = people;
  const keys = new SortKeys(known);
  yield* inStretches(0, known, (from, to) => {
    for (let person = from; person < to; person++) {
      const place = places[person] ?? 0;
      const at = placeInBlock(place);
      const block = texts.block(place) ?? NOTHING;
      keys.add(block, at, shownEnd(block, at, at + (bytes[person] ?? 0)), 'text');
    }
  });
  const { ranks, end } = (yield* KeyOrder.of(keys)).ranks();
  const ranksOf = new Uint32Array(count);
  yield* inStretches(0, count, (from, to) => {
    for (let number = from; number < to; number++) {
      ranksOf[number] = has(number) ? (ranks[column[number] ?? 0] ?? 0) : end;
    }
  });
  return yield* orderByRank(ranksOf, end + 1);
}

const NOTHING = new Uint8Array(0);

/** Of few messages not everybody has to be sorted. */
function* someByPeople(
  column: Uint32Array,
  numbers: Uint32Array,
  { people: { texts, places, bytes } }: Stored,
  has: Has,
): Steps<Uint32Array> {
  const keys = new SortKeys(numbers.length);
  yield* inStretches(0, numbers.length, (from, to) => {
    for (let index = from; index < to; index++) {
      const person = column[numbers[index] ?? 0] ?? 0;
      const place = places[person] ?? 0;
      const at = placeInBlock(place);
      const block = texts.block(place) ?? NOTHING;
      keys.add(block, at, shownEnd(block, at, at + (bytes[person] ?? 0)), 'text');
    }
  });
  return presentFirst(picked(numbers, (yield* KeyOrder.of(keys)).numbers), has);
}

function* bySubject(numbers: Uint32Array, stored: Stored, has: Has): Steps<Uint32Array> {
  const { subjects, places, subjectBytes } = stored;
  const keys = new SortKeys(numbers.length);
  yield* inStretches(0, numbers.length, (from, to) => {
    for (let index = from; index < to; index++) {
      const number = numbers[index] ?? 0;
      const place = places[number] ?? 0;
      const at = placeInBlock(place);
      keys.add(subjects.block(place) ?? NOTHING, at, at + (subjectBytes[number] ?? 0), 'subject');
    }
  });
  return presentFirst(picked(numbers, (yield* KeyOrder.of(keys)).numbers), has);
}

/** The numbers at these places. */
function picked(numbers: Uint32Array, places: Uint32Array): Uint32Array {
  return places.map((place) => numbers[place] ?? 0);
}

function presentFirst(order: Uint32Array, has: Has): Uint32Array {
  let absent = 0;
  for (const number of order) if (!has(number)) absent += 1;
  if (absent === 0) return order;
  const sorted = new Uint32Array(order.length);
  let present = 0;
  let behind = order.length - absent;
  for (const number of order) {
    if (has(number)) sorted[present++] = number;
    else sorted[behind++] = number;
  }
  return sorted;
}
