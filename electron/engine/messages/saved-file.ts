/**
 * A file that is written for a person: an attachment, a message. Whole or not there: it is written
 * under a name of our own beside its place, synced, and only then gets its name, which must be free.
 *
 * Promises: nothing is ever overwritten; no part of a file stands under its name; after an error or
 * a cancellation nothing is left. Only new files are opened, never one that is there: it could be the
 * mailbox, whose locks would be lost (see `mailbox/disk/disk.ts`).
 */

import path from 'node:path';
import { MailboxError } from '../../../shared/errors.ts';
import { byteOffset } from '../../../shared/units.ts';
import type { Disk } from '../../mailbox/disk/disk.ts';
import { numberedName } from '../../message/save-name.ts';
import { renameFile } from '../state-file.ts';
import { removeLeftOver, unfinishedName } from './unfinished.ts';

/** A folder with more files of one name is not searched further. */
const NUMBERS_MAX = 10_000;

/**
 * Writes a file under a free name.
 * @param name as it should be called, made safe; `(2)` and so on is added if it is taken
 * @param content its bytes, in order
 * @returns the name it got
 * @throws NO_SPACE, NO_PERMISSION, READ_ONLY, NOT_FOUND, IO, and whatever `content` throws
 */
export async function writeSavedFile(
  disk: Disk,
  place: { readonly folder: string; readonly name: string },
  content: AsyncIterable<Uint8Array>,
): Promise<string> {
  await removeLeftOver(disk, place.folder);
  const fresh = path.join(place.folder, unfinishedName());
  const file = await disk.create(fresh, 0o600);
  if (!file) throw new MailboxError('BUSY', { path: fresh });
  try {
    try {
      let at = 0;
      for await (const bytes of content) {
        await file.write(bytes, byteOffset(at));
        at += bytes.length;
      }
      await file.sync();
    } finally {
      await file.close();
    }
    return await named(disk, fresh, place);
  } finally {
    await disk.remove(fresh);
    await disk.syncFolder(place.folder);
  }
}

/** Gives the written file the first name that is free. */
async function named(
  disk: Disk,
  fresh: string,
  { folder, name }: { readonly folder: string; readonly name: string },
): Promise<string> {
  for (let number = 1; number <= NUMBERS_MAX; number++) {
    const free = number === 1 ? name : numberedName(name, number);
    if (await takesName(disk, fresh, path.join(folder, free))) return free;
  }
  throw new MailboxError('NO_PERMISSION', { path: path.join(folder, name) });
}

/**
 * Gives a written file its name, if that is free; its old name may go or stay.
 * @returns false if the name is taken
 */
export async function takesName(disk: Disk, fresh: string, target: string): Promise<boolean> {
  const linked = await disk.link(fresh, target);
  if (linked !== 'unsupported') return linked === 'linked';
  return renamed(disk, fresh, target);
}

/** Where a file can have one name only: the name is taken first, then our file is put in its place. */
async function renamed(disk: Disk, fresh: string, target: string): Promise<boolean> {
  const held = await disk.create(target, 0o600);
  if (!held) return false;
  await held.close();
  try {
    await renameFile(fresh, target);
  } catch (error) {
    await disk.remove(target);
    throw error;
  }
  return true;
}
