/**
 * The threads of an archive, kept as its messages come and go: made in steps between which the engine
 * answers, and only while some list shows them.
 *
 * While new ones are being made, lists show those there are: a message that came since is a thread of
 * its own, one that is gone is left out. So every list has every message, at any moment.
 */

import type { Envelopes } from '../../catalog/envelopes.ts';
import { inTurns } from '../../../shared/steps.ts';
import { Threading } from '../../catalog/threading.ts';
import { keptThreads, NO_THREADS, type Threads, withSingles } from '../../catalog/threads.ts';

/** Of no more messages threads are made at once. */
const AT_ONCE_MAX = 20_000;
/** While the archive is being read, making threads takes at most one part of so many of the time. */
const SHARE = 5;

export interface ThreadSource {
  readonly count: number;
  readonly envelopes: Envelopes;
}

interface MadeOf {
  readonly envelopes: Envelopes;
  readonly revision: number;
  readonly count: number;
}

export class ThreadKeeping {
  readonly #source: ThreadSource;
  #threads: Threads = NO_THREADS;
  #madeOf: MadeOf | null = null;
  #making: Promise<void> | null = null;
  /** Grows when numbers come to mean other messages: threads that are being made are of no use then. */
  #numbering = 0;
  /** Not before this moment they are made again. */
  #earliest = 0;
  /** Some list shows older ones. */
  #isAwaited = false;
  /** Called when lists should be arranged anew, because their threads are newer. */
  onMade: () => void = () => undefined;

  constructor(source: ThreadSource) {
    this.#source = source;
  }

  /** The threads as far as they are known, with every message. Newer ones follow, if there are any. */
  now(): Threads {
    if (!this.#isCurrent()) {
      if (this.#source.count <= AT_ONCE_MAX) this.#makeAtOnce();
      else {
        this.#isAwaited = true;
        this.#make().catch((error: unknown) => console.error(error));
      }
    }
    return this.#complete();
  }

  /** Resolves when threads have been made of all that was there when it was asked for. */
  async ready(): Promise<void> {
    if (this.#isCurrent() || this.#source.count <= AT_ONCE_MAX) return;
    this.#earliest = 0;
    await this.#making;
    if (!this.#isCurrent()) await this.#make();
  }

  /** Messages have new numbers. @param oldNumbers for each the one before, or -1 */
  renumber(oldNumbers: Int32Array): void {
    if (this.#threads === NO_THREADS) return this.#begin(NO_THREADS);
    const newNumbers = new Int32Array(this.#threads.order.length).fill(-1);
    for (let number = 0; number < oldNumbers.length; number++) {
      const old = oldNumbers[number] ?? -1;
      if (old >= 0 && old < newNumbers.length) newNumbers[old] = number;
    }
    this.#begin(keptThreads(this.#threads, (old) => newNumbers[old] ?? -1));
  }

  /** All messages are gone. */
  forget(): void {
    this.#begin(NO_THREADS);
  }

  #begin(threads: Threads): void {
    this.#numbering += 1;
    this.#threads = threads;
    this.#madeOf = null;
  }

  #toMake(): MadeOf {
    const { envelopes, count } = this.#source;
    return { envelopes, count, revision: envelopes.changes.revision };
  }

  #isCurrent(): boolean {
    const { envelopes, count } = this.#source;
    const made = this.#madeOf;
    return (
      made?.envelopes === envelopes &&
      made.count === count &&
      envelopes.changes.since(made.revision) === Number.POSITIVE_INFINITY
    );
  }

  #keep(madeOf: MadeOf, threads: Threads): void {
    this.#threads = threads;
    this.#madeOf = madeOf;
  }

  #makeAtOnce(): void {
    const { envelopes, count } = this.#source;
    this.#keep(this.#toMake(), Threading.of(envelopes, count));
  }

  /** Numbers of the threads that there are may be fewer, or more, than there are messages now. */
  #complete(): Threads {
    const { count } = this.#source;
    const { length } = this.#threads.order;
    if (length > count) {
      this.#threads = keptThreads(this.#threads, (number) => (number < count ? number : -1));
    }
    if (this.#threads.order.length < count) this.#threads = withOthers(this.#threads, count);
    return this.#threads;
  }

  #make(): Promise<void> {
    this.#making ??= this.#inSteps().finally(() => {
      this.#making = null;
    });
    return this.#making;
  }

  async #inSteps(): Promise<void> {
    const wait = this.#earliest - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait).unref());
    const begun = performance.now();
    for (;;) {
      const numbering = this.#numbering;
      const madeOf = this.#toMake();
      const threads = await this.#made(madeOf, () => this.#numbering === numbering);
      if (!threads) continue;
      this.#keep(madeOf, threads);
      break;
    }
    this.#earliest = performance.now() + (performance.now() - begun) * (SHARE - 1);
    if (this.#isAwaited) this.onMade();
    this.#isAwaited = false;
  }

  /** Null if it was not worth finishing. */
  async #made({ envelopes, count }: MadeOf, isWanted: () => boolean): Promise<Threads | null> {
    const made = await inTurns(new Threading(envelopes, count).steps(), isWanted);
    return made && isWanted() ? made.value : null;
  }
}

/** With the messages that are in none of the threads, each a thread of its own. */
function withOthers(threads: Threads, count: number): Threads {
  const isIn = new Uint8Array(count);
  for (const number of threads.order) isIn[number] = 1;
  return withSingles(threads, isIn);
}
