/**
 * The list of one archive in this window: its rows, the row that is current, the selection, and
 * where it is scrolled to.
 *
 * Messages are remembered by key. When the list changes, the new rows are fetched first and put in
 * place all at once, moved so that what was on screen stays there: nothing flickers, and neither
 * the current row nor the place in the list is lost.
 */

import type { Choice, Folding, ListState } from '../../shared/contract.ts';
import type { Arrangement, Row } from '../../shared/row.ts';
import { Choices } from './choices.ts';
import type { Connection } from './connection.ts';
import { Latest } from './latest.ts';
import type { Observable } from './observable.ts';
import { RowWindow } from './row-window.ts';
import type { Scroll, Snapshot } from './snapshot.ts';

interface Place {
  readonly row: number;
  readonly key: string | null;
}

/** Why the list is another one; the greatest wins when several come together. */
const REASONS = { selected: 0, changed: 1, arranged: 2 } as const;
type Reason = keyof typeof REASONS;

type WithoutSerial<Kind> = Kind extends unknown ? Omit<Kind, 'serial'> : never;
type NewScroll = WithoutSerial<Scroll>;

export interface MessageListEvents {
  /** Another row is current, or its message is no longer where it was. */
  readonly current: (row: number) => void;
  readonly failed: (error: unknown) => void;
}

export class MessageList {
  readonly #connection: Connection;
  readonly #state: Observable<Snapshot>;
  readonly #events: MessageListEvents;
  readonly #rows: RowWindow;
  readonly #choices: Choices;
  readonly #following = new Latest();
  readonly #arranging = new Latest();
  #reason: Reason = 'selected';
  /** So many orders were asked for, and so many of them are answered, or were of no use any more. */
  #ordered = { asked: 0, answered: 0 };
  #current: Place | null = null;
  #anchor: Place = { row: 0, key: null };
  /** The current message was edited in the file: what the reader shows no longer stands there. */
  #edited = false;
  /** The row that hides the current message, being collapsed: it becomes current. */
  #heir: number | null = null;
  #first = 0;
  #last = 0;
  /** Where the list is scrolled to, in list pixels; kept while another archive is shown. */
  offset = 0;

