/**
 * The mailbox library used by another program: the example of its README, run under plain Node as it
 * stands there, and its declarations and pages, which tell others what they can build on.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
/** A program of the package itself may import it by its name, as others do. */
const PROGRAMS = path.join(ROOT, 'out/example');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-importable-'));
  mkdirSync(PROGRAMS, { recursive: true });
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(PROGRAMS, { recursive: true, force: true });
});

function example(): string {
  const readme = readFileSync(path.join(ROOT, 'electron/mailbox/README.md'), 'utf8');
  const [, program = ''] = /```js\n(.*?)```/s.exec(readme) ?? [];
  const file = path.join(PROGRAMS, 'example.mjs');
  writeFileSync(file, program);
  return file;
}

const letter = (name: string, body: string): string =>
  `From ${name}@example.org Thu Jan  1 10:00:00 2004\nFrom: ${name}@example.org\nSubject: ${name}\n\n${body}\n\n`;

function run(words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [example(), ...words], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, stdout, stderr };
}

it('removes large messages from a mailbox, in place, as its README says', () => {
  const mailbox = path.join(folder, 'letters');
  const [ann, ben, cat] = [
    letter('ann', 'short'),
    letter('ben', 'x'.repeat(5000)),
    letter('cat', 'short'),
  ];
  writeFileSync(mailbox, ann + ben + cat);
  const { ino } = statSync(mailbox);
  const { status, stdout, stderr } = run([mailbox, '4000', path.join(folder, 'state')]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('1 removed, 0 conflicts, 2 left');
  expect(readFileSync(mailbox, 'utf8')).toBe(ann + cat);
  expect(statSync(mailbox).ino).toBe(ino);
});

it('says what is wrong, by a code and in a sentence', () => {
  const nowhere = path.join(folder, 'nowhere');
  const { status, stderr } = run([nowhere, '4000', path.join(folder, 'state')]);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^NOT_FOUND: \S+ .*\.$/m);
});

it('has a page for every name, and its declarations in one file', () => {
  const { status, stderr } = spawnSync(process.execPath, [path.join(ROOT, 'build/docs.mjs')], {
    encoding: 'utf8',
    timeout: 240_000,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: expect.any(String) });
  const page = (name: string): string =>
    readFileSync(path.join(ROOT, 'out/docs/pages', `mailkeep.${name}.md`), 'utf8');
  expect(page('mailbox')).toContain('flush(work, copyTo)');
  expect(page('mailbox.flush')).toContain('nothing was removed then');
  const declared = readFileSync(path.join(ROOT, 'out/docs/mailbox.d.ts'), 'utf8');
  expect(declared).toContain('export declare class Mailbox');
}, 300_000);
