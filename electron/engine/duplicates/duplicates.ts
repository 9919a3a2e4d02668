/**
 * Finds what is in an archive more than once, and marks all copies but one. Reads only messages that
 * may be copies by their envelopes; whoever waits is told how far it is, and can stop it.
 */

import type { Work } from '../../mailbox/mailbox-options.ts';
import { inTurns, sharing, type Steps } from '../../../shared/steps.ts';
import type {
  CopyRow,
  Duplicates as State,
  DuplicatesHow,
  KeptCopy,
} from '../../../shared/duplicates-contract.ts';
import { MailboxError } from '../../../shared/errors.ts';
import { messageNumber } from '../../../shared/units.ts';
import type { Archive } from '../archive/archive.ts';
import { orAborted } from '../../mailbox/toc/or-aborted.ts';
import { type ByteSource, bytesInMemory } from '../../message/byte-source.ts';
import { messagesNearby } from '../messages/messages-nearby.ts';
import { storedMessage } from '../messages/stored-message.ts';
import type { Working } from '../archive/working.ts';
import { contentDigest, DIGEST_BYTES } from './body-digest.ts';
import { candidates } from './candidates.ts';
import { type Groups, grouped, groupsWith, toBeRead } from './comparing-bodies.ts';

/** Another program may change the file again and again. */
const TRIES_MAX = 4;

export class Duplicates {
  readonly #archive: Archive;
  readonly #working: Working;
  readonly #changed: () => Promise<void>;
  #finding: Promise<unknown> = Promise.resolve();

  /** @param changed lists are told that they may be other ones */
  constructor(archive: Archive, working: Working, changed: () => Promise<void>) {
    this.#archive = archive;
    this.#working = working;
    this.#changed = changed;
  }

  /** Null if nothing has been found yet, or the archive was read anew since. */
  async state(): Promise<State | null> {
    const { copies } = this.#archive.listing;
    await copies.prepare();
    return copies.state;
  }

  /** @throws BUSY before the archive has been read, CANCELLED, CHANGED, IO; what was known stays then */
  async find(how: DuplicatesHow, keep: KeptCopy): Promise<State> {
    // One after the other: two would only be slower.
    const before = this.#finding;
    const finding = before.then(() =>
      this.#working.run('duplicates', (work) => this.#find(how, work)),
    );
    this.#finding = finding.catch(() => undefined);
    await finding;
    return this.keep(keep);
  }

  /** @throws GONE if nothing was found */
  async keep(which: KeptCopy): Promise<State> {
    this.#archive.listing.copies.keep(which);
    const state = await this.#must();
    await this.#changed();
    return state;
  }

  /** Marks all copies but those that are kept. @throws GONE if nothing was found */
  async removeOthers(): Promise<State> {
    const { listing, removing } = this.#archive;
    // What was compared must still be there when it is decided which one goes.
    await this.#archive.sync();
    await this.#must();
    const others = listing.copies.others().filter((number) => !listing.isMarked(number));
    if (others.length > 0) await removing.remove(others);
    return this.#must();
  }

  async rows(from: number, count: number): Promise<{ total: number; copies: CopyRow[] }> {
    const { listing } = this.#archive;
    const { copies: found } = listing;
    const copies: CopyRow[] = [];
    for (let at = from; at < Math.min(from + count, found.length); at++) {
      const { number, group, place, of } = found.at(at);
      const kept = found.copyOf(number) === 'kept';
      copies.push({ group, place, of, kept, row: await listing.row(number, false) });
    }
    return { total: found.length, copies };
  }

