/**
 * Goal: a dialog begins where a careful person wants the keyboard: Enter pressed too early removes
 * nothing, and who listens hears what would be removed. Method: the real window, each dialog by keyboard.
 */

import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { markedSample, SAMPLE } from '../support/marked-sample.ts';
import { command } from '../support/window-states.ts';

/** What has the keyboard, as its role and name are told to a screen reader. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement: element } = document;
    const kind = element instanceof HTMLInputElement ? element.type : element?.localName;
    return `${kind}: ${element?.closest('label')?.textContent ?? element?.textContent ?? ''}`;
  });

test('the keyboard begins on what does no harm, in every dialog that changes something', async () => {
  const { window, file } = await markedSample();
  const { page } = window;
  const compact = page.getByRole('dialog', { name: 'Compact archive' });
  const ask = () => page.getByRole('button', { name: 'Compact', exact: true }).press('Enter');

  await test.step('compacting: Enter leaves everything as it is', async () => {
    await ask();
    await expect(compact.getByRole('note')).toBeVisible();
    await expect.poll(() => focused(page)).toBe('button: Cancel');
    await expect(compact).toHaveAccessibleDescription(/^1 message will be removed/);
    await window.picture('compact-careful');
    await page.keyboard.press('Enter');
    await expect(compact).toHaveCount(0);
    expect(readFileSync(file).equals(readFileSync(SAMPLE))).toBe(true);
  });

  await test.step('the next control does it', async () => {
    await ask();
    await expect.poll(() => focused(page)).toBe('button: Cancel');
    await page.keyboard.press('Tab');
    await expect.poll(() => focused(page)).toBe('button: Compact');
    await page.keyboard.press('Enter');
    await expect.poll(window.rows).toBe(467);
  });

  await test.step('forgetting what was kept', async () => {
    await page.getByRole('region', { name: 'Removed and kept' }).getByText('Forget').press('Enter');
    await expect.poll(() => focused(page)).toBe('button: Cancel');
    await expect(page.getByRole('dialog')).toHaveAccessibleDescription(/1 message/);
    await page.keyboard.press('Escape');
  });

  for (const label of ['Take attachments out', 'Export']) {
    await test.step(`${label}: the first choice`, async () => {
      await command(page, label);
      await expect(page.getByRole('dialog')).toBeVisible();
      await expect.poll(() => focused(page)).toMatch(/^radio: /);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    });
  }
  await window.close();
});
