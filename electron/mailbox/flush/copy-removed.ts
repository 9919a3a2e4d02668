/**
 * Keeps a copy of the messages that a flush removes, before it removes them: appended to another
 * mailbox, exactly as stored, and synced. That is what an undo restores from.
 */

import path from 'node:path';
import { MailboxError } from '../../../shared/errors.ts';
import { type ByteLength, byteOffset } from '../../../shared/units.ts';
import type { Disk, OpenFile } from '../disk/disk.ts';
import { detectFormat, HEAD_BYTES } from '../format/dialect.ts';
import type { Format } from '../format/format.ts';
import { type HeldLocks, hold } from '../lock/hold.ts';
import { appendAll, asStored, type ReadSo } from './append.ts';
import type { Plan } from './plan.ts';
import { mustHaveSpace } from './space.ts';

async function openCopy(disk: Disk, copyPath: string): Promise<OpenFile> {
  await disk.createFolder(path.dirname(copyPath));
  const created = await disk.create(copyPath, 0o600);
  if (created) await disk.syncFolder(path.dirname(copyPath));
  return created ?? disk.open(copyPath, 'read-write');
}

/**
 * Messages are found again only in a file that is read as they are: nothing is written into any other.
 * @throws MISUSE if it is of another format, NOT_A_MAILBOX
 */
async function mustBeOf(format: Format, copy: OpenFile): Promise<void> {
  const head = new Uint8Array(HEAD_BYTES);
  const begin = head.subarray(0, await copy.read(head, byteOffset(0)));
  if (begin.length === 0) return;
  const { name } = detectFormat(begin, copy.path);
  if (name === format.name) return;
  const sentence = `The copy is to go into a file in the ${name} format, and this archive is in ${format.name}. Nothing was changed; choose another file.`;
  throw new MailboxError('MISUSE', { path: copy.path }, { sentence });
}

/** Messages that were not removed are no copies; what another program wrote behind them stays. */
async function cutBack(
  held: HeldLocks,
  copy: OpenFile,
  { size, end }: { readonly size: ByteLength; readonly end: ByteLength },
): Promise<void> {
  await held.check();
  if ((await copy.facts()).size !== end) return;
  await copy.truncate(size);
  await copy.sync();
}

export interface CopyRequest {
  readonly disk: Disk;
  readonly readSo: ReadSo;
  readonly mailbox: OpenFile;
  readonly copyPath: string;
  readonly signal: AbortSignal;
}

/**
 * Copies what a plan removes behind the end of the mailbox at `copyPath`, which is made if needed, and
 * has it removed once the copy is durable; nobody else writes to the copy until then.
 * @param remove throws UNSURE if it changed anything, whatever else if it did not
 * @throws MISUSE if that is the mailbox itself, or one of another format; NOT_A_MAILBOX; LOCKED,
 *   NO_SPACE, IO, CANCELLED: nothing has been removed then, and the copy ends where it did before
 */
export async function copyRemoved(
  plan: Plan,
  request: CopyRequest,
  remove: () => Promise<void>,
): Promise<void> {
  const { disk, readSo, mailbox, copyPath, signal } = request;
  const there = await disk.facts(copyPath);
  const { identity, table } = plan.current.contents;
  // Not opened to find out: closing a second descriptor of the mailbox would drop its locks.
  if (there?.device === identity.device && there.inode === identity.inode) {
    throw new MailboxError(
      'MISUSE',
      { path: copyPath },
      { sentence: 'The copy must be another file than the archive itself. Nothing was changed.' },
    );
  }
  const read = (into: Uint8Array, offset: number): Promise<number> =>
    mailbox.read(into, byteOffset(offset));
  const messages = plan.removed.map((number) =>
    asStored(readSo, { read, offset: table.offset(number), length: table.length(number) }),
  );
  const bytes = plan.removed.reduce((sum, number) => sum + table.length(number), 0);
  const copy = await openCopy(disk, copyPath);
  try {
    await mustHaveSpace(disk, copyPath, bytes);
    await hold({ disk, file: copy, path: copyPath }, async (held) => {
      await mustBeOf(readSo.format, copy);
      const { size } = await copy.facts();
      // Torn by a crash, it is a copy of what is still in the archive.
      const end = await appendAll(held, copy, messages, { signal, journal: null });
      try {
        await remove();
      } catch (error) {
        const isUnchanged = error instanceof MailboxError && error.code !== 'UNSURE';
        // Whoever tries again would find everything twice in the copy.
        if (isUnchanged) await cutBack(held, copy, { size, end }).catch(() => undefined);
        throw error;
      }
    });
  } finally {
    await copy.close();
  }
}
