/**
 * The threads that read beside the engine (`envelope-worker.ts`): started when there is work for them, ended
 * when there has been none for a while, given up when one fails. Whoever asks reads itself then.
 */

import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { SectionRequest } from '../../mailbox/section-readers.ts';
import type { EnvelopeBatch } from '../../message/envelope-batch.ts';
import type { StretchRequest, WorkerAnswer, WorkerRequest } from './envelope-worker.ts';
import type { SectionRead } from './section-reader.ts';

const WORKERS_MAX = 4;
/** So many requests wait in a worker, so that it has the next when it has done one. */
const QUEUE_MAX = 2;
const IDLE_MS = 5000;
/** A decoder keeps little: most of what it makes is handed over or garbage at once. */
const MEMORY = { maxYoungGenerationSizeMb: 8 };

interface Thread {
  readonly worker: Worker;
  /** Who waits for answers, in the order of their requests. */
  readonly waiting: ((answer: WorkerAnswer) => void)[];
}

export class EnvelopeWorkers {
  readonly #script: string | null;
  readonly #threads = new Set<Thread>();
  #idle: NodeJS.Timeout | null = null;
  #failed = false;

  /** @param script the built `envelope-worker.ts`; null to do without */
  constructor(script: string | null) {
    this.#script = script;
  }

  /** False if there are no workers, or they are of no use. */
  get usable(): boolean {
    return this.#script !== null && !this.#failed;
  }

  /**
   * How many requests may be under way.
   * @param scan while it runs, it has a core for itself
   */
  room(scan: 'runs' | 'done'): number {
    const cores = availableParallelism();
    const workers = scan === 'runs' ? Math.max(1, cores - 1) : cores;
    return Math.min(WORKERS_MAX, workers) * QUEUE_MAX;
  }

  /** Decodes a stretch. @returns null if it has to be decoded in another way */
  decode(request: StretchRequest): Promise<EnvelopeBatch | null> {
    const { offsets, lengths, headerLengths, separatorLengths } = request.stretch;
    const columns = [offsets, lengths, headerLengths, separatorLengths];
    const memory = columns.map((column) => column.buffer);
    return this.#ask(request, memory) as Promise<EnvelopeBatch | null>;
  }

  /** Scans a section and decodes its envelopes. @returns null if it has to be done in another way */
  readSection(request: SectionRequest): Promise<SectionRead | null> {
    return this.#ask(request, []) as Promise<SectionRead | null>;
  }

  #ask(request: WorkerRequest, memory: ArrayBuffer[]): Promise<WorkerAnswer> {
    if (this.#idle) clearTimeout(this.#idle);
    this.#idle = null;
    const thread = this.#free();
    if (!thread) return Promise.resolve(null);
    return new Promise((resolve) => {
      thread.waiting.push(resolve);
      // While there is work, the process must not end for want of any other.
      thread.worker.ref();
      thread.worker.postMessage(request, memory);
    });
  }

  /** Ends every worker; what is under way is answered with null. */
  async end(): Promise<void> {
    if (this.#idle) clearTimeout(this.#idle);
    await Promise.all([...this.#threads].map(({ worker }) => worker.terminate()));
  }

  /** The worker with the least to do; a new one if all are busy and there may be one more. */
  #free(): Thread | null {
    let least: Thread | null = null;
    for (const thread of this.#threads) {
      if (!least || thread.waiting.length < least.waiting.length) least = thread;
    }
    if (least?.waiting.length === 0) return least;
    const cores = Math.min(WORKERS_MAX, availableParallelism());
    return this.#threads.size < cores ? this.#start() : least;
  }

  #start(): Thread | null {
    if (this.#script === null || this.#failed) return null;
    try {
      const worker = new Worker(this.#script, { resourceLimits: MEMORY });
      const thread: Thread = { worker, waiting: [] };
      worker.on('message', (answer: WorkerAnswer) => this.#answered(thread, answer));
      worker.on('error', (error) => {
        this.#failed = true;
        console.error(error);
      });
      worker.on('exit', () => {
        this.#threads.delete(thread);
        for (const resolve of thread.waiting.splice(0)) resolve(null);
      });
      this.#threads.add(thread);
      return thread;
    } catch (error) {
      this.#failed = true;
      console.error(error);
      return null;
    }
  }

  #answered(thread: Thread, answer: WorkerAnswer): void {
    thread.waiting.shift()?.(answer);
    if (thread.waiting.length > 0) return;
    thread.worker.unref();
    if ([...this.#threads].some(({ waiting }) => waiting.length > 0)) return;
    this.#idle = setTimeout(() => void this.end(), IDLE_MS).unref();
  }
}
