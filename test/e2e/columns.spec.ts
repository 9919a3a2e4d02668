/**
 * Goal: people make the columns of the list as wide and its rows as close as they like: by mouse, by
 * keyboard and without dragging, in languages of either direction; the next start has it so.
 * Method: the real window on a real archive; where headers and cells stand is asked of the page.
 */

import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { expectNone, violationsIn } from '../support/access.ts';
import { type OpenWindow, openWindow, workFolder } from '../support/window.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../../out/sample/sample.mbox');
const WIDE = { width: 1700, height: 800 };

/** Some start the app twice. */
test.describe.configure({ timeout: 4 * 60_000 });

async function opened(
  folder: string,
  options: { readonly language?: string } = {},
): Promise<OpenWindow> {
  const file = path.join(folder, 'one.mbox');
  copyFileSync(SAMPLE, file);
  const window = await openWindow([file], { folder, ...options });
  await window.page.setViewportSize(WIDE);
  await expect.poll(() => window.page.evaluate(() => innerWidth)).toBe(WIDE.width);
  await expect(window.page.locator('.row[data-key]').first()).toBeVisible();
  return window;
}

type Column = 'date' | 'from' | 'to' | 'subject' | 'bytes';

const header = (page: Page, column: Column): Locator => page.locator(`[data-column=${column}]`);

async function boxOf(element: Locator) {
  const box = await element.boundingBox();
  if (!box) throw new Error('not on screen');
  return { ...box, right: box.x + box.width };
}
const widthOf = async (element: Locator): Promise<number> => (await boxOf(element)).width;

/** It is so wide, or will be with the next frame. */
const expectWidth = (element: Locator, pixels: number, digits = 0): Promise<void> =>
  expect.poll(() => widthOf(element)).toBeCloseTo(pixels, digits);

/** The cells of a row stand below their headers. */
async function expectAligned(page: Page): Promise<void> {
  for (const column of ['date', 'from', 'to', 'subject'] as const) {
    const apart = async (): Promise<number> => {
      const above = await boxOf(header(page, column));
      const below = await boxOf(page.locator(`.row[data-key] .cell-${column}`).first());
      return Math.max(Math.abs(above.x - below.x), Math.abs(above.width - below.width));
    };
    await expect.poll(apart, column).toBeLessThanOrEqual(2);
  }
}

/** Drags the line of a column with the mouse, in steps as a hand does. */
async function drag(page: Page, edge: Locator, by: number): Promise<void> {
  const { x, y, width, height } = await boxOf(edge);
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width / 2 + by, y + height / 2 + 40, { steps: 12 });
  await page.mouse.up();
}

/** Null while nothing is. */
const remembered = (folder: string): unknown => {
  try {
    const file = path.join(folder, 'user-data', 'settings.json');
    return JSON.parse(readFileSync(file, 'utf8')).panes?.columns ?? null;
  } catch {
    return null;
  }
};

test('columns are dragged, the subject takes what is left, and the next start has them so', async () => {
  const folder = workFolder();
  const first = await opened(folder);
  const { page } = first;
  const edge = (name: string): Locator => page.getByRole('separator', { name, exact: true });
  await expectAligned(page);
  await first.picture('columns-usual');

  const usual = {
    from: await widthOf(header(page, 'from')),
    date: await widthOf(header(page, 'date')),
  };
  const subject = await widthOf(header(page, 'subject'));
  // However many messages there are: no row is made anew while a column is dragged.
  const changes = await page.locator('.window').evaluateHandle((rows) => {
    const seen = { changes: 0 };
    new MutationObserver((records) => {
      seen.changes += records.length;
    }).observe(rows, { subtree: true, childList: true, attributes: true, characterData: true });
    return seen;
  });
  await drag(page, edge('Width of From'), 90);
  expect(await changes.evaluate((seen) => seen.changes)).toBe(0);
  await expectWidth(header(page, 'from'), usual.from + 90, -1);
  await expectWidth(header(page, 'subject'), subject - 90, -1);
  await expectWidth(header(page, 'date'), usual.date);
  await expectAligned(page);

  // The size ends where lines end: to the left is wider.
  const size = await widthOf(header(page, 'bytes'));
  await drag(page, edge('Width of Size'), -40);
  await expectWidth(header(page, 'bytes'), size + 40, -1);

  // Never so wide that there is no subject, nor so narrow that there is no column.
  await drag(page, edge('Width of To'), 1500);
  expect(await widthOf(header(page, 'subject'))).toBeGreaterThanOrEqual(134);
  await drag(page, edge('Width of To'), -1500);
  await expectWidth(header(page, 'to'), 60);
  await expectAligned(page);
  await first.picture('columns-dragged');
  // Nothing was sorted, and nothing chosen, by dragging.
  await expect(page.locator('[aria-sort=ascending], [aria-sort=descending]')).toHaveCount(0);
  const widths = await Promise.all(
    (['date', 'from', 'to', 'bytes'] as const).map((column) => widthOf(header(page, column))),
  );
  await expect.poll(() => remembered(folder)).toMatchObject({ date: null, to: 60 });
  await first.app.close();

  const second = await openWindow([], { folder });
  await second.page.setViewportSize(WIDE);
  await expect.poll(second.rows).toBe(468);
  await expect
    .poll(() =>
      Promise.all(
        (['date', 'from', 'to', 'bytes'] as const).map((column) =>
          widthOf(header(second.page, column)),
        ),
      ),
    )
    .toEqual(widths.map((width) => expect.closeTo(width, 0)));
  await second.picture('columns-restored');

  // A double click gives the usual width back, and sorts nothing.
  await second.page.getByRole('separator', { name: 'Width of From' }).dblclick();
  await expectWidth(header(second.page, 'from'), usual.from);
  await expect.poll(() => remembered(folder)).toMatchObject({ from: null });
  await second.close();
});

