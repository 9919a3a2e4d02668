/**
 * From which message on something has changed since somebody last looked: what comes before need not
 * be looked at again. Imports nothing.
 */

/** So many changes are told apart; what is older counts as a change of everything. */
const KEPT_MAX = 256;

export class Changes {
  #revision = 0;
  /** For the last changes, the first message that each concerned. */
  #froms: number[] = [];
  #asked = true;

  /** Grows with every change; asked for by whoever has looked at everything. */
  get revision(): number {
    this.#asked = true;
    return this.#revision;
  }

  /** Messages from this number on have changed, came, or are gone. */
  note(from: number): void {
    const last = this.#froms.length - 1;
    // Changes between which nobody has looked are one.
    if (!this.#asked && last >= 0) {
      this.#froms[last] = Math.min(from, this.#froms[last] ?? 0);
      return;
    }
    this.#asked = false;
    this.#revision += 1;
    this.#froms.push(from);
    if (this.#froms.length > 2 * KEPT_MAX) this.#froms = this.#froms.slice(-KEPT_MAX);
  }

  /** The first message that has changed since a revision; Infinity if none has. */
  since(revision: number): number {
    const changes = this.#revision - revision;
    if (changes < 0 || changes > this.#froms.length) return 0;
    return changes === 0 ? Number.POSITIVE_INFINITY : Math.min(...this.#froms.slice(-changes));
  }
}
