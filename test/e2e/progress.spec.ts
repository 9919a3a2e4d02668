/** Long work says how far it is: in the window with bytes, rate and time left, and on the taskbar. */

import path from 'node:path';
import { expect, test } from '@playwright/test';
import { hollowArchive } from '../support/hollow-archive.ts';
import { openWindow, type OpenWindow, workFolder } from '../support/window.ts';

const GIB = 1024 ** 3;

/** From now on what the taskbar is told is remembered. */
async function watchTaskbar({ app }: OpenWindow): Promise<void> {
  await app.evaluate(({ BrowserWindow }) => {
    const shares: number[] = [];
    Object.assign(globalThis, { shares });
    for (const window of BrowserWindow.getAllWindows()) {
      const show = window.setProgressBar.bind(window);
      window.setProgressBar = (share) => {
        shares.push(share);
        show(share);
      };
    }
  });
}

const taskbar = ({ app }: OpenWindow): Promise<readonly number[]> =>
  app.evaluate(() => (globalThis as unknown as { shares: number[] }).shares);

test('reading a large archive shows bytes, rate and time left, and can be cancelled', async () => {
  const folder = workFolder();
  const file = path.join(folder, 'large.mbox');
  hollowArchive(file, 60 * GIB);
  const window = await openWindow([], { folder });
  const { app, page } = window;
  await watchTaskbar(window);
  await app.evaluate(({ app: main }, opened) => {
    main.emit('second-instance', {}, [], '', [opened]);
  }, file);

  const bar = page.getByRole('progressbar', { name: 'Reading the archive' });
  await expect(bar).toBeVisible();
  const words = page.getByText(/Reading the archive: .* of 64.4 GB · .*B\/s · .* left/);
  await expect(words).toBeVisible();
  await window.picture('progress-scan');
  await expect.poll(async () => Math.max(...(await taskbar(window)))).toBeGreaterThan(0);

  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(bar).toHaveCount(0);
  // I9: what was read so far is not presented as the whole.
  await expect(page.getByRole('button', { name: 'Read the rest' })).toBeVisible();
  await expect.poll(async () => (await taskbar(window)).at(-1)).toBe(-1);
  const shares = await taskbar(window);
  expect(shares.filter((share) => share > 1)).toEqual([]);
  await window.close();
});

test('the taskbar shows several archives as one, and lets go with the last', async () => {
  const folder = workFolder();
  const files = ['one.mbox', 'two.mbox'].map((name) => path.join(folder, name));
  for (const file of files) hollowArchive(file, 200 * GIB);
  const window = await openWindow([], { folder });
  const { app, page } = window;
  await watchTaskbar(window);
  await app.evaluate(({ app: main }, opened) => {
    main.emit('second-instance', {}, [], '', opened);
  }, files);
  const tab = (name: string) => page.getByRole('button', { name, exact: true });
  await expect(tab('two.mbox')).toBeVisible();
  const cancel = page.getByRole('button', { name: 'Cancel' });
  // Both tell how far they are before one of them is stopped.
  for (const name of ['two.mbox', 'one.mbox']) {
    await tab(name).click();
    await expect(cancel).toBeVisible();
  }
  await expect.poll(async () => (await taskbar(window)).at(-1)).toBeGreaterThanOrEqual(0);
  const { length: before } = await taskbar(window);
  await cancel.click();
  await expect(page.getByRole('button', { name: 'Read the rest' })).toBeVisible();
  expect((await taskbar(window)).slice(before)).not.toContain(-1);
  await tab('two.mbox').click();
  await cancel.click();
  await expect(page.getByRole('button', { name: 'Read the rest' })).toBeVisible();
  await expect.poll(async () => (await taskbar(window)).at(-1)).toBe(-1);
  await window.close();
});
