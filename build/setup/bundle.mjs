/** Builds what changed: the bundles, the sample archive, and the terminal program's executable bit. */

import { chmodSync, existsSync } from 'node:fs';
import path from 'node:path';
import { modules, out, root } from './places.mjs';
import { mustRun } from './run.mjs';
import { say } from './say.mjs';
import { isStamped, stamp, stateOf } from './stamp.mjs';

const SOURCES = ['shared', 'electron', 'renderer', 'build', 'package-lock.json'];

export async function buildAll() {
  const stampFile = path.join(out, '.built');
  const state = stateOf(SOURCES.map((name) => path.join(root, name)));
  const results = [
    'main/app.js',
    'main/engine.js',
    'main/cli.js',
    'preload/preload.cjs',
    'renderer/index.html',
    'viewer/viewer.js',
    'viewer/cmaps.js',
    'sample/sample.mbox',
  ];
  if (isStamped(stampFile, state) && results.every((name) => existsSync(path.join(out, name))))
    return;
  say('building');
  const remedy = 'Run "npm run typecheck" to see what is wrong.';
  const config = ['--config', path.join(root, 'build/electron.vite.config.ts')];
  await mustRun(
    process.execPath,
    [path.join(modules, 'electron-vite/bin/electron-vite.js'), 'build', ...config],
    remedy,
    { cwd: root },
  );
  await mustRun(
    process.execPath,
    [path.join(root, 'build/sample/write-sample.mjs'), path.join(out, 'sample/sample.mbox')],
    'The sample archive could not be written: is there space on the disk?',
  );
  chmodSync(path.join(out, 'main/cli.js'), 0o755);
  stamp(stampFile, state);
}
