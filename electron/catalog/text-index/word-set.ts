/**
 * The words of one text after the other, each once for each message, as an index takes them: joined by
 * spaces, in UTF-8. Imports the scanner's types.
 *
 * Two neighbours that stand alone (one character each, of a script without spaces) are a word of their
 * own as well, so that what a person takes for a word is found without reading. Bounded: a word is
 * known by its beginning, a message by so many words.
 */

import type { WordSink } from './word-scanner.ts';

/** A longer word is indexed by so many bytes of it. */
export const WORD_BYTES_MAX = 64;
/** Of one message. More different words are in no language, but in lists, tables and encoded files. */
const WORDS_MAX = 200_000;
const SLOTS_MIN = 1 << 12;
const BYTES_MIN = 1 << 20;
const SPACE = 0x20;

export class WordSet implements WordSink {
  #bytes = Buffer.allocUnsafeSlow(BYTES_MIN);
  #length = 0;
  #count = 0;
  #cut = false;
  /** Hash, place and message of each word: of other messages than this one a slot is free. */
  #slots = new Int32Array(SLOTS_MIN * 3);
  #mask = SLOTS_MIN - 1;
  #message = 1;
  readonly #pair = Buffer.alloc(16);
  #pairLength = 0;

  /** Words of all messages since `clear`. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  get length(): number {
    return this.#length;
  }

  clear(): void {
    this.#length = 0;
    this.#begin();
  }

  /** The message is over. @returns whether all its words are there */
  end(): 'whole' | 'cut' {
    const how = this.#cut ? 'cut' : 'whole';
    this.#begin();
    return how;
  }

  word(bytes: Uint8Array, from: number, to: number, alone: boolean): void {
    this.#add(bytes, from, Math.min(to, wordEnd(bytes, from, to)));
    if (!alone) {
      this.#pairLength = 0;
      return;
    }
    const before = this.#pairLength;
    this.#pair.set(bytes.subarray(from, to), before);
    if (before > 0) {
      this.#add(this.#pair, 0, before + to - from);
      this.#pair.copyWithin(0, before);
    }
    this.#pairLength = to - from;
  }

  nextText(): void {
    this.#pairLength = 0;
  }

  #begin(): void {
    this.#count = 0;
    this.#cut = false;
    this.#pairLength = 0;
    this.#message += 1;
  }

  #add(word: Uint8Array, from: number, to: number): void {
    let hash = 0x811c9dc5;
    for (let at = from; at < to; at++) hash = Math.imul(hash ^ (word[at] ?? 0), 0x01000193);
    hash ^= hash >>> 15;
    const slots = this.#slots;
    let slot = hash & this.#mask;
    while (slots[slot * 3 + 2] === this.#message) {
      if (slots[slot * 3] === hash && this.#isAt(slots[slot * 3 + 1] ?? 0, word, from, to)) return;
      slot = (slot + 1) & this.#mask;
    }
    if (this.#count >= WORDS_MAX) {
      this.#cut = true;
      return;
    }
    slots[slot * 3] = hash;
    slots[slot * 3 + 1] = this.#length;
    slots[slot * 3 + 2] = this.#message;
    this.#append(word, from, to);
    this.#count += 1;
    if (this.#count * 2 > this.#mask) this.#widen();
  }

  #isAt(place: number, word: Uint8Array, from: number, to: number): boolean {
    const bytes = this.#bytes;
    let at = place;
    for (let letter = from; letter < to; letter++, at++) {
      if (bytes[at] !== word[letter]) return false;
    }
    return bytes[at] === SPACE;
  }

  #append(word: Uint8Array, from: number, to: number): void {
    const after = this.#length + to - from + 1;
    if (after > this.#bytes.length) {
      const wider = Buffer.allocUnsafeSlow(Math.max(after, this.#bytes.length * 2));
      this.#bytes.copy(wider, 0, 0, this.#length);
      this.#bytes = wider;
    }
    const bytes = this.#bytes;
    let at = this.#length;
    for (let letter = from; letter < to; letter++) bytes[at++] = word[letter] ?? 0;
    bytes[at] = SPACE;
    this.#length = after;
  }

  #widen(): void {
    const before = this.#slots;
    this.#mask = this.#mask * 2 + 1;
    const slots = new Int32Array((this.#mask + 1) * 3);
    for (let from = 0; from < before.length; from += 3) {
      if (before[from + 2] !== this.#message) continue;
      let slot = (before[from] ?? 0) & this.#mask;
      while (slots[slot * 3 + 2] === this.#message) slot = (slot + 1) & this.#mask;
      for (let part = 0; part < 3; part++) slots[slot * 3 + part] = before[from + part] ?? 0;
    }
    this.#slots = slots;
  }
}

/** Where the part of a word ends that is indexed, between two characters. */
export function wordEnd(bytes: Uint8Array, from: number, to: number): number {
  if (to - from <= WORD_BYTES_MAX) return to;
  let end = from + WORD_BYTES_MAX;
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return end;
}
