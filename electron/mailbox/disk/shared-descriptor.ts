/**
 * Reading a mailbox from another thread, through the one descriptor that the mailbox opened; and writing
 * what a compressed one expands to, through that of the file it goes to. Imports shared/ and node:fs.
 *
 * A descriptor is a number that belongs to the process, not to a thread. What reads here is given
 * that number and must do nothing else with it: POSIX drops all of a process's fcntl locks on a file
 * when any of its descriptors of that file is closed, whichever thread closes it. So this file cannot
 * open or close anything. `pread` moves no position that others share. The mailbox, for its part, does
 * not close or replace its file while the descriptor is lent (`GuardedFile.lend`): the number could
 * mean another file by then.
 */

import { readSync, writeSync } from 'node:fs';
import { errorCode } from '../../../shared/error-code.ts';
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

/**
 * Writes all of `bytes` at `position` into a file of our own, never a mailbox; waits for the disk.
 * @throws NO_SPACE, IO
 */
export function writeShared(descriptor: number, bytes: Uint8Array, position: number): void {
  try {
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(descriptor, bytes, done, bytes.length - done, position + done);
    }
  } catch (thrown) {
    const full = NO_SPACE.has(errorCode(thrown));
    throw new MailboxError(full ? 'NO_SPACE' : 'IO', {}, { cause: thrown });
  }
}

const NO_SPACE = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

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
