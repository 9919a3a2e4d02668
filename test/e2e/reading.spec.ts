/**
 * How an archive is read, in the real window: doubtful lines are explained, split, joined and taken
 * back; what a person decided is there again the next time, and the file is never changed by it.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { command } from '../support/window-states.ts';
import { openWindow, workFolder } from '../support/window.ts';

const letter = (name: string, body: string): string =>
  `From ${name}@example.org Thu Jan  1 00:00:00 2004\nFrom: ${name} <${name}@example.org>\nSubject: Letter of ${name}\nDate: Thu, 1 Jan 2004 10:00:00 +0000\n\n${body}\n`;

/** Two letters that nobody doubts, one without an empty line before it, and a line of text. */
const ARCHIVE =
  letter('ann', 'Dear all,\n\nFrom here on I write with the left hand.\nYours, Ann\n') +
  letter('ben', 'No empty line behind this.') +
  letter('cat', 'The third.\n');

/** A window on the archive, with its three messages. */
async function openDoubtful() {
  const folder = workFolder();
  const file = path.join(folder, 'doubtful.mbox');
  writeFileSync(file, ARCHIVE);
  const window = await openWindow([file], { folder });
  await expect.poll(window.rows).toBe(3);
  return { window, folder, file };
}

test('a line is split, one is joined; both are remembered, and the file stays as it is', async () => {
  const { window, folder, file } = await openDoubtful();
  const { page, row, rows } = window;
  const facts = page.getByRole('region', { name: 'Facts' });
  await facts.getByRole('button', { name: '2 lines that could be read otherwise' }).click();
  const dialog = page.getByRole('dialog', { name: 'How this archive is read' });
  await expect(dialog).toContainText('mbox: one message after the other');
  await expect(dialog.getByRole('radio', { name: 'By evidence' })).toBeChecked();
  const lines = dialog.getByRole('list', { name: 'Doubtful lines' }).getByRole('listitem');
  await expect(lines).toHaveCount(2);
  await expect(lines.nth(0)).toContainText('From here on I write with the left hand.');
  await expect(lines.nth(0)).toContainText(
    'Is text of a message: there is no date in it and no header field after it.',
  );
  await expect(lines.nth(1)).toContainText(
    'Starts a message, although there is no empty line before it.',
  );
  await window.picture('reading');

  await test.step('split with the keyboard: the focus stays, the list grows', async () => {
    await lines.nth(0).getByRole('button', { name: 'Split here' }).focus();
    await page.keyboard.press('Enter');
    await expect(lines.nth(0)).toContainText('You split the message here.');
    await expect(lines.nth(0).getByRole('button', { name: 'Take back' })).toBeFocused();
    await expect(dialog.getByRole('heading', { level: 3 })).toContainText('4 messages');
  });

  await test.step('join, and show: the list goes to the message', async () => {
    await lines.nth(1).getByRole('button', { name: 'Join to the message before' }).click();
    await expect(lines.nth(1)).toContainText('You joined it to the message before it.');
    await expect(dialog).toContainText('is remembered for this archive');
    await window.picture('reading-overruled');
    await lines.nth(1).getByRole('button', { name: 'Show' }).click();
    await expect(dialog).toBeHidden();
    await expect.poll(rows).toBe(3);
    await expect(row(3)).toHaveAttribute('aria-selected', 'true');
    await expect(row(3)).toContainText('Letter of ben');
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
  await window.app.close();
  expect(readFileSync(file, 'latin1')).toBe(ARCHIVE);

  const again = await openWindow([file], { folder, dark: 'dark' });
  await expect.poll(again.rows).toBe(3);
  await expect(again.row(3)).toContainText('Letter of ben');
  await again.whole();
  await command(again.page, 'how this');
  const remembered = again.page.getByRole('dialog', { name: 'How this archive is read' });
  await expect(remembered).toContainText('You joined it to the message before it.');
  await again.picture('reading-dark');
  await remembered.getByRole('button', { name: 'Take back' }).last().click();
  await expect(remembered).toContainText('Starts a message, although');
  await remembered.getByRole('radio', { name: /as Python does/ }).check();
  await expect(again.page.getByRole('button', { name: /as Python does/ })).toBeAttached();
  await expect.poll(again.rows).toBe(4);
  await again.page.keyboard.press('Escape');
  await expect(remembered).toBeHidden();
  await again.close();
});

test('the dialog is accessible, light and dark, and marks go only with messages that changed', async () => {
  const { window } = await openDoubtful();
  const { page, row } = window;
  await row(1).click();
  await page.keyboard.press('Delete');
  await row(3).click();
  await page.keyboard.press('Delete');
  await expect(page.getByRole('status')).toContainText('2 messages marked');
  await page.getByRole('button', { name: 'By evidence' }).click();
  const dialog = page.getByRole('dialog', { name: 'How this archive is read' });
  await dialog.getByRole('button', { name: 'Split here' }).click();
  await expect(dialog).toContainText('You split the message here.');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`)).toEqual([]);
  }
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('status')).toContainText('1 message marked');
  await expect(row(4)).toContainText('Marked for deletion');
  await expect(page.getByRole('alert')).toContainText('1 message was not deleted');
  await window.close();
});

test('a search that hides the message is put away to show it', async () => {
  const { window } = await openDoubtful();
  const { page, row, rows } = window;
  await page.getByRole('searchbox', { name: 'Search' }).fill('Letter of cat');
  await expect.poll(rows).toBe(1);
  await page.getByRole('button', { name: 'By evidence' }).click();
  const dialog = page.getByRole('dialog', { name: 'How this archive is read' });
  await dialog.getByRole('button', { name: 'Show' }).first().click();
  await expect.poll(rows).toBe(3);
  await expect(row(1)).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('searchbox', { name: 'Search' })).toHaveValue('');
  await window.close();
});

test('a hundred doubtful lines come in pages; each is read on its own', async () => {
  const folder = workFolder();
  const file = path.join(folder, 'many.mbox');
  const songs = Array.from({ length: 120 }, (_, at) => `From verse ${at} to the next\n`).join('\n');
  writeFileSync(file, letter('ann', `${songs}\n`) + letter('ben', 'The last.\n'));
  const window = await openWindow([file], { folder });
  const { page, rows } = window;
  await expect.poll(rows).toBe(2);
  await page.getByRole('button', { name: '120 lines that could be read otherwise' }).click();
  const dialog = page.getByRole('dialog', { name: 'How this archive is read' });
  const lines = dialog.getByRole('list', { name: 'Doubtful lines' }).getByRole('listitem');
  await expect(lines).toHaveCount(50);
  await dialog.getByRole('button', { name: 'Show 50 more of 70' }).click();
  await dialog.getByRole('button', { name: 'Show 20 more of 20' }).click();
  await expect(lines).toHaveCount(120);
  await lines.nth(100).getByRole('button', { name: 'Split here' }).click();
  await expect(lines.nth(100)).toContainText('You split the message here.');
  await window.picture('reading-many');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect.poll(rows).toBe(3);
  await window.close();
});

test('MMDF: what stands behind a stray postmark is joined to its message, or made one of its own', async () => {
  const folder = workFolder();
  const file = path.join(folder, 'stray.mmdf');
  const mark = '\x01\x01\x01\x01\n';
  const header = (name: string): string =>
    `From: ${name} <${name}@example.org>\nSubject: Letter of ${name}\nDate: Thu, 1 Jan 2004 10:00:00 +0000\n\n`;
  const content = `${mark}${header('ann')}The first part.\n${mark}The second part of it.\n${mark}${mark}${header('ben')}Short.\n${mark}`;
  writeFileSync(file, content, 'latin1');
  const window = await openWindow([file], { folder });
  const { page, row, rows } = window;
  await expect.poll(rows).toBe(2);
  const lines = page.getByRole('list', { name: 'Doubtful lines' }).getByRole('listitem');
  await page.getByRole('button', { name: /that could be read otherwise/ }).click();
  const stray = lines.filter({ hasText: 'The second part of it.' });
  await expect(stray).toContainText('Ends a message: text behind it belongs to no message.');
  await expect(stray.getByRole('button', { name: 'Split here' })).toBeVisible();
  await window.picture('reading-mmdf');
  await stray.getByRole('button', { name: 'Join to the message before' }).click();
  await expect(stray).toContainText('You joined it to the message before it.');
  await page.keyboard.press('Escape');
  await row(1).click();
  await expect(page.getByRole('region', { name: 'Message' })).toContainText(
    'The second part of it.',
  );
  expect(readFileSync(file, 'latin1')).toBe(content);
  await window.close();
});
