/**
 * Archives lent to a window for a search over many, no more than a few at once. One that a window has open
 * is searched by its engine; all others by one process, the searcher, which looks at their catalogs and
 * ends when it has had nothing to do for a while. Main passes the port on, and sees no mail.
 */

import { randomUUID } from 'node:crypto';
import { MessageChannelMain, type MessagePortMain, type WebContents } from 'electron';
import { type Answer, fromAnswer } from '../../shared/answer.ts';
import { MailboxError } from '../../shared/errors.ts';
import type { Status } from '../../shared/status.ts';
import { type ArchiveId, archiveId } from '../../shared/units.ts';
import type { EngineRequest } from '../engine/launch.ts';
import { Searcher } from '../engine/searching/launch.ts';
import { type Archives, ONLY_SEARCHED, type SharedEngine } from './archives.ts';
import type { RequestHandlers } from './bridge.ts';

type Handlers = Pick<RequestHandlers, 'lendEngine' | 'giveBackEngine'>;

/** To one window, at once. */
const LENT_MAX = 2;
const IDLE_MS = 10_000;

export interface LendingOptions {
  /** Path of the built searcher. */
  readonly entry: string;
  readonly folders: Omit<EngineRequest, 'path' | 'expansionLimit' | 'indexTexts'>;
  readonly archives: Archives;
  /** Whether a window may name an archive by its path. */
  readonly isKnown: (archivePath: string) => boolean;
  readonly sendPort: (contents: WebContents, loan: ArchiveId, port: MessagePortMain) => void;
}

/** An archive that is being searched, wherever it is open. */
interface Lent {
  readonly opened: Answer<Status>;
  connect(port: MessagePortMain): void;
  giveBack(): Promise<void>;
}

export class Lending {
  readonly #options: LendingOptions;
  /** By the name of the loan; null while the archive is on its way. */
  readonly #lent = new Map<WebContents, Map<ArchiveId, Lent | null>>();
  #searcher: Searcher | null = null;
  #idle: NodeJS.Timeout | null = null;

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
    const { isKnown, sendPort } = this.#options;
    const theirs = this.#lent.get(contents) ?? new Map<ArchiveId, Lent | null>();
    if (!isKnown(archivePath) || theirs.has(loan)) throw new MailboxError('MISUSE', { loan });
    if (theirs.size >= LENT_MAX) throw new MailboxError('BUSY', { path: archivePath });
    this.#lent.set(contents, theirs.set(loan, null));
    const lent = await this.#borrow(archivePath);
    // It was given back before it was there.
    if (!theirs.has(loan)) return lent.giveBack();
    theirs.set(loan, lent);
    try {
      fromAnswer(lent.opened);
    } catch (error) {
      await this.#take(contents, loan);
      throw error;
    }
    const { port1, port2 } = new MessageChannelMain();
    lent.connect(port1);
    sendPort(contents, loan, port2);
  }

  async #take(contents: WebContents, loan: ArchiveId): Promise<void> {
    const theirs = this.#lent.get(contents);
    const lent = theirs?.get(loan);
    theirs?.delete(loan);
    await lent?.giveBack();
  }

  async #borrow(archivePath: string): Promise<Lent> {
    const { archives } = this.#options;
    const running = await archives.borrowRunning(archivePath);
    if (running) return this.#byEngine(running);
    const lent = await this.#bySearcher(archivePath);
    if (!lent.opened.ok || lent.opened.value.journal !== 'present') return lent;
    // What a crash interrupted is finished first, and that takes the locks.
    await lent.giveBack();
    return this.#byEngine(await archives.borrow(archivePath));
  }

  async #byEngine(shared: SharedEngine): Promise<Lent> {
    return {
      opened: await shared.engine.opened,
      connect: (port) => shared.engine.connect(port),
      giveBack: () => this.#options.archives.giveBack(shared),
    };
  }

  async #bySearcher(archivePath: string): Promise<Lent> {
    const { entry, folders } = this.#options;
    if (this.#idle) clearTimeout(this.#idle);
    const searcher = this.#searcher?.alive ? this.#searcher : new Searcher(entry);
    this.#searcher = searcher;
    // Windows give names of their own.
    const name = archiveId(randomUUID());
    return {
      opened: await searcher.open(name, { path: archivePath, ...folders, ...ONLY_SEARCHED }),
      connect: (port) => searcher.connect(name, port),
      giveBack: async () => {
        await searcher.close(name);
        this.#restIfIdle(searcher);
      },
    };
  }

  #restIfIdle(searcher: Searcher): void {
    if (!searcher.idle || this.#searcher !== searcher) return;
    if (this.#idle) clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      if (!searcher.idle) return;
      this.#searcher = null;
      searcher.stop();
    }, IDLE_MS).unref();
  }
}
