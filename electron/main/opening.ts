/** What is opened in which window, and when: as soon as its page listens, and at once afterwards. */

import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { WebContents } from 'electron';
import { MailboxError } from '../../shared/errors.ts';
import { archiveId } from '../../shared/units.ts';
import type { Archives } from './archives.ts';
import { chooseArchives } from './dialogs.ts';
import { homeHere } from './folders.ts';
import { type Library, sortedOut } from './library.ts';
import { mailPlaces } from './mail-places.ts';
import { pathInside } from './path-inside.ts';
import { sampleArchive } from './sample.ts';
import type { Session, WindowSession } from './session.ts';
import type { Settings } from './settings.ts';

/** Files to open in a window, and which of them is in front then; null for the last. */
export interface ToOpen {
  readonly files: readonly string[];
  readonly front: string | null;
}

export const NOTHING: ToOpen = { files: [], front: null };

/** What was open in a window is opened as it was. */
export const asItWas = ({ archives, active }: WindowSession): ToOpen => ({
  files: archives,
  front: active,
});

interface Doors {
  readonly archives: Archives;
  readonly library: Library;
  readonly session: Session;
  readonly settings: Settings;
}

export class Opening {
  readonly #archives: Archives;
  readonly #library: Library;
  readonly #session: Session;
  readonly #settings: Settings;
  /** What is opened in a window as soon as its page listens. */
  readonly #waiting = new Map<WebContents, ToOpen>();

  constructor({ archives, library, session, settings }: Doors) {
    this.#archives = archives;
    this.#library = library;
    this.#session = session;
    this.#settings = settings;
  }

  /** Opens this in a window as soon as its page listens. */
  whenReady(contents: WebContents, toOpen: ToOpen): void {
    this.#waiting.set(contents, toOpen);
  }

  /** The process of a window is gone: what was open in it, or was to be, is opened when its page listens. */
  again(contents: WebContents): void {
    const open = asItWas(this.#session.of(contents));
    const early = this.#waiting.get(contents) ?? open;
    const files = [...new Set([...open.files, ...early.files])];
    this.whenReady(contents, { files, front: early.front });
  }

  /** A window is gone. */
  drop(contents: WebContents): void {
    this.#waiting.delete(contents);
  }

  /** Opens files, and keeps folders in the library; both may be among `files`. */
  async openAll(contents: WebContents, files: readonly string[]): Promise<void> {
    if (this.#waits(contents, files)) return;
    const given = await sortedOut(files);
    await this.#library.add(given.folders);
    for (const file of given.files) {
      // Its page may be gone by now: one that does not listen would never hear of this archive.
      if (!this.#waits(contents, [file])) await this.open(contents, path.resolve(file));
    }
  }

  /** Whether the page of a window does not listen yet: then these are opened as soon as it does. */
  #waits(contents: WebContents, files: readonly string[]): boolean {
    const early = this.#waiting.get(contents);
    if (early) this.whenReady(contents, { files: [...early.files, ...files], front: null });
    return early !== undefined;
  }

  /** The page of a window listens. */
  async openWaiting(contents: WebContents): Promise<void> {
    const { files, front } = this.#waiting.get(contents) ?? NOTHING;
    this.#waiting.delete(contents);
    this.#archives.prepareAtRest();
    await this.openAll(contents, files);
    // One that could not be opened comes to the front, too, and is not tried once more for that.
    if (front !== null) this.#archives.bringToFront(contents, front);
  }

  open(contents: WebContents, file: string): Promise<void> {
    this.#session.opened(contents, file);
    return this.#archives.open(file, contents);
  }

  /** What the page of a window may ask for. */
  handlers() {
    return {
      openDialog: async (contents: WebContents) => {
        this.#archives.prepare();
        void this.openAll(contents, await chooseArchives(contents));
      },
      mailPlaces: () => mailPlaces(homeHere()),
      openPlace: (contents: WebContents, place: string) => this.#openPlace(contents, place),
      openDropped: (contents: WebContents, files: readonly string[]) =>
        void this.openAll(contents, files),
      openRecent: (contents: WebContents, file: string) => {
        if (!this.#settings.recent.some((archive) => archive.path === file)) {
          throw new MailboxError('MISUSE', { path: file });
        }
        void this.openAll(contents, [file]);
      },
      openSample: async (contents: WebContents) =>
        void this.openAll(contents, [await sampleArchive()]),
      reopen: (_contents: WebContents, id: string) => void this.#archives.reopen(archiveId(id)),
      expandAll: (_contents: WebContents, id: string) =>
        void this.#archives.expandAll(archiveId(id)),
      openEntries: (
        contents: WebContents,
        { archive, entries }: { readonly archive: string; readonly entries: readonly string[] },
      ) => this.#openEntries(contents, archive, entries),
    };
  }

  /** Archives in a ZIP file, instead of the file. */
  async #openEntries(
    contents: WebContents,
    archive: string,
    entries: readonly string[],
  ): Promise<void> {
    const zip = this.#archives.pathOf(archiveId(archive));
    if (zip === null) return;
    const inside = entries.map((entry) => pathInside(zip, entry));
    this.#session.closed(contents, zip);
    await this.#archives.close(archiveId(archive));
    void this.openAll(contents, inside);
  }

  /** @throws MISUSE for any other place than those that are offered */
  async #openPlace(contents: WebContents, place: string): Promise<void> {
    const offered = await mailPlaces(homeHere());
    const found = offered.find((one) => one.path === place);
    if (!found) throw new MailboxError('MISUSE', { path: place });
    const isFolder = (await stat(found.path)).isDirectory();
    if (isFolder) this.#archives.prepare();
    const files = isFolder ? await chooseArchives(contents, found.path) : [found.path];
    await this.openAll(contents, files);
  }
}
