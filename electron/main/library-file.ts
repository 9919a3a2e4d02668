/**
 * What is remembered of the library between starts: one JSON file in the user's config folder, checked
 * against its schema when read. A place that does not fit is forgotten, never an error; a file that does
 * not is set aside (`written-file.ts` writes it: it is ours alone).
 */

import { copyFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type KeptPlace, keptPlaceSchema, PLACES_MAX } from '../../shared/library.ts';
import { WrittenFile } from './written-file.ts';

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export class LibraryFile {
  readonly #file: string;
  readonly #output: WrittenFile;

  /** @param folder of the user's settings */
  constructor(folder: string) {
    this.#file = path.join(folder, 'library.json');
    this.#output = new WrittenFile(this.#file);
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
    this.#output.write(JSON.stringify(places));
  }

  /** Settles when what was to be kept is kept. */
  get kept(): Promise<void> {
    return this.#output.written;
  }
}
