/**
 * The reader in the real window: HTML in its frame, text with its quotes, headers, source; remote
 * pictures and links only as a person says; attachments; words found; accessible in light and dark.
 */

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type ElectronApplication, expect, type Page, test } from '@playwright/test';
import {
  FILES_ROW,
  INVITATION_ROW,
  LETTERS,
  PLAIN_HTML_ROW,
  picture as greenPicture,
  QUOTES_ROW,
  SALE_ROW,
  UNLABELLED_ROW,
} from '../support/letters-to-show.ts';
import { openWatched, type Watched } from '../support/watched-window.ts';
import { workFolder } from '../support/window.ts';

async function open(): Promise<Watched & { readonly page: Page }> {
  const folder = workFolder();
  const file = path.join(folder, 'letters.mbox');
  writeFileSync(file, LETTERS);
  const watched = await openWatched([file], { folder });
  await expect.poll(watched.window.rows).toBe(6);
  return { ...watched, page: watched.window.page };
}

async function show({ window }: Watched, row: number): Promise<void> {
  // A row is there before what stands in it.
  await expect(window.row(row)).toHaveAttribute('data-key', /./);
  const key = await window.row(row).getAttribute('data-key');
  await window.row(row).click();
  await window.page.locator(`article[data-key="${key}"][data-shown=true]`).waitFor();
}

/** Takes the place of the system's browser and of its dialogs, and keeps what was asked of them. */
async function stub(
  app: ElectronApplication,
  answers: { readonly folder?: string },
): Promise<void> {
  await app.evaluate(({ shell, dialog }, { folder }) => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    shell.openExternal = async (url) => void asked.push(`browser ${url}`);
    shell.openPath = async (file) => {
      asked.push(`program ${file}`);
      return '';
    };
    dialog.showMessageBox = (async (_window: unknown, options: { message: string }) => {
      asked.push(`question ${options.message}`);
      return { response: 0, checkboxChecked: false };
    }) as unknown as typeof dialog.showMessageBox;
    dialog.showOpenDialog = (async () => ({
      canceled: false,
      filePaths: [folder ?? ''],
    })) as unknown as typeof dialog.showOpenDialog;
  }, answers);
}

const DECEIVING = 'http://login.attacker.example/';
const askedOf = (app: ElectronApplication): Promise<string[]> =>
  app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);

/** Goes by the keyboard from link to link until the foot of the reader shows this one, and follows it. */
async function followLink(page: Page, href: string): Promise<void> {
  const frame = page.locator('iframe.message-frame');
  const isInFrame = (): Promise<boolean> =>
    frame.evaluate((element) => document.activeElement === element);
  const foot = page.locator('.reader-foot');
  const shown = async (): Promise<string> => ((await foot.count()) > 0 ? foot.innerText() : '');
  for (let links = 0; links < 10; links++) {
    // A key that comes before the frame has the keyboard goes past it.
    if (!(await isInFrame())) await frame.focus();
    const before = await shown();
    await page.keyboard.press('Tab');
    // The next Tab would go on: what this one came to must be known first, however long it takes.
    await expect.poll(async () => (await shown()) !== before || !(await isInFrame())).toBe(true);
    if ((await shown()) === href) break;
  }
  expect(await shown()).toBe(href);
  await page.keyboard.press('Enter');
}

test('remote pictures are fetched only when a person says so, and then say nothing of them', async () => {
  const watched = await open();
  const { page, window, arrived } = watched;
  await show(watched, SALE_ROW);
  const reader = page.getByRole('region', { name: 'Message' });
  await expect(reader).toContainText('5 remote pictures blocked');
  await window.picture('reader-remote-blocked');
  const green = page.frameLocator('iframe.message-frame').locator('img[alt=green]');
  const widths = (all: Element[]) => all.map((one) => (one as HTMLImageElement).naturalWidth > 0);
  await expect.poll(() => green.evaluateAll(widths)).toEqual([true, true]);
  expect(arrived).toEqual([]);

  await reader.getByRole('button', { name: 'Show once' }).click();
  await expect(reader).toContainText('5 remote pictures fetched this once');
  await expect.poll(() => arrived.length).toBe(3);
  // Machines nearby are not knocked at, whatever a person allowed.
  expect(arrived.map(({ url }) => url).sort()).toEqual(
    ['one', 'three', 'two'].map((name) => `pictures.example/${name}.gif`),
  );
  for (const { headers } of arrived) {
    expect(headers['cookie'] ?? headers['referer'] ?? headers['origin']).toBeUndefined();
    expect(headers['user-agent']).not.toContain('Electron');
  }
  await show(watched, PLAIN_HTML_ROW);
  await show(watched, SALE_ROW);
  await reader.getByRole('button', { name: 'No longer' }).waitFor({ state: 'detached' });

  await test.step('always for this sender is remembered, and taken back in the same place', async () => {
    await page.keyboard.press('Escape');
    await window.app.close();
    const again = await openWatched([path.join(window.folder, 'letters.mbox')], {
      folder: window.folder,
    });
    await expect.poll(again.window.rows).toBe(6);
    await show(again, SALE_ROW);
    const region = again.window.page.getByRole('region', { name: 'Message' });
    await region.getByRole('button', { name: 'Always for this sender' }).click();
    await expect.poll(() => again.arrived.length).toBe(3);
    await region.getByRole('button', { name: 'No longer' }).click();
    await expect(region).toContainText('5 remote pictures blocked');
    await again.close();
  });
});

