/**
 * Goal: every text of the window is said in the language of the person, which can be changed at once.
 * Method: the app in a pseudo-locale is led through its states, and whatever is not in its brackets is a
 * text that was not extracted; then in German, and in languages that run from right to left.
 */

import { copyFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { LETTERS, SALE_ROW } from '../support/letters-to-show.ts';
import { unextracted } from '../support/unextracted.ts';
import { type OpenWindow, openWindow, workFolder } from '../support/window.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../../out/sample/sample.mbox');

function village(): { readonly folder: string; readonly file: string } {
  const folder = workFolder();
  const file = path.join(folder, 'Village.mbox');
  copyFileSync(SAMPLE, file);
  return { folder, file };
}

/** A panel is opened by the palette, which knows it by its name in the language spoken. */
async function command(page: Page, label: string): Promise<void> {
  await page.keyboard.press('Control+p');
  await page.getByRole('combobox').last().fill(label);
  await page.keyboard.press('Enter');
}

async function nothingLeft(page: Page, where: string): Promise<void> {
  expect(await unextracted(page), where).toEqual([]);
}

test('the empty window shows nothing that is not extracted', async () => {
  const window = await openWindow([], { language: 'en-XA' });
  const { page } = window;
  await expect(page.locator('[data-screen=welcome]')).toBeVisible();
  await nothingLeft(page, 'welcome');
  await page.keyboard.press('Control+,');
  await expect(page.locator('dialog.settings')).toBeVisible();
  await nothingLeft(page, 'settings');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+p');
  await expect(page.locator('dialog.palette')).toBeVisible();
  await nothingLeft(page, 'palette');
  await window.close();
});

test('the look that finds them finds what is not extracted', async () => {
  const window = await openWindow([], { language: 'en-GB' });
  await expect(window.page.locator('[data-screen=welcome]')).toBeVisible();
  const found = await unextracted(window.page);
  expect(found).toContain('Open the sample archive');
  await window.close();
});

test('an archive, its message and its panels show nothing that is not extracted', async () => {
  const { folder, file } = village();
  const window = await openWindow([file], { folder, language: 'en-XA' });
  const { page } = window;
  const rows = page.locator('[role=row][data-key]');
  await expect(rows.first()).toBeVisible();
  await expect(page.locator('[role=status]').first()).toContainText('ɱéššàĝéš');
  await nothingLeft(page, 'list');

  await rows.first().click();
  await expect(page.locator('article[data-shown=true]')).toBeVisible();
  for (const key of ['Control+2', 'Control+3', 'Control+4', 'Control+1']) {
    await page.keyboard.press(key);
    await expect(page.locator('article[data-shown=true]')).toBeVisible();
    await nothingLeft(page, `message by ${key}`);
  }
  await page.keyboard.press('Control+f');
  await expect(page.locator('.find-bar')).toBeVisible();
  await nothingLeft(page, 'words in the message');
  await page.keyboard.press('Escape');

  await page.locator('.grid').focus();
  await page.keyboard.press('Delete');
  await expect(page.locator('.badge').first()).toBeVisible();
  await nothingLeft(page, 'a marked message');

  await page.keyboard.press('t');
  await expect(page.locator('[role=treegrid]')).toBeVisible();
  await nothingLeft(page, 'threads');
  await page.keyboard.press('t');

  for (const group of await page.locator('.view-group-head').all()) await group.click();
  await expect(page.locator('.groups [role=option]').first()).toBeVisible();
  await nothingLeft(page, 'groups');

  const search = page.getByRole('searchbox');
  await search.fill('');
  await search.press('?');
  await expect(page.locator('.search-help')).toBeVisible();
  await nothingLeft(page, 'help for searching');
  await page.keyboard.press('Escape');
  await search.fill('form:anna is:nothing (boat');
  await expect(page.locator('.search-hints p').first()).toBeVisible();
  await expect(page.locator('.search-bar')).toBeVisible();
  await nothingLeft(page, 'a search with hints');
  await search.fill('');
  await window.close();
});

