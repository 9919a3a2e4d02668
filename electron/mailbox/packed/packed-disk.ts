/**
 * A disk on which compressed archives can be read like others: `archive.gz` as what it expands to, and
 * an entry of a ZIP file as a file in a folder, `archive.zip/Mail/Inbox`. All that is not compressed
 * is the real disk's.
 *
 * What is expanded goes into a file in the cache that only this user can read and that has no name from
 * the moment it is made, where the system allows that: then nothing of it is left whatever happens.
 * Where it does not (Windows), it is removed when it is closed, or by the next start after a crash.
 */

import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { errorCode } from '../../../shared/error-code.ts';
import { MailboxError } from '../../../shared/errors.ts';
import type { Packing } from '../../../shared/packing.ts';
import { byteOffset } from '../../../shared/units.ts';
import type { Disk, FileFacts, OpenFile, OpenMode } from '../disk/disk.ts';
import { type Expander, type ExpandRequest, sourceOf } from './expanding.ts';
import { ExpandingFile, expandedFacts } from './expanding-file.ts';
import { Input } from './input.ts';
import { headOf, MAGIC_BYTES, packingOf } from './packing.ts';
import { entryInside, type PackedPlace, placeOf, type Stretch } from './zip-places.ts';

/** Unasked, nothing is expanded to more than this. */
const USUAL_BYTES_MAX = 64 * 1024 ** 3;
/** Mail compressed by the best program is a twentieth of what it was. */
const USUAL_TIMES_MAX = 100;
/** So much room is left to others. */
const LEFT_FREE_BYTES = 256 * 1024 * 1024;

export interface PackedDiskOptions {
  /** Folder for what is expanded. */
  readonly folder: string;
  readonly expander: Expander;
  /** Whether a file that begins so is an archive. */
  readonly isArchive: (head: Uint8Array) => boolean;
  /** `none`: as much as there is room for. */
  readonly limit: 'usual' | 'none';
}

/** The real disk, and compressed archives on it. */
export function packedDisk(real: Disk, options: PackedDiskOptions): Disk {
  return new PackedDisk(real, options).asDisk();
}

class PackedDisk {
  readonly #real: Disk;
  readonly #options: PackedDiskOptions;
  /** What is open, by the path it was opened by. */
  readonly #open = new Map<string, { readonly place: PackedPlace; readonly file: ExpandingFile }>();

  constructor(real: Disk, options: PackedDiskOptions) {
    this.#real = real;
    this.#options = options;
  }

  asDisk(): Disk {
    const real = this.#real;
    return {
      ...real,
      open: (filePath, mode) => this.#openFile(filePath, mode),
      facts: (filePath) => this.#facts(filePath),
      resolve: (filePath) => this.#resolve(filePath),
      folderWritable: async (folder) =>
        (await real.facts(folder)) !== null && real.folderWritable(folder),
    };
  }

