/**
 * The folder of all catalogs, in the user's cache: a file for each archive, named after the archive's
 * device and inode, never beside the archive. Imports this folder and Node's modules; opens no archive.
 *
 * A catalog is a cache. Nothing here fails: what cannot be read, or is damaged, is none, and is made
 * anew; where nothing can be written there is none. All together take no more than a bound: those
 * whose archive is gone go first, then those that were not used for the longest time.
 */

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { debuglog } from 'node:util';
import { makeFolder } from '../../shared/make-folder.ts';
import { DatabaseError } from './database.ts';
import { headIn, readStored, type Stored, type StoredHead, saveStored } from './saved-catalog.ts';
import { piecesFileOf } from './piece-file.ts';
import { archiveOfTexts } from './text-index/text-database.ts';

/** All catalogs together take no more than this. */
export const BYTES_MAX = 2 * 1024 ** 3;

const ENDING = '.catalog';
/** Of its columns. */
const COLUMNS_ENDING = piecesFileOf(ENDING);
/** Of the index of an archive's texts. */
const TEXTS_ENDING = '.texts';

/** Which file an archive is. */
export interface ArchiveMark {
  readonly device: bigint;
  readonly inode: bigint;
}

/** What happened here is told to who asks for it: NODE_DEBUG=mailkeep-catalog. */
const log = debuglog('mailkeep-catalog');

const nameOf = ({ device, inode }: ArchiveMark): string =>
  createHash('sha256').update(`${device}:${inode}`).digest('hex').slice(0, 32);

export class CatalogFolder {
  readonly #folder: string;
  readonly #bytesMax: number;

  constructor(folder: string, bytesMax = BYTES_MAX) {
    this.#folder = folder;
    this.#bytesMax = bytesMax;
  }

  /** What was saved of an archive; null if nothing was, or it cannot be read. Never fails. */
  async read(mark: ArchiveMark): Promise<Stored | null> {
    const file = this.#fileOf(mark);
    // SQLite would make a file.
    if (!existsSync(file)) return null;
    try {
      const stored = await readStored(file);
      log('read %s', file);
      return stored;
    } catch (error) {
      await this.#failed(file, error);
      return null;
    }
  }

  /** What was saved of an archive, without its columns; null if nothing was. Never fails. */
  head(mark: ArchiveMark): StoredHead | null {
    const file = this.#fileOf(mark);
    if (!existsSync(file)) return null;
    try {
      return headIn(file);
    } catch (error) {
      log('%s: %s', file, error);
      return null;
    }
  }

  /** It was used: others go before it. */
  async used(mark: ArchiveMark): Promise<void> {
    const now = new Date();
    for (const file of [this.#fileOf(mark), this.textsFileOf(mark)]) {
      await utimes(file, now, now).catch(() => undefined);
    }
  }

  /**
   * Saves what is known of an archive. Never fails.
   * @param isCurrent false as soon as the columns are no longer what they were
   * @returns whether it was saved
   */
  async save(
    mark: ArchiveMark,
    stored: Stored,
    isCurrent: () => boolean,
  ): Promise<'saved' | 'given up'> {
    const file = this.#fileOf(mark);
    const bytes = [...stored.columns.values()].reduce((sum, column) => sum + column.byteLength, 0);
    if (bytes > this.#bytesMax) return 'given up';
    const save = async (): Promise<'saved' | 'given up' | 'removed'> => {
      try {
        await this.#makeFile(file);
        const how = await saveStored(file, stored, isCurrent);
        log('%s %s', how, file);
        if (how === 'saved') await this.#keepWithinBound(file);
        return how;
      } catch (error) {
        return this.#failed(file, error);
      }
    };
    const first = await save();
    const how = first === 'removed' ? await save() : first;
    return how === 'removed' ? 'given up' : how;
  }

  #fileOf(mark: ArchiveMark): string {
    return path.join(this.#folder, nameOf(mark) + ENDING);
  }

  /** True if there is an index of the archive's texts. */
  async hasTexts(mark: ArchiveMark, archive: string): Promise<boolean> {
    await this.#takeOverTexts(mark, archive);
    return existsSync(this.textsFileOf(mark));
  }

  /** Where the index of an archive's texts is. */
  textsFileOf(mark: ArchiveMark): string {
    return path.join(this.#folder, nameOf(mark) + TEXTS_ENDING);
  }

  /** Makes a file for it, if there is none. @throws if nothing can be written there */
  makeTextsFile(mark: ArchiveMark): Promise<void> {
    return this.#makeFile(this.textsFileOf(mark));
  }

  removeTexts(mark: ArchiveMark): Promise<void> {
    return this.#remove(this.textsFileOf(mark));
  }

  /**
   * The index has grown: what is kept of other archives goes, as when a catalog is saved.
   * @returns false if it has no room within the bound even alone
   */
  async makeRoomForTexts(mark: ArchiveMark): Promise<boolean> {
    const file = this.textsFileOf(mark);
    await this.#keepWithinBound(file).catch((error: unknown) => log('%s: %s', file, error));
    const facts = await stat(file).catch(() => null);
    return (facts?.size ?? 0) <= this.#bytesMax;
  }

  /**
   * Programs that write an archive anew under its old name leave the index of one that is gone: its
   * texts are nearly all those of the new one.
   */
  async #takeOverTexts(mark: ArchiveMark, archive: string): Promise<void> {
    const own = this.textsFileOf(mark);
    if (existsSync(own)) return;
    for (const file of await this.#files(TEXTS_ENDING).catch(() => [])) {
      const isOf = await Promise.resolve(file)
        .then(archiveOfTexts)
        .catch(() => null);
      if (isOf !== archive || !(await isArchiveGone([file]))) continue;
      await rename(file, own).catch((error: unknown) => log('%s: %s', file, error));
      return;
    }
  }

  /** Mail is nobody else's business: SQLite would let others read it. */
  async #makeFile(file: string): Promise<void> {
    await makeFolder(this.#folder, (folder) => mkdir(folder, { mode: 0o700 }));
    if (existsSync(file)) return;
    const made = await open(file, 'a', 0o600);
    await made.close();
  }

  /** A damaged catalog is removed: the next save makes it anew. */
  async #failed(file: string, error: unknown): Promise<'removed' | 'given up'> {
    log('%s: %s', file, error);
    if (error instanceof DatabaseError && error.reason !== 'damaged') return 'given up';
    await this.#remove(file);
    return 'removed';
  }

  async #remove(file: string): Promise<void> {
    for (const name of [`${file}-journal`, piecesFileOf(file), file]) {
      await rm(name, { force: true }).catch(() => undefined);
    }
  }

