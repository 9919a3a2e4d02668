/**
 * Small files of our own in the user's state folder: read whole, written whole and durably (to a new
 * name, synced, renamed). The one file of the engine that uses node:fs, because what a mailbox must
 * never suffer, a rename over it, is right for these; nothing here opens a mailbox.
 */

import { constants } from 'node:fs';
import {
  type FileHandle,
  mkdir,
  open,
  readdir,
  realpath,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { errorCode } from '../../shared/error-code.ts';
import { makeFolder } from '../../shared/make-folder.ts';
import { renameOver } from '../../shared/renaming.ts';

/** A longer file is none of ours. */
const BYTES_MAX = 4 * 1024 * 1024;

/** Which file a path names. */
export interface FileMark {
  /** Every link resolved. */
  readonly path: string;
  readonly device: string;
  readonly inode: string;
  /** When it was made, nanoseconds since 1970: inodes are used again. 0 where that is not known. */
  readonly born: string;
}

/** What stands under a path, looked at by name only; null if nothing does. */
export async function markOf(filePath: string): Promise<FileMark | null> {
  try {
    const resolved = await realpath(filePath);
    const { dev, ino, birthtimeNs } = await stat(resolved, { bigint: true });
    return { path: resolved, device: `${dev}`, inode: `${ino}`, born: `${birthtimeNs}` };
  } catch {
    return null;
  }
}

/** The names in a folder; none if there is no such folder. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}

/** The text of a file; null if it is not there. @throws if it cannot be read, or is too long */
export async function readText(file: string, bytesMax = BYTES_MAX): Promise<string | null> {
  try {
    // A pipe put there must not make us wait.
    const opened = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const facts = await opened.stat();
      if (!facts.isFile() || facts.size > bytesMax) throw new Error(`${file} is none of ours`);
      return await opened.readFile('utf8');
    } finally {
      await opened.close();
    }
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}

/** The first bytes of a file as text. @throws if it cannot be read */
export async function readStart(file: string, bytes: number): Promise<string> {
  const opened = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const { buffer, bytesRead } = await opened.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await opened.close();
  }
}

/** A text, or its pieces. */
export type Text = string | AsyncIterable<string>;

/**
 * Adds to a file, behind the last line that is whole; durable when this returns.
 * @throws if the file is not there, the disk is full or read-only
 */
export async function appendText(file: string, text: Text): Promise<void> {
  const opened = await open(file, constants.O_RDWR);
  try {
    const { size } = await opened.stat();
    const last = Buffer.alloc(1);
    await opened.read(last, 0, 1, Math.max(0, size - 1));
    let at = size;
    // What a full disk cut short makes no sense together with what comes now.
    if (size > 0 && last[0] !== LF) at += (await opened.write('\n', at)).bytesWritten;
    for await (const piece of typeof text === 'string' ? [text] : text) {
      at += await writePiece(opened, Buffer.from(piece), at);
    }
    await opened.sync();
  } finally {
    await opened.close();
  }
}

const LF = 10;

async function writePiece(file: FileHandle, piece: Buffer, at: number): Promise<number> {
  let done = 0;
  while (done < piece.length) {
    done += (await file.write(piece, done, piece.length - done, at + done)).bytesWritten;
  }
  return piece.length;
}

/** Writes a file whole; durable when this returns. @throws if the disk is full or read-only */
export async function writeText(file: string, text: Text): Promise<void> {
  await makeFolder(path.dirname(file), (folder) => mkdir(folder, { mode: 0o700 }));
  const fresh = `${file}.${process.pid}.new`;
  try {
    const opened = await open(fresh, 'w', 0o600);
    try {
      await opened.writeFile(text);
      await opened.sync();
    } finally {
      await opened.close();
    }
    await renameFile(fresh, file);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
  await syncFolder(path.dirname(file));
}

/** Gives a file another name; what had that name is gone. */
export async function renameFile(from: string, to: string): Promise<void> {
  await renameOver(() => rename(from, to), process.platform, pause);
}

/** Removes a file; silent if it is not there. */
export async function removeFile(file: string): Promise<void> {
  await rm(file, { force: true });
}

/** Folders cannot be opened on Windows, where names are durable with their file's journal. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const opened = await open(folder, 'r');
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}
