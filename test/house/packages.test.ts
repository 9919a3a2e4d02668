/**
 * Goal: `npm ci` works on every platform and wherever the registry is, and no dependency is there
 * without a reason.
 * Method: the lock file is read as npm reads it. A registry that lacks a platform's package makes
 * `npm install` leave its entry out in silence, and `npm ci` fail on every other machine.
 */

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './tree.ts';

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const read = (name: string) => readFileSync(path.join(ROOT, name), 'utf8');
const lock = JSON.parse(read('package-lock.json')) as {
  readonly packages: Readonly<Record<string, Locked>>;
};
const own = JSON.parse(read('package.json')) as Locked;
const entries = Object.entries(lock.packages).filter(([place]) => place !== '');

/** Where Node finds `name` when the package at `place` asks for it. */
function isLocked(place: string, name: string): boolean {
  for (let at = place; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    const prefix = at === '' ? '' : `${at}/`;
    if (lock.packages[`${prefix}node_modules/${name}`]) return true;
    if (at === '') return false;
  }
}

describe('package-lock.json', () => {
  it.each(['dependencies', 'optionalDependencies'] as const)('has an entry for all %s', (kind) => {
    const lacking = Object.entries(lock.packages).flatMap(([place, entry]) =>
      Object.keys(entry[kind] ?? {})
        .filter((name) => !isLocked(place, name))
        .map((name) => `${place || 'mailkeep'} wants ${name}`),
    );
    expect(lacking).toEqual([]);
  });

  it('is that of package.json', () => {
    const root = lock.packages[''];
    expect(root?.dependencies).toEqual(own.dependencies);
    expect(root?.devDependencies).toEqual(own.devDependencies);
  });

  it('names no registry but the public one', () => {
    const hosts = entries
      .map(([, entry]) => entry.resolved)
      .filter((url) => url !== undefined && !url.startsWith('https://registry.npmjs.org/'));
    expect(hosts).toEqual([]);
  });

  it('pins every package by its digest', () => {
    const loose = entries.filter(([, entry]) => !entry.link && !entry.integrity);
    expect(loose.map(([place]) => place)).toEqual([]);
  });
});

describe('README.md', () => {
  const section = /^#+ Dependencies\b[\s\S]*?(?=^#{1,2} |(?![\s\S]))/m;

  it('says in "Dependencies" why each package is there', () => {
    const file = path.join(ROOT, 'README.md');
    const reasons = section.exec(existsSync(file) ? read('README.md') : '')?.[0] ?? '';
    const names = Object.keys({ ...own.dependencies, ...own.devDependencies });
    expect(names.filter((name) => !reasons.includes(`\`${name}\``))).toEqual([]);
  });
});
