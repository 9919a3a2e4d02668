/**
 * I2: a lock that is taken from us while we work is noticed before the next write: the flush stops
 * there, what stands in its place is left alone, and the next open finishes what was begun.
 */

import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Status } from '../../shared/status.ts';
import { numberedLetters } from '../support/letters.ts';
import { until } from '../support/peers.ts';
import { type Refused, Served } from '../support/served.ts';

/** Enough for several steps of a flush whose gap is narrow. */
const LETTERS = numberedLetters('us', 6000, 9000);
const BEFORE = LETTERS.join('');
const AFTER = LETTERS.slice(1).join('');

let folder = '';
let mailbox = '';
let engine: Served;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-lock-lost-'));
  mailbox = path.join(folder, 'box.mbox');
  writeFileSync(mailbox, BEFORE);
  engine = new Served();
});
afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const read = (): string => readFileSync(mailbox, 'latin1');
const modified = (): bigint => statSync(mailbox, { bigint: true }).mtimeNs;

async function open(file = mailbox): Promise<readonly string[]> {
  await engine.call('open', { path: file });
  return (await engine.call<{ keys: string[] }>('keys')).keys;
}

it('in the middle of a flush: it stops, theirs stays, and the next open finishes', async () => {
  const keys = await open();
  await engine.call('remove', { keys: [keys[0]] });
  const before = modified();
  const flushed = engine.call('flush').then(
    () => null,
    (refused: Refused) => refused,
  );
  await until('bytes move', () => modified() !== before);
  unlinkSync(`${mailbox}.lock`);
  writeFileSync(`${mailbox}.lock`, '');
  const refused = await flushed;
  expect(refused).toMatchObject({ code: 'UNSURE', details: { code: 'LOCK_LOST' } });
  expect(refused?.message).toMatch(/close the archive and open it again/);
  const stopped = modified();
  expect(readdirSync(folder).sort()).toEqual([
    'box.mbox',
    'box.mbox.lock',
    'box.mbox.mailkeep-journal',
  ]);
  expect(read()).not.toBe(AFTER);
  await expect(engine.call('flush')).rejects.toMatchObject({ code: 'UNSURE' });
  expect(modified()).toBe(stopped);
  await engine.close();
  expect(readFileSync(`${mailbox}.lock`, 'latin1'), 'not ours to remove').toBe('');

  unlinkSync(`${mailbox}.lock`);
  engine = new Served();
  const status = await engine.call<Status>('open', { path: mailbox });
  expect(status).toMatchObject({ state: 'ready', journal: 'recovered', messages: keys.length - 1 });
  expect(read()).toBe(AFTER);
  expect(readdirSync(folder)).toEqual(['box.mbox']);
});

it('before a flush in a session that holds the locks: nothing is written', async () => {
  const keys = await open();
  await engine.call('lock');
  await engine.call('remove', { keys: [keys[0], keys[9]] });
  unlinkSync(`${mailbox}.lock`);
  writeFileSync(`${mailbox}.lock`, 'theirs');
  await expect(engine.call('flush')).rejects.toMatchObject({ code: 'LOCK_LOST' });
  expect(read()).toBe(BEFORE);
  await engine.call('unlock');
  expect(readFileSync(`${mailbox}.lock`, 'latin1')).toBe('theirs');
  unlinkSync(`${mailbox}.lock`);
  await engine.call('flush');
  expect(read()).toBe(LETTERS.filter((_letter, at) => at !== 0 && at !== 9).join(''));
});

it('one of two, beside the symlink by which the mailbox was given', async () => {
  const link = path.join(folder, 'link');
  symlinkSync('box.mbox', link);
  const keys = await open(link);
  await engine.call('lock');
  expect([existsSync(`${mailbox}.lock`), existsSync(`${link}.lock`)]).toEqual([true, true]);
  await engine.call('remove', { keys: [keys[0]] });
  unlinkSync(`${link}.lock`);
  await expect(engine.call('flush')).rejects.toMatchObject({ code: 'LOCK_LOST' });
  expect(read()).toBe(BEFORE);
  await engine.call('unlock');
  await engine.call('flush');
  expect(read()).toBe(AFTER);
  expect(readdirSync(folder).sort()).toEqual(['box.mbox', 'link']);
});
