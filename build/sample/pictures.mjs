/**
 * Small real pictures, made by arithmetic: PNG (RFC 2083), and one GIF. Node's own modules only, and
 * not zlib's compression, whose output differs from version to version.
 */

const CRC = new Uint32Array(256).map((_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1;
  return rest;
});

/** CRC-32 as PNG and ZIP want it. */
export function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (CRC[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

function adler32(bytes) {
  let low = 1;
  let high = 0;
  for (const byte of bytes) {
    low = (low + byte) % 65521;
    high = (high + low) % 65521;
  }
  return ((high << 16) | low) >>> 0;
}

/** A zlib stream of stored blocks (RFC 1950, 1951). */
function stored(bytes) {
  const pieces = [Buffer.from([0x78, 0x01])];
  for (let at = 0; at < bytes.length; at += 0xffff) {
    const block = bytes.subarray(at, at + 0xffff);
    const head = Buffer.alloc(5);
    head[0] = at + 0xffff >= bytes.length ? 1 : 0;
    head.writeUInt16LE(block.length, 1);
    head.writeUInt16LE(~block.length & 0xffff, 3);
    pieces.push(head, block);
  }
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(adler32(bytes));
  return Buffer.concat([...pieces, sum]);
}

function chunk(type, data) {
  const bytes = Buffer.alloc(data.length + 12);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, 'latin1');
  data.copy(bytes, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, data.length + 8)), data.length + 8);
  return bytes;
}

/** A PNG with a palette; `colourAt` answers with an index into it. */
export function png(width, height, palette, colourAt) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  header[9] = 3;
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows[y * (width + 1) + x + 1] = colourAt(x, y);
  }
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flat())),
    chunk('IDAT', stored(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A landscape: sky, sun, two ranges of hills. */
export function landscape(random, width = 240, height = 160) {
  const warm = random.integer(0, 80);
  const palette = [];
  for (let shade = 0; shade < 64; shade++) {
    palette.push([110 + warm + shade, 150 + Math.floor(shade * 1.4), 235 - Math.floor(warm / 2)]);
  }
  for (let shade = 0; shade < 32; shade++) palette.push([60 + shade, 110 + shade * 2, 70 + shade]);
  palette.push([255, 236, 170]);
  const sunX = random.integer(40, width - 40);
  const sunY = random.integer(25, 60);
  const swing = random.integer(20, 45);
  const far = (x) => height * 0.62 + Math.sin((x + sunX) / swing) * 11;
  const near = (x) => height * 0.78 + Math.sin((x + sunY * 3) / (swing * 1.7)) * 9;
  return png(width, height, palette, (x, y) => {
    if (y > near(x)) return 64 + ((x * 7 + y * 13) % 9);
    if (y > far(x)) return 78 + ((x * 5 + y * 3) % 12);
    if ((x - sunX) ** 2 + (y - sunY) ** 2 < 150) return 96;
    return Math.min(63, Math.floor((y / height) * 80));
  });
}

/** The society's emblem: a tree in a ring. */
export function emblem() {
  const palette = [
    [250, 248, 240],
    [52, 92, 60],
    [122, 84, 48],
  ];
  return png(48, 48, palette, (x, y) => {
    const fromCentre = Math.hypot(x - 23.5, y - 23.5);
    if (fromCentre > 21 && fromCentre < 23.5) return 1;
    if (Math.hypot(x - 23.5, y - 19) < 11) return 1;
    return Math.abs(x - 23.5) < 2 && y > 28 && y < 40 ? 2 : 0;
  });
}

/** The smallest GIF: one clear pixel. */
export const DOT_GIF = Buffer.from(
  'R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==',
  'base64',
);
