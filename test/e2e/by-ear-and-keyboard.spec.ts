/**
 * Goal: whoever does not see the window hears what happens in it, once; whoever has no mouse is never
 * lost in it; nothing moves for those who cannot bear it. Method: live regions listened to as screen
 * readers do, the tree that they are given, keys, and where the keyboard is after each.
 */

import { appendFileSync, copyFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { listen, liveRegionsOf } from '../support/access.ts';
import { hollowArchive } from '../support/hollow-archive.ts';
import { numberedLetters } from '../support/letters.ts';
import { letter } from '../support/letters-to-show.ts';
import { pythonHolds } from '../support/peers.ts';
import { type OpenWindow, openWindow, workFolder } from '../support/window.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../../out/sample/sample.mbox');
const GIB = 1024 ** 3;

async function opened(): Promise<OpenWindow & { readonly file: string }> {
  const folder = workFolder();
  const file = path.join(folder, 'one.mbox');
  copyFileSync(SAMPLE, file);
  const window = await openWindow([file], { folder });
  await expect(window.page.getByText('Complete', { exact: true })).toBeVisible();
  await expect.poll(window.rows).toBe(468);
  return { ...window, file };
}

const button = (page: Page, name: string): Locator =>
  page.getByRole('button', { name, exact: true }).first();

/**
 * Types into what has the keyboard, as slowly as a person, by the clock of the page: what listens goes by the same
 * one, however late a machine is with either.
 */
