/**
 * Keeps a copy of the messages that a flush removes, before it removes them: appended to another
 * mailbox, exactly as stored, and synced. That is what an undo restores from.
 */

import path from 'node:path';
import { MailboxError } from '../../../shared/errors.ts';
import { byteOffset } from '../../../shared/units.ts';
import type { Disk, OpenFile } from '../disk/disk.ts';
import { type HeldLocks, hold } from '../lock/hold.ts';
import type { Plan } from './plan.ts';

const COPY_BYTES = 4 * 1024 * 1024;
const LF = 10;

async function openCopy(disk: Disk, copyPath: string): Promise<OpenFile> {
  await disk.createFolder(path.dirname(copyPath));
  const created = await disk.create(copyPath, 0o600);
  if (created) await disk.syncFolder(path.dirname(copyPath));
  return created ?? disk.open(copyPath, 'read-write');
}

/** Line ends that must be added for what follows to begin behind an empty line. */
async function missingEnds(file: OpenFile, end: number): Promise<Uint8Array> {
  if (end === 0) return new Uint8Array(0);
  const tail = new Uint8Array(Math.min(end, 4));
  await file.read(tail, byteOffset(end - tail.length));
  const text = Buffer.from(tail).toString('latin1');
  if (/(?:\n\r?\n|\r\r)$/.test(text)) return new Uint8Array(0);
  return Uint8Array.from(text.endsWith('\n') || text.endsWith('\r') ? [LF] : [LF, LF]);
}

async function appendAll(held: HeldLocks, plan: Plan, from: OpenFile, to: OpenFile): Promise<void> {
  const { table } = plan.current.contents;
  const buffer = new Uint8Array(COPY_BYTES);
  let end: number = (await to.facts()).size;
  const write = async (bytes: Uint8Array): Promise<void> => {
    await to.write(bytes, byteOffset(end));
    end += bytes.length;
  };
  await held.check();
  for (const number of plan.removed) {
    await write(await missingEnds(to, end));
    const offset = table.offset(number);
    const length = table.length(number);
    for (let done = 0; done < length; ) {
      const part = buffer.subarray(0, Math.min(buffer.length, length - done));
      await from.read(part, byteOffset(offset + done));
      await write(part);
      done += part.length;
    }
  }
  await write(await missingEnds(to, end));
  await to.sync();
}

/**
 * Copies what a plan removes behind the end of the mailbox at `copyPath`, which is made if needed.
 * Durable when this returns.
 * @throws MISUSE if that is the mailbox itself; LOCKED, NO_SPACE, IO: nothing has been removed then
 */
export async function copyRemoved(
  disk: Disk,
  plan: Plan,
  mailbox: OpenFile,
  copyPath: string,
): Promise<void> {
  const there = await disk.facts(copyPath);
  const { identity } = plan.current.contents;
  // Not opened to find out: closing a second descriptor of the mailbox would drop its locks.
  if (there?.device === identity.device && there.inode === identity.inode) {
    throw new MailboxError(
      'MISUSE',
      { path: copyPath },
      { sentence: 'The copy must be another file than the archive itself. Nothing was changed.' },
    );
  }
  const copy = await openCopy(disk, copyPath);
  try {
    await hold({ disk, file: copy, path: copyPath }, (held) =>
      appendAll(held, plan, mailbox, copy),
    );
  } finally {
    await copy.close();
  }
}
