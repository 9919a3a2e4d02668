/** The whole way once in the app of the sources (test/support/story.ts), and the sample archive. */

import { expect, test } from '@playwright/test';
import { readIndependently } from '../support/independent-reader.ts';
import { archiveIn, SAMPLE, theWholeWayOnce } from '../support/story.ts';
import { openWindow, workFolder } from '../support/window.ts';

test('the whole way once', async () => {
  const folder = workFolder();
  const archive = archiveIn(folder);
  const before = await readIndependently(archive);
  const window = await openWindow([archive], { folder });
  await theWholeWayOnce({ archive, before, window, pictures: '' });
  await window.close();
});

test('the sample archive opens from the empty window with one click, light and dark', async () => {
  const window = await openWindow([]);
  const { page, rows, row, picture } = window;
  await expect(page.getByRole('button', { name: 'Open', exact: true })).toBeVisible();
  await picture('welcome');
  await page.getByRole('button', { name: 'Open the sample archive' }).click();
  const sample = await readIndependently(SAMPLE);
  await expect.poll(rows).toBe(sample.length);
  await expect(page.getByRole('figure', { name: 'Messages over time' })).toBeVisible();
  await row(12).click();
  await expect(
    page.getByRole('region', { name: 'Message' }).getByRole('heading', { level: 1 }),
  ).toBeVisible();
  await picture('sample');
  await page.emulateMedia({ colorScheme: 'dark' });
  await picture('dark');
  await window.close();
});
