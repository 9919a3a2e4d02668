/** What an archive is opened with, and what it tells those who listen. */

import type { Conflict } from '../../../shared/contract.ts';
import type { FormatName, Rule } from '../../../shared/dialect-report.ts';
import type { Diff } from '../../../shared/diff.ts';
import type { Disk } from '../../mailbox/disk/disk.ts';
import type { Access } from '../../mailbox/open-mailbox.ts';
import type { FirstRows } from '../listing/arrivals.ts';
import type { LockWait, Progress } from './tasks.ts';

export interface Expanding {
  /** Folder in the cache for what is expanded. */
  readonly folder: string;
  /** The built `expanding-worker.ts`; null to expand in the engine's own thread. */
  readonly script: string | null;
  /** `none`: as much as there is room for, however much more than usual that is. */
  readonly limit: 'usual' | 'none';
}

export interface ArchiveRequest {
  readonly path: string;
  readonly access: Access;
  /** The disk on which it lies; another one than the real one only for tests. */
  readonly disk?: Disk;
  /** The format, where a person knows better; that of an archive to be made. */
  readonly format?: FormatName;
  /** Like `format`, wins over what is remembered of the archive, and is not remembered. */
  readonly rule?: Rule;
  readonly missing?: 'create' | 'refuse';
  /** Folder for journals of archives whose own folder cannot be written. */
  readonly journalFolder: string;
  /** Folder where it is remembered how archives are read. */
  readonly readingFolder: string;
  /** Folder where marks are kept from one opening to the next; left out to forget them at the end. */
  readonly marksFolder?: string;
  /** Folder of catalogs, by which an archive need not be read again; null to do without. */
  readonly catalogFolder: string | null;
  /** Where and how compressed archives are expanded; left out to do without them. */
  readonly expanding?: Expanding;
  /** Archives of more messages are worth a catalog; for tests. */
  readonly catalogMessagesMin?: number;
  /** Folder where removed messages are kept. */
  readonly copyFolder: string;
  /** The built `envelope-worker.ts`, for threads that decode envelopes; none to do without. */
  readonly workerScript?: string | null;
  /** The built `text-worker.ts`, for the threads of the index of texts; none to do without. */
  readonly textScript?: string | null;
  /** Whether the index of texts is built by itself: see `IndexingParts`. */
  readonly textIndex?: 'always' | 'existing' | 'never';
  /** For so long a window that shows its first rows has the cores for itself. */
  readonly firstRows?: FirstRows;
  /** Told when bytes begin and cease to be moved. */
  readonly onWriting?: (writing: boolean) => void;
}

export type ArchiveEvent =
  | { readonly event: 'progress'; readonly progress: Progress }
  | { readonly event: 'lockWait'; readonly lockWait: LockWait }
  | { readonly event: 'conflict'; readonly conflicts: readonly Conflict[] }
  /** Message numbers have changed; `changed` follows. */
  | { readonly event: 'renumbered'; readonly oldNumbers: Int32Array }
  | { readonly event: 'changed'; readonly rows: 'same' | 'changed'; readonly diff: Diff | null }
  /** The index of texts is at another state; `more`: what texts answer may be another, too. */
  | { readonly event: 'texts'; readonly answers: 'same' | 'more' };

/** @returns a promise if telling goes on */
export type Listener = (event: ArchiveEvent) => unknown;

/** What becomes of removed messages. */
export type Copy = 'none' | 'keep' | { readonly path: string };
