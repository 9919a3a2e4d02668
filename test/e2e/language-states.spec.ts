/**
 * Goal: what is seen rarely is said in the language of the person too: messages of every kind, attachments,
 * what became of a compaction, archives that cannot be opened, the library, marks that were lost.
 * Method: as language.spec.ts, in the pseudo-locale.
 */

import { appendFileSync, copyFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { LETTERS } from '../support/letters-to-show.ts';
import { mbox, putFiles } from '../support/mail-folders.ts';
import { unextracted } from '../support/unextracted.ts';
import { openWindow, workFolder } from '../support/window.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../../out/sample/sample.mbox');
const language = 'en-XA';

async function nothingLeft(page: Page, where: string): Promise<void> {
  expect(await unextracted(page), where).toEqual([]);
}

test('messages of every kind, their attachments and their links', async () => {
  const folder = workFolder();
  const file = path.join(folder, 'letters.mbox');
  writeFileSync(file, LETTERS);
  const window = await openWindow([file], { folder, language });
  const { page } = window;
  const rows = page.locator('[role=row][data-key]');
  await expect(rows).toHaveCount(6);
  for (let place = 0; place < 6; place++) {
    const key = await rows.nth(place).getAttribute('data-key');
    await rows.nth(place).click();
    await page.locator(`article[data-key="${key}"][data-shown=true]`).waitFor();
    await nothingLeft(page, `message ${place + 1}`);
    const attachment = page.locator('.attachment-name').first();
    if ((await attachment.count()) === 0) continue;
    await attachment.click();
    await nothingLeft(page, `attachment of message ${place + 1}`);
    const preview = page.locator('.attachment-actions button').first();
    await preview.click();
    await expect(page.locator('dialog.preview')).toBeVisible();
    await nothingLeft(page, `preview of message ${place + 1}`);
    await page.keyboard.press('Escape');
    await expect(page.locator('dialog')).toHaveCount(0);
  }
  await window.close();
});

test('a compaction and what another program does', async () => {
  const folder = workFolder();
  const file = path.join(folder, 'village.mbox');
  copyFileSync(SAMPLE, file);
  const window = await openWindow([file], { folder, language });
  const { page } = window;
  await page.locator('[role=row][data-key]').nth(2).click();
  await page.keyboard.press('Delete');
  await expect(page.locator('.badge').first()).toBeVisible();
  await nothingLeft(page, 'what deleting means');
  await page.locator('.toolbar .button-prominent').click();
  await expect(page.locator('dialog')).toBeVisible();
  await page.locator('dialog button[type=submit]').click();
  await expect(page.locator('.alert-done')).toBeVisible();
  await nothingLeft(page, 'after a compaction');
  await page.locator('.side-kept .link').last().click();
  await expect(page.locator('dialog')).toBeVisible();
  await nothingLeft(page, 'forgetting what is kept');
  await page.keyboard.press('Escape');
  await page.locator('.side-kept .link').first().click();
  await expect(page.locator('.side-kept')).toHaveCount(0);
  await nothingLeft(page, 'after it was undone');
  appendFileSync(file, mbox('late', 2));
  await expect(page.locator('.alert-news')).toBeVisible();
  await nothingLeft(page, 'two messages were delivered');
  await window.close();
});

test('archives that cannot be opened or changed, and one without a message', async () => {
  const folder = workFolder();
  const [picture, empty, single] = ['picture.mbox', 'empty.mbox', 'one.eml'].map((name) =>
    path.join(folder, name),
  ) as [string, string, string];
  writeFileSync(picture, Buffer.from('\x89PNG\r\n\x1a\n not a mailbox', 'latin1'));
  writeFileSync(empty, '');
  writeFileSync(
    single,
    'From: ann@example.org\nSubject: one\nDate: Thu, 1 Jan 2004 10:00:00 +0000\n\nHi\n',
  );
  const window = await openWindow([picture], { folder, language });
  const { page } = window;
  await expect(page.locator('[data-screen=failed]')).toBeVisible();
  await nothingLeft(page, 'not a mailbox');
  // What kind of file it is, too.
  await expect(page.locator('[data-screen=failed] [lang=en]')).toHaveCount(0);
  await window.app.close();

  const others = await openWindow([empty, single], { folder, language });
  await expect(others.page.locator('[role=row][data-key]')).toHaveCount(1);
  await nothingLeft(others.page, 'a single message, which cannot be changed');
  await others.page.locator('.side-item button').filter({ hasText: 'empty.mbox' }).first().click();
  await expect(others.page.locator('[data-screen=no-messages]')).toBeVisible();
  await nothingLeft(others.page, 'an empty file');
  await others.close();
});

test('the library', async () => {
  const folder = workFolder();
  const mail = path.join(folder, 'Old mail');
  putFiles(mail, { 'a/one.mbox': mbox('one', 3), 'b/two.mbox': mbox('two', 4) });
  const window = await openWindow([mail], { folder, language });
  const { page } = window;
  await expect(page.getByRole('treeitem').first()).toBeVisible();
  await expect(page.locator('[data-screen=library][aria-busy=false]')).toBeVisible();
  await nothingLeft(page, 'library');
  await page.getByRole('treeitem').last().click();
  await expect(page.locator('[role=row][data-key]').first()).toBeVisible();
  await nothingLeft(page, 'an archive of the library');
  await page.keyboard.press('Control+Shift+F');
  await page.getByRole('searchbox').last().fill('f');
  await expect(page.locator('#everywhere-completions')).toBeVisible();
  await nothingLeft(page, 'what is offered for a search over all archives');
  await window.close();
});
