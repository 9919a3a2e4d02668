/** A compressed archive in the window: its messages are read like others, and it says why it cannot be changed. */

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { openWindow, workFolder } from '../support/window.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../../out/sample/sample.mbox');

test('a compressed archive is read, and cannot be changed', async () => {
  const folder = workFolder();
  const archive = path.join(folder, 'village.mbox.gz');
  const packed = gzipSync(readFileSync(SAMPLE));
  writeFileSync(archive, packed);
  const { page, rows, row, picture, close } = await openWindow([archive], { folder });
  await expect.poll(rows).toBe(468);
  await row(3).click();
  const reader = page.getByRole('region', { name: 'Message' });
  await expect(reader.getByText('From', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Delete', exact: true })).toBeDisabled();
  await expect(page.getByRole('region', { name: 'Facts' })).toContainText('compressed');
  await picture('packed');
  expect(readFileSync(archive).equals(packed)).toBe(true);
  await close();
});
