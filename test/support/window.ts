/** The real app in the real Electron, as a person meets it: by roles and names. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  _electron,
  type ElectronApplication,
  expect,
  type Locator,
  type Page,
} from '@playwright/test';
import { boundByPermissions } from './unprivileged.ts';

const root = path.resolve(import.meta.dirname, '../..');
/** Pictures of every state that a test shows, for people to look at. */
const PICTURES = path.join(root, 'out', 'pictures');

/** A window as a person sees it, however it was started. */
export interface ShownWindow {
  readonly page: Page;
  readonly grid: Locator;
  /** A row by its place in the list, from 1. */
  row(place: number): Locator;
  rows(): Promise<number>;
  /**
   * Settles when all of the archive is known: rows come before, and what is made of all messages, or may only be
   * done with all of them, is not there yet. In English.
   */
  whole(): Promise<void>;
  picture(name: string): Promise<void>;
}

export interface OpenWindow extends ShownWindow {
  readonly app: ElectronApplication;
  /** Folder of this test, with the user data in it. */
  readonly folder: string;
  close(): Promise<void>;
}

/** What a page shows. */
export function shownIn(page: Page): ShownWindow {
  const grid = page.getByRole('grid', { name: 'Messages' });
  return {
    page,
    grid,
    row: (place) => grid.locator(`[role=row][aria-rowindex="${place}"]`),
    rows: async () => Number(await grid.getAttribute('aria-rowcount')),
    whole: () => expect(page.getByText('Complete', { exact: true })).toBeVisible(),
    picture: async (name) => {
      mkdirSync(PICTURES, { recursive: true });
      await page.screenshot({ path: path.join(PICTURES, `${name}.png`) });
    },
  };
}

/** A folder of its own for a test. */
export function workFolder(): string {
  return mkdtempSync(path.join(os.tmpdir(), 'mailkeep-window-'));
}

/** A script in front of Electron that gives root's rights up; Electron itself where there are none. */
function boundElectron(folder: string, electron: string): string {
  if (boundByPermissions.length === 0) return electron;
  const script = path.join(folder, 'bound-electron');
  const command = boundByPermissions.join(' ');
  writeFileSync(script, `#!/bin/sh\nexec ${command} '${electron}' "$@"\n`, { mode: 0o755 });
  return script;
}

function homeAt(home: string): Record<string, string> {
  const ours = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined || name.startsWith('XDG_') ? [] : [[name, value] as const],
  );
  return { ...Object.fromEntries(ours), HOME: home };
}

/** Starts the app on some files. */
export async function openWindow(
  files: readonly string[],
  options: {
    readonly folder?: string;
    readonly dark?: 'dark';
    /** Permissions bind the app also where the tests run as root. */
    readonly permissions?: 'bind';
    /** Another home folder than that of whoever runs the tests. */
    readonly home?: string;
    /** The language of the system, as the app is told it; English if nothing is said. */
    readonly language?: string;
    /** Words for Chromium, such as where names lead. */
    readonly switches?: readonly string[];
  } = {},
): Promise<OpenWindow> {
  const folder = options.folder ?? workFolder();
  const electron = process.env['ELECTRON_EXEC_PATH'];
  const executablePath =
    options.permissions === 'bind' && electron ? boundElectron(folder, electron) : electron;
  const app = await _electron.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [
      root,
      ...files,
      ...(options.switches ?? []),
      `--lang=${options.language ?? 'en-US'}`,
      `--user-data-dir=${path.join(folder, 'user-data')}`,
    ],
    cwd: folder,
    ...(options.home === undefined ? {} : { env: homeAt(options.home) }),
  });
  const page = await app.firstWindow();
  await page.emulateMedia({ colorScheme: options.dark ?? 'light', reducedMotion: 'reduce' });
  return {
    ...shownIn(page),
    app,
    folder,
    close: async () => {
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
