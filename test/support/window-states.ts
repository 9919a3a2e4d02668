/** States that a window can be in, and how a person gets there; those of a list are in `list-states.ts`. */

import { expect, type Locator, type Page } from '@playwright/test';
import {
  FILES_ROW,
  INVITATION_ROW,
  letter as letterFrom,
  PLAIN_HTML_ROW,
  QUOTES_ROW,
  SALE_ROW,
} from './letters-to-show.ts';
import type { OpenWindow } from './window.ts';

export interface WindowState {
  readonly name: string;
  readonly reach: (window: OpenWindow) => Promise<void>;
  /** Puts away what would be in the way of the next one; Escape if nothing is said. */
  readonly leave?: (window: OpenWindow) => Promise<void>;
}

export const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true }).first();
export const stay = async (): Promise<void> => undefined;

/** Unfolds the sidebar where the window is so narrow that it is folded. */
export async function inSidebar(page: Page, part: string): Promise<Locator> {
  const fold = page.getByRole('button', { name: 'Archives and views' });
  if ((await fold.isVisible()) && (await fold.getAttribute('aria-expanded')) === 'false')
    await fold.click();
  return page.getByRole('navigation', { name: part });
}

/** Does what the palette has under a name. */
export async function command(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+p');
  await page.getByRole('combobox', { name: 'Command' }).fill(name);
  await page.keyboard.press('Enter');
}

export const dialog = (name: string, label: string): WindowState => ({
  name: `the dialog "${name}"`,
  reach: async ({ page }) => {
    await command(page, label);
    await expect(page.getByRole('dialog', { name })).toBeVisible();
  },
});

export const palette: WindowState = {
  name: 'all commands',
  reach: async ({ page }) => {
    await page.keyboard.press('Control+p');
    await expect(page.getByRole('listbox', { name: 'Commands' })).toBeVisible();
  },
};

export const WELCOME: readonly WindowState[] = [
  { name: 'the welcome', reach: ({ page }) => expect(button(page, 'Open folder')).toBeVisible() },
  {
    name: 'where mail is',
    reach: async ({ page }) => {
      const part = page.locator('details.where-part');
      if ((await part.getAttribute('open')) === null) await part.locator('summary').click();
    },
  },
  palette,
  dialog('Settings', 'Settings'),
];

export const DECEIVING_ROW = 7;
/** Its link looks as if it led to a bank. */
export const DECEIVING = letterFrom(
  'Mallory',
  'Your account',
  'Content-Type: text/plain\n\nPlease sign in: http://www.mybank.example@attacker.example/login\n',
);

const letter = (name: string, row: number, more?: WindowState['reach']): WindowState => ({
  name,
  reach: async (window) => {
    const { page } = window;
    await expect(window.row(row)).toHaveAttribute('data-key', /./);
    const key = await window.row(row).getAttribute('data-key');
    await window.row(row).click();
    await page.locator(`article[data-key="${key}"][data-shown=true]`).waitFor();
    await more?.(window);
  },
  leave: stay,
});

const seenAs = (view: string, key: string): WindowState =>
  letter(`a message as ${view}`, SALE_ROW, async ({ page }) => {
    await page.keyboard.press(`Control+${key}`);
    await expect(button(page, view)).toHaveAttribute('aria-pressed', 'true');
    await expect(page.locator('article[data-shown=true]')).toBeVisible();
  });

export const READER: readonly WindowState[] = [
  letter('a message with colours and remote pictures', SALE_ROW),
  seenAs('Text', '2'),
  seenAs('Headers', '3'),
  seenAs('Source', '4'),
  seenAs('HTML', '1'),
  letter('a message without colours', PLAIN_HTML_ROW),
  letter('quotes', QUOTES_ROW),
  {
    name: 'words looked for in a message',
    reach: async ({ page }) => {
      await page.keyboard.press('Control+f');
      await page.getByRole('textbox', { name: 'Find in message' }).fill('the');
      await expect(page.getByRole('search', { name: 'In the message' })).toContainText(' of ');
    },
    leave: ({ page }) => button(page, 'End the search').click(),
  },
  letter('a link that deceives', DECEIVING_ROW, async ({ page }) => {
    await page.locator('.message-text a').click();
    await expect(page.getByRole('dialog')).toBeVisible();
  }),
  { name: 'the letter behind it', reach: ({ page }) => page.keyboard.press('Escape') },
  letter('an invitation', INVITATION_ROW),
  letter('an attachment with what can be done', FILES_ROW, async ({ page }) => {
    const list = page.getByRole('list', { name: 'Attachments' });
    await list.getByRole('button', { name: /garden/ }).click();
    await expect(list.getByRole('button', { name: 'Preview' })).toBeVisible();
  }),
  {
    name: 'a preview',
    reach: async ({ page }) => {
      await button(page, 'Preview').click();
      await expect(page.getByRole('dialog').getByRole('img')).toBeVisible();
    },
  },
];

/** Folders of a library are open, and nothing else. */
export const LIBRARY: readonly WindowState[] = [
  {
    name: 'the library',
    reach: ({ page }) => expect(page.locator('[data-screen=library]')).toContainText('3 archives'),
    leave: stay,
  },
  {
    name: 'the search over all archives',
    reach: async ({ page }) => {
      await page.keyboard.press('Control+Shift+f');
      await expect(page.getByRole('searchbox', { name: 'Search all archives' })).toBeFocused();
    },
    leave: stay,
  },
  {
    name: 'what is offered for a search over all archives',
    reach: async ({ page }) => {
      await page.getByRole('searchbox', { name: 'Search all archives' }).fill('f');
      await expect(page.getByRole('listbox', { name: 'Suggestions' })).toBeVisible();
    },
    leave: stay,
  },
  {
    name: 'what was found in all archives',
    reach: async ({ page }) => {
      await page.getByRole('searchbox', { name: 'Search all archives' }).fill('in');
      await page.keyboard.press('Enter');
      const found = page.getByRole('region', { name: 'Search all archives' }).getByRole('status');
      await expect(found).toContainText(/found in \d archives?$/, { timeout: 60_000 });
      await expect(page.getByRole('listbox', { name: 'Messages found' })).toBeVisible();
    },
    leave: stay,
  },
];

/** What stands where the list would. */
const screen = (name: string, ready: string): readonly WindowState[] => [
  { name, reach: ({ page }) => expect(page.locator(ready)).toBeVisible(), leave: stay },
];
export const FAILED = screen('an archive that is not there', '[data-screen=failed]');
export const EMPTY = screen('an archive without a message', '[data-screen=no-messages]');
export const SEVERAL = screen('several archives in a ZIP file', 'dialog[open]');
export const PROGRESS = screen('long work', '.status [role=progressbar]');
