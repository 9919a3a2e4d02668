/**
 * What the app remembers, and how it goes on: sessions and marks across an end and a crash, settings,
 * files of its own that are damaged, what a person is told, and diagnostics without any mail.
 */

import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { answerQuestions } from '../support/questions.ts';
import { type OpenWindow, openWindow, shownIn, workFolder } from '../support/window.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../../out/sample/sample.mbox');

/** Some start the app three times. */
test.describe.configure({ timeout: 6 * 60_000 });

function archivesIn(folder: string, ...names: string[]): readonly string[] {
  return names.map((name) => {
    const file = path.join(folder, name);
    copyFileSync(SAMPLE, file);
    return file;
  });
}

/** As axe sees the page; it knows no frames of other origins. */
async function expectAccessible({ page }: OpenWindow): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

/** What is in a file of the app's own. */
const remembered = (folder: string, name: string): string => {
  try {
    return readFileSync(path.join(folder, 'user-data', name), 'utf8');
  } catch {
    return '';
  }
};

test('the next start goes on where the last one ended: archives, order, message, marks', async () => {
  const folder = workFolder();
  const files = archivesIn(folder, 'one.mbox', 'two.mbox');
  const first = await openWindow(files, { folder });
  await expect.poll(first.rows).toBe(468);
  await first.page.getByRole('button', { name: 'one.mbox', exact: true }).click();
  await first.page.getByRole('button', { name: 'Size' }).click();
  await first.page.getByRole('button', { name: 'Size' }).click();
  // What is pressed from now on is meant in this order.
  await expect(first.grid).toHaveAttribute('aria-busy', 'false');
  await expect(first.row(1)).toContainText(/[KM]B/);
  await first.grid.focus();
  await first.page.keyboard.press('End');
  await expect(first.row(468)).toHaveAttribute('aria-selected', 'true');
  for (let at = 0; at < 3; at++) await first.page.keyboard.press('k');
  await expect(first.row(465)).toHaveAttribute('aria-selected', 'true');
  const subject = (await first.row(465).locator('.subject').textContent()) ?? '';
  await first.row(467).click({ modifiers: ['Control'] });
  await first.page.keyboard.press('Delete');
  await expect(first.page.getByRole('status')).toContainText('2 messages marked');
  await expect(first.page.getByRole('note')).toContainText('Deleting only marks a message');
  await expectAccessible(first);
  await first.picture('explained');
  await first.page.getByRole('button', { name: 'Do not show again' }).click();
  await first.grid.focus();
  await first.row(465).click();
  const key = await first.row(465).getAttribute('data-key');
  await expect
    .poll(() => remembered(folder, 'session.json'))
    .toMatch(new RegExp(`"direction": "descending",\\s*"current": "${key}"`));
  await first.app.close();

  const second = await openWindow([], { folder });
  await expect(second.page.getByRole('button', { name: 'two.mbox', exact: true })).toBeVisible();
  await expect(second.page).toHaveTitle(/one\.mbox/);
  await expect.poll(second.rows).toBe(468);
  await expect(second.row(465)).toHaveAttribute('aria-selected', 'true');
  await expect(second.row(465).locator('.subject')).toHaveText(subject);
  await expect(second.page.getByRole('columnheader', { name: 'Size' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  await expect(second.page.getByRole('status')).toContainText('2 messages marked');
  await expect(second.page.getByRole('note')).toHaveCount(0);
  await second.picture('restored');
  expect(readFileSync(files[0] ?? '').equals(readFileSync(SAMPLE))).toBe(true);
  // What is not there any more is said, and comes back.
  await second.app.close();
  renameSync(files[0] ?? '', `${files[0]}.away`);
  const third = await openWindow([], { folder });
  await expect(third.page.getByRole('alert')).toContainText('no file at this place');
  renameSync(`${files[0]}.away`, files[0] ?? '');
  await third.page.getByRole('button', { name: 'Try again' }).click();
  await expect(third.page.getByRole('status')).toContainText('2 messages marked');
  await third.close();
});

test('an app that ends with two windows begins with both', async () => {
  const folder = workFolder();
  const [one = '', two = ''] = archivesIn(folder, 'one.mbox', 'two.mbox');
  const first = await openWindow([one], { folder });
  await expect.poll(first.rows).toBe(468);
  const opens = first.app.waitForEvent('window');
  await first.app.evaluate(({ Menu, dialog }, file) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [file] });
    const menu = Menu.getApplicationMenu()?.items.find(({ label }) => label === '&File');
    menu?.submenu?.items.find(({ label }) => label === '&New Window')?.click();
  }, two);
  const other = await opens;
  await expect(other.getByRole('button', { name: 'Open', exact: true })).toBeVisible();
  await other.keyboard.press('Control+o');
  await expect.poll(shownIn(other).rows).toBe(468);
  await first.app.close();

  const second = await openWindow([], { folder });
  const titles = () => Promise.all(second.app.windows().map((page) => page.title()));
  await expect
    .poll(async () => (await titles()).toSorted())
    .toEqual([expect.stringContaining('one.mbox'), expect.stringContaining('two.mbox')]);
  await second.close();
});

