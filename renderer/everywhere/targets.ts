/** What a search over all archives searches: those of the library, and those that are open besides. */

import type { LibraryPlace } from '../../shared/library.ts';
import type { OpenArchive } from '../app/app-store.ts';
import type { Target } from './everywhere-store.ts';

/** Each once; none that is known to be gone. */
export function targetsOf(
  places: readonly LibraryPlace[],
  open: readonly OpenArchive[],
): readonly Target[] {
  const targets = new Map<string, Target>();
  for (const { name, archives, gone, kind } of places) {
    for (const archive of archives) {
      if (gone.includes(archive.path) || targets.has(archive.path)) continue;
      const place = kind === 'file' ? [] : [name, ...archive.place];
      targets.set(archive.path, { path: archive.path, name: archive.name, place });
    }
  }
  for (const { path, name, state } of open) {
    if (state !== 'failed' && !targets.has(path)) targets.set(path, { path, name, place: [] });
  }
  return [...targets.values()];
}
