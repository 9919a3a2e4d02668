/**
 * One round: all locks are tried without waiting, and either all that can be had here are held, or
 * none is. Imports shared/, disk/ and the three locks.
 *
 * Order: fcntl, flock, dotlock (Debian's policy, and the cheapest refusal first). Postfix goes the
 * other way round; that cannot end in a deadlock, because a round never holds one lock while it
 * waits for another. See mbox(5) of mutt: "if one fails, release all, wait, and start over".
 */

import { MailboxError } from '../../../shared/errors.ts';
import type { LockState } from '../../../shared/status.ts';
import type { Disk, FileFacts, OpenFile } from '../disk/disk.ts';
import { type Dotlock, takeDotlock } from './dotlock.ts';
import type { DotlockOwner } from './dotlock-owner.ts';
import { fcntlLock } from './fcntl.ts';
import { flockLock } from './flock.ts';
import { type KernelLock, type Outcome, takeBoth } from './kernel-lock.ts';

export interface Round {
  readonly disk: Disk;
  readonly file: OpenFile;
  readonly mailbox: FileFacts;
  /** Where dotlocks belong. */
  readonly places: readonly string[];
  readonly owner: DotlockOwner;
}

/** What a round obtained. */
export interface Taken {
  readonly kernel: readonly KernelLock[];
  readonly dotlocks: readonly Dotlock[];
  readonly coverage: readonly LockState[];
}

/** Which lock another program holds; `place` is the dotlock's path. */
export type Busy =
  | { readonly lock: KernelLock['name'] }
  | { readonly lock: 'dotlock'; readonly place: string };

export type RoundResult = { readonly taken: Taken } | { readonly busy: Busy };

/** @throws IO if neither kernel lock exists here, or if trying failed */
export async function tryAll(round: Round): Promise<RoundResult> {
  const { file } = round;
  const both = await takeBoth(file, fcntlLock, flockLock);
  if (both.taken === 'busy') return { busy: { lock: both.lock } };
  const states = [stateOf('fcntl', both.first), stateOf('flock', both.second)];
  const kernel = [fcntlLock, flockLock].filter((_, which) => states[which]?.state === 'held');
  if (kernel.length === 0) throw noKernelLock(file.path, states);

  const dotlocks: Dotlock[] = [];
  const missing: string[] = [];
  const giveBack = (): Promise<void> => releaseAll(file, { kernel, dotlocks });
  try {
    for (const place of round.places) {
      if (await standsAlready(dotlocks, place)) continue;
      const made = await takeDotlock({ ...round, path: place });
      if (made.outcome === 'held') dotlocks.push(made.dotlock);
      else if (made.outcome === 'unavailable') missing.push(made.why);
      else {
        await giveBack();
        return { busy: { lock: 'dotlock', place } };
      }
    }
  } catch (thrown) {
    await giveBack();
    throw thrown;
  }
  return { taken: { kernel, dotlocks, coverage: [...states, dotlockState(missing)] } };
}

/** Gives everything back, the last first. */
export async function releaseAll(
  file: OpenFile,
  taken: Pick<Taken, 'kernel' | 'dotlocks'>,
): Promise<void> {
  for (const dotlock of taken.dotlocks.toReversed()) {
    // A dotlock that cannot be removed is stale as soon as we are gone, and says so.
    await dotlock.release().catch(() => undefined);
  }
  for (const lock of taken.kernel.toReversed()) await lock.release(file);
}

async function standsAlready(dotlocks: readonly Dotlock[], place: string): Promise<boolean> {
  for (const dotlock of dotlocks) {
    if (await dotlock.standsAt(place).catch(() => false)) return true;
  }
  return false;
}

function stateOf(name: KernelLock['name'], outcome: Outcome): LockState {
  return outcome.outcome === 'unavailable'
    ? { name, state: 'unavailable', why: outcome.why }
    : { name, state: 'held', why: '' };
}

/** Held only if it stands everywhere it belongs: to claim less than we have does no harm. */
function dotlockState(missing: readonly string[]): LockState {
  const [why] = missing;
  return why === undefined
    ? { name: 'dotlock', state: 'held', why: '' }
    : { name: 'dotlock', state: 'unavailable', why };
}

function noKernelLock(path: string, states: readonly LockState[]): MailboxError {
  const why = states.map((state) => `${state.name}: ${state.why}`).join('; ');
  return new MailboxError(
    'IO',
    { path, why },
    {
      sentence: `This archive cannot be locked where it lies (${why}). Nothing was changed; copy it to a local disk to change it.`,
    },
  );
}
