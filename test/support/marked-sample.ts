/** The sample archive in the real window, with one message marked for deletion. */

import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import { openWindow, type OpenWindow, workFolder } from './window.ts';

export const SAMPLE = path.resolve(import.meta.dirname, '../../out/sample/sample.mbox');

/** Opens a copy of the sample, and deletes its second message as a person does. */
export async function markedSample(): Promise<{
  readonly window: OpenWindow;
  readonly file: string;
}> {
  const folder = workFolder();
  const file = path.join(folder, 'one.mbox');
  copyFileSync(SAMPLE, file);
  const window = await openWindow([file], { folder });
  const { page } = window;
  await expect.poll(window.rows).toBe(468);
  await window.row(2).click();
  await expect(page.getByRole('button', { name: 'Delete', exact: true })).toBeEnabled();
  await page.keyboard.press('Delete');
  await expect(page.getByRole('status')).toContainText('1 message marked');
  return { window, file };
}
