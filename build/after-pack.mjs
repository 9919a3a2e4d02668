/** What electron-builder leaves in a package and no package needs; and what none may be without. */

import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

/** How electron-builder numbers processors (builder-util, `Arch`). */
const PROCESSORS = ['ia32', 'x64', 'armv7l', 'arm64', 'universal'];

/**
 * For which processors a package holds code. Those that are joined into a universal one must have the same files.
 * @param {string} platform as Node names it
 * @param {number} arch
 */
const processorsIn = (platform, arch) =>
  platform === 'darwin' ? ['x64', 'arm64'] : [PROCESSORS[arch]];

/**
 * Without its locks Mailkeep can change no archive: such a package is not made.
 * @param {string} resources
 * @param {string} platform
 * @param {number} arch
 */
function mustHaveLocks(resources, platform, arch) {
  for (const processor of processorsIn(platform, arch)) {
    const folder = `app.asar.unpacked/node_modules/fs-ext/prebuilds/${platform}-${processor}`;
    const place = path.join(resources, folder);
    if (existsSync(place) && readdirSync(place).some((name) => name.endsWith('.node'))) continue;
    throw new Error(
      `The file locks (fs-ext) are not compiled for ${platform}-${processor}. Make this package on that system.`,
    );
  }
}

/**
 * @param {{
 *   readonly appOutDir: string,
 *   readonly electronPlatformName: string,
 *   readonly arch: number,
 *   readonly packager: { getResourcesDir(appOutDir: string): string },
 * }} context
 */
export function afterPack({ appOutDir, electronPlatformName, arch, packager }) {
  const resources = packager.getResourcesDir(appOutDir);
  // A runtime of our own is copied as it is; only the official zip is stripped of it.
  rmSync(path.join(resources, 'default_app.asar'), { force: true });
  // Two that are joined are done already.
  if (PROCESSORS[arch] !== 'universal') mustHaveLocks(resources, electronPlatformName, arch);
}
