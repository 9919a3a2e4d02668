/**
 * A disk that is full at every save of the app's own files, while it runs and when it starts: the
 * archive is on another one. The app says so, and no mark is lost.
 */

import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import { answerQuestions, questionsAsked } from '../support/questions.ts';
import {
  canMount,
  emptyDisk,
  fillDisk,
  mountSmall,
  unmount,
  whereMountable,
} from '../support/small-disk.ts';
import { type OpenWindow, openWindow, workFolder } from '../support/window.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../../out/sample/sample.mbox');
/** Chromium needs some of it for itself. */
const BYTES = 64 * 1024 * 1024;

/** The app is started four times. */
test.describe.configure({ timeout: 6 * 60_000 });

const unremembered = ({ page }: OpenWindow): Locator =>
  page.getByRole('alert').filter({ hasText: 'cannot be remembered now' });

/** Too many marks for what is left of the last block of a file. */
async function markAll({ page, grid, row }: OpenWindow): Promise<void> {
  await row(5).click();
  await expect(grid).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await expect(page.getByRole('status')).toContainText('468 messages marked');
}

test(`a full disk is said, and no mark is lost${whereMountable}`, async () => {
  // biome-ignore lint/suspicious/noSkippedTests: by name, where nobody may mount
  test.skip(!canMount, 'only root may mount a disk');
  const folder = workFolder();
  const [data, archive] = [path.join(folder, 'user-data'), path.join(folder, 'one.mbox')];
  mkdirSync(data);
  copyFileSync(SAMPLE, archive);
  mountSmall(data, BYTES);
  try {
    const first = await openWindow([archive], { folder });
    await expect.poll(first.rows).toBe(468);
    await first.row(2).click();
    await first.page.keyboard.press('Delete');
    await expect(first.page.getByRole('status')).toContainText('1 message marked');
    await first.app.close();

    const second = await openWindow([], { folder });
    await expect(second.page.getByRole('status')).toContainText('1 message marked');
    fillDisk(data);
    await markAll(second);
    await expect(unremembered(second)).toBeVisible();
    await expect(second.page.getByText('Marks stay when you close')).toHaveCount(0);
    await second.picture('full-disk');
    // Nobody loses them without having said so: not by closing the archive, nor the window, nor the app.
    await answerQuestions(second.app, 0);
    await second.page.getByRole('button', { name: 'Close one.mbox' }).click();
    await expect.poll(() => questionsAsked(second.app)).toEqual(['468 marks cannot be remembered']);
    await second.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await expect.poll(() => questionsAsked(second.app)).toHaveLength(2);
    await second.app.evaluate(({ app }) => app.quit());
    await expect.poll(() => questionsAsked(second.app)).toHaveLength(3);
    await expect(second.page.getByRole('status')).toContainText('468 messages marked');
    await answerQuestions(second.app, 1);
    await second.app.close();

    // It starts on the full disk, with what had been remembered before; and then there is room again.
    const third = await openWindow([], { folder });
    await expect(third.page.getByRole('status')).toContainText(/\d+ messages? marked/);
    emptyDisk(data);
    await markAll(third);
    await expect(unremembered(third)).toHaveCount(0);
    await third.app.close();

    const fourth = await openWindow([], { folder });
    await expect(fourth.page.getByRole('status')).toContainText('468 messages marked');
    await fourth.app.close();
  } finally {
    unmount(data);
    rmSync(folder, { recursive: true, force: true });
  }
});
