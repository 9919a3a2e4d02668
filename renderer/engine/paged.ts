/**
 * A long list of which only pages near the screen are fetched. What was there stays on screen until
 * what is there now has come, so that nothing flickers.
 */

import { Observable } from './observable.ts';

export interface Page<Item> {
  /** So many items there are. */
  readonly total: number;
  readonly items: readonly Item[];
  /** Pages of another version do not go together. */
  readonly version: number;
}

export type FetchPage<Item> = (from: number, count: number) => Promise<Page<Item>>;

export interface PagedState {
  /** Null until the first page has come. */
  readonly total: number | null;
  /** Grows when items have come. */
  readonly arrivals: number;
}

export const PAGE_ITEMS = 100;
const PAGES_MAX = 12;

export class Paged<Item> {
  readonly #state = new Observable<PagedState>({ total: null, arrivals: 0 });
  readonly subscribe = this.#state.subscribe;
  readonly snapshot = this.#state.snapshot;
  #fetch: FetchPage<Item>;
  #pages = new Map<number, readonly Item[]>();
  #version = -1;
  /** Grows when all that was asked for is of no use any more. */
  #turn = 0;
  #asked = new Set<number>();
  #shown: readonly [first: number, last: number] = [0, 0];

  constructor(fetch: FetchPage<Item>) {
    this.#fetch = fetch;
  }

  /** Undefined while it has not come. */
  at(index: number): Item | undefined {
    return this.#pages.get(Math.floor(index / PAGE_ITEMS))?.[index % PAGE_ITEMS];
  }

  /** These items are on screen, both included. */
  show(first: number, last: number): void {
    this.#shown = [first, last];
    this.#request('missing');
  }

  /** What is there may be something else; another list altogether if there is another way to fetch. */
  refresh(fetch: FetchPage<Item> = this.#fetch): void {
    this.#fetch = fetch;
    this.#turn += 1;
    this.#asked = new Set();
    const onScreen = this.#onScreen();
    for (const page of this.#pages.keys()) if (!onScreen.includes(page)) this.#pages.delete(page);
    this.#request('all');
  }

  #request(which: 'missing' | 'all'): void {
    for (const page of this.#onScreen()) {
      if (which === 'all' || !this.#pages.has(page)) void this.#need(page);
    }
  }

  #onScreen(): number[] {
    const [first, last] = this.#shown.map((index) => Math.floor(index / PAGE_ITEMS));
    const pages: number[] = [];
    for (let page = first ?? 0; page <= (last ?? 0); page++) pages.push(page);
    return pages;
  }

  async #need(page: number): Promise<void> {
    if (this.#asked.has(page)) return;
    this.#asked.add(page);
    const turn = this.#turn;
    try {
      const got = await this.#fetch(page * PAGE_ITEMS, PAGE_ITEMS);
      if (turn === this.#turn) this.#take(page, got);
    } catch {
      // What the engine says of its end reaches the person elsewhere; it is asked for again.
    } finally {
      if (turn === this.#turn) this.#asked.delete(page);
    }
  }

  #take(page: number, { total, items, version }: Page<Item>): void {
    if (version !== this.#version) this.#pages.clear();
    this.#version = version;
    this.#pages.delete(page);
    this.#pages.set(page, items);
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > PAGES_MAX && oldest !== undefined) this.#pages.delete(oldest);
    this.#state.set({ total, arrivals: this.#state.snapshot().arrivals + 1 });
    this.#request('missing');
  }
}
