/**
 * Goal: a person finds what is in an archive more than once, sees which copy stays, and deletes the others,
 * knowing how much that frees. Method: copies as programs make them, in the real window.
 */

import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Locator, test } from '@playwright/test';
import { type OpenWindow, openWindow, workFolder } from '../support/window.ts';

interface Letter {
  readonly id: number;
  readonly body: string;
  readonly more?: readonly string[];
}

const stored = ({ id, body, more = [] }: Letter): string =>
  [
    'From anna@example.org Mon Mar  3 10:00:00 2003',
    ...more,
    `Message-ID: <letter${id}@example.org>`,
    `From: ${id % 2 === 0 ? 'Anna Berg <anna@example.org>' : 'Bo Tull <bo@example.org>'}`,
    'To: village@example.org',
    `Subject: The harvest fair, letter ${id}`,
    `Date: Mon, 3 Mar 2003 1${id % 10}:00:00 +0000`,
    '',
    body,
    '',
    '',
  ].join('\n');

const TEXT = 'The barn is free on Saturday. '.repeat(8).trim();
const RECEIVED = ['Received: from relay.example.org by mail.example.org; Mon, 3 Mar 2003 10:00:02'];
/** Letters 1 and 2 are there in exact copies, 3 in one that another program wrapped. */
const LETTERS: readonly Letter[] = [
  { id: 1, body: `${TEXT} Yours, Bo` },
  { id: 2, body: `${TEXT} Yours, Anna` },
  { id: 3, body: `${TEXT}\nBring a chair.` },
  { id: 4, body: 'Only once.' },
  { id: 1, body: `${TEXT} Yours, Bo`, more: RECEIVED },
  { id: 2, body: `${TEXT} Yours, Anna` },
  { id: 1, body: `${TEXT} Yours, Bo` },
  { id: 3, body: `${TEXT} Bring a chair.`.replaceAll(' Saturday', '\nSaturday') },
];

interface Opened extends OpenWindow {
  readonly file: string;
  readonly pane: Locator;
  readonly found: Locator;
  readonly copies: Locator;
}

async function opened(content: string): Promise<Opened> {
  const folder = workFolder();
  const file = path.join(folder, 'Village.mbox');
  writeFileSync(file, content);
  const window = await openWindow([file], { folder });
  const { page } = window;
  await expect(page.getByText('Complete', { exact: true })).toBeVisible({ timeout: 60_000 });
  await page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('button', { name: 'Duplicates' })
    .click();
  const pane = page.getByRole('region', { name: 'Duplicates' });
  return {
    ...window,
    file,
    pane,
    found: pane.getByRole('group', { name: 'What was found' }),
    copies: pane.getByRole('table', { name: 'Copies' }),
  };
}

/** The copies on screen: their state and where they stand in the file, such as `Kept 1`. */
const statesIn = async (copies: Locator): Promise<string[]> =>
  (await copies.getByRole('row').allInnerTexts()).flatMap((text) => {
    const [, state] = /(Kept|Other copy|Marked)/.exec(text) ?? [];
    const [, number] = /([\d,]+)$/.exec(text) ?? [];
    return state && number ? [`${state} ${number}`] : [];
  });

async function expectAccessible({ page }: OpenWindow): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)).toEqual([]);
}

