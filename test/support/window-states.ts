/** Every state that a window can be in, by the archive that it begins with, and how a person gets there. */

import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { numberedLetters } from './letters.ts';
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

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true }).first();
const stay = async (): Promise<void> => undefined;

/** Unfolds the sidebar where the window is so narrow that it is folded. */
async function inSidebar(page: Page, part: string): Promise<Locator> {
  const fold = page.getByRole('button', { name: 'Archives and views' });
  if ((await fold.isVisible()) && (await fold.getAttribute('aria-expanded')) === 'false')
    await fold.click();
  return page.getByRole('navigation', { name: part });
}

async function turnGroups(page: Page): Promise<void> {
  const groups = await inSidebar(page, 'Groups');
  for (const group of ['Labels', 'Mailing lists', 'Years', 'Senders'])
    await groups.getByRole('button', { name: group }).click();
}

/** Does what the palette has under a name. */
export async function command(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+p');
  await page.getByRole('combobox', { name: 'Command' }).fill(name);
  await page.keyboard.press('Enter');
}

const dialog = (name: string, label: string): WindowState => ({
  name: `the dialog "${name}"`,
  reach: async ({ page }) => {
    await command(page, label);
    await expect(page.getByRole('dialog', { name })).toBeVisible();
  },
});

const search = (query: string, name: string, more: (page: Page) => Promise<void>): WindowState => ({
  name,
  reach: async ({ page }) => {
    await page.getByRole('searchbox', { name: 'Search' }).fill(query);
    await more(page);
  },
  leave: async ({ page }) => {
    await page.getByRole('searchbox', { name: 'Search' }).fill('');
    await expect.poll(() => page.locator('.search-bar').count()).toBe(0);
  },
});

