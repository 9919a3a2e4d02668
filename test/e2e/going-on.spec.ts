/**
 * Goal: below the head of a message stands that message, however quickly a person went on to it. Method:
 * letters of HTML that say who they are; a person goes on while the one before is about to be shown, a little
 * later each time. Chromium loses a navigation that begins in the wrong moment, so this is asked of it.
 */

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { letter } from '../support/letters-to-show.ts';
import { openWindow, workFolder } from '../support/window.ts';

const LETTERS = 3;
const TIMES = 60;
/** A message takes some 30 milliseconds from the key to the screen. */
const LATER_MS = 0.8;

/** Two keys, one so much later than the other, as the page sees them. */
async function twoKeys([key, later]: readonly [string, number]): Promise<void> {
  const press = () => window.dispatchEvent(new KeyboardEvent('keydown', { key }));
  press();
  const until = performance.now() + later;
  while (performance.now() < until) await new Promise((resolve) => setTimeout(resolve));
  press();
}

test('below the head of a message stands that message, however quickly it was gone on to', async () => {
  const folder = workFolder();
  const archive = path.join(folder, 'letters.mbox');
  const html = (at: number) => `Content-Type: text/html\n\n<p>This is letter ${at}.</p>`;
  const letters = Array.from({ length: LETTERS }, (_none, at) =>
    letter('Ann', `Letter ${at + 1}`, html(at + 1)),
  );
  writeFileSync(archive, letters.join(''));
  const { page, row, close } = await openWindow([archive], { folder });
  await row(1).click();
  for (let time = 0; time < TIMES; time++) {
    const [key, end] = time % 2 === 0 ? (['j', LETTERS] as const) : (['k', 1] as const);
    await page.evaluate(twoKeys, [key, time * LATER_MS] as const);
    await expect(row(end)).toHaveAttribute('aria-selected', 'true');
    const last = (await row(end).getAttribute('data-key')) ?? '';
    const article = page.locator(`article[data-key="${last}"][data-shown=true][aria-busy=false]`);
    await expect(article, `${time} times`).toBeVisible();
    await expect(article.frameLocator('iframe').locator('body')).toHaveText(
      `This is letter ${end}.`,
    );
  }
  await close();
});
