/**
 * Goal: a list by threads shows each message that fits once, below what it answers, in the order asked
 * for; collapsing hides what is below and nothing else; whatever is shown of a thread is true. Method:
 * beside a naive tree of objects made from the naive threads.
 */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { View } from '../../electron/engine/listing/view.ts';
import { COLUMNS, type Arrangement } from '../../shared/row.ts';
import { type MessageNumber, messageNumber } from '../../shared/units.ts';
import { type DrawnMessage, ours, type Threaded } from '../support/naive-threads.ts';
import { envelopesOf } from '../support/threaded-envelopes.ts';
import { addTo, DrawnSource } from '../support/threaded-view.ts';

interface Node {
  readonly number: number;
  readonly parent: Node | null;
  readonly children: Node[];
}

const id = fc.nat(12).map((number) => `${number}@example.org`);
const drawn: fc.Arbitrary<DrawnMessage> = fc.record({
  id: fc.option(id, { freq: 12 }),
  references: fc.array(id, { maxLength: 4 }),
  subject: fc.constantFrom('Lunch', 'Re: Lunch', 'Report', 'Re: Report', ''),
  date: fc.option(fc.nat(30), { freq: 8 }),
});
const arrangement: fc.Arbitrary<Arrangement> = fc.record({
  view: fc.constantFrom('all' as const, 'marked' as const),
  sort: fc.constantFrom(...COLUMNS),
  direction: fc.constantFrom('ascending' as const, 'descending' as const),
  query: fc.constantFrom('', '', 'lunch', 'no such thing'),
  threads: fc.constant('on' as const),
});

/** The tree of those that fit: below the next one above that fits, else below the first that does. */
function trees(rows: Threaded, fits: (number: number) => boolean): Node[] {
  const roots: Node[] = [];
  let branch: (Node | null)[] = [];
  let head: Node | null = null;
  for (const [number, level] of rows) {
    if (level === 0) head = null;
    branch = branch.slice(0, level);
    const above: Node | null = branch.findLast((one) => one !== null) ?? head;
    if (!fits(number)) {
      branch[level] = null;
      continue;
    }
    const node: Node = { number, parent: above, children: [] };
    if (above) above.children.push(node);
    else roots.push(node);
    head ??= node;
    branch[level] = node;
  }
  return roots;
}

const below = (node: Node): Node[] => node.children.flatMap((child) => [child, ...below(child)]);

function sortedTrees(roots: readonly Node[], how: Arrangement, source: DrawnSource): Node[] {
  const flat = source.arranged({ ...how, view: 'all', query: '', direction: 'ascending' });
  const rank = (number: number): number => flat?.indexOf(number) ?? number;
  const late = 1000;
  const key = (root: Node): number => {
    if (how.sort !== 'date') return rank(root.number);
    const all = [root, ...below(root)].map((node) => node.number);
    const dated = all.filter((number) => source.envelopes.date(number) !== null);
    return dated.length > 0 ? Math.max(...dated.map(rank)) : late + Math.min(...all.map(rank));
  };
  const sorted = [...roots].sort((one, other) => key(one) - key(other));
  return how.direction === 'descending' ? sorted.reverse() : sorted;
}

const shown = (roots: readonly Node[], collapsed: ReadonlySet<number>): Node[] =>
  roots.flatMap((root) => [
    root,
    ...(collapsed.has(root.number) ? [] : shown(root.children, collapsed)),
  ]);

