/**
 * What the app remembers between starts besides its session: recent archives, saved searches, how a
 * person likes to read, what they have chosen, and where its window stood. One file in the user's config
 * folder (`remembered-file.ts`).
 */

import path from 'node:path';
import { z } from 'zod';
import type { RecentArchive } from '../../shared/bridge.ts';
import {
  COLUMN_WIDTHS_USUAL,
  columnWidthsSchema,
  PANES_USUAL,
  type Panes,
  panesSchema,
  PREFERENCES_USUAL,
  type Preferences,
  preferencesSchema,
} from '../../shared/preferences.ts';
import {
  READER_SETTINGS_USUAL,
  type ReaderSettings,
  readerSettingsSchema,
} from '../../shared/reader-contract.ts';
import { type SavedSearch, savedSearchesSchema } from '../../shared/saved-search.ts';
import { RememberedFile, type Trouble } from './remembered-file.ts';

const RECENT_MAX = 12;

const schema = z.object({
  recent: z.array(z.object({ path: z.string(), name: z.string(), opened: z.number() })).catch([]),
  window: z
    .object({
      x: z.number().optional(),
      y: z.number().optional(),
      width: z.number().min(400),
      height: z.number().min(300),
      maximized: z.boolean(),
    })
    .catch({ width: 1280, height: 800, maximized: false }),
  indexTexts: z.boolean().catch(false),
  reader: readerSettingsSchema.catch(READER_SETTINGS_USUAL),
  searches: savedSearchesSchema.catch([]),
  preferences: preferencesSchema.catch(PREFERENCES_USUAL),
  panes: panesSchema
    // A file from before columns could be sized keeps the rest.
    .extend({ columns: columnWidthsSchema.catch(COLUMN_WIDTHS_USUAL) })
    .catch(PANES_USUAL),
});
type Remembered = z.infer<typeof schema>;
export type WindowPlace = Readonly<Remembered['window']>;

export class Settings {
  readonly #file: RememberedFile<Remembered>;

  constructor(folder: string) {
    this.#file = new RememberedFile(path.join(folder, 'settings.json'), (found) =>
      schema.parse(found),
    );
  }

  get trouble(): Trouble {
    return this.#file.trouble;
  }

  /** Settles when what was changed is in the file, or cannot be. */
  get written(): Promise<void> {
    return this.#file.written;
  }

  get recent(): readonly RecentArchive[] {
    return this.#file.value.recent;
  }

  get window(): WindowPlace {
    return this.#file.value.window;
  }

  get reader(): ReaderSettings {
    return this.#file.value.reader;
  }

  /** Whether the texts of archives are indexed without being asked. */
  get indexTexts(): boolean {
    return this.#file.value.indexTexts;
  }

  rememberIndexTexts(indexTexts: boolean): void {
    this.#file.change({ indexTexts });
  }

  get searches(): readonly SavedSearch[] {
    return this.#file.value.searches;
  }

  get preferences(): Preferences {
    return this.#file.value.preferences;
  }

  get panes(): Panes {
    return this.#file.value.panes;
  }

  rememberReader(reader: ReaderSettings): void {
    this.#file.change({ reader });
  }

  rememberSearches(searches: SavedSearch[]): void {
    this.#file.change({ searches });
  }

  rememberPreferences(preferences: Preferences): void {
    this.#file.change({ preferences: { ...preferences, explained: [...preferences.explained] } });
  }

  rememberPanes(panes: Panes): void {
    this.#file.change({ panes });
  }

  rememberArchive(archivePath: string): void {
    const others = this.recent.filter((archive) => archive.path !== archivePath);
    const opened = { path: archivePath, name: path.basename(archivePath), opened: Date.now() };
    this.#file.change({ recent: [opened, ...others].slice(0, RECENT_MAX) });
  }

  forgetRecent(): void {
    this.#file.change({ recent: [] });
  }

  rememberWindow(window: WindowPlace): void {
    this.#file.change({ window });
  }
}
