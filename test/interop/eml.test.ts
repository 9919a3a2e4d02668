/**
 * Goal: a single message in a file of its own opens as an archive of one, is shown whole whatever
 * stands in its text, and is never changed.
 * Method: files as mail programs save them, through the built terminal program and its session; what
 * is taken out is read by Python.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pythonCounts } from '../support/peers.ts';
import { CLI, Served } from '../support/served.ts';

const HEADER =
  'From: ann@example.org\nTo: ben@example.org\nSubject: One letter\nMIME-Version: 1.0\n';
const TRAP =
  'From here on it reads like an archive\n\nFrom ann@example.org Mon Jan  1 00:00:00 2024\nnot a field\n\n';

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-eml-'));
  file = path.join(folder, 'letter.eml');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function cli(...words: string[]) {
  const env = { ...process.env, XDG_STATE_HOME: folder, XDG_CACHE_HOME: folder };
  return spawnSync(process.execPath, [CLI, ...words], {
    encoding: 'utf8',
    env,
    maxBuffer: 1 << 26,
  });
}

const listed = (): { readonly key: string; readonly subject: string; readonly length: number }[] =>
  cli('list', file, '--json')
    .stdout.split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

test.each([
  ['as it is', `${HEADER}\nText\n`],
  [
    'with lines that begin with "From " in a part',
    `${HEADER}Content-Type: multipart/mixed; boundary=b\n\n--b\n\n${TRAP}--b--\n`,
  ],
  ['with CRLF', `${HEADER}\nText\n`.replaceAll('\n', '\r\n')],
  ['behind a byte-order mark', `\ufeff${HEADER}\nText\n`],
  [
    'behind the relic of a From_ line',
    `>From ann@example.org Mon Jan  1 00:00:00 2024\n${HEADER}\nText\n`,
  ],
  ['without a body', HEADER],
  ['with a very long header', `${HEADER}${`X-Long: ${'y'.repeat(900)}\n`.repeat(400)}\nText\n`],
  ['of several megabytes', `${HEADER}\n${'A line of the text.\n'.repeat(300_000)}`],
])(
  '%s, it is one message, and nobody changes it',
  (_how, content) => {
    writeFileSync(file, content);
    const before = readFileSync(file);
    const [message, ...more] = listed();
    expect(message).toMatchObject({ subject: 'One letter', length: before.length });
    expect(more).toEqual([]);
    const key = message?.key ?? '';
    expect(cli('show', file, key, '--raw').stdout).toBe(content);

    const deleted = cli('delete', file, key, '--json');
    expect(deleted.status).toBe(1);
    expect(JSON.parse(deleted.stderr)).toMatchObject({
      code: 'READ_ONLY',
      sentence: expect.stringMatching(/single message.*Nothing was changed/),
    });
    const appended = spawnSync(process.execPath, [CLI, 'append', file], { input: content });
    expect(appended.status).toBe(1);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(folder).filter((name) => name.startsWith('letter'))).toEqual(['letter.eml']);
  },
  60_000,
);

test('it is taken out like any other message', async () => {
  writeFileSync(file, `${HEADER}\n${TRAP.slice(0, 60)}`);
  const box = path.join(folder, 'out.mbox');
  expect(cli('export', file, '--to', box, '--as', 'mboxrd').status).toBe(0);
  expect(await pythonCounts(box)).toBe(1);
  expect(readFileSync(box, 'latin1')).toContain('\n>From here on');
});

test('a session says what it is, and lets nobody make one', async () => {
  writeFileSync(file, `${HEADER}\nText\n`);
  const served = new Served({ environment: { XDG_STATE_HOME: folder, XDG_CACHE_HOME: folder } });
  const status = await served.call('open', { path: file });
  expect(status).toMatchObject({ format: 'eml', messages: 1 });
  expect(status).toMatchObject({ readOnly: expect.stringContaining('single message') });
  const made = path.join(folder, 'new.eml');
  await expect(
    served.call('open', { path: made, format: 'eml', create: true }),
  ).rejects.toMatchObject({ code: 'MISUSE' });
  expect(readdirSync(folder)).not.toContain('new.eml');
  served.child.stdin?.end();
  await served.ended;
});
