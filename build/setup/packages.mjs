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

/**
 * npm's environment for compiling fs-ext. Where Node came with its header files they are used, so
 * that nothing has to be fetched from nodejs.org.
 * @returns {NodeJS.ProcessEnv}
 */
function compilerEnvironment() {
  const folder = path.resolve(path.dirname(process.execPath), '..');
  const file = path.join(folder, 'include/node/node_version.h');
  if (!existsSync(file)) return process.env;
  const text = readFileSync(file, 'utf8');
  const parts = ['MAJOR', 'MINOR', 'PATCH'].map(
    (part) => new RegExp(`NODE_${part}_VERSION (\\d+)`).exec(text)?.[1],
  );
  if (parts.join('.') !== process.versions.node) return process.env;
  return { ...process.env, npm_config_nodedir: folder };
}

/** Installs what the lock file names, unless that is what is there. */
export async function installPackages() {
  const built = path.join(modules, 'fs-ext/build/Release/fs_ext.node');
  if (isStamped(stampFile, wanted()) && existsSync(built)) return;
  say('installing packages (npm ci)');
  const options = { cwd: root, env: compilerEnvironment() };
  const remedy =
    'Check that npm reaches its registry and that nodejs.org can be reached for header files, then try again.';
  const words = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  await mustRun('npm', words, remedy, options);
  if (!existsSync(built)) {
    // A person's own setting may keep npm from running install scripts. This one is needed.
    const again = ['rebuild', 'fs-ext', '--ignore-scripts=false'];
    await mustRun('npm', again, 'Is a C++ compiler installed?', options);
  }
  stamp(stampFile, wanted());
}