test('columns are sized by keyboard, and heard', async () => {
  const window = await opened(workFolder());
  const { page } = window;
  await window.row(5).click();
  const edge = page.getByRole('separator', { name: 'Width of From' });
  const now = async (): Promise<number> => Number(await edge.getAttribute('aria-valuenow'));
  const usual = await now();
  await expect.poll(async () => Math.round(await widthOf(header(page, 'from')))).toBe(usual);
  await expect(edge).toHaveAttribute('aria-orientation', 'vertical');
  // It comes after its header.
  await page.getByRole('button', { name: 'From', exact: true }).focus();
  await page.keyboard.press('Tab');
  await expect(edge).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(now).toBe(usual + 32);
  await expectWidth(header(page, 'from'), usual + 32);
  await page.keyboard.press('End');
  await expect.poll(now).toBe(Number(await edge.getAttribute('aria-valuemax')));
  await expectWidth(header(page, 'subject'), 135, -1);
  await page.keyboard.press('Home');
  await expect.poll(now).toBe(60);
  await expect(edge).toHaveAttribute('aria-valuemin', '60');
  await window.picture('columns-keyboard');
  await page.keyboard.press('Enter');
  await expect.poll(now).toBe(usual);
  // The list has not moved by them.
  await expect(page.locator('.row-current')).toHaveAttribute('data-row', '4');

  // A screen reader hears a header, and not what sizes it.
  await expect(page.getByRole('columnheader', { name: 'From', exact: true })).toBeVisible();
  await expectNone(violationsIn(page, 'all'), 'columns');
  const targets = await page
    .getByRole('separator', { name: /^Width of (Date|From|To|Size)$/ })
    .evaluateAll((edges) => edges.map((one) => one.getBoundingClientRect()));
  expect(targets).toHaveLength(4);
  for (const { width, height } of targets)
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(24);
  await window.close();
});

test('without dragging, and rows closer together: the list stays at its place', async () => {
  const folder = workFolder();
  const first = await opened(folder);
  const { page } = first;
  const settings = page.getByRole('dialog', { name: 'Settings' });
  const choose = async (how: () => Promise<unknown>): Promise<void> => {
    await page.keyboard.press('Control+,');
    await how();
    await settings.getByRole('button', { name: 'Done' }).click();
    await expect(settings).toHaveCount(0);
  };
  await choose(async () => {
    await settings.getByRole('combobox', { name: 'Width of From' }).selectOption('300');
    await expectNone(violationsIn(page, 'all'), 'settings');
    await first.picture('columns-settings');
  });
  await expectWidth(header(page, 'from'), 300);

  await page
    .locator('.scroller')
    .first()
    .evaluate((scroller) => {
      scroller.scrollTop = 200 * 32;
    });
  const list = page.locator('.grid > .scroller');
  const top = () =>
    list.evaluate((scroller) => {
      const { top: edge } = scroller.getBoundingClientRect();
      const rows = [...scroller.querySelectorAll<HTMLElement>('.row[data-key]')];
      const on = rows.filter((row) => row.getBoundingClientRect().bottom > edge + 1);
      const first = on.sort((a, b) => Number(a.dataset['row']) - Number(b.dataset['row']))[0];
      return `${first?.dataset['row']} ${first?.dataset['key']} ${first?.offsetHeight}`;
    });
  await expect.poll(top).toMatch(/^200 .+ 32$/);
  const key = (await top()).split(' ')[1];
  await choose(() => settings.getByRole('radio', { name: 'Compact rows' }).check());
  await expect.poll(top).toBe(`200 ${key} 26`);
  await expectNone(violationsIn(page, 'all'), 'compact');
  await first.picture('columns-compact');
  await choose(() => settings.getByRole('radio', { name: 'Comfortable rows' }).check());
  await expect.poll(top).toBe(`200 ${key} 32`);
  // To the last row, and one page further by the page keys.
  await choose(() => settings.getByRole('radio', { name: 'Compact rows' }).check());
  await first.grid.focus();
  await page.keyboard.press('End');
  await expect(first.row(468)).toHaveAttribute('aria-selected', 'true');
  await expect(first.row(468)).toBeInViewport({ ratio: 0.9 });
  await first.app.close();

  const second = await openWindow([], { folder });
  await expect.poll(second.rows).toBe(468);
  await expect(second.row(468)).toHaveAttribute('aria-selected', 'true');
  await expect(second.row(468)).toHaveCSS('height', '26px');
  await second.close();
});

test('in a language that begins on the right, a column grows to the left', async () => {
  const window = await opened(workFolder(), { language: 'ar' });
  const { page } = window;
  const edge = header(page, 'from').getByRole('separator');
  await expect(edge).toHaveAccessibleName('عرض عمود «من»');
  await expectAligned(page);
  const usual = await widthOf(header(page, 'from'));
  const { right } = await boxOf(header(page, 'from'));
  await drag(page, edge, -80);
  await expectWidth(header(page, 'from'), usual + 80, -1);
  const after = await boxOf(header(page, 'from'));
  expect(after.right).toBeCloseTo(right, 0);
  await expectAligned(page);
  const size = await widthOf(header(page, 'bytes'));
  await drag(page, header(page, 'subject').getByRole('separator'), 30);
  await expectWidth(header(page, 'bytes'), size + 30, -1);
  await edge.focus();
  await page.keyboard.press('ArrowLeft');
  await expectWidth(header(page, 'from'), after.width + 16);
  await window.picture('columns-arabic');
  await edge.dblclick();
  await expectWidth(header(page, 'from'), usual);
  await window.close();
});
