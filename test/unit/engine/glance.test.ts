/**
 * Goal: an archive that was read before shows its first rows before its catalog is in memory, they are the rows
 * that it has, and whatever a person does to them is done to the messages that they saw.
 * Method: windows that ask while the reading of the catalog waits for them; archives changed, and catalogs
 * damaged, since they were saved.
 */

import { appendFileSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
// biome-ignore lint/correctness/useImportExtensions: a script with types beside it
import { bigMailbox } from '../../../build/sample/big.mjs';
import { Archive } from '../../../electron/engine/archive/archive.ts';
import { WindowSession } from '../../../electron/engine/window-session.ts';
import { FIRST_GENERATION, type ListState, type Notification } from '../../../shared/contract.ts';
import type { Arrangement, Row } from '../../../shared/row.ts';
import { numberedLetters } from '../../support/letters.ts';
import { requestFor, testFolder } from '../../support/opened-archive.ts';

const MESSAGES = 1500;
const PAGE = 100;
const fileOrder = { view: 'all', sort: 'position', direction: 'ascending', query: '' } as const;
const newestFirst = { ...fileOrder, sort: 'date', direction: 'descending' } as const;
/** The catalog is not read before the first rows have been given out. */
const firstRows = { forMs: 1_000_000, fromBytes: 0 };

/** An archive of which a catalog was saved, and how it is opened again. */
async function readBefore() {
  const file = path.join(testFolder(), 'archive');
  const content = Buffer.concat([...bigMailbox({ messages: MESSAGES, bytesPerMessage: 700 })]);
  writeFileSync(file, content);
  const request = { ...requestFor(file), firstRows };
  const archive = await Archive.open({ ...requestFor(file), catalogFolder: request.catalogFolder });
  await archive.read();
  const rowsOf = async (arrangement: Arrangement): Promise<readonly Row[]> => {
    const window = new WindowSession(archive, () => undefined).handlers();
    const { generation } = await window.arrange(arrangement);
    const pages: Row[] = [];
    for (let from = 0; from < MESSAGES; from += PAGE) {
      pages.push(...(await window.rows({ generation, from, count: PAGE })).rows);
    }
    return pages;
  };
  const rows = { fileOrder: await rowsOf(fileOrder), newestFirst: await rowsOf(newestFirst) };
  await archive.close();
  return { file, request, rows };
}

async function opened(request: Parameters<typeof Archive.open>[0]) {
  const archive = await Archive.open(request);
  onTestFinished(() => archive.close());
  const told: ListState[] = [];
  const heard = (note: Notification): void => {
    if (note.notify === 'changed') told.push(note.params.list);
  };
  const window = new WindowSession(archive, heard).handlers();
  return { archive, window, told, reading: archive.read() };
}

const columnsIn = (folder: string): string =>
  path.join(folder, readdirSync(folder).find((name) => name.endsWith('columns')) ?? '');

test('rows are there before the messages are, and are theirs', async () => {
  const { request, rows } = await readBefore();
  const { archive, window, told, reading } = await opened(request);
  const first = await window.rows({ generation: FIRST_GENERATION, from: 0, count: PAGE });
  expect(archive.count).toBe(0);
  expect(first.list.rows).toBe(MESSAGES);
  expect(first.rows).toEqual(rows.fileOrder.slice(0, PAGE));
  await reading;
  const list = told.at(-1);
  expect(list?.rows).toBe(MESSAGES);
  // Rows of that list mean what they meant.
  await window.select({ generation: first.list.generation, choice: { choose: 'only', row: 7 } });
  await window.remove({ selected: 'all' });
  expect([...archive.mailbox.pending.keys()]).toEqual([rows.fileOrder[7]?.key]);
});

test('they are there in the order that is asked for, at both ends', async () => {
  const { request, rows } = await readBefore();
  const { archive, window, told, reading } = await opened(request);
  const list = await window.arrange(newestFirst);
  expect(list.rows).toBe(MESSAGES);
  const { generation } = list;
  const last = await window.rows({ generation, from: MESSAGES - PAGE, count: PAGE });
  const first = await window.rows({ generation, from: 0, count: PAGE });
  expect(archive.count).toBe(0);
  expect(first.rows).toEqual(rows.newestFirst.slice(0, PAGE));
  expect(last.rows).toEqual(rows.newestFirst.slice(-PAGE));
  await reading;
  const now = told.at(-1)?.generation ?? 0;
  expect(now).toBeGreaterThan(generation);
  const middle = await window.rows({ generation: now, from: 700, count: PAGE });
  expect(middle.rows).toEqual(rows.newestFirst.slice(700, 800));
});

test('what is asked besides waits until it can be answered', async () => {
  const { archive, window, reading } = await opened((await readBefore()).request);
  const { rows, list } = await window.rows({ generation: FIRST_GENERATION, from: 0, count: PAGE });
  const { generation } = list;
  const [opening, locating, middle] = [
    window.read({ key: rows[3]?.key ?? '' }),
    window.locate({ key: rows[4]?.key ?? '' }),
    window.rows({ generation, from: 700, count: PAGE }),
  ];
  expect(archive.count).toBe(0);
  expect((await opening).subject).toBe(rows[3]?.subject);
  expect(await locating).toMatchObject({ row: 4 });
  expect((await middle).rows[0]?.position).toBe(700);
  await reading;
});

test('who arranges it otherwise at once sees that order, and nothing of the one before', async () => {
  const { window, told, reading } = await opened((await readBefore()).request);
  const early = await window.arrange(newestFirst);
  const bySubject = await window.arrange({ ...fileOrder, sort: 'subject' });
  expect(bySubject.generation).toBeGreaterThan(early.generation);
  await reading;
  const { generation } = told.at(-1) ?? bySubject;
  const { rows } = await window.rows({ generation, from: 0, count: PAGE });
  const subjects = rows.map(({ subject }) => subject);
  expect(subjects).toEqual(subjects.toSorted((one, other) => (one < other ? -1 : 1)));
});

test('of several orders asked for meanwhile the last one counts', async () => {
  const { request, rows } = await readBefore();
  const { window, reading } = await opened(request);
  await window.rows({ generation: FIRST_GENERATION, from: 0, count: PAGE });
  const asked = [
    window.arrange({ ...fileOrder, sort: 'subject' }),
    window.arrange({ ...fileOrder, sort: 'from' }),
    window.arrange(newestFirst),
  ];
  await Promise.all([...asked, reading]);
  const { list } = await window.rows({ generation: 0, from: 0, count: PAGE });
  const { generation } = list;
  const { rows: now } = await window.rows({ generation, from: 0, count: PAGE });
  expect(now).toEqual(rows.newestFirst.slice(0, PAGE));
});

test('of a file that has grown they are shown, and what came since follows', async () => {
  const { file, request, rows } = await readBefore();
  appendFileSync(file, numberedLetters('late', 3, 100).join(''));
  const { window, told, reading } = await opened(request);
  const first = await window.rows({ generation: FIRST_GENERATION, from: 0, count: PAGE });
  expect(first.rows).toEqual(rows.fileOrder.slice(0, PAGE));
  await reading;
  expect(told.at(-1)?.rows).toBe(MESSAGES + 3);
});

test('of a file that is another one by now nothing is shown that was in the old one', async () => {
  const { file, request } = await readBefore();
  const content = readFileSync(file, 'latin1');
  writeFileSync(file, content.replace('Subject: ', 'Subject= '), 'latin1');
  const { archive, window, reading } = await opened(request);
  const { rows } = await window.rows({ generation: FIRST_GENERATION, from: 0, count: PAGE });
  expect(archive.count).toBeGreaterThan(0);
  expect(rows[0]?.subject).toBe('');
  await reading;
});

test('if the rest of the catalog is damaged the archive is read from the start', async () => {
  const { request, rows } = await readBefore();
  truncateSync(columnsIn(request.catalogFolder ?? ''), 5000);
  const { archive, window, told, reading } = await opened(request);
  const early = await window.arrange(newestFirst);
  const { rows: shown } = await window.rows({ generation: early.generation, from: 0, count: PAGE });
  expect(shown).toEqual(rows.newestFirst.slice(0, PAGE));
  await reading;
  expect(archive.count).toBe(MESSAGES);
  const { generation } = told.at(-1) ?? early;
  const { rows: now } = await window.rows({ generation, from: 0, count: PAGE });
  expect(now).toEqual(rows.newestFirst.slice(0, PAGE));
});
