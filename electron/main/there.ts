/** Whether something stands under a path; nothing is opened. */

import { stat } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '../../shared/error-code.ts';

/** True also for an entry of a ZIP file, which is named as if the file were a folder. */
export async function isThere(archivePath: string): Promise<boolean> {
  for (let at = archivePath; ; at = path.dirname(at)) {
    try {
      const facts = await stat(at);
      return at === archivePath || facts.isFile();
    } catch (error) {
      const code = errorCode(error);
      // ENOTDIR: one of the folders above is a file. What may not be looked at may be there.
      if (code === 'ENOENT') return false;
      if (code !== 'ENOTDIR') return true;
      if (path.dirname(at) === at) return false;
    }
  }
}
