/**
 * What locks could be had, told without taking any: for the status line while nothing is locked.
 *
 * Imports shared/, disk/ and the files beside it. Promises: creates no file and takes no lock, not
 * even for a moment, because a program that tries only once would fail on it, and because giving a
 * lock back would drop the one that a flush holds.
 */

import path from 'node:path';
import type { LockState } from '../../../shared/status.ts';
import type { Disk, FileFacts, OpenFile } from '../disk/disk.ts';
import { dotlockPaths, whyMissing } from './dotlock.ts';
import { isStale, readOwner } from './dotlock-owner.ts';
import { holderOfDotlock, holderOfKernelLock } from './holder.ts';
import type { KernelLock } from './kernel-lock.ts';

export interface CoverageRequest {
  readonly disk: Disk;
  readonly file: OpenFile;
  /** The path as the person gave it. */
  readonly path: string;
}

/** What the last locking of a file found out about the kernel's locks; no look can tell that. */
const learnt = new WeakMap<OpenFile, readonly LockState[]>();

export function rememberCoverage(file: OpenFile, coverage: readonly LockState[]): void {
  learnt.set(file, coverage);
}

/**
 * How each lock would fare now: free, or unavailable with the reason, which may be the program that
 * holds it. Costs a few looks at the disk. Never throws for what it finds.
 */
export async function probeCoverage(request: CoverageRequest): Promise<readonly LockState[]> {
  if (request.file.mode === 'read') {
    const why = 'the archive is open for reading only';
    return (['fcntl', 'flock', 'dotlock'] as const).map((name) => lockState(name, why));
  }
  const mailbox = await request.file.facts();
  return [
    lockState('fcntl', await whyNoKernelLock(request, 'fcntl', mailbox)),
    lockState('flock', await whyNoKernelLock(request, 'flock', mailbox)),
    lockState('dotlock', await whyNoDotlock(request, mailbox)),
  ];
}

function lockState(name: LockState['name'], why: string): LockState {
  return { name, state: why === '' ? 'free' : 'unavailable', why };
}

const heldBy = (holder: string): string => (holder === '' ? '' : `held by ${holder}`);

async function whyNoKernelLock(
  { disk, file }: CoverageRequest,
  name: KernelLock['name'],
  mailbox: FileFacts,
): Promise<string> {
  if (file.descriptor < 0) return '';
  if (name === 'fcntl' && process.platform === 'win32') return 'Windows has no such lock';
  const known = learnt.get(file)?.find((state) => state.name === name);
  if (known?.state === 'unavailable') return known.why;
  return heldBy(await holderOfKernelLock(disk, name, mailbox));
}

async function whyNoDotlock(request: CoverageRequest, mailbox: FileFacts): Promise<string> {
  const { disk } = request;
  try {
    for (const place of await dotlockPaths(disk, request.path)) {
      if (!(await disk.folderWritable(path.dirname(place)))) {
        return 'the folder cannot be written to';
      }
      const facts = await disk.facts(place);
      if (!facts) continue;
      const owner = await readOwner(disk, place, facts, mailbox);
      if (isStale(owner, facts, BigInt(Date.now()) * 1_000_000n)) continue;
      return heldBy(await holderOfDotlock(disk, place, mailbox));
    }
    return '';
  } catch (thrown) {
    const why = whyMissing(thrown);
    if (why === '') throw thrown;
    return why;
  }
}
