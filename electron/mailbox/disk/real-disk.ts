/** The real disk: the only file of the mailbox library that uses node:fs. See `disk.ts`. */

import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { errorCode } from '../../../shared/error-code.ts';
import { type ErrorCode, type ErrorDetails, MailboxError } from '../../../shared/errors.ts';
import { makeFolder } from '../../../shared/make-folder.ts';
import { ONE_NAME_ONLY } from '../../../shared/second-name.ts';
import { type ByteLength, type ByteOffset, byteLength } from '../../../shared/units.ts';
import type { Disk, FileFacts, OpenFile, OpenMode } from './disk.ts';

const fsync = promisify(fs.fsync);
const fdatasync = promisify(fs.fdatasync);
const ftruncate = promisify(fs.ftruncate);
const close = promisify(fs.close);
const fstat = promisify(fs.fstat) as (
  descriptor: number,
  options: { bigint: true },
) => Promise<fs.BigIntStats>;
const futimes = promisify(fs.futimes);

/** Reads longer than this are split: Linux returns at most 2 GiB less a page for one call. */
const READ_BYTES_MAX = 1 << 30;

const CODE_OF_ERRNO: Readonly<Record<string, ErrorCode>> = {
  ENOENT: 'NOT_FOUND',
  ENOTDIR: 'NOT_FOUND',
  EACCES: 'NO_PERMISSION',
  EPERM: 'NO_PERMISSION',
  EROFS: 'READ_ONLY',
  EISDIR: 'NOT_A_FILE',
  ENXIO: 'NOT_A_FILE',
  ENODEV: 'NOT_A_FILE',
  ELOOP: 'NOT_FOUND',
  ENAMETOOLONG: 'NOT_FOUND',
  ERR_INVALID_ARG_VALUE: 'NOT_FOUND',
  ENOSPC: 'NO_SPACE',
  EDQUOT: 'NO_SPACE',
  EFBIG: 'NO_SPACE',
  // On Windows another program can keep a file, or a stretch of it, to itself.
  EBUSY: 'LOCKED',
};

/** Any error of node:fs as ours: known causes by name, the rest IO. */
function fileError(thrown: unknown, where: string, more: ErrorDetails = {}): MailboxError {
  if (thrown instanceof MailboxError) return thrown;
  const errno = errorCode(thrown);
  const code = CODE_OF_ERRNO[errno] ?? 'IO';
  return new MailboxError(code, { path: where, errno, ...more }, { cause: thrown });
}

async function told<Value>(where: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (thrown) {
    throw fileError(thrown, where);
  }
}

const NO_WRITING =
  'You are not allowed to write here. Nothing was written; choose another place, or change its permissions.';

/** The same for what writes: the sentence of NO_PERMISSION itself is about reading. */
async function toldOfWriting<Value>(where: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await told(where, work);
  } catch (error) {
    if (!(error instanceof MailboxError) || error.code !== 'NO_PERMISSION') throw error;
    throw new MailboxError(error.code, error.details, { cause: error, sentence: NO_WRITING });
  }
}

function kindOf(stats: fs.BigIntStats): FileFacts['kind'] {
  if (stats.isFile()) return 'file';
  return stats.isDirectory() ? 'folder' : 'other';
}

function factsOf(stats: fs.BigIntStats): FileFacts {
  return {
    kind: kindOf(stats),
    device: stats.dev,
    inode: stats.ino,
    size: byteLength(Number(stats.size)),
    mode: Number(stats.mode & 0o7777n),
    links: Number(stats.nlink),
    owner: Number(stats.uid),
    accessedNs: stats.atimeNs,
    modifiedNs: stats.mtimeNs,
    changedNs: stats.ctimeNs,
  };
}

function readOnce(
  descriptor: number,
  into: Uint8Array,
  from: number,
  position: number,
): Promise<number> {
  const length = Math.min(into.byteLength - from, READ_BYTES_MAX);
  return new Promise((resolve, reject) => {
    fs.read(descriptor, into, from, length, position, (error, bytes) =>
      error ? reject(error) : resolve(bytes),
    );
  });
}

