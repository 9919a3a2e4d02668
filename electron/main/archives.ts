/**
 * Which archives are open, in which windows, and the engine of each.
 *
 * One engine per file, found by device and inode, so that two names of one file, or two windows,
 * share it. An engine ends when its last window lets go of it. While no archive is open, and as soon
 * as a person begins to choose one, an engine is kept ready for it.
 */

import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { MessageChannelMain, type MessagePortMain, type WebContents } from 'electron';
import type { ArchiveEvent } from '../../shared/bridge.ts';
import { fromAnswer } from '../../shared/answer.ts';
import { type ErrorValue, MailboxError } from '../../shared/errors.ts';
import type { ChosenPlace } from '../../shared/export-contract.ts';
import type { ArchiveView } from '../../shared/preferences.ts';
import type { Saved, SoundBytes, SoundStretch, ToSave } from '../../shared/reading-contract.ts';
import type { Status } from '../../shared/status.ts';
import { type ArchiveId, archiveId } from '../../shared/units.ts';
import { nameOf } from './name-of-file.ts';
import { Resting } from './resting.ts';
import { SpareEngine } from './spare-engine.ts';
import { type Effort, Engine, type EngineRequest, together } from '../engine/launch.ts';

interface OpenArchive {
  readonly id: ArchiveId;
  readonly path: string;
  readonly contents: WebContents;
  engine: SharedEngine | null;
  /** Its engine ended because nobody needed it. */
  rested: boolean;
  /** As the engine told when it had opened it. */
  status: Status | null;
  /** Whether its window shows it. */
  shown: 'shown' | 'hidden';
  /** How far it is expanded, if it is compressed. */
  limit: EngineRequest['expansionLimit'];
}

/** The engine of one file, and how many windows and searches use it. */
export interface SharedEngine {
  readonly name: string;
  readonly engine: Engine;
  users: number;
  /** Of those, how many are searches. */
  borrowers: number;
}

export interface ArchivesOptions {
  readonly entry: string;
  readonly folders: Omit<EngineRequest, 'path' | 'expansionLimit' | 'indexTexts'>;
  /** Whether a person wants texts indexed without being asked. */
  readonly indexesTexts: () => boolean;
  readonly send: (contents: WebContents, event: ArchiveEvent) => void;
  readonly sendPort: (contents: WebContents, archive: ArchiveId, port: MessagePortMain) => void;
  readonly opened: (archivePath: string, id: ArchiveId) => void;
  /** An engine whose archive no window has shown for so long may end. */
  readonly restAfterMs: number;
  /** Told whether any engine moves bytes, as that changes and now and then. */
  readonly onWriting: (writing: boolean) => void;
  readonly failed: (id: ArchiveId, error: ErrorValue) => void;
  readonly ended: (id: ArchiveId, error: ErrorValue) => void;
  /** How an archive was looked at the last time. */
  readonly viewOf: (archivePath: string) => ArchiveView | null;
  /** Told how far all long work on a window's archives is, as it goes on. */
  readonly onEffort: (contents: WebContents, effort: Effort) => void;
}

/** What is only searched is not indexed for it. */
export const ONLY_SEARCHED = { expansionLimit: 'usual', indexTexts: false } as const;

/** What a window is told when its last archive goes; if another goes on, that is told at once. */
const NOTHING_DONE: Effort = { done: 0, total: 0 };

export class Archives {
  readonly #options: ArchivesOptions;
  readonly #open = new Map<ArchiveId, OpenArchive>();
  /** By device and inode of the file, or by path where there is no file to ask. */
  readonly #engines = new Map<string, SharedEngine>();
  readonly #spare: SpareEngine;
  readonly #resting: Resting;
  #ending = false;

  constructor(options: ArchivesOptions) {
    this.#options = options;
    this.#resting = new Resting(options.restAfterMs);
    this.#spare = new SpareEngine(() => new Engine(options.entry, () => this.#tellEffort()));
  }

