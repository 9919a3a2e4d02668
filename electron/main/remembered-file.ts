/**
 * A small JSON file of the app's own: read when the app starts, checked against its schema, written
 * whole to a new file and renamed. What does not fit is forgotten, never an error. One that cannot be
 * read is set aside under another name; one that a newer Mailkeep wrote is left as it is. Where nothing
 * can be written, what is remembered holds until the app ends.
 */

import { copyFileSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { closeSync, fsyncSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { renameOverNow } from '../../shared/renaming.ts';
import { makeFolderNow } from './make-folder.ts';

const VERSION = 1;
const versioned = z.looseObject({ version: z.number().default(VERSION) });

export type Trouble = 'none' | 'damaged' | 'newer' | 'unsaved';

export class RememberedFile<Value extends object> {
  readonly #file: string;
  #value: Value;
  /** What was wrong with it when the app started: to be told however it fares afterwards. */
  #found: 'none' | 'damaged' | 'newer' = 'none';
  #written: 'none' | 'unsaved' = 'none';

  /** @param parse makes the best of anything, an empty object among it */
  constructor(file: string, parse: (found: unknown) => Value) {
    this.#file = file;
    this.#value = parse(this.#read());
  }

  get value(): Value {
    return this.#value;
  }

  /** What is wrong with the file, or was when the app started. */
  get trouble(): Trouble {
    return this.#written === 'none' ? this.#found : this.#written;
  }

  /** A full or read-only disk costs the memory of this change, nothing else. */
  change(change: Partial<Value>): void {
    this.#value = { ...this.#value, ...change };
    if (this.#found === 'newer') return;
    const fresh = `${this.#file}.new`;
    try {
      makeFolderNow(path.dirname(this.#file));
      const file = openSync(fresh, 'w', 0o600);
      try {
        writeFileSync(file, JSON.stringify({ version: VERSION, ...this.#value }, null, 2));
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameOverNow(() => renameSync(fresh, this.#file), process.platform, standStill);
      this.#written = 'none';
    } catch {
      this.#written = 'unsaved';
      rmQuietly(fresh);
    }
  }

  #read(): unknown {
    let text: string;
    try {
      text = readFileSync(this.#file, 'utf8');
    } catch {
      return {};
    }
    try {
      const found = versioned.parse(JSON.parse(text));
      if (found.version > VERSION) this.#found = 'newer';
      return found;
    } catch {
      this.#found = 'damaged';
      this.#setAside();
      return {};
    }
  }

  #setAside(): void {
    try {
      copyFileSync(this.#file, `${this.#file}.damaged`);
    } catch {
      // Nothing can be written: then the file stays as it is, too.
    }
  }
}

/** Holds the process up for so many milliseconds. */
function standStill(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function rmQuietly(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // A disk that cannot be written has no such file.
  }
}
