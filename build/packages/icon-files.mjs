/** Icons of several sizes in one file, as Windows and macOS want them: PNGs, each behind a line that names it. */

/** What Windows shows, from lists to large tiles; larger ones it cannot name. */
const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256];
const ICO_HEAD = 6;
const ICO_ENTRY = 16;

/**
 * A file of icons for Windows ("Icons", Microsoft 1995, ICONDIR and ICONDIRENTRY; PNGs since Vista).
 * @param {(size: number) => Buffer} drawn a PNG of so many pixels in each direction
 */
export function icoOf(drawn) {
  const pictures = ICO_SIZES.map((size) => ({ size, png: drawn(size) }));
  const head = Buffer.alloc(ICO_HEAD + ICO_ENTRY * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let at = head.length;
  pictures.forEach(({ size, png }, which) => {
    const entry = ICO_HEAD + ICO_ENTRY * which;
    // 256 does not fit into a byte, and is 0.
    head.writeUInt8(size % 256, entry);
    head.writeUInt8(size % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(png.length, entry + 8);
    head.writeUInt32LE(at, entry + 12);
    at += png.length;
  });
  return Buffer.concat([head, ...pictures.map(({ png }) => png)]);
}

/** Types of pictures and their pixels; one point of a Retina screen is two pixels wide. */
const ICNS_TYPES = /** @type {const} */ ([
  ['icp4', 16],
  ['ic11', 32],
  ['icp5', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
]);

/**
 * A file of icons for macOS (iconutil's format: types of four letters, each with its length).
 * @param {(size: number) => Buffer} drawn a PNG of so many pixels in each direction
 */
export function icnsOf(drawn) {
  const parts = ICNS_TYPES.map(([type, size]) => named(type, drawn(size)));
  return named('icns', Buffer.concat(parts));
}

/** @param {string} type @param {Buffer} content */
function named(type, content) {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(head.length + content.length, 4);
  return Buffer.concat([head, content]);
}
