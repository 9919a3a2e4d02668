/**
 * Goal: nothing goes through a wall of the house unseen.
 * Method: every import of every file is read and judged by the table in walls.ts, independently of
 * the linter. Then files that break each wall, and files that use each door, are planted in an empty
 * copy of the house, and both the table and the linter have to tell them apart.
 */

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importsOf, reachedFrom } from './imports.ts';
import { PRODUCT, ROOT, sourceFiles } from './tree.ts';
import { ROOMS, violations } from './walls.ts';

const product = sourceFiles(PRODUCT);

describe('the walls', () => {
  it('are kept by every file', () => {
    expect(violations(product)).toEqual([]);
  });

  it('leave main no way to a mailbox, however long (one process, one descriptor)', () => {
    const starts = product
      .map((file) => file.path)
      .filter((file) => isBelow(file, 'electron/main'));
    const reached = [...reachedFrom(starts, product)];
    expect(reached.filter((file) => isBelow(file, 'electron/mailbox'))).toEqual([]);
  });

  it('leave a window no way to anything but shared', () => {
    const starts = product.map((file) => file.path).filter((file) => isBelow(file, 'renderer'));
    const reached = [...reachedFrom(starts, product)];
    expect(reached.filter((file) => isBelow(file, 'electron'))).toEqual([]);
  });
});

describe('reading imports', () => {
  const read = (text: string) =>
    importsOf({ path: 'a/b/c.ts', text }).map(({ target, specifier, typeOnly }) => [
      target ?? specifier,
      typeOnly,
    ]);

  it.each([
    [`import { x } from './x.ts';`, 'a/b/x.ts', false],
    [`import type { X } from '../x.ts';`, 'a/x.ts', true],
    [`import { type X } from '../x.ts';`, 'a/x.ts', false],
    [`import {\n  a,\n  type B,\n} from "../../x.ts";`, 'x.ts', false],
    [`export type { X } from './x.ts';`, 'a/b/x.ts', true],
    [`export * from './x.ts';`, 'a/b/x.ts', false],
    [`import './x.css';`, 'a/b/x.css', false],
    [`const x = await import('./x.ts');`, 'a/b/x.ts', false],
    [`let x: import('./x.ts').X;`, 'a/b/x.ts', true],
    [`const x = require('node:fs');`, 'node:fs', false],
  ])('%s', (text, target, typeOnly) => {
    expect(read(text)).toEqual([[target, typeOnly]]);
  });

  it('passes over comments', () => {
    expect(read(`/** import { x } from './x.ts'; */\n  // import './y.ts';`)).toEqual([]);
  });
});

describe('a planted file', () => {
  let house = '';
  const wrong: string[] = [];
  const wrongForUsOnly: string[] = [];
  const right: string[] = [];

  beforeAll(() => {
    house = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-house-'));
    mkdirSync(path.join(house, 'build'));
    for (const name of ['lint.jsonc', 'lint-walls.jsonc']) {
      cpSync(path.join(ROOT, 'build', name), path.join(house, 'build', name));
    }
    plantImports();
    for (const [folder, specifier] of FORBIDDEN_MODULES) {
      wrong.push(plant(folder, `import { x } from '${specifier}';`));
    }
    for (const [folder, code] of FORBIDDEN_WORDS) wrongForUsOnly.push(plant(folder, code));
  });

  afterAll(() => rmSync(house, { recursive: true, force: true }));

  let planted = 0;

  function plant(folder: string, code: string): string {
    const file = `${folder}/planted-${planted++}.ts`;
    mkdirSync(path.join(house, folder), { recursive: true });
    writeFileSync(path.join(house, file), `/** Planted. */\n${code}\nexport const y = x;\n`);
    return file;
  }

  /** Where an import of a value belongs. */
  function placeOf(all: boolean, types: boolean): string[] {
    if (all) return right;
    return types ? wrongForUsOnly : wrong;
  }

  /** An import from each room into each other, as a type and as a value. */
  function plantImports(): void {
    for (const from of ROOMS) {
      for (const to of ROOMS.filter((room) => room !== from)) {
        const relative = path.posix.relative(from.folder, `${to.folder}/thing.ts`);
        const specifier = relative.startsWith('.') ? relative : `./${relative}`;
        const asType = plant(from.folder, `import type { x } from '${specifier}';`);
        const asValue = plant(from.folder, `import { x } from '${specifier}';`);
        const types = from.mayTypesOf?.includes(to.folder) ?? false;
        const all = from.may.includes(to.folder);
        (all || types ? right : wrong).push(asType);
        placeOf(all, types).push(asValue);
      }
    }
  }

  it('is told apart by the table', () => {
    const seen = violations(sourceFiles(PRODUCT, house)).map((line) => line.split(' ')[0] ?? '');
    expect([...new Set(seen)].sort()).toEqual([...wrong, ...wrongForUsOnly].sort());
    expect(right.length).toBeGreaterThan(20);
    expect(wrong.length).toBeGreaterThan(200);
  });

  it('is told apart by the linter', () => {
    expect(lintedFiles(house)).toEqual([...wrong].sort());
  });
});

/** A module of the platform where only one file may use it. */
const FORBIDDEN_MODULES: readonly (readonly [string, string])[] = [
  ...['electron/mailbox', 'electron/mailbox/toc', 'electron/engine', 'electron/message'].flatMap(
    (folder) => ['fs', 'node:fs', 'node:fs/promises'].map((name) => [folder, name] as const),
  ),
  ...['shared', 'electron/mailbox/lock', 'electron/main', 'renderer'].map(
    (folder) => [folder, 'fs-ext'] as const,
  ),
  ...['shared', 'electron/mailbox', 'electron/catalog', 'electron/engine', 'electron/main'].flatMap(
    (folder) => ['@photostructure/sqlite', 'node:sqlite'].map((name) => [folder, name] as const),
  ),
  ...['shared', 'electron/mailbox/disk', 'electron/engine', 'electron/cli', 'renderer'].map(
    (folder) => [folder, 'electron'] as const,
  ),
];

/** Uses that a linter of imports does not see. */
const FORBIDDEN_WORDS: readonly (readonly [string, string])[] = [
  ['electron/main', 'import x from "electron";\nx.ipcMain.handle("a", () => 1);'],
  ['electron/preload', 'import x from "electron";\nx.ipcRenderer.send("a");'],
  ['electron/engine', 'const x = process.parentPort;'],
  ['electron/engine', "const x = load('fs-ext/package.json');"],
  ['electron/engine', "const x = load('@photostructure/sqlite');"],
  ['renderer', "const x: import('../electron/engine/engine.ts').Engine | null = null;"],
];

const isBelow = (file: string, folder: string) => file.startsWith(`${folder}/`);

/** The files of which the linter says that they go through a wall. */
function lintedFiles(folder: string): readonly string[] {
  const biome = path.join(ROOT, 'node_modules/@biomejs/biome/bin/biome');
  const words = ['lint', '--config-path=build/lint.jsonc', '--only=style/noRestrictedImports'];
  const { stdout } = spawnSync(
    process.execPath,
    [biome, ...words, '--reporter=json', '--max-diagnostics=none', '.'],
    { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  const report = JSON.parse(stdout.slice(stdout.indexOf('{'))) as {
    readonly diagnostics: readonly { readonly location: { readonly path: string } }[];
  };
  return [...new Set(report.diagnostics.map(({ location }) => location.path))].sort();
}
