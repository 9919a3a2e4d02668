/** Makes folders of the app's own, at once: what is written there must be there when the app crashes. */

import { mkdirSync } from 'node:fs';
import { folderAbove } from '../../shared/make-folder.ts';

/** @returns the system's error; null if the folder is there now */
function errorOfMaking(folder: string): NodeJS.ErrnoException | null {
  try {
    mkdirSync(folder);
    return null;
  } catch (thrown) {
    const error = thrown as NodeJS.ErrnoException;
    return error.code === 'EEXIST' ? null : error;
  }
}

/**
 * As `makeFolder` of shared/, without waiting.
 * @throws the system's error of the first folder that cannot be made
 */
export function makeFolderNow(folder: string): void {
  const error = errorOfMaking(folder);
  if (!error) return;
  const above = folderAbove(folder);
  if (error.code !== 'ENOENT' || above === null) throw error;
  makeFolderNow(above);
  const again = errorOfMaking(folder);
  if (again) throw again;
}
