/**
 * The columns of envelopes, and how they grow. Imports `gaps.ts`.
 */

import { grown } from '../../shared/grown.ts';
import { closeGaps } from './gaps.ts';

/** One value a message; columns may be longer than there are messages. 0 where no envelope is. */
export interface Columns {
  /** Milliseconds since 1970; NaN where there is no date. */
  readonly dates: Float64Array;
  /** Where the subject stands. */
  readonly places: Float64Array;
  readonly subjectBytes: Uint16Array;
  /** Numbers of the distinct texts. */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly cc: Uint32Array;
  readonly list: Uint32Array;
  readonly labels: Uint32Array;
  readonly bits: Uint8Array;
  /** The kinds of attachments it carries; 0 for none. */
  readonly kinds: Uint8Array;
}

/** In `bits`: the message has an envelope. Beside the flags of `envelope-batch.ts`. */
export const PRESENT = 0x40;

export function columnsFor(capacity: number): Columns {
  return {
    dates: new Float64Array(capacity),
    places: new Float64Array(capacity),
    subjectBytes: new Uint16Array(capacity),
    from: new Uint32Array(capacity),
    to: new Uint32Array(capacity),
    cc: new Uint32Array(capacity),
    list: new Uint32Array(capacity),
    labels: new Uint32Array(capacity),
    bits: new Uint8Array(capacity),
    kinds: new Uint8Array(capacity),
  };
}

/** The order in which columns grow; the capacity of all is that of the last. */
export const GROWING = [
  'dates',
  'places',
  'subjectBytes',
  'from',
  'to',
  'cc',
  'list',
  'labels',
  'kinds',
  'links',
  'bits',
] as const;
/** The columns that mean distinct texts. */
export const RECURRING = ['from', 'to', 'cc', 'list', 'labels'] as const;
export type RecurringColumn = (typeof RECURRING)[number];
/** When so much of the room is taken the first of them grows, the others one by one behind it. */
const GROW_FROM = 3 / 4;

/** At how many messages the next column grows, where so many have grown already. */
export const growAt = (capacity: number, columns: number): number =>
  capacity * (GROW_FROM + ((1 - GROW_FROM) * columns) / GROWING.length);

/** The columns, one of them on new memory with this much room. */
export function widened(columns: Columns, name: keyof Columns, capacity: number): Columns {
  return { ...columns, [name]: grown(columns[name], capacity) };
}

/**
 * The columns when messages have new numbers.
 * @param oldNumbers for each new number the old one, or -1 for a new message
 */
export function reordered(before: Columns, oldNumbers: Int32Array, capacity: number): Columns {
  const columns = columnsFor(capacity);
  for (const name of GROWING) {
    if (name === 'links') continue;
    const [from, to] = [before[name], columns[name]];
    for (let number = 0; number < oldNumbers.length; number++) {
      const old = oldNumbers[number] ?? -1;
      if (old >= 0) to[number] = from[old] ?? 0;
    }
  }
  return columns;
}

/** The columns when messages are gone and the others stay in order, in place. @param count of them before */
export function closedUp(columns: Columns, oldNumbers: Int32Array, count: number): void {
  for (const name of GROWING) if (name !== 'links') closeGaps(columns[name], oldNumbers, count);
}