test('a window that crashes is opened again with its archives, and marks are still there', async () => {
  const folder = workFolder();
  const window = await openWindow(archivesIn(folder, 'one.mbox'), { folder });
  await expect.poll(window.rows).toBe(468);
  await window.row(2).click();
  await window.page.keyboard.press('Delete');
  await expect(window.page.getByRole('status')).toContainText('1 message marked');
  await window.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
  });
  // Playwright takes a crashed page for lost; main tells what it shows now. A page that is gone never answers.
  const shown = (): Promise<string> =>
    window.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      return new Promise<string>((resolve) => {
        setTimeout(() => resolve(''), 2000);
        if (!contents || contents.isCrashed() || contents.isLoading()) return;
        void contents.executeJavaScript('document.body.innerText').then(resolve);
      });
    });
  await expect.poll(shown).toContain('This window crashed, and was opened again');
  await expect.poll(shown).toContain('1 message marked');
  await window.app.close();
});

/** What each window shows, as main sees it: Playwright takes a page that crashed for lost. */
const shownByEach = ({ app }: OpenWindow): Promise<readonly string[]> =>
  app.evaluate(({ BrowserWindow }) => {
    const windows = BrowserWindow.getAllWindows().toSorted((one, other) => one.id - other.id);
    const shown = windows.map(async ({ webContents }) => {
      if (webContents.isCrashed() || webContents.isLoadingMainFrame()) return '';
      const words = `[...document.querySelectorAll('.side-name[translate=no], .grid')]
        .map((one) => one.getAttribute('aria-rowcount') ?? one.textContent).join()`;
      return String(await webContents.executeJavaScript(words));
    });
    const silence = new Promise<string>((resolve) => setTimeout(resolve, 2000, ''));
    return Promise.all(shown.map((one) => Promise.race([one, silence])));
  });

/** When the process of a window that was just made ends. */
const MOMENTS = {
  'before it has a page': 'at once',
  'before its page listens': 'did-navigate',
  'while its page hears of the first archive': 'archive',
} as const;

for (const [when, moment] of Object.entries(MOMENTS)) {
  test(`a window that crashes ${when} opens all that it was to open`, async () => {
    const folder = workFolder();
    const [one = '', ...others] = archivesIn(folder, 'one.mbox', 'two.mbox', 'three.mbox');
    const window = await openWindow([one], { folder });
    await expect.poll(window.rows).toBe(468);
    await window.app.evaluate(
      ({ app, BrowserWindow, Menu }, { files, moment }) => {
        const menu = Menu.getApplicationMenu()?.items.find(({ label }) => label === '&File');
        menu?.submenu?.items.find(({ label }) => label === '&New Window')?.click();
        const [made] = BrowserWindow.getAllWindows().toSorted((one, other) => other.id - one.id);
        if (!made) throw new Error('there is a new window');
        const { webContents: contents } = made;
        const crash = (): void => contents.forcefullyCrashRenderer();
        if (moment === 'did-navigate') contents.once('did-navigate', crash);
        const send = contents.send.bind(contents);
        contents.send = (channel, ...words) => {
          send(channel, ...words);
          if (channel !== moment) return;
          contents.send = send;
          crash();
        };
        // A second start brings files to the window in front.
        BrowserWindow.getFocusedWindow = () => made;
        app.emit('second-instance', {}, [], '', files);
        if (moment === 'at once') crash();
      },
      { files: others, moment },
    );
    await expect.poll(async () => (await shownByEach(window))[1]).toBe('two.mbox,three.mbox,468');
    const isSeen = () =>
      window.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().every((one) => one.isVisible()),
      );
    await expect.poll(isSeen).toBe(true);
    await window.app.close();
  });
}

