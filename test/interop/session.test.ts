/**
 * A session over `serve`, as the single-file mailboxes of Python's module behave where no promise
 * forbids it: what is added under a lock waits for the flush, what replaces waits too, a close writes
 * what is pending; and what was removed or flagged deleted can be had back.
 */

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Flushed } from '../../shared/contract.ts';
import { readIndependently } from '../support/independent-reader.ts';
import { Served } from '../support/served.ts';

const letter = (name: string, fields = ''): string =>
  `From ${name}@example.org Thu Jan  1 00:00:00 2004\nSubject: ${name}\n${fields}\nThis is the letter ${name}.\n\n`;
const [ANN, BEN, CAT] = [letter('ann'), letter('ben'), letter('cat')];
const base64 = (text: string): string => Buffer.from(text, 'latin1').toString('base64');

let folder = '';
let mailbox = '';
let engine: Served;

const content = (): string => readFileSync(mailbox, 'latin1');
const subjects = async (): Promise<readonly string[]> =>
  (await readIndependently(mailbox)).map(({ subject }) => subject);
const add = async (message: string, more: object = {}): Promise<string> =>
  (await engine.call<{ key: string }>('add', { message: base64(message), ...more })).key;
const messageOf = async (key: string): Promise<string> =>
  Buffer.from((await engine.call<{ message: string }>('get', { key })).message, 'base64').toString(
    'latin1',
  );

async function open(): Promise<readonly string[]> {
  engine = new Served();
  await engine.call('open', { path: mailbox });
  return (await engine.call<{ keys: string[] }>('keys')).keys;
}

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-session-'));
  mailbox = path.join(folder, 'box.mbox');
  writeFileSync(mailbox, ANN + BEN + CAT);
});
afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('add', () => {
  it('appends at once, as a delivery does, while nothing is locked', async () => {
    await open();
    const key = await add('Subject: dan\n\nHere I am.\n');
    expect(content().startsWith(ANN + BEN + CAT)).toBe(true);
    expect(await subjects()).toEqual(['ann', 'ben', 'cat', 'dan']);
    expect(await messageOf(key)).toBe('Subject: dan\n\nHere I am.\n');
  });

  it('waits for the flush while the archive is locked, and can be read meanwhile', async () => {
    await open();
    await engine.call('lock');
    const dan = await add('Subject: dan\n\nHere I am.\n');
    const eve = await add('Subject: eve\n\nHere I am.\n');
    expect(content()).toBe(ANN + BEN + CAT);
    expect(await messageOf(dan)).toBe('Subject: dan\n\nHere I am.\n');
    const { keys } = await engine.call<{ keys: string[] }>('keys');
    expect(keys.slice(3)).toEqual([dan, eve]);
    await engine.call('remove', { keys: [eve] });
    await engine.call('flush');
    await engine.call('unlock');
    expect(await subjects()).toEqual(['ann', 'ben', 'cat', 'dan']);
    expect(await messageOf(dan)).toBe('Subject: dan\n\nHere I am.\n');
    await expect(messageOf(eve)).rejects.toMatchObject({ code: 'GONE' });
  });

  it('I4: a key given out before the flush means the same message behind it, twins too', async () => {
    await open();
    await engine.call('lock');
    const line = { separatorLine: 'From dan@example.org Thu Jan  1 00:00:00 2004' };
    const twins = [];
    for (let at = 0; at < 3; at++) twins.push(await add('Subject: dan\n\nTwin.\n', line));
    expect(new Set(twins).size).toBe(3);
    await engine.call('remove', { keys: [twins[1] ?? ''] });
    await engine.call('flush');
    expect((await engine.call<{ keys: string[] }>('keys')).keys.slice(3)).toEqual([
      twins[0],
      twins[2],
    ]);
    const again = await add('Subject: dan\n\nTwin.\n', line);
    expect(twins).not.toContain(again);
  });

  it('what was accepted is written even if the other side goes away without a word', async () => {
    await open();
    await engine.call('lock');
    await add('Subject: dan\n\nHere I am.\n');
    await engine.close();
    expect(await subjects()).toEqual(['ann', 'ben', 'cat', 'dan']);
    expect(readdirSync(folder)).toEqual(['box.mbox']);
  });
});

