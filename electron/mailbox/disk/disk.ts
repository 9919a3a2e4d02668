/**
 * The one seam to the file system. Everything the mailbox library does to a disk goes through these
 * two interfaces (and, read from another thread, `shared-descriptor.ts`), so that a test can put a simulated disk in their place and cut its power.
 *
 * `real-disk.ts` implements them with node:fs; imports only shared/. Promises:
 * - a mailbox is opened once, through one descriptor: POSIX drops a process's fcntl locks on a file
 *   when *any* of its descriptors of that file is closed, so nothing else here ever opens a mailbox;
 * - `write` writes everything or throws; NO_SPACE and IO are told apart;
 * - nothing is durable before `sync` (contents) and `syncFolder` (names) have returned.
 */

import type { Packed } from '../../../shared/packing.ts';
import type { ByteLength, ByteOffset } from '../../../shared/units.ts';

/** What the file system says of a file. Times are nanoseconds since 1970. */
export interface FileFacts {
  readonly kind: 'file' | 'folder' | 'other';
  readonly device: bigint;
  readonly inode: bigint;
  readonly size: ByteLength;
  readonly mode: number;
  readonly links: number;
  readonly owner: number;
  readonly accessedNs: bigint;
  readonly modifiedNs: bigint;
  readonly changedNs: bigint;
}

export type OpenMode = 'read' | 'read-write';

/**
 * Of a file whose bytes are made from a compressed one. While they arrive, `read` waits for those it is
 * asked for, `facts` tells the size so far, and there is no descriptor.
 */
export interface Expansion {
  readonly packed: Packed;
  readonly arriving: boolean;
  /** Settles when no more bytes will come. */
  readonly arrived: Promise<unknown>;
  /** So much of the compressed bytes has been worked off. */
  readonly readBytes: number;
}

/** An open file: one descriptor. */
export interface OpenFile {
  /** The path it was opened by. */
  readonly path: string;
  readonly mode: OpenMode;
  /** The descriptor, for locks; -1 on a simulated disk. */
  readonly descriptor: number;
  /** Left out by a file that lies on the disk as it is read. */
  readonly expansion?: Expansion;
  /** Fills `into` from `position` as far as the file goes. @returns the number of bytes read */
  read(into: Uint8Array, position: ByteOffset): Promise<number>;
  /**
   * Writes all of `bytes` at `position`.
   * @throws NO_SPACE, IO; `details.written` says how many bytes got there before
   */
  write(bytes: Uint8Array, position: ByteOffset): Promise<void>;
  /** Writes several stretches of memory one behind the other. @throws NO_SPACE, IO */
  writeParts(parts: readonly Uint8Array[], position: ByteOffset): Promise<void>;
  truncate(length: ByteLength): Promise<void>;
  /** Contents and size are on the disk when this returns (fsync). */
  sync(): Promise<void>;
  /**
   * Contents that were written before the call, and the size they need, are on the disk when this
   * returns (fdatasync); times may not be.
   */
  syncData(): Promise<void>;
  facts(): Promise<FileFacts>;
  setTimes(accessedNs: bigint, modifiedNs: bigint): Promise<void>;
  close(): Promise<void>;
}

export interface Disk {
  /**
   * Opens an existing regular file.
   * @throws NOT_FOUND, NO_PERMISSION (also for `read-write` on a file that is only readable),
   *   LOCKED if another program keeps it to itself, as programs for Windows can,
   *   NOT_A_FILE for folders, pipes, sockets and devices, without blocking on any of them
   */
  open(path: string, mode: OpenMode): Promise<OpenFile>;
  /** Creates a new file for writing, and fails if there is one. @returns null if the name is taken */
  create(path: string, mode: number): Promise<OpenFile | null>;
  /** What stands under this name, links followed; null if nothing does. Opens nothing. */
  facts(path: string): Promise<FileFacts | null>;
  /** The path with every link resolved. @throws NOT_FOUND */
  resolve(path: string): Promise<string>;
  /** A second name for a file. @returns false if `to` is taken */
  link(from: string, to: string): Promise<'linked' | 'taken' | 'unsupported'>;
  /** Removes a name; silent if it is not there. */
  remove(path: string): Promise<void>;
  /** Creates a folder with those above it. */
  createFolder(path: string): Promise<void>;
  /** The names in a folder, in no order; none if there is no such folder. */
  names(folder: string): Promise<readonly string[]>;
  /** Names in a folder are on the disk when this returns. */
  syncFolder(path: string): Promise<void>;
  /** Whether this process may create names in a folder. */
  folderWritable(path: string): Promise<boolean>;
  /** Bytes that this user may still write on the file system of `path`. */
  freeBytes(path: string): Promise<ByteLength>;
}
