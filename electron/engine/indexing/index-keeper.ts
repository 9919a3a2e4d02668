/**
 * Keeps the database of the index for the engine, in a thread of its own: what it is asked, and what it
 * answers. Imports catalog/text-index.
 */

import { DatabaseError } from '../../catalog/database.ts';
import type { TextTerm } from '../../catalog/query/text-search.ts';
import { questionOf } from '../../catalog/text-index/question.ts';
import {
  type Documents,
  TextDatabase,
  type Totals,
} from '../../catalog/text-index/text-database.ts';
import type { WordsBatch } from '../../catalog/text-index/words-batch.ts';

/** Words are committed when there are so many bytes of them, or after so long. */
const COMMIT_BYTES = 16 * 1024 * 1024;
const COMMIT_MS = 3000;

export type KeeperRequest =
  | { readonly ask: 'open'; readonly file: string; readonly archive: string }
  /** Opens it only to ask; answers with nothing. */
  | { readonly ask: 'look'; readonly file: string; readonly archive: string }
  /** Documents from one on, if another process has added some. */
  | { readonly ask: 'news'; readonly from: number }
  | { readonly ask: 'claim' }
  | {
      readonly ask: 'add';
      readonly fingerprints: Uint32Array<ArrayBuffer>;
      readonly batch: WordsBatch;
    }
  | { readonly ask: 'drop'; readonly documents: Uint32Array<ArrayBuffer> }
  | { readonly ask: 'find'; readonly term: TextTerm }
  | { readonly ask: 'facts' }
  /** Commits, and makes what is asked often quicker. */
  | { readonly ask: 'tidy' }
  /** Commits and syncs; others may build. */
  | { readonly ask: 'rest' }
  | { readonly ask: 'close' };

/** Bytes on the disk, and what they cover. */
export interface IndexFacts extends Totals {
  readonly bytes: number;
}

export interface KeeperValues {
  readonly open: Documents;
  readonly look: null;
  readonly news: Documents | null;
  readonly claim: boolean;
  readonly add: number;
  readonly drop: null;
  /** One byte for each document: 1 if it fits. Null: nothing is asked of words. */
  readonly find: Uint8Array<ArrayBuffer>;
  readonly facts: IndexFacts;
  /** False if there was nothing to do. */
  readonly tidy: boolean;
  readonly rest: null;
  readonly close: null;
}

export type KeeperAnswer =
  | { readonly ok: true; readonly value: KeeperValues[keyof KeeperValues] }
  | {
      readonly ok: false;
      readonly reason: DatabaseError['reason'];
      readonly message: string;
    };

export class IndexKeeper {
  #database: TextDatabase | null = null;
  #uncommitted = 0;
  /** What is added first is there for others at once. */
  #committedAt = Number.NEGATIVE_INFINITY;

  answer(request: KeeperRequest): KeeperAnswer {
    try {
      return { ok: true, value: this.#do(request) };
    } catch (thrown) {
      const { reason, message } =
        thrown instanceof DatabaseError ? thrown : new DatabaseError(thrown);
      return { ok: false, reason, message };
    }
  }

  #do(request: KeeperRequest): KeeperValues[keyof KeeperValues] {
    if (request.ask === 'open' || request.ask === 'look') {
      const role = request.ask === 'open' ? 'keeps' : 'asks';
      this.#database = new TextDatabase(request.file, request.archive, role);
      if (request.ask === 'look') return null;
      this.#database.hasChanged();
      return this.#database.documents(1);
    }
    const database = this.#database;
    if (!database) throw new DatabaseError(new Error('not open'), 'other');
    switch (request.ask) {
      case 'news':
        return database.hasChanged() ? database.documents(request.from) : null;
      case 'claim':
        return database.claim();
      case 'add': {
        const first = database.add(request.fingerprints, request.batch);
        this.#commitIfDue(database, request.batch.words.length);
        return first;
      }
      case 'drop':
        database.drop(request.documents);
        database.commit();
        return null;
      case 'find':
        return database.find(questionOf(request.term));
      case 'facts':
        return { ...database.totals(), bytes: database.bytes };
      case 'tidy':
        return database.tidy();
      case 'rest':
        database.rest();
        return null;
      case 'close':
        this.#database = null;
        database.close();
        return null;
    }
  }

  #commitIfDue(database: TextDatabase, bytes: number): void {
    this.#uncommitted += bytes;
    const now = performance.now();
    if (this.#uncommitted < COMMIT_BYTES && now - this.#committedAt < COMMIT_MS) return;
    database.commit();
    this.#uncommitted = 0;
    this.#committedAt = performance.now();
  }
}