describe('replace', () => {
  it('puts a message in the place of another at the flush, and nothing else changes', async () => {
    const [ann = '', ben = '', cat = ''] = await open();
    const { key } = await engine.call<{ key: string }>('replace', {
      key: ben,
      message: base64('Subject: ben again\n\nA longer letter than before, by far.\n'),
    });
    expect(content()).toBe(ANN + BEN + CAT);
    expect(await messageOf(key)).toContain('A longer letter');
    await engine.call('flush');
    expect(content().startsWith(ANN + CAT)).toBe(true);
    expect(await subjects()).toEqual(['ann', 'cat', 'ben again']);
    expect((await engine.call<{ keys: string[] }>('keys')).keys).toEqual([ann, cat, key]);
    await expect(messageOf(ben)).rejects.toMatchObject({ code: 'GONE' });
  });

  it('I5: does not remove what somebody changed meanwhile, and loses neither', async () => {
    const [, ben = ''] = await open();
    await engine.call('replace', { key: ben, message: base64('Subject: ben again\n\nNew.\n') });
    writeFileSync(mailbox, ANN + BEN.replace('letter ben', 'LETTER BEN') + CAT);
    const { conflicts } = await engine.call<Flushed>('flush');
    expect(conflicts).toHaveLength(1);
    expect(await subjects()).toEqual(['ann', 'ben', 'cat', 'ben again']);
    expect(content()).toContain('LETTER BEN');
  });
});

it('close writes what is pending, as Python does', async () => {
  const [ann = ''] = await open();
  await engine.call('remove', { keys: [ann] });
  await engine.call('close');
  expect(content()).toBe(BEN + CAT);
});

describe('what is flagged deleted inside the file', () => {
  const THUNDERBIRD = letter('tom', 'X-Mozilla-Status: 0009\n');
  const DOVECOT = letter('dot', 'Status: RO\nX-Status: AD\n');

  it('is taken back in place: same size, same inode, no other byte changed', async () => {
    writeFileSync(mailbox, ANN + THUNDERBIRD + BEN + DOVECOT);
    const { ino } = statSync(mailbox);
    const keys = await open();
    const { undeleted } = await engine.call<{ undeleted: number }>('undelete', { keys });
    expect(undeleted).toBe(2);
    expect(content()).toBe(
      ANN + THUNDERBIRD.replace('0009', '0001') + BEN + DOVECOT.replace('AD', 'A '),
    );
    expect(statSync(mailbox).ino).toBe(ino);
    const after = (await engine.call<{ keys: string[] }>('keys')).keys;
    expect(after).toHaveLength(4);
    expect([after[0], after[2]]).toEqual([keys[0], keys[2]]);
    expect(await engine.call('status')).toMatchObject({ deleted: { messages: 0 } });
  });

  it('is compacted away if asked, and only then', async () => {
    writeFileSync(mailbox, ANN + THUNDERBIRD + BEN + DOVECOT);
    const [ann = ''] = await open();
    await engine.call('remove', { keys: [ann] });
    expect(await engine.call('status')).toMatchObject({ flagged: { messages: 2 } });
    expect((await engine.call<Flushed>('flush')).removed.messages).toBe(1);
    expect((await engine.call<Flushed>('flush', { flagged: 'remove' })).removed.messages).toBe(2);
    expect(content()).toBe(BEN);
  });
});

describe('restore', () => {
  it('puts removed messages back as they were stored', async () => {
    const [ann = '', ben = '', cat = ''] = await open();
    const copy = path.join(folder, 'removed.mbox');
    await engine.call('remove', { keys: [ann, cat] });
    await engine.call('flush', { copyTo: copy });
    expect(content()).toBe(BEN);
    expect(readFileSync(copy, 'latin1')).toBe(ANN + CAT);
    await engine.call('restore', { from: copy, keys: [cat] });
    expect(content()).toBe(BEN + CAT);
    await engine.call('restore', { from: copy });
    expect(content()).toBe(BEN + CAT + ANN + CAT);
    const { keys } = await engine.call<{ keys: string[] }>('keys');
    expect(new Set(keys).size).toBe(4);
    expect(keys[0]).toBe(ben);
    expect(keys.slice(1)).not.toContain(cat);
  });

  it('refuses the archive itself, a key that is not there, and another format', async () => {
    await open();
    const from = path.join(folder, 'other.mbox');
    writeFileSync(from, ANN);
    await expect(engine.call('restore', { from: mailbox })).rejects.toMatchObject({
      code: 'MISUSE',
    });
    await expect(
      engine.call('restore', { from, keys: ['0000000000000000'] }),
    ).rejects.toMatchObject({ code: 'GONE' });
    await expect(
      engine.call('restore', { from: path.join(folder, 'nowhere') }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(content()).toBe(ANN + BEN + CAT);
  });
});

it('verify finds what a look at the identity and the end of a file cannot', async () => {
  const long = letter('long').replace('\n\n', `\n\n${'words\n'.repeat(2000)}`);
  writeFileSync(mailbox, ANN + BEN + long);
  const [, ben = ''] = await open();
  writeFileSync(mailbox, ANN + BEN.replace('letter ben', 'LETTER BEN') + long + CAT);
  expect(await engine.call('sync')).toMatchObject({ how: 'appended', arrived: 1 });
  expect(await engine.call('verify')).toMatchObject({ how: 'changed', altered: 1 });
  await expect(messageOf(ben)).rejects.toMatchObject({ code: 'GONE' });
});
