/**
 * The promises, one by one, against the built engine as another program meets it, with mailboxes
 * that are changed behind its back in the ways that make its peers lose mail (reference: CPython's
 * mailbox, mutt and Thunderbird each fail one of these).
 */

import {
  appendFileSync,
  chmodSync,
  linkSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Flushed } from '../../shared/contract.ts';
import type { Diff } from '../../shared/diff.ts';
import type { Status } from '../../shared/status.ts';
import { pythonHolds } from '../support/peers.ts';
import { Served } from '../support/served.ts';

const letter = (name: string, body = `This is the letter ${name}.`): string =>
  `From ${name}@example.org Thu Jan  1 00:00:00 2004\nSubject: ${name}\nStatus: RO\n\n${body}\n\n`;
const PREAMBLE = 'These lines stand before the first message.\n\n';
const [ANN, BEN, CAT, DAN] = ['ann', 'ben', 'cat', 'dan'].map((name) => letter(name)) as [
  string,
  string,
  string,
  string,
];

let folder = '';
let mailbox = '';
let engine: Served;

const content = (): string => readFileSync(mailbox, 'latin1');

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-promises-'));
  mailbox = path.join(folder, 'box.mbox');
  writeFileSync(mailbox, PREAMBLE + ANN + BEN + CAT + DAN);
  engine = new Served();
});
afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(file = mailbox): Promise<readonly [string, string, string, string]> {
  await engine.call('open', { path: file });
  const { keys } = await engine.call<{ keys: string[] }>('keys');
  return keys as unknown as readonly [string, string, string, string];
}

async function removeAndFlush(...keys: readonly string[]): Promise<Flushed> {
  await engine.call('remove', { keys });
  return engine.call<Flushed>('flush');
}

it('I1: the same file: inode, mode, hard link and symlink stay', async () => {
  chmodSync(mailbox, 0o640);
  const hard = path.join(folder, 'hard');
  const soft = path.join(folder, 'soft');
  linkSync(mailbox, hard);
  symlinkSync(mailbox, soft);
  const factsNow = (): readonly unknown[] => {
    const { ino, mode, nlink, uid, gid } = statSync(mailbox);
    return [ino, mode, nlink, uid, gid, lstatSync(soft).isSymbolicLink()];
  };
  const before = factsNow();
  expect(before.at(2)).toBe(2);
  const [ann, ben] = await open(soft);
  await removeAndFlush(ben);
  expect(factsNow()).toEqual(before);
  expect(readFileSync(hard, 'latin1')).toBe(PREAMBLE + ANN + CAT + DAN);
  // Whatever else changes it.
  const copyTo = path.join(folder, 'copy');
  await engine.call('add', { message: Buffer.from('Subject: new\n\nnew\n').toString('base64') });
  await engine.call('remove', { keys: [ann] });
  await engine.call('flush', { copyTo });
  await engine.call('restore', { from: copyTo });
  expect(factsNow()).toEqual(before);
  expect(readFileSync(hard, 'latin1')).toBe(content());
  expect(readFileSync(soft, 'latin1')).toBe(content());
  expect(content()).toContain(CAT + DAN);
});

it('I2: nothing is written while somebody else holds the lock, and he is named', async () => {
  const [, ben] = await open();
  const peer = await pythonHolds(mailbox, 'lockf');
  await engine.call('remove', { keys: [ben] });
  await expect(engine.call('lock', { limitMs: 200 })).rejects.toMatchObject({ code: 'LOCKED' });
  expect(content()).toBe(PREAMBLE + ANN + BEN + CAT + DAN);
  await peer.kill();
  await engine.call('flush');
  expect(content()).toBe(PREAMBLE + ANN + CAT + DAN);
});

it('I3: an edit of the same size, its time put back, is seen before anything is written', async () => {
  const [, ben] = await open();
  await engine.call('remove', { keys: [ben] });
  const { atime, mtime } = statSync(mailbox);
  // Two messages of equal size swap places: a program that trusts positions would delete the other.
  writeFileSync(mailbox, PREAMBLE + ANN + CAT + BEN + DAN);
  utimesSync(mailbox, atime, mtime);
  const { removed } = await engine.call<Flushed>('flush');
  expect(removed.messages).toBe(1);
  expect(content()).toBe(PREAMBLE + ANN + CAT + DAN);
});

it('I4: keys go with their messages through every change, and never mean another one', async () => {
  const [ann, ben, cat, dan] = await open();
  writeFileSync(mailbox, PREAMBLE + DAN + letter('eve') + CAT + ANN);
  await engine.call('sync');
  const { keys } = await engine.call<{ keys: string[] }>('keys');
  expect(keys).toEqual([dan, keys[1], cat, ann]);
  expect([ann, ben, cat, dan]).not.toContain(keys[1]);
  await expect(engine.call('get', { key: ben })).rejects.toMatchObject({ code: 'GONE' });
});

