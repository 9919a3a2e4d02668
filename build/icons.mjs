/**
 * Draws the icons of the app out of `icons/mailkeep.svg`, in the sizes that desktops ask for, and binds
 * them into one file each for Windows and macOS. Run it when the drawing has changed:
 * `node build/with-runtime.mjs node build/icons.mjs`.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { icnsOf, icoOf } from './packages/icon-files.mjs';

const folder = path.join(import.meta.dirname, 'icons');
const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

/** What Electron does: a page with the drawing, as large as it is wanted, and a picture of it. */
const SCRIPT = `
const { app, BrowserWindow } = require('electron');
const { readFileSync, writeFileSync } = require('node:fs');
app.disableHardwareAcceleration();
app.on('window-all-closed', () => undefined);
app.whenReady().then(async () => {
  const [folder, ...sizes] = JSON.parse(process.env.MAILKEEP_ICONS);
  const svg = readFileSync(folder + '/mailkeep.svg', 'utf8');
  for (const size of sizes) {
    const window = new BrowserWindow({ width: size, height: size, useContentSize: true, frame: false, show: false, transparent: true, webPreferences: { offscreen: true } });
    const page = '<style>*{margin:0}svg{display:block;width:100vw;height:100vh}body{background:transparent;overflow:hidden}</style>' + svg;
    await window.loadURL('data:text/html;base64,' + Buffer.from(page).toString('base64'));
    await new Promise((resolve) => window.webContents.once('paint', resolve));
    const picture = await window.webContents.capturePage({ x: 0, y: 0, width: size, height: size });
    writeFileSync(folder + '/' + size + 'x' + size + '.png', picture.resize({ width: size, height: size, quality: 'best' }).toPNG());
    window.destroy();
  }
  app.quit();
});
`;

const work = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-icons-'));
writeFileSync(path.join(work, 'package.json'), '{"main":"main.cjs"}');
writeFileSync(path.join(work, 'main.cjs'), SCRIPT);
const { status } = spawnSync(process.env.ELECTRON_EXEC_PATH ?? 'electron', [work, '--no-sandbox'], {
  stdio: 'inherit',
  env: { ...process.env, MAILKEEP_ICONS: JSON.stringify([folder, ...SIZES]) },
});
rmSync(work, { recursive: true, force: true });
if (status === 0) {
  /** @param {number} size */
  const drawn = (size) => readFileSync(path.join(folder, `${size}x${size}.png`));
  writeFileSync(path.join(folder, 'mailkeep.ico'), icoOf(drawn));
  writeFileSync(path.join(folder, 'mailkeep.icns'), icnsOf(drawn));
}
process.exitCode = status ?? 1;
