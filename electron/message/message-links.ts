/**
 * By what messages are threaded: the ids in Message-ID, References and In-Reply-To, each kept as a hash
 * of 64 bits, because ids are long and nobody reads them. Imports nothing.
 *
 * An id is what stands between angle brackets (RFC 5322 section 3.6.4), without the quotes and the white
 * space in it (RFC 5256 section 2.2), so that a quoted or folded id is the same id. Comments hold
 * none. Two ids of a hundred million have the same hash with a chance of 1 in 3700; whoever makes such
 * ids on purpose can put their own mail into a thread, as they can by naming the other id.
 *
 * Promises: linear time, never throws, whatever the bytes are.
 */

/** So many references of a message are kept: the first, which names the thread, and the last. */
export const REFERENCES_MAX = 254;
/** The own id, and the references. */
export const LINKS_MAX = REFERENCES_MAX + 1;
/** A hash is two words. */
export const LINK_WORDS = 2;

const WORDS_GUESS = 64;
const LF = 0x0a;
const TAB = 0x09;
const CR = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const OPEN_COMMENT = 0x28;
const CLOSE_COMMENT = 0x29;
const OPEN = 0x3c;
const CLOSE = 0x3e;
const AT = 0x40;

type Which = 'one' | 'all' | 'first of prose';

export class MessageLinks {
  /** The own id, zero if there is none, and the ids referred to, oldest first: two words each. */
  words = new Uint32Array(WORDS_GUESS);
  #count = 0;
  #low = 0;
  #high = 0;

  /** How many ids there are, the place of the own one included; 0 if there are none at all. */
  get count(): number {
    return this.#count === 1 && this.words[0] === 0 && this.words[1] === 0 ? 0 : this.#count;
  }

  /** The message to come has no ids yet. */
  begin(): void {
    this.words[0] = 0;
    this.words[1] = 0;
    this.#count = 1;
  }

  /** Takes the value of Message-ID. One without angle brackets is an id as a whole. */
  messageId(bytes: Uint8Array, from: number, to: number): void {
    this.#ids(bytes, from, to, 'one');
    if (this.#count === 1 && !this.#hash(bytes, from, to)) return;
    this.words[0] = this.#count === 1 ? this.#low : (this.words[2] ?? 0);
    this.words[1] = this.#count === 1 ? this.#high : (this.words[3] ?? 0);
    this.#count = 1;
  }

  /** Takes the value of References; comes behind `messageId`. */
  references(bytes: Uint8Array, from: number, to: number): void {
    this.#ids(bytes, from, to, 'all');
    const spare = this.#count - LINKS_MAX;
    if (spare <= 0) return;
    this.words.copyWithin(2 * LINK_WORDS, (2 + spare) * LINK_WORDS, this.#count * LINK_WORDS);
    this.#count = LINKS_MAX;
  }

  /**
   * Takes the value of In-Reply-To, which counts if there are no references (RFC 5256): the first id
   * in it; what has no `@` is prose, and what follows the first id is the address of somebody.
   */
  inReplyTo(bytes: Uint8Array, from: number, to: number): void {
    if (this.#count === 1) this.#ids(bytes, from, to, 'first of prose');
  }

  /** Adds the ids between angle brackets. */
  #ids(bytes: Uint8Array, from: number, to: number, which: Which): void {
    let comments = true;
    for (let at = from; at < to; at++) {
      if (bytes[at] === OPEN_COMMENT && comments) {
        const end = endOf(CLOSE_COMMENT, bytes, at, to);
        // If this one is not closed, no other one is.
        if (end < to) at = end;
        else comments = false;
      }
      if (bytes[at] !== OPEN) continue;
      const end = endOf(CLOSE, bytes, at, to);
      if (end === to) return;
      if (this.#idIn(bytes, at + 1, end, which) && which !== 'all') return;
      at = end;
    }
  }

  /** Adds the id between two brackets. @returns false if there is none */
  #idIn(bytes: Uint8Array, from: number, to: number, which: Which): boolean {
    let start = from;
    let hasAt = false;
    for (let at = from; at < to; at++) {
      // What comes before another opening bracket was never closed.
      if (bytes[at] === OPEN) start = at + 1;
      hasAt = bytes[at] === AT || (hasAt && bytes[at] !== OPEN);
    }
    if (which === 'first of prose' && !hasAt) return false;
    if (!this.#hash(bytes, start, to)) return false;
    this.#add();
    return true;
  }

  /** Hashes an id. @returns false if there is nothing in it */
  #hash(bytes: Uint8Array, from: number, to: number): boolean {
    let low = 0x811c9dc5;
    let high = 0x2545f491;
    let isEmpty = true;
    for (let at = from; at < to; at++) {
      const byte = bytes[at] ?? 0;
      if (byte === SPACE || byte === QUOTE || byte === LF || byte === CR || byte === TAB) continue;
      isEmpty = false;
      low = Math.imul(low ^ byte, 0x01000193);
      high = Math.imul(high ^ byte, 0x5851f42d);
      high ^= high >>> 15;
    }
    if (isEmpty) return false;
    low = Math.imul(low ^ (low >>> 15) ^ high, 0x2c1b3c6d);
    high = Math.imul(high ^ (high >>> 13) ^ low, 0x297a2d39);
    this.#low = (low ^ (low >>> 16)) >>> 0;
    // Zero says that there is no id.
    this.#high = (high ^ (high >>> 15)) >>> 0 || 1;
    return true;
  }

  #add(): void {
    const at = this.#count * LINK_WORDS;
    if (at >= this.words.length) {
      const wider = new Uint32Array(this.words.length * 2);
      wider.set(this.words);
      this.words = wider;
    }
    this.words[at] = this.#low;
    this.words[at + 1] = this.#high;
    this.#count += 1;
  }
}

/** Where a byte is next; `to` if it is not there. */
function endOf(wanted: number, bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && bytes[at] !== wanted) at += 1;
  return at;
}
