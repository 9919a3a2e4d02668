/**
 * The rows near the screen, fetched by page. A page of an older generation stays visible until its
 * fresh one arrives, so that the list never flashes empty; pages far away are forgotten.
 */

import type { ListState } from '../../shared/contract.ts';
import type { Row } from '../../shared/row.ts';

export const PAGE_ROWS = 100;
const PAGES_MAX = 24;

interface Page {
  readonly generation: number;
  readonly rows: readonly Row[];
}

export interface RowAnswer {
  readonly list: ListState;
  readonly rows: readonly Row[];
}

export type FetchRows = (generation: number, from: number, count: number) => Promise<RowAnswer>;

export class RowWindow {
  readonly #fetch: FetchRows;
  readonly #arrived: () => void;
  /** By page number, least recently used first. */
  readonly #pages = new Map<number, Page>();
  readonly #asked = new Set<string>();
  #generation = 0;
  #rows = 0;
  #wanted: readonly [first: number, last: number] = [0, 0];

  /** @param arrived called when rows have come that were not there before */
  constructor(fetch: FetchRows, arrived: () => void) {
    this.#fetch = fetch;
    this.#arrived = arrived;
  }

  /** The list is now of this generation and length. */
  moveTo(list: ListState): void {
    this.#generation = list.generation;
    this.#rows = list.rows;
    this.#request();
  }

  /** A row, possibly of the generation before; undefined if it has not come yet. */
  row(index: number): Row | undefined {
    if (index >= this.#rows) return undefined;
    return this.#pages.get(Math.floor(index / PAGE_ROWS))?.rows[index % PAGE_ROWS];
  }

  /** These rows are on screen, both included: they are fetched, and so are their neighbours. */
  show(first: number, last: number): void {
    this.#wanted = [first, last];
    this.#request();
  }

  #request(): void {
    if (this.#rows === 0) return;
    const [first, last] = this.#wanted;
    const lastPage = Math.floor((this.#rows - 1) / PAGE_ROWS);
    const from = Math.max(0, Math.floor(first / PAGE_ROWS));
    const to = Math.min(lastPage, Math.floor(last / PAGE_ROWS));
    for (let page = from; page <= to; page++) this.#need(page);
  }

  #need(number: number): void {
    const page = this.#pages.get(number);
    if (page) {
      this.#pages.delete(number);
      this.#pages.set(number, page);
      const whole = Math.min(PAGE_ROWS, this.#rows - number * PAGE_ROWS);
      if (page.generation === this.#generation && page.rows.length >= whole) return;
    }
    const generation = this.#generation;
    const name = `${generation} ${number}`;
    if (this.#asked.has(name)) return;
    this.#asked.add(name);
    this.#fetch(generation, number * PAGE_ROWS, PAGE_ROWS)
      .then(({ list, rows }) => {
        if (list.generation < this.#generation) return;
        if (rows.length > 0) this.#keep(number, { generation: list.generation, rows });
        else if (list.generation !== this.#generation) this.moveTo(list);
      })
      .catch(() => undefined)
      .finally(() => this.#asked.delete(name));
  }

  #keep(number: number, page: Page): void {
    this.#pages.delete(number);
    this.#pages.set(number, page);
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= PAGES_MAX) break;
      this.#pages.delete(oldest);
    }
    this.#arrived();
  }
}
