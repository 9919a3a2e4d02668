/**
 * One new file that many messages are written into, whole or not there: under a name of our own
 * beside its place until it is synced. Imports the disk and how a name is taken.
 */

import path from 'node:path';
import { MailboxError } from '../../../shared/errors.ts';
import { byteLength, byteOffset } from '../../../shared/units.ts';
import type { Disk, OpenFile } from '../../mailbox/disk/disk.ts';
import { numberedName } from '../../message/save-name.ts';
import { takesName } from '../messages/saved-file.ts';
import { unfinishedName } from '../messages/unfinished.ts';
import type { Content } from './message-content.ts';

/** So much is written in one stroke, while the next is read. */
const STROKE_BYTES = 4 * 1024 * 1024;
const NUMBERS_MAX = 10_000;

export interface OneFilePlace {
  readonly path: string;
  readonly ifTaken: 'number' | 'refuse';
}

export class OneFile {
  readonly #disk: Disk;
  readonly #place: OneFilePlace;
  readonly #fresh: string;
  readonly #file: OpenFile;
  #parts: Uint8Array[] = [];
  #partsBytes = 0;
  /** Where the next stroke is written. */
  #end = 0;
  #writing: Promise<void> = Promise.resolve();
  #path: string;
  #named = false;

  private constructor(disk: Disk, place: OneFilePlace, fresh: string, file: OpenFile) {
    this.#disk = disk;
    this.#place = place;
    this.#fresh = fresh;
    this.#file = file;
    this.#path = place.path;
  }

  /**
   * @throws MISUSE if something stands there and is not to be given way to; NOT_FOUND,
   *   NO_PERMISSION, READ_ONLY
   */
  static async begin(disk: Disk, place: OneFilePlace): Promise<OneFile> {
    const there = await disk.facts(place.path);
    if (there && place.ifTaken === 'refuse') throw taken(place.path);
    const fresh = path.join(path.dirname(place.path), unfinishedName());
    const file = await disk.create(fresh, 0o666);
    if (!file) throw new MailboxError('BUSY', { path: fresh });
    return new OneFile(disk, place, fresh, file);
  }

  /** Its name; the final one after `finish`. */
  get path(): string {
    return this.#path;
  }

  get written(): { readonly files: number; readonly bytes: number } {
    return this.#named ? { files: 1, bytes: this.#end } : { files: 0, bytes: 0 };
  }

  get length(): number {
    return this.#end + this.#partsBytes;
  }

  /** Adds what belongs together: if it breaks off, nothing of it stays. Memory given stays as it is. */
  async add(content: Content): Promise<void> {
    if (Array.isArray(content)) {
      for (const part of content) this.#push(part);
      if (this.#partsBytes >= STROKE_BYTES) await this.#flush();
      return;
    }
    const before = this.length;
    try {
      for await (const part of content) {
        this.#push(part);
        // A stream may use its memory again.
        await this.#flush();
        await this.#writing;
      }
    } catch (error) {
      await this.#flush();
      await this.#writing;
      await this.#file.truncate(byteLength(before));
      this.#end = before;
      throw error;
    }
  }

  /** Syncs the file and gives it its name. */
  async finish(): Promise<void> {
    await this.#flush();
    await this.#writing;
    await this.#file.sync();
    await this.#file.close();
    try {
      await this.#name();
    } finally {
      await this.#disk.remove(this.#fresh);
    }
    await this.#disk.syncFolder(path.dirname(this.#path));
  }

  /** Nothing of it stays. */
  async abandon(): Promise<void> {
    if (this.#named) return;
    await this.#writing.catch(() => undefined);
    await this.#file.close().catch(() => undefined);
    await this.#disk.remove(this.#fresh);
  }

  async #name(): Promise<void> {
    const { path: wanted, ifTaken } = this.#place;
    const last = ifTaken === 'refuse' ? 1 : NUMBERS_MAX;
    for (let number = 1; number <= last; number++) {
      const name = path.basename(wanted);
      const target =
        number === 1 ? wanted : path.join(path.dirname(wanted), numberedName(name, number));
      if (!(await takesName(this.#disk, this.#fresh, target))) continue;
      this.#path = target;
      this.#named = true;
      return;
    }
    throw taken(wanted);
  }

  /** Parts that lie behind each other in memory are one. */
  #push(part: Uint8Array): void {
    if (part.length === 0) return;
    this.#partsBytes += part.length;
    const last = this.#parts.at(-1);
    if (last?.buffer === part.buffer && last.byteOffset + last.length === part.byteOffset) {
      const length = last.length + part.length;
      this.#parts[this.#parts.length - 1] = new Uint8Array(part.buffer, last.byteOffset, length);
    } else this.#parts.push(part);
  }

  async #flush(): Promise<void> {
    await this.#writing;
    const parts = this.#parts;
    if (parts.length === 0) return;
    const position = byteOffset(this.#end);
    this.#end += this.#partsBytes;
    this.#parts = [];
    this.#partsBytes = 0;
    this.#writing = this.#file.writeParts(parts, position);
    // Heard of when the next stroke is due.
    this.#writing.catch(() => undefined);
  }
}

function taken(file: string): MailboxError {
  const sentence = `There is something called ${path.basename(file)} already. It was not touched; choose another name.`;
  return new MailboxError('MISUSE', { path: file }, { sentence });
}