function writeOnce(
  descriptor: number,
  bytes: Uint8Array,
  from: number,
  position: number,
): Promise<number> {
  const length = Math.min(bytes.byteLength - from, READ_BYTES_MAX);
  return new Promise((resolve, reject) => {
    fs.write(descriptor, bytes, from, length, position, (error, written) =>
      error ? reject(error) : resolve(written),
    );
  });
}

/** What is left of some parts behind their first `done` bytes. */
function partsFrom(parts: readonly Uint8Array[], done: number): Uint8Array[] {
  let skip = done;
  return parts.flatMap((part) => {
    const rest = part.subarray(Math.min(skip, part.byteLength));
    skip = Math.max(0, skip - part.byteLength);
    return rest.byteLength > 0 ? [rest] : [];
  });
}

function writePartsOnce(
  descriptor: number,
  parts: readonly Uint8Array[],
  position: number,
): Promise<number> {
  return new Promise((resolve, reject) => {
    fs.writev(descriptor, parts as Uint8Array[], position, (error, written) =>
      error ? reject(error) : resolve(written),
    );
  });
}

class RealFile implements OpenFile {
  readonly path: string;
  readonly mode: OpenMode;
  readonly descriptor: number;

  constructor(filePath: string, mode: OpenMode, descriptor: number) {
    this.path = filePath;
    this.mode = mode;
    this.descriptor = descriptor;
  }

  async read(into: Uint8Array, position: ByteOffset): Promise<number> {
    return told(this.path, async () => {
      let filled = 0;
      while (filled < into.byteLength) {
        const bytes = await readOnce(this.descriptor, into, filled, position + filled);
        if (bytes === 0) break;
        filled += bytes;
      }
      return filled;
    });
  }

  async write(bytes: Uint8Array, position: ByteOffset): Promise<void> {
    let done = 0;
    try {
      while (done < bytes.byteLength) {
        done += await writeOnce(this.descriptor, bytes, done, position + done);
      }
    } catch (thrown) {
      throw fileError(thrown, this.path, { written: done });
    }
  }

  async writeParts(parts: readonly Uint8Array[], position: ByteOffset): Promise<void> {
    await told(this.path, async () => {
      let done = 0;
      for (let left = partsFrom(parts, 0); left.length > 0; left = partsFrom(parts, done)) {
        done += await writePartsOnce(this.descriptor, left, position + done);
      }
    });
  }

  async truncate(length: ByteLength): Promise<void> {
    await told(this.path, () => ftruncate(this.descriptor, length));
  }

  async sync(): Promise<void> {
    await told(this.path, () => fsync(this.descriptor));
  }

  async syncData(): Promise<void> {
    await told(this.path, () => fdatasync(this.descriptor));
  }

  async facts(): Promise<FileFacts> {
    return told(this.path, async () => factsOf(await fstat(this.descriptor, { bigint: true })));
  }

  async setTimes(accessedNs: bigint, modifiedNs: bigint): Promise<void> {
    const seconds = (ns: bigint): number => Number(ns) / 1e9;
    await told(this.path, () => futimes(this.descriptor, seconds(accessedNs), seconds(modifiedNs)));
  }

  async close(): Promise<void> {
    await told(this.path, () => close(this.descriptor));
  }
}

const open = promisify(fs.open);

/**
 * Opens without setting the time of access by reading: mail is new to other programs until one of them
 * reads it (dialect fact 23). Only a file's owner may ask for that.
 */
async function openUnnoticed(filePath: string, flags: number): Promise<number> {
  const unnoticed = fs.constants.O_NOATIME ?? 0;
  try {
    return await open(filePath, flags | unnoticed);
  } catch (error) {
    const refused = errorCode(error) === 'EPERM' && unnoticed !== 0;
    if (!refused) throw error;
    return open(filePath, flags);
  }
}

