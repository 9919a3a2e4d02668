/**
 * Goal: what can only be read, a compressed archive or a single message, is read like others and says why it
 * cannot be changed; a compressed one also what of it is not there; of several in a ZIP file a person
 * chooses. Method: what gzip and Python pack, in the real window.
 */

import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { numberedLetters } from '../support/letters.ts';
import { PACKED_LETTERS as LETTERS, zipped } from '../support/zipped.ts';
import { openWindow, workFolder } from '../support/window.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../../out/sample/sample.mbox');
const MIB = 1024 * 1024;

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)).toEqual([]);
}

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
  for (const name of ['Delete', 'Undelete', 'Compact']) {
    const button = page.getByRole('button', { name, exact: true });
    await expect(button).toBeDisabled();
    await expect(button).toHaveAttribute(
      'title',
      /^It is compressed \(gzip\), and can only be read/,
    );
  }
  await expect(page.getByRole('region', { name: 'Facts' })).toContainText('compressed');
  await expect(page.getByRole('alert')).toHaveCount(0);
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

test('one that ends too early says so, and shows what there is', async () => {
  const folder = workFolder();
  const archive = path.join(folder, 'village.mbox.gz');
  const packed = gzipSync(readFileSync(SAMPLE));
  writeFileSync(archive, packed.subarray(0, packed.length / 2));
  const { page, rows, picture, close } = await openWindow([archive], { folder });
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('ends too early');
  await expect(alert.getByRole('button', { name: 'Expand all' })).toHaveCount(0);
  await expect.poll(rows).toBeGreaterThan(10);
  expect(await rows()).toBeLessThan(468);
  await expect(page.getByRole('region', { name: 'Facts' })).toContainText('Not the whole archive');
  await picture('packed-cut');
  await alert.getByRole('button', { name: 'Dismiss' }).click();
  await expect(alert).toHaveCount(0);
  await close();
});

test('one that expands to far more than mail does stops, until a person wants all of it', async () => {
  test.slow();
  const folder = workFolder();
  const archive = path.join(folder, 'huge.mbox.gz');
  const [letter = ''] = numberedLetters('us', 1, 300);
  const member = gzipSync(Buffer.from(`${letter.trimEnd()}\n${'padding\n'.repeat(12 * MIB)}\n`));
  writeFileSync(archive, '');
  for (let at = 0; at < 6; at++) appendFileSync(archive, member);
  const { page, rows, picture, close } = await openWindow([archive], { folder });
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('expands to far more than is usual', { timeout: 120_000 });
  await picture('packed-limited');
  await alert.getByRole('button', { name: 'Expand all' }).click();
  await expect(page.getByRole('region', { name: 'Facts' })).toContainText(
    /Messages6Size604 MBStateComplete/,
    { timeout: 120_000 },
  );
  await expect.poll(rows).toBe(6);
  await expect(alert).toHaveCount(0);
  await close();
});

test('of several archives in a ZIP file a person chooses', async () => {
  const folder = workFolder();
  const file = zipped(folder);
  const before = readFileSync(file);
  const window = await openWindow([file], { folder });
  const { page, rows, picture, close } = window;
  const dialog = page.getByRole('dialog', { name: 'Archives in Backup.zip' });
  await expect(dialog).toContainText('3 mail archives');
  const boxes = dialog.getByRole('checkbox');
  await expect(boxes).toHaveCount(3);
  const size = `${(LETTERS['Mail/Inbox'].join('').length / 1000).toFixed(1)} KB`;
  const inbox = dialog.getByRole('checkbox', { name: 'Mail/Inbox' });
  await expect(inbox).toHaveAccessibleName(`Mail/Inbox ${size}`);
  await expect(dialog.getByRole('button', { name: 'Open' })).toBeDisabled();
  await expectAccessible(page);
  await inbox.focus();
  await page.keyboard.press('Space');
  await dialog.getByRole('checkbox', { name: 'Mail/Sent' }).check();
  await picture('packed-several');
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await picture('packed-several-dark');
  await dialog.getByRole('button', { name: 'Open' }).click();
  const archives = page.getByRole('navigation', { name: 'Open archives' });
  await archives.getByRole('button', { name: 'Inbox', exact: true }).click();
  await expect.poll(rows).toBe(12);
  await archives.getByRole('button', { name: 'Sent', exact: true }).click();
  await expect.poll(rows).toBe(7);
  await expect(archives.getByText('Backup.zip')).toHaveCount(0);
  expect(readFileSync(file).equals(before)).toBe(true);
  await close();
});

test('the choice can be left', async () => {
  const folder = workFolder();
  const { page, close } = await openWindow([zipped(folder)], { folder });
  await expect(page.getByRole('dialog', { name: 'Archives in Backup.zip' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Open an old mail archive' })).toBeVisible();
  await close();
});
