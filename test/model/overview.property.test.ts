/**
 * Goal: whatever comes, goes and moves, the overview and the groups count what is there.
 * Method: beside a naive count of a list of objects.
 */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Counting } from '../../electron/engine/listing/counting.ts';
import { Grouping } from '../../electron/engine/listing/grouping.ts';
import { testOf } from '../../electron/engine/listing/fitting.ts';
import { narrowingTest } from '../../electron/engine/listing/narrowing.ts';
import { groupsOf, overviewOf } from '../../electron/engine/listing/overview.ts';
import { folded } from '../../electron/catalog/folding.ts';
import { DELETED, DRAFT, READ, STARRED } from '../../electron/message/flags.ts';
import {
  type Group,
  GROUPINGS,
  type GroupsAsked,
  type Overview,
} from '../../shared/overview-contract.ts';
import { ATTACHMENT_KINDS } from '../../shared/attachment-kinds.ts';
import type { Narrowing } from '../../shared/narrowing.ts';
import { messageNumber } from '../../shared/units.ts';
import { type Drawn, DrawnEnvelopes, happening } from '../support/drawn-envelopes.ts';

const amount = (messages: readonly Drawn[]) => ({
  messages: messages.length,
  bytes: messages.reduce((sum, { bytes }) => sum + bytes, 0),
});

function groupsBy<Name>(
  messages: readonly Drawn[],
  nameOf: (message: Drawn) => Name,
): Map<Name, Drawn[]> {
  const groups = new Map<Name, Drawn[]>();
  for (const one of messages) groups.set(nameOf(one), [...(groups.get(nameOf(one)) ?? []), one]);
  return groups;
}

function monthOf(date: number): number {
  const start = new Date(date);
  start.setDate(1);
  start.setHours(0, 0, 0, 0);
  return start.getTime();
}

function naiveOverview(model: readonly Drawn[]): Overview {
  const dated = model.flatMap((one) => (one.date === null ? [] : [{ ...one, date: one.date }]));
  const months = groupsBy(dated, ({ date }) => monthOf(date ?? 0));
  const hours = groupsBy(dated, ({ date }) => {
    const moment = new Date(date ?? 0);
    return moment.getDay() * 24 + moment.getHours();
  });
  const having = (bit: number) => amount(model.filter(({ bits }) => (bits & bit) !== 0));
  return {
    all: amount(model),
    undated: amount(model.filter(({ date }) => date === null)),
    months: [...months]
      .map(([start, messages]) => ({ start, ...amount(messages) }))
      .sort((one, other) => one.start - other.start),
    hours: Array.from({ length: 168 }, (_none, hour) => amount(hours.get(hour) ?? [])),
    attachmentKinds: ATTACHMENT_KINDS.map((_kind, place) =>
      amount(model.filter(({ kinds }) => Math.floor(kinds / 2 ** place) % 2 === 1)),
    ),
    attachments: amount(model.filter(({ kinds }) => kinds > 0)),
    unread: amount(model.filter(({ bits }) => (bits & READ) === 0)),
    starred: having(STARRED),
    drafts: amount(
      model.filter(({ bits, labels }) => (bits & DRAFT) !== 0 || labels.includes('Entwürfe')),
    ),
    chats: amount(model.filter(({ labels }) => labels === 'Chat')),
    deleted: having(DELETED),
  };
}

const asked: fc.Arbitrary<GroupsAsked> = fc.record({
  by: fc.constantFrom(...GROUPINGS),
  sort: fc.constantFrom('messages' as const, 'bytes' as const, 'name' as const),
  filter: fc.constantFrom('', 'AN', 'öst', 'b', ' '),
  from: fc.nat(3),
  count: fc.integer({ min: 1, max: 4 }),
});

function naiveNames(by: GroupsAsked['by'], { from, list, labels }: Drawn): string[] {
  if (by === 'list') return list === '' ? [] : [list];
  if (by === 'label') return labels === '' ? [] : labels.split('\n');
  const [name = '', addresses = ''] = from.split('\0');
  return [(addresses.split(', ')[0] || name).toLowerCase()];
}

