/**
 * What is known of a mailbox at this moment: its contents, and the state it is in. Whoever listens is
 * told when the contents were made anew. Reads and writes no file.
 *
 *   scanning -> ready <-> compacting -> unsure        (unsure: open again)
 *       |         ^ \
 *       v         |  -> vanished -> ready              (the path names no file; it came back)
 *     stopped ----+ scan again
 */

import type { DialectReport } from '../../shared/dialect-report.ts';
import { type Diff, NO_DIFF } from '../../shared/diff.ts';
import { MailboxError } from '../../shared/errors.ts';
import type { Status } from '../../shared/status.ts';
import type { Identity } from './disk/identity.ts';
import type { Plan } from './flush/plan.ts';
import { reportAfter } from './flush/report-after.ts';
import type { ContentsAfter } from './flush/table-after.ts';
import type { Contents, Regenerated } from './toc/contents.ts';
import { Keys } from './toc/keys.ts';
import { joinDiffs } from './toc/look-again.ts';
import { Table } from './toc/table.ts';

export type State = Status['state'];

export class Known {
  readonly #path: string;
  readonly #onRegenerated: (regenerated: Regenerated) => void;
  #state: State = 'scanning';
  #table = new Table();
  #keys = Keys.fresh(this.#table);
  #contents: Contents | null = null;
  /** Of the file when the first scan began. */
  #scanned: Identity | null = null;
  #size: number;

  constructor(path: string, size: number, onRegenerated: (regenerated: Regenerated) => void) {
    this.#path = path;
    this.#size = size;
    this.#onRegenerated = onRegenerated;
  }

  get state(): State {
    return this.#state;
  }

  get table(): Table {
    return this.#table;
  }

  get keys(): Keys {
    return this.#keys;
  }

  /** Null until the archive has been read whole (I9). */
  get contents(): Contents | null {
    return this.#contents;
  }

  /** What the file was when the table was made from it, or began to be; null before that. */
  get identity(): Identity | null {
    return this.#contents?.identity ?? this.#scanned;
  }

  get report(): DialectReport | null {
    return this.#contents?.report ?? null;
  }

  /** Bytes of the file when it was last looked at. */
  get size(): number {
    return this.#size;
  }

  /** @throws UNSURE, NOT_FOUND, BUSY if this is no moment to change anything */
  mustBeReady(): Contents {
    if (this.#state === 'unsure') throw new MailboxError('UNSURE', { path: this.#path });
    if (this.#state === 'vanished') throw new MailboxError('NOT_FOUND', { path: this.#path });
    if (this.#state !== 'ready' || !this.#contents) {
      throw new MailboxError('BUSY', { path: this.#path, state: this.#state });
    }
    return this.#contents;
  }

  resized(bytes: number): void {
    this.#size = bytes;
  }

  /** Runs the first scan, or one from the start; its messages show in `table` while it runs. */
  async scan(
    work: (table: Table, keys: Keys, onBegun: (identity: Identity) => void) => Promise<Contents>,
  ): Promise<void> {
    this.#table = new Table();
    this.#keys = Keys.fresh(this.#table);
    this.#contents = null;
    this.#scanned = null;
    this.#state = 'scanning';
    const onBegun = (identity: Identity): void => {
      this.#scanned = identity;
    };
    try {
      this.#adopt(await work(this.#table, this.#keys, onBegun));
      this.#state = 'ready';
    } catch (error) {
      this.#state = 'stopped';
      throw error;
    }
  }

  /** What was remembered of the archive has been compared with the file: it counts as scanned. */
  recalled(contents: Contents): void {
    this.#adopt(contents);
    this.#state = 'ready';
  }

  /** Runs work that moves bytes; if it fails half way, only recovery leaves the state `unsure`. */
  async compact(work: () => Promise<void>): Promise<void> {
    this.#state = 'compacting';
    try {
      await work();
    } catch (error) {
      const half = error instanceof MailboxError && error.code === 'UNSURE';
      this.#state = half ? 'unsure' : 'ready';
      throw error;
    }
    this.#state = 'ready';
  }

  /** The path names no file. */
  vanish(): Diff {
    if (this.#state === 'vanished') return NO_DIFF;
    this.#state = 'vanished';
    return { ...NO_DIFF, how: 'vanished' };
  }

  /** The path names a file (again). */
  appear(): void {
    if (this.#state === 'vanished') this.#state = 'ready';
  }

  /** What looks at the file have found, in order. @returns their diffs as one */
  regenerated(all: readonly Regenerated[]): Diff {
    for (const regenerated of all) {
      this.#adopt(regenerated.contents);
      this.#onRegenerated(regenerated);
    }
    return joinDiffs(all.map((regenerated) => regenerated.diff));
  }

  /**
   * After a flush the contents are what they were without what went; nothing is scanned.
   * @param identity of the file as it is now
   */
  corrected(plan: Plan, { table, keys, oldNumbers }: ContentsAfter, identity: Identity): void {
    const known = plan.current.contents;
    // What somebody who takes no lock appended meanwhile is behind that size: the next look finds it.
    const ours = { ...identity, size: plan.sizeAfter };
    const report = reportAfter(known.report, plan.removals);
    const contents: Contents = { table, keys, identity: ours, report };
    const renumbering = {
      renumber: 'all',
      oldNumbers,
      ancestors: oldNumbers,
      oldKeys: known.keys,
    } as const;
    this.regenerated([{ contents, renumbering, diff: NO_DIFF }]);
    this.#size = identity.size;
  }

  #adopt(contents: Contents): void {
    this.#contents = contents;
    this.#table = contents.table;
    this.#keys = contents.keys;
    this.#size = contents.identity.size;
  }
}
