/**
 * Goal: a click on a message chooses the message that was pressed, also if the list moves before the button
 * is up again. Method: the real window and its mouse; between the two halves the list is scrolled, and another
 * program delivers above.
 */

import { appendFileSync, copyFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { letter } from '../support/letters-to-show.ts';
import { type OpenWindow, openWindow, workFolder } from '../support/window.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../../out/sample/sample.mbox');
const ROW = 5;

/** @returns the key of the message that is under the pressed button */
async function press({ page, row }: OpenWindow): Promise<string> {
  await expect(row(ROW)).toHaveAttribute('data-key', /./);
  const key = await row(ROW).getAttribute('data-key');
  await row(ROW).hover();
  await page.mouse.down();
  return key ?? '';
}

const chosen = ({ page }: OpenWindow) =>
  page.locator('[role=row][aria-selected=true]').getAttribute('data-key');

test('what was pressed is chosen, whatever comes under the pointer before the button is up', async () => {
  const folder = workFolder();
  const file = path.join(folder, 'one.mbox');
  copyFileSync(SAMPLE, file);
  const window = await openWindow([file], { folder });
  const { page, row } = window;
  await expect.poll(window.rows).toBe(468);

  const scrolled = await press(window);
  const top = await row(ROW).evaluate((element) => element.getBoundingClientRect().top);
  await page.locator('.scroller').evaluate((scroller) => scroller.scrollBy(0, 70));
  await expect
    .poll(() => row(ROW).evaluate((element) => element.getBoundingClientRect().top))
    .toBe(top - 70);
  await page.mouse.up();
  await expect(page.locator(`article[data-key="${scrolled}"][data-shown=true]`)).toBeVisible();
  expect(await chosen(window)).toBe(scrolled);

  // The newest first: what is delivered now pushes the others down, or the list stays and rows are counted anew.
  await page.getByRole('button', { name: 'Date', exact: true }).click();
  await page.getByRole('button', { name: 'Date', exact: true }).click();
  await expect(page.getByRole('columnheader', { name: 'Date' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  // The header says it at once; the list is in that order when the message, an old one, is among the last.
  await expect(page.locator(`[role=row][data-key="${scrolled}"]`)).toHaveAttribute(
    'aria-rowindex',
    /^4\d\d$/,
  );
  await window.grid.focus();
  await page.keyboard.press('Home');
  const pushed = await press(window);
  appendFileSync(
    file,
    letter('Zoe', 'Newer', '\nNews.').replace(/^Date:.*$/m, 'Date: Thu, 1 Jan 2099 10:00:00 +0000'),
  );
  await expect.poll(window.rows).toBe(469);
  await expect(page.locator(`[role=row][data-key="${pushed}"]`)).not.toHaveAttribute(
    'aria-rowindex',
    `${ROW}`,
  );
  await page.mouse.up();
  await expect(page.locator(`article[data-key="${pushed}"][data-shown=true]`)).toBeVisible();
  expect(await chosen(window)).toBe(pushed);
  await window.close();
});
