/**
 * The terminal program on MMDF and Babyl: every command means the same as on mbox. And what is opened
 * when a folder is named: what Apple Mail exports, and nothing else.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Served } from '../support/served.ts';

const CLI = path.resolve(import.meta.dirname, '../../out/main/cli.js');
const P = '\x01\x01\x01\x01\n';
const NAMES = ['ann', 'ben', 'cat'] as const;
const headerOf = (name: string): string =>
  `From: ${name} <${name}@example.org>\nTo: us@example.org\nSubject: letter of ${name}\nDate: Thu, 1 Jan 2004 10:00:00 +0100\n`;
const STATUS = { ann: '1, answered,, home,', ben: '0, unseen,,', cat: '1, deleted,,' } as const;

/** The same three letters in each format, and what stands around them. */
const MAILBOXES = {
  mmdf: {
    head: 'a note\n',
    letters: NAMES.map(
      (name) =>
        `${P}${headerOf(name)}X-Status: ${name === 'cat' ? 'D' : 'F'}\n\nDear all, ${name}\n${P}`,
    ),
    tail: '\n',
  },
  babyl: {
    head: 'BABYL OPTIONS: -*- rmail -*-\nVersion: 5\nLabels:home\n',
    letters: NAMES.map((name) => {
      const original = STATUS[name].startsWith('1') ? `${headerOf(name)}X-Old: 1\n\n` : '';
      const status = `\x1f\f\n${STATUS[name]}\n`;
      return `${status}${original}*** EOOH ***\n${headerOf(name)}\nDear all, ${name}\n`;
    }),
    tail: '\x1f\n',
  },
} as const;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-cli-formats-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function mailkeep(words: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...words], {
    input,
    encoding: 'latin1',
    timeout: 60_000,
    env: { ...process.env, XDG_STATE_HOME: folder },
  });
  return { status, stdout, stderr };
}

interface Listed {
  readonly key: string;
  readonly offset: number;
  readonly length: number;
  readonly subject: string;
  readonly from: string;
  readonly to: string;
  readonly date: string;
  readonly flags: readonly string[];
}

const list = (mailbox: string): Listed[] =>
  mailkeep(['list', mailbox, '--json'])
    .stdout.trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Listed);

