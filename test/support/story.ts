/** A story of a window that more than one kind of app must pass: that of the sources, and the packaged one. */

import { copyFileSync, renameSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { openCorpus } from './corpus.ts';
import { deliverIndependently, readIndependently } from './independent-reader.ts';
import { runPython } from './peers.ts';
import type { ShownWindow } from './window.ts';

const REAL_ARCHIVE = 'files/spamassassin-corpus/easy_ham.cat.mbox';
export const SAMPLE = path.resolve(import.meta.dirname, '../../out/sample/sample.mbox');

const REMOVE_FIRST = `
import mailbox, sys
box = mailbox.mbox(sys.argv[1], create=False)
box.lock()
box.remove(box.keys()[0])
box.flush()
box.unlock()
box.close()
`;

/** A real archive in a folder of its own; where there is no corpus, the sample archive. */
export function archiveIn(folder: string): string {
  const archive = path.join(folder, 'Old mail.mbox');
  copyFileSync(openCorpus()?.pathOf(REAL_ARCHIVE) ?? SAMPLE, archive);
  return archive;
}

interface Story {
  readonly archive: string;
  /** What an independent reader found in it before it was opened. */
  readonly before: Awaited<ReturnType<typeof readIndependently>>;
  readonly window: ShownWindow;
  /** In front of the names of pictures. */
  readonly pictures: string;
}

/**
 * The whole way once, on a real archive: open it, browse, mark, undo, compact, and be warned when
 * other programs append to it, remove from it, truncate it and replace it. After every step the
 * file on disk is read by an independent reader.
 */
export async function theWholeWayOnce(story: Story): Promise<void> {
  const { archive, before, window, pictures } = story;
  const folder = path.dirname(archive);
  const { ino } = statSync(archive);
  const { page, grid, row, rows } = window;
  const picture = (name: string): Promise<void> => window.picture(`${pictures}${name}`);
  const status = page.getByRole('status');
  const alert = page.getByRole('alert');
  const reader = page.getByRole('region', { name: 'Message' });

  await test.step('open: the list is the file, to the last message', async () => {
    await expect.poll(rows).toBe(before.length);
    await expect(row(1)).toContainText(before[0]?.subject.slice(0, 20) ?? '');
    await grid.focus();
    await page.keyboard.press('End');
    await expect(row(before.length)).toBeVisible();
    await page.keyboard.press('Home');
    await expect(row(1)).toHaveAttribute('aria-selected', 'true');
    await picture('open');
  });

  await test.step('browse: keyboard, reader, sorting, search', async () => {
    await page.keyboard.press('j');
    await expect(row(2)).toHaveAttribute('aria-selected', 'true');
    await expect(row(1)).toHaveAttribute('aria-selected', 'false');
    await expect(reader.getByRole('heading', { level: 1 })).toHaveText(
      (await row(2).locator('.subject').textContent()) ?? '',
    );
    await page.keyboard.press('k');
    const size = page.getByRole('columnheader', { name: 'Size' });
    for (const sort of ['ascending', 'descending', 'none']) {
      await page.getByRole('button', { name: 'Size' }).click();
      await expect(size).toHaveAttribute('aria-sort', sort);
    }
    // The header says it at once; the list follows.
    await expect(grid).toHaveAttribute('aria-busy', 'false');
    // The selection stayed with its message all the while.
    await expect(status).toContainText('1 message selected');
    // In the order of the file again: what is pressed from now on is meant in this one.
    await expect(row(1)).toContainText(before[0]?.subject ?? '');
    await grid.focus();
    await page.keyboard.press('Home');
    await expect(row(1)).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('/');
    await expect(page.getByRole('searchbox', { name: 'Search' })).toBeFocused();
    const word = before[0]?.subject.split(' ').at(-1) ?? '';
    await page.keyboard.type(word);
    await expect.poll(rows).toBeLessThan(before.length);
    expect(await rows()).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Clear search' }).click();
    await expect.poll(rows).toBe(before.length);
  });

  await test.step('mark: one by key, a range with shift, one with ctrl; undo and undelete', async () => {
    await row(3).click();
    await page.keyboard.press('Delete');
    await expect(row(3)).toContainText('Marked for deletion');
    await expect(status).toContainText('1 message marked');
    await page.keyboard.press('Control+z');
    await expect(row(3)).not.toContainText('Marked for deletion');
    await row(3).click();
    await row(5).click({ modifiers: ['Shift'] });
    await row(8).click({ modifiers: ['Control'] });
    await expect(status).toContainText('4 messages selected');
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(row(8)).toContainText('Marked for deletion');
    await row(4).click();
    await page.keyboard.press('u');
    await expect(row(4)).not.toContainText('Marked for deletion');
    await expect(status).toContainText('3 messages marked');
    await expect(status).toContainText('can be freed');
    await picture('deleted');
    // Nothing of this is in the file yet.
    expect(await readIndependently(archive)).toEqual(before);
  });

  const kept = before.filter((_message, at) => ![2, 4, 7].includes(at));
  await test.step('compact: in place, exactly those, after asking with numbers', async () => {
    await page.getByRole('button', { name: 'Compact', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Compact archive' });
    await expect(dialog).toContainText('3 messages');
    await expect(dialog.getByRole('checkbox', { name: /Keep a copy/ })).toBeChecked();
    await picture('compacting');
    await dialog.getByRole('button', { name: 'Compact' }).click();
    await expect.poll(rows).toBe(kept.length);
    await expect(page.getByText(/Removed 3 messages and freed/)).toBeVisible();
    await picture('compacted');
    expect(await readIndependently(archive)).toEqual(kept);
    expect(statSync(archive).ino).toBe(ino);
  });

  await test.step('be warned: another program appends', async () => {
    await row(6).click();
    const subject = (await row(6).locator('.subject').textContent()) ?? '';
    await deliverIndependently(archive, 3, 'Arrived meanwhile');
    await expect(alert).toContainText('added 3 messages');
    await expect.poll(rows).toBe(kept.length + 3);
    await expect(row(6)).toHaveAttribute('aria-selected', 'true');
    await expect(row(6).locator('.subject')).toHaveText(subject);
    await picture('warned');
    await alert.getByRole('button', { name: 'Dismiss' }).click();
    await expect(alert).toHaveCount(0);
  });

  await test.step('be warned: another program removes, by putting a new file in its place', async () => {
    const subject = (await row(6).locator('.subject').textContent()) ?? '';
    await runPython(REMOVE_FIRST, [archive]);
    await expect(alert).toContainText('removed 1 message');
    await expect.poll(rows).toBe(kept.length + 2);
    // The selection went with its message, one row up.
    await expect(row(5)).toHaveAttribute('aria-selected', 'true');
    await expect(row(5).locator('.subject')).toHaveText(subject);
    await alert.getByRole('button', { name: 'Dismiss' }).click();
  });

  await test.step('be warned: truncated, replaced, moved away', async () => {
    const half = path.join(folder, 'half');
    copyFileSync(archive, half);
    truncateSync(archive, Math.floor(statSync(archive).size / 2));
    await expect(alert).toContainText(/removed [\d,.]+ messages/);
    await alert.getByRole('button', { name: 'Dismiss' }).click();
    renameSync(half, archive);
    await expect(alert).toContainText('put a new file in its place');
    await expect.poll(rows).toBe(kept.length + 2);
    await alert.getByRole('button', { name: 'Dismiss' }).click();
    renameSync(archive, `${archive}.elsewhere`);
    await expect(alert).toContainText('no longer at its place');
    await expect.poll(rows).toBe(kept.length + 2);
    renameSync(`${archive}.elsewhere`, archive);
    await alert.getByRole('button', { name: 'Dismiss' }).click();
  });

  await test.step('delete and compact again, on what is there now', async () => {
    await expect(page.getByRole('button', { name: 'Delete', exact: true })).toBeEnabled();
    const now = await readIndependently(archive);
    await row(1).click();
    await page.keyboard.press('Delete');
    await page.getByRole('button', { name: 'Compact', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Compact archive' });
    await dialog.getByRole('checkbox', { name: /Keep a copy/ }).uncheck();
    await dialog.getByRole('button', { name: 'Compact' }).click();
    await expect.poll(rows).toBe(now.length - 1);
    expect(await readIndependently(archive)).toEqual(now.slice(1));
  });
}
