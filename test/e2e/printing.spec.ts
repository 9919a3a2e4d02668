/**
 * Goal: what a person prints is what they see: one message, or all that are selected, each on a page
 * of its own, and nothing is printed when they think better of it.
 * Method: the app goes as far as the system's print dialog; what would be printed there is laid out
 * as a PDF instead, and read back by pdf.js. The same for messages saved as PDF, whose pages are also
 * drawn: by the app itself, as an attachment.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { extractText, getDocumentProxy } from 'unpdf';
import { attached, letter } from '../support/letters-to-show.ts';
import { openWatched } from '../support/watched-window.ts';
import { type OpenWindow, openWindow, workFolder } from '../support/window.ts';

const HOSTILE = '<script>document.title="ran"</script> &amp; <b>no tags</b>';
const LETTERS = [1, 2, 3].map(
  (number) =>
    `From a@example.org Thu Jan  1 00:00:0${number} 2004\nFrom: Ann Ørsted <a${number}@example.org>\n` +
    `To: Ben <b@example.org>\nSubject: Letter ${number} ${HOSTILE}\nDate: Thu, 1 Jan 2004 00:00:0${number} +0000\n` +
    `Content-Type: text/plain; charset=utf-8\n\nGrüße, letter ${number}.\n${'A line of text.\n'.repeat(number === 2 ? 150 : 3)}\n`,
);

async function opened(): Promise<OpenWindow> {
  const folder = workFolder();
  const archive = path.join(folder, 'letters.mbox');
  writeFileSync(archive, LETTERS.join(''));
  const window = await openWindow([archive], { folder });
  await expect.poll(window.rows, { timeout: 30_000 }).toBe(LETTERS.length);
  await window.whole();
  return window;
}

/** The text of each page, with one space where lines were broken. */
async function pagesOf(file: string): Promise<readonly string[]> {
  const pdf = await getDocumentProxy(new Uint8Array(readFileSync(file)));
  return (await extractText(pdf)).text.map((text) => text.replace(/\s+/g, ' '));
}

interface Asked {
  readonly options: object;
  readonly url: string;
  readonly title: string;
  readonly session: string;
}

/** Takes the place of the print dialog: lays out as a PDF what would go to the printer. */
async function answerPrinting({ app }: OpenWindow, pdf: string, reason: string): Promise<void> {
  await app.evaluate(
    ({ app: main, session }, [file, answer]) => {
      const kept = globalThis as unknown as { printed: unknown[] };
      kept.printed ??= [];
      // Of every window that is made from now on.
      main.removeAllListeners('browser-window-created');
      main.on('browser-window-created', (_event, { webContents: contents }) => {
        contents.print = ((options: object, done: (ok: boolean, why: string) => void) => {
          void contents.printToPDF({}).then((bytes) => {
            const storage = process.getBuiltinModule('node:fs');
            storage.writeFileSync(file, bytes);
            const kind = contents.session === session.defaultSession ? 'usual' : 'its own';
            const [url, title] = [contents.getURL(), contents.getTitle()];
            kept.printed.push({ options, url, title, session: kind });
            done(answer === '', answer);
          });
        }) as typeof contents.print;
      });
    },
    [pdf, reason] as const,
  );
}

const printed = ({ app }: OpenWindow): Promise<readonly Asked[]> =>
  app.evaluate(() => (globalThis as unknown as { printed: Asked[] }).printed);

async function command({ page }: OpenWindow, words: string): Promise<void> {
  await page.keyboard.press('Control+p');
  await page.getByRole('combobox', { name: 'Command' }).fill(words);
  await page.keyboard.press('Enter');
}

test('one message goes to the print dialog as it is, from a window that can do nothing', async () => {
  const window = await opened();
  const pdf = path.join(window.folder, 'printed.pdf');
  await answerPrinting(window, pdf, '');
  await window.row(1).click();
  await command(window, 'Print');
  await expect.poll(async () => (await printed(window)).length).toBe(1);
  const [asked] = await printed(window);
  // The person chooses printer, copies and pages: nothing is decided for them, and nothing is silent.
  expect(asked?.options).not.toHaveProperty('silent', true);
  expect(asked?.url).toMatch(/^mailkeep:\/\/paper\//);
  expect(asked?.session).toBe('its own');
  expect(asked?.title).not.toBe('ran');
  const pages = await pagesOf(pdf);
  expect(pages).toHaveLength(1);
  for (const words of [
    'Letter 1',
    '<script>document.title="ran"</script> &amp; <b>no tags</b>',
    'Ann Ørsted',
    'a1@example.org',
    'Ben',
    'Grüße, letter 1.',
  ]) {
    expect(pages[0]).toContain(words);
  }
  await window.close();
});

test('all that are selected are printed in the order of the list, each on pages of its own', async () => {
  const window = await opened();
  const { page, row, folder } = window;
  const pdf = path.join(folder, 'printed.pdf');
  await answerPrinting(window, pdf, '');
  await row(1).click();
  await row(3).click({ modifiers: ['Shift'] });
  await command(window, 'Print');
  await expect.poll(async () => (await printed(window)).length).toBe(1);
  const pages = await pagesOf(pdf);
  expect(pages.length).toBeGreaterThanOrEqual(5);
  const first = pages.map((text) => /Letter (\d) /.exec(text)?.[1] ?? '').filter(Boolean);
  expect(first).toEqual(['1', '2', '3']);
  expect(pages.at(-1)).toContain('letter 3.');

  await test.step('the same as PDF', async () => {
    const saved = path.join(folder, 'saved.pdf');
    await window.app.evaluate(({ dialog }, file) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: file });
    }, saved);
    await command(window, 'pdf');
    await expect(page.getByRole('note')).toContainText('Saved as saved.pdf');
    const saidBy = (list: readonly string[]): string => list.join(' ').replace(/\s+/g, ' ');
    expect(saidBy(await pagesOf(saved))).toBe(saidBy(pages));
  });
  await window.close();
});

