/**
 * File systems of a test's own: one with little room, and one on a disk that can be pulled out or go
 * read-only in the middle of everything, each for the time of one test.
 */

import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, truncateSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { mountSmall, run, unmount } from './small-disk.ts';

const MIB = 1024 * 1024;

/** An empty folder, for the time of a test; what is mounted in it goes first. */
function mountPoint(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-mount-'));
  onTestFinished(() => {
    unmount(path.join(folder, 'disk'));
    rmSync(folder, { recursive: true, force: true });
  });
  mkdirSync(path.join(folder, 'disk'));
  return folder;
}

/** A file system of so many bytes. @returns its folder, empty */
export function smallDisk(bytes: number): string {
  const folder = path.join(mountPoint(), 'disk');
  mountSmall(folder, bytes);
  return folder;
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
