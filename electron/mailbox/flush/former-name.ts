/**
 * A mailbox that was renamed after a crash: its journal still stands beside the name by which it was
 * changed. Whoever opens it by its new name finds that journal here, in the same folder, by what it
 * says of the file. Imports its neighbours. Promises: reads, and changes nothing.
 *
 * The journal of a flush is of this file if it names its device and inode; whether the file is what
 * it left, `recover` decides by the bytes. That of a delivery names neither: it counts if nothing
 * stands under its name any more, and the bytes where the delivery began are those that it tells of.
 * Where a mailbox has moved to another folder without its journal, its old name must be put back.
 */

import path from 'node:path';
import { MailboxError } from '../../../shared/errors.ts';
import type { FileFacts, OpenFile } from '../disk/disk.ts';
import { isSameFile } from '../disk/identity.ts';
import {
  HEADER_BYTES as APPEND_HEADER_BYTES,
  MAGIC as APPEND_MAGIC,
  parseAppendHeader,
} from './append-journal-layout.ts';
import { besideMailbox, type JournalPlace, secondPlace } from './journal.ts';
import { NAMED_BYTES, namedFile } from './journal-layout.ts';
import { checksumBehind } from './move.ts';
import { readAt } from './read-at.ts';

/** In a folder with more journals than this none is looked for: each would be opened. */
const JOURNALS_MAX = 100;

/** The place of a journal that stands beside this name; null if it is none of a journal. */
function placeOf(journalName: string, place: JournalPlace): JournalPlace | null {
  const folder = path.dirname(place.mailboxPath);
  for (const suffixed of [place, secondPlace(place)]) {
    const suffix = besideMailbox(suffixed).slice(place.mailboxPath.length);
    if (!journalName.endsWith(suffix) || journalName.length === suffix.length) continue;
    return { ...place, mailboxPath: path.join(folder, journalName.slice(0, -suffix.length)) };
  }
  return null;
}

/** Whether a delivery into this very file can have begun where the journal says. */
async function beganHere(
  bytes: Buffer,
  former: JournalPlace,
  mailbox: OpenFile,
  { size }: FileFacts,
): Promise<boolean> {
  if ((await former.disk.facts(former.mailboxPath)) !== null) return false;
  const header = parseAppendHeader(bytes);
  if (header.header !== 'valid') return false;
  const { sizeBefore, checksumBefore } = header.value;
  // Every mailbox begins like one that was empty.
  if (sizeBefore === 0 || size < sizeBefore) return false;
  return (await checksumBehind(mailbox, sizeBefore)) === checksumBefore;
}

async function isOfThisFile(
  journal: OpenFile,
  former: JournalPlace,
  mailbox: OpenFile,
  facts: FileFacts,
): Promise<boolean> {
  const bytes = await readAt(journal, 0, NAMED_BYTES);
  if (bytes.toString('latin1', 0, APPEND_MAGIC.length) === APPEND_MAGIC) {
    return beganHere(bytes.subarray(0, APPEND_HEADER_BYTES), former, mailbox, facts);
  }
  const named = namedFile(bytes);
  return (
    named?.device === BigInt.asUintN(64, facts.device) &&
    named.inode === BigInt.asUintN(64, facts.inode)
  );
}

async function look(place: JournalPlace, mailbox: OpenFile): Promise<JournalPlace | null> {
  const { disk } = place;
  const folder = path.dirname(place.mailboxPath);
  const journals = (await disk.names(folder)).flatMap((name) => {
    const former = placeOf(name, place);
    return former ? [{ former, journalPath: path.join(folder, name) }] : [];
  });
  if (journals.length === 0 || journals.length > JOURNALS_MAX) return null;
  const facts = await mailbox.facts();
  for (const { former, journalPath } of journals) {
    // A mailbox may have the name of a journal: it is opened once.
    if (isSameFile(facts, await disk.facts(journalPath))) continue;
    const journal = await disk.open(journalPath, 'read');
    try {
      if (await isOfThisFile(journal, former, mailbox, facts)) return former;
    } finally {
      await journal.close();
    }
  }
  return null;
}

/** Where a journal of this file stands by a former name of it in the same folder; null if none does. */
export async function placeByFormerName(
  place: JournalPlace,
  mailbox: OpenFile,
): Promise<JournalPlace | null> {
  try {
    return await look(place, mailbox);
  } catch (thrown) {
    // A folder or a journal that cannot be read tells nothing.
    if (thrown instanceof MailboxError && thrown.code !== 'BUG') return null;
    throw thrown;
  }
}
