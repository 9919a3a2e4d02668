/** All that is shown of an archive as a whole (I11), put together. */

import type { LockState, Status } from '../../../shared/status.ts';
import type { Mailbox } from '../../mailbox/mailbox.ts';
import type { TextIndexing } from '../indexing/text-indexing.ts';
import type { Listing } from '../listing/listing.ts';
import type { Removing } from '../removing/removing.ts';

interface Parts {
  readonly mailbox: Mailbox;
  readonly listing: Listing;
  readonly removing: Removing;
  readonly indexing: TextIndexing;
}

/** @param seen what the archive itself has seen of its file */
export function statusOf(
  { mailbox, listing, removing, indexing }: Parts,
  seen: { readonly scannedBytes: number; readonly locks: readonly LockState[] },
): Status {
  const { report } = mailbox;
  const isBeingRead = mailbox.state === 'scanning';
  return {
    path: mailbox.path,
    format: mailbox.format.name,
    rule: mailbox.reading.rule,
    lineEnd: report?.lineEnd ?? 'none',
    // What is still being expanded grows while it is read.
    bytes: isBeingRead ? Math.max(mailbox.size, seen.scannedBytes) : mailbox.size,
    preambleBytes: mailbox.table.preambleBytes,
    messages: mailbox.table.count,
    doubtful: report?.doubtful ?? 0,
    state: mailbox.state,
    scannedBytes: mailbox.state === 'ready' ? mailbox.size : seen.scannedBytes,
    envelopes: listing.read,
    packed: mailbox.expansion?.packed ?? null,
    readOnly: mailbox.readOnly,
    locks: [...seen.locks],
    locked: mailbox.locked,
    marked: mailbox.marks.amount,
    deleted: listing.deleted(),
    flagged: listing.flagged(),
    journal: mailbox.journal,
    marks: removing.marks.status,
    kept: removing.kept,
    undoable: removing.undoable,
    texts: indexing.state(),
  };
}
