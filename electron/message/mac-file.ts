/**
 * A file of the old Macs in a part of its own: BinHex, or AppleSingle (RFC 1740), which holds what
 * AppleDouble sends in two parts. Imports binhex.ts and clean-text.ts. Bounded by the bytes given,
 * never throws.
 */

import { binHexFile } from './binhex.ts';
import { fileName } from './clean-text.ts';

export interface UnwrappedFile {
  readonly inside: 'binhex' | 'applesingle';
  readonly name: string;
  readonly bytes: Buffer;
}

const APPLE_SINGLE = 0x00051600;
const HEAD_BYTES = 26;
const ENTRY_BYTES = 12;
const DATA_FORK = 1;
const REAL_NAME = 3;

/** The file that others can use; null if it is not there or cannot be read. */
export function macFile(bytes: Buffer): UnwrappedFile | null {
  const single = appleSingle(bytes);
  if (single) return single;
  const file = binHexFile(bytes);
  return file && { inside: 'binhex', name: fileName(file.name), bytes: file.bytes };
}

function appleSingle(bytes: Buffer): UnwrappedFile | null {
  if (bytes.length < HEAD_BYTES || bytes.readUInt32BE(0) !== APPLE_SINGLE) return null;
  const entries = bytes.readUInt16BE(24);
  const found = new Map<number, Buffer>();
  for (let entry = 0; entry < entries; entry++) {
    const at = HEAD_BYTES + entry * ENTRY_BYTES;
    if (at + ENTRY_BYTES > bytes.length) break;
    const from = bytes.readUInt32BE(at + 4);
    found.set(bytes.readUInt32BE(at), bytes.subarray(from, from + bytes.readUInt32BE(at + 8)));
  }
  const data = found.get(DATA_FORK);
  if (!data) return null;
  const name = found.get(REAL_NAME)?.toString('latin1') ?? '';
  return { inside: 'applesingle', name: fileName(name), bytes: data };
}
