/**
 * The two kernel locks, as Node code can have them: the only file that loads fs-ext.
 *
 * Imports shared/ and Node's own modules. Promises: nothing here ever waits for another program
 * (both locks are only tried), and every failure is either 'busy' or a rejection with an errno.
 *
 * fs-ext is compiled for one ABI. One checkout serves plain Node (`build/Release`) and Electron
 * (`prebuilds`) side by side; in a package Electron itself leads `app.asar` to `app.asar.unpacked`.
 *
 * What fs-ext 2.1.1 does, from its source:
 * - `fcntl(fd, F_SETLK, type, callback)` fills a `struct flock` with SEEK_SET, start 0, length 0:
 *   the whole file, however long it grows. Without the callback it passes `type` as if it were the
 *   address of that struct, hence EFAULT: the synchronous form must not be used.
 * - callbacks come on the default event loop: locks work on a process's main thread only.
 * - on Windows there is no `fcntl`, and `flock` is `LockFileEx`; see `flock.ts`.
 */

import { createRequire } from 'node:module';
import path from 'node:path';

/** Absent where the platform lacks the lock. */
interface Constants {
  readonly F_SETLK?: number;
  readonly F_WRLCK?: number;
  readonly F_UNLCK?: number;
  readonly LOCK_EX: number;
  readonly LOCK_NB: number;
  readonly LOCK_UN: number;
}

type Callback = (error: NodeJS.ErrnoException | null) => void;

interface Binding {
  readonly constants: Constants;
  readonly fcntl?: (descriptor: number, command: number, type: number, callback: Callback) => void;
  readonly flock: (descriptor: number, operation: number, callback: Callback) => void;
}

/** 'held' also answers an unlocking: it is always obtained. */
export type Tried = 'held' | 'busy';

// Not named `require`: the bundler declares one of its own at the top of its output.
const load = createRequire(import.meta.url);
let loaded: Binding | null = null;

function binding(): Binding {
  if (loaded) return loaded;
  const folder = path.dirname(load.resolve('fs-ext/package.json'));
  const { electron, modules } = process.versions;
  const file = electron
    ? path.join('prebuilds', `${process.platform}-${process.arch}`, `electron.abi${modules}.node`)
    : path.join('build', 'Release', 'fs_ext.node');
  loaded = load(path.join(folder, file)) as Binding;
  return loaded;
}

/** Another process holds the lock: POSIX allows two errnos for it, Windows' C library has a third. */
const BUSY_ERRNOS: ReadonlySet<string | undefined> = new Set(['EAGAIN', 'EACCES', 'EWOULDBLOCK']);

function tried(start: (callback: Callback) => void): Promise<Tried> {
  return new Promise((resolve, reject) => {
    start((error) => {
      if (!error) resolve('held');
      else if (BUSY_ERRNOS.has(error.code)) resolve('busy');
      else reject(error);
    });
  });
}

/**
 * Tries the process's write lock on the whole file, or gives it back (fcntl(2), F_SETLK).
 * @throws an errno other than EAGAIN and EACCES; ENOSYS where there is no fcntl
 */
export async function fcntlSetLock(descriptor: number, type: 'write' | 'unlock'): Promise<Tried> {
  const { fcntl, constants } = binding();
  const { F_SETLK, F_WRLCK, F_UNLCK } = constants;
  if (!fcntl || F_SETLK === undefined || F_WRLCK === undefined || F_UNLCK === undefined) {
    throw Object.assign(new Error('no fcntl here'), { code: 'ENOSYS' });
  }
  const wanted = type === 'write' ? F_WRLCK : F_UNLCK;
  return tried((callback) => fcntl(descriptor, F_SETLK, wanted, callback));
}

/**
 * Tries the descriptor's exclusive lock, or gives it back (flock(2), LOCK_NB).
 * @throws an errno other than EWOULDBLOCK
 */
export async function flock(
  descriptor: number,
  operation: 'exclusive-nonblocking' | 'unlock',
): Promise<Tried> {
  const { constants, flock: call } = binding();
  const { LOCK_EX, LOCK_NB, LOCK_UN } = constants;
  const wanted = operation === 'unlock' ? LOCK_UN : LOCK_EX | LOCK_NB;
  return tried((callback) => call(descriptor, wanted, callback));
}
