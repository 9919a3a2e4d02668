/**
 * What is remembered of the library between starts: one JSON file in the user's config folder, checked
 * against its schema when read. A place that does not fit is forgotten, never an error; a file that does
 * not is set aside. Written whole to a new file, then renamed: it is ours alone.
 */

import { copyFile, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { renameOver } from '../../shared/renaming.ts';
import { type KeptPlace, keptPlaceSchema, PLACES_MAX } from '../../shared/library.ts';
import { makeFolderNow } from './make-folder.ts';

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export class LibraryFile {
  readonly #file: string;
  #writing: Promise<void> = Promise.resolve();
  #waiting: readonly KeptPlace[] | null = null;

  /** @param folder of the user's settings */
  constructor(folder: string) {
    this.#file = path.join(folder, 'library.json');
  }

  /** What was kept last. */
  async read(): Promise<readonly KeptPlace[]> {
    const text = await readFile(this.#file, 'utf8').catch(() => null);
    if (text === null) return [];
    const value = parsed(text);
    if (!Array.isArray(value)) {
      // Torn, or of a newer Mailkeep: what is kept next must not be all that is left.
      await copyFile(this.#file, `${this.#file}.damaged`).catch(() => undefined);
      return [];
    }
    const places = value.map((one: unknown) => keptPlaceSchema.safeParse(one));
    return places.flatMap(({ data }) => data ?? []).slice(0, PLACES_MAX);
  }

  /** Keeps these in place of those before. A full or read-only disk costs the memory, nothing else. */
  keep(places: readonly KeptPlace[]): void {
    // Of several changes that come while one is written, the last one counts.
    const idle = this.#waiting === null;
    this.#waiting = places;
    if (idle) this.#writing = this.#writing.then(() => this.#write());
  }

  /** Settles when what was to be kept is kept. */
  get kept(): Promise<void> {
    return this.#writing;
  }

  async #write(): Promise<void> {
    const places = this.#waiting;
    this.#waiting = null;
    if (!places) return;
    try {
      makeFolderNow(path.dirname(this.#file));
      await writeFile(`${this.#file}.new`, JSON.stringify(places), { mode: 0o600 });
      await renameOver(() => rename(`${this.#file}.new`, this.#file), process.platform, pause);
    } catch (error) {
      console.warn('library not saved:', error);
    }
  }
}
