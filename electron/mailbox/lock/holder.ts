/**
 * Who holds a lock, in words a person understands; empty where that cannot be known.
 * Imports shared/, disk/ and dotlock-owner.ts.
 *
 * Kernel locks: Linux lists them in /proc/locks (proc_locks(5)) by process, device and inode.
 * Elsewhere nothing tells. Dotlocks: by the pid they contain, if they contain one.
 */

import path from 'node:path';
import type { Disk, FileFacts } from '../disk/disk.ts';
import { isHere, readOwner } from './dotlock-owner.ts';
import type { KernelLock } from './kernel-lock.ts';
import { readSmallText } from './small-text.ts';

const LOCKS_BYTES_MAX = 1 << 20;
const COMMAND_BYTES_MAX = 4096;
const NAME_CHARACTERS_MAX = 60;

/** How /proc/locks calls what each lock is kept out by. */
const KINDS_OF: Readonly<Record<KernelLock['name'], readonly string[]>> = {
  fcntl: ['POSIX', 'OFDLCK'],
  flock: ['FLOCK'],
};

interface KernelLockEntry {
  readonly kind: string;
  readonly pid: number;
  /** `major:minor`, as in /proc/locks. */
  readonly device: string;
  readonly inode: string;
}

/** Locks that are held; waiters (`->`) are left out. */
export function parseProcLocks(text: string): readonly KernelLockEntry[] {
  return text.split('\n').flatMap((line) => {
    // `1: POSIX  ADVISORY  WRITE 1234 08:01:5678 0 EOF`
    const found = /^\d+: (\w+) +\S+ +\S+ +(-?\d+) ([0-9a-f]+:[0-9a-f]+):(\d+) /.exec(line);
    if (!found) return [];
    const [, kind = '', pid, device = '', inode = ''] = found;
    return [{ kind, pid: Number(pid), device, inode }];
  });
}

/** A device number as /proc/locks writes it (makedev(3), glibc). */
export function deviceText(device: bigint): string {
  const major = ((device >> 8n) & 0xfffn) | ((device >> 32n) & ~0xfffn);
  const minor = (device & 0xffn) | ((device >> 12n) & ~0xffn);
  return [major, minor].map((part) => part.toString(16).padStart(2, '0')).join(':');
}

/** Who, other than this process, holds the kernel lock on a file. */
export async function holderOfKernelLock(
  disk: Disk,
  name: KernelLock['name'],
  mailbox: FileFacts,
): Promise<string> {
  const text = (await readSmallText(disk, '/proc/locks', LOCKS_BYTES_MAX)) ?? '';
  const inode = mailbox.inode.toString();
  const entries = parseProcLocks(text).filter(
    (entry) =>
      KINDS_OF[name].includes(entry.kind) && entry.inode === inode && entry.pid !== process.pid,
  );
  // Btrfs and overlays report one device to stat(2) and another here: then the inode must do.
  const device = deviceText(mailbox.device);
  const entry = entries.find((one) => one.device === device) ?? entries[0];
  if (!entry) return '';
  // 0: outside our pid namespace; -1: a lock of an open file, of no one process.
  return entry.pid > 0 ? processWords(disk, entry.pid) : 'a program that cannot be seen from here';
}

/** Who is behind a dotlock; empty if none stands there. */
export async function holderOfDotlock(
  disk: Disk,
  place: string,
  mailbox: FileFacts,
): Promise<string> {
  const facts = await disk.facts(place).catch(() => null);
  if (!facts) return '';
  const owner = await readOwner(disk, place, facts, mailbox);
  if (owner.pid === null) return `an unnamed program, by the lock file ${place}`;
  if (owner.host && !isHere(owner)) {
    return `process ${owner.pid} on ${owner.host}, by the lock file ${place}`;
  }
  return processWords(disk, owner.pid);
}

/** Programs that run others: the file they run says more than their own name. */
const INTERPRETER = /^(?:python|perl|ruby|node|sh$|bash$|dash$)/;

/** `getmail (process 1234)`, or as much of it as can be known. */
async function processWords(disk: Disk, pid: number): Promise<string> {
  const name = (await readSmallText(disk, `/proc/${pid}/comm`, COMMAND_BYTES_MAX))?.trim();
  if (!name) return `process ${pid}`;
  const command = await readSmallText(disk, `/proc/${pid}/cmdline`, COMMAND_BYTES_MAX);
  const [, script = ''] = (command ?? '').split('\0');
  const told =
    INTERPRETER.test(name) && script !== '' && !script.startsWith('-')
      ? path.basename(script)
      : name;
  return `${printable(told)} (process ${pid})`;
}

function printable(text: string): string {
  return text
    .trim()
    .replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, '?')
    .slice(0, NAME_CHARACTERS_MAX);
}
