/**
 * What lists show of messages, as a table: CSV (RFC 4180) for spreadsheets, or a JSON value a line,
 * the same values as the terminal's `list --json`. Imports its neighbours and
 * `listed-message.ts`.
 *
 * CSV begins with a byte-order mark, or spreadsheets take UTF-8 for something else. A cell that begins
 * with = + - @ or a control character gets a `'` in front, because spreadsheets would run it as a
 * formula (OWASP, CSV injection); everything in it came from strangers.
 */

import { LISTED, type Listed, listed } from '../listed-message.ts';
import { OneFile } from './one-file.ts';
import type { StoredMessage } from './stored-messages.ts';
import type { Taking, TakingRequest } from './taking.ts';

const RUNS = /^[=+\-@\t\r\n]/;
const QUOTED = /[",\r\n]/;

/** A cell of a CSV file. */
export function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = RUNS.test(value) ? `'${value}` : value;
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function csvLine(message: Listed): string {
  const cells = LISTED.map((name) => {
    const value = message[name];
    return typeof value === 'object' ? cell(value?.join(' ') ?? '') : cell(value);
  });
  return `${cells.join(',')}\r\n`;
}

export class Envelopes implements Taking {
  readonly #file: OneFile;
  readonly #lineOf: (message: Listed) => string;

  private constructor(file: OneFile, lineOf: (message: Listed) => string) {
    this.#file = file;
    this.#lineOf = lineOf;
  }

  static async begin({ source, options, path, ifTaken }: TakingRequest): Promise<Envelopes> {
    const file = await OneFile.begin(source.disk, { path, ifTaken });
    if (options.as === 'json') return new Envelopes(file, (one) => `${JSON.stringify(one)}\n`);
    await file.add([Buffer.from(`\ufeff${LISTED.join(',')}\r\n`)]);
    return new Envelopes(file, csvLine);
  }

  take(message: StoredMessage): Promise<void> {
    return this.#file.add([Buffer.from(this.#lineOf(listed(message)))]);
  }

  finish(): Promise<void> {
    return this.#file.finish();
  }

  abandon(): Promise<void> {
    return this.#file.abandon();
  }

  get written(): Taking['written'] {
    return this.#file.written;
  }

  get path(): string {
    return this.#file.path;
  }
}