test('a person who thinks better of it is left alone; a printer that fails is told', async () => {
  const window = await opened();
  const pdf = path.join(window.folder, 'printed.pdf');
  await window.row(1).click();
  await answerPrinting(window, pdf, 'Print job canceled');
  await command(window, 'Print');
  await expect.poll(async () => (await printed(window)).length).toBe(1);
  await expect(window.page.getByRole('status')).not.toContainText('Laying out');
  await expect(window.page.getByRole('alert')).toHaveCount(0);
  await answerPrinting(window, pdf, 'Printer on fire');
  await command(window, 'Print');
  await expect(window.page.getByRole('alert')).toContainText(
    'It could not be printed (Printer on fire). Save it as PDF instead.',
  );
  await window.close();
});

/** Pictures that would be fetched, a script, and words of several scripts. */
const LETTER_TO_DRAW = letter(
  'Dora',
  'On paper: Grüße, Привет',
  'Content-Type: text/html; charset=utf-8\n\n<h1>Heading</h1><p>Words with <a href="https://example.org/x">a link</a>.' +
    '<img src="http://attacker.example/paper.gif"><script src="http://attacker.example/paper.js"></script>' +
    '<style>@import "http://attacker.example/paper.css"; p{color:#fff}</style><p>Последние слова.',
);

test('a page as it comes out of the printer: every word black on white, and nothing was fetched', async () => {
  const folder = workFolder();
  const archive = path.join(folder, 'letter.mbox');
  const saved = path.join(folder, 'saved.pdf');
  writeFileSync(archive, LETTER_TO_DRAW);
  const watched = await openWatched([archive], { folder });
  const { window } = watched;
  await expect.poll(window.rows, { timeout: 30_000 }).toBe(1);
  await window.whole();
  await window.row(1).click();
  await window.app.evaluate(({ dialog }, file) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: file });
  }, saved);
  await command(window, 'pdf');
  await expect(window.page.getByText('Saved as saved.pdf')).toBeVisible();
  const pdf = readFileSync(saved);
  const [text] = await pagesOf(saved);
  for (const words of [
    'On paper: Grüße, Привет',
    'Dora',
    'Words with a link',
    'Последние слова.',
  ]) {
    expect(text).toContain(words);
  }
  expect(await watched.asked()).toEqual([]);
  expect(watched.arrived).toEqual([]);
  await watched.close();

  const drawn = workFolder();
  const carrying = path.join(drawn, 'carrying.mbox');
  const head = 'Content-Type: multipart/mixed; boundary=B\n\n--B\n\nHere it is.\n';
  const attachment = attached('page.pdf', 'application/pdf', pdf);
  writeFileSync(carrying, letter('Dora', 'A page', `${head}\n${attachment}--B--`));
  const shown = await openWindow([carrying], { folder: drawn });
  await expect.poll(shown.rows, { timeout: 30_000 }).toBe(1);
  await shown.row(1).click();
  const item = shown.page.getByRole('list', { name: 'Attachments' }).getByRole('listitem');
  await item.getByRole('button', { name: 'page.pdf' }).click();
  await item.getByRole('button', { name: 'Preview' }).click();
  const sheet = shown.page.frameLocator('iframe.preview-pdf').getByRole('img', { name: 'Page 1' });
  await expect(sheet).toHaveAttribute('data-drawn', 'true');
  await shown.picture('printed-page');
  const tones = await sheet.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { width, height } = canvas;
    const data = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
    const reds = Array.from(data).filter((_value, at) => at % 4 === 0);
    const share = (is: (red: number) => boolean): number => reds.filter(is).length / reds.length;
    return { white: share((red) => red > 250), dark: share((red) => red < 100) };
  });
  expect(tones.white).toBeGreaterThan(0.9);
  expect(tones.dark).toBeGreaterThan(0.002);
  await shown.close();
});

test('where there is no printer, the system says so, and a person is told what else can be done', async () => {
  const window = await opened();
  const printers = await window.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getPrintersAsync(),
  );
  // biome-ignore lint/suspicious/noSkippedTests: with a printer there is a dialog, that waits
  test.skip((printers ?? []).length > 0, 'this machine has a printer: its dialog would wait');
  await window.row(1).click();
  await command(window, 'Print');
  await expect(window.page.getByRole('alert')).toContainText(
    /It could not be printed \(.+\)\. Save it as PDF instead\./,
  );
  await window.picture('no-printer');
  await window.close();
});
