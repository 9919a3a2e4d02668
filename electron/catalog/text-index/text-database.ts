/**
 * The index of the texts of one archive: a database of its own, in the user's cache beside the catalog.
 * Imports `database.ts` and this folder. Runs in a thread of its own: nothing here gives way.
 *
 * A message's text is a document, by a number that is never given to another one. Of each document the
 * database has the fingerprint of its message, by which it is found again whatever happened to the
 * archive; its words, each once (FTS5 without content or positions: a tenth of the text); and the
 * names and types of its attachments.
 *
 * What is added is there for others when it is committed, all of a batch or nothing. A killed process
 * leaves what was committed. Nothing is synced before the index rests, so a power cut may tear it: who
 * writes says so first, with the time the machine was started, and whoever finds another start there
 * throws the index away. One process at a time adds to it; the others only ask.
 */

import { randomInt } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import os from 'node:os';
import { threadId } from 'node:worker_threads';
import { errorCode } from '../../../shared/error-code.ts';
import { Database, DatabaseError } from '../database.ts';
import { documentsBySql, documentsOf } from './documents.ts';
import type { Question } from './question.ts';
import type { WordsBatch } from './words-batch.ts';

/** Another version of the layout, or of what the words of a text are, is thrown away. */
const VERSION = 4;
/** "Mktx" */
const APPLICATION = 0x4d6b7478;
const PAGING = { pageBytes: 8192, cacheKib: 64 * 1024 };
/** A commit of another process takes no longer than this. */
const KEEPER_WAITS_MS = 5000;
/** Nobody who builds is silent for so long. */
const SILENT_MS = 10 * 60_000;
/** Each waits as long as `database.ts` says. */
const COMMIT_TRIES = 50;
/** What is merged at once. */
const MERGED_PAGES = 200;

const LAYOUT = `
  CREATE TABLE state (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    archive TEXT NOT NULL,
    -- The start of the machine at which it was written without a sync; empty if it is synced.
    unsynced TEXT NOT NULL,
    builder INTEGER NOT NULL, process INTEGER NOT NULL, thread INTEGER NOT NULL,
    start TEXT NOT NULL, seen INTEGER NOT NULL
  );
  CREATE TABLE batch (
    first INTEGER PRIMARY KEY, fingerprints BLOB NOT NULL,
    textBytes INTEGER NOT NULL, cut INTEGER NOT NULL
  );
  CREATE TABLE attachment (document INTEGER NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL);
  CREATE INDEX attachments ON attachment (document);
  CREATE VIRTUAL TABLE text USING fts5(
    words, content='', contentless_delete=1, detail=none, prefix='1 2', tokenize="ascii tokenchars '_'"
  );
  PRAGMA application_id=${APPLICATION};
  PRAGMA user_version=${VERSION};`;

/** Documents one after the other, and the fingerprints of their messages: two words each, 0 for none. */
export interface Documents {
  readonly first: number;
  readonly fingerprints: Uint32Array<ArrayBuffer>;
}

export interface Totals {
  readonly textBytes: number;
  readonly cut: number;
}

export class TextDatabase {
  readonly #file: string;
  readonly #database: Database;
  readonly #builder = randomInt(1, 2 ** 47);
  #isBuilder = false;
  #isWriting = false;
  #next = 1;
  #version = -1;

