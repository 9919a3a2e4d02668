/** Stores in components. */

import { createContext, useContext, useSyncExternalStore } from 'react';
import type { ArchiveStore } from '../engine/archive-store.ts';
import type { Snapshot } from '../engine/snapshot.ts';
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

export function useArchive(store: ArchiveStore): Snapshot {
  return useSyncExternalStore(store.subscribe, store.snapshot);
}
