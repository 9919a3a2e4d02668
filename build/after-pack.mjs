/** What electron-builder leaves in a package and no package needs. */

import { rmSync } from 'node:fs';
import path from 'node:path';

/** @param {{ readonly appOutDir: string }} context */
export function afterPack({ appOutDir }) {
  // A runtime of our own is copied as it is; only the official zip is stripped of it.
  rmSync(path.join(appOutDir, 'resources/default_app.asar'), { force: true });
}
