/** A mailbox of one message in a folder of its own, for the tests beside it. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { OpenFile } from '../../../../electron/mailbox/disk/disk.ts';
import { realDisk } from '../../../../electron/mailbox/disk/real-disk.ts';

export const MESSAGE = 'From a@example.org Thu Jan  1 00:00:00 1970\nSubject: one\n\ntext\n\n';

export async function aFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'mailkeep-lock-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function aMailbox(name = 'inbox'): Promise<string> {
  const mailbox = path.join(await aFolder(), name);
  await writeFile(mailbox, MESSAGE);
  return mailbox;
}

/** The mailbox's only descriptor in this process, until the test is over. */
export async function opened(mailbox: string): Promise<OpenFile> {
  const file = await realDisk.open(mailbox, 'read-write');
  onTestFinished(() => file.close());
  return file;
}
