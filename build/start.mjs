/**
 * `npm start [-- FILE...]`: sets up what is missing and opens the app. Words that begin with a dash
 * go to the app as they are. With no display it opens on a virtual one and saves a picture.
 */

import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { openDisplay } from './setup/display.mjs';
import { electronEnvironment } from './setup/electron.mjs';
import { whenToldToEnd } from './setup/ending.mjs';
import { out, root } from './setup/places.mjs';
import { prepareSandbox } from './setup/sandbox.mjs';
import { SetupError, say, told } from './setup/say.mjs';
import { setUp } from './setup.mjs';

/** Chromium's complaints about desktop services that a machine without a desktop does not have. */
const NOISE = /ERROR:(?:bus|object_proxy|viz_main|gpu_|gl_|angle|command_buffer|ui\/)|Gtk-|dconf/;

/** The chunk that ends every PNG. */
const PNG_END = 'IEND';
const LOOK_EVERY_MS = 200;
const PICTURE_LIMIT_MS = 30_000;
const PATIENCE_MS = 10_000;

/** npm hands on a Ctrl+C that has reached us already: two at once are one. */
const SAME_SIGNAL_MS = 1000;

/** @param {string} file */
function isWholePicture(file) {
  try {
    return readFileSync(file).subarray(-8).includes(PNG_END);
  } catch {
    return false;
  }
}

/**
 * Prints the path of the picture as soon as the app has saved all of it.
 * @param {string} picture
 */
function announce(picture) {
  const started = Date.now();
  const timer = setInterval(() => {
    const isThere = isWholePicture(picture);
    if (!isThere && Date.now() - started < PICTURE_LIMIT_MS) return;
    clearInterval(timer);
    say(isThere ? `Screenshot: ${picture}` : 'no screenshot: the window has shown nothing yet');
    say('the app is open; Ctrl+C ends it');
  }, LOOK_EVERY_MS).unref();
}

/**
 * Ends the app in the way it understands, so that it can finish what it writes; whoever asks twice
 * gets it at once (an archive that was being written is put right when it is next opened).
 * @param {import('node:child_process').ChildProcess} app
 * @param {boolean} again
 */
function end(app, again) {
  if (again && app.pid) {
    // The app leads a process group of its own, where there are such.
    process.kill(process.platform === 'win32' ? app.pid : -app.pid, 'SIGKILL');
    return;
  }
  app.kill('SIGTERM');
  setTimeout(() => {
    say('the app is still at work; Ctrl+C again ends it at once');
  }, PATIENCE_MS).unref();
}

/**
 * @param {import('./setup/electron.mjs').Runtime} runtime
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} the exit status
 */
function openApp(runtime, env) {
  const folder = process.env.INIT_CWD ?? process.cwd();
  const words = process.argv
    .slice(2)
    .map((word) => (word.startsWith('-') ? word : path.resolve(folder, word)));
  return new Promise((resolve, reject) => {
    // In a group of its own: Ctrl+C reaches us alone, and we tell the app.
    const app = spawn(runtime.binary, [root, ...words], {
      env,
      stdio: ['ignore', 'inherit', 'pipe'],
      detached: process.platform !== 'win32',
    });
    readline.createInterface(app.stderr).on('line', (line) => {
      if (line.trim() !== '' && !NOISE.test(line)) process.stderr.write(`${line}\n`);
    });
    let askedAt = 0;
    whenToldToEnd(() => {
      if (Date.now() - askedAt < SAME_SIGNAL_MS) return;
      end(app, askedAt > 0);
      askedAt = Date.now();
    });
    app.on('error', (error) => {
      reject(new SetupError(`${runtime.binary} does not start: ${error.message}.`));
    });
    app.on('close', (status) => resolve(askedAt > 0 ? 0 : (status ?? 1)));
  });
}

await told(async () => {
  const runtime = await setUp('app');
  await prepareSandbox(runtime, 'app');
  const display = await openDisplay();
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
  const status = await openApp(runtime, env);
  await display.stop();
  process.exit(status);
});
