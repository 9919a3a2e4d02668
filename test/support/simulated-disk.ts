/**
 * A disk in memory that remembers every operation, so that its power can be cut at any instant: a
 * state after a crash is any that a real disk may be left in. What was synced is there; of what was
 * written since, each write is independently whole, lost, or torn at 512 bytes; names that were made
 * or removed since their folder was synced may be there or not.
 */

import path from 'node:path';
import type { Disk, FileFacts, OpenFile, OpenMode } from '../../electron/mailbox/disk/disk.ts';
import { MailboxError } from '../../shared/errors.ts';
import { byteLength } from '../../shared/units.ts';

const SECTOR_BYTES = 512;

type Operation =
  | { readonly does: 'write'; readonly inode: number; readonly at: number; readonly bytes: Buffer }
  | { readonly does: 'truncate'; readonly inode: number; readonly length: number }
  /** Covers what was written before it was asked for: so many operations of the log. */
  | { readonly does: 'sync'; readonly inode: number; readonly covers: number }
  | { readonly does: 'name'; readonly path: string; readonly inode: number }
  | { readonly does: 'unname'; readonly path: string }
  | { readonly does: 'sync-folder'; readonly folder: string };

/** What lies on a disk: contents by inode, inodes by path. */
interface Image {
  readonly contents: Map<number, Buffer>;
  readonly names: Map<string, number>;
}

/** Numbers from 0 up to 1, the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = (seed * 2654435761 + 1) >>> 0;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9) >>> 0;
    const mixed = Math.imul(state ^ (state >>> 13), 3266489917) >>> 0;
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
}

function written(content: Buffer, at: number, bytes: Buffer): Buffer {
  const grown = Buffer.alloc(Math.max(content.length, at + bytes.length));
  content.copy(grown);
  bytes.copy(grown, at);
  return grown;
}

function resized(content: Buffer, length: number): Buffer {
  const result = Buffer.alloc(length);
  content.copy(result, 0, 0, length);
  return result;
}

/** Each sector of a write arrives or does not. */
function torn(content: Buffer, at: number, bytes: Buffer, random: () => number): Buffer {
  let result = content;
  for (let from = 0; from < bytes.length; ) {
    const sectorEnd = SECTOR_BYTES - ((at + from) % SECTOR_BYTES);
    const to = Math.min(bytes.length, from + sectorEnd);
    if (random() < 0.5) result = written(result, at + from, bytes.subarray(from, to));
    from = to;
  }
  return result;
}

export class SimulatedDisk implements Disk {
  readonly #before: Image;
  readonly #now: Image;
  readonly log: Operation[] = [];
  /** Called before each operation that changes something; may throw to fail it. */
  onOperation: (does: Operation['does']) => void = () => undefined;
  #nextInode: number;
  #device = 1n;

  constructor(files: Readonly<Record<string, Buffer>> | Image) {
    this.#before = isImage(files) ? files : imageOf(files);
    this.#now = copyOf(this.#before);
    this.#nextInode = Math.max(0, ...this.#before.contents.keys()) + 1;
  }

