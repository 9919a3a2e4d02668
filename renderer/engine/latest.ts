/** Runs one thing at a time; of those asked for meanwhile only the last one. */

export class Latest {
  #running = false;
  #next: (() => Promise<void>) | null = null;

  /**
   * Runs `work` now, or when what runs is over and nothing newer was asked for.
   * @param work must not fail: what goes wrong is its own to show
   */
  run(work: () => Promise<void>): void {
    this.#next = work;
    if (!this.#running) void this.#drain();
  }

  /** True if something newer waits: what runs may as well stop. */
  get superseded(): boolean {
    return this.#next !== null;
  }

  async #drain(): Promise<void> {
    this.#running = true;
    while (this.#next) {
      const work = this.#next;
      this.#next = null;
      try {
        await work();
      } catch (error) {
        console.error(error);
      }
    }
    this.#running = false;
  }
}
