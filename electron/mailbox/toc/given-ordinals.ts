/**
 * Which ordinals will never be given to a twin again: for a fingerprint one up to which all are gone or
 * in use. Columns of numbers and no text: a flush may remove millions of messages.
 *
 * Nothing is kept of most fingerprints: whoever asks looks among the messages for what lies above.
 */

const CAPACITY_MIN = 16;

export class GivenOrdinals {
  #high = new Uint32Array(CAPACITY_MIN);
  #low = new Uint32Array(CAPACITY_MIN);
  /** 0 where nothing is. */
  #ordinal = new Uint32Array(CAPACITY_MIN);
  #count = 0;

  /** All ordinals of this fingerprint up to this one are gone or in use; 0 if nothing is known. */
  upTo(high: number, low: number): number {
    return this.#count === 0 ? 0 : (this.#ordinal[this.#slot(high, low)] ?? 0);
  }

  /** Ordinals of this fingerprint, up to this one, are never given out again. */
  note(high: number, low: number, ordinal: number): void {
    if (this.#count * 2 >= this.#ordinal.length) this.#grow();
    const slot = this.#slot(high, low);
    const known = this.#ordinal[slot] ?? 0;
    if (known === 0) this.#count += 1;
    this.#high[slot] = high;
    this.#low[slot] = low;
    this.#ordinal[slot] = Math.max(known, ordinal);
  }

  /** The same, to go on with while this one stays as it is. */
  copy(): GivenOrdinals {
    const copy = new GivenOrdinals();
    copy.#high = this.#high.slice();
    copy.#low = this.#low.slice();
    copy.#ordinal = this.#ordinal.slice();
    copy.#count = this.#count;
    return copy;
  }

  /** All of them, three numbers each, to be kept and given to `restored`. */
  entries(): Uint32Array {
    const entries = new Uint32Array(this.#count * 3);
    let at = 0;
    this.#ordinal.forEach((ordinal, slot) => {
      if (ordinal === 0) return;
      entries.set([this.#high[slot] ?? 0, this.#low[slot] ?? 0, ordinal], at);
      at += 3;
    });
    return entries;
  }

  /** The same again. */
  static restored(entries: Uint32Array): GivenOrdinals {
    const given = new GivenOrdinals();
    for (let at = 0; at + 2 < entries.length; at += 3) {
      const ordinal = entries[at + 2] ?? 0;
      if (ordinal !== 0) given.note(entries[at] ?? 0, entries[at + 1] ?? 0, ordinal);
    }
    return given;
  }

  /** The slot of a fingerprint: the one that holds it, or the empty one where it belongs. */
  #slot(high: number, low: number): number {
    const mask = this.#ordinal.length - 1;
    let slot = (low ^ Math.imul(high, 0x9e3779b1)) & mask;
    while (this.#ordinal[slot] !== 0 && (this.#high[slot] !== high || this.#low[slot] !== low)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #grow(): void {
    const [highs, lows, ordinals] = [this.#high, this.#low, this.#ordinal];
    const capacity = ordinals.length * 2;
    this.#high = new Uint32Array(capacity);
    this.#low = new Uint32Array(capacity);
    this.#ordinal = new Uint32Array(capacity);
    this.#count = 0;
    ordinals.forEach((ordinal, at) => {
      if (ordinal !== 0) this.note(highs[at] ?? 0, lows[at] ?? 0, ordinal);
    });
  }
}
