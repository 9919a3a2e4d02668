/**
 * What lists show of messages, as a table: CSV (RFC 4180) for spreadsheets, or a JSON value a line,
 * the same values as the terminal's `list --json`. Imports its neighbours and
 * `listed-message.ts`.
 */

import { BYTE_ORDER_MARK, csvLine } from '../../../shared/csv.ts';
import { LISTED, type Listed, listed } from '../listing/listed-message.ts';
import { OneFile } from './one-file.ts';
import type { StoredMessage } from './stored-messages.ts';
import type { Taking, TakingRequest } from './taking.ts';

function lineOf(message: Listed): string {
  const values = LISTED.map((name) => {
    const value = message[name];
    return typeof value === 'object' ? (value?.join(' ') ?? '') : value;
  });
  return csvLine(values);
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
    await file.add([Buffer.from(`${BYTE_ORDER_MARK}${csvLine(LISTED)}`)]);
    return new Envelopes(file, lineOf);
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
