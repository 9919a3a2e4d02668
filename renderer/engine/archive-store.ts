/**
 * One archive as this window sees it: the one store of an engine connection. The list is in
 * `message-list.ts`, the open message in `message-reader.ts`; here are the work that goes on, the news, and what a person
 * asks of the archive. What goes wrong is shown, never swallowed.
 */

import type {
  Folding,
  Notification,
  NotificationParams,
  Params,
  WindowMethods,
} from '../../shared/contract.ts';
import type { TakenPlace } from '../../shared/bridge.ts';
import { toErrorValue } from '../../shared/errors.ts';
import type { ExportOptions, Listed, PrintedMessage } from '../../shared/export-contract.ts';
import type { IndexOrder } from '../../shared/index-state.ts';
import { aspectOf, type Narrowing, narrowedBy } from '../../shared/narrowing.ts';
import type { ArchiveView } from '../../shared/preferences.ts';
import type { Arrangement, Row } from '../../shared/row.ts';
import type { Strippable, StripWanted } from '../../shared/strip-contract.ts';
import { ArchiveDialect } from './archive-dialect.ts';
import { ArchivePicture } from './archive-picture.ts';
import { Connection } from './connection.ts';
import { Going } from './going.ts';
import { MessageList } from './message-list.ts';
import { MessageReader } from './message-reader.ts';
import { withChange } from './news.ts';
import { Observable } from './observable.ts';
import { collectPrinted } from './printed.ts';
import type { Remembered } from './remembered.ts';
import { Resuming } from './resuming.ts';
import { NOTHING_YET, type Snapshot, withProgress } from './snapshot.ts';

type Dismissed =
  | 'conflicts'
  | 'error'
  | 'flushed'
  | 'restored'
  | 'exported'
  | 'stripped'
  | 'savedPdf';

export class ArchiveStore {
  readonly #state = new Observable<Snapshot>(NOTHING_YET);
  readonly #connection: Connection;
  readonly #list: MessageList;
  readonly #going: Going;
  readonly reader: MessageReader;
  readonly picture: ArchivePicture;
  readonly dialect: ArchiveDialect;
  /** Told when the list was scrolled. */
  onScroll: () => void = () => undefined;
  readonly #resuming: Resuming;

  readonly subscribe = this.#state.subscribe;
  readonly snapshot = this.#state.snapshot;

