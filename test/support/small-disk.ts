/**
 * A disk with little room, to be filled to its last byte. Only root may mount; where that is not
 * allowed `canMount` is false, and tests that need it are skipped by name.
 */

import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, truncateSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export function run(command: string, ...words: readonly string[]): void {
  execFileSync(command, words, { stdio: ['ignore', 'ignore', 'pipe'], timeout: 30_000 });
}

export const succeeds = (command: string, ...words: readonly string[]): boolean =>
  spawnSync(command, words, { stdio: 'ignore', timeout: 30_000 }).status === 0;

/** Makes a folder the top of a file system of so many bytes. Whoever mounts it unmounts it. */
export function mountSmall(folder: string, bytes: number): void {
  run('mount', '-t', 'tmpfs', '-o', `size=${bytes}`, 'none', folder);
}

/** What is mounted there goes, also if something is still open in it. */
export function unmount(folder: string): void {
  succeeds('umount', '--lazy', folder);
}

function triesToMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-mount-'));
  const mounted = succeeds('mount', '-t', 'tmpfs', '-o', 'size=64k', 'none', folder);
  if (mounted) run('umount', folder);
  rmSync(folder, { recursive: true });
  return mounted;
}

/** Whether this user may mount file systems here. */
export const canMount = triesToMount();

/** Says in a test's name why it is skipped. */
export const whereMountable = canMount ? '' : ' (skipped: only root may mount a disk)';

/** Fills a disk to the last byte, or up to so many bytes. */
export function fillDisk(folder: string, leaveBytes = 0): void {
  const file = path.join(folder, 'filler');
  const descriptor = openSync(file, 'w');
  const zeros = Buffer.alloc(4096);
  let filled = 0;
  try {
    for (;;) filled += writeSync(descriptor, zeros);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(descriptor);
  }
  truncateSync(file, Math.max(0, filled - leaveBytes));
}

/** Makes room again. */
export function emptyDisk(folder: string): void {
  rmSync(path.join(folder, 'filler'), { force: true });
}
