/**
 * How long it takes from the start of a program to a window that can be used: of the app, and of a
 * bare Electron that shows one button. The same probe runs in both, before their own code.
 */

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const LIMIT_MS = 60_000;

/** Says a word when the page shows what it was started for and has drawn two frames since. */
const PROBE = `
const { app } = require('electron');
app.on('web-contents-created', (_event, contents) => {
  contents.once('did-finish-load', () => {
    contents.executeJavaScript(\`new Promise((resolve) => {
      const look = () => {
        if (!document.querySelector(\${JSON.stringify(process.env.PROBED)})) requestAnimationFrame(look);
        else requestAnimationFrame(() => requestAnimationFrame(resolve));
      };
      look();
    })\`).then(() => {
      process.stdout.write('usable\\\\n');
      setTimeout(() => app.exit(0), 20);
    });
  });
});
`;

const BARE = `
const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1200, height: 800, show: false });
  window.once('ready-to-show', () => window.show());
  window.loadURL('data:text/html,<title>Bare</title><button>Open</button>');
});
`;

export interface Startable {
  /** The app's folder, for Electron. */
  readonly app: string;
  /** What its page shows when it can be used. */
  readonly usable: string;
}

/** Writes a bare Electron app, and the probe. */
export function bareWindow(folder: string): Startable {
  const app = path.join(folder, 'bare');
  mkdirSync(app);
  writeFileSync(
    path.join(app, 'package.json'),
    '{"name":"bare","version":"1.0.0","main":"main.js"}',
  );
  writeFileSync(path.join(app, 'main.js'), BARE);
  writeFileSync(path.join(folder, 'probe.js'), PROBE);
  return { app, usable: 'button' };
}

/** Milliseconds from the start of Electron to a usable window. @param folder where the probe lies */
export function started({ app, usable }: Startable, folder: string): Promise<number> {
  const electron = process.env['ELECTRON_EXEC_PATH'] ?? '';
  const data = mkdtempSync(path.join(folder, 'data-'));
  const words = ['-r', path.join(folder, 'probe.js'), app, `--user-data-dir=${data}`];
  const begun = performance.now();
  const child = spawn(electron, words, {
    env: { ...process.env, PROBED: usable },
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: LIMIT_MS,
    killSignal: 'SIGKILL',
  });
  let ms = Number.NaN;
  child.stdout.on('data', (said: Buffer) => {
    if (said.toString().includes('usable')) ms = performance.now() - begun;
  });
  return new Promise((resolve, reject) => {
    child.once('exit', () => {
      if (Number.isNaN(ms)) reject(new Error(`${app} showed no ${usable}`));
      else resolve(ms);
    });
  });
}
