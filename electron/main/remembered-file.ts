/**
 * A small JSON file of the app's own: read when the app starts, checked against its schema, written
 * whole a moment after each change (`written-file.ts`). What does not fit is forgotten, never an error.
 * One that cannot be read is set aside under another name; one that a newer Mailkeep wrote is left as it
 * is. Where nothing can be written, what is remembered holds until the app ends.
 */

import { copyFileSync, readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { WrittenFile } from './written-file.ts';

const VERSION = 1;
const versioned = z.looseObject({ version: z.number().default(VERSION) });

export type Trouble = 'none' | 'damaged' | 'newer' | 'unsaved';

export class RememberedFile<Value extends object> {
  readonly #file: string;
  readonly #output: WrittenFile;
  #value: Value;
  /** What was wrong with it when the app started: to be told however it fares afterwards. */
  #found: 'none' | 'damaged' | 'newer' = 'none';

  /** @param parse makes the best of anything, an empty object among it */
  constructor(file: string, parse: (found: unknown) => Value) {
    this.#file = file;
    this.#output = new WrittenFile(file);
    this.#value = parse(this.#read());
  }

  get value(): Value {
    return this.#value;
  }

  /** What is wrong with the file, or was when the app started. What came just now may still be written. */
  get trouble(): Trouble {
    return this.#output.failure === null ? this.#found : 'unsaved';
  }

  /** Settles when what was changed is written, or cannot be. */
  get written(): Promise<void> {
    return this.#output.written;
  }

  /** A full or read-only disk costs the memory of this change, nothing else. */
  change(change: Partial<Value>): void {
    const value = { ...this.#value, ...change };
    if (this.#output.failure === null && isDeepStrictEqual(value, this.#value)) return;
    this.#value = value;
    if (this.#found === 'newer') return;
    this.#output.write(JSON.stringify({ version: VERSION, ...value }, null, 2));
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
