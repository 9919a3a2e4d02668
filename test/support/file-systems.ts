/**
 * File systems of a test's own: one with little room, and one on a disk that can be pulled out or go
 * read-only in the middle of everything. Only root may mount; where that is not allowed
 * `canMount` is false, and tests that need it are skipped by name.
 */

import { execFileSync, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  openSync,
  closeSync,
  rmSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

const MIB = 1024 * 1024;

function run(command: string, ...words: readonly string[]): void {
  execFileSync(command, words, { stdio: ['ignore', 'ignore', 'pipe'], timeout: 30_000 });
}

const succeeds = (command: string, ...words: readonly string[]): boolean =>
  spawnSync(command, words, { stdio: 'ignore', timeout: 30_000 }).status === 0;

/** An empty folder, for the time of a test; what is mounted in it goes first. */
function mountPoint(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-mount-'));
  onTestFinished(() => {
    succeeds('umount', '--lazy', path.join(folder, 'disk'));
    rmSync(folder, { recursive: true, force: true });
  });
  mkdirSync(path.join(folder, 'disk'));
  return folder;
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

/** A file system of so many bytes. @returns its folder, empty */
export function smallDisk(bytes: number): string {
  const folder = path.join(mountPoint(), 'disk');
  run('mount', '-t', 'tmpfs', '-o', `size=${bytes}`, 'none', folder);
  return folder;
}

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

const PULL = `
import fcntl, os, struct, sys
# FS_IOC_SHUTDOWN (linux/fs.h), and not even the file system's own journal is written any more.
fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587d, struct.pack('I', 2))
`;

/** A real file system (ext4) on a disk that is a file. */
export class Disk {
  readonly folder: string;
  readonly #image: string;

  constructor(megabytes: number) {
    const place = mountPoint();
    this.folder = path.join(place, 'disk');
    this.#image = path.join(place, 'image');
    writeEmpty(this.#image, megabytes * MIB);
    run('mkfs.ext4', '-q', this.#image);
    this.#mount();
  }

  /** The disk is gone: what has not been synced is lost, and everything else fails from now on. */
  pullOut(): void {
    run('python3', '-I', '-c', PULL, this.folder);
  }

  /** The kernel has found an error: from now on the disk can only be read, also by who writes now. */
  becomeReadOnly(): void {
    run('mount', '-o', 'remount,abort', this.folder);
  }

  /** It is put in again, in order. */
  putIn(): void {
    run('umount', this.folder);
    // 1: errors were found and corrected, which is what becomes of a disk that went read-only.
    const { status } = spawnSync('e2fsck', ['-p', this.#image], { stdio: 'ignore' });
    if (status !== 0 && status !== 1) throw new Error(`e2fsck ended with ${status}`);
    this.#mount();
  }

  #mount(): void {
    run('mount', '-o', 'loop', this.#image, this.folder);
  }
}

function writeEmpty(file: string, bytes: number): void {
  closeSync(openSync(file, 'w'));
  truncateSync(file, bytes);
}
