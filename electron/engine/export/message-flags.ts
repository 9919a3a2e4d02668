/** What an archive says of a message, for Maildir and MH. Imports shared, message and the reader. */

import type { Format } from '../../mailbox/format/format.ts';
import { headerFields } from '../../message/header-fields.ts';
import type { StoredMessage } from './stored-messages.ts';

export interface ExportFlags {
  readonly seen: boolean;
  readonly replied: boolean;
  readonly flagged: boolean;
  readonly draft: boolean;
  readonly deleted: boolean;
  /** Forwarded, resent or bounced. */
  readonly passed: boolean;
  /** A program has shown it in a list, though nobody may have read it: `O` in `Status`. */
  readonly old: boolean;
}

const FORWARDED = 0x1000;
const HEADER_BYTES_MAX = 256 * 1024;

/**
 * What lists show, and what only exports need besides. As in lists, a message that no program has put
 * a mark on counts as read.
 */
export function exportFlags({ begin, span, row }: StoredMessage, format: Format): ExportFlags {
  const { separatorLength, headerLength } = span;
  const end = Math.min(headerLength || begin.length, separatorLength + HEADER_BYTES_MAX);
  const fields = headerFields(begin.subarray(separatorLength, end));
  const field = (name: string): string =>
    fields.find((one) => one.name.toLowerCase() === name)?.value ?? '';
  const words = format.marksIn(begin, span)?.attributes ?? [];
  const mozilla = Number.parseInt(field('x-mozilla-status'), 16);
  const { read, answered, starred, draft, deleted } = row.flags;
  return {
    seen: read,
    replied: answered,
    flagged: starred,
    draft,
    deleted,
    passed: (mozilla & FORWARDED) !== 0 || words.includes('forwarded') || words.includes('resent'),
    old: `${field('status')}${field('x-status')}`.includes('O'),
  };
}