function expectShown(view: View, roots: readonly Node[], collapsed: ReadonlySet<number>): void {
  const rows = shown(roots, collapsed);
  expect(Array.from({ length: view.rows }, (_none, row) => view.messageAt(row))).toEqual(
    rows.map(({ number }) => number),
  );
  for (const [row, node] of rows.entries()) {
    const hidden = collapsed.has(node.number) ? below(node) : [];
    const siblings = node.parent ? node.parent.children : roots;
    let top = node;
    while (top.parent) top = top.parent;
    const open = node.children.length > 0 ? 'expanded' : 'leaf';
    let level = 1;
    for (let at = node.parent; at; at = at.parent) level += 1;
    expect(view.threadPlace(row)).toEqual({
      level,
      place: siblings.indexOf(node) + 1,
      of: siblings.length,
      up: node.parent ? row - rows.indexOf(node.parent) : 0,
      below: below(node).length,
      state: hidden.length > 0 ? 'collapsed' : open,
      hidden: {
        messages: hidden.length,
        unread: hidden.filter(({ number }) => number % 2 === 0).length,
        marked: hidden.filter(({ number }) => number % 3 === 0).length,
      },
      size: below(top).length + 1,
    });
  }
}

const pickedFolds = fc.array(
  fc.record({
    fold: fc.constantFrom('collapse' as const, 'expand' as const, 'reveal' as const),
    reach: fc.constantFrom(
      'message' as const,
      'message' as const,
      'thread' as const,
      'list' as const,
    ),
    pick: fc.nat(30),
  }),
  { maxLength: 6 },
);

test('a list by threads is the naive tree, arranged, filtered, collapsed and expanded', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(drawn, { minLength: 1, maxLength: 20 }),
      arrangement,
      pickedFolds,
      async (messages, how, folds) => {
        const source = new DrawnSource(envelopesOf(messages));
        const view = new View(source);
        await view.arrange(how);
        const fits = (number: number): boolean =>
          (how.view === 'all' || number % 3 === 0) &&
          (how.query === '' || (messages[number]?.subject.toLowerCase() ?? '').includes(how.query));
        const roots = sortedTrees(trees(ours(messages), fits), how, source);
        const all = roots.flatMap((root) => [root, ...below(root)]);
        const collapsed = new Set<number>();
        expectShown(view, roots, collapsed);
        for (const { fold, reach, pick } of folds) {
          const node = all[pick % Math.max(1, all.length)];
          if (!node) return;
          const meant = whatIsMeant(node, all, fold, reach);
          for (const one of meant) {
            if (fold === 'collapse' && one.children.length > 0) collapsed.add(one.number);
            else collapsed.delete(one.number);
          }
          foldIn(view, node, fold, reach);
          expectShown(view, roots, collapsed);
        }
        expect(view.listed()).toEqual(all.map(({ number }) => number));
      },
    ),
    { numRuns: 400 },
  );
});

function whatIsMeant(
  node: Node,
  all: readonly Node[],
  fold: string,
  reach: 'message' | 'thread' | 'list',
): readonly Node[] {
  if (fold === 'reveal') {
    const above: Node[] = [];
    for (let at = node.parent; at; at = at.parent) above.push(at);
    return above;
  }
  if (reach === 'list') return all;
  if (reach === 'message') return [node];
  let top = node;
  while (top.parent) top = top.parent;
  return [top, ...below(top)];
}

function foldIn(
  view: View,
  { number }: Node,
  fold: 'collapse' | 'expand' | 'reveal',
  reach: 'message' | 'thread' | 'list',
): void {
  const at = messageNumber(number);
  if (fold === 'reveal') view.fold({ fold, message: 'k' }, at);
  else if (reach === 'list') view.fold({ fold, list: 'all' }, null);
  else view.fold(reach === 'thread' ? { fold, thread: 'k' } : { fold, message: 'k' }, at);
}

/** a answered by b and d, b by c; and one alone. */
const PARTY: readonly DrawnMessage[] = [
  { id: 'a', references: [], subject: 'Party', date: 1 },
  { id: 'b', references: ['a'], subject: 'Re: Party', date: 2 },
  { id: 'c', references: ['a', 'b'], subject: 'Re: Party', date: 3 },
  { id: 'd', references: ['a'], subject: 'Re: Party', date: 4 },
  { id: 'e', references: [], subject: 'Bill', date: 5 },
];
const BY_THREADS: Arrangement = {
  view: 'all',
  sort: 'position',
  direction: 'ascending',
  query: '',
  threads: 'on',
};

