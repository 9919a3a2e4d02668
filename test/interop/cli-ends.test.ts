/**
 * The terminal program when it is asked to end in the middle, and when its output goes nowhere:
 * nothing of it stays beside the archive, and the archive is whole.
 */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { numberedLetters } from '../support/letters.ts';
import { pythonHolds, until } from '../support/peers.ts';
import { CLI, Served } from '../support/served.ts';

let folder = '';
let mailbox = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-ends-'));
  mailbox = path.join(folder, 'box.mbox');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function keys(): readonly string[] {
  const { stdout } = spawnSync(process.execPath, [CLI, 'list', mailbox, '--json'], {
    encoding: 'utf8',
  });
  const rows = stdout.trim().split('\n');
  return rows.map((row) => (JSON.parse(row) as { readonly key: string }).key);
}

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(words: readonly string[]): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [CLI, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (part: Buffer) => (stdout += part.toString()));
  child.stderr.on('data', (part: Buffer) => (stderr += part.toString()));
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (status) => resolve({ status, stdout, stderr }));
  });
  return { child, ended };
}

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'a compaction that gets %s is taken back or finished, says which, and leaves nothing behind',
  async (signal) => {
    const letters = numberedLetters('us', 60, 1_000_000);
    writeFileSync(mailbox, letters.join(''));
    const [first = '', second = ''] = keys();
    const { child, ended } = run(['delete', mailbox, first, second, '--json']);
    await until(
      'it holds the lock',
      () => existsSync(`${mailbox}.lock`) || child.exitCode !== null,
    );
    child.kill(signal);
    const { status, stdout, stderr } = await ended;
    expect(readdirSync(folder)).toEqual(['box.mbox']);
    const left = readFileSync(mailbox, 'latin1');
    if (status === 0) {
      expect(JSON.parse(stdout)).toMatchObject({ removed: { messages: 2 } });
      expect(left === letters.slice(2).join('')).toBe(true);
    } else {
      expect([status, JSON.parse(stderr)]).toMatchObject([1, { code: 'CANCELLED' }]);
      expect(left === letters.join('')).toBe(true);
    }
  },
);

it('waiting for a lock that somebody else holds ends at once, and takes nothing of theirs away', async () => {
  writeFileSync(mailbox, numberedLetters('us', 3, 100).join(''));
  const [key = ''] = keys();
  const python = await pythonHolds(mailbox, 'mailbox');
  const { child, ended } = run(['delete', mailbox, key]);
  await new Promise((resolve) => child.stderr?.once('data', resolve));
  child.kill('SIGINT');
  const { status, stderr } = await ended;
  expect(status).toBe(1);
  expect(stderr).toMatch(/^note: waiting for the lock held by python[\s\S]*You stopped this/);
  expect(existsSync(`${mailbox}.lock`)).toBe(true);
  await python.kill();
});

it('a session that is asked to end writes what it accepted and lets go of its locks', async () => {
  const letters = numberedLetters('us', 3, 100).join('');
  writeFileSync(mailbox, letters);
  const served = new Served();
  await served.call('open', { path: mailbox });
  await served.call('lock');
  await served.call('add', { message: Buffer.from('Subject: accepted\n\nx\n').toString('base64') });
  served.child.kill('SIGTERM');
  await served.ended;
  expect(readdirSync(folder)).toEqual(['box.mbox']);
  const left = readFileSync(mailbox, 'latin1');
  expect(left.startsWith(letters) && left.includes('Subject: accepted')).toBe(true);
});

it.runIf(existsSync('/dev/full'))('output that cannot be written is said in one sentence', () => {
  writeFileSync(mailbox, numberedLetters('us', 3, 100).join(''));
  const shell = '"$0" "$1" list "$2" >/dev/full';
  const { status, stderr } = spawnSync('sh', ['-c', shell, process.execPath, CLI, mailbox], {
    encoding: 'utf8',
  });
  expect([status, stderr.trim().split('\n')]).toEqual([
    1,
    ['mailkeep: The output could not be written to its end (ENOSPC).'],
  ]);
});

it('a reader that goes away leaves no lock behind', async () => {
  writeFileSync(mailbox, numberedLetters('us', 3, 100).join(''));
  const [key = ''] = keys();
  const { child, ended } = run(['delete', mailbox, key]);
  child.stdout?.destroy();
  await ended;
  expect(readdirSync(folder)).toEqual(['box.mbox']);
  expect(keys()).toHaveLength(2);
});

it('a file that cannot be searched is said, and keeps nobody from the others', () => {
  writeFileSync(mailbox, numberedLetters('us', 3, 100).join(''));
  const missing = path.join(folder, 'missing');
  const words = [CLI, 'search', missing, mailbox, folder, mailbox, 'us', '--json'];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  const files = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).file);
  const errors = stderr
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect([status, files.filter((file) => file === mailbox).length]).toEqual([1, 6]);
  expect(errors).toMatchObject([
    { code: 'NOT_FOUND', details: { path: missing } },
    { code: 'NOT_A_FILE', details: { path: folder } },
  ]);
});
