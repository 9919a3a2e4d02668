/**
 * Sorts millions of keys of any length without an object for each. Imports its neighbours.
 *
 * Keys are read four bytes at a time. A stretch of keys with equal beginnings is sorted by its next
 * four bytes; stretches that are still equal go on. What all keys of a stretch have in common (the
 * name of a list, say) is passed over without sorting. Equal keys stay in the order of their numbers.
 */

import type { SortKeys } from './sort-keys.ts';
import { inStretches, STEP_ITEMS, type Steps } from '../../shared/steps.ts';

const WORD_BYTES = 4;
/** Stretches no longer than this are sorted by insertion. */
const FEW = 12;
/** Longer ones than this are counted rather than compared. */
const MANY = 1 << 13;
const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

export class KeyOrder {
  readonly #view: DataView;
  readonly #bytes: Uint8Array;
  readonly #starts: Float64Array;
  /** Numbers in the order found so far, and the word of each that is being looked at. */
  #numbers: Uint32Array<ArrayBuffer>;
  #words: Uint32Array<ArrayBuffer>;
  #spareNumbers = new Uint32Array(0);
  #spareWords = new Uint32Array(0);
  #pairs = new BigUint64Array(0);

  private constructor(keys: SortKeys) {
    const { bytes, starts } = keys;
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#starts = starts;
    const count = starts.length;
    this.#numbers = new Uint32Array(count);
    this.#words = new Uint32Array(count);
    for (let number = 0; number < count; number++) this.#numbers[number] = number;
  }

  static *of(keys: SortKeys): Steps<KeyOrder> {
    const order = new KeyOrder(keys);
    yield* order.#sortLong(0, keys.starts.length, 0);
    return order;
  }

  /** The numbers of the keys, ascending by key. */
  get numbers(): Uint32Array {
    return this.#numbers;
  }

  /** For each key the rank it has; equal keys have the same, the first has 0. */
  ranks(): { readonly ranks: Uint32Array; readonly end: number } {
    const numbers = this.#numbers;
    const ranks = new Uint32Array(numbers.length);
    let rank = 0;
    for (let at = 1; at < numbers.length; at++) {
      const number = numbers[at] ?? 0;
      if (this.#compare(numbers[at - 1] ?? 0, number, 0) !== 0) rank += 1;
      ranks[number] = rank;
    }
    return { ranks, end: rank + 1 };
  }

  /** As `#sortStretch`, in steps: those of a short stretch would cost more than the sorting. */
  *#sortLong(start: number, end: number, depth: number): Steps<void> {
    if (end - start <= MANY) return this.#sortStretch(start, end, depth);
    for (let from = depth; ; from += WORD_BYTES) {
      const words = yield* this.#loadMany(start, end, from);
      if (words === 'ended') return undefined;
      if (words === 'same') continue;
      yield* this.#count(start, end);
      return yield* this.#sortLongRuns(start, end, from + WORD_BYTES);
    }
  }

  *#sortLongRuns(start: number, end: number, from: number): Steps<void> {
    let stepEnd = start + STEP_ITEMS / 4;
    for (let run = start; run < end; ) {
      const behind = this.#runEnd(run, end);
      if (this.#goesOn(run, behind)) yield* this.#sortLong(run, behind, from);
      run = behind;
      if (run < stepEnd) continue;
      stepEnd = run + STEP_ITEMS / 4;
      yield;
    }
  }

