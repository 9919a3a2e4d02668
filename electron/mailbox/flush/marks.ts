/** Marks messages for deletion: the digest of what the person saw, by key (I4, I5). Writes nothing. */

import { MailboxError } from '../../../shared/errors.ts';
import type { Amount, Key, MessageNumber } from '../../../shared/units.ts';
import type { OpenFile } from '../disk/disk.ts';
import type { Keys } from '../toc/keys.ts';
import type { Table } from '../toc/table.ts';
import { digestOf, type Marked, type Pending } from './pending.ts';

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

  get pending(): Pending {
    return this.#pending;
  }

  /** Grows with every change. */
  get revision(): number {
    return this.#revision;
  }

  /** How much a flush would remove. */
  get amount(): Amount {
    let bytes = 0;
    for (const marked of this.#pending.values()) bytes += marked.bytes;
    return { messages: this.#pending.size, bytes };
  }

  /** @throws STALE if the table is made anew meanwhile; CANCELLED, IO. What is marked stays so. */
  async add(numbers: readonly MessageNumber[], request: MarkRequest): Promise<void> {
    const { file, table, keys, signal } = request;
    const total = numbers.reduce((sum, number) => sum + table.length(number), 0);
    let done = 0;
    for (const number of numbers) {
      const of = keys.keyOf(number);
      const span = table.span(number);
      if (!this.#pending.has(of)) {
        await request.still();
        const digest = await digestOf(file, span, signal);
        if (!request.isCurrent()) throw new MailboxError('STALE');
        this.#pending.set(of, { digest, bytes: span.length });
        this.#revision += 1;
      }
      done += span.length;
      request.onProgress?.(done, total);
    }
  }

  drop(keys: Iterable<Key>): void {
    for (const of of keys) this.#pending.delete(of);
    this.#revision += 1;
  }
}
