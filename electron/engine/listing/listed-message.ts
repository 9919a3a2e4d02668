/**
 * What lists say of a message, as values for other programs: a line of `list --json`, of an exported
 * JSON file, a row of a CSV file. Imports mailbox types and shared.
 */

import type { Row } from '../../../shared/row.ts';
import type { Key, MessageNumber } from '../../../shared/units.ts';
import type { Span } from '../../mailbox/toc/table.ts';

/** In the order in which they are written. */
export const LISTED = [
  'key',
  'index',
  'offset',
  'length',
  'headerLength',
  'date',
  'from',
  'to',
  'subject',
  'flags',
] as const;

export type Listed = Readonly<
  Record<(typeof LISTED)[number], string | number | null | readonly string[]>
>;

export interface ListedMessage {
  readonly key: Key;
  readonly number: MessageNumber;
  readonly span: Span;
  readonly row: Row;
}

/** The values of one message; dates in ISO 8601, UTC; flags by the names of those that are set. */
export function listed({ key, number, span, row }: ListedMessage): Listed {
  const { offset, length, headerLength } = span;
  return {
    key,
    index: number,
    offset,
    length,
    headerLength,
    date: row.date === null ? null : new Date(row.date).toISOString(),
    from: row.from,
    to: row.to,
    subject: row.subject,
    flags: Object.entries(row.flags).flatMap(([name, set]) => (set ? [name] : [])),
  };
}
