/**
 * A message in the place of another one, made of that one's bytes and of new ones: an attachment is
 * taken out, a line stands for it. Imports its neighbours.
 *
 * The new form is appended first and the old one removed behind it, under one lock, by the same
 * journals as a delivery and a compaction. A crash in between leaves both; neither is ever missing.
 */

import type { Digest, Key } from '../../../shared/units.ts';
import type { Reads, StoredAt } from './append.ts';
import type { Pending } from './pending.ts';

/** Bytes of the old form as it is stored, its separator counted in; or new ones. */
export type Piece = { readonly from: number; readonly to: number } | { readonly bytes: Uint8Array };

export interface Exchange {
  readonly key: Key;
  /** Of all bytes of the old form, as they were seen (I5). */
  readonly digest: Digest;
  readonly bytes: number;
  /** The new form, in order; it begins with the separator of the old one. */
  readonly pieces: readonly Piece[];
}

export const lengthOf = (piece: Piece): number =>
  'bytes' in piece ? piece.bytes.length : piece.to - piece.from;

/** The old forms as deletions. */
export function asPending(exchanges: readonly Exchange[]): Pending {
  return new Map(exchanges.map(({ key, digest, bytes }) => [key, { digest, bytes }]));
}

/**
 * The new form, to be read as if it lay in a file.
 * @param read of the mailbox
 * @param offset where the old form lies in it
 */
export function newForm(read: Reads, offset: number, pieces: readonly Piece[]): StoredAt {
  const length = pieces.reduce((sum, piece) => sum + lengthOf(piece), 0);
  return {
    offset: 0,
    length,
    read: async (into, from) => {
      let filled = 0;
      let begin = 0;
      for (const piece of pieces) {
        const end = begin + lengthOf(piece);
        if (from + filled < end && filled < into.length) {
          const skipped = from + filled - begin;
          const part = into.subarray(
            filled,
            filled + Math.min(into.length - filled, end - begin - skipped),
          );
          filled += await fill(part, piece, skipped, read, offset);
        }
        begin = end;
      }
      return filled;
    },
  };
}

async function fill(
  into: Uint8Array,
  piece: Piece,
  skipped: number,
  read: Reads,
  offset: number,
): Promise<number> {
  if (!('bytes' in piece)) return read(into, offset + piece.from + skipped);
  into.set(piece.bytes.subarray(skipped, skipped + into.length));
  return into.length;
}
