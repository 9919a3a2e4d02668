/**
 * `npm start [-- FILE...]`: sets up what is missing and opens the app. Words that begin with a dash
 * go to the app as they are. With no display it opens on a virtual one and saves a picture.
 */

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, watch } from 'node:fs';
import path from 'node:path';
import { openDisplay } from './setup/display.mjs';
import { electronEnvironment } from './setup/electron.mjs';
import { out, root } from './setup/places.mjs';
import { say, told } from './setup/say.mjs';
import { setUp } from './setup.mjs';

/** Chromium's complaints about desktop services that a machine without a desktop does not have. */
const NOISE = /ERROR:(?:bus|object_proxy|viz_main|gpu_|gl_|angle|command_buffer|ui\/)|Gtk-|dconf/;

/**
 * Prints the path of the picture as soon as the app has saved it.
 * @param {string} picture
 */
function announce(picture) {
  const watcher = watch(path.dirname(picture), () => {
    if (!existsSync(picture)) return;
    watcher.close();
    say(`Screenshot: ${picture}`);
    say('the app is open; Ctrl+C ends it');
  });
  watcher.unref();
}

await told(async () => {
  const runtime = await setUp('app');
  const display = await openDisplay();
  const folder = process.env.INIT_CWD ?? process.cwd();
  const words = process.argv
    .slice(2)
    .map((word) => (word.startsWith('-') ? word : path.resolve(folder, word)));
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...electronEnvironment(runtime), ...display.env };
  if (process.getuid?.() === 0) say('started as root: Chromium runs without its sandbox');
  if (display.virtual) {
    const picture = path.join(out, 'screenshot.png');
    mkdirSync(out, { recursive: true });
    rmSync(picture, { force: true });
    env.MAILKEEP_SCREENSHOT = picture;
    announce(picture);
  }
  // In a group of its own: Ctrl+C reaches us alone, and we tell the app in the way it understands.
  const app = spawn(runtime.binary, [root, ...words], {
    env,
    stdio: ['ignore', 'inherit', 'pipe'],
    detached: process.platform !== 'win32',
  });
  app.stderr.on('data', (bytes) => {
    const lines = String(bytes).split('\n');
    const plain = lines.filter((line) => line.trim() !== '' && !NOISE.test(line));
    if (plain.length > 0) process.stderr.write(`${plain.join('\n')}\n`);
  });
  let stopped = false;
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      stopped = true;
      app.kill('SIGTERM');
    });
  }
  app.on('close', (status) => {
    display.stop();
    process.exit(stopped ? 0 : (status ?? 1));
  });
});
