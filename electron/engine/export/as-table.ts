/**
 * What lists show of messages, as a table: CSV (RFC 4180) for spreadsheets, or a JSON value a line,
 * the same values as the terminal's `list --json`. Imports its neighbours.
 *
 * CSV begins with a byte-order mark, or spreadsheets take UTF-8 for something else. A cell that begins
 * with = + - @ or a control character gets a `'` in front, because spreadsheets would run it as a
 * formula (OWASP, CSV injection); everything in it came from strangers.
 */

import { OneFile } from './one-file.ts';
import type { StoredMessage } from './stored-messages.ts';
import type { Taking, TakingRequest } from './taking.ts';

const COLUMNS = [
  'key',
  'index',
  'offset',
  'length',
  'headerLength',
  'date',
  'from',
  'to',
  'subject',
  'flags',
] as const;

type Described = Readonly<
  Record<(typeof COLUMNS)[number], string | number | null | readonly string[]>
>;

function described({ key, number, row, span }: StoredMessage): Described {
  const { offset, length, headerLength } = span;
  return {
    key,
    index: number,
    offset,
    length,
    headerLength,
    date: row.date === null ? null : new Date(row.date).toISOString(),
    from: row.from,
    to: row.to,
    subject: row.subject,
    flags: Object.entries(row.flags).flatMap(([name, set]) => (set ? [name] : [])),
  };
}

const RUNS = /^[=+\-@\t\r\n]/;
const QUOTED = /[",\r\n]/;

/** A cell of a CSV file. */
export function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = RUNS.test(value) ? `'${value}` : value;
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function csvLine(message: Described): string {
  const cells = COLUMNS.map((name) => {
    const value = message[name];
    return typeof value === 'object' ? cell(value?.join(' ') ?? '') : cell(value);
  });
  return `${cells.join(',')}\r\n`;
}

export class Envelopes implements Taking {
  readonly #file: OneFile;
  readonly #lineOf: (message: Described) => string;

  private constructor(file: OneFile, lineOf: (message: Described) => string) {
    this.#file = file;
    this.#lineOf = lineOf;
  }

  static async begin({ source, options, path, ifTaken }: TakingRequest): Promise<Envelopes> {
    const file = await OneFile.begin(source.disk, { path, ifTaken });
    if (options.as === 'json') return new Envelopes(file, (one) => `${JSON.stringify(one)}\n`);
    await file.add([Buffer.from(`\ufeff${COLUMNS.join(',')}\r\n`)]);
    return new Envelopes(file, csvLine);
  }

  take(message: StoredMessage): Promise<void> {
    return this.#file.add([Buffer.from(this.#lineOf(described(message)))]);
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
