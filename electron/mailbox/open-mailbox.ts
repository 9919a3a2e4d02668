/**
 * Opening: from a path to an open file of a known format, or one clear error.
 *
 * The mailbox is opened once, for writing if that is allowed, else for reading with the reason why.
 */

import path from 'node:path';
import type { FormatName } from '../../shared/dialect-report.ts';
import { MailboxError } from '../../shared/errors.ts';
import { byteOffset } from '../../shared/units.ts';
import type { Disk, OpenFile } from './disk/disk.ts';
import { detectFormat, emptyMailbox, formatNamed, HEAD_BYTES } from './format/dialect.ts';
import { readOnlyBecause } from './packed/words.ts';
import type { Format } from './format/format.ts';

export type Access = 'read-write' | 'read-only';

export interface OpenedMailbox {
  readonly file: OpenFile;
  readonly format: Format;
  /** Why it can only be read, for a person; empty if it can be written. */
  readonly readOnly: string;
}

async function openFile(
  disk: Disk,
  filePath: string,
  access: Access,
): Promise<Pick<OpenedMailbox, 'file' | 'readOnly'>> {
  if (access === 'read-only') {
    return { file: await disk.open(filePath, 'read'), readOnly: 'It was opened for reading only.' };
  }
  try {
    const file = await disk.open(filePath, 'read-write');
    const packing = file.expansion?.packed.packing;
    return { file, readOnly: packing ? readOnlyBecause(packing) : '' };
  } catch (error) {
    if (!(error instanceof MailboxError)) throw error;
    if (error.code !== 'NO_PERMISSION' && error.code !== 'READ_ONLY') throw error;
    const readOnly =
      error.code === 'READ_ONLY'
        ? 'The disk it lies on is read-only.'
        : 'You are not allowed to change this file.';
    return { file: await disk.open(filePath, 'read'), readOnly };
  }
}

const FOLDER =
  'This is a folder, not a mail archive. It was not changed; choose the archive file inside it.';
const APPLE_FOLDER =
  'This is a mailbox of Apple Mail that keeps every message in a file of its own (.emlx), which cannot be opened. It was not changed; in Apple Mail choose Mailbox, Export Mailbox, and open what that makes.';

/**
 * The file that is meant by a path: what Apple Mail exports is a folder `X.mbox` that holds the
 * archive, a file `mbox`. Opens nothing.
 * @throws NOT_A_FILE for any other folder
 */
export async function mailboxFileAt(disk: Disk, given: string): Promise<string> {
  if ((await disk.facts(given))?.kind !== 'folder') return given;
  const inside = path.join(given, 'mbox');
  if ((await disk.facts(inside))?.kind === 'file') return inside;
  const messages = await disk.facts(path.join(given, 'Messages'));
  const sentence = messages?.kind === 'folder' ? APPLE_FOLDER : FOLDER;
  throw new MailboxError('NOT_A_FILE', { path: given }, { sentence });
}

/**
 * The format of an open file.
 * @param named the format that a person says it has; null to tell it from the content
 * @throws NOT_A_MAILBOX, IO
 */
export async function formatOf(file: OpenFile, named: FormatName | null): Promise<Format> {
  const head = new Uint8Array(HEAD_BYTES);
  const begin = head.subarray(0, await file.read(head, byteOffset(0)));
  return named ? formatNamed(named, begin, file.path) : detectFormat(begin, file.path);
}

/**
 * Opens a mailbox file.
 * @param named the format that a person says it has; null to tell it from the content
 * @throws NOT_FOUND, NO_PERMISSION, NOT_A_FILE, NOT_A_MAILBOX, IO
 */
export async function openMailboxFile(
  disk: Disk,
  filePath: string,
  access: Access,
  named: FormatName | null = null,
): Promise<OpenedMailbox> {
  const { file, readOnly } = await openFile(disk, filePath, access);
  try {
    return { file, readOnly, format: await formatOf(file, named) };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/**
 * Creates an empty mailbox where there is none; one that is there is left alone.
 * @throws NOT_FOUND if the folder is missing, NO_PERMISSION, READ_ONLY
 */
export async function createMailboxFile(
  disk: Disk,
  filePath: string,
  format: FormatName,
): Promise<void> {
  const file = await disk.create(filePath, 0o600);
  if (!file) return;
  const content = emptyMailbox(format);
  if (content.length > 0) await file.write(content, byteOffset(0));
  await file.sync();
  await file.close();
  await disk.syncFolder(path.dirname(filePath));
}
