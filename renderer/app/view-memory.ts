/** Tells main how each archive is looked at, so that the next start can go on from there. */

import type { Bridge } from '../../shared/bridge.ts';
import type { ArchiveView } from '../../shared/preferences.ts';
import type { ArchiveId } from '../../shared/units.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';

/** What changes all the time, such as a list that scrolls, is told once it rests. */
const REST_MS = 400;

export class ViewMemory {
  readonly #bridge: Bridge;
  readonly #waiting = new Map<ArchiveId, ArchiveStore>();
  readonly #told = new Map<ArchiveId, string>();
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
    window.addEventListener('pagehide', () => this.tell());
  }

  /** From now on until its archive goes. */
  watch(archive: ArchiveId, store: ArchiveStore): void {
    const noted = (): void => {
      this.#waiting.set(archive, store);
      this.#timer ??= setTimeout(() => this.tell(), REST_MS);
    };
    store.subscribe(noted);
    store.onScroll = noted;
  }

  /** Tells at once what waits to be told: main forgets which archive it is when that is closed. */
  tell(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    for (const [archive, store] of this.#waiting) this.#tellOne(archive, store.view());
    this.#waiting.clear();
  }

  #tellOne(archive: ArchiveId, view: ArchiveView | null): void {
    if (!view) return;
    const text = JSON.stringify(view);
    if (this.#told.get(archive) === text) return;
    this.#told.set(archive, text);
    void this.#bridge.rememberView(archive, view);
  }
}
