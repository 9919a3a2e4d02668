/**
 * Goal: everybody can use the window: without a mouse, without seeing it, with other colours, twice as
 * large. Method: every state of it (`support/window-states.ts`), asked by axe in light, in dark and with
 * more contrast; with the system's own colours; at 200 % in the smallest window, which is 320 pixels wide.
 */

import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { cutOffIn, expectNone, unreachableIn, violationsIn } from '../support/access.ts';
import { hollowArchive } from '../support/hollow-archive.ts';
import { LETTERS } from '../support/letters-to-show.ts';
import { DIALOGS, LIST, WHOLE } from '../support/list-states.ts';
import { mbox, putFiles } from '../support/mail-folders.ts';
import {
  DECEIVING,
  EMPTY,
  FAILED,
  LIBRARY,
  PROGRESS,
  READER,
  SEVERAL,
  WELCOME,
  type WindowState,
} from '../support/window-states.ts';
import { zipped } from '../support/zipped.ts';
import { type OpenWindow, openWindow, workFolder } from '../support/window.ts';

const PICTURES = path.resolve(import.meta.dirname, '../../out/pictures');
const SAMPLE = path.resolve(import.meta.dirname, '../../out/sample/sample.mbox');

/** Each goes through many states. */
test.describe.configure({ timeout: 6 * 60_000 });

interface Scene {
  readonly states: readonly WindowState[];
  readonly open: (folder: string) => Promise<OpenWindow>;
}

async function opened(folder: string, name: string, put: (file: string) => void) {
  const file = path.join(folder, name);
  put(file);
  const window = await openWindow([file], { folder });
  await expect(window.row(1)).toHaveAttribute('data-key', /./);
  await expect(window.page.getByText('Complete', { exact: true })).toBeVisible();
  return window;
}

const openedSample = (folder: string): Promise<OpenWindow> =>
  opened(folder, 'one.mbox', (file) => copyFileSync(SAMPLE, file));

/** The window on something that is not read to its end, or cannot be. */
const openedOn = (name: string, put: (file: string) => void) => async (folder: string) => {
  const file = path.join(folder, name);
  put(file);
  return openWindow([file], { folder });
};

const SCENES: Readonly<Record<string, Scene>> = {
  'the empty window': { states: WELCOME, open: (folder) => openWindow([], { folder }) },
  'a list': { states: LIST, open: openedSample },
  'the whole of an archive': { states: WHOLE, open: openedSample },
  'dialogs over a list': { states: DIALOGS, open: openedSample },
  'a message': {
    states: READER,
    open: (folder) =>
      opened(folder, 'letters.mbox', (file) => writeFileSync(file, LETTERS + DECEIVING)),
  },
  'a library': {
    states: LIBRARY,
    open: (folder) => {
      const mail = path.join(folder, 'Mail');
      putFiles(mail, { Inbox: mbox('in', 9), 'Old/Sent': mbox('out', 9), Drafts: mbox('draft') });
      return openWindow([mail], { folder });
    },
  },
  'no file': { states: FAILED, open: openedOn('gone.mbox', () => undefined) },
  'an empty file': {
    states: EMPTY,
    open: openedOn('none.mbox', (file) => writeFileSync(file, '')),
  },
  'a ZIP file': {
    states: SEVERAL,
    open: (folder) => openWindow([zipped(folder)], { folder }),
  },
  'a large archive': {
    states: PROGRESS,
    open: openedOn('large.mbox', (file) => hollowArchive(file, 200 * 1024 ** 3)),
  },
};

const THEMES = [
  { name: 'light', media: { colorScheme: 'light' } },
  { name: 'dark', media: { colorScheme: 'dark' } },
  { name: 'more contrast', media: { contrast: 'more', colorScheme: 'light' } },
  { name: 'more contrast in the dark', media: { contrast: 'more', colorScheme: 'dark' } },
] as const;
const USUAL = { contrast: 'no-preference', colorScheme: 'light', forcedColors: 'none' } as const;

async function putAway({ page }: OpenWindow): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

/** Goes through all states. Of what is wrong in one the others are told, too. */
async function inEveryState(
  { states, open }: Scene,
  ask: (window: OpenWindow, state: string) => Promise<void>,
): Promise<void> {
  const window = await open(workFolder());
  const { page } = window;
  for (const { name, reach, leave } of states) {
    await test.step(name, async () => {
      await reach(window);
      await ask(window, name);
      await (leave ?? putAway)(window);
      const fold = page.getByRole('button', { name: 'Archives and views', expanded: true });
      if (await fold.isVisible()) await fold.click();
    });
  }
  await window.close();
}

/** What the window shows, however large: the page alone would be cut off where it is enlarged. */
async function pictureOf({ app }: OpenWindow, how: string, state: string): Promise<void> {
  const png = await app.evaluate(async ({ BrowserWindow }) => {
    const picture = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage();
    return picture?.toPNG().toString('base64') ?? '';
  });
  mkdirSync(PICTURES, { recursive: true });
  const name = `access-${how}-${state.replace(/[^a-z]+/gi, '-')}.png`;
  writeFileSync(path.join(PICTURES, name), png, 'base64');
}

/** The smallest window that there is, at 200 %: 320 pixels wide. */
async function becomeSmall({ app }: OpenWindow): Promise<void> {
  await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    const [width = 0, height = 0] = window?.getMinimumSize() ?? [];
    window?.setSize(width, height);
    window?.webContents.setZoomFactor(2);
  });
}

for (const [scene, { states, open }] of Object.entries(SCENES)) {
  test(`${scene}: axe finds nothing, in any theme`, async () => {
    await inEveryState({ states, open }, async ({ page }, state) => {
      for (const { name, media } of THEMES) {
        await page.emulateMedia({ ...USUAL, ...media });
        const rules = name === 'light' ? 'all' : 'of colours';
        await expectNone(violationsIn(page, rules), `${state}, ${name}`);
      }
      await page.emulateMedia(USUAL);
    });
  });

  test(`${scene}: the keyboard comes to every control, and is seen there, with the system's colours, too`, async () => {
    await inEveryState({ states, open }, async (window, state) => {
      const { page } = window;
      // A key, so that the page shows where the keyboard is.
      await page.keyboard.press('Shift+Tab');
      await expectNone(unreachableIn(page), state);
      await page.emulateMedia({ forcedColors: 'active' });
      await expectNone(unreachableIn(page), `${state}, forced colours`);
      await pictureOf(window, 'forced', state);
      await page.emulateMedia({ forcedColors: 'none' });
    });
  });

  test(`${scene}: nothing is cut off at 200 % in the smallest window`, async () => {
    const small = async (folder: string): Promise<OpenWindow> => {
      const window = await open(folder);
      await becomeSmall(window);
      await expect.poll(() => window.page.evaluate(() => innerWidth)).toBe(320);
      return window;
    };
    await inEveryState({ states, open: small }, async (window, state) => {
      const { page } = window;
      await expectNone(cutOffIn(page), state);
      await pictureOf(window, 'small', state);
      await page.keyboard.press('Shift+Tab');
      await expectNone(unreachableIn(page), state);
    });
  });
}
