/** A deb, made with dpkg-deb of a folder that holds what is installed. */

import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** @typedef {import('./fpm.mjs').Asked} Asked */

/** @param {string} folder @returns {number} */
const bytesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(path.join(parentPath, name)).size, 0);

/** Debian's control file (deb-control(5)). @param {Asked} asked @param {number} bytes */
function control(asked, bytes) {
  const [synopsis = '', ...rest] = (asked.description ?? '').split('\n');
  /** @type {readonly (readonly [string, string | undefined])[]} */
  const fields = [
    ['Package', asked.name],
    ['Version', asked.version],
    ['Architecture', asked.architecture],
    ['Maintainer', asked.maintainer],
    ['Installed-Size', String(Math.ceil(bytes / 1024))],
    ['Depends', asked.depends?.join(', ')],
    ['Recommends', asked['deb-recommends']?.join(', ')],
    ['Section', asked.category ?? 'mail'],
    ['Priority', asked['deb-priority'] ?? 'optional'],
    ['Homepage', asked.url],
    ['Description', [synopsis, ...rest.map((line) => ` ${line.trim() || '.'}`)].join('\n')],
  ];
  return fields.map(([name, value]) => (value ? `${name}: ${value}\n` : '')).join('');
}

/** @param {string} folder @param {Asked} asked @returns {number} the exit status */
export function makeDeb(folder, asked) {
  const bytes = bytesIn(folder);
  const about = path.join(folder, 'DEBIAN');
  mkdirSync(about);
  writeFileSync(path.join(about, 'control'), control(asked, bytes));
  for (const [option, script] of /** @type {const} */ ([
    ['after-install', 'postinst'],
    ['after-remove', 'postrm'],
  ])) {
    const source = asked[option];
    if (!source) continue;
    copyFileSync(source, path.join(about, script));
    chmodSync(path.join(about, script), 0o755);
  }
  // What is made here is only tried, so that speed matters and size does not.
  const words = ['--root-owner-group', '-Zgzip', '-z1', '--build', folder, asked.package ?? ''];
  return spawnSync('dpkg-deb', words, { stdio: 'inherit' }).status ?? 1;
}
