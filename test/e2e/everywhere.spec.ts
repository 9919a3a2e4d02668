/** One search over all archives in the real window: grouped results, what could not be searched, opened by Enter. */

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { hollowArchive } from '../support/hollow-archive.ts';
import { mbox, putFiles } from '../support/mail-folders.ts';
import { runPeer, startPeer, until } from '../support/peers.ts';
import { CLI } from '../support/served.ts';
import { openWindow, type OpenWindow, workFolder } from '../support/window.ts';

/** Engines start one after the other, on a machine that may have much else to do. */
const SEARCHED = { timeout: 60_000 };

function letter(from: string, subject: string, day: number, body = 'Hello'): string {
  const date = `${String(day).padStart(2, '0')} Mar 2004 10:00:00 +0000`;
  return `From ${from}@example.org Mon Mar  1 00:00:00 2004\nFrom: ${from}@example.org\nTo: us@example.org\nSubject: ${subject}\nDate: ${date}\n\n${body}\n\n`;
}

/** Four archives; two hold letters about a boat, and one says so only in a text. */
function putMail(mail: string): void {
  const many = Array.from({ length: 30 }, (_none, at) =>
    letter('ann', `Boat ${at}`, 1 + (at % 28)),
  );
  putFiles(mail, {
    'Local/Inbox': many.join('') + letter('ben', 'Garden', 3),
    'Local/Inbox.sbd/Projects': letter('cat', 'The boat house', 5) + letter('dan', 'Roof', 6),
    'Local/Texts': letter('eve', 'Summer', 7, 'We took the boat out.'),
    'Local/Other': mbox('other', 20),
  });
}

const paneOf = (page: Page) => page.getByRole('region', { name: 'Search all archives' });
const listOf = (page: Page) => page.getByRole('listbox', { name: 'Messages found' });

async function clean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

/** Asks for the search over all archives, and types into it as soon as it has the keyboard. */
async function searchFor(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+Shift+F');
  await expect(page.getByRole('searchbox', { name: 'Search all archives' })).toBeFocused();
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
}

/** A window on four archives, in which somebody searches for boats. */
async function searched(dark: 'dark' | undefined): Promise<OpenWindow> {
  const folder = workFolder();
  const mail = path.join(folder, 'Mail');
  putMail(mail);
  const window = await openWindow([mail], { folder, ...(dark ? { dark } : {}) });
  const { page } = window;
  await expect(page.getByRole('treeitem', { name: 'Mail, 4 archives' })).toBeVisible();
  await searchFor(page, 'boat');
  return window;
}

/** The window on a folder of mail. */
async function openedMail() {
  const folder = workFolder();
  const mail = path.join(folder, 'Mail');
  putMail(mail);
  const window = await openWindow([mail], { folder });
  return { folder, mail, window };
}

for (const dark of [undefined, 'dark'] as const) {
  test(`all archives are searched, and what they hold is shown by archive (${dark ?? 'light'})`, async () => {
    const window = await searched(dark);
    const { page } = window;

    const state = paneOf(page).getByRole('status');
    await expect(state).toHaveText('31 messages found in 2 archives', SEARCHED);
    const inbox = listOf(page).getByRole('group', { name: 'Mail, Local, Inbox: 30 messages' });
    await expect(inbox.getByRole('option')).toHaveCount(6);
    await expect(
      listOf(page).getByRole('group', { name: 'Mail, Local, Inbox, Projects: 1 message' }),
    ).toContainText('The boat house');
    await window.picture(`everywhere-${dark ?? 'light'}`);
    await clean(page);
    await window.close();
  });
}

