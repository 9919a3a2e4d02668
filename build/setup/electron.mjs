/**
 * Which Electron is in use: one that is given, else the official one, else the test runtime.
 *
 * The official one comes through the electron package's own installer. Where it cannot be had, the
 * failed attempt is remembered for a day, so that later starts stay quick; MAILKEEP_ELECTRON=official
 * tries again at once (and takes nothing else), MAILKEEP_ELECTRON=test does not try.
 */

import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { prepareFsExt } from './fs-ext.mjs';
import { cache, modules } from './places.mjs';
import { run } from './run.mjs';
import { SetupError, say } from './say.mjs';
import { ABI, ELECTRON_VERSION, hasTestRuntime, testRuntime } from './test-runtime.mjs';

const DAY_MS = 24 * 60 * 60 * 1000;
const INSTALL_LIMIT_MS = 10 * 60 * 1000;

/** Where the executable lies in a distribution, by platform. */
const EXECUTABLE =
  { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[
    /** @type {'darwin' | 'win32'} */ (process.platform)
  ] ?? 'electron';

/**
 * @typedef {object} Runtime
 * @property {'given' | 'official' | 'test'} kind
 * @property {string} dist folder of the distribution
 * @property {string} binary
 */

/** @param {string} dist */
const binaryIn = (dist) => path.join(dist, EXECUTABLE);

/** @param {string} binary */
async function factsOf(binary) {
  const script = 'console.log(process.versions.electron, process.versions.modules)';
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const { output } = await run(binary, ['-e', script], { env, limitMs: 20_000 });
  const [version, abi] = output.trim().split(' ');
  if (!version || !abi) throw new SetupError(`${binary} does not run: ${output.trim()}`);
  return { version, abi };
}

/**
 * True once the package's installer has unpacked all of it: it writes path.txt last.
 * @param {string} dist
 */
const isWhole = (dist) => existsSync(path.join(dist, '../path.txt')) && existsSync(binaryIn(dist));

/** @returns {Promise<string | null>} folder of the official distribution */
async function official() {
  const dist = path.join(modules, 'electron/dist');
  if (isWhole(dist)) return dist;
  const wish = process.env.MAILKEEP_ELECTRON;
  if (wish === 'test') return null;
  const failed = path.join(cache, 'official-electron-failed');
  const last = statSync(failed, { throwIfNoEntry: false });
  if (wish !== 'official' && last && Date.now() - last.mtimeMs < DAY_MS) return null;
  say('downloading Electron');
  const installer = path.join(modules, 'electron/install.js');
  const { status, output } = await run(process.execPath, [installer], {
    limitMs: INSTALL_LIMIT_MS,
  });
  if (status === 0 && isWhole(dist)) return dist;
  if (wish === 'official' || !hasTestRuntime) {
    throw new SetupError(
      'Electron could not be downloaded from github.com. Check the network (HTTPS_PROXY, if you have a proxy), then try again.',
      output.trim().split('\n').slice(0, 4).join('\n'),
    );
  }
  mkdirSync(cache, { recursive: true });
  writeFileSync(failed, output);
  return null;
}

/** @returns {Promise<Runtime>} */
async function findRuntime() {
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (given) {
    if (existsSync(binaryIn(given))) return { kind: 'given', dist: given, binary: binaryIn(given) };
    throw new SetupError(
      `ELECTRON_OVERRIDE_DIST_PATH names ${given}, but there is no Electron there.`,
    );
  }
  const dist = await official();
  if (dist) return { kind: 'official', dist, binary: binaryIn(dist) };
  const test = await testRuntime();
  say(
    `using the test runtime, Electron ${ELECTRON_VERSION}: the official one cannot be had here. FOR TESTS ONLY`,
  );
  return { kind: 'test', dist: test, binary: binaryIn(test) };
}

/**
 * The Electron in use, with fs-ext compiled for it.
 * @param {readonly string[]} [processors] as Node names them; this machine's if nothing is said
 * @returns {Promise<Runtime>}
 */
export async function prepareElectron(processors = [process.arch]) {
  const runtime = await findRuntime();
  if (runtime.kind === 'test') {
    await prepareFsExt({ kind: 'test', version: ELECTRON_VERSION, abi: ABI });
    return runtime;
  }
  const known = path.join(
    cache,
    `facts-${Buffer.from(runtime.binary).toString('base64url').slice(-80)}`,
  );
  const state = String(statSync(runtime.binary).mtimeMs);
  const [written, version, abi] = existsSync(known) ? readFileSync(known, 'utf8').split(' ') : [];
  if (written === state && version && abi) {
    for (const one of processors) await prepareFsExt({ kind: runtime.kind, version, abi }, one);
    return runtime;
  }
  const facts = await factsOf(runtime.binary);
  for (const one of processors) await prepareFsExt({ kind: runtime.kind, ...facts }, one);
  mkdirSync(cache, { recursive: true });
  writeFileSync(known, `${state} ${facts.version} ${facts.abi}`);
  return runtime;
}

/**
 * The environment in which this Electron is the one that everything starts.
 * @param {Runtime} runtime
 * @returns {NodeJS.ProcessEnv}
 */
export function electronEnvironment(runtime) {
  const env = { ...process.env };
  delete env.ELECTRON_RUN_AS_NODE;
  return {
    ...env,
    ELECTRON_OVERRIDE_DIST_PATH: runtime.dist,
    ELECTRON_EXEC_PATH: runtime.binary,
    PATH: `${path.join(modules, '.bin')}${path.delimiter}${env.PATH ?? ''}`,
    // Chromium's sandbox refuses to run as root.
    ...(process.getuid?.() === 0 ? { ELECTRON_DISABLE_SANDBOX: '1' } : {}),
  };
}