  /** Opens or makes one. @throws DatabaseError: `damaged` if it should be made anew */
  constructor(file: string, archive: string, role: 'keeps' | 'asks') {
    this.#file = file;
    this.#database = new Database(file, PAGING, role === 'keeps' ? KEEPER_WAITS_MS : undefined);
    try {
      this.#prepare(archive);
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  #prepare(archive: string): void {
    const database = this.#database;
    if (numberIn(database.row('SELECT count(*) AS value FROM sqlite_schema')) === 0) {
      database.writing(() => {
        database.run(LAYOUT);
        database.change("INSERT INTO state VALUES (1, ?, '', 0, 0, 0, '', 0)", archive);
      });
    }
    const isOurs =
      numberIn(database.row('SELECT application_id AS value FROM pragma_application_id')) ===
        APPLICATION &&
      numberIn(database.row('SELECT user_version AS value FROM pragma_user_version')) === VERSION;
    const state = isOurs ? database.row('SELECT unsynced, archive FROM state') : null;
    const unsynced = state?.['unsynced'];
    if (typeof unsynced !== 'string' || (unsynced !== '' && unsynced !== machineStart())) {
      throw new DatabaseError(new Error('another layout, or torn'), 'damaged');
    }
    if (state?.['archive'] !== archive) {
      database.writing(() => database.change('UPDATE state SET archive = ?', archive));
    }
    this.#next = 1 + this.#lastDocument();
  }

  #lastDocument(): number {
    const last = this.#database.row(
      'SELECT first, length(fingerprints) AS bytes FROM batch ORDER BY first DESC LIMIT 1',
    );
    return last ? numberIn(last, 'first') + numberIn(last, 'bytes') / 8 - 1 : 0;
  }

  /** Bytes on the disk. */
  get bytes(): number {
    return statSync(this.#file).size;
  }

  /** Documents from one on, as they were committed; in one piece. */
  documents(from: number): Documents {
    const rows = this.#database.rows(
      'SELECT first, fingerprints FROM batch WHERE first >= ? ORDER BY first',
      from,
    );
    const last = this.#lastDocument();
    if (!this.#isBuilder) this.#next = last + 1;
    const fingerprints = new Uint32Array(2 * Math.max(0, last + 1 - from));
    for (const row of rows) {
      const bytes = row['fingerprints'];
      if (!(bytes instanceof Uint8Array)) throw new DatabaseError(new Error('no bytes'), 'damaged');
      const words = new Uint32Array(new Uint8Array(bytes).buffer);
      const at = 2 * (numberIn(row, 'first') - from);
      if (at < 0 || at + words.length > fingerprints.length) {
        throw new DatabaseError(new Error('documents overlap'), 'damaged');
      }
      fingerprints.set(words, at);
    }
    return { first: from, fingerprints };
  }

  totals(): Totals {
    const row = this.#database.row('SELECT sum(textBytes) AS bytes, sum(cut) AS cut FROM batch');
    return { textBytes: numberIn(row, 'bytes'), cut: numberIn(row, 'cut') };
  }

  /** True if another process has committed something since this was asked last. */
  hasChanged(): boolean {
    const version = numberIn(
      this.#database.row('SELECT data_version AS value FROM pragma_data_version'),
    );
    const changed = version !== this.#version;
    this.#version = version;
    return changed;
  }

  /** From now on only this process adds to it. @returns false if another one does */
  claim(): boolean {
    if (this.#isBuilder) return true;
    const database = this.#database;
    // What it says must be on the disk before anything that it is about.
    database.run('PRAGMA synchronous=FULL');
    try {
      this.#isBuilder = database.writing(() => {
        const state = database.row('SELECT builder, process, thread, start, seen FROM state');
        if (state && isAtWork(state)) return false;
        const start = machineStart();
        database.change(
          'UPDATE state SET builder = ?, process = ?, thread = ?, start = ?, seen = ?, unsynced = ?',
          this.#builder,
          process.pid,
          threadId,
          start,
          Date.now(),
          start,
        );
        return true;
      });
    } finally {
      database.run('PRAGMA synchronous=OFF');
    }
    if (this.#isBuilder) this.#next = 1 + this.#lastDocument();
    return this.#isBuilder;
  }

  /**
   * Adds documents, to be committed later.
   * @param fingerprints of their messages, two words each
   * @returns the number of the first
   */
  add(fingerprints: Uint32Array, batch: WordsBatch): number {
    this.#write();
    const database = this.#database;
    const first = this.#next;
    let from = 0;
    for (const [at, end] of batch.ends.entries()) {
      database.change(
        'INSERT INTO text (rowid, words) VALUES (?, ?)',
        first + at,
        batch.words.subarray(from, end),
      );
      from = end;
    }
    for (const { message, name, type } of batch.attachments) {
      database.change('INSERT INTO attachment VALUES (?, ?, ?)', first + message, name, type);
    }
    database.change(
      'INSERT INTO batch VALUES (?, ?, ?, ?)',
      first,
      bytesOf(fingerprints),
      batch.textBytes,
      batch.cut,
    );
    this.#next = first + batch.ends.length;
    return first;
  }

  /** Documents whose messages are gone: their numbers are not given out again. */
  drop(documents: Uint32Array): void {
    this.#write();
    const database = this.#database;
    const batches = new Map<number, Uint32Array>();
    for (const document of documents) {
      database.change('DELETE FROM text WHERE rowid = ?', document);
      database.change('DELETE FROM attachment WHERE document = ?', document);
      const row = database.row(
        'SELECT first, fingerprints FROM batch WHERE first <= ? ORDER BY first DESC LIMIT 1',
        document,
      );
      const bytes = row?.['fingerprints'];
      if (!row || !(bytes instanceof Uint8Array)) continue;
      const first = numberIn(row, 'first');
      const words = batches.get(first) ?? new Uint32Array(new Uint8Array(bytes).buffer);
      words.fill(0, 2 * (document - first), 2 * (document - first) + 2);
      batches.set(first, words);
    }
    for (const [first, words] of batches) {
      database.change('UPDATE batch SET fingerprints = ? WHERE first = ?', bytesOf(words), first);
    }
  }

  /** What was added or dropped is there for all others, and survives the end of this process. */
  commit(): void {
    if (!this.#isWriting) return;
    for (let tries = 1; ; tries++) {
      try {
        this.#database.run('COMMIT');
        break;
      } catch (error) {
        // Somebody asks just now, for a moment.
        if (!(error instanceof DatabaseError) || error.reason !== 'busy' || tries >= COMMIT_TRIES)
          throw error;
      }
    }
    this.#isWriting = false;
  }

  /** Merges some of what many commits have left. @returns false if there was nothing to do */
  tidy(): boolean {
    if (!this.#isBuilder) return false;
    this.commit();
    const database = this.#database;
    const changes = (): number => numberIn(database.row('SELECT total_changes() AS value'));
    const before = changes();
    database.writing(() => {
      database.change("INSERT INTO text (text, rank) VALUES ('merge', ?)", MERGED_PAGES);
    });
    // One change is the statement's own (sqlite.org/fts5.html, section 6.8).
    return changes() - before >= 2;
  }

  /** All that was committed is on the disk, whatever happens to the machine; others may add to it. */
  rest(): void {
    if (!this.#isBuilder) return;
    this.commit();
    const database = this.#database;
    database.run('PRAGMA synchronous=FULL');
    database.writing(() =>
      database.change(
        "UPDATE state SET unsynced = '', builder = 0 WHERE builder = ?",
        this.#builder,
      ),
    );
    database.run('PRAGMA synchronous=OFF');
    this.#isBuilder = false;
  }

  /** One byte for each document, by its number: 1 if it fits. Of one that was dropped it says nothing. */
  find(question: Question | null): Uint8Array<ArrayBuffer> {
    // What is not committed is not yet where the lists of documents are.
    if (this.#isWriting) return documentsBySql(this.#database, question, this.#next);
    return this.#database.reading(() => {
      if (!this.#isBuilder) this.#next = 1 + this.#lastDocument();
      return documentsOf(this.#database, question, this.#next);
    });
  }

  close(): void {
    try {
      this.rest();
    } finally {
      this.#database.close();
    }
  }

  /** @throws DatabaseError `busy` if another process builds by now */
  #write(): void {
    if (this.#isWriting) return;
    this.#database.run('BEGIN IMMEDIATE');
    this.#isWriting = true;
    const state = this.#database.row('SELECT builder FROM state');
    if (numberIn(state, 'builder') !== this.#builder) {
      this.#isBuilder = false;
      this.#isWriting = false;
      this.#database.run('ROLLBACK');
      throw new DatabaseError(new Error('another process builds it'), 'busy');
    }
    this.#database.change('UPDATE state SET seen = ?', Date.now());
  }
}

/** The path of the archive that an index is of; null if it is none of ours. @throws DatabaseError */
export function archiveOfTexts(file: string): string | null {
  const database = new Database(file, PAGING);
  try {
    const archive = database.row('SELECT archive FROM state')?.['archive'];
    return typeof archive === 'string' ? archive : null;
  } finally {
    database.close();
  }
}

function isAtWork(state: Readonly<Record<string, unknown>>): boolean {
  if (numberIn(state, 'builder') === 0 || state['start'] !== machineStart()) return false;
  if (Date.now() - numberIn(state, 'seen') > SILENT_MS) return false;
  // It is what we left when we could not say that we rest: a full disk.
  if (numberIn(state, 'process') === process.pid && numberIn(state, 'thread') === threadId) {
    return false;
  }
  try {
    process.kill(numberIn(state, 'process'), 0);
    return true;
  } catch (thrown) {
    return errorCode(thrown) === 'EPERM'; // Somebody else's, and alive.
  }
}

/** Tells one start of the machine from another. */
function machineStart(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
  } catch {
    return `${Math.round((Date.now() / 1000 - os.uptime()) / 60)}`;
  }
}

function numberIn(row: Readonly<Record<string, unknown>> | null, name = 'value'): number {
  const value = row?.[name];
  return typeof value === 'number' ? value : 0;
}

const bytesOf = (words: Uint32Array): Uint8Array =>
  new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
