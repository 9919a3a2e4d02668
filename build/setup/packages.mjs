/** The packages of package-lock.json, exactly, for this platform and this Node. */

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { modules, root } from './places.mjs';
import { mustRun } from './run.mjs';
import { say } from './say.mjs';
import { isStamped, stamp } from './stamp.mjs';

const stampFile = path.join(modules, '.mailkeep-packages');

function wanted() {
  const lock = readFileSync(path.join(root, 'package-lock.json'));
  const digest = createHash('sha256').update(lock).digest('hex');
  return `${digest} ${process.platform} ${process.arch} ${process.versions.modules}`;
}

/** Installs what the lock file names, unless that is what is there. */
export async function installPackages() {
  const built = path.join(modules, 'fs-ext/build/Release/fs_ext.node');
  if (isStamped(stampFile, wanted()) && existsSync(built)) return;
  say('installing packages (npm ci)');
  await mustRun('npm', ['ci', '--no-audit', '--no-fund'], 'Check the network, then try again.', {
    cwd: root,
  });
  if (!existsSync(built)) {
    await mustRun('npm', ['rebuild', 'fs-ext'], 'Is a C++ compiler installed?', { cwd: root });
  }
  stamp(stampFile, wanted());
}