async function partyView(): Promise<{
  readonly view: View;
  readonly select: (choice: Parameters<View['select']>[1]) => number;
}> {
  const view = new View(new DrawnSource(envelopesOf(PARTY)));
  await view.arrange(BY_THREADS);
  return {
    view,
    select: (choice) => view.select(view.state.generation, choice).selected.messages,
  };
}

const A = messageNumber(0);

test('the row of a collapsed thread selects its message alone; the thread is selected as a whole', async () => {
  const { view, select } = await partyView();
  view.fold({ fold: 'collapse', message: 'a' }, A);
  expect(select({ choose: 'only', row: 0 })).toBe(1);
  expect(view.selection()).toEqual([0]);
  expect(select({ choose: 'thread', row: 0 })).toBe(4);
  expect(view.selection()).toEqual([0, 1, 2, 3]);
  expect(select({ choose: 'range', from: 0, to: 1, others: 'drop' })).toBe(2);
  expect(select({ choose: 'all' })).toBe(5);
});

test('what comes to be hidden is no longer selected, unless it was selected as a whole', async () => {
  const { view, select } = await partyView();
  select({ choose: 'range', from: 1, to: 3, others: 'drop' });
  view.fold({ fold: 'collapse', message: 'a' }, A);
  expect(view.selection()).toEqual([]);
  view.fold({ fold: 'expand', message: 'a' }, A);
  select({ choose: 'thread', row: 2 });
  view.fold({ fold: 'collapse', message: 'a' }, A);
  expect(view.selection()).toEqual([0, 1, 2, 3]);
});

test('a hidden message tells which row hides it', async () => {
  const { view } = await partyView();
  view.fold({ fold: 'collapse', message: 'b' }, messageNumber(1));
  expect(view.rowOf(messageNumber(2))).toBe(null);
  expect(view.rowHiding(messageNumber(2))).toBe(1);
  view.fold({ fold: 'collapse', message: 'a' }, A);
  expect(view.rowHiding(messageNumber(2))).toBe(0);
  expect(view.rowHiding(A)).toBe(null);
});

test('what is collapsed stays so with other numbers, and without threads in between', async () => {
  const source = new DrawnSource(envelopesOf(PARTY));
  const view = new View(source);
  await view.arrange(BY_THREADS);
  view.fold({ fold: 'collapse', message: 'a' }, A);
  await view.arrange({ ...BY_THREADS, threads: 'off' });
  expect(view.rows).toBe(5);
  const oldNumbers = Int32Array.of(4, -1, 0, 1, 2, 3);
  source.envelopes.reorder(oldNumbers);
  source.threads.renumber(oldNumbers);
  view.renumber(oldNumbers);
  await view.arrange(BY_THREADS);
  const rows: (MessageNumber | null)[] = [0, 1, 2].map((row) => view.messageAt(row));
  expect(view.rows).toBe(3);
  expect(rows).toEqual([0, 1, 2]);
  expect(view.threadPlace(2)?.hidden.messages).toBe(3);
});

test('mail that came while something was collapsed is in the list that follows', async () => {
  const source = new DrawnSource(envelopesOf(PARTY));
  const view = new View(source);
  await view.arrange(BY_THREADS);
  const answer = { id: 'f', references: ['d'], subject: 'Re: Party', date: 6 };
  addTo(source, answer);
  view.fold({ fold: 'collapse', message: 'a' }, A);
  expect(view.rows).toBe(2);
  await view.refresh();
  expect(view.threadPlace(0)?.hidden.messages).toBe(4);
  view.fold({ fold: 'expand', message: 'a' }, A);
  expect(Array.from({ length: 6 }, (_none, row) => view.messageAt(row))).toEqual([
    0, 1, 2, 3, 5, 4,
  ]);
});