  /**
   * @param threads whether the list shows them at first
   * @param remembered what an earlier store of the archive showed; null for the first one
   * @param view how an earlier session looked at it; where an earlier store did, that counts
   */
  constructor(
    port: MessagePort,
    threads: NonNullable<Arrangement['threads']>,
    remembered: Remembered | null,
    view: ArchiveView | null,
  ) {
    const { arrangement } = this.snapshot();
    const { sort, direction } = view ?? arrangement;
    const began = { ...arrangement, sort, direction, threads };
    this.#state.set({ arrangement: remembered?.arrangement ?? began });
    this.#connection = new Connection(port);
    this.#connection.listen((note) => this.#hear(note));
    this.#list = new MessageList(this.#connection, this.#state, {
      current: (row) => this.reader.read(row),
      failed: (error) => this.#fail(error),
    });
    this.#going = new Going(this.#connection, this.#state, this.#list);
    const place = remembered ? null : view;
    this.#resuming = new Resuming(place, this.#connection, this.#state, this.#list);
    this.reader = new MessageReader(this.#connection, this.#state, (row) => this.#list.keyOf(row));
    this.picture = new ArchivePicture(
      this.#connection,
      this.#state,
      (work) => this.#told(work),
      (work) => this.#marking(work),
    );
    this.dialect = new ArchiveDialect(this.#connection, this.#state, (work) => this.#told(work));
    void this.#begin(remembered);
  }

  row(index: number): Row | undefined {
    return this.#list.row(index);
  }

  /** Rows on screen, both included, and where the list is scrolled to. */
  show(first: number, last: number, offset: number): void {
    const scrolled = this.#list.offset !== offset;
    this.#list.offset = offset;
    this.#list.show(first, last);
    if (scrolled) this.onScroll();
  }

  /** How it is looked at now; null before it is known how it was. */
  view(): ArchiveView | null {
    if (this.#resuming.waits || !this.snapshot().status) return null;
    const { sort, direction } = this.snapshot().arrangement;
    return { sort, direction, ...this.#list.place() };
  }

  /** Reads the texts that the query asks for and nobody knows yet; the list follows. */
  searchRest(): void {
    void this.#list.searchRest();
  }

  /** What a person wants of the index of texts. */
  async indexTexts(order: IndexOrder): Promise<void> {
    await this.#told(async () => {
      const texts = await this.#connection.call('indexTexts', { order });
      const { status } = this.snapshot();
      if (status) this.#state.set({ status: { ...status, texts } });
    });
  }

  arrange(change: Partial<Arrangement>): void {
    this.#list.arrange(change);
  }

  /** Narrows the list by one thing more, or no longer by it. */
  narrow(how: 'by' | 'not by', narrowing: Narrowing): void {
    const { narrowed = [] } = this.snapshot().arrangement;
    if (how === 'by') return this.arrange({ narrowed: narrowedBy(narrowed, narrowing) });
    this.arrange({ narrowed: narrowed.filter((one) => aspectOf(one) !== aspectOf(narrowing)) });
  }

  /** Goes to a row: it becomes current, and the selection changes as `how` says. */
  go(row: number, how: 'only' | 'extend' | 'toggle'): void {
    this.#list.go(row, how);
  }

  selectAll(): void {
    this.#list.selectAll();
  }

  /** Selects every message of the thread that the current one is in. */
  selectThread(): void {
    this.#list.selectThread();
  }

  /** Collapses or expands in a list by threads. */
  async fold(folding: Folding): Promise<void> {
    await this.#told(() => this.#list.fold(folding));
  }

  /** Marks the selection for deletion and goes on to the next message, as mail programs do. */
  async remove(): Promise<void> {
    await this.#remove('row');
  }

  /** The same with the whole thread that the current message is in. */
  async removeThread(): Promise<void> {
    this.#list.selectThread();
    await this.#remove('thread');
  }

  async #remove(what: 'row' | 'thread'): Promise<void> {
    const { current: from } = this.#list.place();
    await this.#marking(async () => {
      await this.#list.selectionSent();
      const { conflicts } = await this.#connection.call('remove', { selected: 'all' });
      if (conflicts.length > 0) this.#state.set({ conflicts });
      const { reading } = this.snapshot();
      const shown = reading.reading === 'shown' ? reading.message.key : null;
      // A person stays at what changed under their eyes, and sees what it is now.
      if (conflicts.some(({ key }) => key === shown)) return this.reader.readAgain();
      this.#list.goOn(what, from);
    });
  }

  /** Takes marks back, and the flag by which another program marked messages in the file. */
  async undelete(): Promise<void> {
    await this.#marking(async () => {
      await this.#list.selectionSent();
      await this.#connection.call('undelete', { selected: 'all' });
    });
  }

  async undo(): Promise<void> {
    await this.#marking(() => this.#connection.call('undo', {}));
  }

  async compact(how: Params<WindowMethods, 'flush'>): Promise<void> {
    this.#state.set({ flushed: null, restored: null });
    await this.#told(async () => {
      this.#state.set({ flushed: await this.#connection.call('flush', how) });
    });
  }

  /** Undoes the last compaction that kept a copy. */
  async undoCompaction(): Promise<void> {
    this.#state.set({ flushed: null, restored: null });
    await this.#told(async () => {
      const { restored } = await this.#connection.call('restoreKept', {});
      this.#state.set({ restored });
    });
  }

  async discardKept(): Promise<void> {
    await this.#told(() => this.#connection.call('discardKept', {}));
  }

  /** Takes messages out to a place that a person chose. The task tells how far it is. */
  async takeOut(which: Listed, place: TakenPlace, options: ExportOptions): Promise<void> {
    this.#state.set({ exported: null, error: null });
    await this.#told(async () => {
      await this.#list.selectionSent();
      const asked = { which, place: place.word, options };
      const result = await this.#connection.call('export', asked);
      this.#state.set({ exported: { result, place } });
    });
  }

  /** What attachments could be taken out; null if it was stopped, or went wrong, which is shown. */
  async strippable(which: Listed, wanted: StripWanted): Promise<Strippable | null> {
    try {
      await this.#list.selectionSent();
      return await this.#connection.call('strippable', { which, ...wanted });
    } catch (error) {
      if (toErrorValue(error).code !== 'CANCELLED') this.#fail(error);
      return null;
    }
  }

  /** Nobody waits for `strippable` any more. */
  stopLooking(): void {
    for (const { task, kind } of this.snapshot().tasks) if (kind === 'look') void this.cancel(task);
  }

  /** Takes attachments out of messages. @param place where they are saved first */
  async strip(which: Listed, wanted: StripWanted, place: TakenPlace | null): Promise<void> {
    this.#state.set({ stripped: null, error: null });
    await this.#told(async () => {
      await this.#list.selectionSent();
      const asked = { which, ...wanted, saveTo: place?.word ?? null };
      this.#state.set({ stripped: { result: await this.#connection.call('strip', asked), place } });
    });
  }

  /** The selected messages as they are printed, all of them. @throws MISUSE for too many */
  async toPrint(): Promise<readonly PrintedMessage[]> {
    await this.#list.selectionSent();
    return collectPrinted(this.#connection, (done, total) =>
      this.#state.set({ layingOut: { done, total } }),
    );
  }

  /** Work for paper outside of the engine: what goes wrong is shown, and then it is over. */
  async onPaper(work: () => Promise<TakenPlace | null>): Promise<void> {
    this.#state.set({ savedPdf: null, error: null });
    await this.#told(async () => {
      this.#state.set({ savedPdf: await work() });
    });
    this.#state.set({ layingOut: null });
  }

  async rescan(): Promise<void> {
    await this.#told(async () => {
      this.#state.set({ status: await this.#connection.call('rescan', {}) });
    });
  }

  /**
   * Goes to a message, once the archive has been read, or to the one that holds a byte of the file; what
   * hides it from the list is put away.
   */
  async goTo(wanted: Params<WindowMethods, 'locate'>): Promise<void> {
    await this.#told(() => this.#going.goTo(wanted));
  }

  async cancel(task: number): Promise<void> {
    await this.#told(() => this.#connection.call('cancel', { task }));
  }

  /** A person has read it. */
  dismiss(what: Dismissed): void {
    this.#state.set(what === 'conflicts' ? { conflicts: [] } : { [what]: null });
  }

  dismissNews(id: number): void {
    this.#state.set({ news: this.snapshot().news.filter((news) => news.id !== id) });
  }

  /** The engine is gone, or no longer wanted. */
  close(): void {
    this.#connection.close();
  }

  /** Rows are asked for before anything else; an engine begins without threads. */
  async #begin(remembered: Remembered | null): Promise<void> {
    const { sort, direction, threads } = this.snapshot().arrangement;
    const usual = NOTHING_YET.arrangement;
    const isUsual = sort === usual.sort && direction === usual.direction;
    if (remembered || threads === 'on' || !isUsual) this.#list.arrange({});
    else this.#list.begin();
    await this.#told(async () => {
      this.#state.set({ status: await this.#connection.call('status', {}) });
    });
    this.picture.chart();
    if (remembered) await this.#told(() => this.#resume(remembered));
  }

  /** Goes on where an earlier store of the archive was. */
  async #resume({ pane, key }: Remembered): Promise<void> {
    if (pane !== 'list') this.picture.show(pane);
    if (key !== null) await this.#going.goBackTo(key);
  }

  #hear(note: Notification): void {
    const { tasks, conflicts } = this.snapshot();
    switch (note.notify) {
      case 'changed':
        return this.#changed(note.params);
      case 'progress': {
        return this.#state.set({ tasks: withProgress(tasks, note.params) });
      }
      case 'texts':
        return this.#textsKnown(note.params);
      case 'lockWait':
        return this.#state.set({ lockWait: note.params.over ? null : note.params });
      case 'conflict':
        return this.#state.set({ conflicts: [...conflicts, ...note.params.conflicts] });
    }
  }

  #changed({ status, list, diff }: NotificationParams<'changed'>): void {
    const { news } = this.snapshot();
    const told = diff !== null && diff.how !== 'same';
    this.#state.set({
      status,
      ...(told ? { news: withChange(news, diff, Date.now()) } : {}),
    });
    this.#list.follow(list, 'changed');
    this.picture.changed();
    this.dialect.changed();
  }

  #textsKnown({ texts, list }: NotificationParams<'texts'>): void {
    const { status } = this.snapshot();
    if (status) this.#state.set({ status: { ...status, texts } });
    this.#list.follow(list, 'changed');
  }

  async #told(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Whoever asks what a compaction will remove waits until this is over. */
  async #marking(work: () => Promise<unknown>): Promise<void> {
    const add = (calls: number): void =>
      this.#state.set({ marking: this.snapshot().marking + calls });
    add(1);
    await this.#told(work);
    add(-1);
  }

  /** That the engine ended is told by main. */
  #fail(thrown: unknown): void {
    const error = toErrorValue(thrown);
    if (error.code !== 'ENGINE_ENDED') this.#state.set({ error });
  }
}
