/**
 * One place for the journal of a mailbox that has several names (hard links). A journal stands beside
 * the name by which the mailbox was changed; after a crash somebody may open it by another one, and
 * would see no journal. So before a journal is made for a mailbox with more than one name, a note is
 * left in the state folder, and whoever opens such a mailbox looks for it. Imports its neighbours.
 *
 * The note is named after the file's inode and holds two lines, UTF-8:
 *
 *     mailkeep names 1
 *     <path of the mailbox, every link resolved>
 *
 * It counts only as long as that path names the very file that was opened, so neither an inode used
 * again nor another device does harm; it may lie there for ever. Where the state folder is another
 * one (another user, another machine) it is not seen: then the name by which the mailbox was changed
 * must be opened.
 */

import { createHash } from 'node:crypto';
import path from 'node:path';
import { MailboxError } from '../../../shared/errors.ts';
import { byteOffset } from '../../../shared/units.ts';
import type { FileFacts, OpenFile } from '../disk/disk.ts';
import { isSameFile } from '../disk/identity.ts';
import { readSmallText } from '../lock/small-text.ts';
import type { JournalPlace } from './journal.ts';

const FIRST_LINE = 'mailkeep names 1\n';
/** A longer path than any system takes. */
const NOTE_BYTES_MAX = 64 * 1024;

function notePath({ stateFolder }: JournalPlace, { inode }: FileFacts): string {
  const name = createHash('sha256').update(`inode ${inode}`).digest('hex').slice(0, 32);
  return path.join(stateFolder, `${name}.mailkeep-names`);
}

/** The name that was noted; null if the file has only one, or none was noted that names it. */
async function notedName(place: JournalPlace, facts: FileFacts): Promise<string | null> {
  if (facts.links < 2) return null;
  const text = await readSmallText(place.disk, notePath(place, facts), NOTE_BYTES_MAX);
  if (!text?.startsWith(FIRST_LINE) || !text.endsWith('\n')) return null;
  const name = text.slice(FIRST_LINE.length, -1);
  return isSameFile(facts, await place.disk.facts(name)) ? name : null;
}

const under = (place: JournalPlace, name: string | null): JournalPlace =>
  name === null ? place : { ...place, mailboxPath: name };

/** Where a journal of this file stands, if there is one, by whatever name it was changed. */
export async function placeOfJournal(
  place: JournalPlace,
  mailbox: OpenFile,
): Promise<JournalPlace> {
  return under(place, await notedName(place, await mailbox.facts()));
}

/**
 * Where a journal of this file is to be made. If it has more than one name the place is noted, durably,
 * before this returns. @throws NO_SPACE, IO
 */
export async function placeForJournal(
  place: JournalPlace,
  mailbox: OpenFile,
): Promise<JournalPlace> {
  const facts = await mailbox.facts();
  const name = await notedName(place, facts);
  if (name === null && facts.links > 1) await note(place, notePath(place, facts));
  return under(place, name);
}

async function note(
  { disk, mailboxPath, stateFolder }: JournalPlace,
  where: string,
): Promise<void> {
  await disk.createFolder(stateFolder);
  // One of a file that is gone, or one that was torn.
  await disk.remove(where);
  const file = await disk.create(where, 0o600);
  // Somebody else is just making one: it will be of a name as good as ours, but is it whole?
  if (!file) throw new MailboxError('BUSY', { path: where });
  try {
    await file.write(new TextEncoder().encode(`${FIRST_LINE}${mailboxPath}\n`), byteOffset(0));
    await file.sync();
  } finally {
    await file.close();
  }
  await disk.syncFolder(stateFolder);
}
