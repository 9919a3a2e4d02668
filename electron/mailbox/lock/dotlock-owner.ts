/**
 * What a dotlock says of its writer, and whether that writer is gone for good.
 * Imports shared/ and disk/.
 *
 * Content of ours: `pid:host`, a line feed, a random token, a line feed. The first line is what
 * maildrop and Dovecot write; liblockfile reads a leading number as the pid. The token tells our
 * dotlocks from each other's and from everybody else's.
 *
 * Content of others: `pid:host` (maildrop, Dovecot), `pid` (liblockfile), `0` (procmail), nothing
 * (mutt, Postfix, Python).
 */

import { randomBytes } from 'node:crypto';
import os from 'node:os';
import { errorCode } from '../../../shared/error-code.ts';
import type { Disk, FileFacts } from '../disk/disk.ts';
import { readSmallText } from './small-text.ts';

export interface DotlockOwner {
  /** Null if the content names none. */
  readonly pid: number | null;
  /** Empty if the content names none. */
  readonly host: string;
  /** Empty unless a Mailkeep wrote it. */
  readonly token: string;
}

const NOBODY: DotlockOwner = { pid: null, host: '', token: '' };
const CONTENT_BYTES_MAX = 512;

/** Untouched for so long, a dotlock is no longer believed (as maildrop and liblockfile have it). */
const STALE_AFTER_NS = 300n * 1_000_000_000n;

/** Tokens of the dotlocks that this process holds or is about to make. */
const tokensInUse = new Set<string>();

/** This process, with a token never used before; give it back with `forgetOwner`. */
export function newOwner(): DotlockOwner {
  const token = randomBytes(16).toString('hex');
  tokensInUse.add(token);
  return { pid: process.pid, host: os.hostname(), token };
}

export function forgetOwner(owner: DotlockOwner): void {
  tokensInUse.delete(owner.token);
}

export function renderOwner(owner: DotlockOwner): Uint8Array {
  return new TextEncoder().encode(`${owner.pid}:${owner.host}\n${owner.token}\n`);
}

/** Reads any program's dotlock; what is not understood names nobody. */
export function parseOwner(content: string): DotlockOwner {
  const [first = '', second = ''] = content.split('\n');
  const named = /^ *(\d{1,10})(?::([\x21-\x7e]*))?\s*$/.exec(first);
  if (!named) return NOBODY;
  const pid = Number(named[1]);
  return {
    pid: pid > 0 ? pid : null,
    host: named[2] ?? '',
    token: /^[0-9a-f]{32}$/.test(second) ? second : '',
  };
}

/**
 * Who wrote the dotlock at `path`.
 * @param mailbox the mailbox it is for: a dotlock that is a link to it must not be opened, because
 *   closing it would drop our fcntl lock
 */
export async function readOwner(
  disk: Disk,
  path: string,
  facts: FileFacts,
  mailbox: FileFacts,
): Promise<DotlockOwner> {
  if (facts.inode === mailbox.inode && facts.device === mailbox.device) return NOBODY;
  return parseOwner((await readSmallText(disk, path, CONTENT_BYTES_MAX)) ?? '');
}

/** True if the owner is a process of this very machine, as far as names can tell. */
export function isHere(owner: Pick<DotlockOwner, 'host'>): boolean {
  const here = os.hostname();
  // Every second machine believes that it is called localhost.
  return owner.host === here && here !== '' && !here.startsWith('localhost');
}

/**
 * True if nobody can be waiting behind this dotlock: its writer, on this host, is dead, or nobody
 * has touched it for five minutes.
 * @param nowNs by the clock of the file system, not ours: it may be another machine's
 */
export function isStale(owner: DotlockOwner, facts: FileFacts, nowNs: bigint): boolean {
  if (facts.kind !== 'file') return false;
  if (owner.pid !== null && isHere(owner) && isDead(owner.pid, owner.token)) return true;
  return nowNs - facts.modifiedNs > STALE_AFTER_NS;
}

function isDead(pid: number, token: string): boolean {
  // Our own number on a dotlock that is none of ours: it was given to a process before us.
  return pid === process.pid ? !tokensInUse.has(token) : isDeadProcess(pid);
}

/** True if no process of this machine has this number, whoever's it is. */
export function isDeadProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (thrown) {
    // EPERM: it is there, and another user's.
    return errorCode(thrown) === 'ESRCH';
  }
}
