/** Whether bytes begin a mail archive, for those who look for archives. */

import { detectFormat } from './format/dialect.ts';
import type { FormatName } from '../../shared/dialect-report.ts';
import { MailboxError } from '../../shared/errors.ts';

/** So much of a file is looked at. */
export const HEAD_BYTES = 64 * 1024;

/**
 * The format of an archive that begins so; null for all else, mere text and an empty file among it.
 * @param head the first bytes, `HEAD_BYTES` or all of it
 */
export function archiveFormatOf(head: Uint8Array): FormatName | null {
  try {
    const format = detectFormat(head, '');
    return format.recognises(head) === 'yes' ? format.name : null;
  } catch (error) {
    if (error instanceof MailboxError) return null;
    throw error;
  }
}
