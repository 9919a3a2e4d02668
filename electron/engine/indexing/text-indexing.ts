/**
 * The index of an archive's texts as the engine has it: opened when it is needed, built in the
 * background, asked. Imports catalog, mailbox and this folder.
 *
 * It is a cache: whatever goes wrong with it, the archive is as it was, and what is not indexed is
 * said to be unknown. Of several processes that have the archive open one builds, the others use what
 * it has committed.
 */

import type { IndexOrder, IndexState } from '../../../shared/index-state.ts';
import { messageNumber } from '../../../shared/units.ts';
import { type ArchiveMark, CatalogFolder } from '../../catalog/catalog-folder.ts';
import { type TextSearch, type TextTerm, UNKNOWN } from '../../catalog/query/text-search.ts';
import type { Mailbox } from '../../mailbox/mailbox.ts';
import type { Regenerated } from '../../mailbox/toc/contents.ts';
import type { ArchiveRequest } from '../archive/archive-request.ts';
import { BuildingPace } from './building-pace.ts';
import { IndexAsking } from './index-asking.ts';
import { IndexBuilding } from './index-building.ts';
import { IndexError, IndexThreads } from './index-threads.ts';
import { OpenIndex } from './open-index.ts';
import { openTextsFile, sentenceOf, type TextsFile } from './texts-file.ts';

/** Listeners are told so often while it is built. */
const TELL_EVERY_MS = 1000;
/** What another process has added is looked for so often. */
const NEWS_EVERY_MS = 1000;
/** Documents that are dropped at once. */
const DROPPED_MAX = 500;

export interface IndexingParts {
  readonly mailbox: Mailbox;
  /** Null to do without. */
  readonly folder: CatalogFolder | null;
  /** The built `text-worker.ts`; null to do without. */
  readonly script: string | null;
  /** Whether an index is begun, or goes on, by itself; with `never` one that is there is asked. */
  readonly builds: 'always' | 'existing' | 'never';
  /** @param answers whether what somebody asked for may be answered otherwise by now */
  readonly onChange: (answers: 'same' | 'more') => void;
}

interface Opened extends TextsFile {
  readonly index: OpenIndex;
  readonly asking: IndexAsking;
}

type Activity = 'off' | 'waiting' | 'building' | 'paused' | 'elsewhere' | 'complete' | 'failed';

export class TextIndexing implements TextSearch {
  readonly #parts: IndexingParts;
  readonly #threads: IndexThreads | null;
  readonly #pace = new BuildingPace();
  #builds: IndexingParts['builds'];
  #activity: Activity;
  #why = '';
  #opening: Promise<Opened | null> | null = null;
  #opened: Opened | null = null;
  #running: Promise<void> | null = null;
  #mark: ArchiveMark | null = null;
  #isPaused = false;
  #isClosing = false;
  /** It was made anew once; a disk that damages it again would have us do nothing else. */
  #wasDamaged = false;
  #isRenewing = false;
  #facts = { bytes: 0, textBytes: 0, cut: 0 };
  #toldAt = 0;
  #wake: () => void = () => undefined;

  constructor(parts: IndexingParts) {
    this.#parts = parts;
    this.#threads = parts.script === null || !parts.folder ? null : new IndexThreads(parts.script);
    this.#builds = parts.builds;
    this.#activity = this.#threads && parts.builds === 'always' ? 'waiting' : 'off';
  }