test('texts are searched when asked for, and a message is opened where it lies', async () => {
  const { window } = await openedMail();
  const { page } = window;
  await expect(page.getByRole('treeitem', { name: 'Mail, 4 archives' })).toBeVisible();
  await searchFor(page, 'boat');
  const state = paneOf(page).getByRole('status');
  await expect(state).toHaveText('31 messages found in 2 archives', SEARCHED);
  const inbox = listOf(page).getByRole('group', { name: 'Mail, Local, Inbox: 30 messages' });
  await inbox.getByText('Show 25 more').click();
  await expect(inbox.getByRole('option')).toHaveCount(30);

  await page.getByRole('button', { name: 'Search the texts in 4 archives, too' }).click();
  await expect(state).toHaveText('32 messages found in 3 archives', SEARCHED);

  await listOf(page).focus();
  await page.keyboard.press('End');
  await expect(listOf(page).locator('[aria-selected=true]')).toContainText('The boat house');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('treeitem', { name: 'Projects' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await expect(page.getByRole('region', { name: 'Message' })).toContainText('The boat house');
  await expect.poll(window.rows).toBe(2);

  // What was found is still there.
  await page.keyboard.press('Control+Shift+F');
  await expect(listOf(page).getByRole('option')).toHaveCount(32);
  await window.close();
});

for (const dark of [undefined, 'dark'] as const) {
  test(`what was found stands by date, if a person likes, each with its archive (${dark ?? 'light'})`, async () => {
    const window = await searched(dark);
    const { folder, page } = window;
    await expect(paneOf(page).getByRole('status')).toHaveText(
      '31 messages found in 2 archives',
      SEARCHED,
    );
    const order = paneOf(page).getByRole('group', { name: 'Order of the messages found' });
    await order.getByRole('button', { name: 'By date' }).focus();
    await page.keyboard.press('Enter');
    const options = listOf(page).getByRole('option');
    await expect(options).toHaveCount(31);
    await expect(listOf(page).getByRole('group')).toHaveCount(0);
    await expect(options.first()).toHaveText(/Boat 27.*Inbox$/);
    // The fifth of March comes behind 23 other days, with one message of each archive.
    await expect(options.nth(24)).toHaveText(/The boat house.*Projects$/);
    await window.picture(`everywhere-by-date-${dark ?? 'light'}`);
    await clean(page);

    await listOf(page).focus();
    await page.keyboard.press('End');
    await expect(listOf(page).locator('[aria-selected=true]')).toContainText('Boat 0');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('region', { name: 'Message' })).toContainText('Boat 0');
    await window.app.close();

    const again = await openWindow([], { folder });
    await expect(again.page.getByRole('treeitem', { name: 'Mail, 4 archives' })).toBeVisible();
    await expect(again.row(1)).toBeVisible();
    await searchFor(again.page, 'boat');
    await expect(listOf(again.page).getByRole('option')).toHaveCount(31, SEARCHED);
    await again.close();
  });
}

test('what could not be searched is said', async () => {
  const { folder, mail, window } = await openedMail();
  const { page } = window;
  await expect(page.getByRole('treeitem', { name: 'Mail, 4 archives' })).toBeVisible();
  renameSync(path.join(mail, 'Local/Other'), path.join(folder, 'Other'));
  await page.getByRole('button', { name: 'Search all archives' }).click();
  await page.getByRole('searchbox', { name: 'Search all archives' }).fill('boat');
  await page.keyboard.press('Enter');
  const pane = paneOf(page);
  await expect(pane.getByRole('status')).toHaveText('31 messages found in 2 archives', SEARCHED);
  await pane.getByText('1 archive could not be searched, or not whole').click();
  await expect(pane.getByRole('listitem')).toContainText('Other There is no file at this place');

  // From the search in one archive to the same in all of them.
  await page.getByRole('treeitem', { name: 'Inbox' }).click();
  await page.getByRole('searchbox', { name: 'Search', exact: true }).fill('garden');
  await expect.poll(window.rows).toBe(1);
  await page.getByRole('button', { name: 'In all archives' }).click();
  await expect(pane.getByRole('status')).toHaveText('1 message found in 1 archive', SEARCHED);
  await page.getByRole('button', { name: 'Back to Inbox' }).click();
  await expect(window.row(1)).toContainText('Garden');

  await window.close();
});

test('what is typed is completed, by what every query may say and by the names in the open archives', async () => {
  const { window } = await openedMail();
  const { page } = window;
  await expect(page.getByRole('treeitem', { name: 'Mail, 4 archives' })).toBeVisible();
  await page.keyboard.press('Control+Shift+F');
  const pane = paneOf(page);
  const box = pane.getByRole('searchbox', { name: 'Search all archives' });
  const offered = pane.getByRole('listbox', { name: 'Suggestions' });
  const options = offered.getByRole('option');
  // Nothing is open yet.
  await box.pressSequentially('f');
  await expect(options).toHaveText([/^from:/, /^file:/]);
  await expect(pane.locator('.everywhere-field > [aria-live]').first()).toContainText('2 suggest');
  await expect(box).not.toHaveAttribute('aria-activedescendant');
  await box.press('Escape');
  await expect(offered).toBeHidden();
  await expect(box).toHaveValue('f');
  await box.press('Escape');
  await expect(box).toHaveValue('');
  await box.pressSequentially('has:a');
  await expect(options).toHaveText(['attachment']);
  await box.fill('type:p');
  await expect(options).toHaveText(['pdf']);
  await box.fill('on:');
  await expect(offered).toBeHidden();

  for (const name of ['Inbox', 'Projects']) {
    await page.getByRole('treeitem', { name }).click();
    await expect(window.row(1)).toBeVisible();
  }
  await page.keyboard.press('Control+Shift+F');
  await box.fill('after:');
  await expect(options).toHaveText(['2004']);
  await box.fill('');
  await box.pressSequentially('fr');
  await expect(options).toHaveText([/^from:/]);
  await box.press('ArrowDown');
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  await expect(box).toHaveAttribute(
    'aria-activedescendant',
    (await options.first().getAttribute('id')) ?? '',
  );
  await box.press('Enter');
  await expect(box).toHaveValue('from:');
  await expect(options).toHaveText([/^ann/, /^ben/, /^cat/, /^dan/]);
  await window.picture('everywhere-completing');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await clean(page);
  }
  await box.pressSequentially('ca');
  await expect(options).toHaveText([/^cat/]);
  await options.first().click();
  await expect(box).toHaveValue('from:cat@example.org ');
  await expect(box).toBeFocused();
  await expect(offered).toBeHidden();
  // Nothing is chosen: Enter means the search, which puts away what was offered.
  await box.pressSequentially('l');
  await expect(options).toHaveText([/^label:/, /^list:/, /^larger:/]);
  await box.press('Backspace');
  await box.press('Enter');
  await expect(pane.getByRole('status')).toHaveText('1 message found in 1 archive', SEARCHED);
  await expect(offered).toBeHidden();
  await window.close();
});

