/**
 * Goal: while a long list is being sorted, or very many copies are marked, a window is answered, and what
 * comes meanwhile is in the sorted list. Method: a window's session on an archive of generated messages, so many that sorting
 * them takes many turns; order is compared with the naive one.
 */

import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
// biome-ignore lint/correctness/useImportExtensions: a script with types beside it
import { bigMailbox, bigMessage } from '../../../build/sample/big.mjs';
import { WindowSession } from '../../../electron/engine/window-session.ts';
import type { Arrangement } from '../../../shared/row.ts';
import { messageNumber } from '../../../shared/units.ts';
import { openArchiveAt, type OpenedArchive, testFolder } from '../../support/opened-archive.ts';
import { threadProcessorMs } from '../../support/processor-time.ts';

const MESSAGES = 60_000;
const APPENDED = 300;
const bySubject: Arrangement = { view: 'all', sort: 'subject', direction: 'ascending', query: '' };

function opened(): Promise<OpenedArchive> {
  const file = path.join(testFolder(), 'many.mbox');
  const mailbox = bigMailbox({ messages: MESSAGES, bytesPerMessage: 300 });
  writeFileSync(file, Buffer.concat([...mailbox]));
  return openArchiveAt(file);
}

/** Subjects as they are sorted: all are ASCII, and none begins with a mark of a reply. */
const keyOf = (number: number): string => bigMessage(number).subject.toLowerCase();

function sortedByHand(count: number): number[] {
  const numbers = Array.from({ length: count }, (_none, number) => number);
  const keys = numbers.map(keyOf);
  return numbers.sort((one, other) => {
    const [key = '', against = ''] = [keys[one], keys[other]];
    return key < against ? -1 : Number(key > against) || one - other;
  });
}

/** Message numbers of all rows. */
async function positions({ rows }: ReturnType<WindowSession['handlers']>): Promise<number[]> {
  const all: number[] = [];
  const { list } = await rows({ generation: 0, from: 0, count: 0 });
  while (all.length < list.rows) {
    const answer = await rows({ generation: list.generation, from: all.length, count: 500 });
    all.push(...answer.rows.map(({ position }) => position));
  }
  return all;
}

it('rows are answered while a list is sorted, and the order is right', async () => {
  const { archive } = await opened();
  const handlers = new WindowSession(archive, () => undefined).handlers();
  let sorted = false;
  const sorting = Promise.resolve(handlers.arrange(bySubject)).then((list) => {
    sorted = true;
    return list;
  });
  let answers = 0;
  while (!sorted) {
    const { list, rows } = await handlers.rows({ generation: 1, from: 500, count: 10 });
    if (list.generation === 1) {
      expect(rows.map(({ position }) => position)).toEqual([
        500, 501, 502, 503, 504, 505, 506, 507, 508, 509,
      ]);
      answers += 1;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(answers).toBeGreaterThan(0);
  expect((await sorting).rows).toBe(MESSAGES);
  expect(await positions(handlers)).toEqual(sortedByHand(MESSAGES));
});

it('the last of several orders counts', async () => {
  const { archive } = await opened();
  const handlers = new WindowSession(archive, () => undefined).handlers();
  const newestFirst: Arrangement = { ...bySubject, sort: 'date', direction: 'descending' };
  await Promise.all([handlers.arrange(bySubject), handlers.arrange(newestFirst)]);
  const { list } = await handlers.rows({ generation: 0, from: 0, count: 0 });
  const { rows } = await handlers.rows({ generation: list.generation, from: 0, count: 3 });
  expect(rows.map(({ position }) => position)).toEqual([MESSAGES - 1, MESSAGES - 2, MESSAGES - 3]);
});

it('what comes and goes while a list is sorted is in it, or is not', async () => {
  const { archive } = await opened();
  const handlers = new WindowSession(archive, () => undefined).handlers();
  const sorting = handlers.arrange(bySubject);
  const more = Buffer.concat([
    ...bigMailbox({ messages: APPENDED, bytesPerMessage: 300, seed: 2 }),
  ]);
  appendFileSync(archive.mailbox.path, more);
  await archive.sync();
  await sorting;
  expect(await positions(handlers)).toHaveLength(MESSAGES + APPENDED);
  // Everything is matched anew: the first half of the file is gone.
  const { offset } = archive.spanOf(archive.keyOf(messageNumber(MESSAGES / 2)));
  const kept = readFileSync(archive.mailbox.path).subarray(offset);
  const again = handlers.arrange({ ...bySubject, direction: 'descending' });
  writeFileSync(archive.mailbox.path, kept);
  await archive.sync();
  await again;
  const left = await positions(handlers);
  expect(left).toHaveLength(MESSAGES / 2 + APPENDED);
  const subjects = await Promise.all(
    left.map(async (number) => (await archive.listing.row(messageNumber(number), false)).subject),
  );
  const folded = subjects.map((subject) => subject.toLowerCase());
  expect(folded).toEqual([...folded].sort().reverse());
});

const COPIED = 40_000;
/** Nobody waits longer than this for the engine; in one turn it would be half a second. */
const TURN_MS_MAX = 150;

/** The longest that this thread computed without letting others have their turn. */
async function longestTurn(act: () => Promise<unknown>): Promise<number> {
  let [longest, before, isOver] = [0, threadProcessorMs(), false];
  const done = act().finally(() => {
    isOver = true;
  });
  while (!isOver) {
    await new Promise((resolve) => setImmediate(resolve));
    const now = threadProcessorMs();
    longest = Math.max(longest, now - before);
    before = now;
  }
  await done;
  return longest;
}

it('marking very many copies, and counting what is marked, keeps nobody waiting', async () => {
  const file = path.join(testFolder(), 'copies.mbox');
  const letters = Array.from({ length: 2 * COPIED }, (_none, at) => {
    const number = Math.floor(at / 2);
    return `From a@example.org Thu Jan  1 00:00:00 1970\nFrom: a@example.org\nSubject: Letter ${number}\nMessage-ID: <${number}@example.org>\n\nText ${number}.\n\n`;
  });
  writeFileSync(file, letters.join(''));
  const { archive } = await openArchiveAt(file);
  const handlers = new WindowSession(archive, () => undefined).handlers();
  await handlers.findDuplicates({ how: 'exact', keep: 'first' });
  await handlers.arrange({
    view: 'all',
    sort: 'date',
    direction: 'descending',
    query: '',
    narrowed: [{ by: 'duplicates', which: 'others' }],
  });
  const longest = await longestTurn(async () => {
    expect((await handlers.removeCopies({})).unmarked.messages).toBe(0);
    expect((await handlers.listAmount({})).marked.messages).toBe(COPIED);
  });
  expect(longest).toBeLessThan(TURN_MS_MAX);
});
