/** Where the app keeps what is its own, and where its user's things are. */

import path from 'node:path';
import { app } from 'electron';
import { cacheFolderOf } from '../../shared/cache-folder.ts';
import { stateFolderOf } from '../../shared/state-folder.ts';
import type { EngineRequest } from '../engine/launch.ts';
import type { Home } from './mail-places.ts';

/** Must run before anything asks where the user's data is. */
export function useFolders(): void {
  const folder = app.commandLine.getSwitchValue('user-data-dir');
  if (folder) app.setPath('userData', path.resolve(folder));
}

/** What the terminal program must know too is kept where it looks, unless all is kept elsewhere. */
function sharedFolder(): string {
  const elsewhere = app.commandLine.hasSwitch('user-data-dir');
  return elsewhere
    ? app.getPath('userData')
    : stateFolderOf(process.platform, process.env, app.getPath('home'));
}

/** As `sharedFolder`, for what can be made again. */
function sharedCacheFolder(): string {
  const elsewhere = app.commandLine.hasSwitch('user-data-dir');
  return elsewhere
    ? app.getPath('userData')
    : cacheFolderOf(process.platform, process.env, app.getPath('home'));
}

/** What engines keep, and where. */
export function engineFolders(): Omit<EngineRequest, 'path' | 'expansionLimit' | 'indexTexts'> {
  return {
    stateFolder: path.join(sharedFolder(), 'journals'),
    readingFolder: path.join(sharedFolder(), 'readings'),
    marksFolder: path.join(sharedFolder(), 'marks'),
    copyFolder: path.join(sharedFolder(), 'removed'),
    catalogFolder: path.join(sharedCacheFolder(), 'catalogs'),
    expandedFolder: path.join(sharedCacheFolder(), 'expanded'),
  };
}

/** Folders of our own, in which nobody looks for archives. */
export const ownFolders = (): readonly string[] => [
  sharedFolder(),
  sharedCacheFolder(),
  app.getPath('userData'),
];

/** The user's own folders. */
export const homeHere = (): Home => ({
  platform: process.platform,
  home: app.getPath('home'),
  downloads: app.getPath('downloads'),
  environment: process.env,
});
