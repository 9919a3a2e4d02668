/**
 * Where the app and the terminal program keep what both must know of a person's archives: how one is
 * to be read, a compaction that was interrupted, what was removed and kept. One place, or the same
 * archive would be two.
 */

import { xdgFolderOf } from './xdg-folder.ts';

/**
 * The folder, as each platform has it (XDG base directories; Known Folders of Windows; macOS).
 * @param platform as Node names it
 * @param environment of the process; LOCALAPPDATA or XDG_STATE_HOME name the place where they are set
 * @param home the person's home folder
 */
export function stateFolderOf(
  platform: string,
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  if (platform === 'win32') {
    return `${environment['LOCALAPPDATA'] || `${home}/AppData/Local`}/Mailkeep`;
  }
  if (platform === 'darwin') return `${home}/Library/Application Support/Mailkeep`;
  return `${xdgFolderOf(environment, 'XDG_STATE_HOME', `${home}/.local/state`)}/mailkeep`;
}
