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
import { mkdir, open, readdir, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { debuglog } from 'node:util';
import { DatabaseError } from './database.ts';
import { headIn, readStored, type Stored, saveStored } from './saved-catalog.ts';

/** All catalogs together take no more than this. */
export const BYTES_MAX = 2 * 1024 ** 3;

const ENDING = '.catalog';

/** Which file an archive is. */
export interface ArchiveMark {
  readonly device: bigint;
  readonly inode: bigint;
}

/** What happened here is told to who asks for it: NODE_DEBUG=mailkeep-catalog. */
const log = debuglog('mailkeep-catalog');

const fileNameOf = ({ device, inode }: ArchiveMark): string =>
  createHash('sha256').update(`${device}:${inode}`).digest('hex').slice(0, 32) + ENDING;

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

  /** The facts that were saved of an archive, without its columns; null if there are none. Never fails. */
  facts(mark: ArchiveMark): string | null {
    const file = this.#fileOf(mark);
    if (!existsSync(file)) return null;
    try {
      return headIn(file)?.facts ?? null;
    } catch (error) {
      log('%s: %s', file, error);
      return null;
    }
  }

  /** It was used: others go before it. */
  async used(mark: ArchiveMark): Promise<void> {
    const now = new Date();
    await utimes(this.#fileOf(mark), now, now).catch(() => undefined);
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
    return path.join(this.#folder, fileNameOf(mark));
  }

  /** Mail is nobody else's business: SQLite would let others read it. */
  async #makeFile(file: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
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
    for (const name of [`${file}-journal`, file]) {
      await rm(name, { force: true }).catch(() => undefined);
    }
  }

  async #keepWithinBound(own: string): Promise<void> {
    const all = await this.#catalogs();
    let bytes = all.reduce((sum, one) => sum + one.bytes, 0);
    if (bytes <= this.#bytesMax) return;
    const others = all.filter(({ file }) => file !== own);
    const ranked = await Promise.all(
      others.map(async (one) => ({ ...one, lost: await isArchiveGone(one.file) })),
    );
    ranked.sort((one, other) => Number(other.lost) - Number(one.lost) || one.usedMs - other.usedMs);
    for (const { file, bytes: freed } of ranked) {
      if (bytes <= this.#bytesMax) return;
      log('let go %s', file);
      await this.#remove(file);
      bytes -= freed;
    }
  }

  async #catalogs(): Promise<readonly { file: string; bytes: number; usedMs: number }[]> {
    const names = (await readdir(this.#folder)).filter((name) => name.endsWith(ENDING));
    const all = names.map(async (name) => {
      const file = path.join(this.#folder, name);
      const facts = await stat(file).catch(() => null);
      return facts ? [{ file, bytes: facts.size, usedMs: facts.mtimeMs }] : [];
    });
    return (await Promise.all(all)).flat();
  }
}

/** True if the path of the archive names no file any more, or another one. */
async function isArchiveGone(file: string): Promise<boolean> {
  try {
    const archive = headIn(file)?.archive;
    if (archive === undefined) return true;
    const { dev, ino } = await stat(archive, { bigint: true });
    return fileNameOf({ device: dev, inode: ino }) !== path.basename(file);
  } catch (error) {
    return !(error instanceof DatabaseError && error.reason === 'busy');
  }
}
