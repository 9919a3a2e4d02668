/**
 * Goal: a person sees by which labels and mailing lists an archive can be looked at, in the sidebar and in
 * the overview, goes from each to its messages, and deletes them. Method: a Takeout archive in the real window.
 */

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { labelledMailbox, labelledMessages } from '../support/labelled-mail.ts';
import { type OpenWindow, openWindow, workFolder } from '../support/window.ts';

const MESSAGES = labelledMessages(60);
const withLabel = (label: string): number =>
  MESSAGES.filter(({ labels }) => labels.includes(label)).length;
const byList = (list: string): number => MESSAGES.filter((one) => one.list === list).length;

interface Opened extends OpenWindow {
  readonly bar: Locator;
  readonly groups: Locator;
  card(name: string): Locator;
}

async function opened(): Promise<Opened> {
  const folder = workFolder();
  const file = path.join(folder, 'All mail.mbox');
  writeFileSync(file, labelledMailbox(MESSAGES));
  const window = await openWindow([file], { folder });
  const { page, rows } = window;
  await expect(page.getByText('Complete', { exact: true })).toBeVisible();
  await expect.poll(rows).toBe(MESSAGES.length);
  return {
    ...window,
    bar: page.getByRole('region', { name: 'What is listed' }),
    groups: page.getByRole('navigation', { name: 'Groups' }),
    card: (name) => page.getByRole('figure', { name, exact: true }),
  };
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)).toEqual([]);
}

test('labels and mailing lists in the sidebar', async () => {
  const window = await opened();
  const { page, bar, groups, rows, picture } = window;
  await groups.getByRole('button', { name: 'Labels' }).click();
  const labels = groups.getByRole('listbox', { name: 'Labels' });
  for (const label of ['Bell tower', 'Blumen & Gärten', '家族', 'Bills, paid']) {
    const option = labels.getByRole('option', { name: `${label}: ` });
    await expect(option).toHaveAccessibleName(
      new RegExp(`^${label}: ${withLabel(label)} messages, [\\d.,]+ \\w+$`),
    );
  }
  await labels.getByRole('option', { name: '家族: ' }).click();
  await expect.poll(rows).toBe(withLabel('家族'));
  await expect(bar).toContainText('Label: 家族');
  await groups.getByRole('button', { name: 'Mailing lists' }).click();
  const lists = groups.getByRole('listbox', { name: 'Mailing lists' });
  const list = 'orchard.marrowfield.example';
  await lists.getByRole('option', { name: list }).click();
  const both = MESSAGES.filter((one) => one.labels.includes('家族') && one.list === list).length;
  await expect.poll(rows).toBe(both);
  await picture('views-labels');
  await bar.getByRole('button', { name: 'No longer only Label: 家族' }).click();
  await expect.poll(rows).toBe(byList(list));
  await bar.getByRole('button', { name: 'Delete these' }).click();
  await expect(page.getByRole('status')).toContainText(`${byList(list)} messages marked`);
  await window.close();
});

test('labels and mailing lists in the overview, light and dark', async () => {
  const window = await opened();
  const { page, bar, card, picture } = window;
  await page.getByRole('button', { name: 'Overview' }).click();
  const label = card('Largest labels').getByRole('button', {
    name: /^Bell tower: /,
  });
  await expect(label).toHaveAccessibleName(new RegExp(`: ${withLabel('Bell tower')} messages, `));
  await label.click();
  await expect(label).toHaveAttribute('aria-pressed', 'true');
  await expect(bar).toContainText('Label: Bell tower');
  await expect(bar.locator('strong')).toHaveText(`${withLabel('Bell tower')} messages`);
  await card('Largest labels').getByRole('button', { name: 'Table' }).click();
  await expect(card('Largest labels').getByRole('table')).toContainText('Blumen & Gärten');
  await card('Largest labels').getByRole('button', { name: 'Table' }).click();
  const list = 'bell-ringers.marrowfield.example';
  await card('Largest mailing lists')
    .getByRole('button', { name: `${list}: ` })
    .click();
  await expect(bar).toContainText(`List: ${list}`);
  await picture('views-overview');
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await expectAccessible(page);
  await picture('views-overview-dark');
  await window.close();
});

test('hours are those of the clock here, as in the list, also when clocks were changed', async () => {
  // Three and a half hours behind UTC; two and a half from 9 March 2014 on.
  const before = process.env['TZ'];
  process.env['TZ'] = 'America/St_Johns';
  const window = await opened().finally(() => {
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
  });
  const { page, bar, card, rows, row } = window;
  await expect(row(1)).toContainText('05:30');
  await page.getByRole('button', { name: 'Overview' }).click();
  const hours = card('Hours of the week');
  await expect(hours).toContainText('America/St_Johns');
  const count = (text: string): number =>
    MESSAGES.filter((_one, number) => {
      const sent = new Date(Date.UTC(2014, 2, 1, 9) + number * 86_400_000);
      return text === `${sent.getUTCDay()} ${number < 8 ? 5 : 6}`;
    }).length;
  const saturday = hours.getByRole('button', { name: /^Saturday, 05:00–06:00: / });
  await expect(saturday).toHaveAccessibleName(new RegExp(`: ${count('6 5')} messages, `));
  const later = hours.getByRole('button', { name: /^Saturday, 06:00–07:00: / });
  await expect(later).toHaveAccessibleName(new RegExp(`: ${count('6 6')} messages, `));
  await later.click();
  await bar.getByRole('button', { name: 'Show in list' }).click();
  await expect.poll(rows).toBe(count('6 6'));
  await expect(row(1)).toContainText('06:30');
  await window.close();
});

test('drafts, chats and attachments by type', async () => {
  const window = await opened();
  const { page, bar, card, rows, picture } = window;
  const views = page.getByRole('navigation', { name: 'Views' });
  await expect(views.getByRole('button', { name: 'Chats' })).toContainText(
    String(withLabel('Chat')),
  );
  await views.getByRole('button', { name: 'Chats' }).click();
  await expect.poll(rows).toBe(withLabel('Chat'));
  await views.getByRole('button', { name: 'Drafts' }).click();
  await expect.poll(rows).toBe(withLabel('Entwürfe'));
  await views.getByRole('button', { name: 'With attachments' }).click();
  await expect.poll(rows).toBe(MESSAGES.filter(({ files }) => files.length > 0).length);
  await views.getByRole('button', { name: 'All mail' }).click();
  await page.getByRole('button', { name: 'Overview' }).click();
  const types = card('Attachments by type');
  const withPdf = MESSAGES.filter(({ files }) => files.includes('rota.pdf')).length;
  const pdf = types.getByRole('button', { name: /^PDF: / });
  await expect(pdf).toHaveAccessibleName(new RegExp(`^PDF: ${withPdf} messages, `));
  await expect(types.getByRole('button', { name: /^Pictures: / })).toBeVisible();
  await expect(types.getByRole('button', { name: /^Sound: / })).toBeVisible();
  await pdf.click();
  await expect(bar).toContainText('Attached: PDF');
  await expect(bar.locator('strong')).toHaveText(`${withPdf} messages`);
  await types.scrollIntoViewIfNeeded();
  await picture('views-attachments');
  await types.getByRole('button', { name: 'Table' }).click();
  await expect(types.getByRole('table')).toContainText('Sound');
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await expectAccessible(page);
  await picture('views-attachments-dark');
  await bar.getByRole('button', { name: 'Show in list' }).click();
  await expect.poll(rows).toBe(withPdf);
  await window.close();
});
