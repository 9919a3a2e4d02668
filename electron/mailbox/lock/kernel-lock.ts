/**
 * What fcntl and flock have in common: a lock on an open file that the kernel keeps, and that can
 * be tried, be held by somebody else, or not exist here at all. `fcntl.ts` and `flock.ts` say what
 * each covers. Imports shared/, disk/ and fs-ext.ts.
 *
 * Also here: taking both, which some systems keep as one (see `takeBoth`).
 */

import { errorCode } from '../../../shared/error-code.ts';
import { MailboxError } from '../../../shared/errors.ts';
import type { OpenFile } from '../disk/disk.ts';
import type { Tried } from './fs-ext.ts';

/** How one try of one lock ended. */
export type Outcome =
  | { readonly outcome: 'held' }
  | { readonly outcome: 'busy' }
  /** `why` is a clause for a person. */
  | { readonly outcome: 'unavailable'; readonly why: string };

export interface KernelLock {
  readonly name: 'fcntl' | 'flock';
  /** Tries the lock without waiting. @throws IO */
  take(file: OpenFile): Promise<Outcome>;
  /** Gives it back. The file must still be open: its number may soon be another file's. */
  release(file: OpenFile): Promise<void>;
}

const NOT_SUPPORTED = 'this file system or operating system does not offer it';

/** Errnos that say "never here" rather than "not now". */
const WHY_UNAVAILABLE: Readonly<Record<string, string>> = {
  ENOSYS: NOT_SUPPORTED,
  ENOTSUP: NOT_SUPPORTED,
  EOPNOTSUPP: NOT_SUPPORTED,
  EINVAL: NOT_SUPPORTED,
  ENOLCK: 'the lock service of the file system does not answer',
  MODULE_NOT_FOUND: 'the lock module is not built for this runtime',
  ERR_DLOPEN_FAILED: 'the lock module is not built for this runtime',
};

/** A kernel lock made of the two calls that take it and give it back. */
export function kernelLock(
  name: KernelLock['name'],
  take: (descriptor: number) => Promise<Tried>,
  release: (descriptor: number) => Promise<Tried>,
): KernelLock {
  return {
    name,
    async take(file) {
      // A simulated disk has no other programs.
      if (file.descriptor < 0) return { outcome: 'held' };
      try {
        return { outcome: await take(file.descriptor) };
      } catch (thrown) {
        const errno = errorCode(thrown);
        const why = WHY_UNAVAILABLE[errno];
        if (why) return { outcome: 'unavailable', why };
        throw new MailboxError('IO', { path: file.path, lock: name, errno }, { cause: thrown });
      }
    },
    async release(file) {
      if (file.descriptor < 0) return;
      // Whatever it says, the lock ends with the descriptor at the latest.
      await release(file.descriptor).catch(() => undefined);
    },
  };
}

/** Two locks tried together; nothing is held unless `all` is. */
export type Both =
  | { readonly taken: 'all'; readonly first: Outcome; readonly second: Outcome }
  | { readonly taken: 'busy'; readonly lock: KernelLock['name'] };

/**
 * Takes both locks, or none if either is held by another program.
 *
 * macOS and the BSDs keep fcntl and flock in one table, and Linux sends flock over NFS and SMB as a
 * lock of the fcntl kind, yet with owners of their own (flock(2), NOTES): the second lock of one
 * program is then refused because of its first. Each excludes the other's users there, so one is
 * cover enough, and both count as held.
 */
export async function takeBoth(
  file: OpenFile,
  first: KernelLock,
  second: KernelLock,
): Promise<Both> {
  const one = await first.take(file);
  if (one.outcome === 'busy') return { taken: 'busy', lock: first.name };
  const two = await takeOrRelease(file, first, second);
  if (two.outcome !== 'busy') return { taken: 'all', first: one, second: two };
  await first.release(file);
  if (one.outcome !== 'held' || !(await excludeEachOther(file, first, second))) {
    return { taken: 'busy', lock: second.name };
  }
  const again = await first.take(file);
  if (again.outcome === 'busy') return { taken: 'busy', lock: first.name };
  return { taken: 'all', first: again, second: { outcome: 'held' } };
}

async function takeOrRelease(file: OpenFile, held: KernelLock, next: KernelLock): Promise<Outcome> {
  try {
    return await next.take(file);
  } catch (thrown) {
    await held.release(file);
    throw thrown;
  }
}

/** Other programs that come and go at just the wrong moments could fool one look, not this many. */
const EXCLUSION_LOOKS = 3;

/** True if each of two locks can be had alone and never with the other, time and again. */
async function excludeEachOther(
  file: OpenFile,
  first: KernelLock,
  second: KernelLock,
): Promise<boolean> {
  for (let look = 0; look < EXCLUSION_LOOKS; look++) {
    for (const [one, other] of [
      [second, first],
      [first, second],
    ] as const) {
      if ((await one.take(file)).outcome !== 'held') return false;
      const together = await takeOrRelease(file, one, other);
      if (together.outcome === 'held') await other.release(file);
      await one.release(file);
      if (together.outcome !== 'busy') return false;
    }
  }
  return true;
}
