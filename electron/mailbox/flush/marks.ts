/**
 * Marks messages for deletion: the digest of what the person saw, by key (I4, I5). Writes nothing.
 * Reads them as a flush does, many in one go, and lets others have their turn meanwhile.
 */

import { breath } from '../../../shared/steps.ts';
import { MailboxError } from '../../../shared/errors.ts';
import type { Amount, Key, MessageNumber } from '../../../shared/units.ts';
import type { OpenFile } from '../disk/disk.ts';
import type { Keys } from '../toc/keys.ts';
import type { Table } from '../toc/table.ts';
import { digestOf, type Marked, type Pending } from './pending.ts';
import { AheadReader, type ByteRange } from './read-ahead.ts';

/** So many small messages are marked in one go. */
const MESSAGES_A_TURN = 1000;
const DROPPED_A_TURN = 20_000;
/** Progress is told after so many bytes. */
const TELL_EVERY_BYTES = 1024 * 1024;

/** Where the messages to be marked lie now. */
export interface MarkRequest {
  readonly file: OpenFile;
  readonly table: Table;
  readonly keys: Keys;
  /** False once the table was made anew: then the numbers mean nothing any more. */
  readonly isCurrent: () => boolean;
  /** Settles when no bytes are being moved. */
  readonly still: () => Promise<void>;
  readonly signal: AbortSignal;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

export class Marks {
  readonly #pending = new Map<Key, Marked>();
  #revision = 0;
  #bytes = 0;

  get pending(): Pending {
    return this.#pending;
  }

  /** Grows with every change. */
  get revision(): number {
    return this.#revision;
  }

  /** How much a flush would remove. */
  get amount(): Amount {
    return { messages: this.#pending.size, bytes: this.#bytes };
  }

  /**
   * @returns the keys of those that were not marked before
   * @throws STALE if the table is made anew meanwhile; CANCELLED, IO. What is marked stays so.
   */
  async add(numbers: readonly MessageNumber[], request: MarkRequest): Promise<readonly Key[]> {
    const { file, table, signal } = request;
    const wanted = ascending(numbers);
    const total = wanted.reduce((sum, number) => sum + table.length(number), 0);
    const added: Key[] = [];
    const ahead = new AheadReader(file, rangesOf(table, wanted));
    try {
      let done = 0;
      let told = 0;
      for (const [at, number] of wanted.entries()) {
        if (at % MESSAGES_A_TURN === 0) await breath();
        if (signal.aborted) throw new MailboxError('CANCELLED');
        const of = await this.#mark(number, ahead, request);
        if (of !== null) added.push(of);
        done += table.length(number);
        if (done - told < TELL_EVERY_BYTES && done < total) continue;
        told = done;
        request.onProgress?.(done, total);
      }
    } finally {
      await ahead.done();
    }
    return added;
  }

  /** @returns its key; null if it was marked before */
  async #mark(
    number: MessageNumber,
    ahead: AheadReader,
    { table, keys, signal, still, isCurrent }: MarkRequest,
  ): Promise<Key | null> {
    await still();
    if (!isCurrent()) throw new MailboxError('STALE');
    const of = keys.keyOf(number);
    if (this.#pending.has(of)) return null;
    const span = table.span(number);
    const digest = await digestOf(ahead, span, signal);
    if (!isCurrent()) throw new MailboxError('STALE');
    this.#pending.set(of, { digest, bytes: span.length });
    this.#bytes += span.length;
    this.#revision += 1;
    return of;
  }

  /** Takes up marks that were made before, with the digests of what was seen then. */
  recall(marks: Pending): void {
    for (const [of, marked] of marks) {
      if (this.#pending.has(of)) continue;
      this.#pending.set(of, marked);
      this.#bytes += marked.bytes;
    }
    this.#revision += 1;
  }

  /** As `drop`; others have their turn meanwhile. */
  async dropInTurns(keys: readonly Key[]): Promise<void> {
    for (let at = 0; at < keys.length; at += DROPPED_A_TURN) {
      this.drop(keys.slice(at, at + DROPPED_A_TURN));
      await breath();
    }
  }

  drop(keys: Iterable<Key>): void {
    for (const of of keys) {
      this.#bytes -= this.#pending.get(of)?.bytes ?? 0;
      this.#pending.delete(of);
    }
    this.#revision += 1;
  }
}

/** The numbers in the order of the file, as most are already. */
function ascending(numbers: readonly MessageNumber[]): readonly MessageNumber[] {
  let isSorted = true;
  for (let at = 1; at < numbers.length && isSorted; at++) {
    isSorted = (numbers[at - 1] ?? 0) <= (numbers[at] ?? 0);
  }
  return isSorted ? numbers : [...numbers].sort((one, other) => one - other);
}

function* rangesOf(table: Table, numbers: readonly MessageNumber[]): Generator<ByteRange> {
  for (const number of numbers) {
    const { offset, length } = table.span(number);
    yield { from: offset, to: offset + length };
  }
}
