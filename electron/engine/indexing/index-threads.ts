/**
 * The threads of the index (`text-worker.ts`) as the engine speaks to them: started when there is
 * something to ask, answers in the order of requests. What a thread that fails leaves unanswered is
 * answered with a failure.
 */

import { Worker } from 'node:worker_threads';
import type { DatabaseError } from '../../catalog/database.ts';
import type { TextTerm } from '../../catalog/query/text-search.ts';
import type { WordsBatch } from '../../catalog/text-index/words-batch.ts';
import type { KeeperAnswer, KeeperRequest, KeeperValues } from './index-keeper.ts';
import type { TextsRequest } from './text-reader.ts';
import type { ReaderAnswer, ReaderRequest, ThreadRole } from './text-worker.ts';

/** Why the index could not do what was asked. */
export class IndexError extends Error {
  readonly reason: DatabaseError['reason'];

  constructor(reason: DatabaseError['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

/** A thread that reads the texts of messages for whoever waits for it, and nothing else meanwhile. */
export class ReadingThread {
  readonly #reader: Thread<ReaderRequest, ReaderAnswer>;

  /** @param script the built `text-worker.ts` */
  constructor(script: string) {
    this.#reader = new Thread(script, 'reads');
  }

  /** For each message a byte for each term: 1 if it is true of it; null if they could not be read. */
  holding(request: TextsRequest, terms: readonly TextTerm[]): Promise<Uint8Array | null> {
    return heldIn(this.#reader, request, terms);
  }

  end(): Promise<void> {
    return this.#reader.end();
  }
}

async function heldIn(
  reader: Thread<ReaderRequest, ReaderAnswer>,
  request: TextsRequest,
  terms: readonly TextTerm[],
): Promise<Uint8Array | null> {
  const answer = await reader.ask({ ...request, terms }, memoryOf(request));
  return answer instanceof Uint8Array ? answer : null;
}

class Thread<Request, Answer> {
  readonly #script: string;
  readonly #role: ThreadRole;
  #worker: Worker | null = null;
  /** Who waits for answers, in the order of their requests. */
  readonly #waiting: ((answer: Answer | null) => void)[] = [];

  constructor(script: string, role: ThreadRole) {
    this.#script = script;
    this.#role = role;
  }

  /** @returns null if the thread ended before */
  ask(request: Request, memory: ArrayBuffer[] = []): Promise<Answer | null> {
    return new Promise((resolve) => {
      try {
        this.#worker ??= this.#start();
      } catch {
        resolve(null);
        return;
      }
      this.#waiting.push(resolve);
      // While there is work, the process must not end for want of any other.
      this.#worker.ref();
      this.#worker.postMessage(request, memory);
    });
  }

  async end(): Promise<void> {
    await this.#worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(this.#script, { workerData: this.#role });
    worker.on('message', (answer: Answer) => {
      this.#waiting.shift()?.(answer);
      if (this.#waiting.length === 0) worker.unref();
    });
    worker.on('error', (error) => console.error(error));
    worker.on('exit', () => {
      if (this.#worker === worker) this.#worker = null;
      for (const resolve of this.#waiting.splice(0)) resolve(null);
    });
    return worker;
  }
}

export class IndexThreads {
  readonly #reader: Thread<ReaderRequest, ReaderAnswer>;
  readonly #keeper: Thread<KeeperRequest, KeeperAnswer>;
  readonly #asker: Thread<KeeperRequest, KeeperAnswer>;
  /** What the asking thread is to open before it is asked. */
  #look: Extract<KeeperRequest, { ask: 'look' }> | null = null;
  #isAsking = false;

  /** @param script the built `text-worker.ts` */
  constructor(script: string) {
    this.#reader = new Thread(script, 'reads');
    this.#keeper = new Thread(script, 'keeps');
    this.#asker = new Thread(script, 'asks');
  }

  /** The words of messages; null if they could not be read. */
  async words(request: TextsRequest): Promise<WordsBatch | null> {
    const answer = await this.#reader.ask({ ...request, terms: null }, memoryOf(request));
    return answer instanceof Uint8Array ? null : answer;
  }

  /** Of which messages a term is true, a byte for each; null if they could not be read. */
  holding(request: TextsRequest, term: TextTerm): Promise<Uint8Array | null> {
    return heldIn(this.#reader, request, [term]);
  }

  /** Opens the database. @returns what is in it @throws IndexError */
  async open(file: string, archive: string): Promise<KeeperValues['open']> {
    const documents = await this.keeper({ ask: 'open', file, archive });
    this.#look = { ask: 'look', file, archive };
    return documents;
  }

  /** Closes it: what was added stands. @throws IndexError if that could not be written */
  async close(): Promise<void> {
    if (!this.#look) return;
    this.#look = null;
    const wasAsking = this.#isAsking;
    this.#isAsking = false;
    if (wasAsking) await this.#asker.ask({ ask: 'close' });
    await this.keeper({ ask: 'close' });
  }

  /** Which documents, of those that were committed, a term is true of. @throws IndexError */
  async find(term: TextTerm): Promise<KeeperValues['find']> {
    try {
      if (!this.#isAsking && this.#look) {
        await answered(this.#asker, this.#look);
        this.#isAsking = true;
      }
      return await answered(this.#asker, { ask: 'find', term });
    } catch (error) {
      if (!(error instanceof IndexError) || error.reason !== 'busy') this.#isAsking = false;
      throw error;
    }
  }

  /** Asks the thread that adds to the database. @throws IndexError */
  async keeper<Ask extends KeeperRequest['ask']>(
    request: Extract<KeeperRequest, { ask: Ask }>,
  ): Promise<KeeperValues[Ask]> {
    return answered(this.#keeper, request);
  }

  async end(): Promise<void> {
    await Promise.all([this.#reader.end(), this.#keeper.end(), this.#asker.end()]);
  }
}

async function answered<Ask extends KeeperRequest['ask']>(
  thread: Thread<KeeperRequest, KeeperAnswer>,
  request: Extract<KeeperRequest, { ask: Ask }>,
): Promise<KeeperValues[Ask]> {
  const answer = await thread.ask(request);
  if (!answer) throw new IndexError('other', 'the thread of the index has ended');
  if (!answer.ok) throw new IndexError(answer.reason, answer.message);
  return answer.value as KeeperValues[Ask];
}

function memoryOf({ stretch }: TextsRequest): ArrayBuffer[] {
  const { offsets, lengths, headerLengths, separatorLengths } = stretch;
  return [offsets, lengths, headerLengths, separatorLengths].map((column) => column.buffer);
}
