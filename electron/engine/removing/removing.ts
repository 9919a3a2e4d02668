/**
 * Removing messages from an archive and getting them back: marks and their undoing, compaction,
 * the copies it keeps, and the flag by which other programs mark messages as deleted.
 */

import type { Conflict, Flushed } from '../../../shared/contract.ts';
import { MailboxError } from '../../../shared/errors.ts';
import type { Status } from '../../../shared/status.ts';
import type { Amount, Key, MessageNumber } from '../../../shared/units.ts';
import type { CopyTo } from '../../mailbox/flush/compaction.ts';
import type { Exchange } from '../../mailbox/flush/exchange.ts';
import { conflict } from '../../mailbox/flush/pending.ts';
import type { Mailbox } from '../../mailbox/mailbox.ts';
import type { FlushResult } from '../../mailbox/mailbox-options.ts';
import type { ArchiveEvent, Copy } from '../archive/archive-request.ts';
import type { KeptCopies } from './kept-copies.ts';
import type { KeptMarks } from './kept-marks.ts';
import type { Listing } from '../listing/listing.ts';
import type { Working } from '../archive/working.ts';

interface Marking {
  readonly marked: Amount;
  readonly conflicts: Conflict[];
}

type Done = { readonly done: 'remove' | 'unremove'; readonly keys: readonly Key[] };

/** What removing needs of the archive around it. */
export interface RemovingParts {
  readonly mailbox: Mailbox;
  readonly listing: Listing;
  readonly working: Working;
  readonly copies: KeptCopies;
  readonly marks: KeptMarks;
  readonly emit: (event: ArchiveEvent) => void;
  /** Settles when the envelopes of all messages are known. */
  readonly known: () => Promise<void>;
  /** Envelopes of what came are read, and listeners told. */
  readonly changed: () => Promise<void>;
  readonly onWriting: (writing: boolean) => void;
  /** Those of some messages that are not what was shown of them. */
  readonly changedSinceShown: (keys: readonly Key[]) => Promise<readonly Key[]>;
}

/** What becomes of messages that are flagged deleted inside the file. */
export type Flagged = 'leave' | 'remove';

export class Removing {
  readonly #parts: RemovingParts;
  readonly #history: Done[] = [];

  constructor(parts: RemovingParts) {
    this.#parts = parts;
  }

  /** True if something done here can be taken back with `undo`. */
  get undoable(): boolean {
    return this.#history.length > 0;
  }

  /** How marks outlive this session. */
  get marks(): KeptMarks {
    return this.#parts.marks;
  }

  /** What earlier compactions removed and kept. */
  get kept(): Status['kept'] {
    return this.#parts.copies.amount;
  }

  remove(numbers: readonly MessageNumber[]): Promise<Marking> {
    return this.#add(numbers, 'remember');
  }

  unremove(numbers: readonly MessageNumber[]): Promise<Marking> {
    return this.#drop(this.#keysOf(numbers), 'remember');
  }

  /**
   * Puts a message in the place of another one, at the next flush: what cannot be added replaces
   * nothing.
   * @returns the key of the new one
   * @throws MISUSE as `Mailbox.accept`, GONE, CHANGED: the old one is not marked for it
   */
  async replace(wanted: Key, message: Uint8Array, separatorLine: string | null): Promise<Key> {
    const { mailbox } = this.#parts;
    const anew = await mailbox.accept(message, separatorLine);
    try {
      const number = mailbox.keys.numberOf(wanted);
      if (number === null) throw new MailboxError('GONE', { key: wanted });
      const { conflicts } = await this.remove([number]);
      for (const { code } of conflicts) throw new MailboxError(code, { key: wanted });
    } catch (error) {
      mailbox.unaccept(anew);
      throw error;
    }
    return anew;
  }

  /** Takes the last `remove` or `unremove` back, for the messages that are still there. */
  async undo(): Promise<Marking> {
    const { mailbox } = this.#parts;
    const last = this.#history.pop();
    if (!last) return { marked: mailbox.marks.amount, conflicts: [] };
    const still = last.keys.flatMap((of) => mailbox.keys.numberOf(of) ?? []);
    if (last.done === 'remove') return this.#drop(this.#keysOf(still), 'forget');
    return this.#add(still, 'forget');
  }

