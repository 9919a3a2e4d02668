/** The path of something inside a file that is taken for a folder, as a ZIP file is. */

import path from 'node:path';
import { MailboxError } from '../../shared/errors.ts';

/** @param entry with `/` between folders; a stranger wrote it @throws MISUSE if it leads elsewhere */
export function pathInside(file: string, entry: string): string {
  const inside = path.join(file, entry);
  const back = path.relative(file, inside).split(path.sep).join('/');
  if (entry === '' || back !== entry || back.startsWith('..')) {
    throw new MailboxError('MISUSE', { path: file, entry });
  }
  return inside;
}