  /** True while any engine moves bytes of an archive. */
  get writing(): boolean {
    return [...this.#engines.values()].some((shared) => shared.engine.writing);
  }

  /** How many are open in all windows. */
  get count(): number {
    return this.#open.size;
  }

  pathOf(id: ArchiveId): string | null {
    return this.#open.get(id)?.path ?? null;
  }

  /** What an open archive is; null if it is not open. */
  statusOf(id: ArchiveId): Status | null {
    return this.#open.get(id)?.status ?? null;
  }

  /** Makes an engine ready now: an archive is about to be opened, or to be chosen. */
  prepare(): void {
    this.#spare.prepare();
  }

  /** Makes an engine ready once the window has come to rest, unless an archive is open by then. */
  prepareAtRest(): void {
    this.#spare.prepareAtRest(() => this.#open.size === 0);
  }

  /** Opens an archive in a window, or brings it to the front if that window has it already. */
  async open(archivePath: string, contents: WebContents): Promise<void> {
    const absolute = path.resolve(archivePath);
    const here = this.#opened(contents, absolute);
    if (here?.engine?.engine.alive) {
      this.#options.send(contents, { event: 'shown', archive: here.id });
      return;
    }
    if (here) return this.reopen(here.id);
    const archive: OpenArchive = {
      id: archiveId(randomUUID()),
      path: absolute,
      contents,
      engine: null,
      rested: false,
      status: null,
      shown: 'shown',
      limit: 'usual',
    };
    this.#open.set(archive.id, archive);
    await this.#start(archive);
  }

  /** Shows an archive that a window has, whether or not it could be opened. */
  bringToFront(contents: WebContents, archivePath: string): void {
    const here = this.#opened(contents, archivePath);
    if (here) this.#options.send(contents, { event: 'shown', archive: here.id });
  }

  #opened(contents: WebContents, archivePath: string): OpenArchive | undefined {
    const all = [...this.#open.values()];
    return all.find((one) => one.contents === contents && one.path === archivePath);
  }

  /** A window shows this archive, or none. Its engine is started anew if it had ended meanwhile. */
  async show(contents: WebContents, id: ArchiveId | null): Promise<void> {
    for (const archive of this.#open.values()) {
      if (archive.contents === contents) archive.shown = archive.id === id ? 'shown' : 'hidden';
    }
    this.#followShown();
    const archive = id === null ? undefined : this.#open.get(id);
    if (archive?.rested) await this.#start(archive);
  }

  #followShown(): void {
    const all = [...this.#open.values()];
    for (const shared of this.#engines.values()) {
      const isShown =
        shared.borrowers > 0 ||
        all.some(({ engine, shown }) => engine === shared && shown === 'shown');
      this.#resting.follow(shared.engine, isShown ? 'shown' : 'hidden');
    }
  }

  /** The engine of an archive, started if no window has it open, until it is given back. */
  async borrow(archivePath: string): Promise<SharedEngine> {
    return this.#borrowed(await this.#engineFor(archivePath, ONLY_SEARCHED));
  }

  /** The engine of an archive that a window has open, until it is given back; null if none has. */
  async borrowRunning(archivePath: string): Promise<SharedEngine | null> {
    const running = this.#engines.get(await nameOf(archivePath));
    return running?.engine.alive && !running.engine.resting ? this.#borrowed(running) : null;
  }

  #borrowed(shared: SharedEngine): SharedEngine {
    shared.users += 1;
    shared.borrowers += 1;
    this.#followShown();
    return shared;
  }

  /** What was borrowed is no longer needed. */
  async giveBack(shared: SharedEngine): Promise<void> {
    shared.borrowers -= 1;
    this.#followShown();
    await this.#leave(shared);
  }