test('settings hold at once and at the next start; by keyboard, light and dark', async () => {
  const folder = workFolder();
  const first = await openWindow(archivesIn(folder, 'one.mbox'), { folder });
  await expect.poll(first.rows).toBe(468);
  await first.page.keyboard.press('Control+,');
  const dialog = first.page.getByRole('dialog', { name: 'Settings' });
  await expect(dialog).toBeVisible();
  await expectAccessible(first);
  await first.picture('settings');
  await first.page.emulateMedia({ colorScheme: 'dark' });
  await first.picture('settings-dark');
  await dialog.getByRole('radio', { name: 'Dark' }).check();
  await dialog
    .getByRole('checkbox', { name: 'Keep a copy of what a compaction removes' })
    .uncheck();
  await dialog.getByRole('checkbox', { name: 'Go on where I stopped' }).uncheck();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(dialog).toHaveCount(0);
  const theme = (window: OpenWindow) =>
    window.app.evaluate(({ nativeTheme }) => nativeTheme.themeSource);
  await expect.poll(() => theme(first)).toBe('dark');
  await expect.poll(() => remembered(folder, 'settings.json')).toContain('"start": "empty"');
  await first.app.close();

  const second = await openWindow([], { folder });
  await expect(second.page.getByRole('button', { name: 'Open the sample archive' })).toBeVisible();
  expect(await theme(second)).toBe('dark');
  await second.page.getByRole('button', { name: /one\.mbox/ }).click();
  await expect.poll(second.rows).toBe(468);
  await second.row(1).click();
  await second.page.keyboard.press('Delete');
  await second.page.getByRole('button', { name: 'Compact', exact: true }).click();
  const compact = second.page.getByRole('dialog', { name: 'Compact archive' });
  await expect(compact.getByRole('checkbox', { name: /Keep a copy/ })).not.toBeChecked();
  await expect(compact.getByRole('note')).toContainText('Compacting takes the marked messages out');
  await expectAccessible(second);
  await second.picture('compact-explained');
  await second.close();
});

test.describe('files of the app that', () => {
  const begin = (): { folder: string; data: string } => {
    const folder = workFolder();
    const data = path.join(folder, 'user-data');
    mkdirSync(data);
    return { folder, data };
  };

  test('are cut off or from the future are said, and the app starts', async () => {
    const { folder, data } = begin();
    writeFileSync(path.join(data, 'settings.json'), '{"version": 1, "preferences": {"the');
    const future = '{"version": 2, "windows": "all of them"}';
    writeFileSync(path.join(data, 'session.json'), future);
    const window = await openWindow(archivesIn(folder, 'one.mbox'), { folder });
    await expect.poll(window.rows).toBe(468);
    const alert = window.page.getByRole('alert');
    await expect(alert).toContainText('Your settings could not be read');
    await expect(alert).toContainText('written by a newer Mailkeep');
    await window.picture('troubles');
    await alert.getByRole('button', { name: 'Dismiss' }).click();
    await expect(alert).toHaveCount(0);
    await window.app.close();
    expect(readFileSync(path.join(data, 'session.json'), 'utf8')).toBe(future);
    expect(readFileSync(path.join(data, 'settings.json.damaged'), 'utf8')).toContain('"the');
    expect(JSON.parse(readFileSync(path.join(data, 'settings.json'), 'utf8'))).toBeTruthy();
  });

  test('cannot be written are said, and marks hold until the end', async () => {
    const { folder, data } = begin();
    // Where folders and files of its own should be made stand others that cannot be replaced.
    for (const name of ['marks', 'logs', 'catalogs', 'readings'])
      writeFileSync(path.join(data, name), '');
    for (const name of ['settings.json', 'session.json']) {
      mkdirSync(path.join(data, name));
      writeFileSync(path.join(data, name, 'in the way'), '');
    }
    const window = await openWindow(archivesIn(folder, 'one.mbox'), { folder });
    await expect.poll(window.rows).toBe(468);
    await window.row(2).click();
    await window.page.keyboard.press('Delete');
    await expect(window.page.getByRole('status')).toContainText('1 message marked');
    const alerts = window.page.getByRole('alert');
    await expect(alerts.filter({ hasText: 'cannot be remembered now' })).toBeVisible();
    await expect(alerts.filter({ hasText: 'Your settings cannot be saved' })).toBeVisible();
    await window.picture('unsaved');
    await answerQuestions(window.app, 1);
    await window.close();
  });
});

