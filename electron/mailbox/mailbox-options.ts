/** What a mailbox is opened with, what work on it may tell, and what a flush answers. */

import type { Conflict } from '../../shared/contract.ts';
import type { FormatName } from '../../shared/dialect-report.ts';
import type { Amount } from '../../shared/units.ts';
import type { Disk } from './disk/disk.ts';
import type { Reading } from './format/format.ts';
import type { LockWait } from './lock/hold.ts';
import type { Access } from './open-mailbox.ts';
import type { Regenerated } from './toc/contents.ts';

export interface MailboxOptions {
  readonly disk: Disk;
  readonly path: string;
  readonly access: Access;
  readonly reading: Reading;
  /** The format, where a person knows better than its content tells; that of a mailbox to be made. */
  readonly format?: FormatName;
  /** Make an empty mailbox if there is none. */
  readonly missing?: 'create' | 'refuse';
  /** Folder for journals of mailboxes whose own folder cannot be written. */
  readonly stateFolder: string;
  readonly lockLimitMs?: number;
  /** The contents were made anew, or corrected after a flush; told before the operation returns. */
  readonly onRegenerated: (regenerated: Regenerated) => void;
}

/** What long work may tell, and how it is stopped. */
export interface Work {
  readonly signal: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
  /** Awaited between chunks of a first scan, so that others have their turn; a breath if left out. */
  readonly pause?: () => Promise<void>;
  readonly onLockWait?: (wait: LockWait) => void;
  /** Told once, when stopping would do more harm than finishing. */
  readonly onPointOfNoReturn?: () => void;
}

/** Work that tells nothing and cannot be stopped. */
export const QUIET: Work = { signal: new AbortController().signal };

export interface FlushResult {
  readonly removed: Amount;
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  readonly conflicts: readonly Conflict[];
}
