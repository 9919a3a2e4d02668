/**
 * The library: which folders and files are in it, and which archives were found in them. Looking through
 * a folder is a finder's work, a process of its own for each, one after the other; here is only where
 * archives lie. Nothing here changes a file that is not ours.
 */

import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { WebContents } from 'electron';
import { type ErrorValue, MailboxError } from '../../shared/errors.ts';
import type { FoundArchive, Omitted } from '../../shared/found-archive.ts';
import {
  type KeptPlace,
  type LibraryEvent,
  type LibraryPlace,
  type Looking,
  OMITTED_MAX,
  PLACES_MAX,
} from '../../shared/library.ts';
import { archiveId } from '../../shared/units.ts';
import { Finder } from '../engine/finding/launch.ts';
import type { RequestHandlers } from './bridge.ts';
import { chooseFolder } from './dialogs.ts';
import { LibraryFile } from './library-file.ts';
import { isThere } from './there.ts';
import { say } from '../../shared/language/say.ts';

type Handlers = Pick<
  RequestHandlers,
  | 'openFolder'
  | 'library'
  | 'openFromLibrary'
  | 'keepInLibrary'
  | 'removeFromLibrary'
  | 'lookAgain'
  | 'stopLooking'
>;

export interface LibraryOptions {
  /** Of the built finder process. */
  readonly entry: string;
  /** Of the user's settings. */
  readonly folder: string;
  readonly catalogFolder: string;
  /** Folders of our own, which are not looked into. */
  readonly leaveOut: readonly string[];
  readonly tell: (contents: WebContents, event: LibraryEvent) => void;
  readonly windows: () => readonly WebContents[];
  readonly open: (archivePath: string, contents: WebContents) => void;
  /** An open archive, as its engine told of it; null if it is not open. */
  readonly facts: (id: ReturnType<typeof archiveId>) => FoundArchive | null;
}

/** Windows are told of a growing place no more often than this. */
const TELL_EVERY_MS = 250;
/** Whether archives are still there is looked at no more often than this. */
const LOOK_EVERY_MS = 10_000;

/** A place that is looked through, and what was found so far. */
interface Search {
  readonly finder: Finder;
  readonly archives: FoundArchive[];
  readonly omitted: Omitted[];
  told: number;
}

export class Library {
  readonly #options: LibraryOptions;
  readonly #file: LibraryFile;
  readonly #places = new Map<string, LibraryPlace>();
  readonly #searches = new Map<string, Search>();
  /** Places that wait for their turn to be looked through. */
  readonly #queue: string[] = [];
  readonly #read: Promise<void>;
  #lookedAt = 0;

