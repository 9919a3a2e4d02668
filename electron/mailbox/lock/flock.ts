/**
 * The exclusive flock(2) of the descriptor: what Postfix, sendmail's mail.local and mboxgrep take.
 * On Linux it knows nothing of fcntl locks, so both are needed.
 *
 * On Windows fs-ext's flock is `LockFileEx` on the first 4 GiB less 64 KiB of the file
 * (0xffff0000 bytes). There it is not advice but law: until it is given back, no other handle, of
 * any program, locking or not, can read or write within that range. Bytes beyond it are not
 * covered; a program that appends to an archive of 4 GiB or more would have to take the same lock
 * or the dotlock to be kept out.
 */

import { flock } from './fs-ext.ts';
import { type KernelLock, kernelLock } from './kernel-lock.ts';

export const flockLock: KernelLock = kernelLock(
  'flock',
  (descriptor) => flock(descriptor, 'exclusive-nonblocking'),
  (descriptor) => flock(descriptor, 'unlock'),
);
