/**
 * Goal: a window has its first rows by one question, however early it asks, and is given the time to draw
 * them before the rest of the archive is read. Method: windows that ask before anything has been read.
 */

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
// biome-ignore lint/correctness/useImportExtensions: a script with types beside it
import { bigMailbox, bigMessage } from '../../../build/sample/big.mjs';
import { Archive } from '../../../electron/engine/archive/archive.ts';
import { WindowSession } from '../../../electron/engine/window-session.ts';
import { FIRST_GENERATION } from '../../../shared/contract.ts';
import { requestFor, testFolder } from '../../support/opened-archive.ts';

/** More than the first chunk of a scan, and than the second. */
const MESSAGES = 6000;
const FIRST = { generation: FIRST_GENERATION, from: 0, count: 100 };
const fileOrder = { view: 'all', sort: 'position', direction: 'ascending', query: '' } as const;
/** Longer than any test may take. */
const FOR_EVER_MS = 1_000_000;

async function opened(content: Uint8Array, firstRowsMs: number, fromBytes = 0) {
  const file = path.join(testFolder(), 'archive');
  writeFileSync(file, content);
  const firstRows = { forMs: firstRowsMs, fromBytes };
  const archive = await Archive.open({ ...requestFor(file), firstRows });
  onTestFinished(() => archive.close());
  const reading = archive.read();
  const window = new WindowSession(archive, () => undefined).handlers();
  return { archive, reading, window };
}

const many = (): Buffer =>
  Buffer.concat([...bigMailbox({ messages: MESSAGES, bytesPerMessage: 700 })]);

test('rows that are asked for before any message has been found are the first ones', async () => {
  const { window } = await opened(many(), 0);
  const { rows } = await window.rows(FIRST);
  expect(rows.map(({ subject }) => subject)).toEqual(
    Array.from({ length: 100 }, (_none, number) => bigMessage(number).subject),
  );
});

test('a list that is to be sorted before any message has been found is not empty', async () => {
  const { window } = await opened(many(), 0);
  const { rows } = await window.arrange({ ...fileOrder, sort: 'date' });
  expect(rows).toBeGreaterThan(0);
});

test('of an archive without messages there are no rows, and nobody waits for any', async () => {
  const { window } = await opened(Buffer.alloc(0), 0);
  expect(await window.rows(FIRST)).toMatchObject({ list: { rows: 0 }, rows: [] });
});

test('the rest is read when the first rows have been given out', async () => {
  const { archive, reading, window } = await opened(many(), FOR_EVER_MS);
  const { rows, list } = await window.rows(FIRST);
  expect(rows.length).toBe(100);
  expect(list.rows).toBeLessThan(MESSAGES);
  await reading;
  expect(archive.listing.read).toBe(MESSAGES);
});

test('a small archive is read at once: whoever sees it can change it', async () => {
  const { archive, reading } = await opened(many(), FOR_EVER_MS, 64 * 1024 * 1024);
  await reading;
  expect(archive.listing.read).toBe(MESSAGES);
});

test('who deletes among the first rows does so, though the rest is still to be read', async () => {
  const { archive, window } = await opened(many(), FOR_EVER_MS);
  const { rows, list } = await window.rows(FIRST);
  const { generation } = list;
  await window.select({ generation, choice: { choose: 'only', row: 3 } });
  const { marked } = await window.remove({ selected: 'all' });
  expect(marked.messages).toBe(1);
  expect([...archive.mailbox.pending.keys()]).toEqual([rows[3]?.key]);
});

test('who deletes and goes on to another message deletes the one that was chosen then', async () => {
  const { archive, window } = await opened(many(), FOR_EVER_MS);
  const { rows, list } = await window.rows(FIRST);
  const { generation } = list;
  await window.select({ generation, choice: { choose: 'only', row: 3 } });
  const removed = window.remove({ selected: 'all' });
  await window.select({ generation, choice: { choose: 'only', row: 7 } });
  await removed;
  expect([...archive.mailbox.pending.keys()]).toEqual([rows[3]?.key]);
});

test('who searches does not wait for rows that nobody draws', async () => {
  const { archive, reading, window } = await opened(many(), FOR_EVER_MS);
  await window.arrange({ ...fileOrder, query: 'is:unread' });
  await reading;
  expect(archive.listing.read).toBe(MESSAGES);
});
