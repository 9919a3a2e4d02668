/** Those who are told what happens to an archive. Imports nothing but what they are told. */

import type { ArchiveEvent, Listener } from './archive-request.ts';

export class Listeners {
  readonly #all = new Set<Listener>();
  readonly #failed: (error: unknown) => void;

  /** @param failed told what a listener could not do */
  constructor(failed: (error: unknown) => void) {
    this.#failed = failed;
  }

  /** @returns a function that stops listening */
  add(listener: Listener): () => void {
    this.#all.add(listener);
    return () => this.#all.delete(listener);
  }

  /** Settles when all have been told. */
  async tell(event: ArchiveEvent): Promise<void> {
    const told = [...this.#all].map(async (listener) => listener(event));
    await Promise.all(told).catch(this.#failed);
  }
}
