/** The disk on which an archive lies: the real one, with compressed archives on it expanded. */

import type { Disk } from '../../mailbox/disk/disk.ts';
import { realDisk } from '../../mailbox/disk/real-disk.ts';
import { packedDisk } from '../../mailbox/packed/packed-disk.ts';
import { archiveFormatOf } from '../../mailbox/recognition.ts';
import type { ArchiveRequest } from './archive-request.ts';
import { expanderWith } from '../expanding/expanding-thread.ts';

export function archiveDisk({
  expanding,
  disk = realDisk,
}: Pick<ArchiveRequest, 'expanding' | 'disk'>): Disk {
  if (!expanding) return disk;
  const { folder, script, limit } = expanding;
  const isArchive = (head: Uint8Array): boolean => archiveFormatOf(head) !== null;
  return packedDisk(disk, { folder, limit, expander: expanderWith(script), isArchive });
}
