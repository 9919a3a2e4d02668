/** An archive whose texts are indexed by the engine, with the built threads. */

import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { TextTerm } from '../../electron/catalog/query/text-search.ts';
import { Archive } from '../../electron/engine/archive/archive.ts';
import type { ArchiveRequest } from '../../electron/engine/archive/archive-request.ts';
import type { IndexState } from '../../shared/index-state.ts';

export const TEXT_SCRIPT = path.resolve('out/main/text-worker.js');

/** Opens an archive and reads it; its texts are being indexed. @param folder for all that is kept of it */
export async function opened(
  file: string,
  folder: string,
  how: Partial<ArchiveRequest> = {},
): Promise<Archive> {
  const archive = await Archive.open({
    path: file,
    access: 'read-write',
    journalFolder: path.join(folder, 'journals'),
    copyFolder: path.join(folder, 'removed'),
    readingFolder: path.join(folder, 'readings'),
    catalogFolder: path.join(folder, 'catalogs'),
    textScript: TEXT_SCRIPT,
    textIndex: 'always',
    ...how,
  });
  onTestFinished(() => archive.close());
  await archive.read();
  return archive;
}

const IS_OVER: ReadonlySet<IndexState['state']> = new Set(['complete', 'paused', 'failed', 'off']);

/** The state of the index when there is nothing left to do, for now. */
export async function indexed(archive: Archive): Promise<IndexState> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      const state = archive.indexing.state();
      const isOver =
        IS_OVER.has(state.state) && (state.state !== 'complete' || state.covered === state.total);
      if (isOver) {
        leave();
        resolve(state);
      }
      return isOver;
    };
    const leave = archive.listen(look);
    look();
  });
}

/** Messages that a term is true of, and of which nobody knows yet. */
export async function found(
  archive: Archive,
  term: TextTerm,
): Promise<{
  readonly holds: readonly number[];
  readonly unknown: readonly number[];
}> {
  const answer = await archive.texts.find(term, () => true);
  const which = (wanted: number): number[] =>
    [...answer.entries()].flatMap(([number, one]) => (one === wanted ? [number] : []));
  return { holds: which(1), unknown: which(2) };
}
