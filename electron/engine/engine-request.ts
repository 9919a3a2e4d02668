/** What main asks of a process, as an archive is opened with it. */

import path from 'node:path';
import type { Access } from '../mailbox/open-mailbox.ts';
import type { ArchiveRequest } from './archive/archive-request.ts';
import type { EngineRequest } from './launch.ts';

/** Scripts of threads stand beside that of the process. */
const script = (name: string): string => path.join(import.meta.dirname, name);

export function archiveRequest(request: EngineRequest, access: Access): ArchiveRequest {
  return {
    path: request.path,
    access,
    journalFolder: request.stateFolder,
    readingFolder: request.readingFolder,
    marksFolder: request.marksFolder,
    copyFolder: request.copyFolder,
    workerScript: script('envelope-worker.js'),
    catalogFolder: request.catalogFolder,
    expanding: {
      folder: request.expandedFolder,
      script: script('expanding-worker.js'),
      limit: request.expansionLimit,
    },
    textScript: script('text-worker.js'),
    textIndex: request.indexTexts ? 'always' : 'existing',
  };
}
