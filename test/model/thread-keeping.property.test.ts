/**
 * Goal: while messages come, go and get other numbers, threads hold every message once, and are in the
 * end those of the messages that are there. Method: any sequence of changes, beside threads made anew.
 */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Threading } from '../../electron/catalog/threading.ts';
import type { DrawnMessage } from '../support/naive-threads.ts';
import { envelopesOf, listed } from '../support/threaded-envelopes.ts';
import { addTo, DrawnSource } from '../support/threaded-view.ts';

const id = fc.nat(9).map((number) => `${number}@example.org`);
const drawn: fc.Arbitrary<DrawnMessage> = fc.record({
  id,
  references: fc.array(id, { maxLength: 3 }),
  subject: fc.constantFrom('Lunch', 'Re: Lunch'),
  date: fc.nat(9),
});
const change = fc.oneof(
  fc.record({ change: fc.constant('add' as const), message: drawn }),
  fc.record({ change: fc.constant('truncate' as const), to: fc.nat(12) }),
  fc.record({
    change: fc.constant('reorder' as const),
    picks: fc.array(fc.nat(20), { maxLength: 14 }),
  }),
);

function reorder(source: DrawnSource, picks: readonly number[]): void {
  const rest = Array.from({ length: source.count }, (_none, number) => number);
  const oldNumbers = picks.map((pick) => rest.splice(pick % (rest.length + 1), 1)[0] ?? -1);
  source.envelopes.reorder(Int32Array.from(oldNumbers));
  source.threads.renumber(Int32Array.from(oldNumbers));
}

test('whatever happens to the messages, threads are those of the messages that are there', () => {
  fc.assert(
    fc.property(
      fc.array(drawn, { maxLength: 12 }),
      fc.array(change, { maxLength: 8 }),
      fc.infiniteStream(fc.boolean()),
      (messages, changes, looks) => {
        const source = new DrawnSource(envelopesOf(messages));
        for (const one of changes) {
          if (one.change === 'add') addTo(source, one.message);
          else if (one.change === 'truncate') source.envelopes.truncate(one.to);
          else reorder(source, one.picks);
          if (looks.next().value) source.threads.now();
        }
        const expected = listed(Threading.of(source.envelopes, source.count));
        expect(listed(source.threads.now())).toEqual(expected);
      },
    ),
    { numRuns: 200 },
  );
});

const COUNT = 30_000;
const many = (): DrawnMessage[] =>
  Array.from({ length: COUNT }, (_none, at) => ({
    id: `${at}@x`,
    references: at % 3 === 0 ? [] : [`${at - 1}@x`],
    subject: `${at}`,
    date: at,
  }));

test('of very many, lists show each message at any moment, and are told when threads are there', async () => {
  const source = new DrawnSource(envelopesOf(many()));
  const { threads } = source;
  const made = new Promise<void>((resolve) => {
    threads.onMade = resolve;
  });
  expect(new Set(threads.now().order).size).toBe(COUNT);
  expect(Math.max(...threads.now().levels)).toBe(0);
  await made;
  expect(listed(threads.now())).toEqual(listed(Threading.of(source.envelopes, COUNT)));
  addTo(source, { id: 'new', references: ['1@x'], subject: 'new', date: COUNT });
  const meanwhile = threads.now();
  expect(meanwhile.order.at(-1)).toBe(COUNT);
  expect(new Set(meanwhile.order).size).toBe(COUNT + 1);
  await threads.ready();
  expect(listed(threads.now())).toEqual(listed(Threading.of(source.envelopes, COUNT + 1)));
});

test('numbers that change while threads are made make them begin again', async () => {
  const source = new DrawnSource(envelopesOf(many()));
  const { threads } = source;
  const ready = threads.ready();
  await new Promise((resolve) => setImmediate(resolve));
  const backwards = Int32Array.from({ length: COUNT }, (_none, at) => COUNT - 1 - at);
  source.envelopes.reorder(backwards);
  threads.renumber(backwards);
  await ready;
  expect(listed(threads.now())).toEqual(listed(Threading.of(source.envelopes, COUNT)));
});