  *#loadMany(start: number, end: number, from: number): Steps<Words> {
    const first = this.#wordAt(start, from);
    let difference = 0;
    yield* inStretches(start, end, (begin, behind) => {
      difference |= this.#load(begin, behind, from, first);
    });
    return wordsAre(difference, first);
  }

  #sortStretch(start: number, end: number, depth: number): void {
    let from = depth;
    while (end - start > FEW) {
      const first = this.#wordAt(start, from);
      const words = wordsAre(this.#load(start, end, from, first), first);
      from += WORD_BYTES;
      if (words === 'differ') {
        this.#sortPairs(start, end);
        this.#sortRuns(start, end, from);
        return;
      }
      if (words === 'ended') return;
    }
    this.#insert(start, end, from);
  }

  #wordAt(place: number, from: number): number {
    return this.#view.getUint32((this.#starts[this.#numbers[place] ?? 0] ?? 0) + from);
  }

  /** Reads the next word of each key of a stretch. @returns the bits in which any differs from `first` */
  #load(start: number, end: number, from: number, first: number): number {
    const [numbers, words, starts, view] = [this.#numbers, this.#words, this.#starts, this.#view];
    let difference = 0;
    for (let at = start; at < end; at++) {
      const word = view.getUint32((starts[numbers[at] ?? 0] ?? 0) + from);
      words[at] = word;
      difference |= word ^ first;
    }
    return difference;
  }

  /** Goes on with those that are equal so far. */
  #sortRuns(start: number, end: number, from: number): void {
    // The words of a stretch are overwritten by sorting it, those behind it are not.
    for (let run = start; run < end; ) {
      const behind = this.#runEnd(run, end);
      if (this.#goesOn(run, behind)) this.#sortStretch(run, behind, from);
      run = behind;
    }
  }

  /** Where the words cease to be equal to the first of a run. */
  #runEnd(run: number, end: number): number {
    const word = this.#words[run];
    let behind = run + 1;
    while (behind < end && this.#words[behind] === word) behind += 1;
    return behind;
  }

  /** Whether the keys of a run may differ behind the word that they have in common. */
  #goesOn(run: number, behind: number): boolean {
    return behind - run > 1 && ((this.#words[run] ?? 0) & 0xff) !== 0;
  }

  /** With the sort of the runtime: word and number packed in 64 bits. */
  #sortPairs(start: number, end: number): void {
    const count = end - start;
    if (this.#pairs.length < count) this.#pairs = new BigUint64Array(MANY);
    const pairs = this.#pairs.subarray(0, count);
    const halves = new Uint32Array(pairs.buffer, 0, 2 * count);
    const [numbers, words] = [this.#numbers, this.#words];
    for (let at = 0; at < count; at++) {
      halves[2 * at + LOW] = numbers[start + at] ?? 0;
      halves[2 * at + HIGH] = words[start + at] ?? 0;
    }
    pairs.sort();
    for (let at = 0; at < count; at++) {
      numbers[start + at] = halves[2 * at + LOW] ?? 0;
      words[start + at] = halves[2 * at + HIGH] ?? 0;
    }
  }

  *#count(start: number, end: number): Steps<void> {
    if (this.#spareWords.length === 0) {
      this.#spareNumbers = new Uint32Array(this.#numbers.length);
      this.#spareWords = new Uint32Array(this.#numbers.length);
    }
    let passes = 0;
    for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
      if (!(yield* this.#pass(start, end, shift))) continue;
      passes += 1;
      [this.#numbers, this.#spareNumbers] = [this.#spareNumbers, this.#numbers];
      [this.#words, this.#spareWords] = [this.#spareWords, this.#words];
    }
    // What lies outside of the stretch is in the columns it was in before.
    if (passes % 2 === 0) return;
    this.#spareNumbers.set(this.#numbers.subarray(start, end), start);
    this.#spareWords.set(this.#words.subarray(start, end), start);
    [this.#numbers, this.#spareNumbers] = [this.#spareNumbers, this.#numbers];
    [this.#words, this.#spareWords] = [this.#spareWords, this.#words];
  }

  *#pass(start: number, end: number, shift: number): Steps<boolean> {
    const [numbers, words] = [this.#numbers, this.#words];
    const [toNumbers, toWords] = [this.#spareNumbers, this.#spareWords];
    const starts = new Uint32Array(DIGITS);
    yield* inStretches(start, end, (begin, behind) => {
      for (let at = begin; at < behind; at++) {
        const digit = ((words[at] ?? 0) >>> shift) & (DIGITS - 1);
        starts[digit] = (starts[digit] ?? 0) + 1;
      }
    });
    if (starts[((words[start] ?? 0) >>> shift) & (DIGITS - 1)] === end - start) return false;
    let next = start;
    for (let digit = 0; digit < DIGITS; digit++) {
      const here = starts[digit] ?? 0;
      starts[digit] = next;
      next += here;
    }
    yield* inStretches(start, end, (begin, behind) => {
      for (let at = begin; at < behind; at++) {
        const word = words[at] ?? 0;
        const digit = (word >>> shift) & (DIGITS - 1);
        const place = starts[digit] ?? 0;
        toNumbers[place] = numbers[at] ?? 0;
        toWords[place] = word;
        starts[digit] = place + 1;
      }
    });
    return true;
  }

  #insert(start: number, end: number, from: number): void {
    const numbers = this.#numbers;
    for (let at = start + 1; at < end; at++) {
      const number = numbers[at] ?? 0;
      let place = at;
      while (place > start && this.#compare(numbers[place - 1] ?? 0, number, from) > 0) {
        numbers[place] = numbers[place - 1] ?? 0;
        place -= 1;
      }
      numbers[place] = number;
    }
  }

  /** How two keys compare from some byte on; zero if they are equal. */
  #compare(one: number, other: number, from: number): number {
    const bytes = this.#bytes;
    let at = (this.#starts[one] ?? 0) + from;
    let against = (this.#starts[other] ?? 0) + from;
    for (; ; at++, against++) {
      const byte = bytes[at] ?? 0;
      const difference = byte - (bytes[against] ?? 0);
      if (difference !== 0 || byte === 0) return difference;
    }
  }
}

/** What the words of a stretch are to each other: all the same and at the end of their keys, or not. */
type Words = 'same' | 'ended' | 'differ';

function wordsAre(difference: number, first: number): Words {
  if (difference !== 0) return 'differ';
  return (first & 0xff) === 0 ? 'ended' : 'same';
}

const LITTLE_ENDIAN = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;
const LOW = LITTLE_ENDIAN ? 0 : 1;
const HIGH = 1 - LOW;
