/**
 * A search over all archives of the library, and those that are open besides: one after the other, two
 * at once, results as they come.
 */

import type { Bridge } from '../../shared/bridge.ts';
import { type ErrorValue, toErrorValue } from '../../shared/errors.ts';
import { QUERY_LENGTH_MAX } from '../../shared/search-syntax.ts';
import type { ArchiveId } from '../../shared/units.ts';
import { Observable } from '../engine/observable.ts';
import { FIRST_PLACE, type ResultPlace, SHOWN_BY_DATE } from './result-rows.ts';
import { type FoundHere, Loans, searchArchive } from './archive-search.ts';

/** Engines that work at the same time. */
const AT_ONCE = 2;

/** An archive that is searched. */
export interface Searched {
  readonly path: string;
  readonly name: string;
  /** The folders it is in, to be shown before its name. */
  readonly place: readonly string[];
  readonly state: 'waiting' | 'searching' | 'done' | 'failed' | 'stopped';
  /** How far it is, from 0 to 1, while it is searched. */
  readonly share: number;
  readonly found: FoundHere | null;
  readonly error: ErrorValue | null;
}

export type Target = Pick<Searched, 'path' | 'name' | 'place'>;

export interface EverywhereSnapshot {
  /** What stands in the box. */
  readonly text: string;
  /** What was searched for; empty before the first search. */
  readonly query: string;
  readonly state: 'none' | 'running' | 'over';
  readonly archives: readonly Searched[];
  /** Archives, by path, of which all that came is shown. */
  readonly expanded: ReadonlySet<string>;
  /** So many rows are shown where they are listed by date. */
  readonly most: number;
  /** Which line of the results the keyboard is at. */
  readonly at: ResultPlace;
}

export class EverywhereStore {
  readonly #bridge: Bridge;
  readonly #loans = new Loans();
  readonly #state = new Observable<EverywhereSnapshot>({
    text: '',
    query: '',
    state: 'none',
    archives: [],
    expanded: new Set(),
    most: SHOWN_BY_DATE,
    at: FIRST_PLACE,
  });
  readonly subscribe = this.#state.subscribe;
  readonly snapshot = this.#state.snapshot;
  #stop = new AbortController();

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
  }

  /** A port for an engine that was lent. @returns false if it is none of these */
  arrived(loan: ArchiveId, port: MessagePort): boolean {
    return this.#loans.arrived(loan, port);
  }

  type(text: string): void {
    this.#state.set({ text });
  }

  goTo(at: ResultPlace): void {
    this.#state.set({ at });
  }

  /** Shows all that came of an archive. */
  expand(path: string): void {
    this.#state.set({ expanded: new Set([...this.snapshot().expanded, path]) });
  }

  /** Shows more of what is listed by date. @param index where that begins: the keyboard goes on there */
  showLater(index: number): void {
    const most = this.snapshot().most + SHOWN_BY_DATE;
    this.#state.set({ most, at: { index, name: '' } });
  }

  /** Searches what stands in the box; a search that is running ends. */
  async search(targets: readonly Target[]): Promise<void> {
    const query = askedOf(this.snapshot().text);
    this.cancel();
    this.#state.set({ expanded: new Set(), most: SHOWN_BY_DATE, at: FIRST_PLACE });
    if (query === '') return this.#state.set({ query, state: 'none', archives: [] });
    const fresh = { state: 'waiting', share: 0, found: null, error: null } as const;
    this.#state.set({ query, archives: targets.map((target) => ({ ...target, ...fresh })) });
    await this.#run('known', () => true);
  }

  /** Reads the texts that no index knows, of all archives whose texts are not all searched. */
  async searchTexts(): Promise<void> {
    await this.#run('read', ({ found, state }) => state !== 'failed' && lacksTexts(found));
  }

  /** Ends a search; what was found stays. */
  cancel(): void {
    this.#stop.abort();
  }

  async #run(texts: 'read' | 'known', isWanted: (one: Searched) => boolean): Promise<void> {
    this.#stop.abort();
    const stop = new AbortController();
    this.#stop = stop;
    const waiting = this.snapshot().archives.filter(isWanted);
    this.#state.set({ state: 'running' });
    for (const { path } of waiting) this.#change(path, { state: 'waiting' });
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next && !stop.signal.aborted; next = waiting.shift()) {
        await this.#searchOne(next, texts, stop.signal);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    if (this.#stop !== stop) return;
    for (const { path, state } of this.snapshot().archives) {
      if (state === 'waiting') this.#change(path, { state: 'stopped' });
    }
    this.#state.set({ state: 'over' });
  }

  async #searchOne(
    { path }: Searched,
    texts: 'read' | 'known',
    signal: AbortSignal,
  ): Promise<void> {
    const { query } = this.snapshot();
    const tell = (change: Partial<Searched>): void => {
      if (this.#stop.signal === signal) this.#change(path, change);
    };
    tell({ state: 'searching', share: 0 });
    try {
      const doors = { bridge: this.#bridge, ports: this.#loans };
      const told = (share: number): void => tell({ share });
      const found = await searchArchive(doors, { path, query, texts }, told, signal);
      tell({ state: 'done', found });
    } catch (thrown) {
      const error = toErrorValue(thrown);
      tell(error.code === 'CANCELLED' ? { state: 'stopped' } : { state: 'failed', error });
    }
  }

  #change(path: string, change: Partial<Searched>): void {
    const { archives } = this.snapshot();
    this.#state.set({
      archives: archives.map((one) => (one.path === path ? { ...one, ...change } : one)),
    });
  }
}

/** True if texts have a say, and were not all searched. */
export const lacksTexts = (found: FoundHere | null): boolean =>
  found?.answer != null && found.answer.covered < found.answer.total;

/** What is searched for where this stands in the box. */
export const askedOf = (text: string): string => text.slice(0, QUERY_LENGTH_MAX).trim();
