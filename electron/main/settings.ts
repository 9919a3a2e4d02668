/**
 * What the app remembers between starts: recent archives, saved searches and the size of its window. One JSON file
 * in the user's config folder, checked against its schema when read; whatever does not fit is
 * forgotten, never an error. How a person likes to read is beside it. Written whole to a new file, then renamed: it is ours alone.
 */

import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { RecentArchive } from '../../shared/bridge.ts';
import {
  READER_SETTINGS_USUAL,
  type ReaderSettings,
  readerSettingsSchema,
} from '../../shared/reader-contract.ts';
import { type SavedSearch, savedSearchesSchema } from '../../shared/saved-search.ts';

const RECENT_MAX = 12;

const schema = z.object({
  recent: z.array(z.object({ path: z.string(), name: z.string(), opened: z.number() })).catch([]),
  window: z
    .object({ width: z.number().min(400), height: z.number().min(300), maximized: z.boolean() })
    .catch({ width: 1280, height: 800, maximized: false }),
  indexTexts: z.boolean().catch(false),
  reader: readerSettingsSchema.catch(READER_SETTINGS_USUAL),
  searches: savedSearchesSchema.catch([]),
});
type Remembered = z.infer<typeof schema>;

export class Settings {
  readonly #file: string;
  #remembered: Remembered;

  constructor(folder: string) {
    this.#file = path.join(folder, 'settings.json');
    this.#remembered = schema.parse(this.#read());
  }

  get recent(): readonly RecentArchive[] {
    return this.#remembered.recent;
  }

  get window(): Remembered['window'] {
    return this.#remembered.window;
  }

  get reader(): ReaderSettings {
    return this.#remembered.reader;
  }

  /** Whether the texts of archives are indexed without being asked. */
  get indexTexts(): boolean {
    return this.#remembered.indexTexts;
  }

  rememberIndexTexts(indexTexts: boolean): void {
    this.#write({ indexTexts });
  }

  rememberReader(reader: ReaderSettings): void {
    this.#write({ reader });
  }

  get searches(): readonly SavedSearch[] {
    return this.#remembered.searches;
  }

  rememberSearches(searches: SavedSearch[]): void {
    this.#write({ searches });
  }

  rememberArchive(archivePath: string): void {
    const others = this.recent.filter((archive) => archive.path !== archivePath);
    const opened = { path: archivePath, name: path.basename(archivePath), opened: Date.now() };
    this.#write({ recent: [opened, ...others].slice(0, RECENT_MAX) });
  }

  rememberWindow(window: Remembered['window']): void {
    this.#write({ window });
  }

  #read(): unknown {
    try {
      const value: unknown = JSON.parse(readFileSync(this.#file, 'utf8'));
      return typeof value === 'object' && value !== null ? value : {};
    } catch {
      return {};
    }
  }

  /** A full or read-only disk costs the memory of this change, nothing else. */
  #write(change: Partial<Readonly<Remembered>>): void {
    this.#remembered = { ...this.#remembered, ...change };
    try {
      mkdirSync(path.dirname(this.#file), { recursive: true });
      writeFileSync(`${this.#file}.new`, JSON.stringify(this.#remembered, null, 2));
      renameSync(`${this.#file}.new`, this.#file);
    } catch (error) {
      console.warn('settings not saved:', error);
    }
  }
}
