/** The engine of an archive dies: the window says so, stays usable, and opens the archive again. */

import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { CODES } from '../../shared/errors.ts';
import { enginesOf } from '../support/engines.ts';
import { openWindow, workFolder } from '../support/window.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../../out/sample/sample.mbox');

test('an engine that is killed is told, nothing is lost, and "Try again" reads the archive anew', async () => {
  const folder = workFolder();
  const file = path.join(folder, 'one.mbox');
  copyFileSync(SAMPLE, file);
  const window = await openWindow([file], { folder });
  const { app, page, row, rows } = window;
  await expect.poll(rows).toBe(468);
  await row(2).click();
  await page.keyboard.press('Delete');
  await expect(page.getByRole('status')).toContainText('1 message marked');

  const engines = await enginesOf(app);
  expect(engines).toHaveLength(1);
  for (const pid of engines) process.kill(pid, 'SIGKILL');
  await expect(page.getByRole('alert')).toContainText(CODES.ENGINE_ENDED.sentence);
  await window.picture('engine-ended');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(rows).toBe(468);
  // What was marked is marked again, and nothing had been written.
  await expect(page.getByRole('status')).toContainText('1 message marked');
  await expect(row(2)).toContainText('Marked for deletion');
  expect(readFileSync(file).equals(readFileSync(SAMPLE))).toBe(true);
  expect(readdirSync(folder).filter((name) => name.startsWith('one.mbox'))).toEqual(['one.mbox']);
  await window.close();
});
