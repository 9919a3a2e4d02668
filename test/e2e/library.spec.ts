/** The library in the real window: a folder's archives in the sidebar, opened, kept, looked for again, removed. */

import { appendFileSync, existsSync, renameSync } from 'node:fs';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { mbox, putFiles, putThunderbirdProfile } from '../support/mail-folders.ts';
import { command } from '../support/window-states.ts';
import { type OpenWindow, openWindow, workFolder } from '../support/window.ts';

/** A folder as somebody keeps it who has used many programs. */
function mailFolder(folder: string): string {
  const mail = path.join(folder, 'Old mail');
  putThunderbirdProfile(path.join(mail, 'Profiles/ab12cd34.default-release'));
  putFiles(mail, {
    'Takeout/Mail/All mail Including Spam and Trash.mbox': mbox('takeout', 40),
    'Apple/Holidays.mbox/mbox': mbox('holidays', 7),
    'notes/letter.txt': 'From here on it is no mail.\n',
  });
  return mail;
}

const treeOf = (page: Page) => page.getByRole('tree', { name: 'Library' });
const itemOf = (page: Page, name: string | RegExp) => treeOf(page).getByRole('treeitem', { name });

async function clean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

async function answerDialog({ app }: OpenWindow, folder: string): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, folder);
}

for (const dark of [undefined, 'dark'] as const) {
  test(`a folder's archives are found and opened (${dark ?? 'light'})`, async () => {
    const folder = workFolder();
    const mail = mailFolder(folder);
    const window = await openWindow([], { folder, ...(dark ? { dark } : {}) });
    const { page } = window;
    await answerDialog(window, mail);
    await page.getByRole('button', { name: 'Open folder' }).click();

    await expect(itemOf(page, 'Old mail, 7 archives')).toBeVisible();
    await expect(page.getByRole('heading', { name: '7 archives in your library' })).toBeVisible();
    await window.picture(`library-found-${dark ?? 'light'}`);
    await clean(page);

    await itemOf(page, 'Holidays').click();
    await expect.poll(window.rows).toBe(7);
    await expect(itemOf(page, 'Holidays, 7 messages')).toHaveAttribute('aria-selected', 'true');
    await window.row(1).click();
    await expect(page.getByRole('region', { name: 'Message' })).toContainText('holidays-');
    await window.picture(`library-open-${dark ?? 'light'}`);
    await clean(page);
    await window.close();
  });
}

test('archives are reached by keyboard, and the library is kept over a new start', async () => {
  const folder = workFolder();
  const window = await openWindow([mailFolder(folder)], { folder });
  const { page } = window;
  await expect(itemOf(page, 'Old mail, 7 archives')).toBeVisible();
  await treeOf(page).focus();
  await page.keyboard.press('Home');
  // Letters that follow each other quickly are one word, however late the next key comes here.
  await treeOf(page).evaluate((tree) => {
    for (const key of 'local')
      tree.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  });
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect.poll(window.rows).toBe(5);
  // From Thunderbird's Inbox to what is below it.
  await treeOf(page).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(itemOf(page, 'Projects')).toHaveCount(0);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(window.row(1)).toContainText('projects-');
  await expect.poll(window.rows).toBe(3);
  await window.app.close();

  const again = await openWindow([], { folder });
  await expect(itemOf(again.page, 'Old mail, 7 archives')).toBeVisible();
  await itemOf(again.page, 'Projects').click();
  await expect.poll(again.rows).toBe(3);
  await again.close();
});

test('what vanished is shown so, what came is found, and nothing is touched when it is removed', async () => {
  const folder = workFolder();
  const mail = path.join(folder, 'Mail');
  putFiles(mail, { Inbox: mbox('inbox'), Sent: mbox('sent') });
  const window = await openWindow([mail], { folder });
  const { page } = window;
  await expect(itemOf(page, 'Mail, 2 archives')).toBeVisible();

  renameSync(path.join(mail, 'Sent'), path.join(folder, 'Sent'));
  putFiles(mail, { Drafts: mbox('drafts') });
  await itemOf(page, 'Sent').click();
  await expect(page.getByRole('heading', { name: 'Sent is not open' })).toBeVisible();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await window.app.close();

  const again = await openWindow([], { folder });
  await expect(itemOf(again.page, 'Sent, no longer there')).toBeVisible();
  await again.picture('library-vanished');
  await again.page.getByRole('button', { name: 'Look again in Mail' }).click();
  await expect(itemOf(again.page, 'Drafts')).toBeVisible();
  await expect(itemOf(again.page, /^Sent/)).toHaveCount(0);

  await again.page.getByRole('button', { name: 'Remove Mail from the library' }).click();
  await expect(treeOf(again.page)).toHaveCount(0);
  await expect(again.page.getByRole('button', { name: 'Open the sample archive' })).toBeVisible();
  expect(existsSync(path.join(mail, 'Inbox'))).toBe(true);
  await again.close();
});

test('an open file can be kept in the library, and a folder whose disk is gone is not forgotten', async () => {
  const folder = workFolder();
  const mail = path.join(folder, 'Stick');
  putFiles(folder, { 'Stick/Inbox': mbox('inbox'), 'alone.mbox': mbox('alone', 9) });
  const window = await openWindow([mail, path.join(folder, 'alone.mbox')], { folder });
  const { page } = window;
  await expect.poll(window.rows).toBe(9);
  await command(page, 'keep this archive');
  await expect(itemOf(page, 'alone.mbox')).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('navigation', { name: 'Open archives' })).toHaveCount(0);
  await expect(itemOf(page, /^Stick, 1 archive$/)).toBeVisible();

  renameSync(mail, path.join(folder, 'elsewhere'));
  await itemOf(page, /^Stick/).click();
  await page.getByRole('button', { name: 'Look again in Stick' }).click();
  await expect(itemOf(page, /^Stick.*no longer there/)).toBeVisible();
  await itemOf(page, /^Stick/).click();
  await expect(itemOf(page, 'Inbox, no longer there')).toBeVisible();
  renameSync(path.join(folder, 'elsewhere'), mail);
  appendFileSync(path.join(mail, 'Inbox'), mbox('more'));
  await page.getByRole('button', { name: 'Look again in Stick' }).click();
  await expect(itemOf(page, /^Stick, 1 archive$/)).toBeVisible();
  await expect(itemOf(page, /^Inbox$/)).toBeVisible();
  await window.close();
});
