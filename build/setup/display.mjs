/** Virtual displays where there is no real one. */

import { spawn } from 'node:child_process';
import { atTheEnd } from './ending.mjs';
import { SetupError, say } from './say.mjs';
import { hasDisplay } from './system.mjs';

/**
 * Starts Xvfb on a free display, unless there is a display already.
 * @returns {Promise<{ env: Readonly<Record<string, string>>, virtual: boolean, stop: () => Promise<void> }>}
 */
export async function openDisplay() {
  if (hasDisplay()) return { env: {}, virtual: false, stop: async () => {} };
  const words = ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'];
  const server = spawn('Xvfb', words, {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    // In a group of its own, so that Ctrl+C reaches the app first and its display last.
    detached: true,
  });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const stop = async () => {
    server.kill();
    await ended;
  };
  atTheEnd(stop);
  const number = await new Promise((resolve, reject) => {
    server.stdio[3]?.once('data', (bytes) => resolve(String(bytes).trim()));
    const failed = () =>
      reject(
        new SetupError('The virtual display (Xvfb) did not start. Run "Xvfb :99" to see why.'),
      );
    server.once('error', failed);
    server.once('exit', failed);
  });
  say(`no display: using a virtual one (:${number})`);
  return { env: { DISPLAY: `:${number}` }, virtual: true, stop };
}

/**
 * Displays for tests of windows, which wait more than they compute: two virtual ones, or the real one.
 * @returns {Promise<{ env: Readonly<Record<string, string>>, stop: () => Promise<void> }>}
 */
export async function openTestDisplays() {
  const first = await openDisplay();
  if (!first.virtual) return first;
  const second = await openDisplay();
  const names = [first, second].map(({ env }) => env.DISPLAY);
  return {
    env: { ...first.env, MAILKEEP_DISPLAYS: names.join(' ') },
    stop: async () => {
      await second.stop();
      await first.stop();
    },
  };
}
