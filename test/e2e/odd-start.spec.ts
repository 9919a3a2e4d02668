/**
 * Goal: the app starts where it can keep nothing, and goes on where what it works on is taken away.
 * Method: the real app, with a folder of its own that nobody may write, through a sleep of the machine,
 * and with a disk that is pulled out.
 */

import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { answerQuestions } from '../support/questions.ts';
import { canMount, mountSmall, unmount, whereMountable } from '../support/small-disk.ts';
import { openWindow, workFolder } from '../support/window.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../../out/sample/sample.mbox');
const DISK_BYTES = 32_000_000;

test('a folder of its own that cannot be written is said, and mail is read all the same', async () => {
  const folder = workFolder();
  const file = path.join(folder, 'one.mbox');
  copyFileSync(SAMPLE, file);
  chmodSync(folder, 0o755);
  mkdirSync(path.join(folder, 'user-data'), { mode: 0o555 });
  const window = await openWindow([file], { folder, permissions: 'bind' });
  await expect.poll(window.rows).toBe(468);
  const alert = window.page.getByRole('alert').filter({ hasText: 'Your settings cannot be saved' });
  await expect(alert).toBeVisible();
  await window.picture('home-read-only');
  await window.close();
});

test('a second start hands its file to the first, and ends', async () => {
  const folder = workFolder();
  const [one, two] = ['one.mbox', 'two.mbox'].map((name) => path.join(folder, name)) as [
    string,
    string,
  ];
  for (const file of [one, two]) copyFileSync(SAMPLE, file);
  const window = await openWindow([one], { folder });
  await expect.poll(window.rows).toBe(468);
  const { executable, words } = await window.app.evaluate(({ app }) => ({
    executable: process.execPath,
    words: [app.getAppPath(), `--user-data-dir=${app.getPath('userData')}`],
  }));
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const second = spawnSync(executable, [...sandbox, ...words, 'two.mbox'], {
    cwd: folder,
    timeout: 60_000,
  });
  expect(second.status).toBe(0);
  await expect(window.page).toHaveTitle(/two\.mbox/);
  await expect.poll(window.rows).toBe(468);
  await window.close();
});

test('the machine sleeps and wakes: what came meanwhile is there, and marks are kept', async () => {
  const folder = workFolder();
  const file = path.join(folder, 'one.mbox');
  copyFileSync(SAMPLE, file);
  const window = await openWindow([file], { folder });
  await expect.poll(window.rows).toBe(468);
  await window.row(2).click();
  await window.page.keyboard.press('Delete');
  await expect(window.page.getByRole('status')).toContainText('1 message marked');
  await window.app.evaluate(({ powerMonitor }) => void powerMonitor.emit('suspend'));
  copyFileSync(SAMPLE, `${file}.twice`);
  const more = spawnSync('sh', ['-c', `cat "$1.twice" >> "$1"`, 'sh', file]);
  expect(more.status).toBe(0);
  await window.app.evaluate(({ powerMonitor }) => void powerMonitor.emit('resume'));
  await expect.poll(window.rows).toBe(2 * 468);
  await expect(window.page.getByRole('status')).toContainText('1 message marked');
  const log = readFileSync(path.join(folder, 'user-data/logs/mailkeep.log'), 'utf8');
  expect(log).toMatch(/"what":"suspend".*\n.*"what":"resume"/);
  await window.close();
});

test(`a stick that is pulled out is said, and the archive comes back with it${whereMountable}`, async () => {
  // biome-ignore lint/suspicious/noSkippedTests: only root may mount a disk, as the name of the test says
  test.skip(!canMount);
  const folder = workFolder();
  const stick = path.join(folder, 'stick');
  const file = path.join(stick, 'one.mbox');
  mkdirSync(stick);
  mountSmall(stick, DISK_BYTES);
  copyFileSync(SAMPLE, file);
  const window = await openWindow([file], { folder });
  const { page } = window;
  try {
    await expect.poll(window.rows).toBe(468);
    await window.row(2).click();
    await page.keyboard.press('Delete');
    await expect(page.getByRole('status')).toContainText('1 message marked');
    unmount(stick);
    const gone = 'The file is no longer at its place';
    await expect(page.getByRole('alert')).toContainText(gone);
    await expect(page.getByRole('status')).toContainText(gone);
    // What was read is still shown, and nothing of it can be changed.
    await expect(page.getByRole('button', { name: 'Compact', exact: true })).toBeDisabled();
    await window.picture('stick-gone');
    mountSmall(stick, DISK_BYTES);
    copyFileSync(SAMPLE, file);
    await expect(page.getByRole('status')).not.toContainText(gone);
    await expect.poll(window.rows).toBe(468);
    await expect(page.getByRole('status')).toContainText('1 message marked');
    await expect(page.getByRole('button', { name: 'Compact', exact: true })).toBeEnabled();
    await window.picture('stick-back');
  } finally {
    await answerQuestions(window.app, 1);
    await window.app.close();
    unmount(stick);
  }
});
