/**
 * What CPython 3.13's mailbox module does to MMDF and Babyl files, done to us, by name: files that
 * it cannot flush, finds nothing in, or writes back with less than was there.
 */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Status } from '../../shared/status.ts';
import { Served } from '../support/served.ts';

const POSTMARK = '\x01\x01\x01\x01\n';
const letter = (name: string): string => `Subject: ${name}\n\nThis is ${name}.\n`;
const mmdf = (name: string): string => `${POSTMARK}${letter(name)}${POSTMARK}`;

const OPTIONS =
  'BABYL OPTIONS: -*- rmail -*-\nVersion: 5\nLabels:paper,draft one\nNote: this is an Rmail file,\nMail: /var/mail/us\nAppend: 1\n\x1f';
/** A message of a Babyl file, reformatted: both header blocks. */
const babyl = (name: string, status: string): string =>
  `\f\n${status}\nSubject: ${name}\nX-Only-Original: yes\n\n*** EOOH ***\nSubject: ${name}\n\nThis is ${name}.\n\x1f`;
/** Flag 0: nothing before the mark, the real header behind it. */
const babylAsCame = (name: string): string =>
  `\f\n0, unseen,,\n*** EOOH ***\nSubject: ${name}\n\nThis is ${name}.\n\x1f`;

let folder = '';
let mailbox = '';
let engine: Served;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-formats-'));
  mailbox = path.join(folder, 'box');
  engine = new Served();
});
afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const read = (): string => readFileSync(mailbox, 'latin1');

async function open(content: string, format: Status['format']): Promise<readonly string[]> {
  writeFileSync(mailbox, content, 'latin1');
  const status = await engine.call<Status>('open', { path: mailbox });
  expect(status.format).toBe(format);
  return (await engine.call<{ keys: string[] }>('keys')).keys;
}

async function removeAndFlush(...keys: readonly (string | undefined)[]): Promise<void> {
  await engine.call('remove', { keys });
  await engine.call('flush');
}

const get = async (key: string | undefined): Promise<string> =>
  Buffer.from((await engine.call<{ message: string }>('get', { key })).message, 'base64').toString(
    'latin1',
  );

describe('CPython and MMDF', () => {
  it('finds no message where lines end with CR and LF', async () => {
    const stored = ['one', 'two', 'three'].map((name) => mmdf(name).replaceAll('\n', '\r\n'));
    const keys = await open(stored.join(''), 'mmdf');
    expect(keys).toHaveLength(3);
    await removeAndFlush(keys[1]);
    expect(read()).toBe(`${stored[0]}${stored[2]}`);
  });

  it('adds a From_ line to what has none: nothing is added to what stays', async () => {
    const keys = await open(['one', 'two', 'three'].map(mmdf).join(''), 'mmdf');
    await removeAndFlush(keys[0]);
    expect(read()).toBe(mmdf('two') + mmdf('three'));
    await engine.call('add', { message: Buffer.from(letter('four')).toString('base64') });
    expect(read().startsWith(mmdf('two') + mmdf('three'))).toBe(true);
    expect(await get((await engine.call<{ keys: string[] }>('keys')).keys[2])).toBe(letter('four'));
  });
});

describe('CPython and Babyl', () => {
  const labelled = OPTIONS + babyl('one', '1, answered,, paper,') + babyl('two', '1, deleted,,');

  it('cannot flush a file with any label, and drops options it does not know', async () => {
    const keys = await open(labelled, 'babyl');
    expect(keys).toHaveLength(2);
    await removeAndFlush(keys[1]);
    expect(read()).toBe(OPTIONS + babyl('one', '1, answered,, paper,'));
  });

  it('loses the header of messages that were not reformatted', async () => {
    const stored = [babylAsCame('one'), babylAsCame('two'), babylAsCame('three')];
    const keys = await open(OPTIONS + stored.join(''), 'babyl');
    expect(await get(keys[1])).toContain('Subject: two\n');
    await removeAndFlush(keys[0]);
    expect(read()).toBe(OPTIONS + stored[1] + stored[2]);
  });

  it('stops at a message without a body', async () => {
    const bare = '\f\n1,,\nSubject: bare\n\n*** EOOH ***\nSubject: bare\n\x1f';
    const keys = await open(OPTIONS + babyl('one', '1,,') + bare + babyl('two', '1,,'), 'babyl');
    expect(keys).toHaveLength(3);
    expect(await get(keys[1])).toContain('Subject: bare');
    await removeAndFlush(keys[0], keys[2]);
    expect(read()).toBe(OPTIONS + bare);
  });
});