  constructor(options: LibraryOptions) {
    this.#options = options;
    this.#file = new LibraryFile(options.folder);
    this.#read = this.#file.read().then((kept) => {
      for (const place of kept) {
        this.#places.set(place.path, { ...place, looking: null, gone: [], error: null });
      }
    });
  }

  /** Takes folders into the library and looks through them; one that is there is looked through again. */
  async add(folders: readonly string[]): Promise<void> {
    await this.#read;
    for (const folder of folders) {
      if (!this.#places.has(folder)) {
        if (this.#places.size >= PLACES_MAX) throw new MailboxError('MISUSE', { path: folder });
        const name = path.basename(folder) || folder;
        const found = { looked: null, archives: [], omitted: [] };
        const now = { looking: null, gone: [], error: null };
        this.#set({ path: folder, name, kind: 'folder', ...found, ...now });
      }
      this.#look(folder);
    }
  }

  /** Looks whether archives are still where they were, unless that was just looked at. */
  async lookWhatIsGone(): Promise<void> {
    await this.#read;
    if (Date.now() - this.#lookedAt < LOOK_EVERY_MS) return;
    this.#lookedAt = Date.now();
    for (const { path: of, archives } of [...this.#places.values()]) {
      const gone: string[] = [];
      for (const archive of archives) if (!(await isThere(archive.path))) gone.push(archive.path);
      const place = this.#places.get(of);
      if (place?.archives !== archives || gone.join('\n') === place.gone.join('\n')) continue;
      this.#set({ ...place, gone });
    }
  }

  /** Whether an archive is in the library: windows may name no other path. */
  has(archivePath: string): boolean {
    return [...this.#places.values()].some(({ archives }) =>
      archives.some((archive) => archive.path === archivePath),
    );
  }

  /** Ends all looking; settles when what is to be remembered is. */
  async close(): Promise<void> {
    for (const { finder } of this.#searches.values()) finder.stop();
    await this.#file.kept;
  }

  handlers(): Handlers {
    const { tell } = this.#options;
    return {
      openFolder: async (contents) => {
        const folder = await chooseFolder(
          contents,
          say('dialog.openFolder'),
          say('dialog.findArchives'),
        );
        if (folder !== null) await this.add([folder]);
      },
      library: async (contents) => {
        await this.#read;
        // As events, so that none overtakes another.
        for (const place of this.#places.values()) tell(contents, { event: 'place', place });
        void this.lookWhatIsGone();
      },
      openFromLibrary: (contents, archivePath) => {
        if (!this.has(archivePath)) throw new MailboxError('MISUSE', { path: archivePath });
        this.#options.open(archivePath, contents);
      },
      keepInLibrary: (_contents, id) => this.#keep(this.#options.facts(archiveId(id))),
      removeFromLibrary: (_contents, of) => this.#remove(of),
      lookAgain: (_contents, of) => this.#look(of),
      stopLooking: (_contents, of) => this.#stop(of),
    };
  }

  /** A file that is opened already comes into the library by itself. */
  #keep(archive: FoundArchive | null): void {
    if (!archive || this.has(archive.path)) return;
    const { path: file, name } = archive;
    const found = { looked: Date.now(), archives: [archive], omitted: [] };
    this.#set({ path: file, name, kind: 'file', ...found, looking: null, gone: [], error: null });
  }

  #remove(of: string): void {
    this.#stop(of);
    if (!this.#places.delete(of)) return;
    this.#tellAll({ event: 'removed', path: of });
    this.#remember();
  }

  #look(of: string): void {
    const place = this.#places.get(of);
    if (!place || place.looking) return;
    if (place.kind === 'file') {
      this.#lookedAt = 0;
      void this.lookWhatIsGone();
      return;
    }
    this.#queue.push(of);
    this.#set({ ...place, looking: { folder: of, files: 0 }, error: null });
    this.#next();
  }

  /** Stops looking; what was found so far is kept beside what was known. */
  #stop(of: string): void {
    const at = this.#queue.indexOf(of);
    if (at >= 0) this.#queue.splice(at, 1);
    const search = this.#searches.get(of);
    search?.finder.stop();
    this.#searches.delete(of);
    const place = this.#places.get(of);
    if (!place?.looking) return;
    const { archives, omitted } = together(place, search);
    this.#set({ ...place, archives, omitted, looking: null });
    this.#next();
  }

  /** One disk is looked through by one process at a time. */
  #next(): void {
    if (this.#searches.size > 0) return;
    const of = this.#queue.shift();
    if (of === undefined) return;
    const { entry, catalogFolder, leaveOut } = this.#options;
    const finder = new Finder(entry, { folder: of, catalogFolder, leaveOut }, (told) => {
      const search = this.#searches.get(of);
      if (search?.finder !== finder) return;
      if (told.tell === 'over') this.#over(of, search, told.error);
      else if (told.tell === 'omitted') {
        if (search.omitted.length < OMITTED_MAX) search.omitted.push(told.omitted);
      } else {
        search.archives.push(...told.archives);
        this.#progress(of, search, { folder: told.folder, files: told.files });
      }
    });
    this.#searches.set(of, { finder, archives: [], omitted: [], told: 0 });
  }

  /** What is found is shown beside what was known before, until all has been looked at. */
  #progress(of: string, search: Search, looking: Looking): void {
    const place = this.#places.get(of);
    if (!place || performance.now() - search.told < TELL_EVERY_MS) return;
    search.told = performance.now();
    const { archives } = together(place, search);
    this.#show({ ...place, archives, looking });
  }

  #over(of: string, search: Search, error: ErrorValue | null): void {
    this.#searches.delete(of);
    const place = this.#places.get(of);
    if (place) {
      // A folder that cannot be looked into now, as on a disk that is not there, is not forgotten.
      const found = error
        ? { gone: place.archives.map(({ path: archive }) => archive) }
        : { archives: search.archives, omitted: search.omitted, gone: [], looked: Date.now() };
      this.#set({ ...place, ...found, looking: null, error });
    }
    this.#next();
  }

  #set(place: LibraryPlace): void {
    this.#show(place);
    this.#remember();
  }

  #show(place: LibraryPlace): void {
    this.#places.set(place.path, place);
    this.#tellAll({ event: 'place', place });
  }

  #tellAll(event: LibraryEvent): void {
    for (const contents of this.#options.windows()) this.#options.tell(contents, event);
  }

  #remember(): void {
    this.#file.keep([...this.#places.values()].map(keptOf));
  }
}

function keptOf({
  looking: _looking,
  gone: _gone,
  error: _error,
  ...kept
}: LibraryPlace): KeptPlace {
  return kept;
}

/** What was known before, and what a search has found up to now in its place. */
function together(
  { archives, omitted }: LibraryPlace,
  search: Search | undefined,
): Pick<LibraryPlace, 'archives' | 'omitted'> {
  if (!search) return { archives, omitted };
  const found = new Map(search.archives.map((archive) => [archive.path, archive]));
  const others = archives.filter(({ path: known }) => !found.has(known));
  return { archives: [...search.archives, ...others], omitted: search.omitted };
}

/** Of what a person gave to open: folders to be looked through, and archives. */
export async function sortedOut(
  given: readonly string[],
): Promise<{ readonly folders: readonly string[]; readonly files: readonly string[] }> {
  const folders: string[] = [];
  const files: string[] = [];
  for (const one of given) ((await isFolderOfFiles(one)) ? folders : files).push(path.resolve(one));
  return { folders, files };
}

/** A folder `X.mbox` that Apple Mail exported is itself an archive; one that holds none is told so. */
async function isFolderOfFiles(given: string): Promise<boolean> {
  if (/\.mbox[/\\]*$/i.test(given)) return false;
  return (await stat(given).catch(() => null))?.isDirectory() ?? false;
}
