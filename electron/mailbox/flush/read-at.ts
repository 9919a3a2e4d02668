/** Stretches of a file, and their checksums. Imports the disk. */

import { crc32 } from 'node:zlib';
import { byteOffset } from '../../../shared/units.ts';
import type { OpenFile } from '../disk/disk.ts';

const READ_BYTES = 1024 * 1024;

/** Bytes of a file; fewer where it ends. */
export async function readAt(file: OpenFile, from: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(Math.max(0, length));
  return bytes.subarray(0, await file.read(bytes, byteOffset(from)));
}

/** CRC-32 of the bytes from `from` on to before `to`, however many they are. */
export async function checksumOf(file: OpenFile, from: number, to: number): Promise<number> {
  let checksum = 0;
  for (let at = from; at < to; at += READ_BYTES) {
    checksum = crc32(await readAt(file, at, Math.min(READ_BYTES, to - at)), checksum);
  }
  return checksum;
}
