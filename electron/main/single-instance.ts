/** One app at a time for a person: a second one hands its files to the first, and ends. */

import { accessSync, constants, lstatSync } from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import { makeFolderNow } from './make-folder.ts';

/** A folder in which nothing can be made holds no lock, neither ours nor another's. */
function isWritable(folder: string): boolean {
  try {
    makeFolderNow(folder);
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** What Chromium leaves beside its profile while it runs: a link that leads nowhere. */
function isHeld(folder: string): boolean {
  if (process.platform === 'win32') return true;
  return lstatSync(path.join(folder, 'SingletonLock'), { throwIfNoEntry: false }) !== undefined;
}

/**
 * Whether this app is to go on. If another one runs, it is given the files.
 *
 * Chromium answers no as well where it cannot make its lock, in a home that cannot be written or on a
 * full disk. There the app starts all the same, rather than to end without a word: archives are
 * guarded by locks of their own.
 */
export function isFirstInstance(files: readonly string[]): boolean {
  const folder = app.getPath('userData');
  if (!isWritable(folder)) return true;
  return app.requestSingleInstanceLock(files) || !isHeld(folder);
}
