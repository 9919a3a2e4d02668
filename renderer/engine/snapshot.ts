/**
 * All that a window shows of one archive, as one value. What comes from the engine is kept as it
 * came; what is the window's own is small: the current row, the open message, the news.
 */

import type {
  Conflict,
  Flushed,
  ListState,
  NotificationParams,
  Result,
  WindowMethods,
} from '../../shared/contract.ts';
import type { Dialect } from '../../shared/dialect-report.ts';
import type { Duplicates } from '../../shared/duplicates-contract.ts';
import type { ErrorValue } from '../../shared/errors.ts';
import type { TakenPlace } from '../../shared/bridge.ts';
import type { Exported } from '../../shared/export-contract.ts';
import type { MessageView } from '../../shared/message-view.ts';
import type { Overview } from '../../shared/overview-contract.ts';
import type { Arrangement } from '../../shared/row.ts';
import type { Status } from '../../shared/status.ts';
import type { Stripped } from '../../shared/strip-contract.ts';
import type { Amount } from '../../shared/units.ts';
import type { PendingChoice } from './choices.ts';
import type { News } from './news.ts';

export type Progress = NotificationParams<'progress'>;
export type LockWait = NotificationParams<'lockWait'>;
export type Timeline = Result<WindowMethods, 'timeline'>;
export type ListAmount = Result<WindowMethods, 'listAmount'>;

/** What stands in the middle of the window. */
export type Pane = 'list' | 'overview' | 'duplicates';

/** The message in the reader. */
export type Reading =
  | { readonly reading: 'none' }
  | { readonly reading: 'loading' }
  /** `late`: another message is current by now, and on its way. */
  | {
      readonly reading: 'shown';
      readonly message: MessageView;
      /** The character set that a person chose for it; empty for its own. */
      readonly charset: string;
      readonly late: boolean;
    }
  | { readonly reading: 'failed'; readonly error: ErrorValue };

/** How the list must be scrolled, once for each `serial`. */
export type Scroll =
  | { readonly serial: number; readonly to: 'stay' }
  /** So many rows came or went above: what is on screen stays there. */
  | { readonly serial: number; readonly to: 'shift'; readonly rows: number }
  /** As little as needed to see the row. */
  | { readonly serial: number; readonly to: 'row'; readonly row: number };

export interface Snapshot {
  readonly status: Status | null;
  readonly list: ListState;
  readonly arrangement: Arrangement;
  /** The engine is sorting or filtering. */
  readonly arranging: boolean;
  /** The row that keys start from; null before the first. */
  readonly current: number | null;
  readonly pending: readonly PendingChoice[];
  readonly scroll: Scroll;
  /** Grows when rows have arrived. */
  readonly arrivals: number;
  readonly reading: Reading;
  readonly tasks: readonly Progress[];
  readonly lockWait: LockWait | null;
  readonly news: readonly News[];
  readonly conflicts: readonly Conflict[];
  /** So many calls that mark, or take marks back, are under way: what `status` says is about to change. */
  readonly marking: number;
  readonly error: ErrorValue | null;
  readonly flushed: Flushed | null;
  /** What undoing a compaction has put back. */
  readonly restored: Amount | null;
  /** What the last export took out, and where. */
  readonly exported: { readonly result: Exported; readonly place: TakenPlace } | null;
  /** What taking attachments out came to, and where they were saved. */
  readonly stripped: { readonly result: Stripped; readonly place: TakenPlace | null } | null;
  /** The PDF that was saved last. */
  readonly savedPdf: TakenPlace | null;
  /** Messages are being laid out for paper: how many of how many. */
  readonly layingOut: { readonly done: number; readonly total: number } | null;
  readonly timeline: Timeline | null;
  readonly pane: Pane;
  /** Grows when there may be other messages in the archive: what is counted of it is asked for again. */
  readonly changes: number;
  /** What there is in the archive, while somebody looks at that. */
  readonly overview: Overview | null;
  /** How much the list holds, where it shows a part of the archive; null while that is not known. */
  readonly listAmount: ListAmount | null;
  /** What was found more than once; null if nobody has looked. */
  readonly duplicates: Duplicates | null;
  /** How the archive is read, while somebody looks at that. */
  readonly dialect: Dialect | null;
  /** The archive is being read in another way. */
  readonly rereading: boolean;
}

const FILE_ORDER: Arrangement = {
  view: 'all',
  sort: 'position',
  direction: 'ascending',
  query: '',
};

export const NOTHING_YET: Snapshot = {
  status: null,
  list: { generation: 0, rows: 0, selected: { messages: 0, bytes: 0 } },
  arrangement: FILE_ORDER,
  arranging: false,
  current: null,
  pending: [],
  scroll: { serial: 0, to: 'stay' },
  arrivals: 0,
  reading: { reading: 'none' },
  tasks: [],
  lockWait: null,
  news: [],
  conflicts: [],
  marking: 0,
  error: null,
  flushed: null,
  restored: null,
  exported: null,
  stripped: null,
  savedPdf: null,
  layingOut: null,
  timeline: null,
  pane: 'list',
  changes: 0,
  overview: null,
  listAmount: null,
  duplicates: null,
  dialect: null,
  rereading: false,
};

/** The work that goes on, with one more word of it: each keeps its place among the others. */
export function withProgress(tasks: readonly Progress[], told: Progress): readonly Progress[] {
  if (told.over) return tasks.filter(({ task }) => task !== told.task);
  const known = tasks.some(({ task }) => task === told.task);
  return known ? tasks.map((one) => (one.task === told.task ? told : one)) : [...tasks, told];
}
