/**
 * Goal: the list by threads in the real window: switched on, read, collapsed and expanded by mouse and
 * keyboard, by what a screen reader is told; nothing that is hidden is deleted unasked; mail that comes
 * finds its thread. Method: a small mailbox of which the threads are known.
 */

import { appendFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Locator, test } from '@playwright/test';
import { type OpenWindow, openWindow, workFolder } from '../support/window.ts';

interface Letter {
  readonly id: string;
  readonly from: string;
  readonly subject: string;
  readonly references?: readonly string[];
  readonly status?: string;
}

let minute = 0;

function stored({ id, from, subject, references = [], status = 'RO' }: Letter): string {
  minute += 1;
  const time = `10:${String(minute % 60).padStart(2, '0')}:00`;
  const refers = references.map((one) => `<${one}@example.org>`).join('\n ');
  return [
    `From ${id}@example.org Mon Jan  1 ${time} 2001`,
    `From: ${from} <${id}@example.org>`,
    `Date: Mon, 1 Jan 2001 ${time} +0000`,
    `Subject: ${subject}`,
    `Message-ID: <${id}@example.org>`,
    ...(refers === '' ? [] : [`References: ${refers}`]),
    `Status: ${status}`,
    '',
    `This is ${id}.`,
    '',
    '',
  ].join('\n');
}

const DEEP = 14;
const deepId = (at: number): string => `deep${at}`;

const LETTERS: readonly Letter[] = [
  { id: 'ann', from: 'Ann', subject: 'Summer party' },
  { id: 'ben', from: 'Ben', subject: 'Re: Summer party', references: ['ann'], status: 'O' },
  { id: 'bill', from: 'Accounts', subject: 'Invoice 4711' },
  { id: 'cy', from: 'Cy', subject: 'AW: Summer party', references: ['ann', 'ben'], status: 'O' },
  { id: 'dan', from: 'Dan', subject: 'Re: Summer party', references: ['ann'] },
  { id: 'eve', from: 'Eve', subject: 'Re: Garden fence', references: ['gone'] },
  { id: 'fay', from: 'Fay', subject: 'Re: Garden fence', references: ['gone'] },
  ...Array.from({ length: DEEP }, (_none, at) => ({
    id: deepId(at),
    from: at % 2 === 0 ? 'Gil' : 'Hal',
    subject: at === 0 ? 'A long talk' : 'Re: A long talk',
    references: Array.from({ length: at }, (_nobody, before) => deepId(before)),
  })),
];

interface Threads extends OpenWindow {
  readonly file: string;
  readonly tree: Locator;
  /** A row of the list by threads, by its place from 1. */
  at(place: number): Locator;
  count(): Promise<number>;
}

async function opened(letters: readonly Letter[] = LETTERS): Promise<Threads> {
  const folder = workFolder();
  const file = path.join(folder, 'talk.mbox');
  minute = 0;
  writeFileSync(file, letters.map(stored).join(''));
  return { ...withTree(await openWindow([file], { folder })), file };
}

function withTree(window: OpenWindow): Omit<Threads, 'file'> {
  const tree = window.page.getByRole('treegrid', { name: 'Messages' });
  return {
    ...window,
    tree,
    at: (place) => tree.locator(`[role=row][aria-rowindex="${place}"]`),
    count: async () => Number(await tree.getAttribute('aria-rowcount')),
  };
}

async function switchOn({ page, rows, grid, tree, at }: Threads): Promise<void> {
  await expect(grid).toBeVisible({ timeout: 30_000 });
  await expect.poll(rows).toBe(LETTERS.length);
  await page.getByRole('button', { name: 'Threads' }).click();
  await expect(tree).toBeVisible();
  // Keys of threads mean something as soon as the rows are there by thread.
  await expect(at(1)).toHaveAttribute('aria-level', '1');
}

const levels = ({ tree }: Threads): Promise<(string | null)[]> =>
  tree
    .locator('[role=row][aria-level]')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-level')));

