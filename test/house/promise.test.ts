/**
 * Goal: no promise is made without the test that shows it.
 * Method: I1 to I11 are looked for in the mailbox's README, where their text lives, and in the tests.
 */

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, sourceFiles } from './tree.ts';

const NAMES = Array.from({ length: 11 }, (_, index) => `I${index + 1}`);

const readmePath = path.join(ROOT, 'electron/mailbox/README.md');
const readme = existsSync(readmePath) ? readFileSync(readmePath, 'utf8') : '';
const tests = sourceFiles(['test']).filter(
  (file) => /\.(?:test|spec)\.tsx?$/.test(file.path) && !file.path.startsWith('test/house/'),
);

/** Tests as the README names them: `interop/lock*` is every file that begins so. */
const shownBy = [...readme.matchAll(/`((?:unit|model|interop|fault|fuzz|e2e)\/[^`]+)`/g)].map(
  ([, test]) => test ?? '',
);

it.each([...new Set(shownBy)])('the test %s is there', (test) => {
  const begin = `test/${test.replace(/\*$/, '')}`;
  const isIt = ({ path: file }: { readonly path: string }): boolean =>
    test.endsWith('*')
      ? file.startsWith(begin)
      : file === `${begin}.test.ts` || file === `${begin}.spec.ts`;
  expect(tests.some(isIt)).toBe(true);
});

describe.each(NAMES)('%s', (name) => {
  const word = new RegExp(`\\b${name}\\b`);

  it('stands in electron/mailbox/README.md', () => {
    expect(readme).toMatch(word);
  });

  it('is named by a test', () => {
    expect(tests.filter((file) => word.test(file.text)).map((file) => file.path)).not.toEqual([]);
  });
});