function naiveGroups(model: readonly Drawn[], by: GroupsAsked['by']): Omit<Group, 'label'>[] {
  const groups = new Map<string, Drawn[]>();
  for (const one of model) {
    for (const name of naiveNames(by, one)) groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  return [...groups].map(([text, messages]) => ({ text, ...amount(messages) }));
}

it('an overview counts what is there, whatever happened before', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 12 }), async (happenings) => {
      const source = new DrawnEnvelopes();
      const counting = new Counting(source);
      for (const what of happenings) {
        const { version } = counting;
        const before = await overviewOf(counting);
        source.happen(what);
        const now = await overviewOf(counting);
        expect(now).toEqual(naiveOverview(source.model));
        // Whoever keeps something made of counts can tell that they are others.
        if (JSON.stringify(now) !== JSON.stringify(before)) {
          expect(counting.version).not.toBe(version);
        }
      }
    }),
    { numRuns: 500 },
  );
});

it('groups are those of the messages, by size or name, page by page', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(happening, { maxLength: 6 }),
      fc.array(asked, { minLength: 1, maxLength: 3 }),
      async (happenings, pages) => {
        const source = new DrawnEnvelopes();
        const counting = new Counting(source);
        const grouping = new Grouping();
        for (const what of happenings) {
          source.happen(what);
          for (const page of pages) {
            const { total, groups } = await groupsOf(page, source, counting, grouping);
            const { groups: all } = await groupsOf(
              { ...page, from: 0, count: 500 },
              source,
              counting,
              grouping,
            );
            const unfiltered = { ...page, filter: '', from: 0, count: 500 };
            const whole = (await groupsOf(unfiltered, source, counting, grouping)).groups;
            const bare = whole.map(({ label: _label, ...group }) => group);
            expect(new Set(bare)).toEqual(new Set(naiveGroups(source.model, page.by)));
            const wanted = folded(page.filter.trim());
            const fitting = whole.filter(({ text, label }) =>
              [text, label].some((one) => folded(one).includes(wanted)),
            );
            expect(new Set(all)).toEqual(new Set(fitting));
            expect(total).toBe(fitting.length);
            expect(groups).toEqual(all.slice(page.from, page.from + page.count));
            const keys = all.map((one) =>
              page.sort === 'name' ? folded(one.label) : -one[page.sort],
            );
            const sorted = [...keys].sort((one, other) =>
              typeof one === 'string'
                ? Buffer.compare(Buffer.from(one), Buffer.from(`${other}`))
                : one - Number(other),
            );
            expect(keys).toEqual(sorted);
          }
        }
      },
    ),
    { numRuns: 300 },
  );
});

it('what a group, a month or an hour narrows a list to is what was counted of it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 6 }), async (happenings) => {
      const source = new DrawnEnvelopes();
      const counting = new Counting(source);
      const grouping = new Grouping();
      for (const what of happenings) source.happen(what);
      const narrowed = (...narrowings: Narrowing[]) => {
        const test = narrowingTest(narrowings, {
          envelopes: source.envelopes,
          copyOf: () => 'single',
        });
        return amount(source.model.filter((_message, number) => test?.(number)));
      };
      for (const by of GROUPINGS) {
        const all = { by, sort: 'name' as const, filter: '', from: 0, count: 500 };
        const { groups } = await groupsOf(all, source, counting, grouping);
        for (const { text, messages, bytes } of groups) {
          expect(narrowed({ by, text })).toEqual({ messages, bytes });
        }
      }
      const { months, hours, undated, attachmentKinds, ...views } = await overviewOf(counting);
      for (const [at, kind] of ATTACHMENT_KINDS.entries()) {
        expect(narrowed({ by: 'attachments', kind })).toEqual(attachmentKinds[at]);
      }
      for (const view of ['attachments', 'unread', 'starred', 'drafts', 'chats'] as const) {
        const arrangement = { view, sort: 'position', direction: 'ascending', query: '' } as const;
        const test = testOf(arrangement, {
          envelopes: source.envelopes,
          copyOf: () => 'single',
          isMarked: () => false,
        });
        const fitting = source.model.filter((_one, number) => test?.(messageNumber(number)));
        expect(amount(fitting)).toEqual(views[view]);
      }
      for (const [at, { start, ...counted }] of months.entries()) {
        const to = months[at + 1]?.start ?? Number.MAX_SAFE_INTEGER;
        expect(narrowed({ by: 'dates', from: start, to })).toEqual(counted);
      }
      for (const [hour, counted] of hours.entries()) {
        const times = { weekday: Math.floor(hour / 24), hour: hour % 24 };
        expect(narrowed({ by: 'times', ...times })).toEqual(counted);
      }
      expect(narrowed({ by: 'undated' })).toEqual(undated);
    }),
    { numRuns: 100 },
  );
});
