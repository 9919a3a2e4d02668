/**
 * A window whose process is gone is loaded again, with the archives that were open in it. Engines and
 * what they hold are processes of their own, so that nothing is lost but what was half typed. A window
 * that crashes again and again is left alone, and a person is asked.
 */

import { BrowserWindow, dialog, type RenderProcessGoneDetails, type WebContents } from 'electron';
import { say } from '../../shared/language/say.ts';
import { PAGE_URL } from './page.ts';

/** So often within so long, and no more. */
const TIMES_MAX = 3;
const WITHIN_MS = 60_000;

export interface WindowCrashParts {
  readonly gone: (contents: WebContents, details: RenderProcessGoneDetails) => void;
  /** What is to be done before the page is loaded again. */
  readonly prepare: (contents: WebContents) => Promise<void>;
}

/** Watches a window. */
export function recoverFromCrash(contents: WebContents, parts: WindowCrashParts): void {
  let times: readonly number[] = [];
  contents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit') return;
    parts.gone(contents, details);
    const now = performance.now();
    times = [...times.filter((time) => now - time < WITHIN_MS), now];
    void recover(contents, parts, times.length > TIMES_MAX ? 'ask' : 'reload');
  });
}

async function recover(
  contents: WebContents,
  { prepare }: WindowCrashParts,
  how: 'ask' | 'reload',
): Promise<void> {
  await prepare(contents);
  if (contents.isDestroyed()) return;
  if (how === 'ask' && !(await wantsAnother(contents))) {
    BrowserWindow.fromWebContents(contents)?.destroy();
    return;
  }
  if (contents.isDestroyed()) return;
  // `reload` does nothing in a window that has not shown any page yet. What makes this one fail, another
  // crash, is heard of as the first one was.
  await contents.loadURL(PAGE_URL).catch(() => undefined);
}

async function wantsAnother(contents: WebContents): Promise<boolean> {
  const window = BrowserWindow.fromWebContents(contents);
  if (!window) return false;
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: say('dialog.crashes'),
    detail: say('dialog.crashesMore'),
    buttons: [say('dialog.tryAgain'), say('dialog.closeWindow')],
    defaultId: 0,
    cancelId: 1,
  });
  return response === 0;
}
