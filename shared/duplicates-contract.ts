/** How a window finds messages that are in an archive more than once, and marks all of each but one. */

import { z } from 'zod';
import { amountSchema } from './overview-contract.ts';
import { rowSchema } from './row.ts';

/** No call is answered with more rows than this. */
export const COPIES_PER_CALL = 500;

const count = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
const nothing = z.strictObject({});

export const DUPLICATES_HOW = ['exact', 'loose'] as const;
/**
 * `exact`: the same Message-ID, and the same body but for line ends. `loose`: the same Message-ID, or
 * the same sender, date and subject; and the same text but for white space.
 */
export type DuplicatesHow = (typeof DUPLICATES_HOW)[number];

export const KEPT_COPIES = ['first', 'last', 'most', 'largest'] as const;
/**
 * Which copy is kept: by its place in the file; the one with an attachment, else the one with the
 * longest header; or the longest one. One that is marked or flagged as deleted only if all are.
 */
export type KeptCopy = (typeof KEPT_COPIES)[number];

const duplicates = z.strictObject({
  how: z.enum(DUPLICATES_HOW),
  keep: z.enum(KEPT_COPIES),
  /** So many messages were looked at; those that came since were not. */
  looked: z.number(),
  /** Messages that are there more than once, each counted once. */
  groups: z.number(),
  /** All copies but those that are kept, marked or not. */
  others: amountSchema,
  /** Those of them that are not marked yet. */
  unmarked: amountSchema,
});
export type Duplicates = Readonly<z.infer<typeof duplicates>>;

const copy = z.strictObject({
  /** Which group it is in, from 0; groups that free most come first. */
  group: z.number(),
  /** Which copy it is, from 0, of how many. */
  place: z.number(),
  of: z.number(),
  kept: z.boolean(),
  row: rowSchema,
});
export type CopyRow = Readonly<z.infer<typeof copy>>;

export const duplicatesMethods = {
  /** What was found last; null if nobody has looked, or the archive was read anew since. */
  duplicates: { params: nothing, result: duplicates.nullable() },
  /** Reads what may be a copy, and compares. CANCELLED */
  findDuplicates: {
    params: z.strictObject({ how: z.enum(DUPLICATES_HOW), keep: z.enum(KEPT_COPIES) }),
    result: duplicates,
  },
  /** Keeps another copy of each from now on. GONE if nothing was found */
  keepCopies: { params: z.strictObject({ keep: z.enum(KEPT_COPIES) }), result: duplicates },
  /** Copies one behind the other, group by group. */
  copies: {
    params: z.strictObject({ from: count, count: count.max(COPIES_PER_CALL) }),
    result: z.strictObject({ total: z.number(), copies: z.array(copy) }),
  },
  /**
   * Looks at the file again, and marks all copies but those that are kept: of each message one stays
   * unmarked, whatever was marked before.
   */
  removeCopies: {
    params: nothing,
    result: duplicates,
  },
} as const;
