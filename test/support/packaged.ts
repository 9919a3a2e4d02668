/** The packaged app: made once for all tests, and started as a person starts it. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { type ShownWindow, shownIn } from './window.ts';

const root = path.resolve(import.meta.dirname, '../..');
export const PACKAGES = path.join(root, 'out/packages');
const PACKAGING_MS = 10 * 60_000;

/** Tools of ours that stand in the environment would have the packaged app be something else. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const env = { ...process.env };
  for (const name of Object.keys(env)) {
    if (/^(?:ELECTRON_(?!DISABLE_SANDBOX)|NODE_OPTIONS)/.test(name)) delete env[name];
  }
  return env;
}

/** Makes packages, as a person does. */
export function makePackages(targets: readonly string[]): void {
  const script = path.join(root, 'build/package.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, '--linux', ...targets], {
    encoding: 'utf8',
    // An Electron that is given would want its own headers.
    env: cleanEnvironment(),
    timeout: PACKAGING_MS,
  });
  if (status !== 0) throw new Error(stdout + stderr);
}

/** Runs a program out of a package to its end. @param home a folder for all that it remembers */
export function ran(home: string, program: string, words: readonly string[], input = '') {
  const env: NodeJS.ProcessEnv = { ...cleanEnvironment(), HOME: home };
  for (const name of Object.keys(env)) if (name.startsWith('XDG_')) delete env[name];
  // A terminal has no display.
  delete env['DISPLAY'];
  delete env['WAYLAND_DISPLAY'];
  return spawnSync(program, words, { encoding: 'utf8', env, input, timeout: PACKAGING_MS });
}

/**
 * Starts the executable in a folder. Nothing can be attached to its main process; its window is reached
 * by the port that Chromium opens for it.
 */
export async function openPackaged(
  folder: string,
  words: readonly string[],
  program: { readonly name: string; readonly env?: NodeJS.ProcessEnv } = { name: 'mailkeep' },
): Promise<ShownWindow & { readonly pid: number; readonly close: () => Promise<void> }> {
  const child = spawn(path.join(folder, program.name), ['--remote-debugging-port=0', ...words], {
    env: { ...cleanEnvironment(), ...program.env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const end = async (): Promise<void> => {
    const ended = new Promise((resolve) => child.on('exit', resolve));
    if (child.exitCode === null && child.kill()) await ended;
  };
  try {
    const browser = await chromium.connectOverCDP(await addressOf(child));
    const [context] = browser.contexts();
    const page = context?.pages()[0] ?? (await context?.waitForEvent('page'));
    if (!page) throw new Error('no window');
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    const close = async (): Promise<void> => {
      await browser.close();
      await end();
    };
    return { ...shownIn(page), pid: child.pid ?? 0, close };
  } catch (error) {
    await end();
    throw error;
  }
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.on('exit', () => reject(new Error(`it ended: ${said}`)));
    child.stderr?.on('data', (data: Buffer) => {
      said += data.toString();
      const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (found) resolve(found);
    });
  });
}