test('answers stand below what they answer, and a screen reader is told where', async () => {
  const window = await opened();
  const { page, at, grid, picture } = window;
  await switchOn(window);
  await expect(page.getByRole('button', { name: 'Threads' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await expect(at(2)).toContainText('Ben');
  await expect
    .poll(() => levels(window))
    .toEqual([
      ...['1', '2', '3', '2'],
      '1',
      ...['1', '2'],
      ...Array.from({ length: DEEP }, (_none, level) => `${level + 1}`),
    ]);
  await expect(at(3)).toContainText('Cy');
  await expect(at(4)).toHaveAttribute('aria-posinset', '2');
  await expect(at(4)).toHaveAttribute('aria-setsize', '2');
  await expect(at(1)).toHaveAttribute('aria-expanded', 'true');
  await expect(at(4)).not.toHaveAttribute('aria-expanded');
  // What is deep is not moved out of its column: it says how deep it is.
  await at(1).click();
  await page.keyboard.press('End');
  const deepest = at(LETTERS.length);
  await expect(deepest).toContainText(`${DEEP - 1}`);
  const subject = await deepest.locator('.subject').boundingBox();
  const row = await deepest.boundingBox();
  expect(subject?.width).toBeGreaterThan(40);
  expect((subject?.x ?? 0) + 40).toBeLessThan((row?.x ?? 0) + (row?.width ?? 0));
  await page.keyboard.press('Home');
  await picture('threads');
  await page.keyboard.press('t');
  await expect(grid).toBeVisible();
  await expect(window.row(3)).toContainText('Accounts');
  await window.close();
});

test('the keyboard opens, closes and goes through threads as through any tree', async () => {
  const window = await opened();
  const { page, at, count, tree } = window;
  await switchOn(window);
  const current = (place: number): Promise<void> =>
    expect(tree).toHaveAttribute('aria-activedescendant', `row-${place - 1}`);
  await at(1).click();
  await page.keyboard.press('ArrowLeft');
  await expect(at(1)).toHaveAttribute('aria-expanded', 'false');
  await expect(at(1)).toContainText('3 messages collapsed, 2 unread');
  await expect.poll(count).toBe(LETTERS.length - 3);
  await expect(at(2)).toContainText('Accounts');
  await expect(page.getByRole('status')).toContainText('21 messages, 3 collapsed');
  await page.keyboard.press('ArrowRight');
  await expect.poll(count).toBe(LETTERS.length);
  await page.keyboard.press('ArrowRight');
  await current(2);
  await expect(at(2)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowRight');
  await current(3);
  await page.keyboard.press('ArrowLeft');
  await current(2);
  await page.keyboard.press('Shift+ArrowLeft');
  // The current message is hidden with the others: the first of the thread takes its place.
  await current(1);
  await expect.poll(count).toBe(LETTERS.length - 3);
  await expect(page.getByRole('region', { name: 'Message' })).toContainText('This is ann.');
  await page.keyboard.press('ArrowRight');
  await expect(at(2)).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('*');
  await expect.poll(count).toBe(LETTERS.length);
  await page.getByRole('button', { name: 'Collapse all' }).click();
  await expect.poll(count).toBe(4);
  await page.getByRole('button', { name: 'Expand all' }).click();
  await expect.poll(count).toBe(LETTERS.length);
  await window.close();
});

test('the mouse opens and closes a thread, and its row stays where it was', async () => {
  const window = await opened();
  const { at, count } = window;
  await switchOn(window);
  await at(8).getByRole('button', { name: 'Collapse' }).click();
  await expect.poll(count).toBe(8);
  await expect(at(8)).toContainText(`${DEEP - 1} messages collapsed`);
  await expect(at(8)).toHaveAttribute('aria-selected', 'false');
  await at(8).getByRole('button', { name: 'Expand' }).click();
  await expect.poll(count).toBe(LETTERS.length);
  await window.close();
});

test('deleting the row of a collapsed thread deletes one message; the thread is deleted when asked', async () => {
  const window = await opened();
  const { page, at, picture } = window;
  await switchOn(window);
  const status = page.getByRole('status');
  await at(1).click();
  await page.keyboard.press('ArrowLeft');
  await expect(at(1)).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('Delete');
  await expect(status).toContainText('1 message marked');
  await page.keyboard.press('Control+z');
  await expect(status).not.toContainText('marked');
  await at(1).click();
  await page.getByRole('button', { name: 'Select thread (4 messages)' }).click();
  await expect(status).toContainText('4 messages selected');
  await expect(at(1)).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('button', { name: 'Delete thread (4 messages)' }).click();
  await expect(status).toContainText('4 messages marked');
  await expect(at(1)).toContainText('2 unread, 3 marked for deletion');
  await picture('threads-collapsed');
  await page.keyboard.press('Control+z');
  await expect(status).not.toContainText('marked');
  // Of an open thread the next one is what comes after, not an answer that was just deleted.
  await at(1).click();
  await page.keyboard.press('ArrowRight');
  await expect(at(1)).toHaveAttribute('aria-expanded', 'true');
  await page.getByRole('button', { name: 'Delete thread (4 messages)' }).click();
  await expect(status).toContainText('4 messages marked');
  await expect(page.getByRole('region', { name: 'Message' })).toContainText('This is bill.');
  await window.close();
});

test('a search keeps the shape of threads, and mail that comes finds its thread', async () => {
  const window = await opened();
  const { page, at, count, file } = window;
  await switchOn(window);
  const search = page.getByRole('searchbox', { name: 'Search' });
  await search.fill('cy');
  await expect.poll(count).toBe(1);
  await expect(at(1)).toHaveAttribute('aria-level', '1');
  await search.fill('party');
  await expect.poll(count).toBe(4);
  await expect(at(3)).toHaveAttribute('aria-level', '3');
  await search.fill('');
  await expect.poll(count).toBe(LETTERS.length);
  await at(5).click();
  await expect(page.getByRole('region', { name: 'Message' })).toContainText('This is bill.');
  const answer = { id: 'ivy', from: 'Ivy', subject: 'Re: Summer party', references: ['dan'] };
  appendFileSync(file, stored(answer));
  await expect.poll(count).toBe(LETTERS.length + 1);
  await expect(at(5)).toContainText('Ivy');
  await expect(at(5)).toHaveAttribute('aria-level', '3');
  // The current message is still the one that was being read.
  await expect(at(6)).toContainText('Accounts');
  await expect(window.tree).toHaveAttribute('aria-activedescendant', 'row-5');
  await window.close();
});

test('threads are accessible, light and dark, and remembered', async () => {
  const window = await opened();
  const { page, at, file, folder, picture } = window;
  await switchOn(window);
  await at(1).click();
  await page.keyboard.press('ArrowLeft');
  await expect(at(1)).toHaveAttribute('aria-expanded', 'false');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)).toEqual([]);
  }
  await picture('threads-dark');
  await window.app.close();
  const again = withTree(await openWindow([file], { folder }));
  await expect(again.tree).toBeVisible();
  await expect(again.at(2)).toHaveAttribute('aria-level', '2');
  await again.close();
});