test('of a query that is too long, its beginning is searched, and that is said beside its own box', async () => {
  const { window } = await openedMail();
  const { page } = window;
  await page.getByRole('treeitem', { name: 'Inbox' }).click();
  await expect(window.row(1)).toBeVisible();
  await page.keyboard.press('Control+Shift+F');
  const pane = paneOf(page);
  const box = pane.getByRole('searchbox', { name: 'Search all archives' });
  await box.fill(`boat ${' '.repeat(1000)} nowhere`);
  const told = 'Only the first 1000 characters are looked at.';
  await expect(pane.getByText(told)).toBeVisible();
  await expect(box).toHaveAccessibleDescription(told);
  await page.keyboard.press('Enter');
  await expect(pane.getByRole('status')).toHaveText('31 messages found in 2 archives', SEARCHED);
  await window.close();
});

/** A compaction of an archive is killed as soon as it has a journal. */
async function interruptCompaction(archive: string): Promise<void> {
  const journal = `${archive}.mailkeep-journal`;
  const before = readFileSync(archive);
  for (let tries = 0; tries < 20 && !existsSync(journal); tries++) {
    writeFileSync(archive, before);
    const { output } = await runPeer(process.execPath, [
      CLI,
      'list',
      archive,
      '--limit',
      '1',
      '--json',
    ]);
    const { key } = JSON.parse(output) as { key: string };
    const peer = startPeer(process.execPath, [CLI, 'delete', archive, key]);
    let over = false;
    void peer.ended.then(() => {
      over = true;
    });
    await until('there is a journal', () => over || existsSync(journal), 60_000);
    peer.kill();
    await peer.ended;
  }
}

test('what a crash left half done is finished before it is searched', async () => {
  const folder = workFolder();
  const mail = path.join(folder, 'Mail');
  const archive = path.join(mail, 'Local/Long');
  const text = 'A line of a long letter.\n'.repeat(40_000);
  const rest = Array.from({ length: 30 }, (_none, at) => letter('cat', `Other ${at}`, 3, text));
  putFiles(mail, {
    'Local/Long': letter('ann', 'Gone', 1) + letter('ben', 'The boat', 2) + rest.join(''),
  });
  await interruptCompaction(archive);
  const window = await openWindow([mail], { folder });
  const { page } = window;
  await expect(page.getByRole('treeitem', { name: 'Mail, 1 archive' })).toBeVisible();
  await page.getByRole('button', { name: 'Search all archives' }).click();
  await page.getByRole('searchbox', { name: 'Search all archives' }).fill('boat');
  await page.keyboard.press('Enter');
  const pane = paneOf(page);
  await expect(pane.getByRole('status')).toHaveText('1 message found in 1 archive', SEARCHED);
  expect(existsSync(`${archive}.mailkeep-journal`)).toBe(false);
  await window.close();
});

test('a search is stopped, and what was found until then stays', async () => {
  const folder = workFolder();
  const mail = path.join(folder, 'Mail');
  for (let archive = 0; archive < 10; archive++) {
    putFiles(mail, { [`Box ${archive}`]: letter('ann', 'Boat', 3) });
  }
  // More than any machine searches before somebody can stop it; two archives are searched at the same time.
  for (const name of ['Vast 1', 'Vast 2']) hollowArchive(path.join(mail, name), 200 * 1024 ** 3);
  const window = await openWindow([mail], { folder });
  const { page } = window;
  await expect(page.getByRole('treeitem', { name: 'Mail, 12 archives' })).toBeVisible();
  await page.getByRole('button', { name: 'Search all archives' }).click();
  await page.getByRole('searchbox', { name: 'Search all archives' }).fill('boat');
  await page.keyboard.press('Enter');
  const pane = paneOf(page);
  await expect(listOf(page).getByRole('option').first()).toBeVisible();
  await pane.getByRole('button', { name: 'Stop' }).click();
  await expect(pane.getByRole('status')).toContainText('It was stopped before all were searched');
  await expect(listOf(page).getByRole('option').first()).toContainText('Boat');
  await window.close();
});
