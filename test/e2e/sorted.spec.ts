/**
 * Goal: a large archive is sorted and searched by sender and recipient in the real window, its envelopes
 * decoded by threads beside the engine. Method: 12,000 generated messages, of which every sender is
 * known; a thread that failed would have said so.
 */

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
// biome-ignore lint/correctness/useImportExtensions: a script with types beside it
import { bigMailbox, bigMessage } from '../../build/sample/big.mjs';
import { openWindow, workFolder } from '../support/window.ts';

const MESSAGES = 12_000;

test('a list of many thousands is sorted by sender, and found by recipient', async () => {
  const folder = workFolder();
  const archive = path.join(folder, 'many.mbox');
  writeFileSync(
    archive,
    Buffer.concat([...bigMailbox({ messages: MESSAGES, bytesPerMessage: 600 })]),
  );
  const window = await openWindow([archive], { folder });
  let said = '';
  window.app.process().stderr?.on('data', (text: Buffer) => {
    said += text.toString();
  });
  await expect.poll(() => window.rows()).toBe(MESSAGES);
  await window.page.getByRole('button', { name: 'From' }).click();
  const senders = Array.from({ length: MESSAGES }, (_none, number) => bigMessage(number).from);
  const first = senders.sort((one, other) => (one.toLowerCase() < other.toLowerCase() ? -1 : 1))[0];
  await expect(window.row(1)).toContainText(first ?? '');
  await expect(window.row(2)).toContainText(first ?? '');
  await window.page.getByRole('searchbox', { name: 'Search' }).fill('society@marrowfield');
  await expect(window.row(1)).toContainText(first ?? '');
  await expect.poll(() => window.rows()).toBe(MESSAGES);
  expect(said).not.toMatch(/envelope-worker|ERR_WORKER|Cannot find/);
  await window.close();
});
