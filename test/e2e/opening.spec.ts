/** Every way to open an archive, and long work that says how far it is. */

import { closeSync, copyFileSync, openSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { type ElectronApplication, expect, test } from '@playwright/test';
// biome-ignore lint/correctness/useImportExtensions: a script with types beside it
import { bigMailbox } from '../../build/sample/big.mjs';
import { enginesOf } from '../support/engines.ts';
import { pythonCounts } from '../support/peers.ts';
import { openWindow, workFolder } from '../support/window.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../../out/sample/sample.mbox');

test('by the file dialog, and by dropping a file on the window', async () => {
  const folder = workFolder();
  const chosen = path.join(folder, 'chosen.mbox');
  const dropped = path.join(folder, 'dropped.mbox');
  copyFileSync(SAMPLE, chosen);
  copyFileSync(SAMPLE, dropped);
  const window = await openWindow([], { folder });
  const { app, page, rows } = window;

  await expect(page.getByRole('button', { name: 'Open', exact: true })).toBeVisible();
  // The system's dialog itself cannot be driven; what it answers can.
  await app.evaluate(({ dialog }, file) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [file] });
  }, chosen);
  await page.keyboard.press('Control+o');
  await expect(page.getByRole('button', { name: 'chosen.mbox', exact: true })).toBeVisible();
  await expect.poll(rows).toBe(468);

  // A real file of the system, as a hand would drop it.
  await page.evaluate(() => {
    const input = document.createElement('input');
    input.type = 'file';
    input.id = 'dropped';
    document.body.append(input);
  });
  await page.locator('#dropped').setInputFiles(dropped);
  await page.evaluate(() => {
    const input = document.querySelector<HTMLInputElement>('#dropped');
    const dataTransfer = new DataTransfer();
    for (const file of input?.files ?? []) dataTransfer.items.add(file);
    input?.remove();
    document.body.dispatchEvent(
      new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }),
    );
  });
  await expect(page.getByRole('button', { name: 'dropped.mbox', exact: true })).toBeVisible();
  await expect.poll(rows).toBe(468);
  await window.close();
});

test('a second start hands its file to the first window', async () => {
  const folder = workFolder();
  const [one, two] = ['one.mbox', 'two.mbox'].map((name) => path.join(folder, name));
  copyFileSync(SAMPLE, one ?? '');
  copyFileSync(SAMPLE, two ?? '');
  const window = await openWindow([one ?? ''], { folder });
  await expect.poll(window.rows).toBe(468);
  await window.app.evaluate(({ app }, file) => {
    app.emit('second-instance', {}, [], '', [file]);
  }, two ?? '');
  await expect(window.page.getByRole('button', { name: 'two.mbox', exact: true })).toBeVisible();
  await window.close();
});

/**
 * Lets engines run a few milliseconds of each second part, until it is told to cease: what they do goes on while it
 * is looked at, however quick their disk is.
 */
async function slowDown(app: ElectronApplication): Promise<() => Promise<void>> {
  const engines = await enginesOf(app);
  await app.evaluate((_electron, pids) => {
    const slowing = { isOver: false };
    Object.assign(globalThis, { slowing });
    const all = (signal: 'SIGSTOP' | 'SIGCONT'): void => {
      for (const pid of pids) process.kill(pid, signal);
    };
    const turn = (): void => {
      all('SIGCONT');
      if (slowing.isOver) return;
      setTimeout(() => {
        all('SIGSTOP');
        setTimeout(turn, 200);
      }, 10);
    };
    turn();
  }, engines);
  return () =>
    app.evaluate(() => {
      (globalThis as unknown as { slowing: { isOver: boolean } }).slowing.isOver = true;
    });
}

test('an archive is shown also where the system does not take it for a recent one', async () => {
  const folder = workFolder();
  const [one = '', two = ''] = ['one.mbox', 'two.mbox'].map((name) => path.join(folder, name));
  for (const file of [one, two]) copyFileSync(SAMPLE, file);
  const window = await openWindow([one], { folder });
  await expect.poll(window.rows).toBe(468);
  await window.app.evaluate(({ app }, file) => {
    app.addRecentDocument = () => {
      throw new Error('the system has no list of recent documents');
    };
    app.emit('second-instance', {}, [], '', [file]);
  }, two);
  // While it is being opened its button says so: this is its name when it is open.
  await expect(window.page.getByRole('button', { name: 'two.mbox', exact: true })).toBeVisible();
  await expect(window.grid).toBeVisible();
  await expect.poll(window.rows).toBe(468);
  await window.close();
});

test('a long compaction says how far it is, and the file is right afterwards', async () => {
  const folder = workFolder();
  const file = path.join(folder, 'big.mbox');
  const messages = 20_000;
  const out = openSync(file, 'w');
  for (const chunk of bigMailbox({ messages, bytesPerMessage: 24_000 })) writeSync(out, chunk);
  closeSync(out);
  const { ino } = statSync(file);
  const window = await openWindow([file], { folder });
  const { app, page, row, rows, grid } = window;
  await expect.poll(rows, { timeout: 30_000 }).toBe(messages);
  await expect(page.getByText('Complete', { exact: true })).toBeVisible({ timeout: 60_000 });
  await row(1).click();
  await page.keyboard.press('Delete');
  await expect(page.getByRole('status')).toContainText('1 message marked');
  await page.getByRole('button', { name: 'Compact', exact: true }).click();
  const goOn = await slowDown(app);
  await page.getByRole('dialog').getByRole('button', { name: 'Compact' }).click();
  const bar = page.getByRole('progressbar', { name: 'Compacting' });
  await expect(bar).toBeVisible();
  await expect(page.getByText('can no longer be cancelled; it is finished safely')).toBeVisible();
  await window.picture('progress');
  // Whoever quits now is asked, and may think better of it; the machine stays awake.
  const quitting = await app.evaluate(async ({ app: electron, dialog, powerSaveBlocker }) => {
    const asked: string[] = [];
    dialog.showMessageBox = async (...words: unknown[]) => {
      asked.push(JSON.stringify(words.at(-1)));
      return { response: 1, checkboxChecked: false };
    };
    electron.quit();
    await new Promise((resolve) => setImmediate(resolve));
    return { asked, awake: [0, 1, 2].some((id) => powerSaveBlocker.isStarted(id)) };
  });
  expect(quitting.asked.join()).toContain('An archive is being compacted');
  expect(quitting.awake).toBe(true);
  await goOn();
  await expect(bar).toHaveCount(0, { timeout: 60_000 });
  const awake = (): Promise<boolean> =>
    app.evaluate(({ powerSaveBlocker }) => [0, 1, 2].some((id) => powerSaveBlocker.isStarted(id)));
  await expect.poll(awake).toBe(false);
  await expect.poll(rows).toBe(messages - 1);
  await grid.focus();
  await page.keyboard.press('End');
  await expect(row(messages - 1)).toBeVisible();
  expect(await pythonCounts(file)).toBe(messages - 1);
  expect(statSync(file).ino).toBe(ino);
  await window.close();
});
