/**
 * The finder's process: entry point of the utility process that looks for archives in one folder and
 * ends. It opens and closes files that engines may have locked, which only drops the locks of its own
 * process: it has none. Main ends it when nobody wants to know any more.
 */

import { toErrorValue } from '../../../shared/errors.ts';
import type { FoundArchive } from '../../../shared/found-archive.ts';
import { type FindingRequest, findArchives } from './find-archives.ts';
import type { FinderTold } from './launch.ts';

interface ParentPort {
  once(event: 'message', listener: (event: { readonly data: FindingRequest }) => void): void;
  postMessage(message: FinderTold): void;
}

/** Main is told no more often than this. */
const TELL_EVERY_MS = 100;

const parent = (process as unknown as { readonly parentPort: ParentPort }).parentPort;

async function find(request: FindingRequest): Promise<void> {
  let archives: FoundArchive[] = [];
  let [folder, files, told] = [request.folder, 0, 0];
  const tell = (): void => {
    told = performance.now();
    parent.postMessage({ tell: 'found', archives, folder, files });
    archives = [];
  };
  try {
    for await (const found of findArchives(request)) {
      if (found.finding === 'archive') archives.push(found.archive);
      else if (found.finding === 'folder') [folder, files] = [found.path, found.files];
      else parent.postMessage({ tell: 'omitted', omitted: found.omitted });
      if (performance.now() - told > TELL_EVERY_MS) tell();
    }
    tell();
    parent.postMessage({ tell: 'over', error: null });
  } catch (error) {
    parent.postMessage({ tell: 'over', error: toErrorValue(error) });
  }
}

parent.once('message', ({ data }) => void find(data));
