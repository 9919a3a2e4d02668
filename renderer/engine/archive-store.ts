/**
 * One archive as this window sees it: the one store of an engine connection.
 *
 * What comes from the engine is kept as it came, never copied or corrected here. What is the
 * window's own is small: the current row (remembered by key, so that it survives every change), the
 * open message, the notices.
 */

import { type ErrorValue, toErrorValue } from '../../shared/errors.ts';
import type {
  Choice,
  Conflict,
  Flushed,
  ListState,
  Notification,
  NotificationParams,
  Result,
  WindowMethods,
} from '../../shared/contract.ts';
import { type Diff, NO_DIFF } from '../../shared/diff.ts';
import type { MessageView } from '../../shared/message-view.ts';
import type { Arrangement, Row } from '../../shared/row.ts';
import type { Status } from '../../shared/status.ts';
import { Connection } from './connection.ts';
import { Latest } from './latest.ts';
import { RowWindow } from './row-window.ts';

export type Progress = NotificationParams<'progress'>;
export type LockWait = NotificationParams<'lockWait'>;
export type Timeline = Result<WindowMethods, 'timeline'>;

/** The message in the reader. */
export type Reading =
  | { readonly reading: 'none' }
  | { readonly reading: 'loading'; readonly key: string }
  | { readonly reading: 'shown'; readonly key: string; readonly message: MessageView }
  | { readonly reading: 'failed'; readonly key: string; readonly error: ErrorValue };

export interface Snapshot {
  readonly status: Status | null;
  readonly list: ListState;
  readonly arrangement: Arrangement;
  readonly tasks: readonly Progress[];
  readonly lockWait: LockWait | null;
  /** What other programs did since the alert was last dismissed. */
  readonly diff: Diff | null;
  readonly conflicts: readonly Conflict[];
  readonly error: ErrorValue | null;
  readonly flushed: Flushed | null;
  readonly timeline: Timeline | null;
  readonly current: number | null;
  readonly reading: Reading;
  /** The list moves by so many rows once, so that what is on screen stays; counted by `shifts`. */
  readonly shift: number;
  readonly shifts: number;
  /** Grows when rows have arrived. */
  readonly arrivals: number;
}

const FILE_ORDER: Arrangement = { view: 'all', sort: 'position', direction: 'ascending', query: '' };
const NOTHING: ListState = { generation: 0, rows: 0, selected: { messages: 0, bytes: 0 } };

function added(before: Diff | null, diff: Diff): Diff {
  const known = before ?? NO_DIFF;
  return {
    how: known.how === 'replaced' && diff.how !== 'vanished' ? 'replaced' : diff.how,
    arrived: known.arrived + diff.arrived,
    gone: known.gone + diff.gone,
    altered: known.altered + diff.altered,
    marksLost: known.marksLost + diff.marksLost,
  };
}

