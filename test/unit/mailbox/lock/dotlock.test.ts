/**
 * Goal: a dotlock keeps others out, is never taken from a program that may still be there, and
 * leaves nothing behind. Method: the real disk; a disk without links stands in for such file systems.
 */

import { spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, symlink, unlink, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Disk } from '../../../../electron/mailbox/disk/disk.ts';
import { realDisk } from '../../../../electron/mailbox/disk/real-disk.ts';
import {
  type Dotlock,
  type DotlockOutcome,
  dotlockPaths,
  takeDotlock,
  temporaryOf,
} from '../../../../electron/mailbox/lock/dotlock.ts';
import { forgetOwner, newOwner } from '../../../../electron/mailbox/lock/dotlock-owner.ts';
import { DEFAULT_READING } from '../../../../electron/mailbox/format/format.ts';
import { Mailbox } from '../../../../electron/mailbox/mailbox.ts';
import { aMailbox } from './a-mailbox.ts';

const withoutLinks: Disk = { ...realDisk, link: async () => 'unsupported' };

async function take(mailbox: string, disk: Disk = realDisk): Promise<DotlockOutcome> {
  const owner = newOwner();
  const facts = await realDisk.facts(mailbox);
  if (!facts) throw new Error('no mailbox');
  const outcome = await takeDotlock({ disk, path: `${mailbox}.lock`, mailbox: facts, owner });
  if (outcome.outcome !== 'held') forgetOwner(owner);
  return outcome;
}

async function taken(mailbox: string, disk: Disk = realDisk): Promise<Dotlock> {
  const outcome = await take(mailbox, disk);
  if (outcome.outcome !== 'held') throw new Error(outcome.outcome);
  return outcome.dotlock;
}

const minutesAgo = (minutes: number): Date => new Date(Date.now() - minutes * 60_000);

describe.each([
  ['with links', realDisk],
  ['without links', withoutLinks],
])('a dotlock on a file system %s', (_, disk) => {
  it('stands alone beside the mailbox until it is released', async () => {
    const mailbox = await aMailbox();
    const folder = path.dirname(mailbox);
    const dotlock = await taken(mailbox, disk);
    expect((await readdir(folder)).sort()).toEqual(['inbox', 'inbox.lock']);
    const [first] = (await readFile(`${mailbox}.lock`, 'utf8')).split('\n');
    expect(first).toBe(`${process.pid}:${os.hostname()}`);
    expect(await dotlock.stands()).toBe(true);
    expect(await take(mailbox, disk)).toEqual({ outcome: 'busy' });
    await dotlock.release();
    expect(await readdir(folder)).toEqual(['inbox']);
  });

  it('is refused while another may be behind the one that stands, and leaves it alone', async () => {
    const mailbox = await aMailbox();
    for (const content of ['', '0', `${process.ppid}:${os.hostname()}`, '4:far.example.org']) {
      await writeFile(`${mailbox}.lock`, content);
      await utimes(`${mailbox}.lock`, minutesAgo(4.5), minutesAgo(4.5));
      expect(await take(mailbox, disk)).toEqual({ outcome: 'busy' });
      expect(await readFile(`${mailbox}.lock`, 'utf8')).toBe(content);
    }
    expect((await readdir(path.dirname(mailbox))).sort()).toEqual(['inbox', 'inbox.lock']);
  });

  it('takes the place of one whose writer is dead', async () => {
    const mailbox = await aMailbox();
    await writeFile(`${mailbox}.lock`, `${spawnSync('true').pid}:${os.hostname()}`);
    await (await taken(mailbox, disk)).release();
  });

  it('takes the place of one that nobody has touched for five minutes', async () => {
    const mailbox = await aMailbox();
    await writeFile(`${mailbox}.lock`, '');
    await utimes(`${mailbox}.lock`, minutesAgo(5.5), minutesAgo(5.5));
    const dotlock = await taken(mailbox, disk);
    expect(await dotlock.stands()).toBe(true);
    await dotlock.release();
  });

  it('is young again when it is touched', async () => {
    const mailbox = await aMailbox();
    const dotlock = await taken(mailbox, disk);
    await utimes(`${mailbox}.lock`, minutesAgo(60), minutesAgo(60));
    await dotlock.touch();
    const facts = await realDisk.facts(`${mailbox}.lock`);
    const age = BigInt(Date.now()) * 1_000_000n - (facts?.modifiedNs ?? 0n);
    expect(age).toBeLessThan(60_000_000_000n);
    await dotlock.release();
  });

  it('knows when it was taken away, and then removes nothing', async () => {
    const mailbox = await aMailbox();
    const dotlock = await taken(mailbox, disk);
    await unlink(`${mailbox}.lock`);
    expect(await dotlock.stands()).toBe(false);
    await writeFile(`${mailbox}.lock`, 'theirs');
    expect(await dotlock.stands()).toBe(false);
    await dotlock.release();
    expect(await readFile(`${mailbox}.lock`, 'utf8')).toBe('theirs');
  });

  it('does not remove one that was overwritten with another name', async () => {
    const mailbox = await aMailbox();
    const dotlock = await taken(mailbox, disk);
    await writeFile(`${mailbox}.lock`, '4:far.example.org');
    await dotlock.release();
    expect(await readFile(`${mailbox}.lock`, 'utf8')).toBe('4:far.example.org');
  });
});

