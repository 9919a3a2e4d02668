/** What one window's list asks of the archive. Types only. */

import type { Arrangement } from '../../../shared/row.ts';
import type { SearchAnswer } from '../../../shared/search-answer.ts';
import type { MessageNumber } from '../../../shared/units.ts';
import type { Changes } from '../../catalog/changes.ts';
import type { Threads } from '../../catalog/threads.ts';
import type { Comparing } from './comparing.ts';
import type { ThreadList } from '../threads/thread-list.ts';

/** What a view must be able to ask of the archive. */
export interface ViewSource {
  readonly count: number;
  /** Gives message numbers in the order asked for, those left out that do not fit the arrangement. */
  arrangedInTurns(
    arrangement: Arrangement,
    isWanted: () => boolean,
    take: (numbers: Uint32Array | null, search: SearchAnswer | null) => void,
  ): Promise<void>;
  /** The same arrangement, message by message; null if it must be made anew. */
  comparing(arrangement: Arrangement): Comparing | null;
  /** What has changed, and from which message on. */
  readonly changes: Changes;
  bytesOf(number: MessageNumber): number;
  /** The threads as far as they are known: other ones whenever they have changed. */
  readonly threads: { now(): Threads };
  /** Messages that were arranged, by thread; null: all of them. */
  byThread(arrangement: Arrangement, fitting: Uint32Array | null): ThreadList;
  isUnread(number: MessageNumber): boolean;
  isMarked(number: MessageNumber): boolean;
}
