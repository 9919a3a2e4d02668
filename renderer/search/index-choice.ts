/** Whether texts are indexed without being asked: a person's choice for every archive, kept by main. */

import { useSyncExternalStore } from 'react';
import type { Bridge } from '../../shared/bridge.ts';
import { useAppStore } from '../app/use-store.ts';
import { Observable } from '../engine/observable.ts';

interface Chosen {
  readonly indexTexts: boolean;
}

export class IndexChoice {
  readonly #bridge: Bridge;
  readonly #state = new Observable<Chosen>({ indexTexts: false });
  readonly subscribe = this.#state.subscribe;
  readonly snapshot = this.#state.snapshot;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
    void bridge.indexesTexts().then((answer) => {
      if (answer.ok) this.#state.set({ indexTexts: answer.value });
    });
  }

  /** From now on, for archives that are opened. */
  choose(indexTexts: boolean): void {
    this.#state.set({ indexTexts });
    void this.#bridge.rememberIndexTexts(indexTexts);
  }
}

/** What is chosen now, and the store that changes it. */
export function useIndexChoice(): readonly [IndexChoice, boolean] {
  const { indexChoice } = useAppStore();
  return [
    indexChoice,
    useSyncExternalStore(indexChoice.subscribe, indexChoice.snapshot).indexTexts,
  ];
}
