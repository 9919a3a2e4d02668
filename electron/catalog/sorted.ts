/**
 * Sorts millions of numbers by keys of any length without an object for each. Imports nothing.
 *
 * Keys are read four bytes at a time. Each round sorts a stretch of equal beginnings by the next
 * four bytes and the number itself, packed in 64 bits, with the sort of the runtime; stretches that
 * are still equal go on. Equal keys thereby stay in the order of their numbers.
 */

/** Four bytes of a number's key, beginning at `from`; zeroes behind its end. */
export type KeyWord = (number: number, from: number) => number;

const WORD_BYTES = 4;

/**
 * The numbers 0 to count - 1, ascending by key.
 * @param ended true if a key has no bytes from there on
 */
export function sortedByKey(
  count: number,
  word: KeyWord,
  ended: (number: number, from: number) => boolean,
): Uint32Array {
  const pairs = new BigUint64Array(count);
  const halves = new Uint32Array(pairs.buffer);
  for (let number = 0; number < count; number++) halves[2 * number + LOW] = number;
  sortStretch(0, count, 0);
  const order = new Uint32Array(count);
  for (let at = 0; at < count; at++) order[at] = halves[2 * at + LOW] ?? 0;
  return order;

  function sortStretch(start: number, end: number, from: number): void {
    for (let at = start; at < end; at++) {
      halves[2 * at + HIGH] = word(halves[2 * at + LOW] ?? 0, from);
    }
    pairs.subarray(start, end).sort();
    let run = start;
    while (run < end) {
      const key = halves[2 * run + HIGH];
      let behind = run + 1;
      while (behind < end && halves[2 * behind + HIGH] === key) behind += 1;
      if (behind - run > 1 && !allEnded(run, behind, from + WORD_BYTES)) {
        sortStretch(run, behind, from + WORD_BYTES);
      }
      run = behind;
    }
  }

  function allEnded(start: number, end: number, from: number): boolean {
    for (let at = start; at < end; at++) {
      if (!ended(halves[2 * at + LOW] ?? 0, from)) return false;
    }
    return true;
  }
}

const LITTLE_ENDIAN = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;
const LOW = LITTLE_ENDIAN ? 0 : 1;
const HIGH = 1 - LOW;
