/**
 * Locks as Linux keeps them on NFS and SMB (flock(2), NOTES): flock is sent to the server as a lock
 * of the fcntl kind on the whole file, so the two exclude each other, those of one program too.
 * A library that is loaded in front of the C library makes it so on any file system.
 */

import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const SOURCE = `
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/file.h>
/* A lock of the open file, not of the process: it meets the fcntl locks of its own process as well. */
int flock(int descriptor, int operation) {
  struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  if ((operation & ~LOCK_NB) == LOCK_UN) whole.l_type = F_UNLCK;
  if ((operation & ~LOCK_NB) == LOCK_SH) whole.l_type = F_RDLCK;
  return fcntl(descriptor, (operation & LOCK_NB) ? F_OFD_SETLK : F_OFD_SETLKW, &whole);
}
`;

/** Builds the library. @returns the environment in which programs have such locks */
export function nfsLikeLocks(): Readonly<Record<string, string>> {
  const folder = path.resolve(import.meta.dirname, '../../out/test');
  mkdirSync(folder, { recursive: true });
  const mine = path.join(folder, `nfs-like-${process.pid}`);
  writeFileSync(`${mine}.c`, SOURCE);
  execFileSync('cc', ['-shared', '-fPIC', '-o', `${mine}.so`, `${mine}.c`], { timeout: 60_000 });
  const library = path.join(folder, 'nfs-like.so');
  renameSync(`${mine}.so`, library);
  return { LD_PRELOAD: library };
}
