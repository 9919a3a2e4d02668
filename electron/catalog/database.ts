/**
 * SQLite, as the catalog needs it: the only file that loads a package for it. Imports Node's modules.
 *
 * The package has the interface of `node:sqlite`, which Node 20 and older Electrons lack, so that one can
 * take over here. It is found at run time, never bundled: it brings compiled code for each
 * platform, which in a package lies in `app.asar.unpacked`. Without it `openDatabase` throws, and
 * whoever keeps a catalog does without.
 *
 * A database here is a cache: it survives the end of its process at any instant, but after a power
 * cut it may be torn. Who reads it checks what they read.
 */

import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';

type Value = string | number | Uint8Array;
type Row = Readonly<Record<string, unknown>>;

interface Statement {
  get(...values: Value[]): Row | undefined;
  all(...values: Value[]): Row[];
}

interface Connection {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

interface Package {
  readonly DatabaseSync: new (file: string, options: { readonly timeout: number }) => Connection;
}

/** Where somebody waits for us, nobody waits longer than this for another process that has the database. */
const WAIT_MS = 100;
/** How a database lies in its file, and in memory. */
export interface Paging {
  readonly pageBytes: number;
  readonly cacheKib: number;
}

/** Large values lie in few pages. */
const LARGE_VALUES: Paging = { pageBytes: 65_536, cacheKib: 4096 };

/** SQLite's result codes (sqlite.org/rescode.html), the low byte of what an error carries. */
const BUSY = new Set([5, 6]);
const READ_ONLY = 8;
/** No permission, read-only, no such folder. A file that ends too early is an I/O error. */
const OF_THE_DISK = new Set([3, READ_ONLY, 14]);
const FULL = 13;

/**
 * Why the database did not do what was asked. `busy`: another process has it. `damaged`: it is no
 * database, or a torn one. `full`: no space. `other`: no permission, no SQLite on this platform.
 */
export class DatabaseError extends Error {
  readonly reason: 'busy' | 'damaged' | 'full' | 'other';

  constructor(thrown: unknown, reason = reasonOf(thrown)) {
    super(thrown instanceof Error ? thrown.message : String(thrown), { cause: thrown });
    this.reason = reason;
  }
}

function reasonOf(thrown: unknown): DatabaseError['reason'] {
  const has = typeof thrown === 'object' && thrown !== null && 'errcode' in thrown;
  // Of what is as it was saved, everything can be read.
  if (!has || typeof thrown.errcode !== 'number') return 'damaged';
  const code = thrown.errcode & 0xff;
  if (BUSY.has(code)) return 'busy';
  if (code === FULL) return 'full';
  return OF_THE_DISK.has(code) ? 'other' : 'damaged';
}

// Not named `require`: the bundler declares one of its own at the top of its output.
const load = createRequire(import.meta.url);

function packageForSqlite(): Package {
  try {
    return load('@photostructure/sqlite') as Package;
  } catch (thrown) {
    throw new DatabaseError(thrown, 'other');
  }
}

/**
 * By one of its first bytes a file is read-only to SQLite, whatever the disk lets us do
 * (sqlite.org/fileformat2.html, 1.3.3): if we may write it, that byte is damaged.
 */
function isWrittenOver(thrown: unknown, file: string): boolean {
  const has = typeof thrown === 'object' && thrown !== null && 'errcode' in thrown;
  if (!has || typeof thrown.errcode !== 'number' || (thrown.errcode & 0xff) !== READ_ONLY)
    return false;
  try {
    accessSync(file, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

export class Database {
  readonly #file: string;
  readonly #connection: Connection;
  readonly #statements = new Map<string, Statement>();

  /** Opens a database, or makes one. @throws DatabaseError, as everything here does */
  constructor(file: string, { pageBytes, cacheKib }: Paging = LARGE_VALUES, waitMs = WAIT_MS) {
    const { DatabaseSync } = packageForSqlite();
    this.#file = file;
    this.#connection = this.#told(() => new DatabaseSync(file, { timeout: waitMs }));
    try {
      this.run(`PRAGMA page_size=${pageBytes}`);
      this.run(`PRAGMA cache_size=-${cacheKib}`);
      this.run('PRAGMA trusted_schema=OFF');
      this.run('PRAGMA cell_size_check=ON');
      // A journal, so that a killed process leaves it whole; no syncs, since it may be lost.
      this.run('PRAGMA synchronous=OFF');
      this.run('PRAGMA secure_delete=OFF');
    } catch (error) {
      this.close();
      throw error;
    }
  }

  #told<Result>(act: () => Result): Result {
    try {
      return act();
    } catch (thrown) {
      if (thrown instanceof DatabaseError) throw thrown;
      throw isWrittenOver(thrown, this.#file)
        ? new DatabaseError(thrown, 'damaged')
        : new DatabaseError(thrown);
    }
  }

  /** Runs SQL without values: any number of statements. */
  run(sql: string): void {
    this.#told(() => this.#connection.exec(sql));
  }

  change(sql: string, ...values: Value[]): void {
    // Not `run`: it fails on the row ids of the index of texts, which are beyond what a number holds.
    this.#told(() => this.#statement(sql).get(...values));
  }

  /** The first row; null if there is none. */
  row(sql: string, ...values: Value[]): Row | null {
    return this.#told(() => this.#statement(sql).get(...values) ?? null);
  }

  rows(sql: string, ...values: Value[]): readonly Row[] {
    return this.#told(() => this.#statement(sql).all(...values));
  }

  /** Runs `act` on what is committed now, whatever another process commits meanwhile. */
  reading<Result>(act: () => Result): Result {
    return this.#transaction('BEGIN', act);
  }

  /** Runs `act` as one transaction that writes: all of it or nothing. */
  writing<Result>(act: () => Result): Result {
    return this.#transaction('BEGIN IMMEDIATE', act);
  }

  #transaction<Result>(begin: 'BEGIN' | 'BEGIN IMMEDIATE', act: () => Result): Result {
    this.run(begin);
    try {
      const result = act();
      this.run('COMMIT');
      return result;
    } catch (error) {
      this.#rollBack();
      throw error;
    }
  }

  close(): void {
    this.#statements.clear();
    try {
      this.#connection.close();
    } catch {
      // Nothing that matters is lost.
    }
  }

  #rollBack(): void {
    try {
      this.run('ROLLBACK');
    } catch {
      // SQLite has done it already.
    }
  }

  #statement(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#connection.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
