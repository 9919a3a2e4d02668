/** Asked before the first write: whether what is to be written fits (DESIGN 5). */

import path from 'node:path';
import { MailboxError } from '../../../shared/errors.ts';
import type { Disk } from '../disk/disk.ts';

/**
 * Full is told before anything is touched. Others may take the space meanwhile: every write still
 * minds NO_SPACE.
 * @throws NO_SPACE if the file system of this file has less than so many bytes left
 */
export async function mustHaveSpace(disk: Disk, filePath: string, bytes: number): Promise<void> {
  const folder = path.dirname(filePath);
  if ((await disk.freeBytes(folder)) >= bytes) return;
  throw new MailboxError('NO_SPACE', { path: folder, neededBytes: bytes });
}
