/** A mailbox opened by this process on a disk of the test's choice, for faults. */

import path from 'node:path';
import type { Disk } from '../../electron/mailbox/disk/disk.ts';
import { DEFAULT_READING } from '../../electron/mailbox/format/format.ts';
import { Mailbox } from '../../electron/mailbox/mailbox.ts';
import { QUIET } from '../../electron/mailbox/mailbox-options.ts';

/** Opens it; nobody is waited for. @param folder of the test, in which journals may stand */
export function openOn(disk: Disk, file: string, folder: string): Promise<Mailbox> {
  return Mailbox.open({
    disk,
    path: file,
    access: 'read-write',
    reading: DEFAULT_READING,
    stateFolder: path.join(folder, 'state'),
    lockLimitMs: 0,
    onRegenerated: () => undefined,
  });
}

/** Opens and scans it. */
export async function readyOn(disk: Disk, file: string, folder: string): Promise<Mailbox> {
  const mailbox = await openOn(disk, file, folder);
  await mailbox.scan(QUIET);
  return mailbox;
}
