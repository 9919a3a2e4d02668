/** MMDF, Babyl and a folder that Apple Mail exported, in the window: opened, read, compacted. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { openWindow, workFolder } from '../support/window.ts';

const P = '\x01\x01\x01\x01\n';
const letter = (name: string): string =>
  `From: ${name} <${name}@example.org>\nSubject: letter of ${name}\nDate: Thu, 1 Jan 2004 10:00:00 +0100\n\nDear all, ${name}\n`;
const mmdf = (name: string): string => `${P}${letter(name)}\n${P}`;
const babyl = (name: string): string => `\x1f\f\n0, unseen,,\n*** EOOH ***\n${letter(name)}`;
const mbox = (name: string): string =>
  `From ${name}@example.org Thu Jan  1 10:00:00 2004\n${letter(name)}\n`;
const OPTIONS = 'BABYL OPTIONS: -*- rmail -*-\nVersion: 5\n';

test('every format and the folder of Apple Mail: the list, the reader, and a compaction', async () => {
  const folder = workFolder();
  const bundle = path.join(folder, 'Letters.mbox');
  mkdirSync(bundle);
  const archives = [
    { file: path.join(folder, 'spool'), head: '', stored: mmdf, tail: '' },
    { file: path.join(folder, 'RMAIL'), head: OPTIONS, stored: babyl, tail: '\x1f\n' },
    { file: path.join(bundle, 'mbox'), head: '', stored: mbox, tail: '' },
  ];
  for (const { file, head, stored, tail } of archives) {
    writeFileSync(file, head + stored('ann') + stored('ben') + tail, 'latin1');
  }
  const window = await openWindow([], { folder });
  const { app, page, row, rows } = window;
  await expect(page.getByRole('button', { name: 'Open', exact: true })).toBeVisible();
  for (const { file, head, stored, tail } of archives) {
    const chosen = path.basename(file) === 'mbox' ? bundle : file;
    await app.evaluate(({ dialog }, answer) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [answer] });
    }, chosen);
    await page.keyboard.press('Control+o');
    const name = path.basename(chosen);
    await expect(page.getByRole('button', { name, exact: true })).toBeVisible();
    await expect.poll(rows).toBe(2);
    await row(1).click();
    await expect(page.getByRole('region', { name: 'Message' })).toContainText(
      /Dear all, (ann|ben)/,
    );
    const gone = (await row(1).textContent())?.includes('ann') ? 'ann' : 'ben';
    await page.keyboard.press('Delete');
    await page.getByRole('button', { name: 'Compact', exact: true }).click();
    const ask = page.getByRole('dialog', { name: 'Compact archive' });
    await ask.getByRole('button', { name: 'Compact' }).click();
    await expect.poll(rows).toBe(1);
    const left = gone === 'ann' ? 'ben' : 'ann';
    await expect.poll(() => readFileSync(file, 'latin1')).toBe(head + stored(left) + tail);
  }
  await window.close();
});
