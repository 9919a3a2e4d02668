/**
 * The launcher of the test runtime: what stock Electron does with `electron <folder> arguments`,
 * written anew. It is placed as `default_app.asar`, so that `process.defaultApp` and the arguments
 * look to the app as they do under stock Electron; `-r MODULE` is what Playwright starts with.
 */

import { writeAsar } from './asar.mjs';

const LAUNCHER = `
import { createRequire } from 'node:module';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const load = createRequire(import.meta.url);
const words = process.argv.slice(1);
let folder = null;
for (let at = 0; at < words.length; at++) {
  if (words[at] === '-r' || words[at] === '--require') load(path.resolve(words[++at]));
  else if (!words[at].startsWith('-')) { folder = path.resolve(words[at]); break; }
}
Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });
if (!folder || !existsSync(folder)) {
  console.error('usage: electron <app folder> [arguments]');
  process.exit(1);
}
let entry = folder;
if (statSync(folder).isDirectory()) {
  const description = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  if (description.version) app.setVersion(description.version);
  app.setName(description.productName ?? description.name ?? 'Electron');
  app.setPath('userData', path.join(app.getPath('appData'), app.getName()));
  app.setAppPath(folder);
  entry = path.join(folder, description.main ?? 'index.js');
}
await import(pathToFileURL(entry).href);
`;

/** @param {string} file */
export function writeDefaultApp(file) {
  writeAsar(file, {
    'package.json': JSON.stringify({ name: 'launcher', type: 'module', main: 'main.js' }),
    'main.js': LAUNCHER,
  });
}
