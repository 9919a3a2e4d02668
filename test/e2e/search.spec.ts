/**
 * Goal: a person finds what they look for in the real window: while typing, with hints where a query
 * makes no sense, with help in place, in the texts nobody has read yet, and again by a saved search.
 * Method: a small mailbox of which every word is known.
 */

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { openWindow, workFolder } from '../support/window.ts';

const letter = (at: number, from: string, subject: string, text: string, more = ''): string =>
  [
    `From ${at}@example.org Mon Jan  1 10:00:${String(at).padStart(2, '0')} 2001`,
    `From: ${from}`,
    'To: village@example.org',
    `Date: Mon, 1 Jan 2001 10:00:${String(at).padStart(2, '0')} +0000`,
    `Subject: ${subject}`,
    `Message-ID: <${at}@example.org>`,
    'Content-Type: text/plain; charset=utf-8',
    `${more}Status: RO`,
    '',
    text,
    '',
    '',
  ].join('\n');

const MAILBOX = [
  letter(1, 'Anna <anna@boats.example>', 'The harvest fair', 'We meet on the green.'),
  letter(2, 'Ben <ben@example.org>', 'Minutes', 'The harvest was late this year.'),
  letter(3, 'Anna <anna@boats.example>', 'Ferry', 'Nothing new.', 'X-Gmail-Labels: Travel\n'),
  letter(4, 'Zoe <zoe@example.org>', 'Über die Fähre', 'Die Fähre fährt.'),
].join('');

async function search(page: Page, query: string): Promise<void> {
  await page.getByRole('searchbox', { name: 'Search' }).fill(query);
}

async function expectSubjects(page: Page, subjects: readonly string[]): Promise<void> {
  await expect(page.locator('.row .subject')).toHaveText([...subjects]);
}

for (const scheme of ['light', 'dark'] as const) {
  test(`is found while typing, ${scheme}`, async () => {
    const folder = workFolder();
    const file = path.join(folder, 'village');
    writeFileSync(file, MAILBOX);
    const { app, page } = await openWindow([file], { folder });
    await page.emulateMedia({ colorScheme: scheme });
    await expect(page.locator('.row .subject')).toHaveCount(4);

    await search(page, 'harv');
    await expectSubjects(page, ['The harvest fair']);
    await expect(page.locator('.row mark.hit')).toHaveText(['harv']);
    const bar = page.getByRole('toolbar', { name: 'Search results' });
    await expect(bar).toContainText('1 message found');
    await expect(bar).toContainText('texts not searched yet');
    await bar.getByRole('button', { name: 'Search the rest' }).click();
    await expectSubjects(page, ['The harvest fair', 'Minutes']);
    await expect(bar).not.toContainText('not searched');

    await page.locator('.row').nth(1).click();
    await expect(page.getByRole('region', { name: 'Message' })).toContainText('was late');
    await expect
      .poll(() => page.evaluate(() => [...(CSS.highlights.get('found') ?? [])].join('|')))
      .toBe('harv');
    await page.screenshot({ path: test.info().outputPath(`found-${scheme}.png`) });

    await search(page, 'from:boats.example label:travel');
    await expectSubjects(page, ['Ferry']);
    await search(page, 'subject:fahre');
    await expectSubjects(page, ['Über die Fähre']);
    await expect(page.locator('.row mark.hit')).toHaveText(['Fähre']);

    await search(page, 'form:anna');
    const hints = page.locator('#search-hints');
    await expect(hints).toContainText('There is no “form:”');
    await page.screenshot({ path: test.info().outputPath(`hint-${scheme}.png`) });
    await hints.getByRole('button', { name: 'from:anna' }).click();
    await expectSubjects(page, ['The harvest fair', 'Ferry']);
    await expect(hints).toBeHidden();

    await bar.getByRole('button', { name: 'Save search…' }).click();
    await bar.getByRole('textbox', { name: 'Name of the search' }).fill('By Anna');
    await bar.getByRole('button', { name: 'Save', exact: true }).click();
    const saved = page.getByRole('navigation', { name: 'Saved searches' });
    await page.getByRole('button', { name: 'Clear search' }).click();
    await expect(page.locator('.row .subject')).toHaveCount(4);
    await saved.getByRole('button', { name: 'By Anna', exact: true }).click();
    await expectSubjects(page, ['The harvest fair', 'Ferry']);
    await expect(page.getByRole('searchbox', { name: 'Search' })).toHaveValue('from:anna');
    // Its name, typed in the box, offers it, too.
    const box = page.getByRole('searchbox', { name: 'Search' });
    await box.fill('');
    await box.pressSequentially('by a');
    const offered = page.getByRole('listbox', { name: 'Suggestions' });
    await expect(offered.getByRole('option')).toHaveText([/^By Anna\s*from:anna$/, /^after:/]);
    await box.press('ArrowDown');
    await box.press('Enter');
    await expect(box).toHaveValue('from:anna');
    await expect(offered).toBeHidden();
    await expectSubjects(page, ['The harvest fair', 'Ferry']);
    await saved.getByRole('button', { name: 'By Anna', exact: true }).press('F2');
    await page.getByRole('textbox', { name: 'New name for By Anna' }).fill('Anna’s mail');
    await page.keyboard.press('Enter');
    await expect(saved.getByRole('button', { name: 'Anna’s mail', exact: true })).toBeVisible();

    await page.locator('.row').first().click();
    await expect(page.getByRole('heading', { name: 'The harvest fair', level: 1 })).toBeVisible();
    await page.getByRole('button', { name: 'Help for searching' }).click();
    const help = page.getByRole('region', { name: 'What can be searched for' });
    await expect(help).toContainText('in the last 30 days');
    await page.screenshot({ path: test.info().outputPath(`help-${scheme}.png`) });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    expect(violations).toEqual([]);
    await help.getByRole('button', { name: 'has:attachment' }).click();
    await expect(page.getByRole('searchbox', { name: 'Search' })).toHaveValue(
      'from:anna has:attachment',
    );
    await expect(page.locator('.row .subject')).toHaveCount(0);
    await saved.getByRole('button', { name: 'Remove search Anna’s mail' }).click();
    await expect(saved).toBeHidden();
    await app.close();
  });
}

