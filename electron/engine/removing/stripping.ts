/**
 * Takes attachments out of messages, inside the archive: looks what there is, saves it if that is
 * wished, and puts each message without it in the place of the one with it (`flush/exchange.ts`).
 * Nothing of the archive changes before everything has been read and saved.
 */

import { createHash } from 'node:crypto';
import type { ChosenPlace, Exported } from '../../../shared/export-contract.ts';
import { MailboxError } from '../../../shared/errors.ts';
import type { Staying, Strippable, Stripped, StripWanted } from '../../../shared/strip-contract.ts';
import { type Digest, digest, type Key } from '../../../shared/units.ts';
import { type Exchange, lengthOf, type Piece } from '../../mailbox/flush/exchange.ts';
import type { FlushResult } from '../../mailbox/mailbox-options.ts';
import { OpenMessage } from '../../message/read-message.ts';
import { type Cut, cutsOf, lengthCut, type Removable } from '../../message/without-attachments.ts';
import type { Exporting } from '../export/exporting.ts';
import { type Messages, type StoredMessage, storedMessage } from '../messages/stored-message.ts';
import type { Task, Tasks } from '../archive/tasks.ts';

const STROKE_BYTES = 4 * 1024 * 1024;

export interface StrippingParts {
  readonly messages: Messages & { readonly tasks: Tasks };
  readonly exporting: Exporting;
  /** Carries it out, and tells listeners. */
  readonly exchange: (exchanges: readonly Exchange[]) => Promise<FlushResult>;
}

export interface StripRequest {
  readonly keys: readonly Key[];
  readonly wanted: StripWanted;
  /** Where attachments are saved first; null for nowhere. */
  readonly saveTo: ChosenPlace | null;
}

/** What of a message is to be taken out, if anything, and what stays. */
interface Found {
  readonly key: Key;
  readonly stored: StoredMessage;
  readonly bodyFrom: number;
  readonly parts: readonly Removable[];
  readonly staying: Staying;
}

/** A new form of a message, and how many attachments it does not have any more. */
interface Prepared extends Exchange {
  readonly attachments: number;
}

interface Doing {
  /** On which it is done, as text. */
  readonly day: string;
  readonly task: Task;
}

export class Stripping {
  readonly #parts: StrippingParts;

  constructor(parts: StrippingParts) {
    this.#parts = parts;
  }

