/**
 * What is open in which window, so that the next start can go on from there: archives by path, the one
 * in front, how each was looked at. Written with every change, so that a crash loses nothing of it.
 *
 * It is the session of the windows that were open last: a window that is closed leaves it, unless it is
 * the last one, with which the app ends.
 */

import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { WebContents } from 'electron';
import { z } from 'zod';
import { type ArchiveView, archiveViewSchema } from '../../shared/preferences.ts';
import { RememberedFile, type Trouble } from './remembered-file.ts';

const WINDOWS_MAX = 20;
const ARCHIVES_MAX = 200;
/** Archives whose view is known, open or not. */
const VIEWS_MAX = 500;

const windowSchema = z.object({
  archives: z.array(z.string()).max(ARCHIVES_MAX),
  active: z.string().nullable(),
});
/** Archives of one window, and the one in front. */
export type WindowSession = Readonly<z.infer<typeof windowSchema>>;

const schema = z.object({
  windows: z.array(windowSchema).max(WINDOWS_MAX).catch([]),
  views: z.array(z.tuple([z.string(), archiveViewSchema])).catch([]),
});
type Stored = z.infer<typeof schema>;

const EMPTY: WindowSession = { archives: [], active: null };

export class Session {
  readonly #file: RememberedFile<Stored>;
  /** As it was when the app started. */
  readonly last: readonly WindowSession[];
  readonly #windows = new Map<WebContents, WindowSession>();
  readonly #views: Map<string, ArchiveView>;

  constructor(folder: string) {
    this.#file = new RememberedFile(path.join(folder, 'session.json'), (found) =>
      schema.parse(found),
    );
    this.last = this.#file.value.windows.filter(({ archives }) => archives.length > 0);
    this.#views = new Map(this.#file.value.views);
  }

  get trouble(): Trouble {
    return this.#file.trouble;
  }

  /** Settles when what was changed is in the file, or cannot be. */
  get written(): Promise<void> {
    return this.#file.written;
  }

  /** How an archive was looked at the last time; null if it was not. */
  viewOf(archivePath: string): ArchiveView | null {
    return this.#views.get(archivePath) ?? null;
  }

  looked(archivePath: string, view: ArchiveView): void {
    // The one that was looked at last comes last.
    this.#views.delete(archivePath);
    this.#views.set(archivePath, view);
    this.#save();
  }

  opened(contents: WebContents, archivePath: string): void {
    const { archives } = this.#of(contents);
    const all = archives.includes(archivePath) ? archives : [...archives, archivePath];
    this.#set(contents, { archives: all, active: archivePath });
  }

  /** What is open in a window: to be opened again when its process is gone. */
  of(contents: WebContents): WindowSession {
    return this.#of(contents);
  }

  /** A window of the last session is open again. */
  adopt(contents: WebContents, session: WindowSession): void {
    this.#set(contents, session);
  }

  inFront(contents: WebContents, archivePath: string): void {
    this.#set(contents, { ...this.#of(contents), active: archivePath });
  }

  closed(contents: WebContents, archivePath: string): void {
    const { archives, active } = this.#of(contents);
    const left = archives.filter((one) => one !== archivePath);
    this.#set(contents, { archives: left, active: active === archivePath ? null : active });
  }

  /** A window is gone; the last one's archives are what the next start opens. */
  windowClosed(contents: WebContents): void {
    if (this.#windows.size <= 1) return;
    this.#windows.delete(contents);
    this.#save();
  }

  #of(contents: WebContents): WindowSession {
    return this.#windows.get(contents) ?? EMPTY;
  }

  #set(contents: WebContents, session: WindowSession): void {
    // Windows that are gone made room for this one.
    for (const other of this.#windows.keys()) if (other.isDestroyed()) this.#windows.delete(other);
    // A page tells what is in front whenever it draws it: what is known need not be written again.
    if (isDeepStrictEqual(this.#windows.get(contents), session)) return;
    this.#windows.set(contents, session);
    this.#save();
  }

  #save(): void {
    this.#file.change({
      windows: [...this.#windows.values()].slice(0, WINDOWS_MAX),
      views: [...this.#views].slice(-VIEWS_MAX),
    });
  }
}
