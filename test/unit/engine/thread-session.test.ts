/**
 * Goal: a window's list by threads follows the archive: mail that is deleted, compacted away, delivered
 * and edited, without losing what is collapsed. Method: a session on a real file, called as a window does.
 */

import { appendFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { WindowSession } from '../../../electron/engine/window-session.ts';
import type { Row } from '../../../shared/row.ts';
import { openedArchive } from '../../support/opened-archive.ts';

interface Letter {
  readonly id: string;
  readonly answers?: readonly string[];
  readonly subject?: string;
}

let minute = 0;

function stored({ id, answers, subject = id }: Letter): string {
  minute += 1;
  const time = `10:${String(minute % 60).padStart(2, '0')}:00`;
  const refers =
    answers === undefined ? '' : `References: ${answers.map((one) => `<${one}@x>`).join(' ')}\n`;
  return `From ${id}@x Mon Jan  1 ${time} 2001
From: ${id}@x
Date: Mon, 1 Jan 2001 ${time} +0000
Subject: ${subject}
Message-ID: <${id}@x>
${refers}
Text of ${id}.

`;
}

const LETTERS: readonly Letter[] = [
  { id: 'a' },
  { id: 'b', answers: ['a'] },
  { id: 'other' },
  { id: 'c', answers: ['a', 'b'] },
  { id: 'd', answers: ['a'] },
];

async function session() {
  minute = 0;
  const opened = await openedArchive(LETTERS.map(stored).join(''));
  const { archive } = opened;
  const window = new WindowSession(archive, () => undefined);
  onTestFinished(() => window.end());
  const calls = window.handlers();
  const byThreads = { view: 'all', sort: 'position', direction: 'ascending', query: '' } as const;
  await calls.arrange({ ...byThreads, threads: 'on' });
  const rows = async (): Promise<readonly Row[]> => {
    const { list } = await calls.rows({ generation: 0, from: 0, count: 0 });
    return (await calls.rows({ generation: list.generation, from: 0, count: 100 })).rows;
  };
  const seen = async (): Promise<string[]> =>
    (await rows()).map(
      ({ subject, thread }) => `${'.'.repeat((thread?.level ?? 0) - 1)}${subject}`,
    );
  const keyOf = async (subject: string): Promise<string> =>
    (await rows()).find((row) => row.subject === subject)?.key ?? '';
  return { archive, calls, rows, seen, keyOf, path: opened.path };
}

test('rows come by thread, and only while that is asked for', async () => {
  const { calls, rows, seen } = await session();
  expect(await seen()).toEqual(['a', '.b', '..c', '.d', 'other']);
  await calls.arrange({
    view: 'all',
    sort: 'date',
    direction: 'descending',
    query: '',
    threads: 'on',
  });
  expect(await seen()).toEqual(['a', '.b', '..c', '.d', 'other']);
  await calls.arrange({ view: 'all', sort: 'position', direction: 'ascending', query: '' });
  expect((await rows()).map(({ subject, thread }) => [subject, thread])).toEqual(
    ['a', 'b', 'other', 'c', 'd'].map((subject) => [subject, undefined]),
  );
});

test('what is collapsed stays so while mail is compacted away and delivered', async () => {
  const { archive, calls, rows, seen, keyOf, path } = await session();
  const head = await keyOf('a');
  const [middle, last] = [await keyOf('b'), await keyOf('c')];
  await calls.fold({ fold: 'collapse', message: head });
  expect(await seen()).toEqual(['a', 'other']);
  const located = await calls.locate({ key: last });
  expect([located.row, located.under]).toEqual([null, 0]);
  // The message in the middle goes: what answered it goes up to what that one answered.
  await calls.remove({ keys: [middle] });
  expect((await rows())[0]?.thread?.hidden).toEqual({ messages: 3, unread: 0, marked: 1 });
  await calls.flush({ copy: 'none', flagged: 'leave' });
  expect(await seen()).toEqual(['a', 'other']);
  expect((await rows())[0]?.thread?.hidden.messages).toBe(2);
  appendFileSync(path, stored({ id: 'e', answers: ['c'] }));
  await archive.sync();
  expect((await rows())[0]?.thread?.hidden.messages).toBe(3);
  await calls.fold({ fold: 'reveal', message: last });
  expect(await seen()).toEqual(['a', '.c', '..e', '.d', 'other']);
});

test('the first of a collapsed thread is deleted alone, the thread if it is selected', async () => {
  const { archive, calls, keyOf } = await session();
  await calls.fold({ fold: 'collapse', message: await keyOf('a') });
  const generation = async (): Promise<number> =>
    (await calls.rows({ generation: 0, from: 0, count: 0 })).list.generation;
  await calls.select({ generation: await generation(), choice: { choose: 'only', row: 0 } });
  await calls.remove({ selected: 'all' });
  expect(archive.mailbox.marks.amount.messages).toBe(1);
  await calls.undo({});
  await calls.select({ generation: await generation(), choice: { choose: 'thread', row: 0 } });
  await calls.remove({ selected: 'all' });
  expect(archive.mailbox.marks.amount.messages).toBe(4);
});

test('a message that is gone cannot be collapsed', async () => {
  const { calls, keyOf } = await session();
  const other = await keyOf('other');
  await calls.remove({ keys: [other] });
  await calls.flush({ copy: 'none', flagged: 'leave' });
  await expect(async () => calls.fold({ fold: 'collapse', message: other })).rejects.toMatchObject({
    code: 'GONE',
  });
});