  async #must(): Promise<State> {
    const state = await this.state();
    if (!state) throw new MailboxError('GONE', { path: this.#archive.mailbox.path });
    return state;
  }

  async #find(how: DuplicatesHow, work: Work): Promise<void> {
    const { mailbox, listing } = this.#archive;
    if (mailbox.state !== 'ready') throw new MailboxError('BUSY', { path: mailbox.path });
    // The table of contents is complete before all envelopes have been read, and copies are told by these.
    throwIfStopped(work);
    const known = this.#archive.envelopesKnown();
    await (work.signal ? orAborted(known, work.signal) : known);
    throwIfStopped(work);
    const { copies } = listing;
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const { numbering } = copies;
      copies.begin();
      const looked = listing.read;
      const groups = await this.#groups(how, looked, work, () => copies.numbering === numbering);
      if (!groups) continue;
      // What was appended meanwhile may belong to the last message.
      const sure = Math.min(looked, copies.unchanged);
      const isSure = (number: number): number => (number < sure ? number : -1);
      copies.take(how, sure, sure < looked ? groupsWith(groups, isSure) : groups);
      return;
    }
    throw new MailboxError('CHANGED', { path: mailbox.path });
  }

  /** Null if numbers have come to mean other messages. */
  async #groups(
    how: DuplicatesHow,
    count: number,
    work: Work,
    isStill: () => boolean,
  ): Promise<Groups | null> {
    const { envelopes } = this.#archive.listing;
    const firsts = await turns(candidates(how, envelopes, count), work);
    const numbers = await turns(toBeRead(firsts), work);
    const digests = await this.#digests(how, numbers, work, isStill);
    if (!digests) return null;
    const groups = await turns(grouped(numbers, firsts, digests), work);
    if (!isStill()) return null;
    const ordered = await turns(this.#archive.listing.copies.largestFirst(groups), work);
    return isStill() ? ordered : null;
  }

  /** Of each number, `DIGEST_BYTES`; null if numbers have come to mean other messages. */
  async #digests(
    how: DuplicatesHow,
    numbers: Uint32Array,
    work: Work,
    isStill: () => boolean,
  ): Promise<Uint8Array | null> {
    const { mailbox, listing } = this.#archive;
    const digests = new Uint8Array(numbers.length * DIGEST_BYTES);
    const bytesOf = (number: number): number => listing.bytesOf(messageNumber(number));
    const total = numbers.reduce((sum, number) => sum + bytesOf(number), 0);
    const othersToo = sharing();
    let done = 0;
    for (let from = 0; from < numbers.length; ) {
      const nearby = await messagesNearby(mailbox, numbers, from);
      for (const [nth, bytes] of nearby.entries()) {
        await othersToo();
        if (!isStill()) return null;
        throwIfStopped(work);
        const number = numbers[from + nth] ?? 0;
        done += bytesOf(number);
        const digest = await this.#digest(how, number, bytes, work);
        if (digest) digests.set(digest, (from + nth) * DIGEST_BYTES);
      }
      from += nearby.length;
      work.onProgress?.(done, total);
    }
    throwIfStopped(work);
    return digests;
  }

  /** Null if the message is no longer there: it is a copy of nothing. @param bytes null if it was not read */
  async #digest(
    how: DuplicatesHow,
    number: number,
    bytes: Buffer | null,
    work: Work,
  ): Promise<Buffer | null> {
    try {
      const source = bytes ? bytesInMemory(bytes) : await this.#read(number);
      return await contentDigest(how, source, work.signal);
    } catch (error) {
      if (error instanceof MailboxError && error.code === 'GONE') return null;
      throwIfStopped(work);
      throw error;
    }
  }

  async #read(number: number): Promise<ByteSource> {
    const key = this.#archive.keyOf(messageNumber(number));
    return (await storedMessage(this.#archive, key)).source;
  }
}

function throwIfStopped({ signal }: Work): void {
  if (signal?.aborted) throw new MailboxError('CANCELLED', {});
}

async function turns<Result>(steps: Steps<Result>, work: Work): Promise<Result> {
  const made = await inTurns(steps, () => work.signal?.aborted !== true);
  if (made) return made.value;
  throw new MailboxError('CANCELLED', {});
}
