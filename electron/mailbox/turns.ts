/**
 * Lets work take turns: what changes a mailbox runs alone, in the order it was asked for. Readers
 * wait only for work that moves bytes.
 */

export class Turns {
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #moving: Promise<unknown> = Promise.resolve();
  #moves = 0;

  /** True if nothing runs and nothing waits. */
  get free(): boolean {
    return this.#waiting === 0;
  }

  /** Runs `work` when everything asked for before is over. */
  take<Value>(work: () => Promise<Value>): Promise<Value> {
    this.#waiting += 1;
    const turn = this.#last.then(work).finally(() => {
      this.#waiting -= 1;
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Runs `work`, which moves bytes: readers wait for its end. */
  async moving<Value>(work: () => Promise<Value>): Promise<Value> {
    this.#moves += 1;
    const moving = work();
    this.#moving = moving.catch(() => undefined);
    return moving;
  }

  /** How often bytes have been moved, or begun to be. */
  get moves(): number {
    return this.#moves;
  }

  /** Settles when no bytes are being moved. */
  async still(): Promise<void> {
    await this.#moving;
  }
}
