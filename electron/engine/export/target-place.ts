/**
 * Where an export may be written: nowhere in the archive itself, by whatever name it is called.
 * Imports the disk and shared. Looked at by names only; nothing is opened.
 */

import path from 'node:path';
import { MailboxError } from '../../../shared/errors.ts';
import type { Disk, FileFacts } from '../../mailbox/disk/disk.ts';
import { isSameFile } from '../../mailbox/disk/identity.ts';
import { numberedName } from '../../message/save-name.ts';

const NUMBERS_MAX = 10_000;

/**
 * @param archivePath the mailbox file
 * @throws MISUSE if `target` is the archive, a link to it, or lies inside of a folder that is opened
 *   as an archive (`X.mbox/mbox` of Apple Mail)
 */
export async function mustBeElsewhere(
  disk: Disk,
  archivePath: string,
  target: string,
): Promise<void> {
  if (isSameFile(await disk.facts(archivePath), await disk.facts(target))) {
    const sentence =
      'The archive cannot be exported onto itself. It was not touched; choose another name.';
    throw new MailboxError('MISUSE', { path: target }, { sentence });
  }
  const bundle = await bundleOf(disk, archivePath);
  if (bundle === null) return;
  for (let folder = path.resolve(target); ; folder = path.dirname(folder)) {
    if (isSameFile(bundle, await disk.facts(folder))) {
      const sentence =
        'This place is inside of the archive itself. It was not touched; choose another folder.';
      throw new MailboxError('MISUSE', { path: target }, { sentence });
    }
    if (folder === path.dirname(folder)) return;
  }
}

/** The folder that the archive is, if it is one. */
async function bundleOf(disk: Disk, archivePath: string): Promise<FileFacts | null> {
  const file = await disk.resolve(archivePath).catch(() => archivePath);
  const folder = path.dirname(file);
  const isBundle = path.basename(file) === 'mbox' && /\.mbox$/i.test(folder);
  return isBundle ? disk.facts(folder) : null;
}

/** A folder that is not there yet, called so or nearly so. */
export async function newFolder(disk: Disk, wanted: string): Promise<string> {
  for (let number = 1; number <= NUMBERS_MAX; number++) {
    const name = path.basename(wanted);
    const folder =
      number === 1 ? wanted : path.join(path.dirname(wanted), numberedName(name, number));
    if ((await disk.facts(folder)) === null) return folder;
  }
  throw new MailboxError('NO_PERMISSION', { path: wanted });
}

/** @throws NO_SPACE if so many bytes cannot fit on the disk of a folder that may not be there yet */
export async function mustFit(disk: Disk, target: string, bytes: number): Promise<void> {
  let folder = path.resolve(target);
  while ((await disk.facts(folder)) === null && folder !== path.dirname(folder)) {
    folder = path.dirname(folder);
  }
  const free = await disk.freeBytes(folder);
  if (bytes > free) throw new MailboxError('NO_SPACE', { path: target, needed: bytes, free });
}
