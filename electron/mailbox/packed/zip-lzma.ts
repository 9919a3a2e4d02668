/**
 * LZMA as it stands in a ZIP file (PKWARE's APPNOTE 6.3, 5.8.8): a version, the properties, and one stream,
 * which may end with a mark.
 */

import { DICTIONARY_BYTES_MAX, History } from './history.ts';
import { Damaged, type Input } from './input.ts';
import { Lzma, MATCH_MAX } from './lzma.ts';
import { RangeDecoder } from './range-decoder.ts';

const PROPERTY_BYTES = 5;
const DICTIONARY_BYTES_MIN = 4096;
const PIECE_BYTES = 64 * 1024;

/** @param bytes that it expands to, if no mark says where it ends @throws Damaged */
export function* unlzma(input: Input, bytes: number): Generator<Uint8Array> {
  const header = viewOf(input.take(4));
  if (header.getUint16(2, true) !== PROPERTY_BYTES) {
    throw new Damaged('corrupt', 'has odd properties');
  }
  const properties = viewOf(input.take(PROPERTY_BYTES));
  const reach = Math.max(DICTIONARY_BYTES_MIN, properties.getUint32(1, true));
  if (reach > DICTIONARY_BYTES_MAX) throw new Damaged('corrupt', 'needs too much memory');
  const history = new History(reach);
  const lzma = new Lzma(properties.getUint8(0));
  const coder = new RangeDecoder(input.take(5), () => {
    const some = input.stretch();
    if (some.length === 0) throw new Damaged('truncated', 'ends too early');
    return some;
  });
  for (let position = 0; position < bytes; ) {
    const length = Math.min(PIECE_BYTES, bytes - position);
    history.makeRoom(length + MATCH_MAX);
    const before = history.filled;
    const goes = lzma.run(coder, history, length, position);
    const made = history.filled - before;
    position += made;
    if (made > 0) yield history.last(made);
    if (goes === 'ends') return;
  }
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