test('a query of any length gets a hint, and the window goes on', async () => {
  const folder = workFolder();
  const file = path.join(folder, 'village');
  writeFileSync(file, MAILBOX);
  const { app, page } = await openWindow([file], { folder });
  await expect(page.locator('.row .subject')).toHaveCount(4);
  await search(page, '('.repeat(100_000));
  await expect(page.locator('#search-hints')).toContainText('Only the first 1000 characters');
  await search(page, 'ferry');
  await expectSubjects(page, ['Ferry']);
  await expect(page.locator('#search-hints')).toBeHidden();
  await app.close();
});

test('what is typed is completed by keyboard, mouse and screen reader', async () => {
  const folder = workFolder();
  const file = path.join(folder, 'village');
  writeFileSync(file, MAILBOX);
  const { app, page } = await openWindow([file], { folder });
  await expect(page.locator('.row .subject')).toHaveCount(4);
  const box = page.getByRole('searchbox', { name: 'Search' });
  const offered = page.getByRole('listbox', { name: 'Suggestions' });
  const options = offered.getByRole('option');
  await box.pressSequentially('fr');
  await expect(options).toHaveText([/^from:/]);
  await expect(page.locator('.search-place > [aria-live]').first()).toContainText('1 suggestion');
  // Nothing is chosen before a person chooses it.
  await expect(box).not.toHaveAttribute('aria-activedescendant');
  await box.press('ArrowDown');
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  await expect(box).toHaveAttribute(
    'aria-activedescendant',
    (await options.first().getAttribute('id')) ?? '',
  );
  await box.press('Enter');
  await expect(box).toHaveValue('from:');
  await expect(options).toHaveText([/^Anna/, /^Ben/, /^Zoe/]);
  await page.screenshot({ path: test.info().outputPath('completing.png') });
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    const { violations } = await new AxeBuilder({ page })
      .include('.search-place')
      .setLegacyMode()
      .analyze();
    expect(violations).toEqual([]);
  }
  await box.pressSequentially('an');
  await expect(options).toHaveText([/^Anna/]);
  await options.first().click();
  await expect(box).toHaveValue('from:anna@boats.example ');
  await expect(box).toBeFocused();
  await expect(offered).toBeHidden();
  await expectSubjects(page, ['The harvest fair', 'Ferry']);
  await box.pressSequentially('label:');
  await expect(options).toHaveText([/^Travel/]);
  // Escape first closes what is offered, and changes nothing.
  await box.press('Escape');
  await expect(offered).toBeHidden();
  await expect(box).toHaveValue('from:anna@boats.example label:');
  await box.pressSequentially('tr');
  await expect(options).toHaveText([/^Travel/]);
  await box.press('ArrowDown');
  await box.press('Enter');
  await expectSubjects(page, ['Ferry']);
  // Where nothing is offered the keys are the list's again.
  await box.press('Enter');
  await expect(page.getByRole('grid', { name: 'Messages' })).toBeFocused();
  await app.close();
});
