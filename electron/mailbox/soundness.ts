/**
 * Whether bytes that were read are those that the table was made from (I4): that is so only if nothing
 * has moved meanwhile, by us or by another program. Asked after the read, of the open file itself.
 */

import { stillHolds } from './disk/identity.ts';
import type { GuardedFile, LentDescriptor } from './guarded-file.ts';
import type { Known } from './known.ts';
import type { Table } from './toc/table.ts';
import type { Turns } from './turns.ts';

/** The open file in the hands of another thread. */
export interface Loan extends LentDescriptor {
  readonly table: Table;
  /** Whether what has been read until now is what the table says. @throws IO */
  readonly isSound: () => Promise<boolean>;
}

export interface SoundnessRequest {
  readonly known: Known;
  readonly guarded: GuardedFile;
  readonly turns: Turns;
}

/**
 * Begun before a read, when nothing moves.
 * @returns tells after the read whether it was sound. More may have been appended
 */
export function soundness(
  { known, guarded, turns }: SoundnessRequest,
  table: Table,
): () => Promise<boolean> {
  const { moves } = turns;
  const isCurrent = (): boolean => table === known.table && moves === turns.moves;
  return async () => {
    const { identity, state } = known;
    if (!isCurrent() || !identity) return false;
    // A file that has no name any more is nobody else's; its times tell only that.
    const holds = state === 'vanished' || (await stillHolds(identity, guarded.file));
    return holds && isCurrent();
  };
}
