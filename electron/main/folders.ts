/** Where the app keeps what is its own, and where its user's things are. */

import os from 'node:os';
import path from 'node:path';
import { app } from 'electron';
import { homeFolderOf } from '../../shared/home-folder.ts';
import { cacheFolderOf } from '../../shared/cache-folder.ts';
import { stateFolderOf } from '../../shared/state-folder.ts';
import { xdgFolderOf } from '../../shared/xdg-folder.ts';
import type { EngineRequest } from '../engine/launch.ts';
import type { Home } from './mail-places.ts';

const homeFolder = (): string => homeFolderOf(app.getPath('home'), { ...path, ...os });

/** Must run before anything asks where the user's data is. */
export function useFolders(): void {
  const folder = app.commandLine.getSwitchValue('user-data-dir');
  if (folder) app.setPath('userData', path.resolve(folder));
  else if (process.platform === 'linux') app.setPath('userData', configFolder());
}

/** Chromium would take a relative XDG_CONFIG_HOME, and then hang at its own lock. */
function configFolder(): string {
  const usual = path.join(homeFolder(), '.config');
  return path.join(xdgFolderOf(process.env, 'XDG_CONFIG_HOME', usual), app.getName());
}

/** What the terminal program must know too is kept where it looks, unless all is kept elsewhere. */
function sharedFolder(): string {
  const elsewhere = app.commandLine.hasSwitch('user-data-dir');
  return elsewhere
    ? app.getPath('userData')
    : stateFolderOf(process.platform, process.env, homeFolder());
}

/** As `sharedFolder`, for what can be made again. */
function sharedCacheFolder(): string {
  const elsewhere = app.commandLine.hasSwitch('user-data-dir');
  return elsewhere
    ? app.getPath('userData')
    : cacheFolderOf(process.platform, process.env, homeFolder());
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
  home: homeFolder(),
  downloads: app.getPath('downloads'),
  environment: process.env,
});
