/** Takes up the place in a list at which an earlier session was. */

import type { ArchiveView } from '../../shared/preferences.ts';
import type { Connection } from './connection.ts';
import type { MessageList } from './message-list.ts';
import type { Observable } from './observable.ts';
import type { Snapshot } from './snapshot.ts';

export class Resuming {
  readonly #connection: Connection;
  readonly #state: Observable<Snapshot>;
  readonly #list: MessageList;
  /** What is still to be taken up. */
  #view: ArchiveView | null;
  /** The list in which it was looked for last. */
  #seen = '';

  constructor(
    view: ArchiveView | null,
    connection: Connection,
    state: Observable<Snapshot>,
    list: MessageList,
  ) {
    this.#view = view?.current == null ? null : view;
    this.#connection = connection;
    this.#state = state;
    this.#list = list;
    // It goes with the connection; an engine that ended has no place to go to.
    state.subscribe(() => this.#look());
  }

  /** True while the place may still be found. */
  get waits(): boolean {
    return this.#view !== null;
  }

  /** Goes there once its message is listed; not if somebody has gone elsewhere meanwhile. */
  #look(): void {
    const view = this.#view;
    const { current, status, list, arranging } = this.#state.snapshot();
    if (view?.current == null) return;
    if (current !== null) {
      this.#view = null;
      return;
    }
    // In the order in which it was, and each list once.
    const seen = `${list.generation} ${list.rows} ${status?.state}`;
    if (arranging || !status || list.rows === 0 || seen === this.#seen) return;
    this.#seen = seen;
    this.#find(view, view.current, status.state === 'scanning' ? 'may come' : 'is there').catch(
      // The engine ended: main tells of that.
      () => undefined,
    );
  }

  async #find(view: ArchiveView, key: string, whether: 'may come' | 'is there'): Promise<void> {
    const { generation, row } = await this.#connection.call('locate', { key });
    const { current, list } = this.#state.snapshot();
    if (this.#view !== view || current !== null || generation !== list.generation) return;
    if (row !== null) this.#list.resume({ row, key }, row + view.below);
    // A message that is not there when all has been read does not come any more.
    if (row !== null || whether === 'is there') this.#view = null;
  }
}
