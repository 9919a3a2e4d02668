/**
 * Goal: a dotlock tells its writer whoever wrote it, anything else names nobody, and nobody's lock
 * is taken from a program that may still be there.
 */

import { spawnSync } from 'node:child_process';
import os from 'node:os';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileFacts } from '../../../../electron/mailbox/disk/disk.ts';
import {
  forgetOwner,
  isStale,
  newOwner,
  parseOwner,
  renderOwner,
} from '../../../../electron/mailbox/lock/dotlock-owner.ts';
import { byteLength } from '../../../../shared/units.ts';

const MINUTE_NS = 60n * 1_000_000_000n;
const NOW_NS = 1_800_000_000n * 1_000_000_000n;
const here = os.hostname();
const nobody = { pid: null, host: '', token: '' };

const factsAged = (ageNs: bigint, kind: FileFacts['kind'] = 'file'): FileFacts => ({
  kind,
  device: 1n,
  inode: 1n,
  size: byteLength(0),
  mode: 0o644,
  links: 1,
  owner: 0,
  accessedNs: NOW_NS,
  modifiedNs: NOW_NS - ageNs,
  changedNs: NOW_NS,
});

/** A process that was there and is no more. */
const deadPid = (): number => spawnSync('true').pid;

describe('what a dotlock says', () => {
  it('is read back as it was written', () => {
    const owner = newOwner();
    expect(parseOwner(new TextDecoder().decode(renderOwner(owner)))).toEqual(owner);
    forgetOwner(owner);
  });

  it.each([
    [
      'maildrop, Dovecot',
      '123:mail.example.org',
      { pid: 123, host: 'mail.example.org', token: '' },
    ],
    ['liblockfile', '123\n', { pid: 123, host: '', token: '' }],
    ['padded', '       123\n', { pid: 123, host: '', token: '' }],
    ['procmail', '0', nobody],
    ['mutt, Postfix, Python', '', nobody],
    ['something else', 'locked by Bob', nobody],
  ])('is understood from %s', (_, content, owner) => {
    expect(parseOwner(content)).toEqual(owner);
  });

  it('may be anything', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (content) => {
        const { pid } = parseOwner(content);
        return pid === null || pid > 0;
      }),
    );
  });
});

describe('a dotlock is stale', () => {
  it('if its writer on this host is dead, however young it is', () => {
    expect(isStale({ pid: deadPid(), host: here, token: '' }, factsAged(0n), NOW_NS)).toBe(true);
  });

  it('if it has our own process number and we did not write it', () => {
    const owner = newOwner();
    expect(isStale(owner, factsAged(0n), NOW_NS)).toBe(false);
    forgetOwner(owner);
    expect(isStale(owner, factsAged(0n), NOW_NS)).toBe(true);
  });

  it('if nobody has touched it for more than five minutes', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -60n, max: 60n }),
        (minutes) => isStale(nobody, factsAged(minutes * MINUTE_NS), NOW_NS) === minutes > 5n,
      ),
    );
  });

  it('not while its writer lives, is on another host, or cannot be told', () => {
    const young = factsAged(4n * MINUTE_NS);
    expect(isStale({ pid: process.ppid, host: here, token: '' }, young, NOW_NS)).toBe(false);
    const gone = deadPid();
    expect(isStale({ pid: gone, host: `not-${here}`, token: '' }, young, NOW_NS)).toBe(false);
    expect(isStale({ pid: gone, host: 'localhost', token: '' }, young, NOW_NS)).toBe(false);
    expect(isStale({ pid: gone, host: '', token: '' }, young, NOW_NS)).toBe(false);
  });

  it('never if it is no file', () => {
    const folder = factsAged(60n * MINUTE_NS, 'folder');
    expect(isStale(nobody, folder, NOW_NS)).toBe(false);
  });
});
