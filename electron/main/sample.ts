/** The sample archive: a copy of the project's own in the user's data folder, theirs to change. */

import { copyFile } from 'node:fs/promises';
import { constants } from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import { errorCode } from '../../shared/error-code.ts';
import { makeFolderNow } from './make-folder.ts';

/** The path of the user's copy; made on first use, kept as they left it afterwards. */
export async function sampleArchive(): Promise<string> {
  const folder = path.join(app.getPath('userData'), 'sample');
  const copy = path.join(folder, 'Village society.mbox');
  makeFolderNow(folder);
  try {
    const original = path.join(app.getAppPath(), 'out', 'sample', 'sample.mbox');
    await copyFile(original, copy, constants.COPYFILE_EXCL);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
  return copy;
}
