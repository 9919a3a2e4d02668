/**
 * Columns of numbers: picked from, shown as bytes, and made again of bytes that were kept. Imports
 * steps.
 *
 * Bytes are in the order of the machine; whoever keeps them says which that is.
 */

import { inStretches, STEP_ITEMS, type Steps } from '../../../shared/steps.ts';

/** The numbers at these places, in steps. @param places ascending */
export function* picked(column: Uint32Array, places: Int32Array): Steps<Uint32Array<ArrayBuffer>> {
  const left = new Uint32Array(places.length);
  for (let at = 0; at < places.length; at++) {
    if (at % STEP_ITEMS === 0) yield;
    left[at] = column[places[at] ?? 0] ?? 0;
  }
  return left;
}

/** A view of its bytes. */
export function bytesOf(column: Float64Array | Uint32Array): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
}

/** The bytes as numbers: in place, or copied where numbers cannot lie; null if they are not so many. */
export function doublesOf(
  bytes: Uint8Array | undefined,
  count: number,
): Float64Array<ArrayBuffer> | null {
  if (bytes?.byteLength !== count * Float64Array.BYTES_PER_ELEMENT) return null;
  const { buffer, byteOffset: at } = aligned(bytes, Float64Array.BYTES_PER_ELEMENT);
  return new Float64Array(buffer, at, count);
}

/** As `doublesOf`. */
export function wordsOf(
  bytes: Uint8Array | undefined,
  count: number,
): Uint32Array<ArrayBuffer> | null {
  if (bytes?.byteLength !== count * Uint32Array.BYTES_PER_ELEMENT) return null;
  const { buffer, byteOffset: at } = aligned(bytes, Uint32Array.BYTES_PER_ELEMENT);
  return new Uint32Array(buffer, at, count);
}

/** Numbers in as few bytes each as all of them need: one, two or four. In steps. */
export function* packed(column: Uint32Array): Steps<Uint8Array> {
  let highest = 0;
  yield* inStretches(0, column.length, (from, to) => {
    for (let at = from; at < to; at++) highest = Math.max(highest, column[at] ?? 0);
  });
  if (highest > 0xffff) return bytesOf(column);
  const narrow = new (highest > 0xff ? Uint16Array : Uint8Array)(column.length);
  yield* inStretches(0, column.length, (from, to) => narrow.set(column.subarray(from, to), from));
  return new Uint8Array(narrow.buffer);
}

/** The numbers again; null if they are not so many. */
export function unpacked(
  bytes: Uint8Array | undefined,
  count: number,
): Uint32Array<ArrayBuffer> | null {
  if (bytes?.byteLength === count * Uint32Array.BYTES_PER_ELEMENT) return wordsOf(bytes, count);
  const numbers = new Uint32Array(count);
  if (bytes?.byteLength === count) numbers.set(bytes);
  else if (bytes?.byteLength === count * Uint16Array.BYTES_PER_ELEMENT) {
    const { buffer, byteOffset: at } = aligned(bytes, Uint16Array.BYTES_PER_ELEMENT);
    numbers.set(new Uint16Array(buffer, at, count));
  } else return null;
  return numbers;
}

function aligned(bytes: Uint8Array, unit: number): Uint8Array<ArrayBuffer> {
  const inPlace = bytes.byteOffset % unit === 0 && bytes.buffer instanceof ArrayBuffer;
  return inPlace ? (bytes as Uint8Array<ArrayBuffer>) : bytes.slice();
}