  /** What a program would read now; null if there is no such file. */
  content(file: string): Buffer | null {
    const inode = this.#now.names.get(file);
    return inode === undefined ? null : (this.#now.contents.get(inode) ?? null);
  }

  get paths(): readonly string[] {
    return [...this.#now.names.keys()].sort();
  }

  /** Somebody else writes at the end of a file, durably, and is not part of the log. */
  deliver(file: string, bytes: Buffer): void {
    const inode = this.#now.names.get(file) ?? -1;
    const content = this.#now.contents.get(inode) ?? Buffer.alloc(0);
    this.#now.contents.set(inode, Buffer.concat([content, bytes]));
    this.#before.contents.set(
      inode,
      Buffer.concat([this.#before.contents.get(inode) ?? Buffer.alloc(0), bytes]),
    );
  }

  /**
   * The same disk, plugged in again: its device has another number and, as on FAT, so has every file.
   */
  pluggedInAgain(): SimulatedDisk {
    const contents = [...this.#now.contents].map(
      ([inode, bytes]) => [inode + 1000, bytes] as const,
    );
    const names = [...this.#now.names].map(([name, inode]) => [name, inode + 1000] as const);
    const disk = new SimulatedDisk({ contents: new Map(contents), names: new Map(names) });
    disk.#device = this.#device + 1n;
    return disk;
  }

  /** A disk as the power cut after `operations` of the log may have left it. */
  cutAfter(operations: number, seed: number): SimulatedDisk {
    const random = seeded(seed);
    const image = copyOf(this.#before);
    const log = this.log.slice(0, operations);
    log.forEach((operation, at) => {
      const safe = isSafe(log, at);
      if (safe || random() < 0.5) perform(image, operation);
      else if (operation.does === 'write' && random() < 0.6) {
        const content = image.contents.get(operation.inode) ?? Buffer.alloc(0);
        image.contents.set(operation.inode, torn(content, operation.at, operation.bytes, random));
      }
    });
    return new SimulatedDisk(image);
  }

  async open(file: string, mode: OpenMode): Promise<OpenFile> {
    const inode = this.#now.names.get(file);
    if (inode === undefined) throw new MailboxError('NOT_FOUND', { path: file });
    return this.#opened(file, mode, inode);
  }

  async create(file: string): Promise<OpenFile | null> {
    if (this.#now.names.has(file)) return null;
    const inode = this.#nextInode;
    this.#nextInode += 1;
    this.#now.contents.set(inode, Buffer.alloc(0));
    this.#do({ does: 'name', path: file, inode });
    return this.#opened(file, 'read-write', inode);
  }

  async facts(file: string): Promise<FileFacts | null> {
    const inode = this.#now.names.get(file);
    return inode === undefined ? null : this.#factsOf(inode);
  }

  async resolve(file: string): Promise<string> {
    return file;
  }

  async link(from: string, to: string): Promise<'linked' | 'taken'> {
    const inode = this.#now.names.get(from);
    if (inode === undefined || this.#now.names.has(to)) return 'taken';
    this.#do({ does: 'name', path: to, inode });
    return 'linked';
  }

  async remove(file: string): Promise<void> {
    if (this.#now.names.has(file)) this.#do({ does: 'unname', path: file });
  }

  async createFolder(): Promise<void> {}

  async names(folder: string): Promise<readonly string[]> {
    return this.paths
      .filter((file) => path.dirname(file) === folder)
      .map((file) => path.basename(file));
  }

  async syncFolder(folder: string): Promise<void> {
    this.#do({ does: 'sync-folder', folder });
  }

  async folderWritable(): Promise<boolean> {
    return true;
  }

  async freeBytes() {
    return byteLength(Number.MAX_SAFE_INTEGER);
  }

  #do(operation: Operation): void {
    this.onOperation(operation.does);
    this.log.push(operation);
    perform(this.#now, operation);
  }

  /** Takes its time: what is written meanwhile is not covered by it, and may go before it. */
  async #sync(inode: number): Promise<void> {
    const covers = this.log.length;
    await new Promise((resolve) => setImmediate(resolve));
    this.#do({ does: 'sync', inode, covers });
  }

  #factsOf(inode: number): FileFacts {
    return {
      kind: 'file',
      device: this.#device,
      inode: BigInt(inode),
      size: byteLength(this.#now.contents.get(inode)?.length ?? 0),
      mode: 0o600,
      links: 1,
      owner: 0,
      accessedNs: 0n,
      modifiedNs: 0n,
      changedNs: 0n,
    };
  }

  #opened(file: string, mode: OpenMode, inode: number): OpenFile {
    return {
      path: file,
      mode,
      descriptor: -1,
      read: async (into, position) => {
        const content = this.#now.contents.get(inode) ?? Buffer.alloc(0);
        const part = content.subarray(position, position + into.length);
        into.set(part);
        return part.length;
      },
      write: async (bytes, position) =>
        this.#do({ does: 'write', inode, at: position, bytes: Buffer.from(bytes) }),
      truncate: async (length) => this.#do({ does: 'truncate', inode, length }),
      writeParts: async (parts, position) =>
        this.#do({ does: 'write', inode, at: position, bytes: Buffer.concat(parts) }),
      sync: () => this.#sync(inode),
      syncData: () => this.#sync(inode),
      facts: async () => this.#factsOf(inode),
      setTimes: async () => undefined,
      close: async () => undefined,
    };
  }
}

function isImage(files: Readonly<Record<string, Buffer>> | Image): files is Image {
  return files['contents'] instanceof Map;
}

function imageOf(files: Readonly<Record<string, Buffer>>): Image {
  const image: Image = { contents: new Map(), names: new Map() };
  Object.entries(files).forEach(([file, content], at) => {
    image.contents.set(at + 1, content);
    image.names.set(file, at + 1);
  });
  return image;
}

const copyOf = (image: Image): Image => ({
  contents: new Map(image.contents),
  names: new Map(image.names),
});

function perform({ contents, names }: Image, operation: Operation): void {
  switch (operation.does) {
    case 'write': {
      const content = contents.get(operation.inode) ?? Buffer.alloc(0);
      contents.set(operation.inode, written(content, operation.at, operation.bytes));
      return;
    }
    case 'truncate': {
      const content = contents.get(operation.inode) ?? Buffer.alloc(0);
      contents.set(operation.inode, resized(content, operation.length));
      return;
    }
    case 'name':
      names.set(operation.path, operation.inode);
      return;
    case 'unname':
      names.delete(operation.path);
      return;
    default:
  }
}

/** True if what the operation did is on the disk for sure: it was synced later in the log. */
function isSafe(log: readonly Operation[], at: number): boolean {
  const operation = log[at];
  if (!operation) return false;
  const later = log.slice(at + 1);
  switch (operation.does) {
    case 'write':
    case 'truncate':
      return later.some(
        (next) => next.does === 'sync' && next.inode === operation.inode && next.covers > at,
      );
    case 'name':
    case 'unname': {
      const folder = path.dirname(operation.path);
      return later.some((next) => next.does === 'sync-folder' && next.folder === folder);
    }
    default:
      return true;
  }
}
