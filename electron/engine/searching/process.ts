/**
 * The searcher's process: entry point of the utility process that opens archives, one beside the other,
 * for a search over many. It reads the catalog of each where that is true of the file, and the file where
 * there is none. It opens and closes files that engines may have locked, which only drops the locks of its
 * own process: it never takes one, and changes nothing.
 */

import { toAnswer } from '../../../shared/answer.ts';
import type { ArchiveId } from '../../../shared/units.ts';
import { Archive } from '../archive/archive.ts';
import { archiveRequest } from '../engine-request.ts';
import type { EngineRequest } from '../launch.ts';
import type { Port } from '../port.ts';
import { serveWindow } from '../serve-window.ts';
import type { FromSearcher, ToSearcher } from './launch.ts';

interface ParentPort {
  on(
    event: 'message',
    listener: (event: { readonly data: ToSearcher; readonly ports: readonly Port[] }) => void,
  ): void;
  postMessage(message: FromSearcher): void;
}

const parent = (process as unknown as { readonly parentPort: ParentPort }).parentPort;
/** By the name of the loan; null if it could not be opened. */
const archives = new Map<ArchiveId, Promise<Archive | null>>();

async function opened(loan: ArchiveId, request: EngineRequest): Promise<Archive | null> {
  let archive: Archive | null = null;
  const answer = await toAnswer(async () => {
    const { marksFolder: _noMarks, ...asked } = archiveRequest(request, 'read-only');
    archive = await Archive.open(asked);
    void archive.read();
    return archive.status();
  });
  parent.postMessage({ tell: 'opened', loan, answer });
  return archive;
}

async function close(loan: ArchiveId): Promise<void> {
  const opening = archives.get(loan);
  archives.delete(loan);
  try {
    await (await opening)?.close();
  } catch (error) {
    console.error(error);
  }
  parent.postMessage({ tell: 'closed', loan });
}

parent.on('message', ({ data, ports }) => {
  const { loan } = data;
  if (data.tell === 'open') archives.set(loan, opened(loan, data.request));
  else if (data.tell === 'close') void close(loan);
  else {
    void archives.get(loan)?.then((archive) => {
      for (const port of ports) if (archive) serveWindow(archive, port, () => undefined);
    });
  }
});
