/**
 * Goal: a list of any size is sorted and searched as a person expects, and every message keeps its
 * own envelope whatever happens to the numbers. Method: beside a naive model, an array of objects.
 */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Envelopes, type SortColumn } from '../../../electron/catalog/envelopes.ts';
import { TakenBatch } from '../../../electron/catalog/taken-batch.ts';
import { BatchWriter } from '../../../electron/message/batch-writer.ts';
import type { EnvelopeBatch } from '../../../electron/message/envelope-batch.ts';
import { bareSubject, folded } from '../../../electron/catalog/folding.ts';
import { shownOf } from '../../../electron/message/correspondents.ts';
import { evaluate } from '../../../electron/catalog/query/evaluate.ts';
import { parse } from '../../../electron/catalog/query/parse.ts';
import { YES } from '../../../electron/catalog/query/verdicts.ts';
import { atOnce } from '../../../shared/steps.ts';
import type { Envelope } from '../../../electron/message/envelope.ts';
import { labelsOf } from '../../../electron/message/lists-and-labels.ts';
import { plainEnvelope } from '../../support/plain-envelope.ts';

interface Known {
  readonly envelope: Envelope;
  readonly kinds: number;
}

const text = fc.oneof(
  fc.constantFrom(
    '',
    'Re: alpha',
    'alpha',
    'Älpha',
    'ALPHA beta',
    'AW: Re[2]: beta',
    'alph',
    '日本',
    'Alpha\0a@example.org',
    'alpha\0b@example.org',
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);
const known: fc.Arbitrary<Known> = fc.record({
  envelope: fc.record({
    from: text,
    to: text,
    cc: text,
    list: text,
    labels: text,
    subject: text,
    date: fc.option(fc.constantFrom(0, 1, 1000, -5_000_000, 1.7e12, 1.7e12 + 1), { nil: null }),
    flags: fc.nat(31),
    multipart: fc.boolean(),
    links: fc
      .array(fc.nat(0xffff_ffff), { maxLength: 8 })
      .map((words) => Uint32Array.from(words.slice(words.length % 2))),
  }),
  kinds: fc.nat(255),
});
const models = fc.array(fc.option(known, { nil: undefined, freq: 5 }), { maxLength: 40 });

function kept(model: readonly (Known | undefined)[]): Envelopes {
  const envelopes = new Envelopes();
  model.forEach((each, number) => {
    if (each) envelopes.set(number, each.envelope, each.kinds);
  });
  return envelopes;
}

function linksOf({ links }: Envelopes, number: number): number[] {
  const start = links.start(number);
  return [...links.block(number).subarray(start, start + links.count(number) * 2)];
}

function expectSame(envelopes: Envelopes, model: readonly (Known | undefined)[]): void {
  model.forEach((each, number) => {
    expect(envelopes.has(number)).toBe(each !== undefined);
    expect(envelopes.from(number)).toBe(shownOf(each?.envelope.from ?? ''));
    expect(envelopes.to(number)).toBe(shownOf(each?.envelope.to ?? ''));
    expect(envelopes.recurring('cc', number)).toBe(each?.envelope.cc ?? '');
    expect(envelopes.recurring('list', number)).toBe(each?.envelope.list ?? '');
    expect(envelopes.labels(number)).toEqual(labelsOf(each?.envelope.labels ?? ''));
    expect(envelopes.subject(number)).toBe(each?.envelope.subject ?? '');
    expect(envelopes.date(number)).toBe(each?.envelope.date ?? null);
    expect(envelopes.flags(number)).toBe(each?.envelope.flags ?? 0);
    expect(envelopes.stored.kinds[number] ?? 0).toBe(each?.kinds ?? 0);
    expect(linksOf(envelopes, number)).toEqual([...(each?.envelope.links ?? [])]);
  });
  expect(envelopes.has(model.length)).toBe(false);
}

test('every message has its own envelope, also after other numbers and a truncation', () => {
  fc.assert(
    fc.property(models, fc.infiniteStream(fc.nat()), fc.nat(40), (model, picks, cut) => {
      const envelopes = kept(model);
      expectSame(envelopes, model);
      const rest = model.map((_, number) => number);
      const oldNumbers: number[] = [];
      for (const pick of picks) {
        if (rest.length === 0) break;
        const [old = -1] = rest.splice(pick % rest.length, 1);
        if (pick % 3 !== 0) oldNumbers.push(pick % 7 === 0 ? -1 : old);
      }
      envelopes.reorder(Int32Array.from(oldNumbers));
      const after = oldNumbers.map((old) => (old < 0 ? undefined : model[old]));
      expectSame(envelopes, after);
      envelopes.truncate(cut);
      expectSame(envelopes, after.slice(0, cut));
    }),
  );
});

/** As a thread decodes them. */
function batchOf(model: readonly Known[]): EnvelopeBatch {
  const writer = new BatchWriter(1);
  const numbers = new Map<string, number>();
  const person = (text: string): number => {
    const bytes = Buffer.from(text);
    const number = numbers.get(text) ?? writer.person(bytes, 0, bytes.length);
    numbers.set(text, number);
    return number;
  };
  for (const { envelope, kinds } of model) {
    writer.subject(envelope.subject);
    writer.links(envelope.links, envelope.links.length / 2);
    const [from, to, cc] = [person(envelope.from), person(envelope.to), person(envelope.cc)];
    const recurring = {
      from,
      to,
      cc,
      list: person(envelope.list),
      labels: person(envelope.labels),
    };
    writer.message(envelope.date ?? Number.NaN, envelope.flags, kinds, recurring);
  }
  return writer.done();
}

test('a batch that is taken over in pieces is as it was', () => {
  const pieces = fc.array(fc.array(known, { maxLength: 20 }), { maxLength: 5 });
  fc.assert(
    fc.property(models, pieces, (before, all) => {
      const envelopes = kept(before);
      const batch = new TakenBatch(batchOf(all.flat()));
      const model = [...before];
      for (const piece of all) {
        envelopes.adoptNext(model.length, batch, piece.length);
        model.push(...piece);
      }
      expectSame(envelopes, model);
    }),
  );
});

test('between two pieces of a batch correspondents may be packed anew', () => {
  const letter = (from: string): Known => ({
    envelope: plainEnvelope({ from, cc: 'Cy' }),
    kinds: 0,
  });
  const all = ['Ann', 'Bo', 'Ann'].map(letter);
  const batch = new TakenBatch(batchOf(all));
  const envelopes = new Envelopes();
  envelopes.adoptNext(0, batch, 2);
  const { people } = envelopes.stored;
  // Written over again and again, so that nearly none is of a message any more.
  for (let number = 0; envelopes.stored.people === people; number++) {
    envelopes.set(3, plainEnvelope({ from: `somebody ${number}` }), 0);
  }
  envelopes.adoptNext(2, batch, 1);
  const shown = [0, 1, 2].map((at) => [envelopes.from(at), envelopes.recurring('cc', at)]);
  expect(shown).toEqual([
    ['Ann', 'Cy'],
    ['Bo', 'Cy'],
    ['Ann', 'Cy'],
  ]);
});

function compare(column: SortColumn, left: Known | undefined, right: Known | undefined): number {
  if (!left || !right) return Number(!left) - Number(!right);
  if (column === 'date') {
    const late = Number.POSITIVE_INFINITY;
    const [one, two] = [left.envelope.date ?? late, right.envelope.date ?? late];
    return one === two ? 0 : one - two;
  }
  const key = ({ envelope }: Known): Buffer => {
    const shown = column === 'subject' ? bareSubject(envelope.subject) : shownOf(envelope[column]);
    return Buffer.from(folded(shown).replaceAll('\0', ''));
  };
  return Buffer.compare(key(left), key(right));
}

test('the order is that of a stable sort', () => {
  fc.assert(
    fc.property(
      models,
      fc.constantFrom<SortColumn>('date', 'from', 'to', 'subject'),
      (model, column) => {
        const sorted = model
          .map((each, number) => ({ each, number }))
          .sort((left, right) => compare(column, left.each, right.each))
          .map(({ number }) => number);
        expect([...kept(model).order(column, model.length)]).toEqual(sorted);
      },
    ),
  );
});

test('Re:, case and accents do not count in the order', () => {
  const envelopes = new Envelopes();
  for (const [number, subject] of ['zebra', 'Re: Äpfel', 'birne', 'AW: Fwd: apfel'].entries()) {
    envelopes.set(number, plainEnvelope({ subject }), 0);
  }
  expect([...envelopes.order('subject', 4)]).toEqual([1, 3, 2, 0]);
});

/** What a query finds, in the order of the file. */
function arrangedBy(query: string, envelopes: Envelopes, count: number): number[] {
  const asked = {
    envelopes,
    bytesOf: () => 0,
    isMarked: () => false,
    now: 0,
    answers: () => null,
    memory: null,
  };
  const verdicts = atOnce(evaluate(parse(query).query, asked, { from: 0, to: count }));
  return [...verdicts].flatMap((verdict, number) => (verdict === YES ? [number] : []));
}

test('two hundred thousand messages are sorted in about a second', () => {
  const count = 200_000;
  const envelopes = new Envelopes();
  for (let number = 0; number < count; number++) {
    const subject = `Re: [list] subject number ${(number * 7919) % count}`;
    const from = `person ${number % 1000}`;
    const date = ((number * 7919) % count) * 1000;
    envelopes.set(number, plainEnvelope({ from, subject, date }), 0);
  }
  const before = performance.now();
  for (const column of ['date', 'from', 'subject'] as const) {
    envelopes.order(column, count);
  }
  expect(performance.now() - before).toBeLessThan(5000);
});

test('columns as bytes come back as the same envelopes, and can be changed', () => {
  fc.assert(
    fc.property(fc.array(known, { maxLength: 40 }), known, fc.nat(7), (model, more, shift) => {
      const columns = new Map<string, Uint8Array>();
      for (const [name, bytes] of kept(model).columns()) {
        // On memory of their own, not all of it where numbers may stand.
        columns.set(name, new Uint8Array(bytes.length + shift).subarray(shift));
        columns.get(name)?.set(bytes);
      }
      const envelopes = Envelopes.restored(columns, model.length);
      if (!envelopes) throw new Error('they fit together');
      expectSame(envelopes, model);
      envelopes.set(model.length, more.envelope, more.kinds);
      expectSame(envelopes, [...model, more]);
      expect([...envelopes.order('from', model.length)]).toEqual([
        ...kept(model).order('from', model.length),
      ]);
    }),
  );
});

test('columns that do not fit together, or hold anything, do no harm', () => {
  const bytes = fc.uint8Array({ maxLength: 64 });
  fc.assert(
    fc.property(
      fc.array(known, { minLength: 1, maxLength: 10 }),
      fc.nat(11),
      fc.option(bytes),
      fc.nat(255),
      (model, victim, other, noise) => {
        const columns = new Map(kept(model).columns());
        const name = [...columns.keys()][victim % columns.size] ?? '';
        const was = columns.get(name) ?? new Uint8Array(0);
        columns.set(name, other ?? was.map((byte) => (byte * 31 + noise) & 0xff));
        const envelopes = Envelopes.restored(columns, model.length);
        if (!envelopes) return;
        for (let number = 0; number <= model.length; number++) {
          expect(typeof envelopes.from(number)).toBe('string');
          expect(typeof envelopes.subject(number)).toBe('string');
        }
        for (const column of ['date', 'from', 'to', 'subject'] as const) {
          const order = [...envelopes.order(column, model.length)].sort((one, two) => one - two);
          expect(order).toEqual(model.map((_, number) => number));
        }
        for (const query of ['a', '-label:a list:a id:a', 'cc:a has:label']) {
          const found = arrangedBy(query, envelopes, model.length);
          expect(found.every((number) => number < model.length)).toBe(true);
        }
        envelopes.set(0, model[0]?.envelope ?? never(), 0);
        expect(envelopes.subject(0)).toBe(model[0]?.envelope.subject);
      },
    ),
  );
});

function never(): never {
  throw new Error('there is one');
}
