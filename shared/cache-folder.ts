/**
 * Where the app and the terminal program keep what can be made again: the catalogs of archives. One
 * place, so that what one of them has read need not be read again by the other.
 */

import { xdgFolderOf } from './xdg-folder.ts';

/**
 * The folder, as each platform has it (XDG base directories; Known Folders of Windows; macOS).
 * @param platform as Node names it
 * @param environment of the process; LOCALAPPDATA or XDG_CACHE_HOME name the place where they are set
 * @param home the person's home folder
 */
export function cacheFolderOf(
  platform: string,
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  if (platform === 'win32') {
    return `${environment['LOCALAPPDATA'] || `${home}/AppData/Local`}/Mailkeep/Cache`;
  }
  if (platform === 'darwin') return `${home}/Library/Caches/Mailkeep`;
  return `${xdgFolderOf(environment, 'XDG_CACHE_HOME', `${home}/.cache`)}/mailkeep`;
}