it('I5: what was changed since it was marked is not deleted but reported', async () => {
  const body = `${'a'.repeat(4000)}\n${'b'.repeat(4000)}`;
  writeFileSync(mailbox, PREAMBLE + ANN + letter('long', body) + DAN);
  const [, long] = await open();
  await engine.call('remove', { keys: [long] });
  // In the middle, where no fingerprint looks; same size.
  const edited = PREAMBLE + ANN + letter('long', body.replace('aaaa\nbbbb', 'aaXX\nXXbb')) + DAN;
  writeFileSync(mailbox, edited);
  const { removed, conflicts } = await engine.call<Flushed>('flush');
  expect(removed.messages).toBe(0);
  expect(conflicts.map((conflict) => conflict.code)).toEqual(['CHANGED']);
  expect(content()).toBe(edited);
});

it('I6: what others appended stays, what they removed stays removed', async () => {
  const [ann, , cat] = await open();
  await engine.call('remove', { keys: [ann, cat] });
  writeFileSync(mailbox, PREAMBLE + ANN + CAT + DAN + letter('eve'));
  const { removed } = await engine.call<Flushed>('flush');
  expect(removed.messages).toBe(2);
  expect(content()).toBe(PREAMBLE + DAN + letter('eve'));
});

it('I6: a file that was put in its place by renaming is written, not the old one', async () => {
  const [ann] = await open();
  await engine.call('remove', { keys: [ann] });
  const fresh = path.join(folder, 'fresh');
  writeFileSync(fresh, PREAMBLE + ANN + DAN + letter('eve'));
  renameSync(fresh, mailbox);
  await engine.call('flush');
  expect(content()).toBe(PREAMBLE + DAN + letter('eve'));
});

it('I7: every kept byte is the same, with and without blank lines and line ends', async () => {
  const odd = `From x@y Thu Jan  1 00:00:00 2004\r\nSubject: crlf\r\n\r\nbody\r\n>From me\r\n\r\n`;
  writeFileSync(mailbox, `${PREAMBLE}${ANN}${odd}${BEN.trimEnd()}\n${CAT}${DAN.trimEnd()}`);
  const [ann] = await open();
  await removeAndFlush(ann);
  expect(content()).toBe(`${PREAMBLE}${odd}${BEN.trimEnd()}\n${CAT}${DAN.trimEnd()}`);
});

it('an archive that was opened for reading only is never written', async () => {
  await engine.call('open', { path: mailbox, readOnly: true });
  const { keys } = await engine.call<{ keys: string[] }>('keys');
  await expect(engine.call('remove', { keys })).rejects.toMatchObject({ code: 'READ_ONLY' });
  expect(content()).toBe(PREAMBLE + ANN + BEN + CAT + DAN);
});

it('I10: nothing is left beside the archive', async () => {
  const [ann, , , dan] = await open();
  await removeAndFlush(ann, dan);
  await engine.call('add', { message: Buffer.from('Subject: new\n\nnew\n').toString('base64') });
  expect(readdirSync(folder)).toEqual(['box.mbox']);
  expect(content()).toContain('Subject: new\n\nnew\n');
});

it('I11: status says which locks there are, and a change is told in numbers', async () => {
  await open();
  const free = await engine.call<Status>('status');
  expect(free.locks.map(({ name, state }) => `${name} ${state}`)).toEqual([
    'fcntl free',
    'flock free',
    'dotlock free',
  ]);
  const { locks } = await engine.call<Pick<Status, 'locks'>>('lock');
  expect(locks.map(({ state }) => state)).toEqual(['held', 'held', 'held']);
  await engine.call('unlock');
  appendFileSync(mailbox, letter('eve') + letter('fay'));
  const diff = await engine.call<Diff>('sync');
  expect(diff).toMatchObject({ how: 'appended', arrived: 2, gone: 0, altered: 0 });
});

it('requests that make no sense are answered, never met with silence', async () => {
  await expect(engine.call('nonsense')).rejects.toMatchObject({ code: 'MISUSE' });
  await expect(engine.call('get', { key: 7 })).rejects.toMatchObject({ code: 'MISUSE' });
  await expect(engine.call('keys')).rejects.toMatchObject({ code: 'MISUSE' });
  engine.say('{"jsonrpc": "2.0", "id": 9');
  engine.say('[]');
  await expect(engine.call('open', { path: folder })).rejects.toMatchObject({ code: 'NOT_A_FILE' });
});
