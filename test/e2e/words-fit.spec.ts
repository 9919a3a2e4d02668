/**
 * Goal: no word of ours is cut off in the sidebar, however small the window and long the words of a
 * language are. Method: the real window in each language; the page is asked what is wider than its place.
 */

import { expect, type Page, test } from '@playwright/test';
import { LANGUAGE_TAGS } from '../../shared/language/languages.ts';
import { markedSample } from '../support/marked-sample.ts';

/** Seven languages, each in three widths. */
test.describe.configure({ timeout: 4 * 60_000 });

/** Of every language is told what does not fit. */
const softly = expect.configure({ soft: true });

async function speak(page: Page, tag: string): Promise<void> {
  await page.keyboard.press('Control+,');
  const dialog = page.locator('dialog.settings');
  await dialog.locator(`select:has(option[value="${tag}"])`).selectOption(tag);
  await expect(page.locator('html')).toHaveAttribute('lang', new RegExp(`^${tag}`));
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
}

/** Words of ours that do not fit where they stand or are broken over lines, as text; names of files and people are theirs. */
const cutOff = (page: Page): Promise<readonly string[]> =>
  page.locator('.sidebar').evaluate((sidebar) => {
    const place = sidebar.getBoundingClientRect();
    const right = place.left + sidebar.clientLeft + sidebar.clientWidth;
    const walker = document.createTreeWalker(sidebar, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    // Chinese and Japanese may break anywhere.
    const SPACED = /[\p{Script=Latin}\p{Script=Arabic}]{2,}/gu;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!element || element.closest('[translate=no], [aria-hidden=true], svg, table')) continue;
      if (!element.checkVisibility() || node.textContent?.trim() === '') continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const words = range.getBoundingClientRect();
      const own = element.getBoundingClientRect();
      const isClipped = getComputedStyle(element).overflowX !== 'visible';
      const isWider = isClipped && element.scrollWidth > element.clientWidth;
      const sticksOut = words.left < own.left - 1 || words.right > own.right + 1;
      const leaves = words.right > right + 1 || words.left < place.left - 1;
      const isBroken = [...(node.textContent ?? '').matchAll(SPACED)].some(({ 0: word, index }) => {
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
        return lines.size > 1;
      });
      if (isWider || sticksOut || leaves || isBroken) found.push(node.textContent?.trim() ?? '');
    }
    return found;
  });

test('every word of the sidebar is whole, in every language and width', async () => {
  const { window } = await markedSample();
  const { page } = window;
  for (const group of await page.locator('.view-group-head').all()) await group.click();
  for (const tag of LANGUAGE_TAGS) {
    await speak(page, tag);
    for (const width of [1280, 900, 720]) {
      await page.setViewportSize({ width, height: 900 });
      await expect
        .poll(() => page.evaluate(() => document.documentElement.clientWidth))
        .toBe(width);
      await softly.poll(() => cutOff(page), `${tag}, ${width}`).toEqual([]);
    }
    await window.picture(`sidebar-${tag}-720`);
    await page.locator('.sidebar').evaluate((sidebar) => sidebar.scrollTo(0, 10_000));
    await window.picture(`sidebar-${tag}-720-end`);
  }
  await window.close();
});
