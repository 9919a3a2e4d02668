/**
 * Looking for words in the message that is shown. What shows text takes part by saying how often the
 * words stand in it and by showing one place; places are numbered through, in the order in which the
 * parts stand one below the other.
 */

import { Latest } from '../../engine/latest.ts';
import { BETWEEN_WORDS } from '../html/mark-hits.ts';
import { Observable } from '../../engine/observable.ts';

/** Something on screen that words can be looked for in. */
export interface Searched {
  /** Above the others, or below: parts are in the order of this number. */
  readonly order: number;
  /** Marks all places. @returns how many there are */
  mark(words: string): Promise<number>;
  /** Scrolls to one of them, or shows none as the current one. */
  show(place: number | null): void;
}

export interface FindSnapshot {
  readonly open: boolean;
  readonly words: string;
  readonly total: number;
  /** The place that is shown, from 0. */
  readonly at: number;
}

export class Finding {
  readonly #state = new Observable<FindSnapshot>({ open: false, words: '', total: 0, at: 0 });
  readonly #searched = new Set<Searched>();
  readonly #marking = new Latest();
  #ofSearch = '';
  #counts: readonly (readonly [Searched, number])[] = [];

  readonly subscribe = this.#state.subscribe;
  readonly snapshot = this.#state.snapshot;

  /** The words that are looked for now; empty if none are. */
  get words(): string {
    const { open, words } = this.snapshot();
    return open ? words : this.#ofSearch;
  }

  /** The words of the list's query: marked while nothing else is looked for. */
  markSearch(words: readonly string[]): void {
    const joined = [...new Set(words)].join(BETWEEN_WORDS);
    if (joined === this.#ofSearch) return;
    this.#ofSearch = joined;
    if (!this.snapshot().open) this.#mark();
  }

  /** Takes part in searches. @returns a function that ends it */
  join(searched: Searched): () => void {
    this.#searched.add(searched);
    if (this.words !== '') this.#mark();
    return () => {
      this.#searched.delete(searched);
      if (this.words !== '') this.#mark();
    };
  }

  open(): void {
    this.#state.set({ open: true });
    this.#mark();
  }

  close(): void {
    this.#state.set({ open: false, total: 0, at: 0 });
    this.#mark();
  }

  look(words: string): void {
    this.#state.set({ words, at: 0 });
    this.#mark();
  }

  step(by: 1 | -1): void {
    const { open, total, at } = this.snapshot();
    if (!open) return this.open();
    if (total === 0) return;
    this.#state.set({ at: (at + by + total) % total });
    this.#show();
  }

  #mark(): void {
    this.#marking.run(async () => {
      const { words } = this;
      const searched = [...this.#searched].sort((one, other) => one.order - other.order);
      const counts: [Searched, number][] = [];
      for (const one of searched) counts.push([one, await one.mark(words)]);
      this.#counts = counts;
      const total = counts.reduce((sum, [, count]) => sum + count, 0);
      this.#state.set({ total, at: Math.min(this.snapshot().at, Math.max(0, total - 1)) });
      this.#show();
    });
  }

  #show(): void {
    const { open, at, total } = this.snapshot();
    let before = 0;
    for (const [searched, count] of this.#counts) {
      const place = at - before;
      // What the list's query marks is only marked: the message stays where it is.
      searched.show(open && total > 0 && place >= 0 && place < count ? place : null);
      before += count;
    }
  }
}