  /** What could be taken out. @throws CANCELLED */
  async look(keys: readonly Key[], wanted: StripWanted): Promise<Strippable> {
    const sum = { messages: 0, attachments: 0, bytes: 0 };
    let staying = NOTHING_STAYS;
    await this.#each(keys, wanted, async (found) => {
      staying = together(staying, found.staying);
      const { parts } = found;
      if (parts.length > 0) sum.messages += 1;
      sum.attachments += parts.length;
      for (const { from, to } of parts) sum.bytes += to - from;
    });
    const { messages, bytes, attachments } = sum;
    return { amount: { messages, bytes }, attachments, staying };
  }

  /**
   * Takes attachments out.
   * @throws READ_ONLY, LOCKED, NO_SPACE, CANCELLED, IO; GONE if not all could be saved: nothing was
   *   changed then
   */
  async run({ keys, wanted, saveTo }: StripRequest): Promise<Stripped> {
    this.#parts.messages.mailbox.mustBeWritable();
    const exchanges: Prepared[] = [];
    let changed = 0;
    const day = new Date().toISOString().slice(0, 10);
    let staying = NOTHING_STAYS;
    await this.#each(keys, wanted, async (found, task) => {
      staying = together(staying, found.staying);
      if (found.parts.length === 0) return;
      const exchange = await this.#exchangeOf(found.key, wanted, { day, task });
      if (exchange) exchanges.push(exchange);
      else changed += 1;
    });
    if (exchanges.length === 0) {
      const amount = { messages: 0, bytes: 0 };
      return { amount, attachments: 0, staying, conflicts: changed, saved: null };
    }
    const saved = saveTo && (await this.#save(exchanges, saveTo));
    const { removed, bytesBefore, bytesAfter, conflicts } = await this.#parts.exchange(exchanges);
    const left = new Set<string>(conflicts.map(({ key }) => key));
    const done = exchanges.filter(({ key }) => !left.has(key));
    return {
      amount: { messages: removed.messages, bytes: Math.max(0, bytesBefore - bytesAfter) },
      attachments: done.reduce((sum, { attachments }) => sum + attachments, 0),
      staying,
      conflicts: changed + conflicts.length,
      saved,
    };
  }

  async #save(exchanges: readonly Exchange[], place: ChosenPlace): Promise<Exported> {
    const keys = exchanges.map(({ key }) => key);
    const saved = await this.#parts.exporting.run({ keys, place, options: { as: 'attachments' } });
    if (saved.missed === 0) return saved;
    const sentence = `The attachments of ${saved.missed} of ${keys.length} messages could not be saved, because these were changed or removed meanwhile. So nothing was taken out of the archive.`;
    throw new MailboxError('GONE', { missed: saved.missed, path: saved.path }, { sentence });
  }

  /** Looks at messages one after the other, as a task. */
  #each(
    keys: readonly Key[],
    wanted: StripWanted,
    act: (found: Found, task: Task) => Promise<void>,
  ): Promise<void> {
    const { messages } = this.#parts;
    const { mailbox, tasks } = messages;
    return tasks.run('look', async (task) => {
      const lengthOfKey = (key: Key): number => {
        const number = mailbox.keys.numberOf(key);
        return number === null ? 0 : mailbox.table.length(number);
      };
      const total = keys.reduce((sum, key) => sum + lengthOfKey(key), 0);
      let done = 0;
      for (const key of keys) {
        if (task.signal.aborted) throw new MailboxError('CANCELLED', { path: mailbox.path });
        const length = lengthOfKey(key);
        // What is marked for deletion goes whole; what is gone has nothing to be taken out of.
        if (length > 0 && !mailbox.pending.has(key)) {
          const found = await this.#found(key, wanted, task);
          if (found) await act(found, task);
        }
        done += length;
        task.progress(done, total);
      }
    });
  }

  async #found(key: Key, wanted: StripWanted, { signal }: Task): Promise<Found | null> {
    try {
      const stored = await storedMessage(this.#parts.messages, key);
      const message = await OpenMessage.open(stored.source, stored.separator);
      const { bodyFrom, parts, staying } = await message.removable(wanted, { signal });
      const { offset, stretchFrom } = stored;
      const own = parts.filter(({ from }) => offset !== null && from >= stretchFrom);
      const other = staying.other + parts.length - own.length;
      return { key, stored, bodyFrom, parts: own, staying: { ...staying, other } };
    } catch (error) {
      if (signal.aborted) throw new MailboxError('CANCELLED', { key });
      if (error instanceof MailboxError && error.code === 'GONE') return null;
      throw error;
    }
  }

  /**
   * Null if the message is gone, or changes meanwhile: what is cut, what the text in its place says and
   * the digest must be of the same bytes (I5). Another program may write into the middle of a body
   * without anything else telling, so they are hashed before and behind the look.
   */
  async #exchangeOf(key: Key, wanted: StripWanted, { day, task }: Doing): Promise<Prepared | null> {
    const { messages } = this.#parts;
    try {
      const bytes = messages.spanOf(key).length;
      const seen = await this.#digestOf(key, bytes);
      const found = await this.#found(key, wanted, task);
      if (!found || found.parts.length === 0) return null;
      const pieces = piecesOf(await this.#cutsOf(found, day), found.stored.offset ?? 0, bytes);
      if (messages.spanOf(key).length !== bytes) return null;
      if ((await this.#digestOf(key, bytes)) !== seen) return null;
      return { key, digest: seen, bytes, pieces, attachments: found.parts.length };
    } catch (error) {
      if (error instanceof MailboxError && error.code === 'GONE') return null;
      throw error;
    }
  }

  async #cutsOf({ stored, bodyFrom, parts }: Found, day: string): Promise<readonly Cut[]> {
    const { source } = stored;
    const cuts = await cutsOf(source, parts, day);
    const isMbox = this.#parts.messages.mailbox.format.name === 'mbox';
    const length = isMbox ? await lengthCut(source, bodyFrom, cuts) : [];
    return [...cuts, ...length].sort((one, other) => one.from - other.from);
  }

  /** @throws GONE */
  async #digestOf(key: Key, bytes: number): Promise<Digest> {
    const hash = createHash('sha256');
    for (let at = 0; at < bytes; at += STROKE_BYTES) {
      const length = Math.min(STROKE_BYTES, bytes - at);
      hash.update(await this.#parts.messages.part(key, at, length));
    }
    return digest(hash.digest('hex'));
  }
}

const NOTHING_STAYS: Staying = { whole: 0, within: 0, other: 0 };

const together = (one: Staying, other: Staying): Staying => ({
  whole: one.whole + other.whole,
  within: one.within + other.within,
  other: one.other + other.other,
});

/** What stays and what is new, in order. @param offset where the message begins in what is stored */
function piecesOf(cuts: readonly Cut[], offset: number, length: number): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { from, to, instead } of cuts) {
    pieces.push({ from: at, to: offset + from }, { bytes: instead });
    at = offset + to;
  }
  pieces.push({ from: at, to: length });
  return pieces.filter((piece) => lengthOf(piece) > 0);
}