async function openRegular(filePath: string, mode: OpenMode): Promise<OpenFile> {
  // Looked at before it is opened: opening a tape rewinds it, opening a pipe waits for a writer.
  const before = await fs.promises.stat(filePath);
  if (!before.isFile()) throw new MailboxError('NOT_A_FILE', { path: filePath });
  const access = mode === 'read' ? fs.constants.O_RDONLY : fs.constants.O_RDWR;
  // Without O_NONBLOCK a pipe put there since `stat` would make the engine wait for ever.
  const descriptor = await openUnnoticed(filePath, access | (fs.constants.O_NONBLOCK ?? 0));
  const stats = await fstat(descriptor, { bigint: true });
  if (!stats.isFile()) {
    await close(descriptor);
    throw new MailboxError('NOT_A_FILE', { path: filePath });
  }
  return new RealFile(filePath, mode, descriptor);
}

/** What a folder holds under a name; links are not followed. */
export interface FolderEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
}

/** So many names are read from a folder in one go. */
const NAMES_AT_ONCE = 512;

function entryKind(entry: fs.Dirent): FolderEntry['kind'] {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? 'link' : 'other';
}

/**
 * What is in a folder, in no order, however much it is: opens none of it.
 * @throws NO_PERMISSION, NOT_FOUND, IO
 */
export async function* folderEntries(folder: string): AsyncGenerator<FolderEntry> {
  try {
    const opened = await fs.promises.opendir(folder, { bufferSize: NAMES_AT_ONCE });
    // Closes the folder, whenever it ends.
    for await (const entry of opened) yield { name: entry.name, kind: entryKind(entry) };
  } catch (thrown) {
    throw fileError(thrown, folder);
  }
}

async function ignoring<Value>(
  errnos: readonly string[],
  otherwise: Value,
  work: () => Promise<Value>,
): Promise<Value> {
  try {
    return await work();
  } catch (thrown) {
    if (errnos.includes(errorCode(thrown))) return otherwise;
    throw thrown;
  }
}

export const realDisk: Disk = {
  open: (filePath, mode) => {
    const tell = mode === 'read' ? told : toldOfWriting;
    return tell(filePath, () => openRegular(filePath, mode));
  },

  create: (filePath, mode) =>
    toldOfWriting(filePath, () =>
      ignoring(['EEXIST'], null, async () => {
        const descriptor = await open(filePath, 'wx+', mode);
        return new RealFile(filePath, 'read-write', descriptor);
      }),
    ),

  facts: (filePath) =>
    told(filePath, () =>
      ignoring<FileFacts | null>(['ENOENT', 'ENOTDIR'], null, async () =>
        factsOf(await fs.promises.stat(filePath, { bigint: true })),
      ),
    ),

  resolve: (filePath) => told(filePath, () => fs.promises.realpath(filePath)),

  link: (from, to) =>
    told(to, () =>
      ignoring<'linked' | 'taken' | 'unsupported'>(
        // Nor can it have one on another disk.
        [...ONE_NAME_ONLY, 'EXDEV'],
        'unsupported',
        () =>
          ignoring<'linked' | 'taken' | 'unsupported'>(['EEXIST'], 'taken', async () => {
            await fs.promises.link(from, to);
            return 'linked';
          }),
      ),
    ),

  remove: (filePath) =>
    told(filePath, () => ignoring(['ENOENT'], undefined, () => fs.promises.unlink(filePath))),

  createFolder: (folder) =>
    toldOfWriting(folder, () => makeFolder(path.resolve(folder), (one) => fs.promises.mkdir(one))),

  names: (folder) =>
    told(folder, () => ignoring(['ENOENT', 'ENOTDIR'], [], () => fs.promises.readdir(folder))),

  syncFolder: (folder) =>
    told(folder, () =>
      // A folder cannot be opened on Windows, where names are durable with their file's journal.
      ignoring(['EISDIR', 'EPERM', 'EINVAL'], undefined, async () => {
        const descriptor = await open(folder, 'r');
        try {
          await fsync(descriptor);
        } finally {
          await close(descriptor);
        }
      }),
    ),

  folderWritable: (folder) =>
    told(folder, () =>
      ignoring(['EACCES', 'EPERM', 'EROFS', 'ENOENT'], false, async () => {
        await fs.promises.access(folder, fs.constants.W_OK | fs.constants.X_OK);
        return true;
      }),
    ),

  freeBytes: (filePath) =>
    told(filePath, async () => {
      const space = await fs.promises.statfs(filePath);
      return byteLength(space.bavail * space.bsize);
    }),
};
