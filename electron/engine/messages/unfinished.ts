/**
 * The names under which files are written before they are whole, and what to do with those that a
 * killed process left. Imports the disk and whether a process is dead.
 *
 * A name says who writes: process, machine, and a random number. Promises: only a file of such a name
 * whose writer ran on this very machine and is dead is ever removed.
 */

import { createHash, randomBytes } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import type { Disk } from '../../mailbox/disk/disk.ts';
import { isDeadProcess, isHere } from '../../mailbox/lock/dotlock-owner.ts';

const NAME = /^\.mailkeep-(\d{1,10})-([0-9a-f]{8})-[0-9a-f]{16}\.part$/;

/** Machines are told apart by their names, which are nobody else's business. */
const MACHINE = createHash('sha256').update(os.hostname()).digest('hex').slice(0, 8);

/** A name for a file that is not whole yet, never used before. */
export function unfinishedName(): string {
  return `.mailkeep-${process.pid}-${MACHINE}-${randomBytes(8).toString('hex')}.part`;
}

/** Whether a file of this name was being written by a process that can no longer finish it. */
export function isLeftOver(name: string): boolean {
  const [, pid, host] = NAME.exec(name) ?? [];
  if (pid === undefined || host !== MACHINE) return false;
  // Every second machine is called localhost.
  if (!isHere({ host: os.hostname() })) return false;
  return Number(pid) !== process.pid && isDeadProcess(Number(pid));
}

/** Removes what killed processes left in a folder; what cannot be removed stays. */
export async function removeLeftOver(disk: Disk, folder: string): Promise<void> {
  const names = await disk.names(folder).catch((): string[] => []);
  for (const name of names.filter(isLeftOver)) {
    await disk.remove(path.join(folder, name)).catch(() => undefined);
  }
}