test('a link is followed where it leads; one that deceives is asked about first', async () => {
  const watched = await open();
  const { page, window } = watched;
  await stub(window.app, {});
  await show(watched, SALE_ROW);
  await followLink(page, 'http://shop.example/sale');
  await expect.poll(() => askedOf(window.app)).toEqual(['browser http://shop.example/sale']);

  await followLink(page, DECEIVING);
  const dialog = page.getByRole('dialog', { name: 'This link is not what it seems' });
  await expect(dialog).toContainText('login.attacker.example');
  await expect(dialog).toContainText('Its text names www.mybank.example');
  await window.picture('reader-link-warning');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  expect(await askedOf(window.app)).toHaveLength(1);
  await show(watched, PLAIN_HTML_ROW);
  await show(watched, SALE_ROW);
  await followLink(page, DECEIVING);
  await dialog.getByRole('button', { name: 'Go there anyway' }).click();
  await expect.poll(() => askedOf(window.app)).toContain('browser http://login.attacker.example/');

  // A picture that is not shown says a name in its place.
  await show(watched, PLAIN_HTML_ROW);
  await show(watched, SALE_ROW);
  await followLink(page, 'http://button.attacker.example/');
  await expect(dialog).toContainText('Its text names www.mybank.example');
  await page.keyboard.press('Escape');

  await show(watched, QUOTES_ROW);
  await page.getByRole('link', { name: 'http://village.example/meeting' }).hover();
  await expect(page.locator('.reader-foot')).toHaveText('http://village.example/meeting');
  await page.getByRole('link', { name: 'http://village.example/meeting' }).click();
  await expect.poll(() => askedOf(window.app)).toContain('browser http://village.example/meeting');
  expect(page.url()).toBe('mailkeep://app/index.html');
  await watched.close();
});

test('quotes fold by level; views, words, size and keys', async () => {
  const watched = await open();
  const { page, window } = watched;
  const reader = page.getByRole('region', { name: 'Message' });
  await show(watched, QUOTES_ROW);
  const fold = reader.getByRole('button', { name: '5 lines of level 2' });
  await expect(fold).toHaveAttribute('aria-expanded', 'false');
  await expect(reader).not.toContainText('the mayor is away');
  await window.picture('reader-quotes');
  await fold.click();
  await expect(reader).toContainText('the mayor is away');
  await page.keyboard.press('q');
  await page.keyboard.press('q');
  await expect(reader).not.toContainText('the mayor is away');

  await test.step('find, in text and in a frame', async () => {
    await page.keyboard.press('Control+f');
    const search = page.getByRole('search', { name: 'In the message' });
    await search.getByRole('textbox').fill('needle');
    await expect(search).toContainText('1 of 1');
    await show(watched, PLAIN_HTML_ROW);
    await expect(search).toContainText('1 of 2');
    await page.keyboard.press('F3');
    await expect(search).toContainText('2 of 2');
    await window.picture('reader-find');
    await search.getByRole('textbox').focus();
    await page.keyboard.press('Escape');
    await expect(search).toBeHidden();
  });

  await test.step('headers, source, text of HTML; the view is remembered', async () => {
    await page.keyboard.press('Control+3');
    await expect(reader).toContainText('MIME-Version');
    await page.keyboard.press('Control+4');
    await expect(reader.locator('.source-view')).toContainText('From ben@shop.example');
    await window.picture('reader-source');
    await page.keyboard.press('Control+2');
    await expect(reader.locator('.message-text')).toContainText('no colours here');
    await expect(reader.locator('iframe')).toHaveCount(0);
    await page.keyboard.press('Control+1');
    await expect(reader.locator('iframe')).toHaveCount(1);
  });

  await test.step('size, and keys while the frame has the keyboard', async () => {
    await page.keyboard.press('Control+=');
    await expect(reader.getByRole('button', { name: '110 %' })).toBeVisible();
    await page.keyboard.press('Control+0');
    await expect(reader.getByRole('button', { name: '110 %' })).toHaveCount(0);
    // Before its document has come there is nothing that could have the keyboard.
    await page.locator('article[data-shown=true]').waitFor();
    await page.locator('iframe.message-frame').focus();
    // As the app hears of it; a key that Playwright presses never passes through the app.
    await window.app.evaluate(({ webContents }) => {
      const input = {
        type: 'keyDown',
        key: 'j',
        control: false,
        meta: false,
        shift: false,
        alt: false,
      };
      for (const contents of webContents.getAllWebContents()) {
        contents.emit('before-input-event', {}, input);
      }
    });
    await expect(window.row(QUOTES_ROW)).toHaveAttribute('aria-selected', 'true');
  });
  await watched.close();
});

