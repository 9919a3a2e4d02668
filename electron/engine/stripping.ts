/**
 * Takes attachments out of messages, inside the archive: looks what there is, saves it if that is
 * wished, and puts each message without it in the place of the one with it (`flush/exchange.ts`).
 * Nothing of the archive changes before everything has been read and saved.
 */

import { createHash } from 'node:crypto';
import type { ChosenPlace, Exported } from '../../shared/export-contract.ts';
import { MailboxError } from '../../shared/errors.ts';
import type { Strippable, Stripped, StripWanted } from '../../shared/strip-contract.ts';
import { digest, type Key } from '../../shared/units.ts';
import { type Exchange, lengthOf, type Piece } from '../mailbox/flush/exchange.ts';
import type { FlushResult, Work } from '../mailbox/mailbox-options.ts';
import { OpenMessage } from '../message/read-message.ts';
import { type Cut, cutsOf, lengthCut, type OwnPart } from '../message/without-attachments.ts';
import type { Exporting } from './export/exporting.ts';
import { type Messages, type StoredMessage, storedMessage } from './stored-message.ts';
import type { Tasks } from './tasks.ts';

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

/** A message that has something to be taken out. */
interface Found {
  readonly key: Key;
  readonly stored: StoredMessage;
  readonly bodyFrom: number;
  readonly parts: readonly OwnPart[];
}

export class Stripping {
  readonly #parts: StrippingParts;

  constructor(parts: StrippingParts) {
    this.#parts = parts;
  }

  /** What could be taken out. @throws CANCELLED */
  async look(keys: readonly Key[], wanted: StripWanted): Promise<Strippable> {
    const sum = { messages: 0, attachments: 0, bytes: 0 };
    await this.#each(keys, wanted, async ({ parts }) => {
      sum.messages += 1;
      sum.attachments += parts.length;
      for (const { entity } of parts) sum.bytes += entity.bodyTo - entity.from;
    });
    const { messages, bytes, attachments } = sum;
    return { amount: { messages, bytes }, attachments };
  }

  /**
   * Takes attachments out.
   * @throws READ_ONLY, LOCKED, NO_SPACE, CANCELLED, IO; GONE if not all could be saved: nothing was
   *   changed then
   */
  async run({ keys, wanted, saveTo }: StripRequest): Promise<Stripped> {
    this.#mustBeWritable();
    const exchanges: Exchange[] = [];
    let attachments = 0;
    const day = new Date().toISOString().slice(0, 10);
    await this.#each(keys, wanted, async (found) => {
      const exchange = await this.#exchangeOf(found, day);
      if (!exchange) return;
      exchanges.push(exchange);
      attachments += found.parts.length;
    });
    if (exchanges.length === 0) {
      return { amount: { messages: 0, bytes: 0 }, attachments: 0, conflicts: 0, saved: null };
    }
    const saved = saveTo && (await this.#save(exchanges, saveTo));
    const { removed, bytesBefore, bytesAfter, conflicts } = await this.#parts.exchange(exchanges);
    return {
      amount: { messages: removed.messages, bytes: Math.max(0, bytesBefore - bytesAfter) },
      attachments: removed.messages === exchanges.length ? attachments : removed.messages,
      conflicts: conflicts.length,
      saved,
    };
  }

  #mustBeWritable(): void {
    const { mailbox } = this.#parts.messages;
    if (mailbox.readOnly === '') return;
    const sentence = `${mailbox.readOnly} Nothing was changed.`;
    throw new MailboxError('READ_ONLY', { path: mailbox.path }, { sentence });
  }

  async #save(exchanges: readonly Exchange[], place: ChosenPlace): Promise<Exported> {
    const keys = exchanges.map(({ key }) => key);
    const saved = await this.#parts.exporting.run({ keys, place, options: { as: 'attachments' } });
    if (saved.missed === 0) return saved;
    const sentence = `The attachments of ${saved.missed} of ${keys.length} messages could not be saved, because these were changed or removed meanwhile. So nothing was taken out of the archive.`;
    throw new MailboxError('GONE', { missed: saved.missed, path: saved.path }, { sentence });
  }

  /** Looks at messages one after the other, as a task; those with nothing to be taken out are left out. */
  #each(
    keys: readonly Key[],
    wanted: StripWanted,
    act: (found: Found) => Promise<void>,
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
          if (found) await act(found);
        }
        done += length;
        task.progress(done, total);
      }
    });
  }

  async #found(
    key: Key,
    wanted: StripWanted,
    { signal }: Pick<Work, 'signal'>,
  ): Promise<Found | null> {
    try {
      const stored = await storedMessage(this.#parts.messages, key);
      if (stored.offset === null) return null;
      const message = await OpenMessage.open(stored.source, stored.separator);
      const { bodyFrom, parts } = await message.removable(wanted, { signal });
      return parts.length === 0 ? null : { key, stored, bodyFrom, parts };
    } catch (error) {
      if (signal.aborted) throw new MailboxError('CANCELLED', { key });
      if (error instanceof MailboxError && error.code === 'GONE') return null;
      throw error;
    }
  }

  /** Null if the message has changed since it was looked at. */
  async #exchangeOf(
    { key, stored, bodyFrom, parts }: Found,
    day: string,
  ): Promise<Exchange | null> {
    const { messages } = this.#parts;
    const { source, offset } = stored;
    const bytes = messages.spanOf(key).length;
    const cuts = await cutsOf(source, parts, day);
    const isMbox = messages.mailbox.format.name === 'mbox';
    const length = isMbox ? await lengthCut(source, bodyFrom, cuts) : [];
    const all = [...cuts, ...length].sort((one, other) => one.from - other.from);
    const pieces = piecesOf(all, offset ?? 0, bytes);
    const hash = createHash('sha256');
    for (let at = 0; at < bytes; at += STROKE_BYTES) {
      hash.update(await messages.part(key, at, Math.min(STROKE_BYTES, bytes - at)));
    }
    if (messages.spanOf(key).length !== bytes) return null;
    return { key, digest: digest(hash.digest('hex')), bytes, pieces };
  }
}

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
