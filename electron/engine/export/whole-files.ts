/**
 * Writes many files into a folder, each whole or not there: under a name of our own first, synced,
 * and only then under its own, which must be free. Imports the disk and how a name is taken.
 *
 * Files are written and synced some at a time, side by side. Promises: nothing is overwritten; no
 * part of a file ever stands under its name, also after a power cut; after an error nothing but whole
 * files is left, and `written` counts them. Only new files are opened, never one that is there: it
 * could be a mailbox, whose locks would be lost.
 */

import path from 'node:path';
import { MailboxError } from '../../../shared/errors.ts';
import { byteOffset } from '../../../shared/units.ts';
import type { Disk, OpenFile } from '../../mailbox/disk/disk.ts';
import { takesName } from '../messages/saved-file.ts';
import { unfinishedName } from '../messages/unfinished.ts';
import type { Content } from './message-content.ts';

/** So many files, and so many bytes, wait to be written side by side. */
const FILES_AT_ONCE = 64;
const BYTES_AT_ONCE = 16 * 1024 * 1024;
/** Small parts of a file are joined: one write is cheaper than many. */
const JOINED_BYTES_MAX = 1024 * 1024;

export interface NewFile {
  /** The next name to try, the best one first; each must be one that was not given before. */
  readonly name: () => string;
  readonly folder: string;
  readonly content: Content;
  /** What its time is set to, milliseconds since 1970; null for now. */
  readonly modified: number | null;
}

interface Done {
  readonly fresh: string;
  readonly bytes: number;
  readonly file: NewFile;
}

export class WholeFiles {
  readonly #disk: Disk;
  readonly #freshFolder: string | null;
  readonly #waiting: NewFile[] = [];
  readonly #folders = new Set<string>();
  #waitingBytes = 0;
  #files = 0;
  #bytes = 0;

  /** @param freshFolder where files are written before they get their names; null for beside those */
  constructor(disk: Disk, freshFolder: string | null = null) {
    this.#disk = disk;
    this.#freshFolder = freshFolder;
  }

  /** What stands under its name. */
  get written(): { readonly files: number; readonly bytes: number } {
    return { files: this.#files, bytes: this.#bytes };
  }

  /**
   * Takes a file on. Content that is a stream is written at once, other content when enough has come
   * together, or at `finish`.
   * @throws NO_SPACE, READ_ONLY, NO_PERMISSION, NOT_FOUND, IO, and what the content throws
   */
  async add(file: NewFile): Promise<void> {
    if (!isInMemory(file.content)) return this.#writeAll([file]);
    const bytes = file.content.reduce((sum, part) => sum + part.length, 0);
    this.#waiting.push(file);
    this.#waitingBytes += bytes;
    if (this.#waiting.length >= FILES_AT_ONCE || this.#waitingBytes >= BYTES_AT_ONCE) {
      await this.#flush();
    }
  }

  /** Writes what is left, and syncs the names. */
  async finish(): Promise<void> {
    await this.#flush();
    for (const folder of this.#folders) await this.#disk.syncFolder(folder);
  }

  async #flush(): Promise<void> {
    this.#waitingBytes = 0;
    await this.#writeAll(this.#waiting.splice(0));
  }

  async #writeAll(files: readonly NewFile[]): Promise<void> {
    const outcomes = await Promise.allSettled(files.map((file) => this.#write(file)));
    let failed: unknown = null;
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') failed ??= outcome.reason;
      else failed ??= await this.#name(outcome.value).then(() => null, thrown);
    }
    if (failed !== null) throw failed;
  }

  async #write(file: NewFile): Promise<Done> {
    const fresh = path.join(this.#freshFolder ?? file.folder, unfinishedName());
    const opened = await this.#disk.create(fresh, 0o666);
    if (!opened) throw new MailboxError('BUSY', { path: fresh });
    try {
      const bytes = await this.#fill(opened, file);
      return { fresh, bytes, file };
    } catch (error) {
      await this.#disk.remove(fresh);
      throw error;
    }
  }

  async #fill(opened: OpenFile, { content, modified }: NewFile): Promise<number> {
    try {
      let at = 0;
      for await (const bytes of isInMemory(content) ? joined(content) : content) {
        await opened.write(bytes, byteOffset(at));
        at += bytes.length;
      }
      if (modified !== null && modified >= 0) {
        const ns = BigInt(Math.floor(modified)) * 1_000_000n;
        await opened.setTimes(ns, ns);
      }
      await opened.sync();
      return at;
    } finally {
      await opened.close();
    }
  }

  async #name({ fresh, bytes, file }: Done): Promise<void> {
    const { folder, name } = file;
    try {
      while (!(await takesName(this.#disk, fresh, path.join(folder, name()))));
    } finally {
      await this.#disk.remove(fresh);
    }
    this.#folders.add(folder);
    this.#files += 1;
    this.#bytes += bytes;
  }
}

const thrown = (error: unknown): unknown => error ?? new MailboxError('IO');

function isInMemory(content: Content): content is readonly Uint8Array[] {
  return Array.isArray(content);
}

/** Parts of memory as few as is worth a copy. */
export function joined(parts: readonly Uint8Array[]): readonly Uint8Array[] {
  if (parts.length < 2) return parts;
  const bytes = parts.reduce((sum, part) => sum + part.length, 0);
  return bytes <= JOINED_BYTES_MAX ? [Buffer.concat(parts)] : parts;
}
