/**
 * One window's conversation with the engine: its list, and the methods of `windowMethods`.
 * Several windows on one archive have a session each; the archive itself is shared.
 */

import type {
  Choice,
  Folding,
  ListState,
  Notification,
  Params,
  Result,
  WindowMethods,
  windowMethods,
} from '../../shared/contract.ts';
import type { duplicatesMethods } from '../../shared/duplicates-contract.ts';
import { MailboxError } from '../../shared/errors.ts';
import type { Listed } from '../../shared/export-contract.ts';
import type { overviewMethods } from '../../shared/overview-contract.ts';
import type { Row } from '../../shared/row.ts';
import { type Amount, type Key, key, type MessageNumber, taskId } from '../../shared/units.ts';
import type { Archive } from './archive/archive.ts';
import type { ArchiveEvent } from './archive/archive-request.ts';
import { printedMessages } from './export/printed-messages.ts';
import { EarlyList } from './listing/early-list.ts';
import { listAmount } from './listing/list-amount.ts';
import { groupsOf, overviewOf, timelineOf } from './listing/overview.ts';
import { type Handlers, waiting } from './serve.ts';
import { View } from './listing/view.ts';

type Which = Params<WindowMethods, 'remove'>;
type OverviewMethod = keyof typeof overviewMethods | keyof typeof duplicatesMethods;

/** What is answered before more of an archive is known than its first rows. */
const AT_ONCE = ['status', 'rows', 'arrange', 'cancel'] as const;
/** So many envelopes at most are read at the same time for a list: each may take a mebibyte. */
const ROWS_AT_ONCE = 25;

export class WindowSession {
  readonly #archive: Archive;
  readonly #notify: (note: Notification) => void;
  readonly #view: View;
  #early: EarlyList | null = null;
  /** False as soon as the messages are there, or something is asked that has to wait for them. */
  #mayBeEarly = true;
  readonly #leave: () => void;
  /** What is being printed, some at a time: a person may select others meanwhile. */
  #printing: readonly Key[] = [];

  constructor(archive: Archive, notify: (note: Notification) => void) {
    this.#archive = archive;
    this.#notify = notify;
    this.#view = new View(archive.listing);
    this.#leave = archive.listen((event) => this.#tell(event));
  }

  end(): void {
    this.#leave();
  }

  /** How many messages are selected. */
  get selected(): number {
    return this.#view.state.selected.messages;
  }

