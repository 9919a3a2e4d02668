/** The terminal program, as a shell meets it: output, exit status, and the file afterwards. */

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readIndependently } from '../support/independent-reader.ts';
import { boundByPermissions } from '../support/unprivileged.ts';

const CLI = path.resolve(import.meta.dirname, '../../out/main/cli.js');
const LETTERS = ['ann', 'ben', 'cat'].map(
  (name) =>
    `From ${name}@example.org Thu Jan  1 00:00:00 2004\nFrom: ${name} <${name}@example.org>\nTo: us@example.org\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe_${name}?=\nDate: Thu, 1 Jan 2004 10:00:00 +0100\n\nDear all, ${name}\n\n`,
);

let folder = '';
let mailbox = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-cli-'));
  mailbox = path.join(folder, 'box.mbox');
  writeFileSync(mailbox, LETTERS.join(''));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function mailkeep(words: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...words], {
    input,
    encoding: 'latin1',
    timeout: 60_000,
  });
  return { status, stdout: Buffer.from(stdout, 'latin1').toString('utf8'), stderr, raw: stdout };
}

interface Listed {
  readonly key: string;
  readonly index: number;
  readonly offset: number;
  readonly length: number;
  readonly subject: string;
  readonly to: string;
  readonly date: string;
  readonly digest: string;
}

const list = (...words: readonly string[]): Listed[] =>
  mailkeep(['list', mailbox, '--json', ...words])
    .stdout.trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Listed);

it('info says what the archive is', () => {
  const { status, stdout } = mailkeep(['info', mailbox, '--json']);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    path: mailbox,
    format: 'mbox',
    dialect: 'unknown',
    lineEnd: 'LF',
    messages: 3,
    bytes: LETTERS.join('').length,
    preambleBytes: 0,
    doubtful: 0,
    journal: 'none',
  });
});

it('list gives every message its place, its digest and its key', () => {
  const rows = list('--digest');
  expect(rows.map((row) => row.subject)).toEqual(['Grüße ann', 'Grüße ben', 'Grüße cat']);
  const bytes = readFileSync(mailbox);
  for (const { offset, length, digest } of rows) {
    const stored = bytes.subarray(offset, offset + length);
    expect(createHash('sha256').update(stored).digest('hex')).toBe(digest);
  }
  expect(rows[0]).toMatchObject({ to: 'us@example.org', date: '2004-01-01T09:00:00.000Z' });
  expect(list('--offset', '1', '--limit', '1').map((row) => row.index)).toEqual([1]);
  expect(list('--query', 'BEN').map((row) => row.index)).toEqual([1]);
  expect(list('--sort', 'subject', '--descending').map((row) => row.index)).toEqual([2, 1, 0]);
});

it('show decodes a message, or gives its exact bytes', () => {
  const key = list()[1]?.key ?? '';
  const shown = mailkeep(['show', mailbox, key]).stdout;
  expect(shown).toContain('Subject: Grüße ben');
  expect(shown).toContain('Dear all, ben');
  expect(mailkeep(['show', mailbox, key, '--raw']).raw).toBe(LETTERS[1]);
});

it('delete removes exactly what the key names, once, and keeps a copy', async () => {
  const key = list()[1]?.key ?? '';
  const copy = path.join(folder, 'copy.mbox');
  expect(mailkeep(['delete', mailbox, key, '--keep-copy', copy]).status).toBe(0);
  expect(readFileSync(mailbox, 'latin1')).toBe(`${LETTERS[0]}${LETTERS[2]}`);
  expect(readFileSync(copy, 'latin1')).toBe(LETTERS[1]);
  const again = mailkeep(['delete', mailbox, key, '--json']);
  expect(again.status).toBe(1);
  expect(JSON.parse(again.stderr)).toMatchObject({ code: 'GONE', kind: 'conflict' });
  expect(await readIndependently(mailbox)).toHaveLength(2);
});