test('diagnostics can be copied, and hold nothing of any mail', async () => {
  const folder = workFolder();
  const secret = 'Letters to Eleanor.mbox';
  const [file = ''] = archivesIn(folder, secret);
  const locked = path.join(folder, 'Not for you.mbox');
  writeFileSync(locked, 'From a@b.c Mon Jan  1 00:00:00 2024\nSubject: x\n\nx\n');
  chmodSync(locked, 0o000);
  const window = await openWindow([path.join(folder, 'Gone.mbox'), file], { folder });
  await expect.poll(window.rows).toBe(468);
  await window.row(2).click();
  const subject = (await window.row(2).locator('.subject').textContent()) ?? '';
  const copy = (): Promise<string> =>
    window.app.evaluate(async ({ Menu, clipboard }) => {
      const help = Menu.getApplicationMenu()?.items.find(({ role }) => role === 'help');
      const item = help?.submenu?.items.find(({ label }) => label.includes('Diagnostics'));
      item?.click();
      return clipboard.readText();
    });
  // The other archive has an engine of its own, that fails in its own time.
  await expect.poll(copy).toContain('"what":"open-failed"');
  const copied = await copy();
  expect(copied).toContain('Mailkeep diagnostics');
  expect(copied).toContain('NOT_FOUND');
  expect(copied).toContain('archivesOpen: 2');
  for (const private_ of ['Eleanor', 'Gone', folder, subject, '@', '.mbox']) {
    expect(copied).not.toContain(private_);
  }
  await window.close();
});

test('the welcome says where mail is, and offers what is here', async () => {
  const folder = workFolder();
  const inbox = path.join(folder, '.thunderbird/abc.default/Mail/Local Folders');
  mkdirSync(inbox, { recursive: true });
  const [archive = ''] = archivesIn(inbox, 'Inbox');
  const window = await openWindow([], { folder, home: folder });
  const { page, app } = window;
  await expect(page.getByText('Where is my mail?')).toBeVisible();
  await expect(page.getByText('takeout.google.com', { exact: false })).toBeVisible();
  await expect(page.getByText('Export Mailbox', { exact: false })).toBeVisible();
  await expectAccessible(window);
  await window.picture('where');
  await page.emulateMedia({ colorScheme: 'dark' });
  await window.picture('where-dark');
  await app.evaluate(({ dialog }, file) => {
    dialog.showOpenDialog = async (...words: unknown[]) => {
      const options = words.at(-1);
      const begins = typeof options === 'object' && options !== null && 'defaultPath' in options;
      return { canceled: false, filePaths: begins ? [file] : [] };
    };
  }, archive);
  await page.getByRole('button', { name: 'Local Folders' }).click();
  await expect.poll(window.rows).toBe(468);
  // The Help menu says the same while an archive is open.
  await app.evaluate(({ Menu, BrowserWindow }) => {
    const help = Menu.getApplicationMenu()?.items.find(({ role }) => role === 'help');
    const item = help?.submenu?.items.find(({ label }) => label.includes('Mail?'));
    item?.click(undefined, BrowserWindow.getAllWindows()[0]);
  });
  await expect(page.getByRole('dialog', { name: 'Where is my mail?' })).toBeVisible();
  await expectAccessible(window);
  await window.close();
});

test('archives that were open lately are in the menu', async () => {
  const folder = workFolder();
  const window = await openWindow(archivesIn(folder, 'A & B.mbox'), { folder });
  await expect.poll(window.rows).toBe(468);
  const recent = () =>
    window.app.evaluate(({ Menu }) => {
      const file = Menu.getApplicationMenu()?.items.find(({ label }) => label === '&File');
      const menu = file?.submenu?.items.find(({ label }) => label === 'Open &Recent');
      return menu?.submenu?.items.filter(({ type }) => type === 'normal').map(({ label }) => label);
    });
  await expect.poll(recent).toEqual(['A && B.mbox', '&Clear']);
  await window.close();
});