  handlers(): Handlers<typeof windowMethods> {
    return waiting(this.#handlers(), () => this.#archive.whole.known, AT_ONCE);
  }

  #handlers(): Handlers<typeof windowMethods> {
    const archive = this.#archive;
    return {
      status: () => archive.status(),
      dialect: () => archive.dialect(),
      overrule: (asked) =>
        archive.reread((how, work) => how.overrule(archive.mailbox, asked, work)),
      readAs: (asked) => archive.reread((how, work) => how.readAs(archive.mailbox, asked, work)),
      sync: () => archive.sync(),
      cancel: ({ task }) => ({ stopped: archive.tasks.stop(taskId(task)) }),
      remove: async (which) => archive.removing.remove(await this.#readNumbers(which)),
      unremove: async (which) => archive.removing.unremove(await this.#readNumbers(which)),
      undo: () => archive.removing.undo(),
      undelete: async (which) => ({
        undeleted: await archive.removing.undelete(await this.#readNumbers(which)),
      }),
      flush: ({ copy, flagged }) => archive.removing.flush(copy, flagged),
      restoreKept: async () => ({ restored: await archive.removing.restoreKept() }),
      discardKept: async () => {
        await archive.removing.discardKept();
        return {};
      },
      rescan: () => {
        void archive.read();
        return archive.status();
      },
      ...this.#overview(),
      indexTexts: ({ order }) => archive.indexing.order(order),
      arrange: async (arrangement) => {
        await this.#glanced();
        const arranged = this.#early?.arrange(arrangement);
        if (arranged) return arranged;
        if (this.#early || arrangement.query !== '') archive.arrivals.hurry();
        // Of several orders the last one counts: none is found early after one that waits.
        this.#leaveEarly();
        await archive.arrivals.begun;
        if (arrangement.threads === 'on') await archive.listing.threads.ready();
        return this.#view.arrange(arrangement);
      },
      searchRest: async () => {
        await archive.texts.readRest(this.#view.arrangement.query);
        return this.#view.arrange(this.#view.arrangement);
      },
      fold: (folding) => this.#fold(folding),
      rows: (params) => this.#rows(params),
      locate: (params) => this.#locate(params),
      select: ({ generation, choice }) => this.#select(generation, choice),
      read: (asked) => archive.reading.view(key(asked.key), asked.charset),
      text: (asked) => archive.reading.text(key(asked.key), asked.charset),
      attachments: (asked) => archive.reading.attachments(key(asked.key)),
      part: (asked) =>
        archive.reading.partBytes(key(asked.key), asked.part, asked.from, asked.length),
      export: async ({ which, place, options }) =>
        archive.exporting.run({
          keys: await this.#allListed(which),
          place: archive.exporting.take(place),
          options,
        }),
      strippable: async ({ which, ...wanted }) =>
        archive.stripping.look(await this.#allListed(which), wanted),
      strip: async ({ which, saveTo, ...wanted }) =>
        archive.stripping.run({
          keys: await this.#allListed(which),
          wanted,
          saveTo: saveTo === null ? null : archive.exporting.take(saveTo),
        }),
      printed: async ({ which, from, count }) => {
        if (from === 0) this.#printing = await this.#allListed(which);
        return printedMessages(archive, this.#printing, from, count);
      },
      source: (asked) => archive.reading.source(key(asked.key), asked.from, asked.length),
    };
  }

  /** What there is in the archive as a whole, and in it more than once. */
  #overview(): Pick<Handlers<typeof windowMethods>, OverviewMethod> {
    const { listing, duplicates } = this.#archive;
    return {
      timeline: () => timelineOf(listing.counting),
      overview: () => overviewOf(listing.counting),
      groups: (asked) => groupsOf(asked, listing, listing.counting, listing.grouping),
      listAmount: () => listAmount(this.#view, listing),
      removeListed: ({ generation, messages }) => this.#removeListed(generation, messages),
      duplicates: () => duplicates.state(),
      findDuplicates: ({ how, keep }) => duplicates.find(how, keep),
      keepCopies: ({ keep }) => duplicates.keep(keep),
      copies: ({ from, count }) => duplicates.rows(from, count),
      removeCopies: () => duplicates.removeOthers(),
    };
  }

  async #rows({
    generation,
    from,
    count,
  }: Params<WindowMethods, 'rows'>): Promise<Result<WindowMethods, 'rows'>> {
    const view = this.#view;
    await this.#glanced();
    const early = this.#early;
    const earlyRows = early?.rows(generation, from, count);
    if (early && earlyRows) {
      this.#archive.arrivals.given();
      return { list: early.state, rows: [...earlyRows] };
    }
    if (early) this.#archive.arrivals.hurry();
    await this.#archive.arrivals.begun;
    if (!view.stillMeans(generation)) return { list: view.state, rows: [] };
    const rows: Row[] = [];
    const end = Math.min(from + count, view.rows);
    // Side by side: an envelope that is not there yet is read, and while the archive is being read
    // each read waits its turn.
    for (let row = from; row < end; row += ROWS_AT_ONCE) {
      const some = Math.min(ROWS_AT_ONCE, end - row);
      const reads = Array.from({ length: some }, (_none, at) => this.#row(row + at));
      for (const one of await Promise.all(reads)) if (one) rows.push(one);
    }
    this.#archive.arrivals.given();
    // What an envelope had to be waited for may have moved meanwhile.
    return view.stillMeans(generation)
      ? { list: view.state, rows }
      : { list: view.state, rows: [] };
  }

  /** Settles when it is known whether there is an early list. */
  async #glanced(): Promise<void> {
    const { whole } = this.#archive;
    const glance = this.#mayBeEarly && whole.isAtGlance ? await whole.glance : null;
    if (glance && this.#mayBeEarly && whole.isAtGlance) this.#early ??= new EarlyList(glance);
    else this.#leaveEarly();
  }

  #leaveEarly(): void {
    this.#mayBeEarly = false;
    if (this.#early) this.#view.follow(this.#early.state, this.#early.arrangement);
    this.#early = null;
  }

  async #row(row: number): Promise<Row | null> {
    const number = this.#view.messageAt(row);
    if (number === null) return null;
    const thread = this.#view.threadPlace(row);
    const shown = await this.#archive.listing.row(number, this.#view.isSelected(number));
    return thread ? { ...shown, thread } : shown;
  }

  /** @throws STALE if other messages are listed than those that a person was told of */
  async #removeListed(generation: number, messages: number): Promise<{ marked: Amount }> {
    const listed = this.#view.listed();
    if (!this.#view.stillMeans(generation) || listed.length !== messages) {
      throw new MailboxError('STALE');
    }
    const { marked } = await this.#archive.removing.remove(listed);
    return { marked };
  }

  #locate(params: Params<WindowMethods, 'locate'>): Result<WindowMethods, 'locate'> {
    const archive = this.#archive;
    const of =
      'key' in params ? archive.successors.of(key(params.key)) : archive.keyAt(params.offset);
    const number = of === null ? null : archive.numberOf(of);
    const row = number === null ? null : this.#view.rowOf(number);
    const under = number === null || row !== null ? null : this.#view.rowHiding(number);
    return { generation: this.#view.state.generation, row, key: of, under };
  }

  /** @throws GONE if the message is no longer there */
  #fold(folding: Folding): ListState {
    if ('list' in folding) return this.#view.fold(folding, null);
    const [number = null] = this.#numbers({
      keys: ['thread' in folding ? folding.thread : folding.message],
    });
    return this.#view.fold(folding, number);
  }

  #select(generation: number, choice: Choice): ListState {
    return this.#view.select(generation, choice);
  }

