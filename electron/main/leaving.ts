/**
 * What a person is asked before something goes: a compaction is finished before the app quits, and
 * marks that cannot be remembered are lost only when somebody says so.
 */

import { app, BrowserWindow, type WebContents } from 'electron';
import type { ArchiveId } from '../../shared/units.ts';
import type { Archives } from './archives.ts';
import { askToFinish, askToLose } from './dialogs.ts';

/** Engines answer at any time; one that has not by then hangs. */
const ANSWER_MS = 3000;

export interface LeavingParts {
  readonly archives: Archives;
  /** Ends what the app must not leave half done. */
  readonly end: () => Promise<void>;
  /** Settles when what the app remembers is written. */
  readonly written: () => Promise<unknown>;
}

export class Leaving {
  readonly #parts: LeavingParts;
  #agreed = false;
  #asking = false;
  #written = false;

  constructor(parts: LeavingParts) {
    this.#parts = parts;
  }

  /** For `before-quit`: asks, ends, and quits then. */
  beforeQuit(event: Electron.Event): void {
    if (this.#agreed) return;
    event.preventDefault();
    if (!this.#asking) void this.#quit();
  }

  /** For `will-quit`, when every window is closed: what they told at the last moment is written first. */
  willQuit(event: Electron.Event): void {
    if (this.#written) return;
    event.preventDefault();
    void this.#parts.written().then(() => {
      this.#written = true;
      // Not within this event: the app still means to end then, and would not hear it.
      setImmediate(() => app.quit());
    });
  }

  /** Whether the app ends, and every window with it. */
  get agreed(): boolean {
    return this.#agreed;
  }

  /** Has a window ask before it is closed. */
  guard(window: BrowserWindow): void {
    let agreed = false;
    window.on('close', (event) => {
      const { webContents: contents } = window;
      const ids = this.#parts.archives.of(contents);
      if (agreed || this.#agreed || ids.length === 0) return;
      event.preventDefault();
      void this.mayClose(contents, ids).then((may) => {
        agreed = may;
        if (may && !window.isDestroyed()) window.close();
      });
    });
  }

  /** Whether archives of a window may be closed: nothing is lost by it, or somebody says so. */
  async mayClose(contents: WebContents, closing: readonly ArchiveId[]): Promise<boolean> {
    const marks = await this.#unkept(closing);
    return marks === 0 || askToLose(BrowserWindow.fromWebContents(contents), marks);
  }

  async #quit(): Promise<void> {
    this.#asking = true;
    this.#agreed = await this.#mayQuit().finally(() => {
      this.#asking = false;
    });
    if (!this.#agreed) return;
    await this.#parts.end();
    app.quit();
  }

  async #mayQuit(): Promise<boolean> {
    if (this.#parts.archives.writing && !(await askToFinish())) return false;
    const marks = await this.#unkept(null);
    return marks === 0 || askToLose(null, marks);
  }

  /** Marks that would be lost. An engine that does not answer must not keep a window open. */
  #unkept(closing: readonly ArchiveId[] | null): Promise<number> {
    const answer = this.#parts.archives.unkeptMarks(closing);
    const silence = new Promise<number>((resolve) => setTimeout(resolve, ANSWER_MS, 0));
    return Promise.race([answer, silence]);
  }
}