describe('the temporary that a dotlock is linked from', () => {
  it('is taken away by the next one if its writer died before', async () => {
    const mailbox = await aMailbox();
    const temporary = temporaryOf(`${mailbox}.lock`);
    await writeFile(temporary, `${spawnSync('true').pid}:${os.hostname()}`);
    await (await taken(mailbox)).release();
    expect(await readdir(path.dirname(mailbox))).toEqual(['inbox']);
  });

  it('of one who lives is left alone, and the place is busy', async () => {
    const mailbox = await aMailbox();
    const temporary = temporaryOf(`${mailbox}.lock`);
    await writeFile(temporary, `${process.ppid}:${os.hostname()}`);
    expect(await take(mailbox)).toEqual({ outcome: 'busy' });
    expect(await readdir(path.dirname(mailbox))).toContain(path.basename(temporary));
  });

  it('is taken away when a mailbox is opened again after a crash', async () => {
    const mailbox = await aMailbox();
    const temporary = temporaryOf(`${mailbox}.lock`);
    await writeFile(temporary, `${spawnSync('true').pid}:${os.hostname()}`);
    const opened = await Mailbox.open({
      disk: realDisk,
      path: mailbox,
      access: 'read-write',
      reading: DEFAULT_READING,
      stateFolder: path.dirname(mailbox),
      onRegenerated: () => undefined,
    });
    await opened.close();
    expect(await readdir(path.dirname(mailbox))).toEqual(['inbox']);
  });
});

describe('over NFS, where the answer to a call may get lost', () => {
  it('a link that was made counts by its number, whatever was answered', async () => {
    const mailbox = await aMailbox();
    const answersLate: Disk = {
      ...realDisk,
      // The server made the link; the question was sent again, and found it there.
      link: async (from, to) => {
        await realDisk.link(from, to);
        return realDisk.link(from, to);
      },
    };
    const dotlock = await taken(mailbox, answersLate);
    expect(await dotlock.stands()).toBe(true);
    await dotlock.release();
    expect(await readdir(path.dirname(mailbox))).toEqual(['inbox']);
  });

  it('a link that was not made counts for nothing, though it was said to be', async () => {
    const mailbox = await aMailbox();
    await writeFile(`${mailbox}.lock`, '4:far.example.org');
    const says: Disk = { ...realDisk, link: async () => 'linked' };
    expect(await take(mailbox, says)).toEqual({ outcome: 'busy' });
    expect(await readFile(`${mailbox}.lock`, 'utf8')).toBe('4:far.example.org');
  });
});

describe('odd things in the place of a dotlock', () => {
  it('a folder, however old, is somebody else’s', async () => {
    const mailbox = await aMailbox();
    await mkdir(`${mailbox}.lock`);
    await utimes(`${mailbox}.lock`, minutesAgo(60), minutesAgo(60));
    expect(await take(mailbox)).toEqual({ outcome: 'busy' });
  });

  it('a link to the mailbox itself is not opened, a link to nowhere is busy', async () => {
    const mailbox = await aMailbox();
    const refusing: Disk = {
      ...realDisk,
      open: (name, mode) =>
        name.endsWith('.lock') ? Promise.reject(new Error('opened')) : realDisk.open(name, mode),
    };
    await symlink(mailbox, `${mailbox}.lock`);
    expect(await take(mailbox, refusing)).toEqual({ outcome: 'busy' });
    await unlink(`${mailbox}.lock`);
    await symlink('/nowhere/at/all', `${mailbox}.lock`);
    expect(await take(mailbox)).toEqual({ outcome: 'busy' });
  });

  it('a name too long for one is missing cover', async () => {
    const mailbox = await aMailbox('m'.repeat(253));
    expect(await take(mailbox)).toEqual({
      outcome: 'unavailable',
      why: 'its name would be too long',
    });
    expect(await readdir(path.dirname(mailbox))).toEqual(['m'.repeat(253)]);
  });
});

describe('where dotlocks belong', () => {
  it('is beside the file, and beside the symlink that was given', async () => {
    const mailbox = await aMailbox();
    const link = `${mailbox}-link`;
    await symlink('inbox', link);
    expect(await dotlockPaths(realDisk, mailbox)).toEqual([`${mailbox}.lock`]);
    expect(await dotlockPaths(realDisk, link)).toEqual([`${mailbox}.lock`, `${link}.lock`]);
  });

  it('is one place if only a folder on the way is a link', async () => {
    const mailbox = await aMailbox();
    const folder = `${path.dirname(mailbox)}-link`;
    await symlink(path.dirname(mailbox), folder);
    expect(await dotlockPaths(realDisk, path.join(folder, 'inbox'))).toEqual([`${mailbox}.lock`]);
    await unlink(folder);
  });

  it('may be one place under two names, which the dotlock can tell', async () => {
    const mailbox = await aMailbox();
    const folder = `${path.dirname(mailbox)}-link`;
    await symlink(path.dirname(mailbox), folder);
    const dotlock = await taken(mailbox);
    expect(await dotlock.standsAt(path.join(folder, 'inbox.lock'))).toBe(true);
    expect(await dotlock.standsAt(mailbox)).toBe(false);
    await dotlock.release();
    await unlink(folder);
  });
});