const typeSlowly = (page: Page, text: string): Promise<void> =>
  page.evaluate(async (letters) => {
    for (const letter of letters) {
      document.execCommand('insertText', false, letter);
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  }, text);

test('marks, results, removal and what others did are each said once', async () => {
  const { page, row, file, close } = await opened();
  const heard = await listen(page);
  const ofKind = async (words: RegExp): Promise<readonly string[]> =>
    (await heard.all()).filter((one) => words.test(one));
  await row(2).click();
  await page.keyboard.press('j');
  await page.keyboard.press('Delete');
  await expect
    .poll(() => ofKind(/marked/))
    .toEqual([expect.stringMatching(/^polite: 1 message marked/)]);
  await page.keyboard.press('Control+z');
  await expect.poll(() => ofKind(/No message is marked/)).toEqual(['polite: No message is marked']);

  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Search' })).toBeFocused();
  await typeSlowly(page, 'boat');
  await expect.poll(() => ofKind(/^polite: \d+ messages?$/)).toHaveLength(1);
  const bar = page.getByRole('toolbar', { name: 'Search results' });
  const [found = ''] = await ofKind(/^polite: \d+ messages?$/);
  await expect(bar).toContainText(`${found.slice('polite: '.length)} found`);
  await page.keyboard.press('Escape');
  await expect.poll(() => ofKind(/^polite: 468 messages$/)).toHaveLength(1);

  await row(2).click();
  await page.keyboard.press('Delete');
  await button(page, 'Compact').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Compact' }).click();
  await expect
    .poll(() => ofKind(/Removed 1 message/))
    .toEqual([expect.stringMatching(/^polite: /)]);
  appendFileSync(file, numberedLetters('late', 2, 300).join(''));
  await expect
    .poll(() => ofKind(/added 2 messages/))
    .toEqual([expect.stringMatching(/^assertive: /)]);
  // Of all that the window shows only this is said by itself: the line at the bottom changes with every key.
  expect(new Set(await liveRegionsOf(page))).toEqual(
    new Set(['generic polite', 'alert assertive']),
  );
  await close();
});

test('a lock that is waited for is said once, though its seconds are counted', async () => {
  const { page, row, file, close } = await opened();
  await row(2).click();
  await page.keyboard.press('Delete');
  await expect(page.getByRole('status')).toContainText('1 message marked');
  const peer = await pythonHolds(file, 'lockf');
  const heard = await listen(page);
  await button(page, 'Compact').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Compact' }).click();
  await expect(page.getByRole('status')).toContainText(/\([2-9] of \d+ seconds/);
  const waiting = (await heard.all()).filter((one) => one.includes('Waiting for'));
  expect(waiting).toHaveLength(1);
  expect(waiting[0]).toMatch(/^polite: /);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('alert')).toContainText('Every message is still there');
  await peer.kill();
  await close();
});

test('long work is said at its quarters, and nothing moves where a person wants no motion', async () => {
  const folder = workFolder();
  const file = path.join(folder, 'large.mbox');
  hollowArchive(file, 60 * GIB);
  const { app, page, close } = await openWindow([], { folder });
  const heard = await listen(page);
  await app.evaluate(({ app: main }, wanted) => {
    main.emit('second-instance', {}, [], '', [wanted]);
  }, file);
  const bar = page.getByRole('progressbar', { name: 'Reading the archive' });
  await expect(bar).toHaveAttribute('aria-valuenow', /\d+/);
  const said = async (): Promise<readonly string[]> =>
    (await heard.all()).filter((one) => one.includes('Reading the archive'));
  await expect
    .poll(async () => (await said())[0] ?? '')
    .toMatch(/^polite: Reading the archive: \d+ %$/);
  const moving = (): Promise<number> => page.evaluate(() => document.getAnimations().length);
  const now = await bar.getAttribute('aria-valuenow');
  let most = 0;
  await expect
    .poll(async () => {
      most = Math.max(most, await moving());
      return bar.getAttribute('aria-valuenow');
    })
    .not.toBe(now);
  expect(most).toBe(0);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await expect.poll(moving, { intervals: [20] }).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(bar).toHaveCount(0);
  // Each quarter once.
  const all = await said();
  expect(new Set(all).size).toBe(all.length);
  expect(all.length).toBeLessThanOrEqual(5);
  await close();
});

test('the keyboard comes back to where it was when a dialog closes, and is never nowhere', async () => {
  const { page, grid, row, file, close } = await opened();
  await row(2).click();
  await page.keyboard.press('Delete');
  await expect(page.getByRole('status')).toContainText('1 message marked');
  for (const key of ['Control+,', 'Control+p', 'Control+Shift+e']) {
    await grid.focus();
    await page.keyboard.press(key);
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(grid).toBeFocused();
  }
  await button(page, 'Compact').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(button(page, 'Compact')).toBeFocused();

  // The button that did its work cannot be pressed any more; what was put away is gone.
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Compact' }).focus();
  await page.keyboard.press('Enter');
  await expect(button(page, 'Undo compaction')).toBeVisible();
  await expect(grid).toBeFocused();
  appendFileSync(file, numberedLetters('late', 2, 300).join(''));
  await page.getByRole('alert').getByRole('button', { name: 'Dismiss' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(grid).toBeFocused();
  await button(page, 'Help for searching').focus();
  await page.keyboard.press('Enter');
  const help = page.getByRole('region', { name: 'What can be searched for' });
  await expect(help.getByRole('button').first()).toBeFocused();
  await help.getByRole('button').last().focus();
  await page.keyboard.press('Tab');
  await expect(help).toHaveCount(0);
  await close();
});

test('a key that comes in the very moment in which a dialog closes is not lost', async () => {
  const { page, close } = await opened();
  const field = page.getByRole('combobox', { name: 'Command' });
  await page.keyboard.press('Control+p');
  await expect(field).toBeFocused();
  // Before the dialog could say that it has closed.
  await page.evaluate(() => {
    document.querySelector('dialog')?.close();
    const key = { key: 'p', ctrlKey: true, bubbles: true, cancelable: true };
    document.body.dispatchEvent(new KeyboardEvent('keydown', key));
  });
  await expect(field).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(field).toHaveCount(0);
  await close();
});

test('the tab key goes around the whole window and holds nobody', async () => {
  const { page, row, close } = await opened();
  await row(2).click();
  await page.locator('article[data-shown=true]').waitFor();
  const here = (): Promise<string> =>
    page.evaluate(() => {
      const { activeElement } = document;
      if (!activeElement || activeElement === document.body) return '';
      // Not by its place: parts of the window may come while the keyboard goes around.
      const known = window as unknown as { stops?: Element[] };
      known.stops ??= [];
      if (!known.stops.includes(activeElement)) known.stops.push(activeElement);
      return String(known.stops.indexOf(activeElement));
    });
  for (const key of ['Tab', 'Shift+Tab']) {
    const first = await here();
    const stops = [first];
    for (let presses = 0; presses < 150; presses++) {
      await page.keyboard.press(key);
      const stop = await here();
      if (stop === first) break;
      if (stop !== '') stops.push(stop);
    }
    expect(stops.length).toBeGreaterThan(25);
    expect(await here()).toBe(first);
    expect(new Set(stops).size).toBe(stops.length);
  }
  await close();
});

test('in a message Enter follows links and arrows scroll; letters do nothing where they are turned off', async () => {
  const folder = workFolder();
  const file = path.join(folder, 'letters.mbox');
  const long = Array.from({ length: 200 }, (_none, at) => `Line ${at}`).join('\n');
  const text = `Content-Type: text/plain\n\nSee http://www.mybank.example@attacker.example/login\n${long}`;
  writeFileSync(file, letter('Ann', 'One', text) + letter('Ben', 'Two', text));
  const window = await openWindow([file], { folder });
  const { page, grid, row, close } = window;
  await row(1).click();
  const reader = page.getByRole('region', { name: 'Message' });
  await reader.getByRole('link').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'This link is not what it seems' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(reader.getByRole('link')).toBeFocused();
  await reader.focus();
  await page.keyboard.press('PageDown');
  await expect.poll(() => reader.evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(100);
  await expect(row(1)).toHaveAttribute('aria-selected', 'true');

  await page.keyboard.press('Control+,');
  await page.getByRole('checkbox', { name: 'Letters are commands' }).uncheck();
  await page.keyboard.press('Escape');
  await grid.focus();
  await page.keyboard.press('j');
  await page.keyboard.press('D');
  await page.keyboard.press('ArrowDown');
  await expect(row(2)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Control+,');
  await page.getByRole('checkbox', { name: 'Letters are commands' }).check();
  await page.keyboard.press('Escape');
  await grid.focus();
  await page.keyboard.press('k');
  await expect(row(1)).toHaveAttribute('aria-selected', 'true');
  await close();
});
