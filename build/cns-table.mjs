/**
 * `node build/cns-table.mjs`: writes electron/message/cns-11643-table.ts, the characters of planes 1
 * to 7 of CNS 11643, as glibc's `iconv` has them in EUC-TW. To be run again when these change.
 */

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { root } from './setup/places.mjs';

const PLANES = [1, 2, 3, 4, 5, 6, 7];
const COLUMNS = 94;
const SINGLE_SHIFT = 0x8e;
const LF = 0x0a;

/** Each character of a plane on a line of its own. */
function encoded(plane) {
  const lines = Array.from({ length: COLUMNS * COLUMNS }, (_, at) => {
    const [row, column] = [Math.floor(at / COLUMNS), at % COLUMNS];
    const shift = plane === 1 ? [] : [SINGLE_SHIFT, 0xa0 + plane];
    return [...shift, 0xa1 + row, 0xa1 + column, LF];
  });
  return Buffer.from(lines.flat());
}

/**
 * Code points by their place, 0 for none. What is no character iconv leaves out, byte by byte, and so
 * takes the bytes behind a shift for a sign of plane 1; in the other planes there are none.
 */
function characters(plane) {
  const words = ['-c', '-f', 'EUC-TW', '-t', 'UTF-8'];
  const { stdout } = spawnSync('iconv', words, { input: encoded(plane), encoding: 'utf8' });
  return stdout.split('\n', COLUMNS * COLUMNS).map((line) => {
    const code = line.codePointAt(0) ?? 0;
    return plane === 1 || /\p{Script=Han}/u.test(String.fromCodePoint(code)) ? code : 0;
  });
}

const all = PLANES.flatMap(characters);
// Bytes of one kind together: they are much alike.
const bytes = [16, 8, 0].flatMap((shift) => all.map((code) => (code >> shift) & 0xff));
const packed = brotliCompressSync(Buffer.from(bytes), {
  params: { [constants.BROTLI_PARAM_LGWIN]: 24 },
});
writeFileSync(
  path.join(root, 'electron/message/cns-11643-table.ts'),
  `/** Made by build/cns-table.mjs. Planes 1 to 7: the high bytes of all code points, the middle ones, the low ones. */
export const CNS_TABLE =
  '${packed.toString('base64')}';
`,
);
