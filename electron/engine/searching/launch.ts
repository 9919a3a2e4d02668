/**
 * Starts the process that searches archives which nobody has open, and speaks to it for main. One process for all of them: an
 * archive that is only looked at is never locked, so it needs no process of its own, and one that has a
 * catalog is there at once.
 */

import { type MessagePortMain, utilityProcess } from 'electron';
import type { Answer } from '../../../shared/answer.ts';
import { MailboxError, toErrorValue } from '../../../shared/errors.ts';
import type { Status } from '../../../shared/status.ts';
import type { ArchiveId } from '../../../shared/units.ts';
import type { EngineRequest } from '../launch.ts';

/** What main tells the searcher; `connect` carries a port. */
export type ToSearcher =
  | { readonly tell: 'open'; readonly loan: ArchiveId; readonly request: EngineRequest }
  | { readonly tell: 'connect'; readonly loan: ArchiveId }
  | { readonly tell: 'close'; readonly loan: ArchiveId };

/** What it answers. */
export type FromSearcher =
  | { readonly tell: 'opened'; readonly loan: ArchiveId; readonly answer: Answer<Status> }
  | { readonly tell: 'closed'; readonly loan: ArchiveId };

interface Loan {
  readonly opened: (answer: Answer<Status>) => void;
  closed: () => void;
}

export class Searcher {
  readonly #child: Electron.UtilityProcess;
  readonly #loans = new Map<ArchiveId, Loan>();
  #alive = true;

  /** @param entry path of the built process */
  constructor(entry: string) {
    this.#child = utilityProcess.fork(entry, [], { serviceName: 'Mailkeep searcher' });
    this.#child.on('message', (message: FromSearcher) => {
      const loan = this.#loans.get(message.loan);
      if (message.tell === 'opened') loan?.opened(message.answer);
      else {
        this.#loans.delete(message.loan);
        loan?.closed();
      }
    });
    this.#child.once('exit', (exitCode) => {
      this.#alive = false;
      const error = toErrorValue(new MailboxError('ENGINE_ENDED', { exitCode }));
      for (const loan of this.#loans.values()) {
        loan.opened({ ok: false, error });
        loan.closed();
      }
      this.#loans.clear();
    });
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** True while no archive is open in it. */
  get idle(): boolean {
    return this.#loans.size === 0;
  }

  /** Opens an archive, to be read only. @returns its status, before it has been read to its end */
  open(loan: ArchiveId, request: EngineRequest): Promise<Answer<Status>> {
    return new Promise((opened) => {
      this.#loans.set(loan, { opened, closed: () => undefined });
      this.#post({ tell: 'open', loan, request });
    });
  }

  /** Serves a window on the given port. */
  connect(loan: ArchiveId, port: MessagePortMain): void {
    this.#child.postMessage({ tell: 'connect', loan } satisfies ToSearcher, [port]);
  }

  /** Closes an archive. */
  close(loan: ArchiveId): Promise<void> {
    return new Promise((closed) => {
      const open = this.#loans.get(loan);
      if (!open || !this.#alive) return closed();
      open.closed = closed;
      this.#post({ tell: 'close', loan });
    });
  }

  /** Ends it: nothing is lost by that. */
  stop(): void {
    this.#child.kill();
  }

  #post(message: ToSearcher): void {
    if (this.#alive) this.#child.postMessage(message);
  }
}
