/**
 * The threads beside the engine that make and ask the index of texts: entry point of workers of
 * node:worker_threads. One reads messages (`text-reader.ts`), through the engine's descriptor, which it
 * never opens or closes; one adds to the database, one asks it, so that
 * no question waits for what is being added (`index-keeper.ts`). Each answers its requests one after
 * the other; columns go both ways without a copy.
 */

import os from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { TextTerm } from '../../catalog/query/text-search.ts';
import type { WordsBatch } from '../../catalog/text-index/words-batch.ts';
import { IndexKeeper, type KeeperAnswer, type KeeperRequest } from './index-keeper.ts';
import { TextReader, type TextsRequest } from './text-reader.ts';

export type ThreadRole = 'reads' | 'keeps' | 'asks';

/** Words of messages for the index or, with terms, of which these are true. */
export type ReaderRequest = TextsRequest & { readonly terms: readonly TextTerm[] | null };
/** The answer to a request of the reading thread; null if it could not be done. */
export type ReaderAnswer = WordsBatch | Uint8Array<ArrayBuffer> | null;

/** Whoever looks at mail, or asks the index, comes first. */
const NICE = 10;

function stepBack(): void {
  // Elsewhere than on Linux it would be the whole process.
  if (process.platform !== 'linux') return;
  try {
    os.setPriority(0, NICE);
  } catch {
    // Then it runs as all others.
  }
}

function read(reader: TextReader, { terms, ...request }: ReaderRequest): void {
  if (terms) {
    const found = reader.holding(request, terms);
    parentPort?.postMessage(found, [found.buffer]);
    return;
  }
  const batch = reader.words(request);
  parentPort?.postMessage(batch, [batch.words.buffer, batch.ends.buffer]);
}

function keep(keeper: IndexKeeper, request: KeeperRequest): void {
  const answer: KeeperAnswer = keeper.answer(request);
  const memory = answer.ok && answer.value instanceof Uint8Array ? [answer.value.buffer] : [];
  parentPort?.postMessage(answer, memory);
}

const role = workerData as ThreadRole;
if (role !== 'asks') stepBack();
if (role === 'reads') {
  const reader = new TextReader();
  parentPort?.on('message', (request: ReaderRequest) => {
    try {
      read(reader, request);
    } catch {
      // The engine looks whether the file is still what it was.
      parentPort?.postMessage(null);
    }
  });
} else {
  const keeper = new IndexKeeper();
  parentPort?.on('message', (request: KeeperRequest) => keep(keeper, request));
}
