/**
 * Goal: threads are those of the published algorithm, whatever mail says of itself; no message is lost
 * or doubled. Method: beside a naive model with objects (`support/naive-threads.ts`), on noise full of
 * loops, copies and missing messages, and on true conversations beside the description word for word.
 */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Threading } from '../../electron/catalog/threading.ts';
import { type DrawnMessage, literal, ours } from '../support/naive-threads.ts';
import { envelopesOf, listed, threaded } from '../support/threaded-envelopes.ts';

const id = fc.nat(14).map((number) => `${number}@example.org`);
const subject = fc.constantFrom(
  '',
  'Lunch',
  'Re: Lunch',
  'RE[2]: lunch (fwd)',
  '[list] Lunch',
  'AW: [list] Re: Report',
  'Report',
  '[Fwd: Report]',
  'Re:',
);
const noise: fc.Arbitrary<DrawnMessage> = fc.record({
  id: fc.option(id, { freq: 12 }),
  references: fc.array(id, { maxLength: 5 }),
  subject,
  date: fc.option(fc.nat(8), { freq: 8 }),
});

test('threads are those of the naive model, whatever messages refer to', () => {
  fc.assert(
    fc.property(fc.array(noise, { maxLength: 24 }), (messages) => {
      expect(threaded(messages)).toEqual(ours(messages));
    }),
    { numRuns: 600 },
  );
});

test('every message has one place, and stands behind one that is a level above', () => {
  fc.assert(
    fc.property(fc.array(noise, { maxLength: 60 }), (messages) => {
      const rows = threaded(messages);
      const numbers = rows.map(([number]) => number).sort((one, other) => one - other);
      expect(numbers).toEqual([...messages.keys()]);
      let before = -1;
      for (const [, level] of rows) {
        expect(level).toBeGreaterThanOrEqual(0);
        expect(level).toBeLessThanOrEqual(before + 1);
        before = level;
      }
    }),
    { numRuns: 300 },
  );
});

test('threads do not depend on the order of the file', () => {
  const dated = fc.uniqueArray(noise, { selector: ({ date }) => date, maxLength: 20 });
  const many = dated.map((some) =>
    some.flatMap((one, at) => [one, { ...one, id: `${at + 3}@example.org`, date: 100 + at }]),
  );
  fc.assert(
    fc.property(many, fc.infiniteStream(fc.nat()), (messages, picks) => {
      const rest = messages.map((_, number) => number);
      const shuffled: number[] = [];
      for (const pick of picks) {
        if (rest.length === 0) break;
        shuffled.push(...rest.splice(pick % rest.length, 1));
      }
      const moved = shuffled.flatMap((number) => messages[number] ?? []);
      const rows = threaded(moved).map(([number, level]) => [shuffled[number] ?? -1, level]);
      expect(rows).toEqual(threaded(messages));
    }),
    { numRuns: 300 },
  );
});

/** Conversations as they were: each message answers one before it, or none. */
const conversations = fc
  .array(
    fc.record({
      answers: fc.option(fc.nat(1000), { freq: 4 }),
      told: fc.nat(6),
      isThere: fc.boolean(),
    }),
    { maxLength: 40 },
  )
  .map((drawn) => {
    const chains: (readonly string[])[] = [];
    const messages: DrawnMessage[] = [];
    for (const [at, { answers, told, isThere }] of drawn.entries()) {
      const before = answers === null || at === 0 ? [] : (chains[answers % at] ?? []);
      chains.push([...before, `${at}@example.org`]);
      const references = before.slice(-1 - told);
      if (!isThere) continue;
      messages.push({ id: `${at}@example.org`, references, subject: `${at}`, date: at });
    }
    return messages;
  });

test('of true conversations, word for word what is described, in whatever order they came', () => {
  fc.assert(
    fc.property(conversations, fc.boolean(), (messages, isReversed) => {
      const filed = isReversed ? [...messages].reverse() : messages;
      expect(threaded(filed)).toEqual(literal(filed));
    }),
    { numRuns: 300 },
  );
});

test('in steps, while others have their turn, as at once', () => {
  const messages: DrawnMessage[] = Array.from({ length: 30_000 }, (_none, at) => ({
    id: `${at}@x`,
    references: at % 3 === 0 ? [] : [`${Math.floor(at / 2)}@x`],
    subject: `${at % 100}`,
    date: at,
  }));
  const envelopes = envelopesOf(messages);
  let steps = 0;
  const threading = new Threading(envelopes, messages.length).steps();
  let step = threading.next();
  for (; !step.done; step = threading.next()) steps += 1;
  expect(steps).toBeGreaterThan(20);
  expect(listed(step.value)).toEqual(listed(Threading.of(envelopes, messages.length)));
});

test('nothing is done before the first step, and no step is as long as sorting all of them', () => {
  const count = 150_000;
  const envelopes = envelopesOf(
    Array.from({ length: count }, (_none, at) => ({
      id: `${at}@x`,
      references: at === 0 ? [] : [`${Math.floor(at / 2)}@x`],
      subject: '',
      date: (at * 7919) % count,
    })),
  );
  const threading = new Threading(envelopes, count);
  expect(envelopes.hasOrder('date', count)).toBe(false);
  const steps = threading.steps();
  steps.next();
  expect(envelopes.hasOrder('date', count)).toBe(false);
  let taken = 1;
  while (!envelopes.hasOrder('date', count)) {
    expect(steps.next().done).toBe(false);
    taken += 1;
  }
  expect(taken).toBeGreaterThan(3);
});

const COUNT = 100_000;
const ORDERS = {
  'oldest first': (at: number) => at,
  'newest first': (at: number) => -at,
  'in any order': (at: number) => (at * 7919) % COUNT,
};

test.each(Object.keys(ORDERS) as (keyof typeof ORDERS)[])(
  'a conversation of 100,000 answers is followed to its end, however it came: %s',
  (order) => {
    const messages = Array.from({ length: COUNT }, (_none, at) => ({
      id: `${at}@x`,
      references: at === 0 ? [] : [`${at - 1}@x`],
      subject: '',
      date: ORDERS[order](at),
    }));
    expect(threaded(messages).at(-1)).toEqual([COUNT - 1, COUNT - 1]);
  },
);

// If asking for loops meant to walk up, these would take minutes.
test('ids that go round and round take no longer', () => {
  const ring = Array.from({ length: COUNT }, (_none, at) => ({
    id: `${at}@x`,
    references: [`${(at + 1) % COUNT}@x`],
    subject: 'Re: x',
    date: (at * 7919) % COUNT,
  }));
  expect(threaded(ring).length).toBe(COUNT);
});

test('nor do very many branches that are brought to the end of a long one', () => {
  const half = COUNT / 2;
  const brush = Array.from({ length: COUNT }, (_none, at) => ({
    id: `${at}@x`,
    references: at < half ? [`${at - 1}@x`] : [`${half - 1}@x`, `to-come-${at}@x`],
    subject: '',
    date: at,
  }));
  expect(threaded(brush).length).toBe(COUNT);
});
