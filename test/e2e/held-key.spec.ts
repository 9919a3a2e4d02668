/**
 * Goal: holding an arrow key down never queues up: when it is let go, the message where it stopped is
 * the next one that is shown, however many were passed.
 * Method: a key is held over a real archive, from a message of text to one of HTML and back, while the
 * page writes down which messages come to be shown after the last press.
 */

import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { openWindow, workFolder } from '../support/window.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../../out/sample/sample.mbox');
const PRESSES = 120;

test('a key that is held down shows where it stops, and nothing that it passed', async () => {
  const folder = workFolder();
  const archive = path.join(folder, 'village.mbox');
  copyFileSync(SAMPLE, archive);
  const { page, row, rows, close } = await openWindow([archive], { folder });
  await expect.poll(rows, { timeout: 30_000 }).toBe(468);
  await row(1).click();
  await page.locator('article[data-shown=true]').waitFor();
  await page.evaluate(() => {
    const kept = { shown: [] as string[] };
    Object.assign(globalThis, { kept });
    new MutationObserver(() => {
      const message = document.querySelector('article[data-shown=true][aria-busy=false]');
      const key = message?.getAttribute('data-key') ?? '';
      if (key !== '' && kept.shown.at(-1) !== key) kept.shown.push(key);
    }).observe(document, { subtree: true, childList: true, attributes: true });
  });
  for (const [key, end] of [
    ['j', PRESSES + 1],
    ['k', 1],
  ] as const) {
    for (let press = 1; press < PRESSES; press++) await page.keyboard.down(key);
    // In one turn of the page: nothing can come to be shown between the two.
    await page.evaluate((last) => {
      const { kept } = globalThis as unknown as { kept: { shown: string[] } };
      kept.shown.length = 0;
      window.dispatchEvent(new KeyboardEvent('keydown', { key: last, repeat: true }));
    }, key);
    await page.keyboard.up(key);
    await expect(row(end)).toHaveAttribute('aria-selected', 'true');
    const last = (await row(end).getAttribute('data-key')) ?? '';
    await page.locator(`article[data-key="${last}"][data-shown=true][aria-busy=false]`).waitFor();
    const shown = await page.evaluate(
      () => (globalThis as unknown as { kept: { shown: string[] } }).kept.shown,
    );
    expect(shown.at(-1)).toBe(last);
    // What was being read or on its way into the frame when the key stopped, and the last.
    expect(shown.length).toBeLessThanOrEqual(3);
  }
  await close();
});
