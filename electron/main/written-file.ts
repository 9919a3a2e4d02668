/**
 * Writes a small file of the app's own: whole to a new file, synced, then renamed. Nobody waits for the disk,
 * which may take seconds where others write to it: main is what every window's input and drawing go through.
 */

import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { renameOver } from '../../shared/renaming.ts';
import { makeFolderNow } from './make-folder.ts';

export class WrittenFile {
  readonly #file: string;
  #writing: Promise<void> = Promise.resolve();
  #waiting: string | null = null;
  #failure: unknown = null;

  constructor(file: string) {
    this.#file = file;
  }

  /** The file holds this soon; of several texts that come while one is written, the last one counts. */
  write(text: string): void {
    const idle = this.#waiting === null;
    this.#waiting = text;
    if (idle) this.#writing = this.#writing.then(() => this.#write());
  }

  /** Settles when what was to be written is written, or could not be. Never fails. */
  get written(): Promise<void> {
    return this.#writing;
  }

  /** Why what came last could not be written; null if it was, or nothing has come yet. */
  get failure(): unknown {
    return this.#failure;
  }

  async #write(): Promise<void> {
    const text = this.#waiting;
    this.#waiting = null;
    if (text === null) return;
    const fresh = `${this.#file}.new`;
    try {
      makeFolderNow(path.dirname(this.#file));
      await writeSynced(fresh, text);
      await renameOver(() => rename(fresh, this.#file), process.platform, pause);
      this.#failure = null;
    } catch (failure) {
      this.#failure = failure;
      console.warn(`${path.basename(this.#file)} not saved:`, failure);
      // A disk that cannot be written has no such file.
      await rm(fresh, { force: true }).catch(() => undefined);
    }
  }
}

async function writeSynced(file: string, text: string): Promise<void> {
  const opened = await open(file, 'w', 0o600);
  try {
    await opened.writeFile(text);
    await opened.sync();
  } finally {
    await opened.close();
  }
}
