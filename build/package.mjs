/**
 * `npm run package [-- TARGET...]`: packages of the app in out/packages. Targets are electron-builder's
 * (dir, deb, tar.gz, AppImage, rpm, nsis, dmg, ...); without one, all that this system makes.
 *
 * With the official Electron nothing is special. With the test runtime, where github.com cannot be
 * reached, what is for Linux can be made to be tried, by tools that stand in for electron-builder's own
 * (`packages/`); it is never to be given away.
 */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { appImageTools } from './packages/appimage.mjs';
import { electronEnvironment, prepareElectron } from './setup/electron.mjs';
import { root } from './setup/places.mjs';
import { SetupError, told } from './setup/say.mjs';
import { setUp } from './setup.mjs';

const CONFIG = path.join(root, 'build/electron-builder.yml');
const BUILDER = path.join(root, 'node_modules/electron-builder/cli.js');

/**
 * An Electron that electron-builder has not fetched itself.
 * @param {string} dist
 */
const withElectronIn = (dist) => [
  `-c.electronDist=${dist}`,
  `-c.electronVersion=${readFileSync(path.join(dist, 'version'), 'utf8').trim()}`,
  '-c.compression=store',
  '-c.deb.compression=gz',
];

/** electron-builder fetches its own tools from github.com; these stand in for them. */
const standingIn = () => ({
  ELECTRON_BUILDER_7ZIP_PATH: path.join(root, 'build/packages/gzip.mjs'),
  CUSTOM_FPM_PATH: path.join(root, 'build/packages/fpm.mjs'),
  APPIMAGE_TOOLS_PATH: appImageTools(),
});

await told(async () => {
  const words = process.argv.slice(2);
  await setUp('app');
  // A universal app needs the locks for either processor.
  const isMac = process.platform === 'darwin';
  const runtime = await prepareElectron(isMac ? ['x64', 'arm64'] : [process.arch]);
  const isOfficial = runtime.kind === 'official';
  const publishes = words.includes('--publish');
  if (!isOfficial && publishes) {
    throw new SetupError(
      'What is made with another Electron than the official one is never published.',
    );
  }
  const own = isOfficial ? [] : withElectronIn(runtime.dist);
  const never = publishes ? [] : ['--publish', 'never'];
  const { status } = spawnSync(
    process.execPath,
    [BUILDER, '--config', CONFIG, ...words, ...own, ...never],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...electronEnvironment(runtime), ...(runtime.kind === 'test' ? standingIn() : {}) },
    },
  );
  process.exitCode = status ?? 1;
});
