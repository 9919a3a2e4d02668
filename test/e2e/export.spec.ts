/**
 * A person takes messages away: a selection as files, the list as an archive and a table, one message
 * and several as PDF. The system's own dialogs are answered for them; what they do is the app's.
 */

import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Bridge } from '../../shared/bridge.ts';
import type { ArchiveId } from '../../shared/units.ts';
import { readIndependently } from '../support/independent-reader.ts';
import { numberedLetters } from '../support/letters.ts';
import { runPython } from '../support/peers.ts';
import { type OpenWindow, openWindow, workFolder } from '../support/window.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../../out/sample/sample.mbox');

/** The next system dialogs answer so; what is shown in the file browser is written down. */
async function answerDialogs({ app }: OpenWindow, chosen: string): Promise<void> {
  await app.evaluate(({ dialog, shell }, file) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [file] });
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: file });
    const shown = globalThis as unknown as { shown: string[] };
    shown.shown = [];
    shell.showItemInFolder = (where: string) => void shown.shown.push(where);
    shell.openPath = (where: string) => {
      shown.shown.push(where);
      return Promise.resolve('');
    };
  }, chosen);
}

const shownPlaces = ({ app }: OpenWindow): Promise<string[]> =>
  app.evaluate(() => (globalThis as unknown as { shown: string[] }).shown);

/** So many pages, counted by their objects; Chromium does not compress those. */
const pagesOf = (file: string): number =>
  readFileSync(file, 'latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;

async function opened() {
  const folder = workFolder();
  const archive = path.join(folder, 'village.mbox');
  copyFileSync(SAMPLE, archive);
  const window = await openWindow([archive], { folder });
  await expect.poll(window.rows).toBe(468);
  await window.whole();
  return { ...window, archive };
}

test('a selection becomes files, and the list an archive and a table', async () => {
  const window = await opened();
  const { page, row, folder, picture, archive } = window;
  const before = readFileSync(archive);
  const dialog = page.getByRole('dialog', { name: 'Export messages' });

  await test.step('three messages as .eml, by the key', async () => {
    await row(2).click();
    await row(4).click({ modifiers: ['Shift'] });
    await answerDialogs(window, path.join(folder, 'letters'));
    await page.keyboard.press('Control+Shift+E');
    await expect(dialog.getByRole('radio', { name: 'Selection: 3 messages' })).toBeChecked();
    await picture('export');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations).toEqual([]);
    }
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await dialog.getByRole('textbox', { name: 'Names of the files' }).fill('{number} {subject}');
    await dialog.getByRole('button', { name: 'Choose Folder…' }).click();
    const note = page.getByRole('note').filter({ hasText: 'Exported 3 messages' });
    await expect(note).toContainText('to the folder letters');
    await picture('exported');
    const files = readdirSync(path.join(folder, 'letters')).sort();
    expect(files).toHaveLength(3);
    const subjects = (await readIndependently(archive)).map(({ subject }) => subject).slice(1, 4);
    for (const [at, name] of files.entries()) {
      expect(name).toMatch(new RegExp(`^00000${at + 1} .*\\.eml$`));
      const code =
        'import email, email.policy, sys; print(email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.default)["subject"])';
      const subject = await runPython(code, [path.join(folder, 'letters', name)]);
      expect(subject.trim()).toBe(subjects[at]);
    }
    await note.getByRole('button', { name: 'Show in folder' }).click();
    await expect.poll(() => shownPlaces(window)).toEqual([path.join(folder, 'letters')]);
    await note.getByRole('button', { name: 'Dismiss' }).click();
  });

  await test.step('everything as an archive, under another name than one that is there', async () => {
    writeFileSync(path.join(folder, 'all.mbox'), 'mine');
    await answerDialogs(window, path.join(folder, 'all.mbox'));
    await page.keyboard.press('Control+Shift+E');
    await dialog.getByRole('radio', { name: /^Everything in the list: 468/ }).check();
    await dialog.getByRole('radio', { name: 'Mail archive, byte for byte' }).check();
    await dialog.getByRole('button', { name: 'Choose File…' }).click();
    const note = page.getByRole('note').filter({ hasText: 'to all (2).mbox' });
    await expect(note).toContainText('468 messages');
    expect(readFileSync(path.join(folder, 'all.mbox'), 'latin1')).toBe('mine');
    expect(readFileSync(path.join(folder, 'all (2).mbox')).equals(before)).toBe(true);
    await note.getByRole('button', { name: 'Show in folder' }).click();
    await expect.poll(() => shownPlaces(window)).toEqual([path.join(folder, 'all (2).mbox')]);
  });

  await test.step('what is filtered as a table', async () => {
    await page.getByRole('searchbox', { name: 'Search' }).fill('minutes');
    await expect.poll(window.rows).toBe(117);
    const rows = await window.rows();
    await answerDialogs(window, path.join(folder, 'minutes.csv'));
    await page.getByRole('grid').focus();
    await page.keyboard.press('Control+Shift+E');
    await dialog.getByRole('radio', { name: /^Everything in the list/ }).check();
    await dialog.getByRole('radio', { name: 'Table (CSV)' }).check();
    await dialog.getByRole('button', { name: 'Choose File…' }).click();
    await expect(page.getByRole('note').filter({ hasText: 'minutes.csv' })).toBeVisible();
    const lines = readFileSync(path.join(folder, 'minutes.csv'), 'utf8').trimEnd().split('\r\n');
    expect(lines).toHaveLength(rows + 1);
  });

  await test.step('nothing onto the archive itself', async () => {
    await answerDialogs(window, archive);
    await page.keyboard.press('Control+Shift+E');
    await dialog.getByRole('radio', { name: 'Mail archive (mbox)' }).check();
    await dialog.getByRole('button', { name: 'Choose File…' }).click();
    await expect(page.getByRole('alert')).toContainText('cannot be exported onto itself');
  });
  expect(readFileSync(archive).equals(before)).toBe(true);
  await window.close();
});

