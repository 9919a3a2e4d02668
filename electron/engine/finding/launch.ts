/**
 * Starts a finder as a process of its own for main: with `../launch.ts` and `../searching/launch.ts`
 * the only doors from `electron/main` to the engine's code. Main learns where archives lie, and nothing that is in them.
 */

import { utilityProcess } from 'electron';
import { type ErrorValue, MailboxError, toErrorValue } from '../../../shared/errors.ts';
import type { FoundArchive, Omitted } from '../../../shared/found-archive.ts';
import type { FindingRequest } from './find-archives.ts';

/** What a finder tells main. */
export type FinderTold =
  | {
      readonly tell: 'found';
      /** Since it told last. */
      readonly archives: readonly FoundArchive[];
      /** Where it looks now, and how many files it has looked at. */
      readonly folder: string;
      readonly files: number;
    }
  | { readonly tell: 'omitted'; readonly omitted: Omitted }
  /** All was looked at, unless there is an error. */
  | { readonly tell: 'over'; readonly error: ErrorValue | null };

export class Finder {
  readonly #child: Electron.UtilityProcess;

  /**
   * Begins at once.
   * @param entry path of the built finder process
   * @param told called with all it tells, `over` last and once
   */
  constructor(entry: string, request: FindingRequest, told: (message: FinderTold) => void) {
    this.#child = utilityProcess.fork(entry, [], { serviceName: 'Mailkeep finder' });
    let over = false;
    this.#child.on('message', (message: FinderTold) => {
      over = message.tell === 'over';
      told(message);
      if (over) this.stop();
    });
    this.#child.once('exit', (exitCode) => {
      const ended = new MailboxError('ENGINE_ENDED', { path: request.folder, exitCode });
      if (!over) told({ tell: 'over', error: toErrorValue(ended) });
    });
    this.#child.postMessage(request);
  }

  /** Ends it, wherever it is. */
  stop(): void {
    this.#child.kill();
  }
}
