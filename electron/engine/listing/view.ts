/**
 * One window's list: which messages it shows, in which order, and which of them are selected.
 *
 * Rows are computed here and only those on screen cross the border. The selection is a byte per
 * message of the table, not of the list, so it stays with its messages when the list is sorted,
 * filtered, or the archive changes. Every change of the order is a new generation.
 */

import {
  type Choice,
  FIRST_GENERATION,
  type Folding,
  type ListState,
} from '../../../shared/contract.ts';
import type { Changes } from '../../catalog/changes.ts';
import type { Threads } from '../../catalog/threads.ts';
import { MailboxError } from '../../../shared/errors.ts';
import type { Arrangement, ThreadPlace } from '../../../shared/row.ts';
import type { SearchAnswer } from '../../../shared/search-answer.ts';
import { type Amount, type MessageNumber, messageNumber } from '../../../shared/units.ts';
import { FILE_ORDER } from './arranging.ts';
import { isVolatile } from './fitting.ts';
import { Folds } from './folds.ts';
import { withArrivals } from './inserting.ts';
import { renumbered, selectedAfter } from './renumbered.ts';
import type { ThreadList } from '../threads/thread-list.ts';
import type { ViewSource } from './view-source.ts';

/** No more arrivals than this are inserted; of more, all are arranged anew. */
const INSERTED_MAX = 2000;
/** In a short list it does not pay. */
const ORDER_MIN = 10_000;

const NOTHING: Amount = { messages: 0, bytes: 0 };

interface MadeOf {
  readonly changes: Changes;
  readonly revision: number;
  readonly count: number;
  /** Null in a list without threads. */
  readonly threads: Threads | null;
}

export class View {
  readonly #source: ViewSource;
  #arrangement: Arrangement = FILE_ORDER;
  /** What was asked for last, until the list is in that order. */
  #wanted: Arrangement | null = null;
  #refreshing: Promise<ListState> | null = null;
  #nextRefresh: Promise<ListState> | null = null;
  /** Message numbers by row; null for the whole file in its own order, which needs no list. */
  #order: Uint32Array | null = null;
  /** All of a list by threads, of which the order has what is not collapsed. */
  #threads: ThreadList | null = null;
  readonly #folds = new Folds();
  /** What there is to say of the query; null if it is empty. */
  #search: SearchAnswer | null = null;
  #selected: Uint8Array;
  #selectedAmount: Amount = NOTHING;
  /** False only if no message at all is selected: then there is nothing to count. */
  #anySelected = false;
  #generation = FIRST_GENERATION;
  /** Since this generation no row has come to show another message; rows may have been added. */
  #stableSince = FIRST_GENERATION;
  /** What the order was made of. */
  #madeOf: MadeOf;
  /** Row by message number, made when asked for. */
  #rowOf: Int32Array | null = null;

  constructor(source: ViewSource) {
    this.#source = source;
    this.#selected = new Uint8Array(source.count);
    this.#madeOf = this.#now();
  }

