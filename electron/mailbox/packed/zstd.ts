/** Zstandard, all its frames one behind the other, by the format's own library as WebAssembly. */

import { ZSTDDecoder } from 'zstddec/stream';
import { Damaged, type Input } from './input.ts';

/** The library goes on giving nothing, for ever, once it has met what it cannot read. */
const NOTHING_MAX = 64;

const MAGIC = [0x28, 0xb5, 0x2f, 0xfd];

export const isZstd = (bytes: Uint8Array): boolean =>
  MAGIC.every((byte, index) => bytes[index] === byte);

/** @throws Damaged */
export async function* unzstd(input: Input): AsyncGenerator<Uint8Array> {
  const decoder = new ZSTDDecoder();
  await decoder.init();
  let nothing = 0;
  const expanded = decoder.decodeStreaming(stretches(input));
  for (;;) {
    const next = nextOf(expanded);
    if (next.done) return;
    nothing = next.value.length > 0 ? 0 : nothing + 1;
    if (nothing > NOTHING_MAX) throw new Damaged('corrupt', 'holds what is no Zstandard');
    if (next.value.length > 0) yield next.value;
  }
}

function nextOf(expanded: Generator<Uint8Array>): IteratorResult<Uint8Array> {
  try {
    return expanded.next();
  } catch (error) {
    const early = error instanceof Error && error.message.startsWith('Incomplete');
    throw new Damaged(early ? 'truncated' : 'corrupt', String(error));
  }
}

function* stretches(input: Input): Generator<Uint8Array> {
  for (let some = input.stretch(); some.length > 0; some = input.stretch()) yield some;
}
