/**
 * Goal: a list into which arrivals were inserted is the list that is arranged anew.
 */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Changes } from '../../../electron/catalog/changes.ts';
import { Envelopes } from '../../../electron/catalog/envelopes.ts';
import { arranged, type Messages } from '../../../electron/engine/listing/arranging.ts';
import { comparingOf } from '../../../electron/engine/listing/comparing.ts';
import { withArrivals } from '../../../electron/engine/listing/inserting.ts';
import type { Narrowing } from '../../../shared/narrowing.ts';
import { COLUMNS, VIEWS } from '../../../shared/row.ts';

const text = fc.oneof(
  fc.constantFrom('', 'Ann', 'ann', 'Änn', 'Re: ann', 'Zoë <z@example.org>', 'AW: Re: Straße'),
  fc.string({ maxLength: 12, unit: 'grapheme' }),
);
const message = fc.record({
  envelope: fc.option(
    fc.record({
      from: text,
      to: text,
      cc: text,
      list: text,
      labels: text,
      subject: text,
      date: fc.option(fc.integer({ min: -1e12, max: 2e12 }).map((date) => date - (date % 1e10))),
      flags: fc.nat(0x1f),
      multipart: fc.boolean(),
      links: fc.constant(new Uint32Array(0)),
    }),
    { freq: 9 },
  ),
  bytes: fc.nat(5),
});
const narrowing = fc.oneof(
  fc.record({
    by: fc.constantFrom('sender' as const, 'list' as const, 'label' as const),
    text: text.map((name) => name.toLowerCase()),
  }),
  fc
    .tuple(fc.integer({ min: -1e12, max: 2e12 }), fc.nat(1e12))
    .map(([from, length]): Narrowing => ({ by: 'dates', from, to: from + length })),
  fc.constant<Narrowing>({ by: 'undated' }),
  fc.record({
    by: fc.constant('times' as const),
    weekday: fc.option(fc.nat(6)),
    hour: fc.option(fc.nat(23)),
  }),
);
const arrangement = fc.record({
  view: fc.constantFrom(...VIEWS),
  sort: fc.constantFrom(...COLUMNS),
  direction: fc.constantFrom('ascending' as const, 'descending' as const),
  query: fc.constantFrom('', 'ann', 'z e'),
  narrowed: fc.array(narrowing, { maxLength: 1 }),
});

it('arrivals stand where they would stand if all were arranged anew', () => {
  fc.assert(
    fc.property(
      fc.array(message, { maxLength: 25 }),
      fc.array(message, { maxLength: 6 }),
      fc.nat(3),
      arrangement,
      (first, arrivals, again, how) => {
        const all = [...first, ...arrivals];
        const envelopes = new Envelopes();
        const keep = (from: number, to: number): void => {
          for (let number = from; number < to; number++) {
            const envelope = all[number]?.envelope;
            if (envelope) envelopes.set(number, envelope, number % 3);
          }
        };
        const messages = (count: number): Messages => ({
          count,
          envelopes,
          bytesOf: (number) => all[number]?.bytes ?? 0,
          isMarked: (number) => number % 2 === 0,
          copyOf: () => 'single',
        });
        keep(0, first.length);
        const file = Uint32Array.from(first.keys());
        const before = arranged(how, messages(first.length)) ?? file;
        // The last ones before may have become others.
        const from = Math.max(0, first.length - again);
        envelopes.truncate(from);
        keep(from, all.length);
        const now = messages(all.length);
        const expected = arranged(how, now) ?? Uint32Array.from(all.keys());
        const counts = { from, countBefore: first.length, count: all.length };
        const inserted = withArrivals(before, counts, comparingOf(how, now));
        expect([...inserted]).toEqual([...expected]);
      },
    ),
    { numRuns: 2000 },
  );
});

it('changes are told from the first message that one concerned since', () => {
  const changes = new Changes();
  const start = changes.revision;
  expect(changes.since(start)).toBe(Number.POSITIVE_INFINITY);
  changes.note(7);
  changes.note(9);
  expect(changes.since(start)).toBe(7);
  const then = changes.revision;
  changes.note(8);
  expect(changes.since(then)).toBe(8);
  expect(changes.since(start)).toBe(7);
  for (let at = 0; at < 1000; at++) {
    changes.note(50);
    expect(changes.since(changes.revision)).toBe(Number.POSITIVE_INFINITY);
  }
  // So long ago that nobody knows any more.
  expect(changes.since(start)).toBe(0);
});
