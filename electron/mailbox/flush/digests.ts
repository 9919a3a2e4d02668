/**
 * SHA-256 of many messages that pass by in parts (I5). Where there is much to do a second thread takes
 * its share, so that two cores compare at once. Imports only shared/.
 *
 * The thread sees bytes, never a file: what it is to look at lies in memory that both threads share,
 * and stays what it is until `free` of that memory has settled. Each message goes to one of them,
 * whole: to the thread, unless it is not there yet or far behind.
 */

import { createHash, type Hash } from 'node:crypto';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { MailboxError } from '../../../shared/errors.ts';

/** Less than this is done before a thread has begun. */
const THREAD_PAYS_BYTES = 16 * 1024 * 1024;
/** Bytes that wait for the thread: with more than this it is far behind. */
const BACKLOG_BYTES = 2 * 1024 * 1024;

/** Parts of messages in one piece of shared memory, four numbers each. */
interface Task {
  readonly memory: SharedArrayBuffer;
  /** Which message, where its part begins and ends, and 1 if that is its end. */
  readonly parts: readonly number[];
}

/** The digests of the messages that ended in the task, in their order. */
type Answer = readonly string[];

/**
 * What the thread does. It is handed over as text, so that it is there wherever this library is: it
 * must not use anything from outside of itself.
 */
function thread(): void {
  const { createHash: begin } = process.getBuiltinModule('node:crypto');
  const { workerData } = process.getBuiltinModule('node:worker_threads');
  const port: MessagePort = workerData;
  let hash: Hash | null = null;
  port.on('message', ({ memory, parts }: Task) => {
    const bytes = new Uint8Array(memory);
    const digests: string[] = [];
    for (let at = 0; at < parts.length; at += 4) {
      hash ??= begin('sha256');
      hash.update(bytes.subarray(parts[at + 1], parts[at + 2]));
      if (parts[at + 3] !== 1) continue;
      digests.push(hash.digest('hex'));
      hash = null;
    }
    port.postMessage(digests);
  });
}

/** A task that the thread was given and has not answered yet. */
interface Given {
  readonly task: Task;
  readonly bytes: number;
  readonly settle: () => void;
  readonly settled: Promise<void>;
}

/** The second thread, and what it was given. */
class HashingThread {
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #found: (number: number, digest: string) => void;
  readonly #given: Given[] = [];
  #isThere = false;
  #failure: MailboxError | null = null;
  #backlog = 0;

  constructor(found: (number: number, digest: string) => void) {
    this.#found = found;
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#worker = new Worker(`(${thread.toString()})()`, {
      eval: true,
      execArgv: [],
      workerData: port2,
      transferList: [port2],
    });
    this.#worker.on('online', () => {
      this.#isThere = true;
    });
    this.#port.on('message', (answer: Answer) => this.#answered(answer));
    this.#worker.on('error', (cause) => this.#failed(cause));
    this.#worker.on('exit', () => this.#failed(new Error('the thread ended')));
  }

  get hasRoom(): boolean {
    return this.#isThere && this.#failure === null && this.#backlog < BACKLOG_BYTES;
  }

  give(task: Task): void {
    let bytes = 0;
    for (let at = 0; at < task.parts.length; at += 4) {
      bytes += (task.parts[at + 2] ?? 0) - (task.parts[at + 1] ?? 0);
    }
    let settle = (): void => undefined;
    const settled = new Promise<void>((resolve) => {
      settle = resolve;
    });
    this.#given.push({ task, bytes, settle, settled });
    this.#backlog += bytes;
    this.#port.postMessage(task);
    if (this.#failure) this.#failed(this.#failure);
  }

  /** Settles when the thread looks at this memory no more. */
  async free(memory: ArrayBufferLike): Promise<void> {
    await this.#given.findLast(({ task }) => task.memory === memory)?.settled;
  }

  /** Settles when every task has been answered. @throws BUG if the thread has failed */
  async all(): Promise<void> {
    await this.#given.at(-1)?.settled;
    if (this.#failure) throw this.#failure;
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
    this.#port.close();
  }

  #answered(digests: Answer): void {
    const given = this.#given.shift();
    if (!given) return;
    let next = 0;
    const { parts } = given.task;
    for (let at = 0; at < parts.length; at += 4) {
      if (parts[at + 3] !== 1) continue;
      this.#found(parts[at] ?? -1, digests[next] ?? '');
      next += 1;
    }
    this.#backlog -= given.bytes;
    given.settle();
  }

  #failed(cause: unknown): void {
    const why = cause instanceof Error ? cause.message : String(cause);
    this.#failure ??= new MailboxError('BUG', { invariant: why }, { cause });
    for (const given of this.#given.splice(0)) given.settle();
  }
}

export class Digests {
  readonly #thread: HashingThread | null;
  readonly #digests: string[] = [];
  /** The message that passes by: its number, and its hash unless the thread has it. */
  #number = -1;
  #hash: Hash | null = null;
  #memory: SharedArrayBuffer | null = null;
  #parts: number[] = [];

  /** @param bytes so many will pass by */
  constructor(bytes: number) {
    const found = (number: number, digest: string): void => {
      this.#digests[number] = digest;
    };
    this.#thread = bytes < THREAD_PAYS_BYTES ? null : new HashingThread(found);
  }

  /** Memory for what will pass by. */
  alloc(length: number): Buffer {
    return this.#thread === null
      ? Buffer.allocUnsafeSlow(length)
      : Buffer.from(new SharedArrayBuffer(length));
  }

  /** Settles when this memory may be written to again. */
  async free(memory: ArrayBufferLike): Promise<void> {
    if (memory === this.#memory) this.#giveParts();
    await this.#thread?.free(memory);
  }

  /** The next message begins. @returns its number, from 0 */
  begin(): number {
    this.#number += 1;
    this.#hash = this.#thread?.hasRoom ? null : createHash('sha256');
    return this.#number;
  }

  /** @param part the next bytes of the message, in memory of `alloc` */
  update(part: Buffer): void {
    if (this.#hash) this.#hash.update(part);
    else this.#give(part.buffer, part.byteOffset, part.length, 0);
  }

  /** The message ends. */
  end(): void {
    if (this.#hash) this.#digests[this.#number] = this.#hash.digest('hex');
    else if (this.#parts.length > 0) this.#parts[this.#parts.length - 1] = 1;
    else this.#give(this.#memory ?? new SharedArrayBuffer(0), 0, 0, 1);
  }

  /** The digests of all messages, by their numbers. @throws BUG */
  async all(): Promise<readonly string[]> {
    this.#giveParts();
    await this.#thread?.all();
    return this.#digests;
  }

  /** Ends the thread. Nothing of the memory is used any more when this returns. */
  async done(): Promise<void> {
    await this.#thread?.end();
  }

  #give(memory: ArrayBufferLike, from: number, length: number, isEnd: 0 | 1): void {
    if (!(memory instanceof SharedArrayBuffer)) {
      throw new MailboxError('BUG', { invariant: 'bytes that the thread cannot see' });
    }
    if (memory !== this.#memory) this.#giveParts();
    this.#memory = memory;
    this.#parts.push(this.#number, from, from + length, isEnd);
  }

  #giveParts(): void {
    if (this.#memory && this.#parts.length > 0) {
      this.#thread?.give({ memory: this.#memory, parts: this.#parts });
    }
    this.#parts = [];
  }
}
