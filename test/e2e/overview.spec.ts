/**
 * Goal: a person sees what is in an archive and what fills it, goes from each chart to the list, and makes
 * the archive smaller: by mouse, and by keyboard alone. Method: the sample archive in the real window.
 */

import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { type OpenWindow, openWindow, workFolder } from '../support/window.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../../out/sample/sample.mbox');

interface Opened extends OpenWindow {
  readonly bar: Locator;
  readonly status: Locator;
  readonly all: number;
  card(name: string): Locator;
}

const SAMPLE_MESSAGES = 468;

async function opened(): Promise<Opened> {
  const folder = workFolder();
  const file = path.join(folder, 'Old mail.mbox');
  copyFileSync(SAMPLE, file);
  const window = await openWindow([file], { folder });
  const { page, grid, rows } = window;
  await expect(grid).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('Complete', { exact: true })).toBeVisible();
  // Rows come while it is still being read.
  await expect.poll(rows).toBe(SAMPLE_MESSAGES);
  return {
    ...window,
    bar: page.getByRole('region', { name: 'What is listed' }),
    status: page.getByRole('status'),
    all: SAMPLE_MESSAGES,
    card: (name) => page.getByRole('figure', { name, exact: true }),
  };
}

/** Everything is read and counted then. */
async function openOverview({ page, card, all }: Opened): Promise<void> {
  await page.getByRole('button', { name: 'Overview' }).click();
  await expect(page.getByRole('region', { name: 'Overview' })).toContainText(`${all} messages, `);
  await expect(card('Largest senders').getByRole('button').first()).toBeVisible();
}

/** The number in front of `messages` in a name. */
const numberIn = (text: string | null): number =>
  Number(/([\d,]+) messages?/.exec(text ?? '')?.[1]?.replaceAll(',', ''));

/** Where main would ask a person for a place. */
async function answersWith({ app }: OpenWindow, file: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, file);
}

test('from a chart to the list, deleted and taken back', async () => {
  const window = await opened();
  const { page, bar, status, card, rows, all, picture } = window;
  await openOverview(window);
  await picture('overview');
  const sender = card('Largest senders').locator('[data-mark="0"]');
  const name = await sender.getAttribute('aria-label');
  await sender.click();
  await expect(sender).toHaveAttribute('aria-pressed', 'true');
  await expect(bar).toContainText('From: ');
  await expect(bar).toContainText(/^.*[\d,]+ messages?, /);
  const messages = numberIn(name);
  await expect(bar.locator('strong')).toHaveText(new RegExp(`^${messages} `));
  await picture('overview-narrowed');
  await bar.getByRole('button', { name: 'Delete these' }).click();
  await expect(status).toContainText(`${messages} messages marked`);
  await expect(bar.getByRole('button', { name: 'Delete these' })).toBeDisabled();
  await page.keyboard.press('Control+z');
  await expect(status).not.toContainText('marked');
  await bar.getByRole('button', { name: 'Show in list' }).click();
  await expect.poll(rows).toBe(messages);
  await bar.getByRole('button', { name: /No longer only/ }).click();
  await expect.poll(rows).toBe(all);
  await window.close();
});

async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  const [start, end] = [await from.boundingBox(), await to.boundingBox()];
  if (!start || !end) throw new Error('the bars are there');
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 5 });
  await page.mouse.up();
}

test('a stretch of time is chosen by dragging, in the overview and in the sidebar', async () => {
  const window = await opened();
  const { page, bar, card, rows, all } = window;
  await openOverview(window);
  const time = card('Messages over time').last();
  const bars = time.getByRole('button', { name: /^\d.*: / });
  const names = await bars.evaluateAll((found) =>
    found.map((one) => one.getAttribute('aria-label')),
  );
  const wanted = names.slice(1, 4).reduce((sum, one) => sum + numberIn(one), 0);
  await drag(page, bars.nth(1), bars.nth(3));
  await expect(bar.locator('strong')).toHaveText(new RegExp(`^${wanted.toLocaleString('en')} `));
  await bar.getByRole('button', { name: 'Show in list' }).click();
  await expect.poll(rows).toBe(wanted);
  // The list is of these days whatever it is sorted by.
  await page.getByRole('button', { name: 'Date' }).click();
  await expect.poll(rows).toBe(wanted);
  const small = page.getByRole('figure', { name: 'Messages over time' });
  const last = small.getByRole('button').last();
  const ofLast = numberIn(await last.getAttribute('aria-label'));
  await last.click();
  await expect.poll(rows).toBe(ofLast);
  await bar.getByRole('button', { name: /No longer only/ }).click();
  await expect.poll(rows).toBe(all);
  await window.close();
});

