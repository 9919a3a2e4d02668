/**
 * The whole-file fcntl write lock (POSIX `F_SETLK`, from 0 to the end for ever): what procmail,
 * Postfix, mutt, Dovecot and Python's mailbox take, and the one that NFS carries between machines.
 * procmail locks only from its write position on; a lock of the whole file meets every such range.
 *
 * It belongs to the process, and the process loses it when it closes *any* descriptor of the file:
 * hence one engine process per archive, and one descriptor in it. Windows has no such lock.
 */

import { fcntlSetLock } from './fs-ext.ts';
import { type KernelLock, kernelLock } from './kernel-lock.ts';

export const fcntlLock: KernelLock = kernelLock(
  'fcntl',
  (descriptor) => fcntlSetLock(descriptor, 'write'),
  (descriptor) => fcntlSetLock(descriptor, 'unlock'),
);
