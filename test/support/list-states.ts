/** States of a window with an archive in it, each from the one before, and how a person gets there. */

import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { enginesOf } from './engines.ts';
import { numberedLetters } from './letters.ts';
import { button, dialog, inSidebar, palette, stay, type WindowState } from './window-states.ts';

async function turnGroups(page: Page): Promise<void> {
  const groups = await inSidebar(page, 'Groups');
  for (const group of ['Labels', 'Mailing lists', 'Years', 'Senders'])
    await groups.getByRole('button', { name: group }).click();
}

/** Turns charts into tables, or back. @returns how many */
async function turnCards(page: Page, pressed: boolean): Promise<number> {
  const names = await page
    .getByRole('figure')
    .filter({ has: page.getByRole('button', { name: 'Table', pressed }) })
    .evaluateAll((cards) => cards.map((card) => card.getAttribute('aria-label') ?? ''));
  for (const name of names) {
    const card = page.getByRole('figure', { name, exact: true });
    await card.getByRole('button', { name: 'Table', pressed }).click();
  }
  return names.length;
}

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

export const LIST: readonly WindowState[] = [
  {
    name: 'the list',
    reach: async ({ page, row }) => {
      await row(2).click();
      await page.locator('article[data-shown=true]').waitFor();
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
    leave: async ({ page }) => {
      const help = page.getByRole('button', { name: 'Help for searching', expanded: true });
      if (await help.isVisible()) await help.click();
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
];

/** What is seen of the whole archive in the place of the list. */
export const WHOLE: readonly WindowState[] = [
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
      // Another card may come meanwhile: what it shows is fetched by itself.
      const turned = await turnCards(page, false);
      await expect(page.getByRole('region', { name: /as a table$/ })).toHaveCount(turned);
    },
    leave: async ({ page }) => void (await turnCards(page, true)),
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
];

/** Dialogs over a list with a message that is marked; the last of them ends the archive. */
export const DIALOGS: readonly WindowState[] = [
  {
    name: 'a message marked',
    reach: async ({ page, row }) => {
      await row(2).click();
      await page.keyboard.press('Delete');
      await expect(page.getByRole('status')).toContainText('1 message marked');
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
      for (const pid of await enginesOf(app)) process.kill(pid, 'SIGKILL');
      await expect(button(page, 'Try again')).toBeVisible();
    },
  },
];
