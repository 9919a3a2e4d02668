/** What is no mail archive gets one clear sentence each, and the app stays usable. Nothing is changed. */

import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { openWindow, workFolder } from '../support/window.ts';

const JPEG = Buffer.from('ffd8ffe000104a46494600010101004800480000ffdb0043', 'hex');
const TEXT = 'Dear diary,\nnothing of this is mail.\n';

test('what cannot be opened says why, in a sentence, and can be closed', async () => {
  const folder = workFolder();
  const at = (name: string): string => path.join(folder, name);
  writeFileSync(at('photo.jpg'), Buffer.concat([JPEG, Buffer.alloc(5000, 7)]));
  mkdirSync(at('folder.mbox'));
  execFileSync('mkfifo', [at('pipe.mbox')]);
  writeFileSync(at('mine.mbox'), 'From a@b Thu Jan  1 00:00:00 2004\nSubject: x\n\nx\n');
  chmodSync(at('mine.mbox'), 0o000);

  const cases: readonly (readonly [string, RegExp])[] = [
    [at('photo.jpg'), /picture|not a mail archive/i],
    [at('folder.mbox'), /a folder, not a mail archive.*choose the archive file inside it/],
    [at('pipe.mbox'), /folder or a device/],
    ['/dev/zero', /folder or a device/],
    [at('gone.mbox'), /no file at this place/],
    [at('mine.mbox'), /not allowed to read/],
  ];
  const window = await openWindow([cases[0]?.[0] ?? ''], { folder });
  const { page, picture } = window;
  await expect(page.getByRole('alert')).toContainText(cases[0]?.[1] ?? /./);
  await picture('error');
  await page.getByRole('main').getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('button', { name: 'Open the sample archive' })).toBeVisible();

  for (const [file, sentence] of cases.slice(1)) {
    const other = await openWindow([file], { permissions: 'bind' });
    await expect(other.page.getByRole('alert'), file).toContainText(sentence);
    await other.close();
  }
  await window.close();
});

test('an empty file and a text without a message are shown as such and left alone', async () => {
  const folder = workFolder();
  const empty = path.join(folder, 'empty.mbox');
  const text = path.join(folder, 'diary.txt');
  writeFileSync(empty, '');
  writeFileSync(text, TEXT);
  const window = await openWindow([empty, text], { folder });
  const { page } = window;
  await expect(page.getByText(`${TEXT.length} bytes of text, which stays as it is`)).toBeVisible();
  await page.getByRole('button', { name: 'empty.mbox', exact: true }).click();
  await expect(page.getByText('This file is empty')).toBeVisible();
  await window.app.close();
  expect(readFileSync(text, 'latin1')).toBe(TEXT);
  expect(readFileSync(empty)).toHaveLength(0);
});

test('a file that only may be read is shown, and says why it cannot be changed', async () => {
  const folder = workFolder();
  const file = path.join(folder, 'read-only.mbox');
  writeFileSync(file, 'From a@b Thu Jan  1 00:00:00 2004\nSubject: x\n\nx\n');
  chmodSync(file, 0o444);
  const window = await openWindow([file], { folder, permissions: 'bind' });
  await expect.poll(window.rows).toBe(1);
  await expect(window.page.getByRole('status')).toContainText('Read-only');
  await expect(window.page.getByRole('button', { name: 'Delete', exact: true })).toBeDisabled();
  await window.close();
});
