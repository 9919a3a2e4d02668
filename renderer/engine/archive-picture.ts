/**
 * An archive as a whole, as this window sees it: what is in it, what is in it more than once, and how
 * much of it the list shows. Asked for only while somebody looks.
 */

import { ATTACHMENT_KINDS, type AttachmentKind } from '../../shared/attachment-kinds.ts';
import type { DuplicatesHow, KeptCopy } from '../../shared/duplicates-contract.ts';
import type { Group, GroupingName } from '../../shared/overview-contract.ts';
import type { Arrangement } from '../../shared/row.ts';
import { CopyRows } from './copy-rows.ts';
import type { Connection } from './connection.ts';
import { GroupPages } from './group-pages.ts';
import { Latest } from './latest.ts';
import type { Observable } from './observable.ts';
import type { Pane, Snapshot } from './snapshot.ts';

/** So many names are offered, and so much of one is looked for. */
const NAMES_MAX = 10;
const FILTER_MAX = 200;

/** True if a list shows a part of the archive. */
export const isPart = ({ view, query, narrowed = [] }: Arrangement): boolean =>
  view !== 'all' || query.trim() !== '' || narrowed.length > 0;

/** What goes wrong is shown by whoever made this. */
type Told = (work: () => Promise<unknown>) => Promise<void>;

export class ArchivePicture {
  readonly #connection: Connection;
  readonly #state: Observable<Snapshot>;
  readonly #told: Told;
  /** For work that marks. */
  readonly #marking: Told;
  readonly #charting = new Latest();
  readonly #overviewing = new Latest();
  readonly #measuring = new Latest();
  readonly copies: CopyRows;

  constructor(connection: Connection, state: Observable<Snapshot>, told: Told, marking: Told) {
    this.#connection = connection;
    this.#state = state;
    this.#told = told;
    this.#marking = marking;
    this.copies = new CopyRows((from, count) => connection.call('copies', { from, count }));
  }

  /** Shows the list, or something in its place. */
  show(pane: Pane): void {
    this.#state.set({ pane });
    if (pane === 'overview') this.#overview();
    if (pane === 'duplicates') this.#duplicates();
  }

  /** The archive's messages, or their marks, may be other ones. */
  changed(): void {
    const { pane, changes } = this.#state.snapshot();
    this.#state.set({ changes: changes + 1 });
    this.chart();
    if (pane === 'overview') this.#overview();
    if (pane === 'duplicates') this.#duplicates();
  }

  /** Messages over time. */
  chart(): void {
    this.#charting.run(() =>
      this.#told(async () => {
        this.#state.set({ timeline: await this.#connection.call('timeline', {}) });
      }),
    );
  }

  /** How much the list holds now: asked for when it shows another part of the archive. */
  measure(): void {
    this.#measuring.run(() =>
      this.#told(async () => {
        await this.#state.until(({ arranging }) => !arranging);
        const listAmount = await this.#connection.call('listAmount', {});
        this.#state.set({ listAmount });
      }),
    );
  }

  /** Nobody looks at how much the list holds. */
  forgetAmount(): void {
    if (this.#state.snapshot().listAmount) this.#state.set({ listAmount: null });
  }

  /** Marks all messages that the list holds, as many as a person was told. */
  async removeListed(): Promise<void> {
    const { listAmount, arranging } = this.#state.snapshot();
    if (!listAmount || arranging) return;
    const { generation, all } = listAmount;
    await this.#marking(() =>
      this.#connection.call('removeListed', { generation, messages: all.messages }),
    );
    this.measure();
  }

  /** Groups of messages by a text of theirs, page by page. */
  groups(by: GroupingName): GroupPages {
    return new GroupPages(by, (asked) => this.#connection.call('groups', asked));
  }

  /** What can be asked for by name, for the search box. */
  readonly names = {
    groups: async (by: GroupingName, filter: string): Promise<readonly Group[]> => {
      const asked = { by, sort: 'messages', filter: filter.slice(0, FILTER_MAX) } as const;
      const page = { from: 0, count: NAMES_MAX };
      return (await this.#connection.call('groups', { ...asked, ...page })).groups;
    },
    attachmentKinds: async (): Promise<readonly AttachmentKind[]> => {
      const { attachmentKinds } = await this.#connection.call('overview', {});
      return ATTACHMENT_KINDS.filter((_kind, at) => (attachmentKinds[at]?.messages ?? 0) > 0);
    },
    years: async (): Promise<readonly number[]> => {
      const { months } = await this.#connection.call('overview', {});
      return [...new Set(months.map(({ start }) => new Date(start).getFullYear()))].reverse();
    },
  };

  async findDuplicates(how: DuplicatesHow, keep: KeptCopy): Promise<void> {
    await this.#told(async () => {
      const duplicates = await this.#connection.call('findDuplicates', { how, keep });
      this.#state.set({ duplicates });
    });
    this.#duplicates();
  }

  async keepCopies(keep: KeptCopy): Promise<void> {
    await this.#told(async () => {
      this.#state.set({ duplicates: await this.#connection.call('keepCopies', { keep }) });
    });
    this.copies.refresh();
  }

  /** Marks all copies but those that are kept. */
  async removeCopies(): Promise<void> {
    await this.#marking(async () => {
      this.#state.set({ duplicates: await this.#connection.call('removeCopies', {}) });
    });
    this.copies.refresh();
  }

  #overview(): void {
    this.#overviewing.run(() =>
      this.#told(async () => {
        this.#state.set({ overview: await this.#connection.call('overview', {}) });
      }),
    );
  }

  #duplicates(): void {
    this.#overviewing.run(() =>
      this.#told(async () => {
        this.#state.set({ duplicates: await this.#connection.call('duplicates', {}) });
        this.copies.refresh();
      }),
    );
  }
}
