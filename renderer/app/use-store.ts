/** Stores in components. */

import { createContext, useContext, useSyncExternalStore } from 'react';
import type { ArchiveStore } from '../engine/archive-store.ts';
import type { Snapshot } from '../engine/snapshot.ts';
import type { ReaderSnapshot, ReaderStore } from '../reader/reader-store.ts';
import type { PreferenceSnapshot } from '../settings/preference-store.ts';
import type { AppSnapshot, AppStore } from './app-store.ts';

export const AppContext = createContext<AppStore | null>(null);

/** The app's store. Only inside `<AppContext value>`. */
export function useAppStore(): AppStore {
  const app = useContext(AppContext);
  if (!app) throw new Error('no AppContext');
  return app;
}

export function useApp(): AppSnapshot {
  const app = useAppStore();
  return useSyncExternalStore(app.subscribe, app.snapshot);
}

const NONE = { subscribe: () => () => undefined, snapshot: () => null };

export function useArchiveOrNone(store: ArchiveStore | null): Snapshot | null {
  const source = store ?? NONE;
  return useSyncExternalStore<Snapshot | null>(source.subscribe, source.snapshot);
}

export function useArchive(store: ArchiveStore): Snapshot {
  return useSyncExternalStore(store.subscribe, store.snapshot);
}

/** A part of what is shown of an archive: only when that is another one is anything drawn anew. */
export function useArchivePart<Part>(store: ArchiveStore, part: (shown: Snapshot) => Part): Part {
  return useSyncExternalStore(store.subscribe, () => part(store.snapshot()));
}

/** The same of an archive that may not be open. */
export function useArchivePartOrNone<Part>(
  store: ArchiveStore | null,
  part: (shown: Snapshot) => Part,
): Part | null {
  const { subscribe } = store ?? NONE;
  return useSyncExternalStore(subscribe, () => (store ? part(store.snapshot()) : null));
}

export function usePreferences(): PreferenceSnapshot {
  const { preferences } = useAppStore();
  return useSyncExternalStore(preferences.subscribe, preferences.snapshot);
}

export function useReader(): readonly [ReaderStore, ReaderSnapshot] {
  const { reader } = useAppStore();
  return [reader, useSyncExternalStore(reader.subscribe, reader.snapshot)];
}
