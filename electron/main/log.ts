/**
 * What happened, for those who are asked for help: a small file in the user's own folder. It holds
 * numbers, codes and versions, and nothing of any mail: no subject, no address, no name of a file.
 * What is written here takes no free text from elsewhere, so that it stays so.
 */

import { appendFileSync, readFileSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import type { ErrorCode } from '../../shared/errors.ts';
import { makeFolderNow } from './make-folder.ts';

/** The one before it is kept as well. */
const BYTES_MAX = 512 * 1024;
const LINES_SHOWN = 200;

export type LogEvent =
  | { readonly what: 'start'; readonly version: string; readonly restored: number }
  | { readonly what: 'open'; readonly archive: string }
  | { readonly what: 'open-failed'; readonly archive: string; readonly code: ErrorCode }
  | { readonly what: 'engine-ended'; readonly archive: string; readonly exitCode: number }
  | { readonly what: 'window-gone'; readonly reason: string; readonly exitCode: number }
  | { readonly what: 'suspend' | 'resume' | 'quit' };

export class Log {
  readonly #file: string;

  constructor(folder: string) {
    this.#file = path.join(folder, 'logs', 'mailkeep.log');
  }

  /** Never fails: a full disk costs the line. */
  note(event: LogEvent): void {
    try {
      makeFolderNow(path.dirname(this.#file));
      const size = statSync(this.#file, { throwIfNoEntry: false })?.size ?? 0;
      if (size > BYTES_MAX) renameSync(this.#file, `${this.#file}.1`);
      const line = JSON.stringify({ at: new Date().toISOString(), ...event });
      appendFileSync(this.#file, `${line}\n`, { mode: 0o600 });
    } catch {
      // There is nobody to tell.
    }
  }

  /** The last lines; none if there are none. */
  last(): readonly string[] {
    try {
      const lines = readFileSync(this.#file, 'utf8').split('\n').filter(Boolean);
      return lines.slice(-LINES_SHOWN);
    } catch {
      return [];
    }
  }
}
