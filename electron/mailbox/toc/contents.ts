/**
 * What is known of a mailbox at one moment: its table of contents, the keys of its messages, why
 * the table is as it is, and the identity of the file it was made from.
 */

import type { DialectReport } from '../../../shared/dialect-report.ts';
import type { Diff } from '../../../shared/diff.ts';
import type { Identity } from '../disk/identity.ts';
import type { Keys } from './keys.ts';
import type { Table } from './table.ts';

export interface Contents {
  readonly table: Table;
  readonly keys: Keys;
  readonly identity: Identity;
  readonly report: DialectReport;
}

/** How the messages of new contents are those of the old. */
export type Renumbering =
  /** The first `unchanged` messages are as they were; what follows is new. */
  | { readonly renumber: 'none'; readonly unchanged: number }
  /**
   * For each message its number before, or -1; and the number of the message that it is, or that it
   * is an edit of.
   */
  | {
      readonly renumber: 'all';
      readonly oldNumbers: Int32Array;
      readonly ancestors: Int32Array;
      readonly oldKeys: Keys;
    };

/** New contents, and what they are to the old ones. */
export interface Regenerated {
  readonly contents: Contents;
  readonly renumbering: Renumbering;
  readonly diff: Diff;
}
