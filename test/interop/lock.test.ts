/**
 * Goal: nobody writes to a mailbox while we do, and we never while somebody else does, whichever
 * lock he takes. Method: Python and procmail take real locks from processes of their own.
 */

import { readFile, symlink, unlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { realDisk } from '../../electron/mailbox/disk/real-disk.ts';
import { probeCoverage } from '../../electron/mailbox/lock/coverage.ts';
import { acquire, type LockWait } from '../../electron/mailbox/lock/hold.ts';
import {
  hasPeer,
  type Peer,
  pythonCounts,
  pythonHolds,
  runPython,
  startPeer,
  startProcmail,
  until,
} from '../support/peers.ts';
import { aMailbox, opened } from '../unit/mailbox/lock/a-mailbox.ts';

const WAYS = ['lockf', 'flock', 'dotlock', 'mailbox'] as const;
const LOCK_OF = { lockf: 'fcntl', flock: 'flock', dotlock: 'dotlock', mailbox: 'fcntl' } as const;

/** Fails at once if the lock is not free for another program. */
const TAKE_EACH = `
import fcntl, os, sys
path = sys.argv[1]
for take in (fcntl.lockf, fcntl.flock):
    with open(path, 'r+b') as file: take(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
os.close(os.open(path + '.lock', os.O_CREAT | os.O_EXCL)); os.unlink(path + '.lock')
print('all free')
`;

/** Which locks are refused to another program. */
const REFUSED = `
import fcntl, os, sys
path = sys.argv[1]
refused = []
for name in ('lockf', 'flock'):
    with open(path, 'r+b') as file:
        try: getattr(fcntl, name)(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError: refused.append(name)
try: os.close(os.open(path + '.lock', os.O_CREAT | os.O_EXCL))
except FileExistsError: refused.append('dotlock')
print(*refused)
`;

describe.each(WAYS)('a mailbox that Python locks with %s', (how) => {
  it('makes us wait, names Python, and is ours when it is released', async () => {
    const mailbox = await aMailbox();
    const file = await opened(mailbox);
    const python = await pythonHolds(mailbox, how);
    const waits: LockWait[] = [];
    const held = await acquire({
      disk: realDisk,
      file,
      path: mailbox,
      limitMs: 20_000,
      onWait: (wait) => {
        waits.push(wait);
        if (waits.length === 3) python.tell('release');
      },
    });
    expect(waits.length).toBeGreaterThanOrEqual(3);
    expect(waits[0]).toMatchObject({ limitMs: 20_000 });
    expect(waits[0]?.holder).toBe(`python3 (process ${python.pid})`);
    expect(held.coverage.map((lock) => lock.state)).toEqual(['held', 'held', 'held']);
    await held.release();
    expect((await python.ended).output).toBe('held\nreleased\n');
  });

  it('is refused as LOCKED at the limit, with the name of the holder', async () => {
    const mailbox = await aMailbox();
    const file = await opened(mailbox);
    const python = await pythonHolds(mailbox, how);
    const refused = acquire({ disk: realDisk, file, path: mailbox, limitMs: 50 });
    await expect(refused).rejects.toMatchObject({
      code: 'LOCKED',
      details: { holder: `python3 (process ${python.pid})`, lock: LOCK_OF[how] },
      message: expect.stringContaining('python3'),
    });
    const states = await probeCoverage({ disk: realDisk, file, path: mailbox });
    expect(states.find((lock) => lock.name === LOCK_OF[how])).toEqual({
      name: LOCK_OF[how],
      state: 'unavailable',
      why: `held by python3 (process ${python.pid})`,
    });
    python.tell('release');
    await python.ended;
    expect(await runPython(TAKE_EACH, [mailbox])).toBe('all free\n');
  });

  it('leaves its holder every other lock while we wait: no deadlock', async () => {
    const mailbox = await aMailbox();
    const file = await opened(mailbox);
    const first = await pythonHolds(mailbox, how);
    let told = (): void => undefined;
    const waiting = new Promise<void>((resolve) => {
      told = resolve;
    });
    const ours = acquire({ disk: realDisk, file, path: mailbox, limitMs: 20_000, onWait: told });
    await waiting;
    const taken = how === 'mailbox' ? ['lockf', 'dotlock'] : [how];
    // Blocking calls: they return only because we hold nothing while we wait.
    for (const other of (['lockf', 'flock', 'dotlock'] as const).filter(
      (way) => !taken.includes(way),
    )) {
      const second = await untilHeld(mailbox, other);
      second.tell('release');
      await second.ended;
    }
    first.tell('release');
    await (await ours).release();
  });
});

/** A dotlock may be refused while a round of ours has it for a moment: then once more. */
async function untilHeld(mailbox: string, how: 'lockf' | 'flock' | 'dotlock'): Promise<Peer> {
  for (;;) {
    const held = await pythonHolds(mailbox, how).catch(() => null);
    if (held) return held;
  }
}

describe('while we hold the locks', () => {
  it('every kind is refused to others, and none afterwards', async () => {
    const mailbox = await aMailbox();
    const file = await opened(mailbox);
    const held = await acquire({ disk: realDisk, file, path: mailbox });
    expect(await runPython(REFUSED, [mailbox])).toBe('lockf flock dotlock\n');
    await held.check();
    await held.release();
    expect(await runPython(TAKE_EACH, [mailbox])).toBe('all free\n');
  });

  it('Python refuses to lock, and finds our dotlock beside the symlink it was given', async () => {
    const mailbox = await aMailbox();
    const link = path.join(path.dirname(mailbox), 'link');
    await symlink(mailbox, link);
    const file = await opened(link);
    const held = await acquire({ disk: realDisk, file, path: link });
    expect(await realDisk.facts(`${mailbox}.lock`)).not.toBeNull();
    expect(await realDisk.facts(`${link}.lock`)).not.toBeNull();
    const locking = `import mailbox, sys; mailbox.mbox(sys.argv[1]).lock()`;
    await expect(runPython(locking, [link])).rejects.toThrow('ExternalClashError');
    await held.check();
    await held.release();
    expect(await realDisk.facts(`${mailbox}.lock`)).toBeNull();
    expect(await realDisk.facts(`${link}.lock`)).toBeNull();
  });

  it('a descriptor closed behind our back loses the fcntl lock, and check says so', async () => {
    const mailbox = await aMailbox();
    const file = await opened(mailbox);
    const held = await acquire({ disk: realDisk, file, path: mailbox });
    await readFile(mailbox);
    const python = await pythonHolds(mailbox, 'lockf');
    await expect(held.check()).rejects.toMatchObject({ code: 'LOCK_LOST' });
    python.tell('release');
    await python.ended;
    await expect(held.check()).rejects.toMatchObject({ code: 'LOCK_LOST' });
    await held.release();
  });
});

describe.skipIf(!hasPeer('procmail'))('procmail', () => {
  const MAIL = 'Subject: from procmail\n\ntext\n';

  it('waits inside the kernel until we release, then delivers', async () => {
    const mailbox = await aMailbox();
    const file = await opened(mailbox);
    const held = await acquire({ disk: realDisk, file, path: mailbox });
    const procmail = startProcmail(mailbox, MAIL);
    await until('procmail waits for its lock', async () =>
      (await readFile('/proc/locks', 'utf8')).includes(
        `-> POSIX  ADVISORY  WRITE ${procmail.pid} `,
      ),
    );
    const size = (await file.facts()).size;
    await held.check();
    expect((await file.facts()).size).toBe(size);
    await held.release();
    expect((await procmail.ended).status).toBe(0);
    expect(await pythonCounts(mailbox)).toBe(2);
  });

  it('waits for our dotlock too', async () => {
    const mailbox = await aMailbox();
    const file = await opened(mailbox);
    const held = await acquire({ disk: realDisk, file, path: mailbox });
    const procmail = startProcmail(mailbox, MAIL, 'dotlock');
    await until('procmail tries the dotlock', () => procmail.errors.includes('Locking'));
    const { size } = await file.facts();
    await held.check();
    expect((await file.facts()).size).toBe(size);
    await held.release();
    expect((await procmail.ended).status).toBe(0);
    expect(await pythonCounts(mailbox)).toBe(2);
  });

  it('keeps us out with its lockfile program, whose lock file names nobody', async () => {
    const mailbox = await aMailbox();
    const file = await opened(mailbox);
    await startPeer('lockfile', ['-r0', `${mailbox}.lock`]).ended;
    await expect(
      acquire({ disk: realDisk, file, path: mailbox, limitMs: 0 }),
    ).rejects.toMatchObject({
      code: 'LOCKED',
      details: {
        lock: 'dotlock',
        holder: `an unnamed program, by the lock file ${mailbox}.lock`,
      },
    });
    await unlink(`${mailbox}.lock`);
    await (await acquire({ disk: realDisk, file, path: mailbox, limitMs: 0 })).release();
  });
});
