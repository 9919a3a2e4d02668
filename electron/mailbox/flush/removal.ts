/** Byte ranges that go, and the arithmetic of what stays: where each kept byte was, and will be. */

/** Bytes that go. */
export interface Removal {
  readonly offset: number;
  readonly length: number;
}

/** A stretch of kept bytes that stays together. */
export interface Stretch {
  readonly source: number;
  readonly target: number;
  readonly length: number;
}

/**
 * The bytes behind the first removal that stay, numbered from 0: "kept bytes". Kept byte `n` ends up
 * at `start + n`; this tells where it comes from.
 */
export class Kept {
  /** Where the first removal begins: everything before it is left alone. */
  readonly start: number;
  readonly #removals: readonly Removal[];
  /** For each removal the number of kept bytes in front of it. */
  readonly #keptBefore: Float64Array;

  /** @param removals ascending, apart, not empty */
  constructor(removals: readonly Removal[]) {
    this.#removals = removals;
    this.start = removals[0]?.offset ?? 0;
    this.#keptBefore = new Float64Array(removals.length);
    let gone = 0;
    removals.forEach((removal, at) => {
      this.#keptBefore[at] = removal.offset - this.start - gone;
      gone += removal.length;
    });
  }

  /** How many kept bytes there are in a file that ends at `sourceEnd`. */
  count(sourceEnd: number): number {
    const gone = this.#removals.reduce((sum, removal) => sum + removal.length, 0);
    return sourceEnd - this.start - gone;
  }

  /** Where kept byte `number` lies in the file as it was. */
  sourceOf(number: number): number {
    return this.start + number + this.gapAt(number);
  }

  /** How far kept byte `number` has to move. */
  gapAt(number: number): number {
    let gap = 0;
    for (let at = 0; at <= this.#lastRemovalBefore(number); at++)
      gap += this.#removals[at]?.length ?? 0;
    return gap;
  }

  /** The stretches that kept bytes `from` up to `to` consist of, in order. */
  stretches(from: number, to: number): Stretch[] {
    const stretches: Stretch[] = [];
    let at = this.#lastRemovalBefore(from);
    let gap = this.gapAt(from);
    let number = from;
    while (number < to) {
      const next = this.#removals[at + 1];
      const end = next ? Math.min(to, this.#keptBefore[at + 1] ?? to) : to;
      if (end > number) {
        const target = this.start + number;
        stretches.push({ source: target + gap, target, length: end - number });
        number = end;
      }
      if (number < to) {
        at += 1;
        gap += this.#removals[at]?.length ?? 0;
      }
    }
    return stretches;
  }

  /** Index of the last removal with no more than `number` kept bytes in front of it. */
  #lastRemovalBefore(number: number): number {
    let low = 0;
    let high = this.#removals.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#keptBefore[middle] ?? 0) <= number) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
