/** What a person has chosen for the app as a whole, kept by main. */

import type { Bridge } from '../../shared/bridge.ts';
import {
  type ColumnWidths,
  type Explained,
  PANES_USUAL,
  type Panes,
  PREFERENCES_USUAL,
  type Preferences,
} from '../../shared/preferences.ts';
import { Observable } from '../engine/observable.ts';

export interface PreferenceSnapshot {
  readonly preferences: Preferences;
  readonly panes: Panes;
}

export class PreferenceStore {
  readonly #bridge: Bridge;
  readonly #state = new Observable<PreferenceSnapshot>({
    preferences: PREFERENCES_USUAL,
    panes: PANES_USUAL,
  });

  /** As wide as main keeps them. */
  #kept = PANES_USUAL;

  readonly subscribe = this.#state.subscribe;
  readonly snapshot = this.#state.snapshot;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
    void bridge.preferences().then((answer) => {
      if (answer.ok) this.#state.set({ preferences: answer.value });
    });
    void bridge.panes().then((answer) => {
      if (!answer.ok) return;
      this.#kept = answer.value;
      this.#state.set({ panes: answer.value });
    });
  }

  prefer(change: Partial<Preferences>): void {
    const preferences = { ...this.snapshot().preferences, ...change };
    this.#state.set({ preferences });
    void this.#bridge.rememberPreferences(preferences);
  }

  /** Shown so, and remembered. */
  resize(change: Partial<Panes>): void {
    this.showSized(change);
    this.#kept = this.snapshot().panes;
    void this.#bridge.rememberPanes(this.#kept);
  }

  /** Shown so while it is being dragged. */
  showSized(change: Partial<Panes>): void {
    this.#state.set({ panes: { ...this.snapshot().panes, ...change } });
  }

  /** Shown again as before it was dragged. */
  showKept(): void {
    this.#state.set({ panes: this.#kept });
  }

  resizeColumns(change: Partial<ColumnWidths>): void {
    this.resize({ columns: { ...this.snapshot().panes.columns, ...change } });
  }

  /** Whether a step is still to be explained where it is taken. */
  isNew(step: Explained): boolean {
    return !this.snapshot().preferences.explained.includes(step);
  }

  /** A person knows what this step does. */
  understood(step: Explained): void {
    const { explained } = this.snapshot().preferences;
    if (this.isNew(step)) this.prefer({ explained: [...explained, step] });
  }
}