export class ArchiveStore {
  readonly #connection: Connection;
  readonly #rows: RowWindow;
  readonly #listeners = new Set<() => void>();
  readonly #selecting = new Latest();
  readonly #opening = new Latest();
  readonly #arranging = new Latest();
  readonly #charting = new Latest();
  #anchor = 0;
  #top: { readonly row: number; readonly key: string } | null = null;
  #currentKey: string | null = null;
  #snapshot: Snapshot = {
    status: null,
    list: NOTHING,
    arrangement: FILE_ORDER,
    tasks: [],
    lockWait: null,
    diff: null,
    conflicts: [],
    error: null,
    flushed: null,
    timeline: null,
    current: null,
    reading: { reading: 'none' },
    shift: 0,
    shifts: 0,
    arrivals: 0,
  };

  constructor(port: MessagePort) {
    this.#connection = new Connection(port);
    this.#rows = new RowWindow(
      (generation, from, count) => this.#connection.call('rows', { generation, from, count }),
      () => this.#rowsArrived(),
    );
    this.#connection.listen((note) => this.#hear(note));
    void this.#begin();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): Snapshot => this.#snapshot;

  row(index: number): Row | undefined {
    return this.#rows.row(index);
  }

  /** Rows on screen, both included. */
  show(first: number, last: number): void {
    this.#rows.show(first, last);
    const top = this.#rows.row(first);
    this.#top = top ? { row: first, key: top.key } : null;
  }

  arrange(change: Partial<Arrangement>): void {
    const arrangement = { ...this.#snapshot.arrangement, ...change };
    this.#set({ arrangement });
    this.#arranging.run(async () => {
      await this.#told(async () => {
        const list = await this.#connection.call('arrange', arrangement);
        this.#moveTo(list);
        await this.#findAgain();
      });
    });
  }

  /** Goes to a row: it becomes current, and selected as `how` says. */
  go(row: number, how: 'only' | 'extend' | 'toggle'): void {
    const last = this.#snapshot.list.rows - 1;
    if (last < 0) return;
    const to = Math.max(0, Math.min(row, last));
    if (how !== 'extend') this.#anchor = to;
    this.#setCurrent(to);
    this.choose(
      how === 'extend'
        ? { choose: 'range', from: this.#anchor, to, others: 'drop' }
        : { choose: how, row: to },
    );
  }

  /** Changes the selection; of several changes that follow quickly the last one counts. */
  choose(choice: Choice): void {
    this.#selecting.run(async () => {
      try {
        this.#moveTo(await this.#connection.call('select', { generation: this.#generation, choice }));
      } catch (error) {
        if (toErrorValue(error).code !== 'STALE') throw error;
        // The list moved under the hand: the rows meant are those that are there now.
        this.#moveTo(await this.#connection.call('select', { generation: this.#generation, choice }));
      }
    });
  }

  /** Marks the selection for deletion and goes on to the next message, as mail programs do. */
  async mark(how: 'remove' | 'unremove'): Promise<void> {
    await this.#told(async () => {
      const { conflicts } = await this.#connection.call(how, { selected: 'all' });
      if (conflicts.length > 0) this.#set({ conflicts });
    });
    const { current, list } = this.#snapshot;
    if (current !== null && list.selected.messages <= 1 && current + 1 < list.rows) {
      this.go(current + 1, 'only');
    }
  }

  async undo(): Promise<void> {
    await this.#told(() => this.#connection.call('undo', {}));
  }

  async compact(copy: 'none' | 'keep'): Promise<void> {
    this.#set({ flushed: null });
    await this.#told(async () => {
      this.#set({ flushed: await this.#connection.call('flush', { copy }) });
    });
  }

  async rescan(): Promise<void> {
    await this.#told(async () => this.#set({ status: await this.#connection.call('rescan', {}) }));
  }

  async cancel(task: number): Promise<void> {
    await this.#told(() => this.#connection.call('cancel', { task }));
  }

  dismiss(what: 'diff' | 'conflicts' | 'error' | 'flushed'): void {
    if (what === 'conflicts') this.#set({ conflicts: [] });
    else this.#set({ [what]: null });
  }

  /** The engine is gone. */
  close(): void {
    this.#connection.close();
  }

  get #generation(): number {
    return this.#snapshot.list.generation;
  }

  async #begin(): Promise<void> {
    await this.#told(async () => {
      this.#set({ status: await this.#connection.call('status', {}) });
      this.#moveTo(await this.#connection.call('arrange', this.#snapshot.arrangement));
      this.#chart();
    });
  }

  #hear(note: Notification): void {
    switch (note.notify) {
      case 'changed':
        return this.#changed(note.params);
      case 'progress': {
        const others = this.#snapshot.tasks.filter((task) => task.task !== note.params.task);
        return this.#set({ tasks: note.params.over ? others : [...others, note.params] });
      }
      case 'lockWait':
        return this.#set({ lockWait: note.params.over ? null : note.params });
      case 'conflict':
        return this.#set({ conflicts: [...this.#snapshot.conflicts, ...note.params.conflicts] });
    }
  }

  #changed({ status, list, diff }: NotificationParams<'changed'>): void {
    const happened = diff !== null && diff.how !== 'same';
    this.#set({
      status,
      ...(happened ? { diff: added(this.#snapshot.diff, diff) } : {}),
    });
    this.#moveTo(list);
    void this.#findAgain();
    this.#chart();
  }

  #moveTo(list: ListState): void {
    if (list.generation < this.#generation) return;
    this.#set({ list });
    this.#rows.moveTo(list);
  }

  /** After a change: the current row, and the row at the top, are where their messages are now. */
  async #findAgain(): Promise<void> {
    const top = this.#top;
    try {
      if (this.#currentKey !== null) {
        const { row } = await this.#connection.call('locate', { key: this.#currentKey });
        if (row !== null) {
          this.#anchor += row - (this.#snapshot.current ?? row);
          this.#set({ current: row });
        } else {
          this.#currentKey = null;
          this.#set({ current: null, reading: { reading: 'none' } });
        }
      }
      if (top) {
        const { row } = await this.#connection.call('locate', { key: top.key });
        if (row !== null && row !== top.row) {
          this.#set({ shift: row - top.row, shifts: this.#snapshot.shifts + 1 });
        }
      }
    } catch {
      // The engine ended; main says so.
    }
  }

  #setCurrent(row: number): void {
    this.#currentKey = this.#rows.row(row)?.key ?? null;
    this.#set({ current: row });
    this.#read(row);
  }

  #read(row: number): void {
    this.#opening.run(async () => {
      const found = this.#rows.row(row) ?? (await this.#fetchRow(row));
      if (!found || this.#snapshot.current !== row) return;
      this.#currentKey = found.key;
      if (this.#snapshot.reading.reading === 'none') {
        this.#set({ reading: { reading: 'loading', key: found.key } });
      }
      try {
        const message = await this.#connection.call('read', { key: found.key });
        this.#set({ reading: { reading: 'shown', key: found.key, message } });
      } catch (error) {
        this.#set({ reading: { reading: 'failed', key: found.key, error: toErrorValue(error) } });
      }
    });
  }

  async #fetchRow(row: number): Promise<Row | undefined> {
    const answer = await this.#connection.call('rows', {
      generation: this.#generation,
      from: row,
      count: 1,
    });
    return answer.rows[0];
  }

  #rowsArrived(): void {
    this.#set({ arrivals: this.#snapshot.arrivals + 1 });
  }

  #chart(): void {
    this.#charting.run(async () => {
      this.#set({ timeline: await this.#connection.call('timeline', {}) });
    });
  }

  /** What goes wrong is shown, never swallowed. */
  async #told(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const value = toErrorValue(error);
      if (value.code !== 'ENGINE_ENDED') this.#set({ error: value });
    }
  }

  #set(change: Partial<Snapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    for (const listener of this.#listeners) listener();
  }
}
