/**
 * I11, I3: what a session is told unasked, over `serve`: what another program did, also where only a
 * comparison of everything finds it; how far long work is; and of a cancel whether it came in time.
 */

import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Flushed, NotificationParams } from '../../shared/contract.ts';
import type { Diff } from '../../shared/diff.ts';
import { numberedLetters } from '../support/letters.ts';
import { pythonHolds, until } from '../support/peers.ts';
import { Served } from '../support/served.ts';

/** Enough for several steps of a flush whose gap is narrow. */
const LETTERS = numberedLetters('us', 6000, 9000);
/** Work is told of when it has gone on for so long, and some more. */
const STOPPED_MS = 300;

let folder = '';
let mailbox = '';
let engine: Served;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-told-'));
  mailbox = path.join(folder, 'box.mbox');
  engine = new Served();
});
afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const read = (): string => readFileSync(mailbox, 'latin1');

async function open(letters: readonly string[]): Promise<readonly string[]> {
  writeFileSync(mailbox, letters.join(''));
  await engine.call('open', { path: mailbox });
  return (await engine.call<{ keys: string[] }>('keys')).keys;
}

const heard = <Params>(method: string): readonly Params[] =>
  engine.heard.filter((note) => note.method === method).map(({ params }) => params as Params);
const diffs = (): readonly (Diff | null)[] =>
  heard<NotificationParams<'changed'>>('changed').map(({ diff }) => diff);

it('an append at once; an edit far in front of it as soon as it is quiet', async () => {
  const letters = numberedLetters('us', 20, 2000);
  const [, second = ''] = await open(letters);
  const edited = letters.map((letter, at) =>
    at === 1 ? letter.replaceAll('Line of letter 1', 'LINE OF LETTER 1') : letter,
  );
  writeFileSync(mailbox, [...edited, ...numberedLetters('them', 1, 200)].join(''));
  await until('the append is told', () =>
    diffs().some((diff) => diff?.how === 'appended' && diff.arrived === 1),
  );
  await until('the edit is told', () =>
    diffs().some((diff) => diff?.how === 'changed' && diff.altered === 1 && diff.arrived === 0),
  );
  await expect(engine.call('get', { key: second })).rejects.toMatchObject({ code: 'GONE' });
});

it('a cancel while it waits for a lock: stopped, and nothing has happened', async () => {
  const keys = await open(numberedLetters('us', 5, 200));
  const before = read();
  await engine.call('remove', { keys: [keys[1]] });
  const python = await pythonHolds(mailbox, 'lockf');
  const flushed = engine.call('flush');
  flushed.catch(() => undefined);
  await until('it waits', () => heard('lockWait').length > 0);
  const [wait] = heard<NotificationParams<'lockWait'>>('lockWait');
  expect(wait).toMatchObject({ holder: `python3 (process ${python.pid})`, over: false });
  expect(wait?.limitMs).toBeGreaterThan(1000);
  expect(await engine.call('cancel', { task: wait?.task })).toEqual({ stopped: true });
  await expect(flushed).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(read()).toBe(before);
  expect(await engine.call('status')).toMatchObject({ state: 'ready', marked: { messages: 1 } });
  python.tell('release');
  await python.ended;
  expect((await engine.call<Flushed>('flush')).removed.messages).toBe(1);
});

it('a cancel while bytes move: it can no longer be stopped, says so, and is finished', async () => {
  const keys = await open(LETTERS);
  await engine.call('remove', { keys: [keys[0]] });
  const modified = (): bigint => statSync(mailbox, { bigint: true }).mtimeNs;
  const before = modified();
  const flushed = engine.call<Flushed>('flush');
  // The engine stands still meanwhile, so that its work lasts long enough to be told of.
  const limit = performance.now() + 20_000;
  while (modified() === before) {
    if (performance.now() > limit) throw new Error('not in time: bytes move');
  }
  engine.child.kill('SIGSTOP');
  await new Promise((resolve) => setTimeout(resolve, STOPPED_MS));
  engine.child.kill('SIGCONT');
  const compacting = (): readonly NotificationParams<'progress'>[] =>
    heard<NotificationParams<'progress'>>('progress').filter(({ kind }) => kind === 'compact');
  await until('its progress is told', () => compacting().length > 0);
  const [progress] = compacting();
  expect(progress).toMatchObject({ stoppable: false });
  expect(progress?.total).toBeGreaterThan(progress?.done ?? 0);
  expect(await engine.call('cancel', { task: progress?.task })).toEqual({ stopped: false });
  expect((await flushed).removed.messages).toBe(1);
  expect(compacting().at(-1)).toMatchObject({ over: true });
  expect(read() === LETTERS.slice(1).join('')).toBe(true);
});
