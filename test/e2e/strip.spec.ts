/**
 * A person makes an archive smaller by taking attachments out of its messages: sees how many and how
 * much, saves them to a folder first, and finds the messages with a text in their place.
 */

import { appendFileSync, copyFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { filesBelow } from '../support/exported.ts';
import { pythonCounts } from '../support/peers.ts';
import { command } from '../support/window-states.ts';
import { openWindow, workFolder } from '../support/window.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../../out/sample/sample.mbox');

/** A file without its end, in a text: it must stay. */
const TORN = `From a@example.org Thu Jan  1 00:00:00 2004
From: a@example.org
Subject: The rest follows

begin 644 cat.txt
#0V%T
So far.

`;

test('attachments are saved and taken out', async () => {
  const folder = workFolder();
  const archive = path.join(folder, 'village.mbox');
  copyFileSync(SAMPLE, archive);
  appendFileSync(archive, TORN);
  const bytesBefore = statSync(archive).size;
  const { app, page, rows, row, picture, whole } = await openWindow([archive], { folder });
  await expect.poll(rows).toBe(469);
  await whole();
  const saved = path.join(folder, 'saved');
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, saved);

  await page.getByRole('button', { name: 'With attachments' }).click();
  await expect.poll(rows).toBeLessThan(469);
  await command(page, 'attachments out');
  const dialog = page.getByRole('dialog', { name: 'Take attachments out' });
  await expect(dialog.getByRole('radio', { name: /^Everything in the list/ })).toBeChecked();
  await expect(dialog.getByRole('status')).toContainText(
    /attachments of \d+ messages will be taken out/,
  );
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await picture(`strip-${colorScheme}`);
    expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations).toEqual([]);
  }
  await dialog.getByRole('combobox').selectOption('larger than 10 MB');
  await expect(dialog.getByRole('status')).toHaveText(
    'There is no attachment that could be taken out.',
  );
  await expect(dialog.getByRole('button', { name: 'Choose Folder…' })).toBeDisabled();
  await dialog.getByRole('combobox').selectOption('of any size');
  await dialog.getByRole('button', { name: 'Choose Folder…' }).click();

  const note = page.getByRole('note').filter({ hasText: /^Took \d+ attachments/ });
  await expect(note).toContainText('saved as');
  expect(filesBelow(saved).size).toBeGreaterThan(3);
  expect(statSync(archive).size).toBeLessThan(bytesBefore);
  expect(await pythonCounts(archive)).toBe(469);

  await page.getByRole('button', { name: 'All mail' }).click();
  await expect.poll(rows).toBe(469);
  // What was changed stands at the end.
  await page.keyboard.press('End');
  await row(469).click();
  const message = page.getByRole('region', { name: 'Message' });
  await expect(message).toContainText('An attachment was taken out of this message');
  await picture('stripped');

  // A file that is uuencoded in a text was in no such view; it goes, too.
  await command(page, 'attachments out');
  await dialog.getByRole('radio', { name: /^Everything in the list/ }).check();
  await expect(dialog.getByRole('status')).toContainText(
    '1 attachment of 1 message will be taken out',
  );
  await dialog.getByRole('checkbox', { name: 'Save them to a folder first' }).uncheck();
  await dialog.getByRole('button', { name: 'Take Out' }).click();
  await expect(page.getByRole('note').filter({ hasText: /^Took 1 attachment / })).toBeVisible();
  await page.keyboard.press('End');
  await row(469).click();
  await expect(message).toContainText('because the bulletin board takes nothing else');
  await expect(message).toContainText('Name: emblem.png');
  await picture('stripped-text');

  // What is left could not go, and that is said, with why.
  await command(page, 'attachments out');
  await dialog.getByRole('radio', { name: /^Everything in the list/ }).check();
  await expect(dialog.getByRole('status')).toContainText(
    /There is no attachment that could be taken out\.\d+ attachments? that (?:is|are) written into/,
  );
  await picture('strip-stays');
});