  get state(): ListState {
    const { rows } = this;
    const search = this.#search ? { search: this.#search } : {};
    const all = this.#threads?.numbers.length ?? rows;
    const collapsed = all > rows ? { collapsed: all - rows } : {};
    const [generation, selected] = [this.#generation, this.#selectedAmount];
    return { generation, rows, selected, ...collapsed, ...search };
  }

  get rows(): number {
    return this.#order ? this.#order.length : this.#source.count;
  }

  get arrangement(): Arrangement {
    return this.#arrangement;
  }

  /** True if what texts say would not list anything else. */
  get knowsAllTexts(): boolean {
    return (
      !this.#search || (this.#search.unknown === 0 && this.#search.covered === this.#search.total)
    );
  }

  /** True if a row index of that generation still means the same message. */
  stillMeans(generation: number): boolean {
    return generation >= this.#stableSince && generation <= this.#generation;
  }

  isSelected(number: MessageNumber): boolean {
    return this.#selected[number] === 1;
  }

  /** The message in a row; null behind the last one. */
  messageAt(row: number): MessageNumber | null {
    if (row < 0 || row >= this.rows) return null;
    return messageNumber(this.#order ? (this.#order[row] ?? 0) : row);
  }

  /** The row of a message; null if the list does not show it. */
  rowOf(number: MessageNumber): number | null {
    if (!this.#order) return number < this.#source.count ? number : null;
    if (!this.#rowOf) {
      this.#rowOf = new Int32Array(this.#source.count).fill(-1);
      for (let row = 0; row < this.#order.length; row++) this.#rowOf[this.#order[row] ?? 0] = row;
    }
    const row = this.#rowOf[number] ?? -1;
    return row < 0 ? null : row;
  }

  /** Goes on from another list, in its order; `refresh` must follow. See `early-list.ts`. */
  follow({ generation }: ListState, arrangement: Arrangement): void {
    [this.#arrangement, this.#generation] = [arrangement, generation];
    this.#stableSince = arrangement === FILE_ORDER ? generation : generation + 1;
  }

  /** Arranges otherwise; until that is done the list is the one before. The last one asked for counts. */
  async arrange(asked: Arrangement): Promise<ListState> {
    const arrangement = { ...asked };
    this.#wanted = arrangement;
    const isWanted = (): boolean => this.#wanted === arrangement;
    try {
      await this.#source.arrangedInTurns(arrangement, isWanted, (order, search) => {
        this.#arrangement = arrangement;
        this.#take(order, search);
      });
    } finally {
      if (isWanted()) this.#wanted = null;
    }
    return this.state;
  }

  /**
   * The archive's messages, or what decides their order, have changed: arranges anew. If that is being
   * done already, it is done once more afterwards.
   */
  refresh(): Promise<ListState> {
    if (this.#refreshing) {
      this.#nextRefresh ??= this.#refreshing.then(() => {
        this.#nextRefresh = null;
        return this.refresh();
      });
      return this.#nextRefresh;
    }
    const refreshing = this.#refresh().finally(() => {
      this.#refreshing = null;
    });
    this.#refreshing = refreshing;
    return refreshing;
  }

  async #refresh(): Promise<ListState> {
    // The arrangement that is being made will be of what there is then.
    if (this.#wanted) return this.state;
    if (this.#threads && this.#isStillMade()) {
      return this.#show(this.#threads.shown(this.#folds.isCollapsed));
    }
    const inserted = this.#inserted();
    if (inserted) return this.#showMade(inserted);
    const arrangement = this.#arrangement;
    const isWanted = (): boolean => this.#arrangement === arrangement;
    await this.#source.arrangedInTurns(arrangement, isWanted, (order, search) => {
      if (isWanted()) this.#take(order, search);
    });
    return this.state;
  }

  /** Shows what was arranged; by thread, where that is asked for. */
  #take(order: Uint32Array | null, search: SearchAnswer | null): void {
    this.#search = search;
    const isByThread = this.#arrangement.threads === 'on';
    this.#threads = isByThread ? this.#source.byThread(this.#arrangement, order) : null;
    this.#showMade(this.#threads ? this.#threads.shown(this.#folds.isCollapsed) : order);
  }

  /** Collapses or expands; nothing happens in a list without threads. @param number null: every thread */
  fold(fold: Folding, number: MessageNumber | null): ListState {
    const threads = this.#threads;
    if (!threads) return this.state;
    this.#folds.fold(threads, fold, number);
    this.#folds.dropHalf(threads, this.#selected);
    return this.#show(threads.shown(this.#folds.isCollapsed));
  }

  /** The row that hides a message; null if it is shown, or not in the list. */
  rowHiding(number: MessageNumber): number | null {
    const index = this.#threads?.indexOf(number) ?? null;
    if (index === null || !this.#threads) return null;
    const hider = this.#threads.hiddenBy(index, this.#folds.isCollapsed);
    return hider === null ? null : this.rowOf(messageNumber(this.#threads.numberAt(hider)));
  }

  /** Where the message of a row stands in its thread; null in a list without threads. */
  threadPlace(row: number): ThreadPlace | null {
    const threads = this.#threads;
    const number = this.messageAt(row);
    const index = number === null ? null : (threads?.indexOf(number) ?? null);
    if (!threads || index === null) return null;
    const parent = threads.parent(index);
    const above = parent === null ? null : this.rowOf(messageNumber(threads.numberAt(parent)));
    return this.#folds.placeOf(threads, index, above === null ? 0 : row - above, this.#source);
  }

  /** The same for loops over all; null for the whole file. Not changed when the list does. */
  get listedNumbers(): Uint32Array | null {
    return this.#threads?.numbers ?? this.#order;
  }

  /** Every message of the list by row, also those that are collapsed. */
  listed(): MessageNumber[] {
    if (this.#threads) return Array.from(this.#threads.numbers, messageNumber);
    return Array.from(
      { length: this.rows },
      (_none, row) => this.messageAt(row) ?? messageNumber(0),
    );
  }

  /** The list with what has come since; null if it must be arranged anew, or needs no order. */
  #inserted(): Uint32Array | null {
    const order = this.#order;
    const { changes, revision, count: countBefore } = this.#madeOf;
    const { count } = this.#source;
    // Marks are no change of messages.
    if (!order || order.length < ORDER_MIN || isVolatile(this.#arrangement)) return null;
    if (this.#threads || this.#arrangement.threads === 'on' || !this.knowsAllTexts) return null;
    if (changes !== this.#source.changes) return null;
    const from = Math.min(changes.since(revision), countBefore, count);
    if (count - from > INSERTED_MAX) return null;
    const comparing = this.#source.comparing(this.#arrangement);
    return comparing && withArrivals(order, { from, countBefore, count }, comparing);
  }

  /** True if a list by threads would be made of what this one was made of. */
  #isStillMade(): boolean {
    const { changes, revision, count, threads } = this.#madeOf;
    const source = this.#source;
    if (isVolatile(this.#arrangement) || !this.knowsAllTexts) return false;
    if (source.threads.now() !== threads) return false;
    if (source.changes !== changes || source.count !== count) return false;
    return changes.since(revision) === Number.POSITIVE_INFINITY;
  }

  #now(): MadeOf {
    const { changes, count } = this.#source;
    const threads = this.#threads ? this.#source.threads.now() : null;
    return { changes, revision: changes.revision, count, threads };
  }

  /** Shows a list that was just made. */
  #showMade(order: Uint32Array | null): ListState {
    this.#madeOf = this.#now();
    return this.#show(order);
  }

  #show(order: Uint32Array | null): ListState {
    const before = this.#order;
    this.#order = order;
    this.#rowOf = null;
    this.#generation += 1;
    if (before !== null || this.#order !== null) this.#stableSince = this.#generation;
    this.#widen();
    this.#recount();
    return this.state;
  }

  /** Messages that have come since can be selected, too. */
  #widen(): void {
    if (this.#selected.length >= this.#source.count) return;
    const wider = new Uint8Array(Math.max(this.#source.count, this.#selected.length * 2));
    wider.set(this.#selected);
    this.#selected = wider;
  }

  /**
   * The table was made anew; the selection and the list follow their messages. `refresh` must follow.
   * @param oldNumbers for each message its number before, or -1
   */
  renumber(oldNumbers: Int32Array): void {
    const selected = this.#anySelected ? selectedAfter(this.#selected, oldNumbers) : null;
    this.#anySelected = selected !== null;
    this.#selected = selected ?? new Uint8Array(oldNumbers.length);
    this.#folds.renumber(oldNumbers);
    this.#threads = null;
    if (this.#order) this.#order = renumbered(this.#order, oldNumbers);
    this.#rowOf = null;
    this.#generation += 1;
    this.#stableSince = this.#generation;
    this.#recount();
  }

  /**
   * Changes the selection.
   * @throws STALE if the rows meant are those of an older arrangement
   */
  select(generation: number, choice: Choice): ListState {
    if (!this.stillMeans(generation)) throw new MailboxError('STALE');
    this.#widen();
    const last = this.rows - 1;
    this.#anySelected = choice.choose !== 'none';
    switch (choice.choose) {
      case 'none':
        this.#selected.fill(0);
        break;
      case 'all':
        if (this.#threads) this.#setIndexes(0, this.#threads.numbers.length);
        else this.#set(0, last, 1);
        break;
      case 'thread':
        this.#selected.fill(0);
        this.#setThread(choice.row);
        break;
      case 'only':
        this.#selected.fill(0);
        this.#set(choice.row, choice.row, 1);
        break;
      case 'toggle': {
        const number = this.messageAt(choice.row);
        if (number !== null) this.#selected[number] = this.isSelected(number) ? 0 : 1;
        break;
      }
      case 'range':
        if (choice.others === 'drop') this.#selected.fill(0);
        this.#set(Math.min(choice.from, choice.to), Math.max(choice.from, choice.to), 1);
        break;
    }
    // Rows show their selection: what was fetched before is out of date, though the order is not.
    this.#generation += 1;
    this.#recount();
    return this.state;
  }

  /** The selected messages of the list, by row: what a filter hides is not acted upon. */
  selection(): MessageNumber[] {
    const numbers: MessageNumber[] = [];
    if (!this.#anySelected) return numbers;
    for (const number of this.#threads?.numbers ?? []) {
      if (this.#selected[number] === 1) numbers.push(messageNumber(number));
    }
    if (this.#threads) return numbers;
    for (let row = 0; row < this.rows; row++) {
      const number = this.messageAt(row);
      if (number !== null && this.isSelected(number)) numbers.push(number);
    }
    return numbers;
  }

  #set(from: number, to: number, value: 0 | 1): void {
    for (let row = from; row <= Math.min(to, this.rows - 1); row++) {
      const number = this.messageAt(row);
      if (number !== null) this.#selected[number] = value;
    }
  }

  /** Selects the thread that a row is in, all of it; without threads, the row. */
  #setThread(row: number): void {
    const number = this.messageAt(row);
    const index = number === null ? null : (this.#threads?.indexOf(number) ?? null);
    if (!this.#threads || index === null) return this.#set(row, row, 1);
    const start = this.#threads.start(index);
    this.#setIndexes(start, this.#threads.end(start));
  }

  #setIndexes(from: number, to: number): void {
    for (let index = from; index < to; index++) {
      this.#selected[this.#threads?.numberAt(index) ?? 0] = 1;
    }
  }

  #recount(): void {
    if (!this.#anySelected) {
      this.#selectedAmount = NOTHING;
      return;
    }
    let messages = 0;
    let bytes = 0;
    for (const number of this.selection()) {
      messages += 1;
      bytes += this.#source.bytesOf(number);
    }
    this.#selectedAmount = { messages, bytes };
  }
}
