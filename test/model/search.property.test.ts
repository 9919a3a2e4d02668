/**
 * Goal: a query finds what a slow, obviously right look at each message finds, whatever is sorted how;
 * and what nobody knows yet is never listed, not even by excluding it. Method: queries drawn from the
 * words of drawn messages, beside an interpreter over plain objects.
 */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Envelopes } from '../../electron/catalog/envelopes.ts';
import { parse } from '../../electron/catalog/query/parse.ts';
import { arranged, arrangedSteps, type Messages } from '../../electron/engine/listing/arranging.ts';
import { Questions } from '../../electron/engine/listing/question.ts';
import { atOnce } from '../../shared/steps.ts';
import type { Arrangement } from '../../shared/row.ts';
import { COLUMNS } from '../../shared/row.ts';
import { type NaiveMessage, naiveTexts, naiveVerdict } from '../support/naive-search.ts';
import { plainEnvelope } from '../support/plain-envelope.ts';

const WORDS = [
  'boat',
  'Boatyard',
  'ferry',
  'FÄHRE',
  'fahre',
  '東京',
  '京都',
  'a',
  'x-y',
  'report 17',
];
const word = fc.constantFrom(...WORDS);
const words = fc.array(word, { maxLength: 4 }).map((some) => some.join(' '));
const people = fc.constantFrom('', 'Anna\0anna@boat.example', 'Bo Ferry', 'a@example.org');

const message: fc.Arbitrary<NaiveMessage> = fc.record({
  from: people,
  to: people,
  cc: people,
  list: fc.constantFrom('', 'boat.example.org', 'ferry.example.org'),
  labels: fc.subarray(['Work', 'Boat trips', 'Später', 'Brouillons']),
  subject: words,
  date: fc.option(fc.integer({ min: 2000, max: 2006 }).map((year) => Date.UTC(year, 5, 15, 12))),
  flags: fc.nat(31),
  attachment: fc.boolean(),
  bytes: fc.nat(3000),
  isMarked: fc.boolean(),
  text: fc.option(words, { freq: 4 }),
  files: fc.subarray(['report.pdf', 'boat.png']),
  isRead: fc.boolean(),
});

const term = fc.oneof(
  { arbitrary: word.map((one) => `"${one}"`), weight: 3 },
  { arbitrary: fc.constantFrom('boat', 'ferr', 'fahre', '東', '京', 'repo', 'a'), weight: 4 },
  fc
    .tuple(
      fc.constantFrom('from', 'to', 'cc', 'subject', 'body', 'file'),
      fc.constantFrom('boat', 'anna', 'ferry', 'a', 'FÄ'),
    )
    .map(([where, what]) => `${where}:${what}`),
  fc.constantFrom(
    'label:work',
    'label:"boat"',
    'label:spat',
    'list:boat',
    'list:boat@example.org',
    'type:pdf',
    'type:image',
    'has:attachment',
    'has:label',
    'has:date',
    'has:list',
    'is:unread',
    'is:starred',
    'is:draft',
    'is:marked',
    'is:deleted',
    'before:2003',
    'after:2003-06',
    'on:2004',
    'on:2004-06-15',
    'larger:1k',
    'smaller:500',
    'after:2y',
    'nonsense:1',
    'is:',
  ),
);
const query: fc.Arbitrary<string> = fc.letrec<{ one: string }>((tie) => ({
  one: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    term,
    tie('one').map((inner) => `-(${inner})`),
    fc.tuple(tie('one'), tie('one')).map(([left, right]) => `(${left} ${right})`),
    fc.tuple(tie('one'), tie('one')).map(([left, right]) => `(${left} OR ${right})`),
  ),
})).one;

function messagesOf(all: readonly NaiveMessage[]): Messages {
  const envelopes = new Envelopes();
  for (const [number, { isRead, labels, attachment, ...said }] of all.entries()) {
    const { from, to, cc, list, subject, date, flags } = said;
    const envelope = plainEnvelope({ from, to, cc, list, subject, date, flags });
    if (isRead)
      envelopes.set(number, { ...envelope, labels: labels.join('\n') }, Number(attachment));
  }
  return {
    count: all.length,
    envelopes,
    bytesOf: (number) => all[number]?.bytes ?? 0,
    isMarked: (number) => all[number]?.isMarked ?? false,
    copyOf: () => 'single',
  };
}

const how = { view: 'all', sort: 'position', direction: 'ascending' } as const;

it('finds what a look at each message finds', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(message, { maxLength: 12 }),
      fc.array(query, { minLength: 1, maxLength: 4 }),
      async (all, queries) => {
        const messages = messagesOf(all);
        const questions = new Questions();
        questions.texts = naiveTexts(all);
        // One after the other: what is remembered of one must be true of the next.
        for (const text of queries) {
          const question = await questions.asked(text, () => true);
          if (!question) throw new Error('it is wanted');
          const { numbers, unknown } = atOnce(
            arrangedSteps({ ...how, query: text }, messages, question),
          );
          const verdicts = all.map((one) => naiveVerdict(parse(text).query, one, question.now));
          expect([...numbers], text).toEqual(
            verdicts.flatMap((fits, at) => (fits === 'yes' ? [at] : [])),
          );
          expect(unknown, text).toBe(verdicts.filter((fits) => fits === 'unknown').length);
        }
      },
    ),
    { numRuns: 1500 },
  );
});

it('is in the order that the whole list has, however few are found', () => {
  fc.assert(
    fc.property(
      fc.array(message, { maxLength: 30 }),
      query,
      fc.constantFrom(...COLUMNS),
      fc.constantFrom('ascending' as const, 'descending' as const),
      (all, text, sort, direction) => {
        const messages = messagesOf(all);
        const arrangement: Arrangement = { view: 'all', sort, direction, query: text };
        const found = [...(arranged(arrangement, messages) ?? all.keys())];
        const fitting = new Set(found);
        const whole = [...(arranged({ ...arrangement, query: '' }, messages) ?? all.keys())];
        expect(found).toEqual(whole.filter((number) => fitting.has(number)));
      },
    ),
  );
});
