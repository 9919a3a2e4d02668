/**
 * Goal: a person who has gone elsewhere is told by the system that long work is done, and by a badge until
 * they look; who looks at the window, or wants no notices, is not.
 * Method: the real window on an archive that takes long to read; no notice reaches a desktop here, so that
 * what the app hands to the system is noted where it is handed over.
 */

import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { hollowArchive } from '../support/hollow-archive.ts';
import { type OpenWindow, openWindow, workFolder } from '../support/window.ts';

/** Shorter work is told to nobody. */
const LONG_MS = 5000;

interface Told {
  readonly notices: string[];
  readonly badges: number[];
  click: () => void;
}

/** From now on what the system is told is noted, and the window is in front or not. */
async function watchSystem({ app }: OpenWindow, front: 'in front' | 'elsewhere'): Promise<void> {
  await app.evaluate(({ app: main, BrowserWindow, Notification }, where) => {
    const told: Told = { notices: [], badges: [], click: () => undefined };
    Object.assign(globalThis, { told });
    Notification.isSupported = () => true;
    Notification.prototype.show = function show(this: Electron.Notification): void {
      told.notices.push(this.body);
      told.click = () => this.emit('click');
    };
    main.setBadgeCount = (count = 0) => told.badges.push(count) > 0;
    for (const window of BrowserWindow.getAllWindows())
      window.isFocused = () => where === 'in front';
  }, front);
}

const toldIn = ({ app }: OpenWindow): Promise<Omit<Told, 'click'>> =>
  app.evaluate(() => {
    const { notices, badges } = (globalThis as unknown as { told: Told }).told;
    return { notices, badges };
  });

/** Reads a large archive for a while, and stops. */
async function workLong({ page }: OpenWindow): Promise<void> {
  const bar = page.getByRole('progressbar', { name: 'Reading the archive' });
  await expect(bar).toBeVisible();
  await lasts(page, LONG_MS + 500);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(bar).toHaveCount(0);
}

/** The work goes on for so long by the clock of the page. */
async function lasts(page: Page, ms: number): Promise<void> {
  const begun = await page.evaluate(() => performance.now());
  await page.waitForFunction((end) => performance.now() > end, begun + ms);
}

async function opened(folder: string): Promise<OpenWindow> {
  const file = path.join(folder, 'large.mbox');
  hollowArchive(file, 200 * 1024 ** 3);
  return openWindow([file], { folder });
}

test('long work that ends while another program is in front is told, until somebody looks', async () => {
  const window = await opened(workFolder());
  await watchSystem(window, 'elsewhere');
  await workLong(window);
  await expect.poll(async () => (await toldIn(window)).badges.at(-1)).toBe(1);
  expect((await toldIn(window)).notices).toEqual(['What you started is done.']);
  // Who chooses the notice comes to the window, and the badge goes.
  const shown = await window.app.evaluate(({ app, BrowserWindow }) => {
    const [own] = BrowserWindow.getAllWindows();
    own?.hide();
    (globalThis as unknown as { told: Told }).told.click();
    app.emit('browser-window-focus', {}, own);
    return own?.isVisible();
  });
  expect(shown).toBe(true);
  expect((await toldIn(window)).badges.at(-1)).toBe(0);
  await window.close();
});

test('who looks at the window, or wants no notices, is not told', async () => {
  const window = await opened(workFolder());
  await watchSystem(window, 'in front');
  await workLong(window);
  expect(await toldIn(window)).toMatchObject({ notices: [] });

  await watchSystem(window, 'elsewhere');
  await window.page.keyboard.press('Control+,');
  const settings = window.page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('checkbox', { name: 'Tell me when long work is done' }).uncheck();
  await settings.getByRole('button', { name: 'Done' }).click();
  await window.page.getByRole('button', { name: 'Read the rest' }).click();
  await workLong(window);
  const { notices, badges } = await toldIn(window);
  expect([notices, badges.filter((unseen) => unseen > 0)]).toEqual([[], []]);
  await window.close();
});