test('what is seen of the whole, and every dialog, show nothing that is not extracted', async () => {
  const { folder, file } = village();
  const window = await openWindow([file], { folder, language: 'en-XA' });
  const { page } = window;
  await expect(page.locator('[role=row][data-key]').first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Delete');
  await expect(page.locator('.badge').first()).toBeVisible();

  await page.keyboard.press('o');
  await expect(page.locator('.chart-card')).not.toHaveCount(0);
  await page.locator('[role=button][data-mark]').nth(3).click();
  await expect(page.locator('.chip')).toBeVisible();
  await page.locator('.chart-card-head .small-button').first().click();
  await nothingLeft(page, 'overview');
  await page.keyboard.press('Escape');

  await command(page, 'ðûþļîçàţéš');
  await page.locator('.copies-form .button').click();
  await expect(page.locator('.copies, .overview .screen')).toBeVisible();
  await nothingLeft(page, 'duplicates');
  await page.keyboard.press('Escape');

  for (const [panel, dialog] of [
    ['çöɱþàçţ··', 'dialog'],
    ['éẋþöŕţ', 'dialog.export'],
    ['ţàķé àţţàçĥɱéñţš', 'dialog'],
    ['ĥöŵ ţĥîš àŕçĥîṽé îš ŕéàð', 'dialog.reading'],
    ['ŵĥéŕé îš ɱý ɱàîļ', 'dialog.settings'],
  ] as const) {
    await command(page, panel);
    await expect(page.locator(dialog)).toBeVisible();
    await nothingLeft(page, panel);
    await page.keyboard.press('Escape');
    await expect(page.locator('dialog')).toHaveCount(0);
  }

  await page.keyboard.press('Control+Shift+F');
  await page.getByRole('searchbox').last().fill('village');
  await page.keyboard.press('Enter');
  await expect(page.locator('.result').first()).toBeVisible();
  await nothingLeft(page, 'search in all archives');
  await window.close();
});

test('the language of the system is spoken, another is chosen at once, and remembered', async () => {
  const { folder, file } = village();
  const window = await openWindow([file], { folder, language: 'de-AT' });
  const { page } = window;
  await expect(page.getByRole('grid', { name: 'Nachrichten' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de-AT');
  await page.locator('[role=row][data-key]').nth(3).click();
  await expect(page.locator('article[data-shown=true]')).toBeVisible();
  await inBothThemes(window, 'language-de-list');
  await page.getByRole('button', { name: 'Überblick' }).click();
  await expect(page.locator('.chart-card')).not.toHaveCount(0);
  await window.picture('language-de-overview');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+,');
  await expect(page.getByRole('dialog', { name: 'Einstellungen' })).toBeVisible();
  await window.picture('language-de-settings');

  const menu = () =>
    window.app.evaluate(({ Menu }) =>
      Menu.getApplicationMenu()?.items.map(({ label }) => label.replace('&', '')),
    );
  expect(await menu()).toContain('Bearbeiten');
  await page.getByRole('combobox', { name: 'Sprache' }).selectOption('en');
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect.poll(menu).toContain('Edit');
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('grid', { name: 'Messages' })).toBeVisible();
  await window.app.close();

  const again = await openWindow([], { folder, language: 'de-AT' });
  await expect(again.page.getByRole('grid', { name: 'Messages' })).toBeVisible();
  await again.close();
});

/** Takes a picture by day and one by night. */
async function inBothThemes({ page, picture }: OpenWindow, name: string): Promise<void> {
  await picture(name);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await picture(`${name}-dark`);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
}

/** What the list of messages is called, and the side on which the sidebar stands. */
const TONGUES = [
  { tag: 'fr-CA', grid: 'Messages', side: 'left' },
  { tag: 'es', grid: 'Mensajes', side: 'left' },
  { tag: 'ja', grid: 'メッセージ', side: 'left' },
  { tag: 'zh-CN', grid: '邮件', side: 'left' },
  { tag: 'ar', grid: 'الرسائل', side: 'right' },
] as const;

for (const { tag, grid, side } of TONGUES) {
  test(`the window speaks ${tag}, and begins on its ${side}`, async () => {
    const { folder, file } = village();
    const window = await openWindow([file], { folder, language: tag });
    const { page } = window;
    const list = page.getByRole('grid', { name: grid });
    await list.locator('[data-key]').nth(3).click();
    await expect(page.locator('article[data-shown=true]')).toBeVisible();
    await inBothThemes(window, `language-${tag}-list`);
    expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations).toEqual([]);

    const boxOf = async (selector: string) =>
      (await page.locator(selector).boundingBox()) ?? { x: Number.NaN };
    const [sidebar, main] = [await boxOf('aside'), await boxOf('main')];
    expect(side === 'left' ? sidebar.x < main.x : sidebar.x > main.x).toBe(true);
    // The arrow that leads on widens what stands where lines begin.
    const splitter = page.locator('aside [role=separator]');
    const pixels = Number(await splitter.getAttribute('aria-valuenow'));
    await splitter.focus();
    await page.keyboard.press(side === 'left' ? 'ArrowRight' : 'ArrowLeft');
    await expect(splitter).toHaveAttribute('aria-valuenow', String(pixels + 16));

    await page.keyboard.press('o');
    await expect(page.locator('.chart-card')).not.toHaveCount(0);
    await window.picture(`language-${tag}-overview`);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+,');
    await expect(page.locator('dialog.settings')).toBeVisible();
    await window.picture(`language-${tag}-settings`);
    await window.close();
  });
}

test('a message stays on screen when another language is chosen', async () => {
  const folder = workFolder();
  const file = path.join(folder, 'letters.mbox');
  writeFileSync(file, LETTERS);
  const window = await openWindow([file], { folder });
  const { page } = window;
  await window.row(SALE_ROW).click();
  await page.locator('article[data-shown=true]').waitFor();
  await page.keyboard.press('Control+,');
  await page.getByRole('combobox', { name: 'Language' }).selectOption('de');
  await page
    .getByRole('dialog', { name: 'Einstellungen' })
    .getByRole('button', { name: 'Fertig' })
    .click();
  await expect(page.locator('article[data-shown=true]')).toBeVisible();
  await expect(page.locator('.notice[role=alert]')).toHaveCount(0);
  await expect(page.locator('.message-frame')).toHaveAttribute('data-loaded', 'true');
  await expect(page.locator('.message-frame').contentFrame().locator('body')).not.toBeEmpty();
  await window.close();
});