test('by keyboard alone: a stretch, an hour, the table, back', async () => {
  const window = await opened();
  const { page, bar, card, grid, rows } = window;
  await page.keyboard.press('o');
  await expect(page.getByRole('region', { name: 'Overview' })).toContainText(
    `${window.all} messages, `,
  );
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeFocused();
  const time = card('Messages over time').last();
  const first = time.locator('[data-mark="0"]');
  await first.focus();
  await page.keyboard.press('ArrowRight');
  await expect(time.locator('[data-mark="1"]')).toBeFocused();
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(time.locator('[data-mark="3"]')).toHaveAttribute('aria-pressed', 'true');
  const names = await Promise.all(
    [1, 2, 3].map((at) => time.locator(`[data-mark="${at}"]`).getAttribute('aria-label')),
  );
  const wanted = names.reduce((sum, one) => sum + numberIn(one), 0);
  await page.keyboard.press('Enter');
  await expect(bar.locator('strong')).toHaveText(new RegExp(`^${wanted.toLocaleString('en')} `));
  const hours = card('Hours of the week');
  await hours.locator('[data-mark="0"]').focus();
  await page.keyboard.press('ArrowDown');
  await expect(hours.locator('[data-mark="24"]')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(bar).toContainText('Tuesday, 00:00–01:00');
  await hours.getByRole('button', { name: 'Table' }).focus();
  await page.keyboard.press('Enter');
  await expect(hours.getByRole('table')).toContainText('Monday, 00:00–01:00');
  await page.keyboard.press('Escape');
  await expect(grid).toBeFocused();
  await bar.getByRole('button', { name: /Tuesday/ }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(rows).toBe(wanted);
  await window.close();
});

test('charts are saved as SVG, PNG and CSV, and nothing is overwritten', async () => {
  const window = await opened();
  const { page, folder, card } = window;
  await openOverview(window);
  const senders = card('Largest senders');
  const save = async (form: string): Promise<string> => {
    const file = path.join(folder, `senders.${form}`);
    await answersWith(window, file);
    await senders
      .getByRole('button', { name: `Save Largest senders as ${form.toUpperCase()}` })
      .click();
    const note = page.getByRole('note');
    await expect(note).toContainText(/Saved as senders.*\./);
    await note.getByRole('button', { name: 'Dismiss' }).click();
    await expect(note).toHaveCount(0);
    return file;
  };
  const first = await senders.locator('[data-mark="0"]').getAttribute('aria-label');
  const name = first?.split(':')[0] ?? '';
  const svg = readFileSync(await save('svg'), 'utf8');
  expect(svg).toContain('<svg');
  expect(svg).toContain(name.slice(0, 8));
  expect(svg).not.toMatch(/class=|role=|style=/);
  expect(svg).toMatch(/fill="(?:rgb|color)/);
  expect([...readFileSync(await save('png')).subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
  const csv = readFileSync(await save('csv'), 'utf8');
  expect(csv.split('\r\n')[0]).toBe('\ufeffSender,Messages,Bytes');
  expect(csv).toContain(`\n${name},${numberIn(first)},`);
  await save('csv');
  expect(readFileSync(path.join(folder, 'senders (2).csv'), 'utf8')).toBe(csv);
  await window.close();
});

test('views by year and sender in the sidebar', async () => {
  const window = await opened();
  const { page, bar, rows, all, picture } = window;
  const groups = page.getByRole('navigation', { name: 'Groups' });
  await groups.getByRole('button', { name: 'Senders' }).click();
  const list = groups.getByRole('listbox', { name: 'Senders' });
  const option = list.getByRole('option').first();
  await expect(option).toContainText(/\d/);
  await groups.getByRole('combobox', { name: 'Order of senders' }).selectOption('name');
  await groups.getByRole('textbox', { name: 'Filter senders' }).fill('agnes');
  await expect(option).toHaveAttribute('aria-label', /agnes/i);
  const messages = numberIn(await option.getAttribute('aria-label'));
  await list.focus();
  await page.keyboard.press('Enter');
  await expect.poll(rows).toBe(messages);
  await expect(bar).toContainText('From: ');
  await expect(option).toHaveAttribute('aria-selected', 'true');
  await picture('views');
  await page.keyboard.press('Enter');
  await expect.poll(rows).toBe(all);
  await groups.getByRole('button', { name: 'Years' }).click();
  const year = groups.getByRole('listbox', { name: 'Years' }).getByRole('option').first();
  const ofYear = numberIn(await year.getAttribute('aria-label'));
  await year.click();
  await expect.poll(rows).toBe(ofYear);
  await window.close();
});

test('accessible, light and dark', async () => {
  const window = await opened();
  const { page, card, picture } = window;
  await page
    .getByRole('navigation', { name: 'Groups' })
    .getByRole('button', { name: 'Senders' })
    .click();
  await openOverview(window);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)).toEqual([]);
  }
  await picture('overview-dark');
  await card('Years').getByRole('button', { name: 'Table' }).click();
  await card('Largest senders').locator('[data-mark="1"]').click();
  await expect(page.getByRole('region', { name: 'What is listed' })).toContainText('From: ');
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)).toEqual([]);
  await picture('overview-dark-narrowed');
  await window.close();
});
