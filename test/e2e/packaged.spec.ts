/**
 * The packaged app: made by the one configuration there is, with every fuse closed, and started as a
 * person starts it. Nothing can be attached to its main process then; its window is reached by the port
 * that Chromium opens for it.
 */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, expect, test } from '@playwright/test';
import { workFolder } from '../support/window.ts';

const root = path.resolve(import.meta.dirname, '../..');
const PACKED = path.join(root, 'out/packages/linux-unpacked');
const RESOURCES = path.join(PACKED, 'resources');
const PACKAGING_MS = 10 * 60_000;

/** Where the fuses stand in the executable, as digits behind these letters, a version and a length. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const CLOSED = {
  runAsNode: '0',
  cookies: '1',
  nodeOptions: '0',
  inspect: '0',
  integrity: '1',
  onlyAsar: '1',
};

/** What an asar archive says of its files, behind 16 bytes of lengths. */
interface Listed {
  readonly files?: Readonly<Record<string, Listed>>;
}

const namesIn = ({ files = {} }: Listed): string[] =>
  Object.entries(files).flatMap(([name, inside]) => [name, ...namesIn(inside)]);

/** Tools of ours that stand in the environment would have the packaged app be something else. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const env = { ...process.env };
  for (const name of Object.keys(env)) {
    if (/^(?:ELECTRON_(?!DISABLE_SANDBOX)|NODE_OPTIONS)/.test(name)) delete env[name];
  }
  return env;
}

/** Starts the executable. @returns it, and the address of its window */
async function started(
  words: readonly string[],
): Promise<{ child: ChildProcess; address: string }> {
  const child = spawn(path.join(PACKED, 'mailkeep'), ['--remote-debugging-port=0', ...words], {
    env: cleanEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.on('exit', () => reject(new Error(`it ended: ${said}`)));
    child.stderr?.on('data', (data: Buffer) => {
      said += data.toString();
      const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (found) resolve(found);
    });
  });
  return { child, address };
}

test.describe('the packaged app', () => {
  test.beforeAll(() => {
    test.setTimeout(PACKAGING_MS);
    const script = path.join(root, 'build/package.mjs');
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, '--linux', 'dir'], {
      encoding: 'utf8',
      // As a person starts it: an Electron that is given would want its own headers.
      env: cleanEnvironment(),
      timeout: PACKAGING_MS,
    });
    if (status !== 0) throw new Error(stdout + stderr);
  });

  test('opens an archive, and shows its messages', async () => {
    const folder = workFolder();
    const sample = path.join(root, 'out/sample/sample.mbox');
    const { child, address } = await started([
      sample,
      `--user-data-dir=${path.join(folder, 'data')}`,
    ]);
    try {
      const browser = await chromium.connectOverCDP(address);
      const [context] = browser.contexts();
      const page = context?.pages()[0] ?? (await context?.waitForEvent('page'));
      if (!page) throw new Error('no window');
      const grid = page.getByRole('grid', { name: 'Messages' });
      await expect(grid).toHaveAttribute('aria-rowcount', '468');
      await grid.locator('[role=row][aria-rowindex="3"]').click();
      await expect(page.getByRole('region', { name: 'Message' })).toContainText('From');
      await page.screenshot({ path: path.join(root, 'out/pictures/packaged.png') });
      await browser.close();
    } finally {
      const ended = new Promise((resolve) => child.on('exit', resolve));
      child.kill();
      await ended;
    }
  });

  test('every fuse is closed', () => {
    const bytes = readFileSync(path.join(PACKED, 'mailkeep'));
    const at = bytes.indexOf(SENTINEL) + SENTINEL.length + 2;
    const [runAsNode, cookies, nodeOptions, inspect, integrity, onlyAsar] = bytes
      .subarray(at, at + 6)
      .toString('latin1');
    expect({ runAsNode, cookies, nodeOptions, inspect, integrity, onlyAsar }).toEqual(CLOSED);
  });

  test('holds what it needs, and nothing that only we need', () => {
    expect(existsSync(path.join(RESOURCES, 'default_app.asar'))).toBe(false);
    const archive = readFileSync(path.join(RESOURCES, 'app.asar'));
    const names = namesIn(JSON.parse(archive.toString('utf8', 16, 16 + archive.readUInt32LE(12))));
    for (const name of ['engine.js', 'preload.cjs', 'sample.mbox', 'iconv-lite']) {
      expect(names).toContain(name);
    }
    for (const name of ['electron-builder', 'typescript', 'vitest', 'playwright', 'react-dom']) {
      expect(names).not.toContain(name);
    }
    expect(names.filter((name) => /\.(?:map|[cm]?ts|tsx)$/.test(name))).toEqual([]);
    const compiled = readdirSync(path.join(RESOURCES, 'app.asar.unpacked'), { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.node'));
    expect(compiled.filter((name) => name.includes('fs-ext'))).toHaveLength(1);
    expect(compiled.filter((name) => name.includes('darwin') || name.includes('win32'))).toEqual(
      [],
    );
  });
});