  state(): IndexState {
    const { mailbox } = this.#parts;
    const total = mailbox.table.count;
    const covered = Math.min(total, this.#opened?.index.numbering.covered ?? 0);
    const isBuilding = this.#activity === 'building';
    const left = this.#opened ? this.#pace.left : mailbox.size;
    return {
      state: this.#activity,
      why: this.#why,
      covered,
      total,
      bytesLeft: left,
      bytesTotal: mailbox.size,
      secondsLeft: isBuilding ? this.#pace.secondsLeft : null,
      bytesOnDisk: this.#facts.bytes,
      bytesExpected: BuildingPace.expected(this.#facts.bytes, Math.max(left, mailbox.size), left),
      textBytes: this.#facts.textBytes,
      cut: this.#facts.cut,
    };
  }

  /** The archive has been read, or has changed: what is not indexed is, if that is wanted. */
  begin(): void {
    if (this.#parts.mailbox.state !== 'ready' || this.#isClosing || !this.#threads) return;
    this.#wake();
    if (this.#isPaused || this.#builds === 'never' || this.#activity === 'failed') return;
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
      // What came in the very moment of the end.
      const { index } = this.#opened ?? {};
      if (this.#activity === 'complete' && index && !this.#isComplete(index)) this.begin();
    });
  }

  /** The table of contents was made anew. */
  regenerated(regenerated: Regenerated): void {
    this.#opened?.index.renumber(regenerated);
  }

  /** What a person wants of it. */
  async order(order: IndexOrder): Promise<IndexState> {
    if (order === 'resume') {
      this.#isPaused = false;
      this.#builds = 'always';
      if (this.#threads) this.#tell('waiting', 'same');
      this.begin();
      return this.state();
    }
    this.#isPaused = true;
    this.#wake();
    await this.#running;
    if (order === 'drop') await this.#drop();
    else if (this.#activity !== 'complete' && this.#opened) this.#tell('paused', 'same');
    return this.state();
  }

  async find(term: TextTerm, isWanted: () => boolean): Promise<Uint8Array> {
    const opened = await this.#open('leave').catch(() => null);
    try {
      if (opened) return await opened.asking.find(term, isWanted);
    } catch (error) {
      void this.#renew(error);
    }
    return new Uint8Array(this.#parts.mailbox.table.count).fill(UNKNOWN);
  }

  /** Ends what is under way; what was added stands. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#wake();
    await this.#running;
    await this.#shut().catch(() => undefined);
    await this.#threads?.end();
  }

  async #run(): Promise<void> {
    try {
      // Somebody may have begun to open it who would not make it.
      let opened = await this.#open('leave');
      if (!opened && this.#builds === 'always') opened = await this.#open('make');
      if (!opened) return this.#tell('off', 'same');
      while (this.#isWanted()) {
        await opened.index.match();
        if (await this.#claim()) return await this.#build(opened);
        await this.#follow(opened);
      }
    } catch (error) {
      await this.#failed(error);
    }
  }

  #isWanted(): boolean {
    return !this.#isPaused && !this.#isClosing;
  }

  #isComplete({ numbering, isMatched }: OpenIndex): boolean {
    return isMatched && numbering.covered >= this.#parts.mailbox.table.count;
  }

  /** @returns false if another process builds it */
  async #claim(): Promise<boolean> {
    try {
      return (await this.#threads?.keeper({ ask: 'claim' })) ?? false;
    } catch (error) {
      if (error instanceof IndexError && error.reason === 'busy') return false;
      throw error;
    }
  }

  async #build({ mark, index, asking }: Opened): Promise<void> {
    const { mailbox, folder } = this.#parts;
    const threads = this.#threads;
    if (!threads) return;
    this.#pace.begin(this.#bytesLeft(index));
    if (!this.#isComplete(index)) this.#tell('building', 'same');
    let looks = 0;
    const building = new IndexBuilding({
      mailbox,
      threads,
      index,
      isWanted: () => this.#isWanted(),
      turn: () => asking.done(),
      onAdded: (bytes) => {
        this.#pace.added(bytes);
        if (performance.now() - this.#toldAt < TELL_EVERY_MS) return;
        this.#tell('building', 'more');
        looks += 1;
        if (looks % 10 === 0) void folder?.makeRoomForTexts(mark);
        void this.#look();
      },
    });
    const how = await building.run();
    if (how === 'complete') await this.#tidy(index);
    await threads.keeper({ ask: 'rest' });
    await this.#look();
    const hasRoom = await folder?.makeRoomForTexts(mark);
    if (how === 'complete') this.#pace.begin(this.#bytesLeft(index));
    if (hasRoom === false) await this.#drop();
    else if (!this.#isClosing) this.#tell(how === 'complete' ? 'complete' : 'paused', 'more');
  }

  /** What is no longer a message's goes, and what many commits have left is merged. */
  async #tidy(index: OpenIndex): Promise<void> {
    const threads = this.#threads;
    const { mailbox } = this.#parts;
    while (threads && this.#isWanted() && mailbox.state === 'ready' && index.isMatched) {
      const documents = index.numbering.idleDocuments(DROPPED_MAX);
      if (documents.length === 0) break;
      index.numbering.forget(documents);
      await threads.keeper({ ask: 'drop', documents });
    }
    while (threads && this.#isWanted() && (await threads.keeper({ ask: 'tidy' }))) {
      // The next question has its turn in between.
    }
  }

  /** While another process builds, what it has done is used. */
  async #follow({ index }: Opened): Promise<void> {
    this.#tell(this.#isComplete(index) ? 'complete' : 'elsewhere', 'same');
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, NEWS_EVERY_MS).unref();
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = () => undefined;
    if (!this.#isWanted()) return;
    const { next } = index.numbering;
    const news = await this.#threads?.keeper({ ask: 'news', from: next }).catch(() => null);
    if (!news) return;
    index.append(news);
    await index.match();
    await this.#look();
    this.#pace.begin(this.#bytesLeft(index));
    this.#tell(this.#isComplete(index) ? 'complete' : 'elsewhere', 'more');
  }

  #open(missing: 'make' | 'leave'): Promise<Opened | null> {
    const { folder, mailbox } = this.#parts;
    const threads = this.#threads;
    if (!folder || !threads || this.#isClosing) return Promise.resolve(null);
    this.#opening ??= (async () => {
      const file = await openTextsFile(mailbox.path, folder, threads, missing);
      if (!file) return null;
      this.#mark = file.mark;
      const index = new OpenIndex(mailbox, file.documents);
      const asking = new IndexAsking({
        mailbox,
        threads,
        index,
        onRead: () => this.#parts.onChange('more'),
      });
      this.#opened = { ...file, index, asking };
      await index.match();
      await this.#look();
      this.#pace.begin(this.#bytesLeft(index));
      return this.#opened;
    })().then(
      (opened) => {
        // Somebody may make one later.
        if (!opened) this.#opening = null;
        return opened;
      },
      (error: unknown) => {
        this.#opening = null;
        this.#opened = null;
        throw error;
      },
    );
    return this.#opening;
  }

  /** Bytes of messages that are not indexed. */
  #bytesLeft({ numbering }: OpenIndex): number {
    const { table } = this.#parts.mailbox;
    let bytes = 0;
    for (let number = 0; number < table.count; number++) {
      if (numbering.documentOf(number) === 0) bytes += table.length(messageNumber(number));
    }
    return bytes;
  }

  async #look(): Promise<void> {
    const facts = await this.#threads?.keeper({ ask: 'facts' }).catch(() => null);
    if (facts) this.#facts = facts;
  }

  /** What was asked of it is damaged: it is made anew, when whoever builds has ended. */
  async #renew(error: unknown): Promise<void> {
    if (this.#isRenewing) return;
    this.#isRenewing = true;
    while (this.#running) await this.#running;
    this.#running = this.#failed(error).finally(() => {
      this.#running = null;
      this.#isRenewing = false;
    });
  }

  async #failed(error: unknown): Promise<void> {
    // What was not committed is gone: it is opened anew when somebody asks.
    await this.#shut().catch(() => undefined);
    if (error instanceof IndexError && error.reason === 'damaged') {
      await this.#remove();
      const isFirst = !this.#wasDamaged;
      this.#wasDamaged = true;
      // Somebody wanted this one.
      if (this.#builds === 'existing') this.#builds = 'always';
      if (isFirst && this.#isWanted()) return this.#run();
    }
    this.#why = sentenceOf(error);
    this.#tell('failed', 'more');
  }

  async #drop(): Promise<void> {
    await this.#shut();
    await this.#remove();
    this.#builds = 'never';
    this.#tell('off', 'more');
  }

  async #remove(): Promise<void> {
    if (this.#mark) await this.#parts.folder?.removeTexts(this.#mark);
    this.#facts = { bytes: 0, textBytes: 0, cut: 0 };
  }

  async #shut(): Promise<void> {
    const opened = this.#opened;
    this.#opening = null;
    this.#opened = null;
    if (!opened) return;
    await opened.asking.end();
    await this.#threads?.close();
  }

  #tell(activity: Activity, answers: 'same' | 'more'): void {
    if (activity !== 'failed') this.#why = '';
    this.#activity = activity;
    this.#toldAt = performance.now();
    this.#parts.onChange(answers);
  }
}

/** The index of an archive that is being opened. */
export function indexingOf(
  { catalogFolder, textScript = null, textIndex = 'never' }: ArchiveRequest,
  mailbox: Mailbox,
  onChange: IndexingParts['onChange'],
): TextIndexing {
  return new TextIndexing({
    mailbox,
    // What is expanded anew each time is another file each time.
    folder: catalogFolder === null || mailbox.expansion ? null : new CatalogFolder(catalogFolder),
    script: textScript,
    builds: textIndex,
    onChange,
  });
}