  /** Keys of what is selected or listed, in the order of the list. */
  #listed(which: Listed): readonly Key[] {
    const view = this.#view;
    const numbers = 'selected' in which ? view.selection() : view.listed();
    return numbers.map((number) => this.#archive.keyOf(number));
  }

  /** The same; all of a list that depends on envelopes is known when these are. @throws IO */
  async #allListed(which: Listed): Promise<readonly Key[]> {
    const archive = this.#archive;
    const depends = 'listed' in which && this.#view.listedNumbers !== null;
    // Of an archive that is still being scanned nothing is the whole: that is said at once.
    if (depends && archive.mailbox.state !== 'scanning' && archive.listing.read < archive.count) {
      await archive.envelopesKnown();
      await this.#view.refresh();
    }
    return this.#listed(which);
  }

  /**
   * The same once the archive has been read, if that is soon: a key may come right behind the first rows.
   * What is meant is what is selected now: a person may go on to other messages meanwhile.
   */
  async #readNumbers(which: Which): Promise<readonly MessageNumber[]> {
    const { arrivals } = this.#archive;
    const numbers = this.#numbers(which);
    if (arrivals.over) return numbers;
    const keys = numbers.map((number) => this.#archive.keyOf(number));
    await arrivals.soonOver();
    return this.#numbers({ keys });
  }

  /** @throws GONE if a named message is no longer there */
  #numbers(which: Which): readonly MessageNumber[] {
    if ('selected' in which) return this.#view.selection();
    return which.keys.map((text) => {
      const number = this.#archive.numberOf(key(text));
      if (number === null) throw new MailboxError('GONE', { key: text });
      return number;
    });
  }

  /** Settles when the window has been told. */
  async #tell(event: ArchiveEvent): Promise<void> {
    if (!this.#archive.whole.isAtGlance) this.#leaveEarly();
    switch (event.event) {
      case 'progress':
        this.#notify({ notify: 'progress', params: event.progress });
        return;
      case 'lockWait':
        this.#notify({ notify: 'lockWait', params: event.lockWait });
        return;
      case 'conflict':
        this.#notify({ notify: 'conflict', params: { conflicts: [...event.conflicts] } });
        return;
      case 'renumbered':
        this.#view.renumber(event.oldNumbers);
        return;
      case 'changed': {
        const list = await this.#list(event.rows);
        const params = { status: this.#archive.status(), list, diff: event.diff };
        this.#notify({ notify: 'changed', params });
        return;
      }
      case 'texts': {
        const isSame = event.answers === 'same' || this.#view.knowsAllTexts;
        const list = await this.#list(isSame ? 'same' : 'changed');
        const texts = this.#archive.indexing.state();
        this.#notify({ notify: 'texts', params: { texts, list } });
        return;
      }
    }
  }

  /** As it is once it is known that its rows are other ones, or are not. */
  async #list(rows: 'same' | 'changed'): Promise<ListState> {
    if (this.#early) return this.#early.state;
    return rows === 'same' ? this.#view.state : this.#view.refresh();
  }
}
