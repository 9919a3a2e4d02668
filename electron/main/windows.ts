/** Makes windows, and takes the picture of the first one when set-up asks for it. */

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { app, BrowserWindow, screen, type WebContents } from 'electron';
import type { Effort } from '../engine/launch.ts';
import { PAGE_URL } from './page.ts';
import type { Settings, WindowPlace } from './settings.ts';
import { languageArgument } from './language.ts';

/** Takes the bar away. */
const NO_PROGRESS = -1;

/** Opens a window on the page; it stays hidden until it has something to show. */
export function makeWindow(settings: Settings): BrowserWindow {
  const { maximized } = settings.window;
  const window = new BrowserWindow({
    ...placeOnScreen(settings.window),
    minWidth: 640,
    minHeight: 420,
    show: false,
    title: 'Mailkeep',
    webPreferences: {
      preload: path.join(app.getAppPath(), 'out', 'preload', 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
      additionalArguments: [languageArgument()],
      disableBlinkFeatures: 'Auxclick',
    },
  });
  if (maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => rememberPlace(window, settings));
  void window.loadURL(PAGE_URL);
  return window;
}

/** Where a window stands is where the next one will. */
function rememberPlace(window: BrowserWindow, settings: Settings): void {
  const { x, y, width, height } = window.getNormalBounds();
  settings.rememberWindow({ x, y, width, height, maximized: window.isMaximized() });
}

/** So much of a window must be on a screen for a person to find it. */
const SEEN_PIXELS_MIN = 100;

/** Where a window stood, if that is still on a screen; where the system puts it, if another stands there. */
function placeOnScreen({ x, y, width, height }: WindowPlace): Partial<Electron.Rectangle> {
  const size = { width, height };
  if (x === undefined || y === undefined || BrowserWindow.getAllWindows().length > 0) return size;
  const area = screen.getDisplayMatching({ x, y, width, height }).workArea;
  const seen =
    x + width >= area.x + SEEN_PIXELS_MIN &&
    x <= area.x + area.width - SEEN_PIXELS_MIN &&
    y >= area.y &&
    y <= area.y + area.height - SEEN_PIXELS_MIN;
  return seen ? { ...size, x, y } : size;
}

/** Shows on the taskbar or dock how far long work is; it may be that nothing goes on. */
export function showEffort(contents: WebContents, { done, total }: Effort): void {
  if (contents.isDestroyed()) return;
  const share = total > 0 ? Math.min(1, done / total) : NO_PROGRESS;
  BrowserWindow.fromWebContents(contents)?.setProgressBar(share);
}

/** What a window shows when it was started with a file, and without. */
const CONTENT = {
  archive: '[role=row][data-key], [data-screen=failed], [data-screen=no-messages]',
  welcome: '[data-screen=welcome]',
} as const;

/** The page has settled when nothing in it has changed for so long, or after the longer while. */
const QUIET_MS = 500;
const QUIET_LIMIT_MS = 5000;

/** Settles once the page shows what it was started for, and has come to rest. */
const showing = (content: string): string => `new Promise((resolve) => {
  let timer = 0;
  let shown = 0;
  const look = () => {
    if (!document.querySelector('${content}')) return;
    shown ||= performance.now();
    clearTimeout(timer);
    const left = shown + ${QUIET_LIMIT_MS} - performance.now();
    timer = setTimeout(() => resolve(true), Math.min(${QUIET_MS}, Math.max(0, left)));
  };
  new MutationObserver(look).observe(document, {
    subtree: true, childList: true, attributes: true, characterData: true,
  });
  look();
})`;

/** Before the first frame is drawn the picture is empty; it is asked for again then, so often. */
const PICTURES_MAX = 20;

/** Saves a picture of a window once it shows its content. */
export async function saveScreenshot(
  window: BrowserWindow,
  content: keyof typeof CONTENT,
  file: string,
): Promise<void> {
  await window.webContents.executeJavaScript(showing(CONTENT[content]));
  let picture = await window.webContents.capturePage();
  for (let tries = 1; picture.isEmpty() && tries < PICTURES_MAX; tries++) {
    picture = await window.webContents.capturePage();
  }
  await writeFile(file, picture.toPNG());
  console.log(`Screenshot saved to ${file}`);
}
