/**
 * Reading a mailbox from another thread, through the one descriptor that the mailbox opened. Imports
 * shared/ and node:fs.
 *
 * A descriptor is a number that belongs to the process, not to a thread. What reads here is given
 * that number and must do nothing else with it: POSIX drops all of a process's fcntl locks on a file
 * when any of its descriptors of that file is closed, whichever thread closes it. So this file cannot
 * open or close anything. `pread` moves no position that others share. The mailbox, for its part, does
 * not close or replace its file while the descriptor is lent (`GuardedFile.lend`): the number could
 * mean another file by then.
 */

import { readSync } from 'node:fs';
import { MailboxError } from '../../../shared/errors.ts';

/** Reads longer than this are split: Linux returns at most 2 GiB less a page for one call. */
const READ_BYTES_MAX = 1 << 30;

/**
 * Fills `into` from `position` as far as the file goes; waits for the disk.
 * @returns the number of bytes read
 * @throws IO
 */
export function readShared(descriptor: number, into: Uint8Array, position: number): number {
  let filled = 0;
  while (filled < into.byteLength) {
    const length = Math.min(into.byteLength - filled, READ_BYTES_MAX);
    const bytes = readOnce(descriptor, into, filled, length, position + filled);
    if (bytes === 0) break;
    filled += bytes;
  }
  return filled;
}

function readOnce(
  descriptor: number,
  into: Uint8Array,
  from: number,
  length: number,
  position: number,
): number {
  try {
    return readSync(descriptor, into, from, length, position);
  } catch (thrown) {
    throw new MailboxError('IO', {}, { cause: thrown });
  }
}