  /** Whether any window has an archive of this path open. */
  isOpen(archivePath: string): boolean {
    return [...this.#open.values()].some((archive) => archive.path === archivePath);
  }

  /** Tries an archive that failed, or whose engine ended, once more. */
  async reopen(id: ArchiveId): Promise<void> {
    const archive = this.#open.get(id);
    if (!archive) return;
    await this.#release(archive);
    await this.#start(archive);
  }

  /** The same for a compressed archive, of which all is expanded from now on. */
  async expandAll(id: ArchiveId): Promise<void> {
    const archive = this.#open.get(id);
    if (archive) archive.limit = 'none';
    await this.reopen(id);
  }

  async close(id: ArchiveId): Promise<void> {
    const archive = this.#open.get(id);
    if (!archive) return;
    this.#open.delete(id);
    if (archive.engine) this.#options.onEffort(archive.contents, NOTHING_DONE);
    await this.#release(archive);
    this.prepareAtRest();
  }

  /** Saves parts of a message in a folder that a person chose. @throws as the engine; ENGINE_ENDED */
  async save(id: ArchiveId, asked: ToSave): Promise<Saved> {
    return fromAnswer(await this.#engineOf(id).save(asked));
  }

  /** Bytes of a part as a browser plays it. @throws as the engine; ENGINE_ENDED */
  async sound(id: ArchiveId, asked: SoundStretch): Promise<SoundBytes> {
    return fromAnswer(await this.#engineOf(id).sound(asked));
  }

  /** Lets the windows of an archive export to a place that a person chose. @throws ENGINE_ENDED */
  permit(id: ArchiveId, word: string, place: ChosenPlace): void {
    this.#engineOf(id).permit(word, place);
  }

  /** The open archives of a window. */
  of(contents: WebContents): readonly ArchiveId[] {
    const theirs = [...this.#open.values()].filter((archive) => archive.contents === contents);
    return theirs.map(({ id }) => id);
  }

  #engineOf(id: ArchiveId): Engine {
    const archive = this.#open.get(id);
    if (!archive?.engine) throw new MailboxError('ENGINE_ENDED', { archive: id });
    return archive.engine.engine;
  }

  /** Closes all archives of a window that is gone. */
  async closeWindow(contents: WebContents): Promise<void> {
    await Promise.all(this.of(contents).map((id) => this.close(id)));
  }

  /**
   * Has marks kept that could not be before.
   * @param closing what is about to be closed; null for everything
   * @returns how many marks would be lost by that
   */
  async unkeptMarks(closing: readonly ArchiveId[] | null): Promise<number> {
    const engines =
      closing === null
        ? [...this.#engines.values()]
        : closing.flatMap((id) => this.#open.get(id)?.engine ?? []).filter(isLastUsed);
    const marks = await Promise.all(engines.map(({ engine }) => engine.unkeptMarks()));
    return marks.reduce((sum, one) => sum + one, 0);
  }

  /** Ends every engine, each after what it must not leave half done. */
  async closeAll(): Promise<void> {
    this.#ending = true;
    this.#spare.end();
    await Promise.all([...this.#engines.values()].map((shared) => shared.engine.stop()));
  }

  async #start(archive: OpenArchive): Promise<void> {
    const { id, contents } = archive;
    const where = { archive: id, path: archive.path, name: path.basename(archive.path) };
    const view = this.#options.viewOf(archive.path);
    this.#options.send(contents, { event: 'opening', ...where, view });
    archive.rested = false;
    const shared = await this.#engineFor(archive.path, {
      expansionLimit: archive.limit,
      indexTexts: this.#options.indexesTexts(),
    });
    shared.users += 1;
    // Closed in this very moment: nobody would ever end the engine.
    if (this.#open.get(id) !== archive) return this.#leave(shared);
    archive.engine = shared;
    // While it is being opened the window draws what will hold its rows, and its question for them waits.
    this.#connect(archive, shared.engine);
    const answer = await shared.engine.opened;
    if (archive.engine !== shared) return;
    if (!answer.ok) {
      await this.#release(archive);
      this.#options.failed(id, answer.error);
      this.#options.send(contents, { event: 'failed', ...where, error: answer.error });
      return;
    }
    archive.status = answer.value;
    // The window waits for this alone: neither for a disk that is slow to take a line of the log, nor for what
    // the system says of a recent archive.
    this.#options.send(contents, { event: 'opened', ...where });
    void shared.engine.ended.then((error) => this.#ended(archive, shared, error));
    this.#followShown();
    this.#options.opened(archive.path, id);
  }

  #connect(archive: OpenArchive, engine: Engine): void {
    const { port1, port2 } = new MessageChannelMain();
    engine.connect(port1);
    this.#options.sendPort(archive.contents, archive.id, port2);
  }

  #ended(archive: OpenArchive, shared: SharedEngine, error: ErrorValue): void {
    if (this.#ending || archive.engine !== shared || !this.#open.has(archive.id)) return;
    archive.engine = null;
    const { id, contents } = archive;
    if (!shared.engine.resting) {
      this.#options.ended(id, error);
      return this.#options.send(contents, { event: 'ended', archive: id, error });
    }
    archive.rested = true;
    this.#options.send(contents, { event: 'rested', archive: id });
    // It was shown again in the very moment.
    if (archive.shown === 'shown') void this.#start(archive);
  }

  async #engineFor(
    archivePath: string,
    { expansionLimit, indexTexts }: Pick<EngineRequest, 'expansionLimit' | 'indexTexts'>,
  ): Promise<SharedEngine> {
    const name = await nameOf(archivePath);
    for (let running = this.#engines.get(name); running?.engine.alive; ) {
      if (!running.engine.resting) return running;
      await running.engine.ended;
      running = this.#engines.get(name);
    }
    const { folders } = this.#options;
    const how = { expansionLimit, indexTexts };
    const request: EngineRequest = { path: archivePath, ...folders, ...how };
    const engine = this.#spare.take();
    engine.open(request);
    const shared = { name, engine, users: 0, borrowers: 0 };
    this.#engines.set(name, shared);
    void shared.engine.ended.then(() => {
      if (this.#engines.get(name) === shared) this.#engines.delete(name);
    });
    return shared;
  }

  /** To each window, of all its archives. */
  #tellEffort(): void {
    this.#options.onWriting(this.writing);
    const byWindow = new Map<WebContents, Set<Engine>>();
    for (const { contents, engine } of this.#open.values()) {
      const engines = byWindow.get(contents) ?? new Set<Engine>();
      if (engine) engines.add(engine.engine);
      byWindow.set(contents, engines);
    }
    for (const [contents, engines] of byWindow) {
      this.#options.onEffort(contents, together([...engines].map(({ effort }) => effort)));
    }
  }

  async #release(archive: OpenArchive): Promise<void> {
    const shared = archive.engine;
    archive.engine = null;
    if (!shared) return;
    this.#tellEffort();
    await this.#leave(shared);
  }

  async #leave(shared: SharedEngine): Promise<void> {
    shared.users -= 1;
    if (shared.users > 0 || !shared.engine.alive) return;
    this.#engines.delete(shared.name);
    await shared.engine.stop();
  }
}

/** Another window goes on with its marks if not. */
const isLastUsed = ({ users }: SharedEngine): boolean => users === 1;