  /** An archive's catalog and the index of its texts are kept together, and go together. */
  async #keepWithinBound(own: string): Promise<void> {
    const all = await this.#kept();
    let bytes = [...all.values()].reduce((sum, one) => sum + one.bytes, 0);
    if (bytes <= this.#bytesMax) return;
    all.delete(path.parse(own).name);
    const ranked = await Promise.all(
      [...all.values()].map(async (one) => ({ ...one, lost: await isArchiveGone(one.files) })),
    );
    ranked.sort((one, other) => Number(other.lost) - Number(one.lost) || one.usedMs - other.usedMs);
    for (const { files, bytes: freed } of ranked) {
      if (bytes <= this.#bytesMax) return;
      log('let go %s', files.join());
      await Promise.all(files.map((file) => this.#remove(file)));
      bytes -= freed;
    }
  }

  /** What is kept of each archive, by the name that its files have in common. */
  async #kept(): Promise<Map<string, Kept>> {
    const all = new Map<string, Kept>();
    for (const file of await this.#files(ENDING, COLUMNS_ENDING, TEXTS_ENDING)) {
      const facts = await stat(file).catch(() => null);
      if (!facts) continue;
      const { name } = path.parse(file);
      const { files, bytes, usedMs } = all.get(name) ?? { files: [], bytes: 0, usedMs: 0 };
      all.set(name, {
        files: [...files, file],
        bytes: bytes + facts.size,
        usedMs: Math.max(usedMs, facts.mtimeMs),
      });
    }
    return all;
  }

  async #files(...endings: readonly string[]): Promise<readonly string[]> {
    const names = await readdir(this.#folder);
    return names
      .filter((name) => endings.some((ending) => name.endsWith(ending)))
      .map((name) => path.join(this.#folder, name));
  }
}

interface Kept {
  readonly files: readonly string[];
  readonly bytes: number;
  /** When it was used last. */
  readonly usedMs: number;
}

/** True if the path of the archive names no file any more, or another one. */
async function isArchiveGone(files: readonly string[]): Promise<boolean> {
  const file = files.find((one) => !one.endsWith(COLUMNS_ENDING));
  if (file === undefined) return true;
  try {
    const archive = file.endsWith(TEXTS_ENDING) ? archiveOfTexts(file) : headIn(file)?.archive;
    if (archive === null || archive === undefined) return true;
    const { dev, ino } = await stat(archive, { bigint: true });
    return nameOf({ device: dev, inode: ino }) !== path.parse(file).name;
  } catch (error) {
    return !(error instanceof DatabaseError && error.reason === 'busy');
  }
}
