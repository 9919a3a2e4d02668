/** Whether bytes begin a mail archive, for those who look for archives. */

import { detectFormat } from './format/dialect.ts';
import { trimmedStart } from './format/line-end.ts';
import { isFrom } from './format/separator.ts';
import type { FormatName } from '../../shared/dialect-report.ts';
import { MailboxError } from '../../shared/errors.ts';

/**
 * The format of an archive that begins so; null for all else: mere text, an empty file and a single
 * message, of which a folder may hold thousands, among it.
 * @param head the first bytes, `HEAD_BYTES` or all of it
 */
export function archiveFormatOf(head: Uint8Array): FormatName | null {
  try {
    const format = detectFormat(head, '');
    return format.recognises(head) === 'yes' && !format.readOnly ? format.name : null;
  } catch (error) {
    if (error instanceof MailboxError) return null;
    throw error;
  }
}

/** So much of a file is looked at first, where nobody pointed at it. */
export const BEGIN_BYTES = 4096;

/** How an archive begins, as far as a few bytes tell. */
const BEGINS = /^(?:From |\x01{4}|babyl options)/i;

/**
 * False if no archive begins so that is found unasked, which spares looking at more of it.
 * @param begin the first bytes, `BEGIN_BYTES` or all of it
 */
export function mayBeFoundUnasked(begin: Uint8Array): boolean {
  const start = trimmedStart(begin);
  const text = Buffer.from(begin.subarray(start, start + 20)).toString('latin1');
  return BEGINS.test(text) || (start === begin.length && begin.length >= BEGIN_BYTES);
}

/** The From_ line of a patch, which `git format-patch` writes into a file for each. */
const PATCH = /^From [0-9a-f]{40,64} Mon Sep 17 00:00:00 2001\r?\n/;

/**
 * The format of an archive that nobody pointed at: what merely holds mail further down, as programs,
 * manuals and logs do, is not taken for one, nor is a patch. Any of them can be opened by its name.
 * @param head the first bytes, `HEAD_BYTES` or all of it
 */
export function unaskedFormatOf(head: Uint8Array): FormatName | null {
  const format = archiveFormatOf(head);
  if (format !== 'mbox') return format;
  const start = trimmedStart(head);
  if (!isFrom(head, start, head.length)) return null;
  const line = Buffer.from(head.subarray(start, start + 120)).toString('latin1');
  return PATCH.test(line) ? null : format;
}
