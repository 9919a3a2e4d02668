/**
 * Goal: what `hold` promises its callers (I2): proof that cannot be forged, nothing held after any
 * end, Cancel and the limit obeyed, missing cover told and not fatal.
 */

import { chmod, readdir, stat, symlink, unlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { realDisk } from '../../../../electron/mailbox/disk/real-disk.ts';
import { probeCoverage } from '../../../../electron/mailbox/lock/coverage.ts';
import { acquire, HeldLocks, hold } from '../../../../electron/mailbox/lock/hold.ts';
import { buildForNode, type Peer, startNode, startPeer, until } from '../../../support/peers.ts';
import { aMailbox, opened } from './a-mailbox.ts';

const HELD = [
  { name: 'fcntl', state: 'held', why: '' },
  { name: 'flock', state: 'held', why: '' },
  { name: 'dotlock', state: 'held', why: '' },
];
const FREE = HELD.map((lock) => ({ ...lock, state: 'free' }));

let child = '';
beforeAll(async () => {
  child = await buildForNode('test/unit/mailbox/lock/lock-child.ts');
});

async function said(peer: Peer): Promise<unknown> {
  return JSON.parse(await peer.line());
}

describe('held locks', () => {
  it('cannot be made elsewhere', async () => {
    const file = await opened(await aMailbox());
    const forge = (): unknown =>
      Reflect.construct(HeldLocks, [file, { coverage: [] }, {}, Symbol('forged')]);
    expect(forge).toThrow(expect.objectContaining({ code: 'BUG' }));
  });

  it('are told, checked, given back once or twice, and then no longer good', async () => {
    const mailbox = await aMailbox();
    const file = await opened(mailbox);
    const request = { disk: realDisk, file, path: mailbox };
    expect(await probeCoverage(request)).toEqual(FREE);
    const held = await acquire(request);
    expect(held.coverage).toEqual(HELD);
    await held.check();
    await held.touch();
    await held.release();
    await held.release();
    await held.touch();
    await expect(held.check()).rejects.toMatchObject({ code: 'LOCK_LOST' });
    expect(await readdir(path.dirname(mailbox))).toEqual(['inbox']);
    expect(await probeCoverage(request)).toEqual(FREE);
  });

  it('look alive to others before the next write of a machine that has slept', async () => {
    const mailbox = await aMailbox();
    const file = await opened(mailbox);
    const held = await acquire({ disk: realDisk, file, path: mailbox });
    // While it slept no timer ran, and the clock of the wall went on.
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const woken = Date.now() + 8 * 60 * 60_000;
    vi.setSystemTime(woken);
    await held.check();
    const { mtimeMs } = await stat(`${mailbox}.lock`);
    expect(mtimeMs).toBeGreaterThanOrEqual(woken - 1);
    await held.release();
  });

  it('are lost, and stay so, when our dotlock is deleted or replaced', async () => {
    const mailbox = await aMailbox();
    const file = await opened(mailbox);
    const held = await acquire({ disk: realDisk, file, path: mailbox });
    await unlink(`${mailbox}.lock`);
    const lost = { code: 'LOCK_LOST', details: { why: expect.stringContaining('.lock') } };
    await expect(held.check()).rejects.toMatchObject(lost);
    await writeFile(`${mailbox}.lock`, 'theirs');
    await expect(held.check()).rejects.toMatchObject({ code: 'LOCK_LOST' });
    await held.release();
    expect(await readdir(path.dirname(mailbox))).toEqual(['inbox', 'inbox.lock']);
  });

  it('stay young in the eyes of others, minute after minute', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const mailbox = await aMailbox();
    const file = await opened(mailbox);
    const held = await acquire({ disk: realDisk, file, path: mailbox });
    for (let minute = 0; minute < 3; minute++) {
      const old = new Date(Date.now() - 240_000);
      await utimes(`${mailbox}.lock`, old, old);
      vi.advanceTimersByTime(60_000);
      await until('the dotlock is touched', async () => {
        const facts = await realDisk.facts(`${mailbox}.lock`);
        return Number((facts?.modifiedNs ?? 0n) / 1_000_000n) > old.getTime() + 120_000;
      });
    }
    await held.check();
    await held.release();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('go with the work they were taken for, however it ends', async () => {
    const mailbox = await aMailbox();
    const file = await opened(mailbox);
    const request = { disk: realDisk, file, path: mailbox, limitMs: 0 };
    let kept: HeldLocks | null = null;
    const failing = hold(request, async (held) => {
      kept = held;
      throw new RangeError('work failed');
    });
    await expect(failing).rejects.toThrow('work failed');
    expect(kept).toBeInstanceOf(HeldLocks);
    expect(await hold(request, async () => 'done')).toBe('done');
    expect(await readdir(path.dirname(mailbox))).toEqual(['inbox']);
  });

  it('are refused on a file that is open for reading only, before anything is tried', async () => {
    const mailbox = await aMailbox();
    const file = await realDisk.open(mailbox, 'read');
    onTestFinished(() => file.close());
    const request = { disk: realDisk, file, path: mailbox };
    await expect(acquire(request)).rejects.toMatchObject({ code: 'READ_ONLY' });
    const states = await probeCoverage(request);
    expect(states.map((lock) => lock.state)).toEqual(Array(3).fill('unavailable'));
  });
});

describe('two engines at one mailbox', () => {
  it('take turns; the one that waits can be stopped, or finds its limit', async () => {
    const mailbox = await aMailbox();
    const file = await opened(mailbox);
    const other = startNode(child, [mailbox, 'hold', '0']);
    expect(await said(other)).toEqual({ held: HELD });

    const controller = new AbortController();
    const onWait = (): void => controller.abort();
    const request = { disk: realDisk, file, path: mailbox };
    await expect(acquire({ ...request, signal: controller.signal, onWait })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    await expect(acquire({ ...request, limitMs: 30 })).rejects.toMatchObject({
      code: 'LOCKED',
      details: { lock: 'fcntl' },
    });

    const ours = acquire({ ...request, onWait: () => other.tell('release') });
    expect(await said(other)).toBe('released');
    await (await ours).release();
    other.tell('end');
    await other.ended;
  });

  it('one that was killed leaves nothing that keeps the next one out', async () => {
    const mailbox = await aMailbox();
    const file = await opened(mailbox);
    const other = startNode(child, [mailbox, 'hold', '0']);
    await said(other);
    await other.kill();
    expect(await realDisk.facts(`${mailbox}.lock`)).not.toBeNull();
    const held = await acquire({ disk: realDisk, file, path: mailbox, limitMs: 0 });
    expect(held.coverage).toEqual(HELD);
    await held.release();
    expect(await readdir(path.dirname(mailbox))).toEqual(['inbox']);
  });

  it('exclude each other through a symlink too', async () => {
    const mailbox = await aMailbox();
    const link = `${mailbox}-link`;
    await symlink('inbox', link);
    const file = await opened(mailbox);
    const held = await acquire({ disk: realDisk, file, path: mailbox });
    const other = startNode(child, [link, 'hold', '0']);
    expect(await said(other)).toMatchObject({ code: 'LOCKED' });
    await held.release();
  });
});

describe('a folder that cannot be written to', () => {
  /** Permissions do not bind root, unless it gives that privilege up. */
  const isRoot = process.getuid?.() === 0;

  function startUnprivileged(args: readonly string[]): Peer {
    if (!isRoot) return startNode(child, args);
    const command = ['--bounding-set=-dac_override', process.execPath, child, ...args];
    return startPeer('setpriv', command, { spokenTo: true });
  }

  async function unwritable(mailbox: string): Promise<void> {
    const folder = path.dirname(mailbox);
    await chmod(folder, 0o555);
    onTestFinished(() => chmod(folder, 0o755));
  }

  it('is missing cover, told and not fatal', async () => {
    const mailbox = await aMailbox();
    await unwritable(mailbox);
    const other = startUnprivileged([mailbox, 'hold', '0']);
    const why = 'the folder cannot be written to';
    expect(await said(other)).toEqual({
      held: [HELD[0], HELD[1], { name: 'dotlock', state: 'unavailable', why }],
    });
    other.tell('check');
    expect(await said(other)).toBe('ok');
    other.tell('end');
    expect((await other.ended).status).toBe(0);
  });

  it('still honours a dotlock that somebody has put there, unless it is stale', async () => {
    const mailbox = await aMailbox();
    await writeFile(`${mailbox}.lock`, '');
    await unwritable(mailbox);
    const refused = startUnprivileged([mailbox, 'hold', '0']);
    expect(await said(refused)).toMatchObject({ code: 'LOCKED', details: { lock: 'dotlock' } });
    const old = new Date(Date.now() - 330_000);
    await utimes(`${mailbox}.lock`, old, old);
    const other = startUnprivileged([mailbox, 'hold', '0']);
    expect(await said(other)).toMatchObject({ held: [{}, {}, { state: 'unavailable' }] });
    other.tell('end');
    await other.ended;
  });
});
