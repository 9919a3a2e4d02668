/**
 * I9: a process killed with SIGKILL while it saves a catalog leaves the one before, the new one, or
 * none; what the next process says of the archive is right in each case.
 *
 * MAILKEEP_CATALOG_KILLS sets how many kills there are.
 */

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
// biome-ignore lint/correctness/useImportExtensions: it mistakes the types beside it for the module
import { bigMailbox } from '../../build/sample/big.mjs';
import { CLI } from '../support/served.ts';
import { seeded } from '../support/simulated-disk.ts';

const KILLS = Number(process.env['MAILKEEP_CATALOG_KILLS'] ?? 12);
const MESSAGES = 60_000;
const folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-catalog-kill-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = path.join(folder, 'archive.mbox');
const catalogs = path.join(folder, 'cache/mailkeep/catalogs');

const environment = (cache: string) => ({
  ...process.env,
  XDG_CACHE_HOME: path.join(folder, cache),
  XDG_STATE_HOME: path.join(folder, 'state'),
});

function list(cache: string): string {
  const words = [CLI, 'list', file, '--json', '--sort', 'subject', '--limit', '40'];
  const { stdout, status, stderr } = spawnSync(process.execPath, words, {
    encoding: 'utf8',
    env: environment(cache),
  });
  expect(status, stderr).toBe(0);
  rmSync(path.join(folder, 'empty'), { recursive: true, force: true });
  return stdout;
}

/** What there is of catalogs and their journals. */
function seen(): string {
  try {
    return readdirSync(catalogs).join();
  } catch {
    return '';
  }
}

it(`${KILLS} kills during a save are nobody's trouble`, async () => {
  const random = seeded(11);
  writeFileSync(file, Buffer.concat([...bigMailbox({ messages: MESSAGES, bytesPerMessage: 400 })]));
  let killed = 0;
  /** How long a save may take; learnt from kills that came too late. */
  let savingMs = 40;
  for (let round = 0; round < KILLS; round++) {
    // Every third time there is no catalog from before.
    if (round % 3 === 0) rmSync(path.join(folder, 'cache'), { recursive: true, force: true });
    appendFileSync(file, Buffer.concat([...bigMailbox({ messages: 500, seed: round + 2 })]));
    const child = spawn(process.execPath, [CLI, 'info', file], {
      env: environment('cache'),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const ended = once(child, 'exit');
    // It prints, then it saves.
    await once(child.stdout, 'data');
    const kill = setTimeout(() => child.kill('SIGKILL'), random() * savingMs);
    const [, signal] = await ended;
    clearTimeout(kill);
    if (signal === 'SIGKILL') killed += 1;
    else savingMs /= 2;
    expect(list('cache'), `round ${round}, left ${seen()}`).toBe(list('empty'));
  }
  // A test of kills that hit nothing would pass as well.
  expect(killed).toBeGreaterThan(KILLS / 4);
}, 300_000);