test('exact copies: which one stays, the others deleted and gone', async () => {
  const window = await opened(LETTERS.map(stored).join(''));
  const { page, pane, found, copies, file, picture } = window;
  await picture('duplicates-before');
  await pane.getByRole('button', { name: 'Find duplicates' }).click();
  await expect(found).toContainText('2 messages are there more than once: 3 other copies');
  await expect
    .poll(() => statesIn(copies))
    .toEqual(['Kept 1', 'Other copy 5', 'Other copy 7', 'Kept 2', 'Other copy 6']);
  await picture('duplicates-exact');
  await pane.getByRole('combobox', { name: 'Keep of each' }).selectOption('most');
  await expect
    .poll(() => statesIn(copies))
    .toEqual(['Other copy 1', 'Kept 5', 'Other copy 7', 'Kept 2', 'Other copy 6']);
  const gone = [0, 6, 5].map((at) => stored(LETTERS[at] ?? { id: 0, body: '' }));
  const bytes = gone.join('').length;
  const button = pane.getByRole('button', { name: /^Delete the other copies/ });
  await expect(button).toContainText(`3 messages, ${(bytes / 1000).toFixed(1)} KB`);
  await button.click();
  await expect(found).toContainText('3 are marked');
  await expect(button).toBeDisabled();
  await expect
    .poll(() => statesIn(copies))
    .toEqual(['Marked 1', 'Kept 5', 'Marked 7', 'Kept 2', 'Marked 6']);
  await picture('duplicates-marked');
  await page.keyboard.press('Control+z');
  await expect(found).not.toContainText('marked');
  await button.click();
  await expect(found).toContainText('3 are marked');
  const before = statSync(file).size;
  await page.getByRole('button', { name: 'Compact', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Compact archive' });
  await dialog.getByRole('button', { name: 'Compact', exact: true }).click();
  await expect.poll(() => statSync(file).size).toBe(before - bytes);
  await expect(pane).toContainText('No message is in the archive more than once');
  const kept = [1, 2, 3, 4, 7].map((at) => stored(LETTERS[at] ?? { id: 0, body: '' }));
  expect(readFileSync(file, 'latin1')).toBe(kept.join(''));
  await window.close();
});

test('loose copies by keyboard, shown in the list, light and dark', async () => {
  const window = await opened(LETTERS.map(stored).join(''));
  const { page, pane, found, copies, rows, picture } = window;
  await expect(pane.getByRole('heading', { name: 'Duplicates' })).toBeFocused();
  await pane.getByRole('radio', { name: /^The same text/ }).focus();
  await page.keyboard.press('Space');
  await pane.getByRole('button', { name: 'Find duplicates' }).focus();
  await page.keyboard.press('Enter');
  await expect(found).toContainText('3 messages are there more than once: 4 other copies');
  await expect.poll(() => statesIn(copies)).toContain('Other copy 8');
  await expectAccessible(window);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await expectAccessible(window);
  await picture('duplicates-loose-dark');
  await found.getByRole('button', { name: 'Show the other copies in the list' }).click();
  await expect.poll(rows).toBe(4);
  const bar = page.getByRole('region', { name: 'What is listed' });
  await expect(bar).toContainText('Duplicates, all but one of each');
  await bar.getByRole('button', { name: 'Delete these' }).click();
  await expect(page.getByRole('status')).toContainText('4 messages marked');
  await window.close();
});

test('nothing is there twice', async () => {
  const window = await opened(LETTERS.slice(0, 4).map(stored).join(''));
  const { pane, picture } = window;
  await pane.getByRole('button', { name: 'Find duplicates' }).click();
  await expect(pane).toContainText('No message is in the archive more than once');
  await expect(pane.getByRole('table')).toHaveCount(0);
  await picture('duplicates-none');
  await window.close();
});

test('a hundred thousand copies', async () => {
  test.slow();
  const letters = Array.from({ length: 100_100 }, (_none, at) =>
    stored({ id: at % 100, body: `Letter ${at % 100}.` }),
  );
  const window = await opened(letters.join(''));
  const { pane, found, copies, picture } = window;
  await pane.getByRole('button', { name: 'Find duplicates' }).click();
  await expect(found).toContainText('100 messages are there more than once: 100,000 other copies', {
    timeout: 120_000,
  });
  await expect(copies).toHaveAttribute('aria-rowcount', '100101');
  await picture('duplicates-many');
  await pane.getByRole('button', { name: /^Delete the other copies/ }).click();
  await expect(found).toContainText('100,000 are marked', { timeout: 120_000 });
  await window.close();
});
