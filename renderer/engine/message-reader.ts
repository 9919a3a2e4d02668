/**
 * The message that is current in an archive's list, read from its engine: holding an arrow key down
 * reads only where it stops, and nothing queues up. Its parts and its source come in strokes.
 */

import type { MessageText } from '../../shared/message-view.ts';
import type { PartChunk } from '../../shared/reading-contract.ts';
import { toErrorValue } from '../../shared/errors.ts';
import type { Connection } from './connection.ts';
import { Latest } from './latest.ts';
import type { Observable } from './observable.ts';
import type { Snapshot } from './snapshot.ts';

export class MessageReader {
  readonly #connection: Connection;
  readonly #state: Observable<Snapshot>;
  readonly #keyOf: (row: number) => Promise<string | null>;
  readonly #opening = new Latest();

  constructor(
    connection: Connection,
    state: Observable<Snapshot>,
    keyOf: (row: number) => Promise<string | null>,
  ) {
    this.#connection = connection;
    this.#state = state;
    this.#keyOf = keyOf;
  }

  /** Shows the message of a row; of several that follow quickly only the last. -1: none. */
  read(row: number): void {
    const { reading } = this.#state.snapshot();
    if (reading.reading === 'shown') this.#state.set({ reading: { ...reading, late: true } });
    this.#show(async () => (row < 0 ? null : await this.#keyOf(row)), '');
  }

  /** Reads the message that is shown in another character set; empty: in its own. */
  readIn(charset: string): void {
    const { reading } = this.#state.snapshot();
    if (reading.reading === 'shown') this.#show(async () => reading.message.key, charset);
  }

  /** Reads the message that is shown anew. */
  readAgain(): void {
    const { reading } = this.#state.snapshot();
    if (reading.reading === 'shown') this.readIn(reading.charset);
  }

  text(key: string, charset: string): Promise<MessageText> {
    return this.#connection.call('text', { key, ...(charset === '' ? {} : { charset }) });
  }

  part(key: string, part: string, from: number, length: number): Promise<PartChunk> {
    return this.#connection.call('part', { key, part, from, length });
  }

  source(key: string, from: number, length: number): Promise<PartChunk> {
    return this.#connection.call('source', { key, from, length });
  }

  #show(keyed: () => Promise<string | null>, charset: string): void {
    this.#opening.run(async () => {
      try {
        const key = await keyed();
        if (this.#opening.superseded) return;
        if (key === null) return this.#state.set({ reading: { reading: 'none' } });
        if (this.#state.snapshot().reading.reading !== 'shown') {
          this.#state.set({ reading: { reading: 'loading' } });
        }
        const asked = { key, ...(charset === '' ? {} : { charset }) };
        const message = await this.#connection.call('read', asked);
        this.#state.set({ reading: { reading: 'shown', message, charset, late: false } });
      } catch (error) {
        this.#state.set({ reading: { reading: 'failed', error: toErrorValue(error) } });
      }
    });
  }
}
