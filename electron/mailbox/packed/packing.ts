/** How a file is compressed, told from its first bytes, never from its name; and expanding it. */

import type { Packing } from '../../../shared/packing.ts';
import { bunzip2, isBzip2 } from './bzip2.ts';
import { gunzip, inflate, isGzip } from './deflate.ts';
import { inflate64 } from './deflate64.ts';
import { Damaged, type Input } from './input.ts';
import { isXz, unxz } from './xz.ts';
import { unlzma } from './zip-lzma.ts';
import { isZstd, unzstd } from './zstd.ts';

/** So much of a file tells how it is compressed. */
export const MAGIC_BYTES = 8;

export type Expanded = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Ways to compress one stream of bytes; a ZIP file holds several. */
export type StreamPacking = Exclude<Packing, 'zip'> | 'deflate' | 'deflate64' | 'lzma' | 'stored';

const EXPANDING: Readonly<Record<StreamPacking, (input: Input, bytes: number) => Expanded>> = {
  gzip: gunzip,
  bzip2: bunzip2,
  xz: unxz,
  zstd: unzstd,
  deflate: inflate,
  deflate64: inflate64,
  lzma: unlzma,
  stored,
};

/** How a file that begins so is compressed; null if it is not, in a way known here. */
export function packingOf(head: Uint8Array): Packing | null {
  if (isGzip(head)) return 'gzip';
  if (isBzip2(head)) return 'bzip2';
  if (isXz(head)) return 'xz';
  if (isZstd(head)) return 'zstd';
  return isZip(head) ? 'zip' : null;
}

/** A ZIP file begins with a first entry, or with the end if it has none. */
const isZip = ([p, k, third, fourth]: Uint8Array): boolean =>
  p === 0x50 && k === 0x4b && ((third === 3 && fourth === 4) || (third === 5 && fourth === 6));

/**
 * Gives out what was compressed, in pieces that are valid until the next one.
 * @param bytes that it expands to, where that is stated elsewhere: some need not say themselves where they end
 * @throws Damaged, IO
 */
export const expand = (
  packing: StreamPacking,
  input: Input,
  bytes = Number.POSITIVE_INFINITY,
): Expanded => EXPANDING[packing](input, bytes);

function* stored(input: Input): Generator<Uint8Array> {
  for (let some = input.stretch(); some.length > 0; some = input.stretch()) yield some;
}

/**
 * The first bytes of what was compressed, as many as are wanted if there are as many.
 * @param bytes as for `expand`
 * @throws Damaged if not even one can be had
 */
export async function headOf(
  packing: StreamPacking,
  input: Input,
  bytesMax: number,
  bytes?: number,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of expand(packing, input, bytes)) {
      pieces.push(piece.slice(0, bytesMax - length));
      length = Math.min(bytesMax, length + piece.length);
      if (length >= bytesMax) break;
    }
  } catch (error) {
    if (!(error instanceof Damaged) || length === 0) throw error;
  }
  return Buffer.concat(pieces);
}