it('delete refuses to keep the copy in the archive itself, and changes nothing', () => {
  const key = list()[0]?.key ?? '';
  const { status, stderr } = mailkeep(['delete', mailbox, key, '--keep-copy', mailbox]);
  expect(status).toBe(2);
  expect(stderr).toContain('another file');
  expect(readFileSync(mailbox, 'latin1')).toBe(LETTERS.join(''));
});

it('delete ends with 1, and says why, where a message has to stay; others go', () => {
  // Only its Content-Length tells that the line at the end of the first letter begins none; without the
  // second one it would.
  const date = 'Thu Jan  1 00:00:00 2004';
  const body = `Hello\n\nFrom ann@example.org ${date}\n`;
  const first = `From a@b ${date}\nSubject: one\nContent-Length: ${body.length}\n\n${body}`;
  const needed = `From c@d ${date}\nwithout a header\n\n`;
  writeFileSync(mailbox, first + needed + LETTERS.join(''));
  const [, stays = '', , goes = ''] = list().map(({ key }) => key);
  const { status, stdout, stderr } = mailkeep(['delete', mailbox, stays, goes, '--json']);
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ removed: { messages: 1 } });
  expect(JSON.parse(stderr)).toMatchObject({ code: 'NEEDED', details: { key: stays } });
  expect(readFileSync(mailbox, 'latin1')).toBe(first + needed + LETTERS[0] + LETTERS[2]);
});

it('verify reads everything twice, and gives the digest of all messages as stored', () => {
  const { status, stdout } = mailkeep(['verify', mailbox, '--json']);
  expect(status).toBe(0);
  const bytes = readFileSync(mailbox);
  expect(JSON.parse(stdout)).toMatchObject({
    messages: LETTERS.length,
    bytes: bytes.length,
    digest: createHash('sha256').update(bytes).digest('hex'),
  });
});

it('append delivers a message that others find', async () => {
  const { status, stdout } = mailkeep(['append', mailbox], 'Subject: new\n\nFrom here on\n');
  expect(status).toBe(0);
  expect(list().at(-1)?.key).toBe(stdout.trim());
  expect((await readIndependently(mailbox)).map((message) => message.subject)).toEqual([
    'Grüße ann',
    'Grüße ben',
    'Grüße cat',
    'new',
  ]);
  expect(readFileSync(mailbox, 'latin1')).toContain('\n>From here on\n');
});

it('usage ends with 2, a refusal with 1, each with a sentence', () => {
  expect(mailkeep([]).status).toBe(2);
  expect(mailkeep(['nonsense', mailbox]).status).toBe(2);
  expect(mailkeep(['list', mailbox, '--sort', 'colour']).status).toBe(2);
  expect(mailkeep(['show', mailbox, '0123456789abcdef']).status).toBe(1);
  const missing = mailkeep(['info', path.join(folder, 'nothing')]);
  expect(missing.status).toBe(1);
  expect(missing.stderr).toContain('There is no file at this place');
});

it('every command tells how it is used, and that is no misuse', () => {
  for (const [name, asked] of [
    ['list', '--help'],
    ['serve', '-h'],
  ] as const) {
    const { status, stdout, stderr } = mailkeep([name, asked]);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`usage: mailkeep ${name} `);
  }
});

it('says which Mailkeep it is, and how a command is used, and is done', () => {
  const about = readFileSync(path.resolve(import.meta.dirname, '../../package.json'), 'utf8');
  const { version } = JSON.parse(about) as { readonly version: string };
  for (const word of ['--version', '-V']) {
    expect(mailkeep([word])).toMatchObject({
      status: 0,
      stdout: `mailkeep ${version}\n`,
      stderr: '',
    });
  }
  expect(mailkeep(['help', 'list']).stdout).toBe(mailkeep(['list', '-h']).stdout);
  const help = mailkeep(['help']).stdout;
  expect(help).toBe(mailkeep(['-h']).stdout);
  const names = [...help.matchAll(/^ {2}([a-z]+) /gm)].map(([, name = '']) => name);
  expect(names).toContain('export');
  const texts = [help, mailkeep(['help', 'export']).stdout];
  // As wide as a terminal is, at the least.
  for (const text of texts) expect(text).not.toMatch(/^.{81}/m);
  const manual = readFileSync(
    path.resolve(import.meta.dirname, '../../build/linux/mailkeep.1'),
    'utf8',
  ).replaceAll('\\-', '-');
  for (const word of ['--version', '-V', '--help', '-h']) expect(manual).toContain(word);
});

