/** Going to a message of an archive, wherever the list has it. */

import type { Params, Result, WindowMethods } from '../../shared/contract.ts';
import type { Connection } from './connection.ts';
import type { MessageList } from './message-list.ts';
import type { Observable } from './observable.ts';
import type { Snapshot } from './snapshot.ts';

type Wanted = Params<WindowMethods, 'locate'>;

export class Going {
  readonly #connection: Connection;
  readonly #state: Observable<Snapshot>;
  readonly #list: MessageList;

  constructor(connection: Connection, state: Observable<Snapshot>, list: MessageList) {
    this.#connection = connection;
    this.#state = state;
    this.#list = list;
  }

  /** Goes to a message; what hides it from the list is put away. @throws as the engine */
  async goTo(wanted: Wanted): Promise<void> {
    if ('key' in wanted) await this.#read();
    let { row, key, under } = await this.#locate(wanted);
    if (row === null && under !== null && key !== null) {
      const list = await this.#connection.call('fold', { fold: 'reveal', message: key });
      this.#list.follow(list, 'changed');
      row = (await this.#locate(wanted)).row;
    }
    if (row === null) {
      this.#list.arrange({ view: 'all', query: '', narrowed: [] });
      await this.#state.until(({ arranging }) => !arranging);
      row = (await this.#locate(wanted)).row;
    }
    if (row !== null) this.#list.go(row, 'only');
  }

  /** Goes to a message if the list has it. @throws as the engine */
  async goBackTo(key: string): Promise<void> {
    await this.#read();
    const { row } = await this.#locate({ key });
    if (row !== null) this.#list.go(row, 'only');
  }

  /** Where a message stands in the list, once that list is the one that is shown. */
  async #locate(wanted: Wanted): Promise<Result<WindowMethods, 'locate'>> {
    const place = await this.#connection.call('locate', wanted);
    await this.#state.until(({ list }) => list.generation >= place.generation);
    return place;
  }

  /** Before the archive has been read, nobody knows where a message is. */
  #read(): Promise<void> {
    return this.#state.until(({ status, arranging }) => {
      if (!status || arranging || status.state === 'scanning') return false;
      return status.state !== 'ready' || status.envelopes >= status.messages;
    });
  }
}
