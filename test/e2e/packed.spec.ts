/** What can only be read, in the window: a compressed archive and a single message, which say why they cannot be changed. */

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

test('a single message is read, and cannot be changed', async () => {
  const folder = workFolder();
  const file = path.join(folder, 'letter.eml');
  const letter = 'From: Ann <ann@example.org>\nSubject: One letter\n\nFrom here on it is read.\n';
  writeFileSync(file, letter);
  const { page, rows, row, picture, close } = await openWindow([file], { folder });
  await expect.poll(rows).toBe(1);
  await row(1).click();
  const reader = page.getByRole('region', { name: 'Message' });
  await expect(reader.getByRole('heading', { level: 1 })).toHaveText('One letter');
  await expect(reader).toContainText('From here on it is read.');
  await expect(page.getByRole('button', { name: 'Delete', exact: true })).toBeDisabled();
  await expect(page.getByRole('region', { name: 'Facts' })).toContainText('single message');
  await picture('eml');
  expect(readFileSync(file, 'utf8')).toBe(letter);
  await close();
});