  /**
   * Compacts.
   * @param copy `none`, `keep` for our own folder of removed messages, or a path
   */
  flush(copy: Copy, flagged: Flagged = 'leave'): Promise<Flushed> {
    const { mailbox, working, emit } = this.#parts;
    return this.#writing(async () => {
      if (flagged === 'remove') await this.#markFlagged();
      let kept = '';
      const copyTo = this.#copyTo(copy, (path) => {
        kept = path;
      });
      const result = await working
        .run('compact', (work) => mailbox.flush(work, copyTo))
        .catch((error: unknown) => this.#failed(error, copy, kept));
      this.#history.length = 0;
      if (result.conflicts.length > 0) emit({ event: 'conflict', conflicts: result.conflicts });
      return { ...result, conflicts: [...result.conflicts], copy: kept };
    });
  }

  /**
   * Takes marks back, and clears the deleted flag inside the file.
   * @returns how many messages were changed in the file
   */
  async undelete(numbers: readonly MessageNumber[]): Promise<number> {
    const { mailbox, working, listing, known } = this.#parts;
    const keys = this.#keysOf(numbers);
    await this.#drop(keys, 'remember');
    await known();
    // Meanwhile numbers may have come to mean other messages.
    const flagged = listing.flaggedOf(keys.flatMap((of) => mailbox.keys.numberOf(of) ?? []));
    if (flagged.length === 0) return 0;
    return this.#writing(() => working.run('mark', (work) => mailbox.undelete(flagged, work)));
  }

  /** Puts new forms of messages in the place of old ones. */
  exchange(exchanges: readonly Exchange[]): Promise<FlushResult> {
    const { mailbox, working, emit } = this.#parts;
    return this.#writing(async () => {
      const result = await working.run('compact', (work) => mailbox.exchange(exchanges, work));
      if (result.conflicts.length > 0) emit({ event: 'conflict', conflicts: result.conflicts });
      return result;
    });
  }

  /** Undoes the last compaction that kept a copy: its messages are put back at the end. */
  restoreKept(): Promise<Amount> {
    const { mailbox, working, copies } = this.#parts;
    return this.#writing(() => working.run('restore', (work) => copies.restore(mailbox, work)));
  }

  /** Puts messages of another mailbox of the same format back. @param keys null for all of them */
  restoreFrom(path: string, keys: readonly Key[] | null): Promise<Amount> {
    const { mailbox, working, copies } = this.#parts;
    return this.#writing(() =>
      working.run('restore', (work) => copies.restoreFrom(mailbox, { path, keys }, work)),
    );
  }

  /** Lets go of what earlier compactions removed and kept. */
  async discardKept(): Promise<void> {
    await this.#parts.copies.discard();
    await this.#parts.changed();
  }

  async #writing<Value>(work: () => Promise<Value>): Promise<Value> {
    const { onWriting, changed, copies, marks } = this.#parts;
    onWriting(true);
    try {
      return await work();
    } finally {
      onWriting(false);
      await Promise.all([copies.look(), marks.rewrite()]);
      await changed();
    }
  }

  #copyTo(copy: Copy, made: (path: string) => void): CopyTo | null {
    if (copy === 'none') return null;
    return async (keys, amount) => {
      const path = copy === 'keep' ? await this.#parts.copies.begin(keys, amount) : copy.path;
      made(path);
      return path;
    };
  }

  /** Nothing was removed, so there is nothing to be kept; unless recovery will finish it. */
  async #failed(error: unknown, copy: Copy, kept: string): Promise<never> {
    const unsure = error instanceof MailboxError && error.code === 'UNSURE';
    if (copy === 'keep' && kept !== '' && !unsure) await this.#parts.copies.forget(kept);
    throw error;
  }

  async #markFlagged(): Promise<void> {
    const { listing, known } = this.#parts;
    await known();
    await this.#add(listing.flaggedDeleted(), 'forget');
  }

  #keysOf(numbers: readonly MessageNumber[]): readonly Key[] {
    return numbers.map((number) => this.#parts.mailbox.keys.keyOf(number));
  }

  async #add(numbers: readonly MessageNumber[], history: 'remember' | 'forget'): Promise<Marking> {
    const { mailbox, working } = this.#parts;
    const keys = await working.run('mark', (work) => mailbox.mark(numbers, work));
    const changed = new Set(await this.#parts.changedSinceShown(keys));
    mailbox.unmark(changed);
    const marked = await this.#marked(
      'remove',
      keys.filter((of) => !changed.has(of)),
      history,
    );
    return { ...marked, conflicts: [...changed].map((of) => conflict(of, 'CHANGED')) };
  }

  #drop(keys: readonly Key[], history: 'remember' | 'forget'): Promise<Marking> {
    const { mailbox } = this.#parts;
    const marked = keys.filter((of) => mailbox.pending.has(of));
    mailbox.unmark(marked);
    return this.#marked('unremove', marked, history);
  }

  async #marked(
    done: Done['done'],
    keys: readonly Key[],
    history: 'remember' | 'forget',
  ): Promise<Marking> {
    const { mailbox, changed, marks } = this.#parts;
    await marks.changed(done === 'remove' ? 'marked' : 'unmarked', keys);
    if (history === 'remember' && keys.length > 0) this.#history.push({ done, keys });
    await changed();
    return { marked: mailbox.marks.amount, conflicts: [] };
  }
}
