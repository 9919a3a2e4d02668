/**
 * fs-ext, the file locks, compiled for Electron. Plain Node's build stays where npm put it
 * (build/Release); Electron's lies beside it by ABI, so one checkout serves both at once.
 */

import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { cache, modules } from './places.mjs';
import { mustRun } from './run.mjs';
import { say } from './say.mjs';
import { testRuntimeHeaders } from './test-runtime.mjs';

/** What Electron's own build settings define; without them V8 objects would be laid out otherwise. */
const ELECTRON_DEFINES = [
  'USING_ELECTRON_CONFIG_GYP',
  'V8_COMPRESS_POINTERS',
  'V8_COMPRESS_POINTERS_IN_SHARED_CAGE',
  'V8_31BIT_SMIS_ON_64BIT_ARCH',
  'V8_ENABLE_SANDBOX',
  'BUILDING_NODE_EXTENSION',
  'NODE_GYP_MODULE_NAME=fs_ext',
  '_FILE_OFFSET_BITS=64',
];

const source = path.join(modules, 'fs-ext');

/** @param {string} folder @param {string} abi */
async function compileForTestRuntime(folder, abi) {
  const headers = await testRuntimeHeaders();
  const result = path.join(folder, 'fs_ext.node');
  const defines = [...ELECTRON_DEFINES, `NODE_EMBEDDER_MODULE_VERSION=${abi}`];
  await mustRun(
    'g++',
    [
      ...['-shared', '-fPIC', '-O2', '-std=c++20', '-fno-rtti', '-fno-exceptions', '-w'],
      ...defines.map((define) => `-D${define}`),
      ...[`-I${headers}`, `-I${path.join(modules, 'nan')}`],
      ...[path.join(source, 'fs-ext.cc'), '-o', result],
    ],
    'Is a C++ compiler installed?',
  );
  return result;
}

/** @param {string} folder @param {string} version @param {string} processor */
async function compileForOfficial(folder, version, processor) {
  const copy = path.join(folder, 'fs-ext');
  cpSync(source, copy, { recursive: true });
  cpSync(path.join(modules, 'nan'), path.join(folder, 'node_modules/nan'), { recursive: true });
  const env = { ...process.env };
  // A machine's own setting for Node's headers would win over Electron's.
  for (const name of Object.keys(env)) if (/^npm_config_nodedir$/i.test(name)) delete env[name];
  await mustRun(
    process.execPath,
    [
      path.join(modules, 'node-gyp/bin/node-gyp.js'),
      'rebuild',
      `--target=${version}`,
      `--arch=${processor}`,
      '--dist-url=https://electronjs.org/headers',
    ],
    'Check the network and the compiler, then try again.',
    { cwd: copy, env },
  );
  return path.join(copy, 'build/Release/fs_ext.node');
}

/**
 * Makes sure that fs-ext can be loaded by the Electron in use.
 * @param {{ kind: 'official' | 'test' | 'given', version: string, abi: string }} electron
 * @param {string} [processor] as Node names it; this machine's if nothing is said. Another one only for
 *   the official Electron on macOS, whose compiler makes code for both.
 */
export async function prepareFsExt({ kind, version, abi }, processor = process.arch) {
  const name = `electron.abi${abi}.node`;
  const platform = `${process.platform}-${processor}`;
  const target = path.join(source, 'prebuilds', platform, name);
  if (existsSync(target)) return;
  const kept = path.join(cache, `fs-ext-2.1.1-${platform}-${name}`);
  if (!existsSync(kept)) {
    say(`compiling the file locks for Electron ${version}`);
    mkdirSync(cache, { recursive: true });
    const folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-fs-ext-'));
    const compiled =
      kind === 'test'
        ? await compileForTestRuntime(folder, abi)
        : await compileForOfficial(folder, version, processor);
    copyFileSync(compiled, `${kept}.${process.pid}`);
    renameSync(`${kept}.${process.pid}`, kept);
    rmSync(folder, { recursive: true, force: true });
  }
  mkdirSync(path.dirname(target), { recursive: true });
  copyFileSync(kept, `${target}.${process.pid}`);
  renameSync(`${target}.${process.pid}`, target);
}