  async #openFile(filePath: string, mode: OpenMode): Promise<OpenFile> {
    const place = await placeOf(this.#real, filePath);
    const file = await this.#real.open(place.file, place.entry === '' ? mode : 'read');
    try {
      const head = new Uint8Array(MAGIC_BYTES);
      const packing = packingOf(head.subarray(0, await file.read(head, byteOffset(0))));
      if (!packing && place.entry === '') return file;
      if (packing !== 'zip' && place.entry !== '') {
        throw new MailboxError('NOT_FOUND', { path: filePath });
      }
      return await this.#expanding(filePath, place, file, packing ?? 'zip');
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  async #expanding(
    filePath: string,
    place: PackedPlace,
    source: OpenFile,
    packing: Packing,
  ): Promise<OpenFile> {
    const facts = await source.facts();
    const { isArchive } = this.#options;
    const stretch: Stretch =
      packing === 'zip'
        ? await entryInside(source, facts.size, place.entry, isArchive)
        : { packing, from: 0, end: facts.size, stated: null, entry: '' };
    const { stated } = stretch;
    const input = inputOf(source, stretch);
    const head = await headOf(stretch.packing, input, MAGIC_BYTES, stated?.bytes).catch(
      () => new Uint8Array(0),
    );
    const inner = packingOf(head);
    const packed = { packing, bytes: stretch.end - stretch.from };
    const own = expandedFacts(facts, stretch.entry, 0);
    let from = source;
    let what = stretch;
    if (inner && inner !== 'zip') {
      const outer = await this.#into(filePath, own, packed, from, what);
      await outer.expansion.arrived;
      const { size } = await outer.facts();
      from = outer;
      what = { packing: inner, from: 0, end: size, stated: null, entry: stretch.entry };
    }
    const file = await this.#into(filePath, own, packed, from, what);
    this.#open.set(filePath, { place: { ...place, entry: stretch.entry }, file });
    return file;
  }

  async #into(
    filePath: string,
    facts: FileFacts,
    packed: { readonly packing: Packing; readonly bytes: number },
    source: OpenFile,
    { packing, from, end, stated }: Stretch,
  ): Promise<ExpandingFile> {
    const { expander, limit } = this.#options;
    const { target, forget } = await this.#makeTarget();
    const free = (await this.#real.freeBytes(this.#options.folder)) - LEFT_FREE_BYTES;
    const request: ExpandRequest = {
      source: source.descriptor,
      target: target.descriptor,
      packing,
      from,
      end,
      stated,
      bytesMax: Math.max(0, limit === 'usual' ? Math.min(USUAL_BYTES_MAX, free) : free),
      timesMax: limit === 'usual' ? USUAL_TIMES_MAX : Number.MAX_SAFE_INTEGER,
    };
    return new ExpandingFile({
      ...{ path: filePath, facts, packed, source, target },
      ...{ request, expander, forget },
    });
  }

  /** A new file that loses its name at once, where that can be. */
  async #makeTarget(): Promise<{
    readonly target: OpenFile;
    readonly forget: () => Promise<void>;
  }> {
    const { folder } = this.#options;
    await this.#real.createFolder(folder);
    await this.#sweep();
    const name = path.join(folder, `${process.pid}-${randomUUID()}`);
    const target = await this.#real.create(name, 0o600);
    if (!target) throw new MailboxError('IO', { path: name });
    const remove = (): Promise<void> => this.#real.remove(name).catch(() => undefined);
    await remove();
    return { target, forget: remove };
  }

  /** Takes away what processes that are no more have left. */
  async #sweep(): Promise<void> {
    const { folder } = this.#options;
    for (const name of await this.#real.names(folder)) {
      const owner = /^(\d+)-[0-9a-f-]{36}$/.exec(name)?.[1];
      if (owner === undefined || isAlive(Number(owner))) continue;
      await this.#real.remove(path.join(folder, name)).catch(() => undefined);
    }
  }

  async #facts(filePath: string): Promise<FileFacts | null> {
    const open = this.#open.get(filePath);
    if (open) {
      const facts = await this.#real.facts(open.place.file);
      if (!facts) return null;
      const bytes = open.file.expandedBytes;
      return expandedFacts(facts, open.place.entry, bytes);
    }
    const facts = await this.#real.facts(filePath);
    if (facts) return facts;
    const place = await placeOf(this.#real, filePath);
    const zip = place.entry === '' ? null : await this.#real.facts(place.file);
    return zip && place.exists ? expandedFacts(zip, place.entry, 0) : null;
  }

  async #resolve(filePath: string): Promise<string> {
    const place = await placeOf(this.#real, filePath);
    const file = await this.#real.resolve(place.file);
    return place.entry === '' ? file : path.join(file, place.entry);
  }
}

const inputOf = (file: OpenFile, { from, end }: Stretch): Input =>
  new Input(sourceOf(file.descriptor), from, end);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}
