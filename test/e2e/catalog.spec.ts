/** An archive that was opened before is there at once: the window reads its catalog, and keeps one. */

import { closeSync, openSync, readdirSync, readFileSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
// biome-ignore lint/correctness/useImportExtensions: a script with types beside it
import { bigMailbox, bigMessage } from '../../build/sample/big.mjs';
import { openWindow, type OpenWindow, workFolder } from '../support/window.ts';

const MESSAGES = 30_000;

test('reopened, an archive shows the same list, and what was appended since', async () => {
  const folder = workFolder();
  const file = path.join(folder, 'archive.mbox');
  const catalogs = path.join(folder, 'user-data/catalogs');
  const written = openSync(file, 'w');
  for (const chunk of bigMailbox({ messages: MESSAGES })) writeSync(written, chunk);
  closeSync(written);

  const first = await openWindow([file], { folder });
  await expect.poll(first.rows).toBe(MESSAGES);
  // What is not known yet could not be saved.
  await first.whole();
  const shown = await newestFirst(first);
  // Closing the app ends the engine, which saves before it goes.
  await first.app.close();
  // Its database, and its columns beside that.
  const [catalog = ''] = readdirSync(catalogs).toSorted();
  expect(readdirSync(catalogs)).toHaveLength(2);
  const saved = readFileSync(path.join(catalogs, catalog));
  const { mtimeMs } = statSync(path.join(catalogs, catalog));

  const second = await openWindow([file], { folder });
  await expect.poll(second.rows).toBe(MESSAGES);
  expect(await newestFirst(second)).toEqual(shown);
  await expect.poll(() => statSync(path.join(catalogs, catalog)).mtimeMs).toBeGreaterThan(mtimeMs);
  // It was read, and nothing had to be written.
  expect(readFileSync(path.join(catalogs, catalog)).equals(saved)).toBe(true);

  const appended = openSync(file, 'a');
  for (const chunk of bigMailbox({ messages: 100, seed: 5 })) writeSync(appended, chunk);
  closeSync(appended);
  await expect.poll(second.rows).toBe(MESSAGES + 100);
  await second.app.close();

  const third = await openWindow([file], { folder });
  await expect.poll(third.rows).toBe(MESSAGES + 100);
  await third.picture('reopened');
  await third.close();
});

/** Sorts by date, unless it is so already, and tells what the first rows say. */
async function newestFirst(window: OpenWindow): Promise<readonly string[]> {
  const header = window.page.getByRole('columnheader', { name: 'Date' });
  const sorted = async (): Promise<string | null> => {
    const sort = await header.getAttribute('aria-sort');
    if (sort !== 'descending') await header.getByRole('button', { name: 'Date' }).click();
    return sort;
  };
  await expect.poll(sorted).toBe('descending');
  // The header says it at once; the list follows.
  await expect(window.grid).toHaveAttribute('aria-busy', 'false');
  await expect(window.row(1)).toContainText(bigMessage(MESSAGES - 1).subject);
  await expect(window.row(10)).toContainText(bigMessage(MESSAGES - 10).subject);
  const rows: string[] = [];
  for (let place = 1; place <= 10; place++) {
    rows.push((await window.row(place).textContent()) ?? '');
  }
  return rows;
}