const palette: WindowState = {
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

export const LIST: readonly WindowState[] = [
  {
    name: 'the list',
    reach: async ({ page, row }) => {
      await row(2).click();
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    },
    leave: stay,
  },
  {
    name: 'several selected',
    reach: async ({ page, row }) => {
      await row(4).click({ modifiers: ['Shift'] });
      await expect(page.getByRole('status')).toContainText('3 messages selected');
    },
    leave: stay,
  },
  {
    name: 'marked for deletion, with the explanation',
    reach: async ({ page, grid }) => {
      await grid.focus();
      await page.keyboard.press('Delete');
      await expect(page.getByRole('note')).toContainText('Deleting only marks');
      await expect(page.getByRole('status')).toContainText('3 messages marked');
    },
    leave: stay,
  },
  ...(['With attachments', 'Unread', 'Marked for deletion', 'Flagged deleted'] as const).map(
    (view): WindowState => ({
      name: `the view "${view}"`,
      reach: async ({ page }) => {
        const views = await inSidebar(page, 'Views');
        await views.getByRole('button', { name: view }).click();
        await expect(views.getByRole('button', { name: view })).toHaveAttribute('aria-current');
      },
      leave: async ({ page }) =>
        (await inSidebar(page, 'Views')).getByRole('button', { name: /^All mail/ }).click(),
    }),
  ),
  search('boat', 'messages found', (page) =>
    expect(page.getByRole('toolbar', { name: 'Search results' })).toContainText('found'),
  ),
  search('harvest', 'a search to be saved', async (page) => {
    await button(page, 'Save search…').click();
    await expect(page.getByRole('textbox', { name: 'Name of the search' })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(await inSidebar(page, 'Saved searches')).toBeVisible();
  }),
  search('zzqqxx', 'nothing found', (page) =>
    expect(page.locator('[data-screen=nothing-found]')).toBeVisible(),
  ),
  search('form:anna after:never', 'hints for a search', (page) =>
    expect(page.locator('.search-hints')).toBeVisible(),
  ),
  {
    name: 'help for searching',
    reach: async ({ page }) => {
      await button(page, 'Help for searching').click();
      await expect(page.getByRole('region', { name: 'What can be searched for' })).toBeVisible();
    },
  },
  {
    name: 'groups, and the list narrowed by one',
    reach: async ({ page }) => {
      await turnGroups(page);
      await page.getByRole('listbox', { name: 'Senders' }).getByRole('option').first().click();
      await expect(page.getByRole('region', { name: 'What is listed' })).toContainText('message');
    },
    leave: async ({ page }) => {
      await button(page, /^No longer only/).click();
      await turnGroups(page);
    },
  },
  {
    name: 'threads',
    reach: async ({ page }) => {
      await button(page, 'Threads').click();
      await expect(page.getByRole('treegrid', { name: 'Messages' })).toBeVisible();
    },
    leave: ({ page }) => button(page, 'Threads').click(),
  },
  {
    name: 'the overview',
    reach: async ({ page }) => {
      await button(page, 'Overview').click();
      await expect(
        page.getByRole('figure', { name: 'Largest senders' }).getByRole('button').first(),
      ).toBeVisible();
    },
    leave: stay,
  },
  {
    name: 'every chart as a table',
    reach: async ({ page }) => {
      const tables = page.getByRole('button', { name: 'Table' });
      for (const table of await tables.all()) await table.click();
      await expect(page.getByRole('region', { name: /as a table$/ })).toHaveCount(
        await tables.count(),
      );
    },
    leave: async ({ page }) => {
      for (const table of await page.getByRole('button', { name: 'Table' }).all())
        await table.click();
    },
  },
  {
    name: 'the overview, narrowed by a chart',
    reach: async ({ page }) => {
      await page.getByRole('figure', { name: 'Years' }).locator('[data-mark="1"]').click();
      await expect(page.getByRole('region', { name: 'What is listed' })).toContainText('message');
    },
    leave: async ({ page }) => {
      await button(page, /^No longer only/).click();
      await button(page, 'Back to the list').click();
    },
  },
  {
    name: 'duplicates, not looked for',
    reach: async ({ page }) => {
      const views = await inSidebar(page, 'Views');
      await views.getByRole('button', { name: /^Duplicates/ }).click();
      await expect(page.getByRole('region', { name: 'Duplicates' })).toBeVisible();
    },
    leave: stay,
  },
  {
    name: 'duplicates found',
    reach: async ({ page }) => {
      await page.getByRole('radio', { name: /The same text/ }).check();
      await button(page, 'Find duplicates').click();
      await expect(
        page.getByRole('table', { name: 'Copies' }).or(page.getByText('more than once')),
      ).toBeVisible();
    },
    leave: ({ page }) => button(page, 'Back to the list').click(),
  },
  {
    name: 'texts indexed',
    reach: async ({ page }) => {
      await inSidebar(page, 'Views');
      await button(page, 'Index texts').click();
      await expect(page.getByText('All texts indexed')).toBeVisible();
    },
    leave: stay,
  },
  {
    name: "another program's change",
    reach: async ({ page, folder }) => {
      appendFileSync(path.join(folder, 'one.mbox'), numberedLetters('late', 2, 300).join(''));
      await expect(page.getByRole('alert')).toContainText('added 2 messages');
    },
    leave: stay,
  },
  palette,
  {
    ...palette,
    name: 'no such command',
    reach: async ({ page }) => {
      await page.keyboard.press('Control+p');
      await page.getByRole('combobox', { name: 'Command' }).fill('zzqqxx');
      await expect(page.getByText('No such command')).toBeVisible();
    },
  },
  dialog('Settings', 'Settings'),
  dialog('Where is my mail?', 'Where is my mail'),
  dialog('How this archive is read', 'How this archive is read'),
  dialog('Export messages', 'Export'),
  dialog('Take attachments out', 'Take attachments out'),
  dialog('Compact archive', 'Compact'),
  {
    name: 'compacted',
    reach: async ({ page }) => {
      await button(page, 'Compact').click();
      await page.getByRole('dialog').getByRole('button', { name: 'Compact' }).click();
      await expect(button(page, 'Undo compaction')).toBeVisible();
    },
    leave: stay,
  },
  dialog('Forget removed messages', 'Forget the removed'),
  {
    name: 'an engine that ended',
    reach: async ({ app, page }) => {
      await app.evaluate(({ app: electron }) => {
        for (const { name, pid } of electron.getAppMetrics())
          if (name === 'Mailkeep engine') process.kill(pid, 'SIGKILL');
      });
      await expect(button(page, 'Try again')).toBeVisible();
    },
  },
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
