/** LZMA2: chunks of LZMA, or of bytes as they are, each saying what it forgets of those before. */

import { History } from './history.ts';
import { Damaged, type Input } from './input.ts';
import { Lzma, MATCH_MAX } from './lzma.ts';

/** Expands the chunks up to their end mark. @param dictionaryBytes how far back it may refer */
export function* unlzma2(input: Input, dictionaryBytes: number): Generator<Uint8Array> {
  const history = new History(dictionaryBytes);
  let lzma: Lzma | null = null;
  let properties = -1;
  let position = 0;
  for (;;) {
    const control = byteOf(input);
    if (control === 0) return;
    if (control === 1 || control >= 0xe0) {
      history.forget();
      position = 0;
    }
    if (control < 0x80) {
      if (control > 2) throw new Damaged('corrupt', 'has a chunk of no known kind');
      const bytes = input.take(1 + twoBytesOf(input));
      history.makeRoom(bytes.length);
      history.append(bytes);
      position += bytes.length;
      yield bytes;
      continue;
    }
    const length = 1 + (((control & 0x1f) << 16) | twoBytesOf(input));
    const packed = 1 + twoBytesOf(input);
    const reset = (control >> 5) & 3;
    if (reset >= 2) properties = byteOf(input);
    if (reset >= 1 && properties >= 0) lzma = new Lzma(properties);
    if (!lzma) throw new Damaged('corrupt', 'begins in the middle');
    history.makeRoom(length + MATCH_MAX);
    lzma.decode(input.take(packed), history, length, position);
    position += length;
    yield history.last(length);
  }
}

const byteOf = (input: Input): number => input.take(1)[0] ?? 0;

function twoBytesOf(input: Input): number {
  const [high = 0, low = 0] = input.take(2);
  return (high << 8) | low;
}
