/** Whether an engine may end while nobody looks at its archive, so that nothing is lost by it. */

import type { IndexState } from '../../../shared/index-state.ts';
import type { Archive } from './archive.ts';

/** An index that is being made. */
const UNDER_WAY: ReadonlySet<IndexState['state']> = new Set(['waiting', 'building']);

/**
 * True if an engine that is started anew shows the same: nothing is marked, to be undone, held or under
 * way, and nothing was worked out that takes long.
 * @param selections how many messages each window has selected; one is found again by its key
 */
export function mayRest(archive: Archive, selections: readonly number[]): boolean {
  const { mailbox, tasks, listing, indexing } = archive;
  const { state, locked, undoable } = archive.status();
  return (
    state === 'ready' &&
    !locked &&
    !undoable &&
    mailbox.pending.size === 0 &&
    mailbox.additions.length === 0 &&
    mailbox.expansion === null &&
    tasks.count === 0 &&
    !UNDER_WAY.has(indexing.state().state) &&
    listing.read >= archive.count &&
    listing.copies.state === null &&
    selections.every((messages) => messages <= 1)
  );
}