describe.each(['mmdf', 'babyl'] as const)('%s', (format) => {
  const { head, letters, tail } = MAILBOXES[format];
  const [ann = '', ben = '', cat = ''] = letters;
  let mailbox = '';

  beforeEach(() => {
    mailbox = path.join(folder, 'mail');
    // A person would not have text in front of MMDF; a file that begins with it has to be named.
    writeFileSync(mailbox, (format === 'mmdf' ? '' : head) + letters.join('') + tail, 'latin1');
  });

  it('info names the format', () => {
    const { stdout, status } = mailkeep(['info', mailbox, '--json']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      format,
      messages: 3,
      lineEnd: 'LF',
      preambleBytes: format === 'mmdf' ? 0 : head.length,
      doubtful: 0,
    });
  });

  it('list and show tell what the letters say, whatever the format keeps around them', () => {
    const rows = list(mailbox);
    expect(rows.map(({ from, to, subject, date }) => [from, to, subject, date])).toEqual(
      NAMES.map((name) => [
        name,
        'us@example.org',
        `letter of ${name}`,
        '2004-01-01T09:00:00.000Z',
      ]),
    );
    expect(rows.map(({ flags }) => flags)).toEqual(
      format === 'mmdf'
        ? [['starred'], ['starred'], ['deleted']]
        : [['read', 'answered'], [], ['read', 'deleted']],
    );
    const content = readFileSync(mailbox, 'latin1');
    rows.forEach(({ key, offset, length }, at) => {
      expect(content.slice(offset, offset + length)).toBe(letters[at]);
      expect(mailkeep(['show', mailbox, key, '--raw']).stdout).toBe(letters[at]);
      const shown = JSON.parse(mailkeep(['show', mailbox, key, '--json']).stdout);
      expect(shown.text.trim()).toBe(`Dear all, ${NAMES[at]}`);
      // The header as it came, not the one made for showing.
      const old = shown.headers.some(({ name }: { name: string }) => name === 'X-Old');
      expect(old).toBe(format === 'babyl' && at !== 1);
    });
  });

  it('delete removes exactly the letter, and the copy can be put back', () => {
    const before = readFileSync(mailbox, 'latin1');
    const key = list(mailbox)[1]?.key ?? '';
    const copy = path.join(folder, 'copy');
    expect(mailkeep(['delete', mailbox, key, '--keep-copy', copy]).status).toBe(0);
    expect(readFileSync(mailbox, 'latin1')).toBe(before.replace(ben, ''));
    expect(JSON.parse(mailkeep(['info', copy, '--json']).stdout)).toMatchObject({
      format,
      messages: 1,
    });
    expect(mailkeep(['restore', mailbox, '--from', copy]).status).toBe(0);
    const rows = list(mailbox);
    expect(rows.map(({ subject }) => subject)).toEqual([
      'letter of ann',
      'letter of cat',
      'letter of ben',
    ]);
    expect(rows.at(-1)?.key).toBe(key);
  });

  it('undelete clears the flag in place, compact --flagged removes what has it', () => {
    const before = readFileSync(mailbox, 'latin1');
    const key = list(mailbox)[2]?.key ?? '';
    expect(mailkeep(['undelete', mailbox, key]).status).toBe(0);
    const after = readFileSync(mailbox, 'latin1');
    expect(after.length).toBe(before.length);
    expect(after.slice(0, before.indexOf(cat))).toBe(before.slice(0, before.indexOf(cat)));
    expect(list(mailbox)[2]?.flags).not.toContain('deleted');
    writeFileSync(mailbox, before, 'latin1');
    expect(mailkeep(['compact', mailbox, '--flagged']).status).toBe(0);
    expect(readFileSync(mailbox, 'latin1')).toBe(before.replace(cat, ''));
  });

  it('append delivers behind what is there', () => {
    const before = readFileSync(mailbox, 'latin1');
    const keys = list(mailbox).map(({ key }) => key);
    expect(mailkeep(['append', mailbox], `${headerOf('dan')}\nDear all, dan\n`).status).toBe(0);
    expect(readFileSync(mailbox, 'latin1').startsWith(before)).toBe(true);
    const rows = list(mailbox);
    expect(rows.map(({ key }) => key).slice(0, 3)).toEqual(keys);
    expect(rows[3]).toMatchObject({ from: 'dan', subject: 'letter of dan' });
  });

  it('all letters can go, and a new one comes', () => {
    const keys = list(mailbox).map(({ key }) => key);
    expect(mailkeep(['delete', mailbox, ...keys]).status).toBe(0);
    expect(readFileSync(mailbox, 'latin1')).toBe((format === 'mmdf' ? '' : head) + tail);
    if (format === 'babyl') {
      expect(mailkeep(['append', mailbox], ann).status).toBe(0);
      expect(JSON.parse(mailkeep(['info', mailbox, '--json']).stdout)).toMatchObject({
        messages: 1,
      });
    }
  });

  it('serve makes a new mailbox of the format, which is one again', async () => {
    const made = path.join(folder, 'new');
    const served = new Served();
    await served.call('open', { path: made, create: true, format });
    const message = Buffer.from(`${headerOf('eve')}\nDear all, eve\n`);
    const { key } = await served.call<{ key: string }>('add', {
      message: message.toString('base64'),
    });
    const got = await served.call<{ message: string }>('get', { key });
    expect(Buffer.from(got.message, 'base64')).toEqual(message);
    await served.call('close');
    await served.call('open', { path: made });
    expect(await served.call('status')).toMatchObject({ format, messages: 1 });
    await served.call('close');
    await served.close();
    const empty = path.join(folder, 'empty');
    const again = new Served();
    await again.call('open', { path: empty, create: true, format });
    expect(await again.call('status')).toMatchObject({ format, messages: 0 });
    await again.call('close');
    // An MMDF mailbox without messages is an empty file: nothing in it says what it is.
    await again.call('open', { path: empty, ...(format === 'mmdf' ? { format } : {}) });
    expect(await again.call('status')).toMatchObject({ format, messages: 0 });
    await again.close();
  });

  it('a session that holds the lock adds, replaces and removes', async () => {
    const served = new Served();
    await served.call('open', { path: mailbox });
    await served.call('lock');
    const message = Buffer.from(`${headerOf('fay')}\nDear all, fay\n`).toString('base64');
    const { key } = await served.call<{ key: string }>('add', { message });
    expect((await served.call<{ message: string }>('get', { key })).message).toBe(message);
    const first = list(mailbox)[0]?.key ?? '';
    await served.call('remove', { keys: [first] });
    await served.call('flush');
    await served.call('unlock');
    expect((await served.call<{ message: string }>('get', { key })).message).toBe(message);
    await served.call('close');
    await served.close();
    expect(list(mailbox).map(({ from }) => from)).toEqual(['ben', 'cat', 'fay']);
  });
});

it('a person who knows better names the format', async () => {
  const { head, letters } = MAILBOXES.mmdf;
  const mailbox = path.join(folder, 'with-a-note');
  writeFileSync(mailbox, head + letters.join(''), 'latin1');
  const served = new Served();
  await served.call('open', { path: mailbox, format: 'mmdf' });
  expect(await served.call('status')).toMatchObject({
    format: 'mmdf',
    messages: 3,
    preambleBytes: head.length,
  });
  await served.call('close');
  await expect(served.call('open', { path: mailbox, format: 'babyl' })).rejects.toMatchObject({
    code: 'NOT_A_MAILBOX',
  });
  await served.close();
});

describe('a folder', () => {
  const LETTER = `From ann@example.org Thu Jan  1 00:00:00 2004\n${headerOf('ann')}\nHello\n\n`;

  it('that Apple Mail exported opens as the archive inside it', () => {
    const bundle = path.join(folder, 'Letters.mbox');
    mkdirSync(bundle);
    writeFileSync(path.join(bundle, 'mbox'), LETTER.repeat(2));
    writeFileSync(path.join(bundle, 'table_of_contents'), '\0');
    const { stdout } = mailkeep(['info', bundle, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      path: path.join(bundle, 'mbox'),
      format: 'mbox',
      messages: 2,
    });
    const [first] = list(bundle);
    expect(mailkeep(['delete', bundle, first?.key ?? '']).status).toBe(0);
    expect(readFileSync(path.join(bundle, 'mbox'), 'latin1')).toBe(LETTER);
  });

  it.each([
    ['of Apple Mail itself', 'Messages', /\.emlx.*export/i],
    ['of any kind', 'other', /choose the archive file inside it/],
  ])('%s is refused with a sentence that says what to choose', (_, inside, sentence) => {
    const bundle = path.join(folder, 'Inbox.mbox');
    mkdirSync(path.join(bundle, inside), { recursive: true });
    const { status, stderr } = mailkeep(['info', bundle, '--json']);
    expect(status).toBe(1);
    expect(JSON.parse(stderr)).toMatchObject({
      code: 'NOT_A_FILE',
      sentence: expect.stringMatching(sentence),
    });
  });
});
