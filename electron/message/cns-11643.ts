/**
 * CNS 11643, the Chinese standard of Taiwan: planes 1 and 2 hold the characters of Big5, planes 3 to 7
 * what it has not, names of people and places above all; those beyond were never in mail. Imports its
 * table, which is unpacked when it is first needed.
 */

import { brotliDecompressSync } from 'node:zlib';
import { CNS_TABLE } from './cns-11643-table.ts';

const PLANES = 7;
const COLUMNS = 94;
const PLANE_CHARACTERS = COLUMNS * COLUMNS;
let table: Buffer | null = null;

/**
 * A character of planes 1 to 7; null if there is none.
 * @param row as a byte of seven bits, 0x21 to 0x7e; so `column`
 */
export function cnsCharacter(plane: number, row: number, column: number): string | null {
  const place = (row - 0x21) * COLUMNS + (column - 0x21);
  if (plane < 1 || plane > PLANES || place < 0 || place >= PLANE_CHARACTERS) return null;
  table ??= brotliDecompressSync(Buffer.from(CNS_TABLE, 'base64'));
  const all = PLANES * PLANE_CHARACTERS;
  const at = (plane - 1) * PLANE_CHARACTERS + place;
  const [high = 0, middle = 0, low = 0] = [table[at], table[at + all], table[at + 2 * all]];
  const code = (high << 16) | (middle << 8) | low;
  return code === 0 ? null : String.fromCodePoint(code);
}
