#!/usr/bin/env node
/**
 * Stands in for fpm where electron-builder's own cannot be fetched: makes a deb, with dpkg-deb, of what
 * fpm is asked for (`fpm -s dir -t deb OPTION... SOURCE=PLACE...`). Another kind of package is refused.
 */

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

const text = /** @type {const} */ ({ type: 'string' });
const texts = /** @type {const} */ ({ type: 'string', multiple: true });

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    s: { ...text, short: 's' },
    t: { ...text, short: 't' },
    depends: { ...texts, short: 'd' },
    force: { type: 'boolean' },
    architecture: text,
    'after-install': text,
    'after-remove': text,
    category: text,
    'deb-compression': text,
    'deb-priority': text,
    'deb-recommends': texts,
    description: text,
    license: text,
    maintainer: text,
    name: text,
    package: text,
    url: text,
    vendor: text,
    version: text,
  },
});

/** @param {string} folder @returns {number} */
const bytesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(path.join(parentPath, name)).size, 0);

/** Debian's control file (deb-control(5)). @param {number} bytes */
function control(bytes) {
  const [synopsis = '', ...rest] = (values.description ?? '').split('\n');
  /** @type {readonly (readonly [string, string | undefined])[]} */
  const fields = [
    ['Package', values.name],
    ['Version', values.version],
    ['Architecture', values.architecture],
    ['Maintainer', values.maintainer],
    ['Installed-Size', String(Math.ceil(bytes / 1024))],
    ['Depends', values.depends?.join(', ')],
    ['Recommends', values['deb-recommends']?.join(', ')],
    ['Section', values.category ?? 'mail'],
    ['Priority', values['deb-priority'] ?? 'optional'],
    ['Homepage', values.url],
    ['Description', [synopsis, ...rest.map((line) => ` ${line.trim() || '.'}`)].join('\n')],
  ];
  return fields.map(([name, value]) => (value ? `${name}: ${value}\n` : '')).join('');
}

/** @param {string} folder */
function build(folder) {
  for (const asked of positionals) {
    const [source = '', place = ''] = asked.split('=');
    const target = path.join(folder, place);
    mkdirSync(path.dirname(target), { recursive: true });
    cpSync(source, target, { recursive: true, verbatimSymlinks: true });
    if (!source.endsWith('/')) chmodSync(target, statSync(source).mode & 0o111 ? 0o755 : 0o644);
  }
  const bytes = bytesIn(folder);
  const about = path.join(folder, 'DEBIAN');
  mkdirSync(about);
  writeFileSync(path.join(about, 'control'), control(bytes));
  for (const [option, script] of /** @type {const} */ ([
    ['after-install', 'postinst'],
    ['after-remove', 'postrm'],
  ])) {
    const source = values[option];
    if (!source) continue;
    copyFileSync(source, path.join(about, script));
    chmodSync(path.join(about, script), 0o755);
  }
  // What is made here is only tried, so that speed matters and size does not.
  const words = ['--root-owner-group', '-Zgzip', '-z1', '--build', folder, values.package ?? ''];
  return spawnSync('dpkg-deb', words, { stdio: 'inherit' }).status ?? 1;
}

if (values.t !== 'deb') {
  process.stderr.write(`only a deb can be made here, not ${values.t}\n`);
  process.exit(1);
}
const folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-deb-'));
// Folders of a package can be entered by everybody.
process.umask(0o022);
chmodSync(folder, 0o755);
try {
  process.exitCode = build(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