  constructor(connection: Connection, state: Observable<Snapshot>, events: MessageListEvents) {
    this.#connection = connection;
    this.#state = state;
    this.#events = events;
    this.#rows = new RowWindow(
      (generation, from, count) => connection.call('rows', { generation, from, count }),
      {
        arrived: () => this.#arrived(),
        outdated: (list) => this.follow(list, 'changed'),
      },
    );
    this.#choices = new Choices(connection, {
      pending: (pending) => state.set({ pending }),
      list: (list) => this.follow(list, 'selected'),
      failed: events.failed,
    });
  }

  /** Shows the list as an engine begins with it: one question, which waits for nothing else. */
  begin(): void {
    this.#following.run(async () => {
      try {
        const list = await this.#rows.begin();
        this.#rows.moveTo(list, 'keep');
        this.#state.set({ list, arrivals: this.#state.snapshot().arrivals + 1 });
      } catch (error) {
        this.#events.failed(error);
      }
    });
  }

  row(index: number): Row | undefined {
    return this.#rows.row(index)?.row;
  }

  /** Rows on screen, both included. */
  show(first: number, last: number): void {
    this.#first = first;
    this.#last = last;
    this.#rows.show(first, last);
  }

  /** Sorts and filters; of several changes that follow quickly the last one counts. */
  arrange(change: Partial<Arrangement>): void {
    const arrangement = { ...this.#state.snapshot().arrangement, ...change };
    this.#ordered.asked += 1;
    const order = this.#ordered.asked;
    this.#state.set({ arrangement, arranging: true });
    this.#arranging.run(async () => {
      try {
        const list = await this.#connection.call('arrange', arrangement);
        this.#ordered.answered = order;
        this.follow(list, 'arranged');
      } catch (error) {
        this.#ordered.answered = order;
        this.#state.set({ arranging: this.#isOrdering });
        this.#events.failed(error);
      }
    });
  }

  /** True until the list is in the order that was asked for last. */
  get #isOrdering(): boolean {
    return this.#ordered.answered < this.#ordered.asked;
  }

  /** Reads the texts that the query asks for and nobody knows yet. */
  async searchRest(): Promise<void> {
    try {
      this.follow(await this.#connection.call('searchRest', {}), 'arranged');
    } catch (error) {
      this.#events.failed(error);
    }
  }

  /** Goes to a row: it becomes current, and the selection changes as `how` says. */
  go(row: number, how: 'only' | 'extend' | 'extend-keeping' | 'toggle' | 'keep'): void {
    const last = this.#state.snapshot().list.rows - 1;
    if (last < 0) return;
    const to = this.#placeOf(Math.max(0, Math.min(row, last)));
    this.#current = to;
    if (how === 'only' || how === 'toggle') this.#anchor = to;
    this.#state.set({ current: to.row, scroll: this.#scrolled({ to: 'row', row: to.row }) });
    this.#events.current(to.row);
    if (how === 'only' || how === 'toggle') this.#choose({ choose: how, row: to.row }, [to]);
    if (how === 'extend' || how === 'extend-keeping') {
      const others = how === 'extend' ? 'drop' : 'keep';
      const from = this.#anchor;
      this.#choose({ choose: 'range', from: from.row, to: to.row, others }, [from, to]);
    }
  }

  /** Takes up a place of an earlier session. @param last the row that was the last one on screen */
  resume(to: { readonly row: number; readonly key: string }, last: number): void {
    const { rows } = this.#state.snapshot().list;
    const { row } = to;
    this.#current = to;
    this.#anchor = to;
    const shown = Math.max(0, Math.min(last, rows - 1));
    this.#state.set({ current: row, scroll: this.#scrolled({ to: 'row', row: shown }) });
    this.#events.current(row);
    this.#choose({ choose: 'only', row }, [to]);
  }

  /** The key of the current message, and how many rows below it the last one on screen is. */
  place(): { readonly current: string | null; readonly below: number } {
    const current = this.#current;
    return {
      current: current?.key ?? null,
      below: current ? this.#last - current.row : 0,
    };
  }

  selectAll(): void {
    this.#choose({ choose: 'all' }, []);
  }

  /** Selects every message of the thread that the current one is in. */
  selectThread(): void {
    const current = this.#current;
    if (!current) return;
    this.#anchor = current;
    this.#choose({ choose: 'thread', row: current.row }, [current]);
  }

  /** Collapses or expands; a current message that is hidden by it hands over to the row that hides it. */
  async fold(folding: Folding): Promise<void> {
    this.follow(await this.#connection.call('fold', folding), 'changed');
  }

  /**
   * Goes on from what was selected to the row behind it, or behind the thread that it is in.
   * @param from the key of what was current then: who has gone elsewhere meanwhile stays there
   */
  goOn(behind: 'row' | 'thread', from: string | null): void {
    if (!this.#current || this.#current.key !== from) return;
    let next = Math.max(this.#current.row, this.#anchor.row) + 1;
    while (behind === 'thread' && (this.row(next)?.thread?.level ?? 1) > 1) next += 1;
    this.go(next, 'only');
  }

  /** Resolves when the engine knows the selection as it is shown. */
  selectionSent(): Promise<void> {
    return this.#choices.sent();
  }

  /** The key of a row, fetched if need be; null if there is no such row. */
  async keyOf(row: number): Promise<string | null> {
    const known = this.row(row)?.key;
    if (known !== undefined) return known;
    const { generation } = this.#state.snapshot().list;
    const { rows } = await this.#connection.call('rows', { generation, from: row, count: 1 });
    return rows[0]?.key ?? null;
  }

  /** The engine's list is another one: follows it without losing what is on screen. */
  follow(list: ListState, reason: Reason): void {
    if (REASONS[reason] > REASONS[this.#reason]) this.#reason = reason;
    this.#following.run(async () => {
      const now = this.#state.snapshot().list;
      if (list.generation < now.generation) return;
      try {
        await this.#moveTo(isOlder(list, now) ? now : list);
      } catch (error) {
        this.#state.set({ arranging: this.#isOrdering });
        this.#events.failed(error);
      }
    });
  }

  async #moveTo(list: ListState): Promise<void> {
    const reason = this.#reason;
    const before = this.#first;
    const scroll = reason === 'selected' ? null : await this.#find(list, reason);
    const first =
      scroll?.to === 'row' ? scroll.row : before + (scroll?.to === 'shift' ? scroll.rows : 0);
    // Of a list that was empty no row is on screen; of this one the first will be.
    await this.#rows.prepare(list, first, first + Math.max(0, this.#last - before));
    // A newer list is known already; it will be followed with the same reason, or its own.
    if (this.#following.superseded && reason !== 'selected') return;
    if (!this.#following.superseded) this.#reason = 'selected';
    this.#rows.moveTo(list, reason === 'arranged' ? 'drop' : 'keep');
    const current = this.#current ? Math.min(this.#current.row, list.rows - 1) : null;
    this.#state.set({
      list,
      current: current === -1 ? null : current,
      arrivals: this.#state.snapshot().arrivals + 1,
      ...(scroll ? { scroll: this.#scrolled(scroll) } : {}),
      ...(reason === 'arranged' ? { arranging: this.#isOrdering } : {}),
    });
    this.#choices.shown(list.generation);
    if (this.#heir !== null) this.go(this.#heir, 'only');
    else if (this.#edited && this.#current) this.#events.current(this.#current.row);
    this.#heir = null;
    this.#edited = false;
  }

  /** Finds the current message and those on screen again. @returns how to scroll, null: not at all */
  async #find(list: ListState, reason: Reason): Promise<NewScroll | null> {
    const current = this.#current;
    const onScreen = this.#keysOnScreen();
    const row = await this.#findCurrent(list);
    if (reason === 'arranged') return { to: 'row', row: row ?? 0 };
    // At the very top, with nothing chosen, new mail at the top is what a person waits for.
    if (this.offset === 0 && !current) return null;
    for (const { row: old, key } of onScreen) {
      const now = await this.#locate(key);
      if (now) return now.row === old ? null : { to: 'shift', rows: now.row - old };
    }
    return null;
  }

  /** Finds the current message and the anchor of ranges. @returns the row of the former */
  async #findCurrent(list: ListState): Promise<number | null> {
    const current = this.#current;
    const anchor = this.#anchor;
    const place = await this.#locate(current?.key ?? null);
    this.#heir = place ? null : await this.#hiderOf(current?.key ?? null);
    if (this.#current === current && current) {
      if (place) this.#current = place;
      else if (current.key !== null && this.#heir === null) this.#lose(current, list);
      if (place && place.key !== current.key) this.#edited = true;
    }
    const anchorPlace = anchor.key === current?.key ? place : await this.#locate(anchor.key);
    if (this.#anchor === anchor && anchorPlace) this.#anchor = anchorPlace;
    return place?.row ?? this.#heir;
  }

  /** The message is gone, or not in this list: keys go on from where it was. */
  #lose(place: Place, list: ListState): void {
    this.#current = { row: Math.min(place.row, Math.max(0, list.rows - 1)), key: place.key };
    this.#events.current(-1);
  }

  async #locate(key: string | null): Promise<Place | null> {
    if (key === null) return null;
    const { row, key: now } = await this.#connection.call('locate', { key });
    return row === null ? null : { row, key: now };
  }

  /** The row under which a message is collapsed. */
  async #hiderOf(key: string | null): Promise<number | null> {
    if (key === null || this.#state.snapshot().arrangement.threads !== 'on') return null;
    return (await this.#connection.call('locate', { key })).under;
  }

  #keysOnScreen(): Place[] {
    const places: Place[] = [];
    for (let row = this.#first; row <= this.#last; row++) {
      const key = this.row(row)?.key;
      if (key !== undefined) places.push({ row, key });
    }
    return places;
  }

  #arrived(): void {
    const current = this.#current;
    if (current?.key === null) this.#current = this.#placeOf(current.row);
    this.#state.set({ arrivals: this.#state.snapshot().arrivals + 1 });
  }

  #choose(choice: Choice, places: readonly Place[]): void {
    const seen = places.map(
      ({ row }) => this.#rows.row(row)?.generation ?? Number.MAX_SAFE_INTEGER,
    );
    const generation = Math.min(this.#state.snapshot().list.generation, ...seen);
    this.#choices.add({ choice, generation, keys: places.map(({ key }) => key) });
  }

  #placeOf(row: number): Place {
    return { row, key: this.row(row)?.key ?? null };
  }

  #scrolled(scroll: NewScroll): Scroll {
    return { ...scroll, serial: this.#state.snapshot().scroll.serial + 1 };
  }
}

/** Of two states of one generation, the one with fewer rows: in the order of the file a list only grows. */
const isOlder = (list: ListState, than: ListState): boolean =>
  list.generation === than.generation && list.rows < than.rows;
