#!/usr/bin/env node
/**
 * Stands in for fpm where electron-builder's own cannot be fetched: makes a deb or an rpm of what fpm is
 * asked for (`fpm -s dir -t deb|rpm OPTION... SOURCE=PLACE...`). Another kind of package is refused.
 */

import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { makeDeb } from './deb.mjs';
import { makeRpm } from './rpm.mjs';

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
    iteration: text,
    license: text,
    maintainer: text,
    name: text,
    package: text,
    'rpm-compression': text,
    'rpm-os': text,
    'rpm-summary': text,
    url: text,
    vendor: text,
    version: text,
  },
});
/** @typedef {typeof values} Asked */

const makers = new Map([
  ['deb', makeDeb],
  ['rpm', makeRpm],
]);

/** Lays out below a folder what is to be installed. @param {string} folder */
function layOut(folder) {
  for (const asked of positionals) {
    const [source = '', place = ''] = asked.split('=');
    const target = path.join(folder, place);
    mkdirSync(path.dirname(target), { recursive: true });
    cpSync(source, target, { recursive: true, verbatimSymlinks: true });
    if (!source.endsWith('/')) chmodSync(target, statSync(source).mode & 0o111 ? 0o755 : 0o644);
  }
}

const make = makers.get(values.t ?? '');
if (!make) {
  process.stderr.write(
    `only ${[...makers.keys()].join(' and ')} can be made here, not ${values.t}\n`,
  );
  process.exit(1);
}
const work = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-package-'));
// Folders of a package can be entered by everybody.
process.umask(0o022);
const folder = path.join(work, 'installed');
mkdirSync(folder);
try {
  layOut(folder);
  process.exitCode = make(folder, values);
} finally {
  rmSync(work, { recursive: true, force: true });
}
