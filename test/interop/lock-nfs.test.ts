/**
 * Where flock is a lock of the fcntl kind, as on NFS: our own two locks do not keep us out, others'
 * do, and both count as held. The engine and Python run with such locks.
 */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Status } from '../../shared/status.ts';
import { numberedLetters } from '../support/letters.ts';
import { nfsLikeLocks } from '../support/nfs-like.ts';
import { runPeer, startPeer } from '../support/peers.ts';
import { Served } from '../support/served.ts';

const LETTERS = numberedLetters('us', 5, 200);

const HOLD = `
import fcntl, sys
file = open(sys.argv[1], 'r+b')
getattr(fcntl, sys.argv[2])(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
print('held', flush=True)
sys.stdin.readline()
`;

let environment: Readonly<Record<string, string>> = {};
let folder = '';
let mailbox = '';
let engine: Served;
beforeAll(() => {
  environment = nfsLikeLocks();
});
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-nfs-'));
  mailbox = path.join(folder, 'box.mbox');
  writeFileSync(mailbox, LETTERS.join(''));
  engine = new Served({ environment });
});
afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const BOTH = `
import fcntl, sys
file = open(sys.argv[1], 'r+b')
fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
try: fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB); print('both')
except OSError: print('one')
`;

describe.skipIf(process.platform !== 'linux')('locks as on NFS', () => {
  it('keep a program out by its own first lock, as they do there', async () => {
    const program = ['-I', '-c', BOTH, mailbox];
    expect((await runPeer('python3', program, { environment })).output).toBe('one\n');
    expect((await runPeer('python3', program)).output).toBe('both\n');
  });

  it('are both covered, and a flush is as it ever was', async () => {
    await engine.call('open', { path: mailbox });
    const { keys } = await engine.call<{ keys: string[] }>('keys');
    const { locks } = await engine.call<Pick<Status, 'locks'>>('lock');
    expect(locks.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'fcntl held',
      'flock held',
      'dotlock held',
    ]);
    for (const how of ['lockf', 'flock']) {
      const python = startPeer('python3', ['-I', '-c', HOLD, mailbox, how], { environment });
      expect((await python.ended).status, `${how} is refused to Python`).not.toBe(0);
    }
    await engine.call('remove', { keys: [keys[2]] });
    await engine.call('flush');
    await engine.call('unlock');
    expect(readFileSync(mailbox, 'latin1')).toBe(LETTERS.filter((_, at) => at !== 2).join(''));
  });

  it.each(['lockf', 'flock'])('keep us out while Python has them by %s', async (how) => {
    await engine.call('open', { path: mailbox });
    const python = startPeer('python3', ['-I', '-c', HOLD, mailbox, how], {
      environment,
      spokenTo: true,
    });
    expect(await python.line()).toBe('held');
    await expect(engine.call('lock', { limitMs: 100 })).rejects.toMatchObject({ code: 'LOCKED' });
    python.tell('release');
    await python.ended;
    await engine.call('lock', { limitMs: 5000 });
  });
});
