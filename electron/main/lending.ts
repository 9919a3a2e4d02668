/**
 * Engines lent to a window for a search over many archives: no more than a few at once, each ended when
 * it is given back, unless a window has its archive open. Main passes the port on, and sees no mail.
 */

import { MessageChannelMain, type MessagePortMain, type WebContents } from 'electron';
import { fromAnswer } from '../../shared/answer.ts';
import { MailboxError } from '../../shared/errors.ts';
import { type ArchiveId, archiveId } from '../../shared/units.ts';
import type { Archives, SharedEngine } from './archives.ts';
import type { RequestHandlers } from './bridge.ts';

type Handlers = Pick<RequestHandlers, 'lendEngine' | 'giveBackEngine'>;

/** To one window, at once. */
const LENT_MAX = 2;

export interface LendingOptions {
  readonly archives: Archives;
  /** Whether a window may name an archive by its path. */
  readonly isKnown: (archivePath: string) => boolean;
  readonly sendPort: (contents: WebContents, loan: ArchiveId, port: MessagePortMain) => void;
}

export class Lending {
  readonly #options: LendingOptions;
  /** By the name of the loan; null while the engine is on its way. */
  readonly #lent = new Map<WebContents, Map<ArchiveId, SharedEngine | null>>();

  constructor(options: LendingOptions) {
    this.#options = options;
  }

  handlers(): Handlers {
    return {
      lendEngine: (contents, { path, loan }) => this.#lend(contents, path, archiveId(loan)),
      giveBackEngine: (contents, loan) => this.#take(contents, archiveId(loan)),
    };
  }

  /** Takes back all that a window has that is gone. */
  async closeWindow(contents: WebContents): Promise<void> {
    const loans = [...(this.#lent.get(contents)?.keys() ?? [])];
    await Promise.all(loans.map((loan) => this.#take(contents, loan)));
    this.#lent.delete(contents);
  }

  /** Settles when the archive is open, and its port on the way. @throws as the engine; MISUSE, BUSY */
  async #lend(contents: WebContents, archivePath: string, loan: ArchiveId): Promise<void> {
    const { archives, isKnown, sendPort } = this.#options;
    const lent = this.#lent.get(contents) ?? new Map<ArchiveId, SharedEngine | null>();
    if (!isKnown(archivePath) || lent.has(loan)) throw new MailboxError('MISUSE', { loan });
    if (lent.size >= LENT_MAX) throw new MailboxError('BUSY', { path: archivePath });
    this.#lent.set(contents, lent.set(loan, null));
    const shared = await archives.borrow(archivePath);
    // It was given back before it was there.
    if (!lent.has(loan)) return archives.giveBack(shared);
    lent.set(loan, shared);
    try {
      fromAnswer(await shared.engine.opened);
    } catch (error) {
      await this.#take(contents, loan);
      throw error;
    }
    if (lent.get(loan) !== shared) return;
    const { port1, port2 } = new MessageChannelMain();
    shared.engine.connect(port1);
    sendPort(contents, loan, port2);
  }

  async #take(contents: WebContents, loan: ArchiveId): Promise<void> {
    const lent = this.#lent.get(contents);
    const shared = lent?.get(loan);
    lent?.delete(loan);
    if (shared) await this.#options.archives.giveBack(shared);
  }
}
