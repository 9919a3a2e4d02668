/** The window beside the story: accessible in every state, recent archives, two of them at once. */

import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { pythonHolds } from '../support/peers.ts';
import { openWindow, workFolder } from '../support/window.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../../out/sample/sample.mbox');

function copies(folder: string, ...names: readonly string[]): string[] {
  return names.map((name) => {
    const file = path.join(folder, name);
    copyFileSync(SAMPLE, file);
    return file;
  });
}

test('every state is accessible, light and dark', async () => {
  const folder = workFolder();
  const [file = ''] = copies(folder, 'one.mbox');
  const violations = async (page: Awaited<ReturnType<typeof openWindow>>['page']) =>
    (await new AxeBuilder({ page }).setLegacyMode().analyze()).violations.map(
      ({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)} ${nodes[0]?.failureSummary ?? ''}`,
    );
  const empty = await openWindow([]);
  await expect(empty.page.getByRole('button', { name: 'Open the sample archive' })).toBeVisible();
  expect(await violations(empty.page)).toEqual([]);
  await empty.close();

  const window = await openWindow([file], { folder });
  const { page, row } = window;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await row(4).click();
    await page.keyboard.press('Delete');
    await expect(row(4)).toContainText('Marked for deletion');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Compact', exact: true }).click();
    await expect(page.getByRole('dialog', { name: 'Compact archive' })).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+p');
    await expect(page.getByRole('listbox', { name: 'Commands' })).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+z');
  }
  await window.close();
});

test('two archives in one window, each with its own list; recent ones from the empty window', async () => {
  const folder = workFolder();
  const files = copies(folder, 'one.mbox', 'two.mbox');
  const window = await openWindow(files, { folder });
  const { page, row, rows } = window;
  await expect(page.getByRole('button', { name: 'two.mbox', exact: true })).toBeVisible();
  await expect.poll(rows).toBe(468);
  await row(2).click();
  await page.keyboard.press('Delete');
  await expect(page.getByRole('status')).toContainText('1 message marked');
  await page.getByRole('button', { name: 'one.mbox', exact: true }).click();
  await expect(page.getByRole('status')).not.toContainText('marked');
  // It is remembered, though the archive is closed in the same moment.
  await page.getByRole('columnheader', { name: 'Date' }).getByRole('button').click();
  // From a field, too.
  await page.getByRole('searchbox', { name: 'Search' }).focus();
  await page.keyboard.press('Control+w');
  await expect(page).toHaveTitle(/two\.mbox/);
  await expect(page.getByRole('button', { name: 'one.mbox', exact: true })).toHaveCount(0);
  await expect(page.getByRole('status')).toContainText('1 message marked');
  await page.keyboard.press('Control+w');
  await expect(page.locator('[data-screen=welcome]')).toBeVisible();
  await window.app.close();

  const again = await openWindow([], { folder });
  await again.page.getByRole('button', { name: /^one\.mbox/ }).click();
  await expect.poll(again.rows).toBe(468);
  await expect(again.page.locator('[role=columnheader][aria-sort=ascending]')).toContainText(
    'Date',
  );
  await again.close();
});

test('while another program holds the lock the window says who, and can give up', async () => {
  const folder = workFolder();
  const [file = ''] = copies(folder, 'held.mbox');
  const window = await openWindow([file], { folder });
  const { page, row, rows } = window;
  await expect.poll(rows).toBe(468);
  await row(1).click();
  await page.keyboard.press('Delete');
  const peer = await pythonHolds(file, 'lockf');
  await page.getByRole('button', { name: 'Compact', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Compact archive' });
  await dialog.getByRole('button', { name: 'Compact' }).click();
  await expect(page.getByRole('status')).toContainText('to release the archive');
  await expect(page.getByRole('status')).toContainText('python');
  await window.picture('waiting');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('alert')).toContainText('Every message is still there');
  await peer.kill();
  await page.getByRole('button', { name: 'Compact', exact: true }).click();
  await dialog.getByRole('button', { name: 'Compact' }).click();
  await expect.poll(rows).toBe(467);
  await window.close();
});
