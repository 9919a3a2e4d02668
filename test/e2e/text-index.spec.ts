/**
 * Goal: a person sees how far the texts of an archive are indexed, what it takes, pauses it, removes it,
 * and finds words in texts by it without asking for more. Method: an archive of some thousand messages.
 */

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { openWindow, workFolder } from '../support/window.ts';

const MESSAGES = 4000;

function letters(): string {
  return Array.from({ length: MESSAGES }, (_none, at) => {
    const filler = Array.from({ length: 300 }, (_word, word) => `w${(at * 31 + word * 7) % 9001}`);
    return `From a@example.org Thu Jan  1 00:00:00 1970\nFrom: a@example.org\nSubject: Letter ${at}\nMessage-ID: <${at}@example.org>\n\n${at === 77 ? 'ferryman ' : ''}${filler.join(' ')}\n\n`;
  }).join('');
}

const index = (page: Page) => page.getByRole('region', { name: 'Text index' });

for (const scheme of ['light', 'dark'] as const) {
  test(`is built, paused, used and removed, ${scheme}`, async () => {
    const folder = workFolder();
    const file = path.join(folder, 'village');
    writeFileSync(file, letters());
    const { app, page } = await openWindow([file], { folder });
    await page.emulateMedia({ colorScheme: scheme });
    await expect(page.locator('.row .subject').first()).toBeVisible();
    const region = index(page);
    await expect(region).toContainText('Not indexed');
    await expect(region).toContainText(/An index would take about [1-9]/);
    await page.getByRole('searchbox', { name: 'Search' }).fill('ferryman');
    const bar = page.getByRole('toolbar', { name: 'Search results' });
    await expect(bar).toContainText('texts not searched yet');

    // Paused as soon as a person may, and gone on with. By the page itself: few texts are indexed at once.
    await region.evaluate((part) => {
      const watching = new MutationObserver(() => {
        const pause = [...part.querySelectorAll('button')].find(
          ({ textContent }) => textContent === 'Pause',
        );
        if (!pause) return;
        watching.disconnect();
        pause.click();
      });
      watching.observe(part, { subtree: true, childList: true, characterData: true });
    });
    await region.getByRole('button', { name: 'Index texts' }).click();
    const goOn = region.getByRole('button', { name: 'Go on' });
    const done = region.getByText('All texts indexed');
    await expect(goOn.or(done)).toBeVisible();
    await page.screenshot({ path: test.info().outputPath(`paused-${scheme}.png`) });
    if (await goOn.isVisible()) await goOn.click();
    await expect(done).toBeVisible();
    await expect(region).toContainText('in your cache folder');
    // The search that was asked before has found it by itself.
    await expect(page.locator('.row .subject')).toHaveText(['Letter 77']);
    await expect(bar).toContainText('1 message found');
    await expect(bar).not.toContainText('not searched');
    await region.scrollIntoViewIfNeeded();
    await page.screenshot({ path: test.info().outputPath(`indexed-${scheme}.png`) });
    const { violations } = await new AxeBuilder({ page })
      .include('.text-index')
      .setLegacyMode()
      .analyze();
    expect(violations).toEqual([]);

    await region.getByRole('button', { name: 'Remove' }).click();
    await expect(region).toContainText('Not indexed');
    // What was found stays; what is asked anew must be read.
    await expect(bar).toContainText('1 message found');
    await page.getByRole('searchbox', { name: 'Search' }).fill('body:w77');
    await expect(bar).toContainText('texts not searched yet');
    await app.close();
  });
}

test('a person’s choice to index what they open is kept', async () => {
  const folder = workFolder();
  const file = path.join(folder, 'village');
  writeFileSync(file, letters());
  const first = await openWindow([file], { folder });
  const choice = async (page: Page) => {
    await page.keyboard.press('Control+,');
    const settings = page.getByRole('dialog', { name: 'Settings' });
    return settings.getByRole('checkbox', { name: 'Index archives that I open' });
  };
  // What a person has not asked for is not written down a second time.
  await expect(index(first.page)).toContainText('Not indexed');
  const asked = await choice(first.page);
  await expect(asked).not.toBeChecked();
  await expect(asked).toHaveAccessibleDescription(/It is off unless you want it/);
  await asked.scrollIntoViewIfNeeded();
  await first.page.screenshot({ path: test.info().outputPath('settings.png') });
  await asked.check();
  await first.app.close();
  const second = await openWindow([file], { folder });
  await expect(index(second.page)).toContainText('All texts indexed');
  await expect(await choice(second.page)).toBeChecked();
  await second.app.close();
});
