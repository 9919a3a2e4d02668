/**
 * The rows near the screen, fetched by page.
 *
 * A page of an older generation stays visible until its fresh one arrives, so that the list never
 * flashes empty; each row says of which generation it is, so that nobody acts on a row by an index
 * that means another message by now. Pages that were not used for long are forgotten.
 *
 * One screen is asked for at a time: of those that a hand on the scroll bar passes meanwhile only the
 * newest is asked for afterwards. Asked for one by one they would queue up, and the last one is the one
 * that a person waits for.
 */

import { FIRST_GENERATION, type ListState } from '../../shared/contract.ts';
import type { Row } from '../../shared/row.ts';

export const PAGE_ROWS = 100;
const PAGES_MAX = 24;

interface Page {
  readonly generation: number;
  readonly rows: readonly Row[];
}

export interface SeenRow {
  readonly row: Row;
  /** Of which list this row is; older than the list's own while the fresh one is under way. */
  readonly generation: number;
}

export interface RowAnswer {
  readonly list: ListState;
  readonly rows: readonly Row[];
}

export type FetchRows = (generation: number, from: number, count: number) => Promise<RowAnswer>;

export interface RowWindowEvents {
  /** Rows have come that were not there before. */
  readonly arrived: () => void;
  /** The engine's list is newer than ours. */
  readonly outdated: (list: ListState) => void;
}

export class RowWindow {
  readonly #fetch: FetchRows;
  readonly #events: RowWindowEvents;
  /** By page number, least recently used first. */
  readonly #pages = new Map<number, Page>();
  /** Fetched before the list moves to their generation. */
  #ahead = new Map<number, Page>();
  /** Pages of this generation that are on their way. */
  readonly #asked = new Set<string>();
  /** What was shown when they were asked for. */
  #askedFor: readonly [first: number, last: number] = [0, 0];
  #generation = 0;
  #rows = 0;
  #shown: readonly [first: number, last: number] = [0, 0];

  constructor(fetch: FetchRows, events: RowWindowEvents) {
    this.#fetch = fetch;
    this.#events = events;
  }

  /** A row, possibly of the generation before; undefined if it has not come yet. */
  row(index: number): SeenRow | undefined {
    if (index < 0 || index >= this.#rows) return undefined;
    const page = this.#pages.get(Math.floor(index / PAGE_ROWS));
    const row = page?.rows[index % PAGE_ROWS];
    return page && row ? { row, generation: page.generation } : undefined;
  }

  /** These rows are on screen, both included: they are fetched. */
  show(first: number, last: number): void {
    this.#shown = [first, last];
    this.#request();
  }

  /** Fetches the first rows of the list that an engine begins with; then `moveTo`. */
  async begin(): Promise<ListState> {
    const { list, rows } = await this.#fetch(FIRST_GENERATION, 0, PAGE_ROWS);
    if (rows.length > 0) this.#ahead = new Map([[0, { generation: list.generation, rows }]]);
    return list;
  }

  /** Fetches these rows of a list to come; `moveTo` puts them in place, all at once. */
  async prepare(list: ListState, first: number, last: number): Promise<void> {
    const ahead = new Map<number, Page>();
    const fetches = this.#pagesOf(first, last, list.rows).map(async (number) => {
      const answer = await this.#fetch(list.generation, number * PAGE_ROWS, PAGE_ROWS);
      if (answer.rows.length > 0) {
        ahead.set(number, { generation: answer.list.generation, rows: answer.rows });
      }
    });
    await Promise.all(fetches);
    this.#ahead = ahead;
  }

  /**
   * The list is now of this generation and length.
   * @param older whether rows of the generation before may be shown until the fresh ones arrive
   */
  moveTo(list: ListState, older: 'keep' | 'drop'): void {
    if (this.#generation !== list.generation) this.#asked.clear();
    this.#generation = list.generation;
    this.#rows = list.rows;
    if (older === 'drop') this.#pages.clear();
    for (const [number, page] of this.#ahead) {
      if (page.generation >= list.generation) this.#keep(number, page);
    }
    this.#ahead = new Map();
    this.#request();
  }

  #pagesOf(first: number, last: number, rows: number): number[] {
    const numbers: number[] = [];
    if (rows === 0) return numbers;
    const end = Math.min(Math.floor((rows - 1) / PAGE_ROWS), Math.floor(last / PAGE_ROWS));
    for (let page = Math.max(0, Math.floor(first / PAGE_ROWS)); page <= end; page++) {
      numbers.push(page);
    }
    return numbers;
  }

  #request(): void {
    const lacking = this.#pagesOf(...this.#shown, this.#rows).filter((page) => !this.#has(page));
    if (this.#asked.size > 0) return;
    this.#askedFor = this.#shown;
    for (const page of lacking) this.#ask(page);
  }

  /** Whether a page is there, whole and of this generation; it counts as used. */
  #has(number: number): boolean {
    const page = this.#pages.get(number);
    if (!page) return false;
    this.#keep(number, page);
    const whole = Math.min(PAGE_ROWS, this.#rows - number * PAGE_ROWS);
    return page.generation >= this.#generation && page.rows.length >= whole;
  }

  #ask(number: number): void {
    const name = `${this.#generation} ${number}`;
    this.#asked.add(name);
    this.#fetch(this.#generation, number * PAGE_ROWS, PAGE_ROWS)
      .then(({ list, rows }) => {
        if (list.generation < this.#generation) return;
        if (rows.length > 0) this.#arrive(number, { generation: list.generation, rows });
        else if (list.generation > this.#generation) this.#events.outdated(list);
      })
      // What the engine says of its end reaches the person elsewhere; the rows are asked for again.
      .catch(() => undefined)
      .finally(() => {
        this.#asked.delete(name);
        // What is still lacking of the same screen does not come: asked again, it would be the same.
        if (this.#shown !== this.#askedFor) this.#request();
      });
  }

  #arrive(number: number, page: Page): void {
    this.#keep(number, page);
    this.#events.arrived();
  }

  #keep(number: number, page: Page): void {
    this.#pages.delete(number);
    this.#pages.set(number, page);
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= PAGES_MAX) break;
      this.#pages.delete(oldest);
    }
  }
}
