/** Byte ranges that go, and the arithmetic of what stays: where each kept byte was, and will be. */

/** Bytes that go. */
export interface Removal {
  readonly offset: number;
  readonly length: number;
}

/** So many bytes at each end of a removal are checked before a recovery goes on. */
export const SEALED_BYTES = 4096;

/**
 * Bytes that go, with checksums (CRC-32) of their first and last `SEALED_BYTES`: at a recovery they
 * tell whether it is still these bytes that lie there (I5).
 */
export interface SealedRemoval extends Removal {
  readonly headChecksum: number;
  readonly tailChecksum: number;
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
  /** For each removal the number of kept bytes in front of it. */
  readonly #keptBefore: Float64Array;
  /** For each removal the bytes that go up to its end. */
  readonly #goneUpTo: Float64Array;

  /** @param removals ascending, apart, not empty */
  constructor(removals: readonly Removal[]) {
    this.start = removals[0]?.offset ?? 0;
    this.#keptBefore = new Float64Array(removals.length);
    this.#goneUpTo = new Float64Array(removals.length);
    let gone = 0;
    removals.forEach((removal, at) => {
      this.#keptBefore[at] = removal.offset - this.start - gone;
      gone += removal.length;
      this.#goneUpTo[at] = gone;
    });
  }

  /** How many kept bytes there are in a file that ends at `sourceEnd`. */
  count(sourceEnd: number): number {
    return sourceEnd - this.start - (this.#goneUpTo.at(-1) ?? 0);
  }

  /** Where kept byte `number` lies in the file as it was. */
  sourceOf(number: number): number {
    return this.start + number + this.gapAt(number);
  }

  /** How far kept byte `number` has to move. */
  gapAt(number: number): number {
    return this.#goneUpTo[this.#lastRemovalBefore(number)] ?? 0;
  }

  /** How many kept bytes have to move by less than `gap`. */
  narrow(gap: number): number {
    const wide = this.#goneUpTo.findIndex((gone) => gone >= gap);
    return wide < 0 ? Number.POSITIVE_INFINITY : (this.#keptBefore[wide] ?? 0);
  }

  /** The stretches that kept bytes `from` up to `to` consist of, in order. */
  *stretches(from: number, to: number): Generator<Stretch> {
    let number = from;
    for (let at = this.#lastRemovalBefore(from); number < to; at++) {
      const end = Math.min(to, this.#keptBefore[at + 1] ?? to);
      if (end > number) {
        const target = this.start + number;
        yield { source: target + (this.#goneUpTo[at] ?? 0), target, length: end - number };
        number = end;
      }
    }
  }

  /** Index of the last removal with no more than `number` kept bytes in front of it. */
  #lastRemovalBefore(number: number): number {
    let low = 0;
    let high = this.#keptBefore.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#keptBefore[middle] ?? 0) <= number) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** Bytes that go before a position; asked for ascending positions only. */
export function goneBefore(removals: readonly Removal[]): (position: number) => number {
  let at = 0;
  let gone = 0;
  return (position) => {
    for (let next = removals[at]; next && next.offset < position; next = removals[at]) {
      gone += next.length;
      at += 1;
    }
    return gone;
  };
}