it('a wrong option is met with the usage of that command, not of all', () => {
  const { status, stderr } = mailkeep(['list', mailbox, '--colour']);
  expect(status).toBe(2);
  expect(stderr).toContain('usage: mailkeep list FILE');
  expect(stderr).not.toContain('compact');
});

it('a query may begin with what it leaves out', () => {
  const subjects = (...words: readonly string[]): number => {
    const { status, stdout } = mailkeep(['search', '--json', ...words]);
    expect(status).toBe(0);
    return stdout.split('\n').filter(Boolean).length;
  };
  expect(subjects(mailbox, '-from:ann')).toBe(2);
  expect(subjects(mailbox, '-"from nobody"')).toBe(3);
  expect(subjects(mailbox, '--', '-from:ann')).toBe(2);
  expect(mailkeep(['search', mailbox, '-h']).stdout).toContain('usage: mailkeep search');
  expect(mailkeep(['search', mailbox, '--colour']).status).toBe(2);
  expect(mailkeep(['list', mailbox, '-x']).status).toBe(2);
});

it('a word that a command has no use for is misuse: nothing is done to the first file either', () => {
  const other = path.join(folder, 'other.mbox');
  writeFileSync(other, LETTERS.join(''));
  for (const command of ['list', 'compact', 'append']) {
    const { status, stdout, stderr } = mailkeep([command, mailbox, other], 'Subject: new\n\n');
    expect([command, status, stdout]).toEqual([command, 2, '']);
    expect(stderr).toContain(`no use for "${other}"`);
  }
  expect(mailkeep(['serve', '--stdio', mailbox]).status).toBe(2);
  expect(readFileSync(mailbox, 'latin1')).toBe(LETTERS.join(''));
});

it('an error names the file, or the message, that it is about, and steers no terminal', () => {
  const missing = path.join(folder, 'none\x1b[31m');
  expect(mailkeep(['info', missing]).stderr).toContain(`${path.join(folder, 'none?[31m')}: There`);
  const [row] = list();
  const gone = mailkeep(['delete', mailbox, row?.key ?? '', '0123456789abcdef']);
  expect(gone.stderr).toContain('0123456789abcdef: This message is no longer');
});

it('delete keeps no copy where nobody would find it again, and then removes nothing', () => {
  const key = list()[1]?.key ?? '';
  const mmdf = `\x01\x01\x01\x01\n${LETTERS[0]}\x01\x01\x01\x01\n`;
  const others = { 'mail.mmdf': [mmdf, 2], 'picture.jpg': ['\xff\xd8\xff\xe0\0JFIF', 1] } as const;
  for (const [name, [content, exit]] of Object.entries(others)) {
    const copy = path.join(folder, name);
    writeFileSync(copy, content, 'latin1');
    const { status, stderr } = mailkeep(['delete', mailbox, key, '--keep-copy', copy]);
    expect([status, stderr.startsWith(`mailkeep: ${copy}: `)]).toEqual([exit, true]);
    expect(readFileSync(copy, 'latin1')).toBe(content);
    expect(readFileSync(mailbox, 'latin1')).toBe(LETTERS.join(''));
  }
});

it('a place that may not be written to is not said to be a file that may not be read', () => {
  const key = list()[1]?.key ?? '';
  const closed = path.join(folder, 'closed');
  mkdirSync(closed, { mode: 0o500 });
  const copy = path.join(closed, 'copy.mbox');
  const [program = '', ...words] = [...boundByPermissions, process.execPath, CLI];
  const asked = ['delete', mailbox, key, '--keep-copy', copy];
  const { status, stderr } = spawnSync(program, [...words, ...asked], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([1, expect.stringContaining('not allowed to write here')]);
  expect(readFileSync(mailbox, 'latin1')).toBe(LETTERS.join(''));
});
