/**
 * Looks at the file again (I3): is it still what the table of contents was made from?
 *
 * `look` is the reader's look, without a lock. `lookAgain` is the writer's: it takes the proof that
 * the locks are held and gives the proof that the table is current, without which nothing is
 * planned and nothing is written.
 */

import { type Diff, NO_DIFF } from '../../../shared/diff.ts';
import { MailboxError } from '../../../shared/errors.ts';
import type { FileFacts } from '../disk/disk.ts';
import { compareIdentity, identifySettled } from '../disk/identity.ts';
import type { HeldLocks } from '../lock/hold.ts';
import type { Contents, Regenerated } from './contents.ts';
import { regenerateAll, regenerateAppended, type ScanRequest } from './regenerate.ts';

/** A file that other programs change faster than we can read is given up after so many looks. */
const LOOKS_MAX = 5;

const proof = Symbol('looked again under the lock');

/** A table of contents that is known to be true while the locks are held. Only `lookAgain` makes one. */
export class CurrentTable {
  readonly contents: Contents;
  readonly held: HeldLocks;

  constructor(contents: Contents, held: HeldLocks, made: typeof proof) {
    if (made !== proof) throw new MailboxError('BUG', { invariant: 'CurrentTable made elsewhere' });
    this.contents = contents;
    this.held = held;
  }
}

/**
 * One look: nothing if the file is the same, else contents made anew.
 * @param underPath what stands under the mailbox's path now
 */
export async function look(
  request: ScanRequest,
  known: Contents,
  underPath: FileFacts,
): Promise<Regenerated | null> {
  const change = await compareIdentity(known.identity, request.file, underPath);
  if (change === 'same') return null;
  if (change === 'grown') {
    return regenerateAppended(request, known, await identifySettled(request.file));
  }
  return regenerateAll(request, known, change);
}

/** All that `lookAgain` found. */
export interface LookedAgain {
  readonly current: CurrentTable;
  /** What was made anew on the way, in order; empty if the file was the same. */
  readonly regenerated: readonly Regenerated[];
}

/**
 * Looks until the file rests, with the locks in hand. Programs that take no lock can still write:
 * each look is followed by another until one finds nothing new.
 * @throws REPLACED if another file stands under the path: our locks are on the old one
 * @throws CHANGED if the file does not rest
 */
export async function lookAgain(
  held: HeldLocks,
  request: ScanRequest,
  known: Contents,
  factsUnderPath: () => Promise<FileFacts | null>,
): Promise<LookedAgain> {
  const regenerated: Regenerated[] = [];
  let contents = known;
  for (let looks = 0; looks < LOOKS_MAX; looks++) {
    await held.check();
    const underPath = await factsUnderPath();
    const own = await request.file.facts();
    if (underPath?.inode !== own.inode || underPath.device !== own.device) {
      throw new MailboxError('REPLACED', { path: request.file.path });
    }
    const anew = await look(request, contents, underPath);
    if (!anew) return { current: new CurrentTable(contents, held, proof), regenerated };
    regenerated.push(anew);
    contents = anew.contents;
  }
  throw new MailboxError(
    'CHANGED',
    { path: request.file.path },
    {
      sentence:
        'Another program keeps writing to this archive without taking its lock. Nothing was changed; try again when it is done.',
    },
  );
}

/** The diffs of several looks in a row as one. */
export function joinDiffs(diffs: readonly Diff[]): Diff {
  return diffs.reduce(
    (all, diff) => ({
      how: diff.how === 'same' ? all.how : diff.how,
      arrived: all.arrived + diff.arrived,
      gone: all.gone + diff.gone,
      altered: all.altered + diff.altered,
      marksLost: all.marksLost + diff.marksLost,
    }),
    NO_DIFF,
  );
}
