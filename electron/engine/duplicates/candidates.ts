/**
 * Which messages may be copies of each other, from their envelopes alone, so that only those have to be
 * read: by the id, and where less will do by sender, date and subject. Imports the catalog.
 */

import type { Envelopes } from '../../catalog/envelopes.ts';
import { IdTable } from '../../catalog/id-table.ts';
import { inStretches, STEP_ITEMS, type Steps } from '../../../shared/steps.ts';
import type { DuplicatesHow } from '../../../shared/duplicates-contract.ts';

/** So many ids are a step: each lies somewhere else in memory that is new. */
const STEP_IDS = 1 << 10;

/** For each message the first one of those that it may be a copy of; itself if there is none before it. */
export function* candidates(
  how: DuplicatesHow,
  envelopes: Envelopes,
  count: number,
): Steps<Uint32Array> {
  const firsts = new Uint32Array(count);
  for (let number = 0; number < count; number++) firsts[number] = number;
  yield;
  yield* joinById(firsts, envelopes);
  if (how === 'loose') yield* joinByEnvelope(firsts, envelopes);
  yield* inStretches(0, count, (from, to) => {
    for (let number = from; number < to; number++) firsts[number] = firstOf(firsts, number);
  });
  return firsts;
}

function* joinById(firsts: Uint32Array, { links }: Envelopes): Steps<void> {
  const ids = new IdTable(firsts.length);
  for (let number = 0; number < firsts.length; number++) {
    if (number % STEP_IDS === 0) yield;
    if (links.count(number) === 0) continue;
    const [block, start] = [links.block(number), links.start(number)];
    const [low, high] = [block[start] ?? 0, block[start + 1] ?? 0];
    // A message without an id of its own.
    if (low === 0 && high === 0) continue;
    join(firsts, ids.numberOf(low, high, number), number);
  }
}

/** Joins those of the same sender, date and subject; one without a date is like no other. */
function* joinByEnvelope(firsts: Uint32Array, envelopes: Envelopes): Steps<void> {
  const order = yield* envelopes.orderSteps('date', firsts.length);
  let known = new Map<string, number>();
  let moment: number | null = null;
  for (let at = 0; at < order.length; at++) {
    if (at % STEP_ITEMS === STEP_ITEMS - 1) yield;
    const number = order[at] ?? 0;
    const date = envelopes.date(number);
    if (date === null) continue;
    if (date !== moment) {
      moment = date;
      const next = at + 1 < order.length ? envelopes.date(order[at + 1] ?? 0) : null;
      // Nearly every message has a moment of its own: nothing needs to be looked up.
      if (next !== date) continue;
      known = new Map();
    }
    const name = `${envelopes.from(number)}\n${envelopes.subject(number)}`;
    const first = known.get(name);
    if (first === undefined) known.set(name, number);
    else join(firsts, first, number);
  }
}

/** The first of all that a message is joined with; the way there becomes shorter. */
function firstOf(firsts: Uint32Array, number: number): number {
  let at = number;
  for (let first = firsts[at] ?? at; first !== at; first = firsts[at] ?? at) {
    const before = firsts[first] ?? first;
    firsts[at] = before;
    at = before;
  }
  return at;
}

function join(firsts: Uint32Array, one: number, other: number): void {
  const [first, second] = [firstOf(firsts, one), firstOf(firsts, other)];
  firsts[Math.max(first, second)] = Math.min(first, second);
}
