/**
 * Writes an asar archive of a few small files. Layout, all numbers little-endian 32 bits:
 * 0 - the number 4; 4 - bytes of the header that follows; 8 - bytes of its payload; 12 - bytes of
 * the JSON; 16 - the JSON, padded with zeros to 4 bytes; then the files' contents one after another.
 */

import { writeFileSync } from 'node:fs';

/**
 * @param {string} file
 * @param {Readonly<Record<string, string>>} contents text of each file by name
 */
export function writeAsar(file, contents) {
  let offset = 0;
  /** @type {Record<string, { size: number, offset: string }>} */
  const files = {};
  const bodies = Object.entries(contents).map(([name, text]) => {
    const bytes = Buffer.from(text);
    files[name] = { size: bytes.length, offset: String(offset) };
    offset += bytes.length;
    return bytes;
  });
  const json = Buffer.from(JSON.stringify({ files }));
  const padded = Buffer.alloc(Math.ceil(json.length / 4) * 4);
  json.copy(padded);
  const head = Buffer.alloc(16);
  head.writeUInt32LE(4, 0);
  head.writeUInt32LE(padded.length + 8, 4);
  head.writeUInt32LE(padded.length + 4, 8);
  head.writeUInt32LE(json.length, 12);
  writeFileSync(file, Buffer.concat([head, padded, ...bodies]));
}
