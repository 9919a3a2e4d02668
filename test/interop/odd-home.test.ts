/**
 * A home that cannot be used: one that is not there and cannot be made, one that is no path from the
 * root, and base folders that are none. The terminal program says so or does without; it never hangs,
 * and leaves nothing in the folder that it is started in.
 */

import { spawnSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cacheFolderOf } from '../../shared/cache-folder.ts';
import { makeFolder } from '../../shared/make-folder.ts';
import { stateFolderOf } from '../../shared/state-folder.ts';
import { makeFolderNow } from '../../electron/main/make-folder.ts';
import { numberedLetters } from '../support/letters.ts';
import { CLI } from '../support/served.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-home-'));
  writeFileSync(path.join(folder, 'box.mbox'), numberedLetters('us', 3, 100).join(''));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Started in the archive's own folder. A program that hangs has no status. */
function run(environment: Readonly<Record<string, string>>, ...words: readonly string[]) {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('XDG_'));
  return spawnSync(process.execPath, [CLI, ...words, '--json'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...Object.fromEntries(kept), ...environment },
    timeout: 30_000,
  });
}

/** Nothing can be made there. */
const NOWHERE = '/proc/nobody';

it.runIf(process.platform === 'linux')('a home that cannot be made keeps nobody waiting', () => {
  const listed = run({ HOME: NOWHERE }, 'list', 'box.mbox');
  expect(listed.status).toBe(0);
  expect(listed.stdout.trim().split('\n')).toHaveLength(3);
  // How an archive is to be read would be kept in the home; what the file holds is told all the same.
  expect(run({ HOME: NOWHERE }, 'dialect', 'box.mbox', '--rule', 'any-from').status).toBe(0);
  const { key } = JSON.parse(listed.stdout.split('\n')[0] ?? '') as { readonly key: string };
  expect(run({ HOME: NOWHERE }, 'delete', 'box.mbox', key).status).toBe(0);
  expect(readdirSync(folder)).toEqual(['box.mbox']);
});

it('base folders that are no paths from the root are ignored, and so is such a home', () => {
  const relative = { XDG_STATE_HOME: 'state', XDG_CACHE_HOME: './cache' };
  expect(stateFolderOf('linux', relative, '/home/ann')).toBe('/home/ann/.local/state/mailkeep');
  expect(cacheFolderOf('linux', relative, '/home/ann')).toBe('/home/ann/.cache/mailkeep');
  const absolute = { XDG_STATE_HOME: '/s', XDG_CACHE_HOME: '/c' };
  expect(stateFolderOf('linux', absolute, '/home/ann')).toBe('/s/mailkeep');
  expect(cacheFolderOf('linux', absolute, '/home/ann')).toBe('/c/mailkeep');

  const home = path.join(folder, 'home');
  const ruled = run({ HOME: home, ...relative }, 'dialect', 'box.mbox', '--rule', 'any-from');
  expect(ruled.status).toBe(0);
  expect(existsSync(path.join(home, '.local/state/mailkeep/readings'))).toBe(true);
  expect(readdirSync(folder).sort()).toEqual(['box.mbox', 'home']);
});

it('folders are made with those above them, also by several at a time', async () => {
  const deep = path.join(folder, 'a/b/c');
  await Promise.all([deep, deep, deep].map((one) => makeFolder(one, (it) => mkdir(it))));
  expect(existsSync(deep)).toBe(true);
  makeFolderNow(path.join(deep, 'd/e'));
  makeFolderNow(path.join(deep, 'd/e'));
  expect(existsSync(path.join(deep, 'd/e'))).toBe(true);
});

it.runIf(process.platform === 'linux')('a folder that cannot be made is said at once', async () => {
  const never = `${NOWHERE}/a/b`;
  await expect(makeFolder(never, (it) => mkdir(it))).rejects.toMatchObject({ code: 'ENOENT' });
  expect(() => makeFolderNow(never)).toThrow('ENOENT');
});
