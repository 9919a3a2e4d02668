/** Searches that a person has saved, kept in the settings and shown in every window's sidebar. */

import { useSyncExternalStore } from 'react';
import type { Bridge } from '../../shared/bridge.ts';
import { SAVED_SEARCHES_MAX, type SavedSearch } from '../../shared/saved-search.ts';
import { useAppStore } from '../app/use-store.ts';
import { Observable } from '../engine/observable.ts';

interface SavedSnapshot {
  readonly searches: readonly SavedSearch[];
}

export class SavedSearches {
  readonly #bridge: Bridge;
  readonly #state = new Observable<SavedSnapshot>({ searches: [] });
  readonly subscribe = this.#state.subscribe;
  readonly snapshot = this.#state.snapshot;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
    void bridge.savedSearches().then((answer) => {
      if (answer.ok) this.#state.set({ searches: answer.value });
    });
  }

  add(search: SavedSearch): void {
    const others = this.snapshot().searches.filter(({ query }) => query !== search.query);
    this.#keep([...others, search].slice(-SAVED_SEARCHES_MAX));
  }

  rename(search: SavedSearch, name: string): void {
    this.#keep(this.snapshot().searches.map((one) => (one === search ? { ...one, name } : one)));
  }

  remove(search: SavedSearch): void {
    this.#keep(this.snapshot().searches.filter((one) => one !== search));
  }

  #keep(searches: readonly SavedSearch[]): void {
    this.#state.set({ searches });
    void this.#bridge.rememberSearches(searches);
  }
}

/** What is saved now, and the store that changes it. */
export function useSavedSearches(): readonly [SavedSearches, readonly SavedSearch[]] {
  const { saved } = useAppStore();
  return [saved, useSyncExternalStore(saved.subscribe, saved.snapshot).searches];
}
