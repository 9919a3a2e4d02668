/**
 * What was removed comes back: a compaction is undone from its alert, and after the app was closed;
 * what another program flagged as deleted is taken back inside the file, or compacted away if asked.
 * After every step an independent reader says what the file holds.
 */

import { copyFileSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { enginesOf } from '../support/engines.ts';
import { readIndependently } from '../support/independent-reader.ts';
import { openWindow, workFolder } from '../support/window.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../../out/sample/sample.mbox');

test('a compaction is undone, at once and after a new start; then its copy is forgotten', async () => {
  const folder = workFolder();
  const archive = path.join(folder, 'village.mbox');
  copyFileSync(SAMPLE, archive);
  const before = await readIndependently(archive);
  const removed = [before[1], before[2]];
  const kept = before.filter((_message, at) => at !== 1 && at !== 2);

  const first = await openWindow([archive], { folder });
  const removeTwo = async ({ page, row, rows }: typeof first): Promise<void> => {
    await expect.poll(rows).toBe(before.length);
    await row(2).click();
    await row(3).click({ modifiers: ['Shift'] });
    await page.keyboard.press('Delete');
    await page.getByRole('button', { name: 'Compact', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Compact' }).click();
    await expect.poll(rows).toBe(kept.length);
    expect(await readIndependently(archive)).toEqual(kept);
  };

  await test.step('from the alert, at once', async () => {
    await removeTwo(first);
    const { page, rows, picture } = first;
    const side = page.getByRole('region', { name: 'Removed and kept' });
    await expect(side).toContainText('2 removed messages kept');
    await picture('undoable');
    expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations).toEqual([]);
    await page.getByRole('button', { name: 'Undo compaction' }).click();
    await expect(page.getByText(/Put back 2 messages .* at the end of the archive/)).toBeVisible();
    await expect.poll(rows).toBe(before.length);
    expect(await readIndependently(archive)).toEqual([...kept, ...removed]);
    await expect(side).toHaveCount(0);
    await first.app.close();
  });

  copyFileSync(SAMPLE, archive);
  const second = await openWindow([archive], { folder });
  await removeTwo(second);
  await second.app.close();

  const third = await openWindow([archive], { folder });
  const { page, rows } = third;
  await test.step('after a new start of the app', async () => {
    await expect.poll(rows).toBe(kept.length);
    await page.getByRole('button', { name: 'Put back' }).click();
    await expect.poll(rows).toBe(before.length);
    expect(await readIndependently(archive)).toEqual([...kept, ...removed]);
  });

  await test.step('what is forgotten is gone for good, after asking', async () => {
    await third.row(1).click();
    await page.keyboard.press('Delete');
    await page.getByRole('button', { name: 'Compact', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Compact' }).click();
    const side = page.getByRole('region', { name: 'Removed and kept' });
    await expect(side).toContainText('1 removed message kept');
    await side.getByRole('button', { name: 'Forget…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Forget removed messages' });
    await expect(dialog).toContainText('1 message');
    await dialog.getByRole('button', { name: 'Forget' }).click();
    await expect(side).toHaveCount(0);
    const copies = path.join(folder, 'user-data', 'removed');
    const left = readdirSync(copies, { recursive: true, withFileTypes: true });
    expect(left.filter((entry) => entry.isFile())).toEqual([]);
  });
  await third.close();
});

test('what another program flagged as deleted is taken back in the file, or compacted away', async () => {
  const folder = workFolder();
  const archive = path.join(folder, 'village.mbox');
  copyFileSync(SAMPLE, archive);
  const before = await readIndependently(archive);
  const { size, ino } = statSync(archive);
  const bytes = readFileSync(archive);
  const window = await openWindow([archive], { folder });
  const { page, rows, row, picture } = window;
  await expect.poll(rows).toBe(before.length);
  await page.getByRole('button', { name: /^Flagged deleted/ }).click();
  await expect.poll(rows).toBe(4);

  await test.step('undelete changes the flag, and not a byte more', async () => {
    await row(1).click();
    await picture('flagged');
    await page.getByRole('button', { name: 'Undelete' }).click();
    await expect.poll(rows).toBe(3);
    expect(statSync(archive)).toMatchObject({ size, ino });
    const now = readFileSync(archive);
    const changed = [...now.keys()].filter((at) => now[at] !== bytes[at]);
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.length).toBeLessThan(4);
  });

  await test.step('compact takes the others away, because nothing else is marked', async () => {
    await page.getByRole('button', { name: 'Compact', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Compact archive' });
    await expect(dialog.getByRole('checkbox', { name: /flagged as deleted/ })).toBeChecked();
    await expect(dialog).toContainText('3 messages');
    await picture('compacting-flagged');
    await dialog.getByRole('button', { name: 'Compact' }).click();
    await expect.poll(rows).toBe(0);
    await page.getByRole('button', { name: /^All mail/ }).click();
    await expect.poll(rows).toBe(before.length - 3);
    expect(await readIndependently(archive)).toHaveLength(before.length - 3);
  });
  await window.close();
});

test('nobody can say yes to a compaction while marks are on their way', async () => {
  const folder = workFolder();
  const archive = path.join(folder, 'village.mbox');
  copyFileSync(SAMPLE, archive);
  const window = await openWindow([archive], { folder });
  const { app, page, rows, row } = window;
  await expect.poll(rows).toBe(468);
  // What is flagged is known when all has been read, not with the first rows.
  await window.whole();
  await row(2).click();
  await expect(page.getByRole('status')).toContainText('1 message selected');
  const engines = await enginesOf(app);
  expect(engines.length).toBeGreaterThan(0);
  for (const pid of engines) process.kill(pid, 'SIGSTOP');
  await page.keyboard.press('Delete');
  await page.getByRole('button', { name: 'Compact', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Compact archive' });
  // As long as nothing is marked it would be what another program flagged.
  await expect(dialog).toContainText('4 messages');
  await expect(dialog.getByRole('button', { name: 'Compact' })).toBeDisabled();
  for (const pid of engines) process.kill(pid, 'SIGCONT');
  await expect(dialog).toContainText('1 message');
  await dialog.getByRole('button', { name: 'Compact' }).click();
  await expect.poll(rows).toBe(467);
  expect(await readIndependently(archive)).toHaveLength(467);
  await window.close();
});