test('a guessed character set is said, and another one can be chosen', async () => {
  const watched = await open();
  const { page } = watched;
  const reader = page.getByRole('region', { name: 'Message' });
  await show(watched, UNLABELLED_ROW);
  await expect(reader).toContainText('Schöne Grüße');
  await expect(reader).toContainText('does not say its character set; it is read as');
  await reader.getByRole('combobox', { name: 'Character set' }).selectOption('koi8-r');
  await expect(reader).toContainText('Read as koi8-r, as you chose.');
  await expect(reader).not.toContainText('Schöne');
  await show(watched, QUOTES_ROW);
  await show(watched, UNLABELLED_ROW);
  await expect(reader).toContainText('Schöne Grüße');
  await watched.close();
});

test('attachments: looked at, saved, opened after asking, dragged out', async () => {
  const watched = await open();
  const { page, window } = watched;
  const target = path.join(window.folder, 'saved');
  mkdirSync(target);
  writeFileSync(path.join(target, 'notes.txt'), 'mine');
  await stub(window.app, { folder: target });
  await show(watched, FILES_ROW);
  const list = page.getByRole('list', { name: 'Attachments' });
  await expect(list.getByRole('listitem')).toHaveCount(5);
  await expect(list.getByRole('listitem').nth(3)).toContainText('Program');
  await list.getByRole('button', { name: /garden/ }).click();
  await window.picture('reader-attachments');
  await list.getByRole('button', { name: 'Preview' }).click();
  const preview = page.getByRole('dialog', { name: 'garden.bmp' });
  await expect(preview.getByRole('img', { name: 'garden.bmp' })).toBeVisible();
  await preview.getByRole('button', { name: 'Done' }).click();
  await list.getByRole('button', { name: /garden/ }).click();
  await list.getByRole('button', { name: /notes/ }).click();
  await list.getByRole('button', { name: 'Preview' }).click();
  await expect(page.getByRole('dialog', { name: 'notes.txt' })).toContainText('Zweite Zeile äöü');
  await page.keyboard.press('Escape');
  await list.getByRole('button', { name: /notes/ }).click();

  await page.getByRole('button', { name: 'Save all 5…' }).click();
  await expect
    .poll(() => readdirSync(target).filter((name) => !name.startsWith('.')).length)
    .toBe(6);
  expect(readFileSync(path.join(target, 'notes.txt'), 'utf8')).toBe('mine');
  expect(readFileSync(path.join(target, 'garden.bmp')).equals(greenPicture())).toBe(true);

  await list.getByRole('button', { name: /invoice/ }).click();
  await list.getByRole('button', { name: 'Open in its program…' }).click();
  await expect.poll(() => askedOf(window.app)).toContain('question Open “invoice.pdf.exe”?');
  // The answer comes behind the question, and the file is written first.
  await expect
    .poll(async () => (await askedOf(window.app)).filter((one) => one.startsWith('program ')))
    .toEqual([expect.stringMatching(/[/\\]invoice\.pdf\.exe$/)]);

  await window.app.evaluate(({ webContents }) => {
    for (const contents of webContents.getAllWebContents()) {
      contents.startDrag = ({ file }) =>
        void (globalThis as unknown as { asked: string[] }).asked.push(`drag ${file}`);
    }
  });
  await list.getByRole('button', { name: /photos/ }).dispatchEvent('dragstart');
  await expect.poll(async () => (await askedOf(window.app)).at(-1)).toMatch(/^drag .*photos\.zip$/);
  const dragged = (await askedOf(window.app)).at(-1)?.slice('drag '.length) ?? '';
  expect(readFileSync(dragged, 'latin1')).toBe('PK harmless');
  await watched.close();
  expect(existsSync(dragged)).toBe(false);
});

test('every view is accessible, light and dark; an invitation and a signature say what they are', async () => {
  const watched = await open();
  const { page, window } = watched;
  await page.setViewportSize({ width: 1400, height: 850 });
  const reader = page.getByRole('region', { name: 'Message' });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const row of [SALE_ROW, PLAIN_HTML_ROW, QUOTES_ROW, FILES_ROW, INVITATION_ROW]) {
      await show(watched, row);
      await window.picture(`reader-${row}-${colorScheme}`);
      const builder = new AxeBuilder({ page }).setLegacyMode().exclude('iframe');
      const { violations } = await builder.analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`)).toEqual(
        [],
      );
    }
    await expect(reader.getByRole('region', { name: 'Invitation' })).toContainText(
      'Meeting in the hall',
    );
    await expect(reader).toContainText('Signed with OpenPGP; Mailkeep does not check signatures.');
  }
  await watched.close();
});
