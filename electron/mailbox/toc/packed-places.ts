/**
 * Where messages lie, in few bytes: in most archives each begins where the one before it ends, so that
 * their lengths say it all. Imports `columns.ts` and steps.
 */

import { inStretches, STEP_ITEMS, type Steps } from '../../../shared/steps.ts';
import { bytesOf, doublesOf, wordsOf } from './columns.ts';

const LENGTH_MAX = 0xffff_ffff;

interface Places {
  readonly offsets: Float64Array<ArrayBuffer>;
  readonly lengths: Float64Array<ArrayBuffer>;
}

/** What must be kept of offsets and lengths, in steps. @param first where the first message begins, as a rule */
export function* packedPlaces(
  offsets: Float64Array,
  lengths: Float64Array,
  first: number,
): Steps<[string, Uint8Array][]> {
  if (offsets[0] !== first || !(yield* isDense(offsets, lengths))) {
    return [
      ['offsets', bytesOf(offsets)],
      ['lengths', bytesOf(lengths)],
    ];
  }
  const words = new Uint32Array(lengths.length);
  yield* inStretches(0, lengths.length, (from, to) => words.set(lengths.subarray(from, to), from));
  return [['denseLengths', bytesOf(words)]];
}

function* isDense(offsets: Float64Array, lengths: Float64Array): Steps<boolean> {
  for (let number = 0; number < offsets.length; number++) {
    if (number % STEP_ITEMS === 0) yield;
    const length = lengths[number] ?? 0;
    if (length > LENGTH_MAX) return false;
    const next = offsets[number + 1];
    if (next !== undefined && next !== (offsets[number] ?? 0) + length) return false;
  }
  return true;
}

/**
 * Offsets and lengths again.
 * @param first as it was given to `packedPlaces`
 * @param size bytes of the file: no message may lie behind it
 * @returns null if that is no order of so many messages
 */
export function unpackedPlaces(
  columns: ReadonlyMap<string, Uint8Array>,
  { count, first, size }: { count: number; first: number; size: number },
): Places | null {
  const dense = columns.get('denseLengths');
  if (dense) {
    const words = wordsOf(dense, count);
    return words && placedOneByOne(words, first, size);
  }
  const offsets = doublesOf(columns.get('offsets'), count);
  const lengths = doublesOf(columns.get('lengths'), count);
  return offsets && lengths && isInOrder(offsets, lengths, size) ? { offsets, lengths } : null;
}

function placedOneByOne(words: Uint32Array, first: number, size: number): Places | null {
  const offsets = new Float64Array(words.length);
  const lengths = Float64Array.from(words);
  let at = first;
  for (let number = 0; number < words.length; number++) {
    offsets[number] = at;
    at += words[number] ?? 0;
  }
  return at <= size ? { offsets, lengths } : null;
}

/** Each message begins where the one before it ends, or behind that, and none ends behind the file. */
function isInOrder(offsets: Float64Array, lengths: Float64Array, size: number): boolean {
  let end = 0;
  for (let number = 0; number < offsets.length; number++) {
    const offset = offsets[number] ?? 0;
    if (!(offset >= end)) return false;
    end = offset + (lengths[number] ?? 0);
    if (!(end >= offset)) return false;
  }
  return end <= size;
}