test('a window names no path: only a place that a person chose, once', async () => {
  const { page, folder, close } = await opened();
  const refused = await page.evaluate(
    async (target) => {
      const { mailkeep } = globalThis as unknown as { readonly mailkeep: Bridge };
      const invented = await mailkeep.revealTaken({ word: target, name: 'x' });
      const elsewhere = await mailkeep.chooseExportPlace(target as ArchiveId, 'eml');
      return [invented, elsewhere].map((answer) => (answer.ok ? 'done' : answer.error.code));
    },
    path.join(folder, 'stolen'),
  );
  expect(refused).toEqual(['MISUSE', 'MISUSE']);
  expect(existsSync(path.join(folder, 'stolen'))).toBe(false);
  await close();
});

test('messages as PDF: whole, with pages, and nothing of them runs or is loaded', async () => {
  const folder = workFolder();
  const archive = path.join(folder, 'hostile.mbox');
  const hostile = '<script>document.title="ran"</script><img src="http://127.0.0.1:9/x.png">&amp;';
  const letters = [1, 2, 3].map(
    (number) =>
      `From a@example.org Thu Jan  1 00:00:0${number} 2004\nFrom: Ann <a@example.org>\nSubject: ${number} ${hostile}\nDate: Thu, 1 Jan 2004 00:00:0${number} +0000\n\n${hostile}\n${'A line of text.\n'.repeat(150)}\n`,
  );
  writeFileSync(archive, letters.join(''));
  const window = await openWindow([archive], { folder });
  const { page, row, rows, app } = window;
  await expect.poll(rows).toBe(3);
  await window.whole();
  await app.evaluate(({ app: main }) => {
    const asked = globalThis as unknown as { asked: string[]; ran: string[] };
    asked.asked = [];
    asked.ran = [];
    main.on('web-contents-created', (_event, contents) => {
      contents.on('page-title-updated', (_updated, title) => asked.ran.push(title));
      contents.session.webRequest.onSendHeaders((details) => asked.asked.push(details.url));
      contents.session.webRequest.onErrorOccurred((details) => asked.asked.push(details.url));
    });
  });
  const saved = path.join(folder, 'letters.pdf');
  await answerDialogs(window, saved);
  await row(1).click();
  await row(3).click({ modifiers: ['Shift'] });
  await page.keyboard.press('Control+p');
  await page.getByRole('combobox', { name: 'Command' }).fill('pdf');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('note')).toContainText('Saved as letters.pdf');
  expect(readFileSync(saved, 'latin1').startsWith('%PDF-')).toBe(true);
  expect(pagesOf(saved)).toBeGreaterThanOrEqual(6);
  const { asked, ran } = await app.evaluate(() => {
    const all = globalThis as unknown as { asked: string[]; ran: string[] };
    return { asked: all.asked, ran: all.ran };
  });
  expect(asked.filter((url) => !url.startsWith('mailkeep://'))).toEqual([]);
  expect(ran).not.toContain('ran');
  expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
  await page.getByRole('button', { name: 'Show in folder' }).click();
  await expect.poll(() => shownPlaces(window)).toEqual([saved]);
  await window.close();
});

test('an export is stopped in the status line: whole files only, and what is there is told', async () => {
  const folder = workFolder();
  const archive = path.join(folder, 'many.mbox');
  const letters = numberedLetters('us', 20_000, 1200);
  writeFileSync(archive, letters.join(''));
  const window = await openWindow([archive], { folder });
  const { page, rows } = window;
  await expect.poll(rows, { timeout: 30_000 }).toBe(letters.length);
  await window.whole();
  const to = path.join(folder, 'letters');
  await answerDialogs(window, to);
  await page.getByRole('grid').focus();
  await page.keyboard.press('Control+Shift+E');
  const dialog = page.getByRole('dialog', { name: 'Export messages' });
  await dialog.getByRole('radio', { name: /^Everything in the list/ }).check();
  await dialog.getByRole('button', { name: 'Choose Folder…' }).click();
  const bar = page.getByRole('progressbar', { name: 'Exporting' });
  await expect(bar).toHaveAttribute('aria-valuenow', /^[1-9]/, { timeout: 30_000 });
  await window.picture('export-running');
  await page.getByRole('button', { name: 'Cancel' }).click();
  const alert = page.getByRole('alert').filter({ hasText: 'You stopped the export.' });
  await expect(alert).toContainText('The archive was not touched.');
  await window.picture('export-stopped');
  await expect(bar).toHaveCount(0);
  const files = readdirSync(to);
  expect(files.length).toBeLessThan(letters.length);
  const told = /(\d[\d,]*) whole files? (?:is|are) in/.exec((await alert.textContent()) ?? '')?.[1];
  expect(Number(told?.replaceAll(',', '') ?? 0)).toBe(files.length);
  const whole = new Set(letters.map((letter) => letter.slice(letter.indexOf('\n') + 1, -1)));
  for (const file of files)
    expect(whole.has(readFileSync(path.join(to, file), 'latin1'))).toBe(true);
  await window.close();
});
