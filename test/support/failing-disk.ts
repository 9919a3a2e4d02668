/**
 * The real disk with a fault in it: from the Nth operation on, once or for ever, an operation fails
 * as a bad disk makes it fail (EIO); a write may have reached the file by half before. Closing
 * never fails: what is not closed would keep its locks in the test's own process.
 */

import type { Disk, OpenFile } from '../../electron/mailbox/disk/disk.ts';
import { realDisk } from '../../electron/mailbox/disk/real-disk.ts';
import { type ErrorCode, MailboxError } from '../../shared/errors.ts';

export interface Fault {
  /** Number of the first operation that fails, from 0; none if negative. */
  readonly at: number;
  readonly lasts: 'once' | 'for ever';
  readonly code: ErrorCode;
  /** Called in front of the operation that fails first. */
  readonly meanwhile?: () => void;
}

export class FailingDisk {
  readonly disk: Disk;
  /** Operations so far, by name. */
  readonly log: string[] = [];
  fault: Fault;

  constructor(fault: Fault) {
    this.fault = fault;
    this.disk = this.#wrapped();
  }

  get failed(): boolean {
    return this.fault.at >= 0 && this.log.length > this.fault.at;
  }

  /** Counts operations from 0 again, with another fault. */
  begin(fault: Fault): void {
    this.log.length = 0;
    this.fault = fault;
  }

  #fails(operation: string): boolean {
    const number = this.log.length;
    this.log.push(operation);
    const { at, lasts, meanwhile } = this.fault;
    if (at < 0 || number < at || (lasts === 'once' && number > at)) return false;
    if (number === at) meanwhile?.();
    return true;
  }

  #error(operation: string): MailboxError {
    return new MailboxError(this.fault.code, { operation, errno: 'EIO' });
  }

  async #perform<Value>(operation: string, work: () => Promise<Value>): Promise<Value> {
    if (this.#fails(operation)) throw this.#error(operation);
    return work();
  }

  #wrapped(): Disk {
    const opened = (file: OpenFile): OpenFile => this.#opened(file);
    return {
      open: (path, mode) =>
        this.#perform('open', async () => opened(await realDisk.open(path, mode))),
      create: (path, mode) =>
        this.#perform('create', async () => {
          const file = await realDisk.create(path, mode);
          return file && opened(file);
        }),
      facts: (path) => this.#perform('stat', () => realDisk.facts(path)),
      names: (folder) => this.#perform('names', () => realDisk.names(folder)),
      resolve: (path) => this.#perform('resolve', () => realDisk.resolve(path)),
      link: (from, to) => this.#perform('link', () => realDisk.link(from, to)),
      remove: (path) => this.#perform('remove', () => realDisk.remove(path)),
      createFolder: (path) => this.#perform('createFolder', () => realDisk.createFolder(path)),
      syncFolder: (path) => this.#perform('syncFolder', () => realDisk.syncFolder(path)),
      folderWritable: (path) =>
        this.#perform('folderWritable', () => realDisk.folderWritable(path)),
      freeBytes: (path) => this.#perform('freeBytes', () => realDisk.freeBytes(path)),
    };
  }

  #opened(file: OpenFile): OpenFile {
    return {
      path: file.path,
      mode: file.mode,
      descriptor: file.descriptor,
      read: (into, position) => this.#perform('read', () => file.read(into, position)),
      write: async (bytes, position) => {
        if (!this.#fails('write')) return file.write(bytes, position);
        await file.write(bytes.subarray(0, bytes.length >> 1), position);
        throw this.#error('write');
      },
      writeParts: async (parts, position) => {
        if (!this.#fails('write')) return file.writeParts(parts, position);
        await file.writeParts(parts.slice(0, parts.length >> 1), position);
        throw this.#error('write');
      },
      truncate: (length) => this.#perform('truncate', () => file.truncate(length)),
      sync: () => this.#perform('sync', () => file.sync()),
      syncData: () => this.#perform('sync', () => file.syncData()),
      facts: () => this.#perform('fstat', () => file.facts()),
      setTimes: (accessed, modified) =>
        this.#perform('setTimes', () => file.setTimes(accessed, modified)),
      close: () => file.close(),
    };
  }
}
