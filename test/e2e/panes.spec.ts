/**
 * Goal: the parts of the window have the room that a person gives them, and show what they are, however
 * small the window is. Method: the real window on the sample; where things stand is asked of the page, and
 * what is painted of the picture.
 */

import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import { type OpenWindow, openWindow, workFolder } from '../support/window.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../../out/sample/sample.mbox');

async function opened(folder: string, language = 'en-US'): Promise<OpenWindow> {
  const file = path.join(folder, 'one.mbox');
  copyFileSync(SAMPLE, file);
  const window = await openWindow([file], { folder, language });
  await expect(window.page.locator('.row[data-key]').first()).toBeVisible();
  return window;
}

async function boxOf(element: Locator) {
  const box = await element.boundingBox();
  if (!box) throw new Error('not on screen');
  return box;
}

const rememberedPanes = (folder: string): unknown => {
  try {
    return JSON.parse(readFileSync(path.join(folder, 'user-data', 'settings.json'), 'utf8')).panes;
  } catch {
    return null;
  }
};

test('a drag is given up by Escape: columns and panes are as wide as before', async () => {
  const folder = workFolder();
  const window = await opened(folder);
  const { page } = window;
  const cases = [
    { edge: 'Width of From', sized: page.locator('[data-column=from]'), by: 60 },
    { edge: 'Width of the sidebar', sized: page.locator('.sidebar-pane'), by: 70 },
    { edge: 'Width of the message', sized: page.locator('.reader-pane'), by: -70 },
  ];
  for (const { edge, sized, by } of cases) {
    const { width } = await boxOf(sized);
    const at = await boxOf(page.getByRole('separator', { name: edge, exact: true }));
    const [x, y] = [at.x + at.width / 2, at.y + at.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + by, y, { steps: 4 });
    await expect.poll(async () => (await boxOf(sized)).width, edge).not.toBeCloseTo(width, 0);
    await page.keyboard.press('Escape');
    await expect.poll(async () => (await boxOf(sized)).width, edge).toBeCloseTo(width, 0);
    // What the hand does until it lets go counts for nothing.
    await page.mouse.move(x + 2 * by, y, { steps: 4 });
    await page.mouse.up();
    expect((await boxOf(sized)).width, edge).toBeCloseTo(width, 0);
  }
  await page.getByRole('separator', { name: 'Width of the sidebar' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect
    .poll(() => rememberedPanes(folder))
    .toMatchObject({ reader: null, columns: { from: null } });
  await window.close();
});

test('panes are sized without dragging', async () => {
  const folder = workFolder();
  const window = await opened(folder);
  const { page } = window;
  await page.keyboard.press('Control+,');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('combobox', { name: 'Width of the sidebar' }).selectOption('300');
  await settings.getByRole('combobox', { name: 'Width of the message' }).selectOption('500');
  await settings.getByRole('button', { name: 'Done' }).click();
  const widthOf = async (pane: string) => (await boxOf(page.locator(pane))).width;
  await expect.poll(() => widthOf('.sidebar-pane')).toBeCloseTo(300, 0);
  await expect.poll(() => widthOf('.reader-pane')).toBeCloseTo(500, 0);
  await expect.poll(() => rememberedPanes(folder)).toMatchObject({ side: 300, reader: 500 });
  await window.close();
});

test('the frame of the keyboard goes around the list, whatever is pointed at', async () => {
  const window = await opened(workFolder());
  const { app, page, grid, row } = window;
  await row(2).click();
  await page.keyboard.press('ArrowDown');
  await expect(grid).toBeFocused();
  await row(5).hover();
  const { x, y, height } = await boxOf(grid);
  const colours = () =>
    app.evaluate(
      async ({ BrowserWindow }, strip) => {
        const picture = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage(strip);
        const pixels = picture?.toBitmap() ?? Buffer.alloc(0);
        const all = new Set<number>();
        for (let at = 0; at + 4 <= pixels.length; at += 4) all.add(pixels.readUInt32LE(at));
        return [...all];
      },
      { x: Math.round(x), y: Math.round(y), width: 1, height: Math.floor(height) },
    );
  // As soon as it is painted.
  await expect.poll(colours).toHaveLength(1);
  await window.picture('list-frame');
  await window.close();
});

test('the title and the button of a dialog stay in sight, however much is between them', async () => {
  const window = await opened(workFolder());
  const { page } = window;
  await page.setViewportSize({ width: 800, height: 500 });
  await page.keyboard.press('Control+,');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  const done = settings.getByRole('button', { name: 'Done' });
  await expect(done).toBeInViewport({ ratio: 1 });
  await settings.getByRole('button', { name: 'Explain again' }).scrollIntoViewIfNeeded();
  await expect(done).toBeInViewport({ ratio: 1 });
  await expect(settings.getByRole('heading', { name: 'Settings' })).toBeInViewport({ ratio: 1 });
  await window.picture('settings-small');
  await window.close();
});

test('the toolbar is one row in a small window, too, and its buttons keep their names', async () => {
  for (const { language, names } of [
    { language: 'en-US', names: ['Open', 'Delete', 'Undelete', 'Compact', 'Threads', 'Overview'] },
    {
      language: 'de',
      names: [
        'Öffnen',
        'Löschen',
        'Wiederherstellen',
        'Komprimieren',
        'Unterhaltungen',
        'Überblick',
      ],
    },
  ]) {
    const window = await opened(workFolder(), language);
    const { page } = window;
    // What stands out is wider than usual.
    await page.locator('.row[data-key]').nth(1).click();
    await page.keyboard.press('Delete');
    await expect(page.locator('.button-prominent')).toBeVisible();
    for (const width of [1280, 1000, 720]) {
      await page.setViewportSize({ width, height: 700 });
      const toolbar = page.getByRole('toolbar').first();
      await expect.poll(() => page.evaluate(() => innerWidth)).toBe(width);
      const topsOf = () =>
        Promise.all(
          names.map(async (name) => {
            const button = toolbar.getByRole('button', { name, exact: true });
            return Math.round((await boxOf(button)).y);
          }),
        );
      await expect.poll(async () => new Set(await topsOf()).size, `${language}, ${width}`).toBe(1);
      const [top = 0] = await topsOf();
      const search = await boxOf(toolbar.getByRole('searchbox'));
      expect(Math.abs(search.y - top), `${language}, ${width}`).toBeLessThan(20);
      await window.picture(`toolbar-${language}-${width}`);
    }
    await window.close();
  }
});
