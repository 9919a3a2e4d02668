/** The library as this window shows it: what main tells of it, and which nodes are expanded. */

import { useSyncExternalStore } from 'react';
import type { Answer } from '../../shared/answer.ts';
import type { Bridge } from '../../shared/bridge.ts';
import type { ErrorValue } from '../../shared/errors.ts';
import type { LibraryEvent, LibraryPlace } from '../../shared/library.ts';
import type { ArchiveId } from '../../shared/units.ts';
import { useAppStore } from '../app/use-store.ts';
import { Observable } from '../engine/observable.ts';
import { rowsOf, type TreeNode, type TreeRow, treeOf } from './tree.ts';

/** A place with more archives is shown with its uppermost folders only, at first. */
const EXPANDED_MAX = 60;

export interface LibrarySnapshot {
  readonly places: readonly LibraryPlace[];
  readonly rows: readonly TreeRow[];
  /** Where the keyboard is in the tree: a node's id. */
  readonly current: string | null;
}

export class LibraryStore {
  readonly #bridge: Bridge;
  readonly #failed: (error: ErrorValue) => void;
  readonly #state = new Observable<LibrarySnapshot>({ places: [], rows: [], current: null });
  readonly subscribe = this.#state.subscribe;
  readonly snapshot = this.#state.snapshot;
  /** What a person has expanded or collapsed, by a node's id. */
  readonly #folded = new Map<string, 'collapsed' | 'expanded'>();
  #roots: readonly TreeNode[] = [];

  /** @param failed told what could not be done */
  constructor(bridge: Bridge, failed: (error: ErrorValue) => void) {
    this.#bridge = bridge;
    this.#failed = failed;
    bridge.onLibrary((event) => this.#hear(event));
    void this.#told(bridge.library());
  }

  openFolder(): void {
    void this.#told(this.#bridge.openFolder());
  }

  /** Takes an open archive into the library. */
  keep(archive: ArchiveId): void {
    void this.#told(this.#bridge.keepInLibrary(archive));
  }

  open(node: TreeNode): void {
    if (node.archive) void this.#told(this.#bridge.openFromLibrary(node.archive.path));
  }

  remove(place: LibraryPlace): void {
    void this.#told(this.#bridge.removeFromLibrary(place.path));
  }

  lookAgain(place: LibraryPlace): void {
    void this.#told(this.#bridge.lookAgain(place.path));
  }

  stopLooking(place: LibraryPlace): void {
    void this.#told(this.#bridge.stopLooking(place.path));
  }

  has(path: string): boolean {
    return this.snapshot().places.some(({ archives }) =>
      archives.some((archive) => archive.path === path),
    );
  }

  goTo(id: string): void {
    this.#state.set({ current: id });
  }

  fold(id: string, how: 'collapsed' | 'expanded'): void {
    this.#folded.set(id, how);
    this.#draw();
  }

  #hear(event: LibraryEvent): void {
    const { places } = this.snapshot();
    if (event.event === 'removed') {
      return this.#setPlaces(places.filter(({ path }) => path !== event.path));
    }
    const { place } = event;
    const known = places.some(({ path }) => path === place.path);
    this.#setPlaces(
      known ? places.map((one) => (one.path === place.path ? place : one)) : [...places, place],
    );
  }

  #setPlaces(places: readonly LibraryPlace[]): void {
    this.#state.set({ places });
    this.#roots = treeOf(places);
    this.#draw();
  }

  #draw(): void {
    const rows = rowsOf(this.#roots, ({ id, place }, level) => {
      const usual = level > 1 && place.archives.length > EXPANDED_MAX ? 'collapsed' : 'expanded';
      return (this.#folded.get(id) ?? usual) === 'collapsed';
    });
    const { current } = this.snapshot();
    const isThere = rows.some(({ node }) => node.id === current);
    this.#state.set({ rows, current: isThere ? current : (rows[0]?.node.id ?? null) });
  }

  async #told(answer: Promise<Answer<null>>): Promise<void> {
    const got = await answer;
    if (!got.ok) this.#failed(got.error);
  }
}

export function useLibrary(): readonly [LibraryStore, LibrarySnapshot] {
  const { library } = useAppStore();
  return [library, useSyncExternalStore(library.subscribe, library.snapshot)];
}
