/** Reads a ZIP archive: stored and deflated entries, no encryption. As much as set-up needs of it. */

import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const END_BYTES_MAX = 66_000;
const DEFLATED = 8;

/** @typedef {{ readonly name: string, readonly mode: number, readonly content: () => Buffer }} Entry */

/**
 * @param {string} file
 * @param {(entry: Entry) => void} visit called for each entry in turn; a mode of 0 means none is stated
 */
export function eachZipEntry(file, visit) {
  const descriptor = openSync(file, 'r');
  /** @param {number} position @param {number} length */
  const read = (position, length) => {
    const bytes = Buffer.alloc(length);
    readSync(descriptor, bytes, 0, length, position);
    return bytes;
  };
  try {
    const size = statSync(file).size;
    const tail = read(Math.max(0, size - END_BYTES_MAX), Math.min(size, END_BYTES_MAX));
    const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
    if (end < 0 || tail.readUInt32LE(end) !== END_OF_DIRECTORY)
      throw new Error('not a ZIP archive');
    const directory = read(tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
    let at = 0;
    while (at + 46 <= directory.length && directory.readUInt32LE(at) === DIRECTORY_ENTRY) {
      const method = directory.readUInt16LE(at + 10);
      const packed = directory.readUInt32LE(at + 20);
      const nameLength = directory.readUInt16LE(at + 28);
      const name = directory.toString('utf8', at + 46, at + 46 + nameLength);
      const start = directory.readUInt32LE(at + 42);
      visit({
        name,
        mode: directory.readUInt32LE(at + 38) >>> 16,
        content: () => {
          const local = read(start, 30);
          const skip = 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
          const bytes = read(start + skip, packed);
          return method === DEFLATED ? inflateRawSync(bytes) : bytes;
        },
      });
      at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
    }
  } finally {
    closeSync(descriptor);
  }
}
