/**
 * Makes a folder and those above it that are missing. Node's own `recursive` never ends where a folder
 * cannot be made in one that is there (a home such as `/proc/x`), and says of a disk that can only be
 * read that something is missing.
 */

import { errorCode } from './error-code.ts';

type Make = (folder: string) => Promise<unknown>;

/** What a path stands in; null for one that stands in nothing. */
export function folderAbove(folder: string): string | null {
  const above = folder.replace(/[\\/]+[^\\/]*$/, '');
  return above === folder || above === '' ? null : above;
}

/**
 * Makes a folder, and before it what it stands in.
 *
 * What is there already is left alone; if it is no folder, whoever writes in it is told.
 * @param make makes one folder in one that is there
 * @throws as `make` does, of the first folder that cannot be made
 */
export async function makeFolder(folder: string, make: Make): Promise<void> {
  try {
    await make(folder);
  } catch (thrown) {
    if (errorCode(thrown) === 'EEXIST') return;
    const above = folderAbove(folder);
    if (errorCode(thrown) !== 'ENOENT' || above === null) throw thrown;
    await makeFolder(above, make);
    // Another process may make it, too.
    await make(folder).catch((again: unknown) => {
      if (errorCode(again) !== 'EEXIST') throw again;
    });
  }
}
