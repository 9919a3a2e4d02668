/**
 * Goal: both kernel locks are taken, or none; and where a system keeps the two in one table (macOS,
 * NFS), our first lock is not taken for another program's.
 * Method: locks in memory; the real ones of this machine are tested in test/interop.
 */

import { describe, expect, it } from 'vitest';
import type { Tried } from '../../../../electron/mailbox/lock/fs-ext.ts';
import {
  type KernelLock,
  kernelLock,
  takeBoth,
} from '../../../../electron/mailbox/lock/kernel-lock.ts';
import { aMailbox, opened } from './a-mailbox.ts';

/** A table in which each named lock excludes those it meets. */
class Table {
  readonly holders = new Map<string, string>();
  readonly meets: (one: string, other: string) => boolean;

  constructor(meets: (one: string, other: string) => boolean) {
    this.meets = meets;
  }

  lock(name: KernelLock['name'], owner = `our ${name}`): KernelLock {
    return kernelLock(
      name,
      async () => this.try(name, owner),
      async () => {
        if (this.holders.get(name) === owner) this.holders.delete(name);
        return 'held';
      },
    );
  }

  try(name: string, owner: string): Tried {
    for (const [held, by] of this.holders) {
      if (by !== owner && this.meets(name, held)) return 'busy';
    }
    this.holders.set(name, owner);
    return 'held';
  }
}

const apart = (one: string, other: string): boolean => one === other;
const together = (): boolean => true;

const failing = (code: string): KernelLock =>
  kernelLock(
    'flock',
    () => Promise.reject(Object.assign(new Error(code), { code })),
    async () => 'held',
  );

describe('taking both kernel locks', () => {
  it('takes both where they know nothing of each other', async () => {
    const file = await opened(await aMailbox());
    const table = new Table(apart);
    const both = await takeBoth(file, table.lock('fcntl'), table.lock('flock'));
    expect(both).toEqual({
      taken: 'all',
      first: { outcome: 'held' },
      second: { outcome: 'held' },
    });
    expect(table.holders.size).toBe(2);
  });

  it.each(['fcntl', 'flock'] as const)('takes none if another has the %s lock', async (name) => {
    const file = await opened(await aMailbox());
    for (const meets of [apart, together]) {
      const table = new Table(meets);
      table.holders.set(name, 'another program');
      const both = await takeBoth(file, table.lock('fcntl'), table.lock('flock'));
      expect(both.taken).toBe('busy');
      expect([...table.holders]).toEqual([[name, 'another program']]);
    }
  });

  it('does not wait for itself where one table holds both', async () => {
    const file = await opened(await aMailbox());
    const table = new Table(together);
    const both = await takeBoth(file, table.lock('fcntl'), table.lock('flock'));
    expect(both).toEqual({
      taken: 'all',
      first: { outcome: 'held' },
      second: { outcome: 'held' },
    });
    expect([...table.holders]).toEqual([['fcntl', 'our fcntl']]);
    expect(table.try('flock', 'another program')).toBe('busy');
  });

  it('says why a lock does not exist here, and goes on with the other', async () => {
    const file = await opened(await aMailbox());
    const table = new Table(apart);
    const both = await takeBoth(file, table.lock('fcntl'), failing('ENOLCK'));
    expect(both).toMatchObject({
      taken: 'all',
      second: { outcome: 'unavailable', why: expect.stringContaining('does not answer') },
    });
  });

  it('keeps nothing if trying fails', async () => {
    const file = await opened(await aMailbox());
    const table = new Table(apart);
    const both = takeBoth(file, table.lock('fcntl'), failing('EIO'));
    await expect(both).rejects.toMatchObject({ code: 'IO', details: { errno: 'EIO' } });
    expect(table.holders.size).toBe(0);
  });
});
