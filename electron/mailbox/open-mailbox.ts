/**
 * Opening: from a path to an open file of a known format, or one clear error.
 *
 * The mailbox is opened once, for writing if that is allowed, else for reading with the reason why.
 */

import path from 'node:path';
import { MailboxError } from '../../shared/errors.ts';
import { byteOffset } from '../../shared/units.ts';
import type { Disk, OpenFile } from './disk/disk.ts';
import { detectFormat } from './format/dialect.ts';
import type { Format } from './format/format.ts';

/** So much of a file is looked at to tell its format. */
const HEAD_BYTES = 64 * 1024;

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
    return { file: await disk.open(filePath, 'read-write'), readOnly: '' };
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

/**
 * Opens a mailbox file.
 * @throws NOT_FOUND, NO_PERMISSION, NOT_A_FILE, NOT_A_MAILBOX, IO
 */
export async function openMailboxFile(
  disk: Disk,
  filePath: string,
  access: Access,
): Promise<OpenedMailbox> {
  const { file, readOnly } = await openFile(disk, filePath, access);
  try {
    const head = new Uint8Array(HEAD_BYTES);
    const read = await file.read(head, byteOffset(0));
    return { file, readOnly, format: detectFormat(head.subarray(0, read), filePath) };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/**
 * Creates an empty mailbox where there is none; one that is there is left alone.
 * @throws NOT_FOUND if the folder is missing, NO_PERMISSION, READ_ONLY
 */
export async function createMailboxFile(disk: Disk, filePath: string): Promise<void> {
  const file = await disk.create(filePath, 0o600);
  if (!file) return;
  await file.sync();
  await file.close();
  await disk.syncFolder(path.dirname(filePath));
}
