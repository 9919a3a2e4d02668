/**
 * Goal: the house stays one that a newcomer can read: small files, plain names, a word of
 * introduction at every door, nothing dead.
 * Method: every source file of the project is read and measured.
 */

import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOf } from './imports.ts';
import { foldersOf, OURS, PRODUCT, ROOT, sourceFiles, withoutComments } from './tree.ts';

const files = sourceFiles(OURS);
const scripts = files.filter((file) => /\.(?:tsx?|mjs)$/.test(file.path));

/** Usually under 300: of ten files at most one may be longer, and none longer than 400. */
const LINES_USUAL = 300;
const LINES_MAX = 400;
const INTRODUCTION_WORDS_MIN = 12;

/** Files that something other than an import of ours starts. */
const ENTRIES = [
  'electron/main/app.ts',
  // What other programs import.
  'electron/mailbox/exported.ts',
  'electron/engine/process.ts',
  'electron/engine/envelopes/envelope-worker.ts',
  'electron/engine/finding/process.ts',
  'electron/engine/searching/process.ts',
  'electron/engine/indexing/text-worker.ts',
  'electron/cli/cli.ts',
  'electron/preload/preload.ts',
  'renderer/index.html',
  'renderer/pdf/viewer.ts',
];

const baseName = (file: string) => path.posix.basename(file);

describe('files', () => {
  it('have usually under 300 lines, and never more than 400', () => {
    const lengths = files.map(({ path: file, text }) => ({
      file,
      lines: text.replace(/\n$/, '').split('\n').length,
    }));
    expect(lengths.filter(({ lines }) => lines > LINES_MAX)).toEqual([]);
    const unusual = lengths.filter(({ lines }) => lines > LINES_USUAL);
    expect(unusual.length).toBeLessThanOrEqual(files.length / 10);
  });

  it('are named kebab-case, components PascalCase', () => {
    const kebab = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9-]+)*\.(?:ts|mjs|css|html)$/;
    const pascal = /^(?:[A-Z][A-Za-z0-9]*|main)\.tsx$/;
    const odd = files
      .map((file) => baseName(file.path))
      .filter((name) => !(name.endsWith('.tsx') ? pascal : kebab).test(name));
    expect(odd).toEqual([]);
  });

  it('are no barrels', () => {
    expect(scripts.filter((file) => /^index\.(?:tsx?|mjs)$/.test(baseName(file.path)))).toEqual([]);
  });

  it('begin with a comment that says what they are', () => {
    const silent = scripts
      .filter(({ text }) => !/^(?:#!.*\n)?\s*(?:\/\*\*?|\/\/)\s*\S/.test(text))
      .map((file) => file.path);
    expect(silent).toEqual([]);
  });

  it('are all in use', () => {
    const used = new Set(files.flatMap((file) => importsOf(file)).map(({ target }) => target));
    const page = files.find((file) => file.path === 'renderer/index.html')?.text ?? '';
    const dead = sourceFiles(PRODUCT)
      .map((file) => file.path)
      .filter((file) => !ENTRIES.includes(file) && !used.has(file))
      .filter((file) => !page.includes(`src="./${baseName(file)}"`))
      .filter((file) => !page.includes(`src="/${baseName(file)}"`))
      .filter((file) => !file.endsWith('.css') || !isImportedByCss(baseName(file)))
      .filter((file) => !file.endsWith('.d.ts'));
    expect(dead).toEqual([]);
  });
});

describe('names', () => {
  it('say what a thing does, not that it helps', () => {
    const declared = /\b(?:class|function|const|let|type|interface)\s+([A-Za-z_$][\w$]*)/g;
    const vague = scripts.flatMap((file) =>
      [
        ...path.posix.parse(file.path).name.split(/[-.]/),
        ...file.path.split('/').slice(0, -1),
        ...[...withoutComments(file.text).matchAll(declared)].map((match) => match[1] ?? ''),
      ]
        .filter((name) => wordsOf(name).some((word) => VAGUE.has(word)))
        .map((name) => `${file.path}: ${name}`),
    );
    expect([...new Set(vague)]).toEqual([]);
  });
});

describe('folders', () => {
  const rooms = foldersOf(sourceFiles(['electron', 'renderer']));

  it.each(rooms)('%s opens with a README or an introduction in a file', (folder) => {
    const introduced = files.some(
      (file) => path.posix.dirname(file.path) === folder && isIntroduction(file.text),
    );
    expect(introduced || existsSync(path.join(ROOT, folder, 'README.md'))).toBe(true);
  });
});

const VAGUE = new Set(['util', 'utils', 'helper', 'helpers', 'manager', 'managers']);

/** The words of a name: `lockManager` -> lock, manager. */
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
}

function isImportedByCss(name: string): boolean {
  return files.some((file) => file.path.endsWith('.css') && file.text.includes(`/${name}`));
}

/** A head comment that says more than a title. */
function isIntroduction(text: string): boolean {
  const comment = /^\s*(?:\/\*\*?([\s\S]*?)\*\/|((?:\/\/.*\n)+))/.exec(text)?.[0] ?? '';
  return (
    comment
      .replace(/[/*\s]+/g, ' ')
      .trim()
      .split(' ').length >= INTRODUCTION_WORDS_MIN
  );
}
