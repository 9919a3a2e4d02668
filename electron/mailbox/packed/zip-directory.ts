/**
 * The directory of a ZIP file (PKWARE's APPNOTE 6.3, ZIP64 included): which entries it holds, and where
 * their bytes lie. Every number in it is checked against the file; nothing is believed of a name but
 * what it is called.
 */

import { MailboxError } from '../../../shared/errors.ts';
import type { Source } from './input.ts';
import type { StreamPacking } from './packing.ts';

export interface ZipEntry {
  /** As it is called, with `/` between folders; never used as a path of the disk. */
  readonly name: string;
  /** Null if it is encrypted, or compressed in a way that is not known here. */
  readonly packing: StreamPacking | null;
  readonly encrypted: boolean;
  readonly packedBytes: number;
  /** As it says itself. */
  readonly bytes: number;
  readonly sum: number;
  /** Where its own header lies. */
  readonly header: number;
}

/** More entries than that are not looked at. */
export const ENTRIES_MAX = 100_000;
const DIRECTORY_BYTES_MAX = 64 * 1024 * 1024;
const END_BYTES = 22;
const COMMENT_BYTES_MAX = 65_535;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;

const METHODS: Readonly<Record<number, StreamPacking>> = {
  0: 'stored',
  8: 'deflate',
  9: 'deflate64',
  12: 'bzip2',
  14: 'lzma',
  93: 'zstd',
  95: 'xz',
};

/** All files among the entries, in their order. @throws NOT_A_MAILBOX if there is no directory; IO */
export function zipEntries(source: Source, size: number): readonly ZipEntry[] {
  const { count, length, offset } = endOf(source, size);
  if (length > DIRECTORY_BYTES_MAX || offset + length > size) throw damagedZip();
  const directory = viewOf(readExactly(source, offset, length));
  const entries: ZipEntry[] = [];
  for (let at = 0, left = Math.min(count, ENTRIES_MAX); left > 0; left--) {
    if (at + ENTRY_BYTES > length || directory.getUint32(at, true) !== 0x02014b50) break;
    const entry = entryAt(directory, at);
    at += ENTRY_BYTES + textsOf(directory, at);
    if (at > length) break;
    if (!entry.name.endsWith('/')) entries.push(entry);
  }
  return entries;
}

/** Where the bytes of an entry lie. @throws NOT_A_MAILBOX if its own header is not there; IO */
export function entryPlace(
  source: Source,
  size: number,
  { header, packedBytes }: ZipEntry,
): { readonly from: number; readonly end: number } {
  if (header + LOCAL_BYTES > size) throw damagedZip();
  const local = viewOf(readExactly(source, header, LOCAL_BYTES));
  if (local.getUint32(0, true) !== 0x04034b50) throw damagedZip();
  const texts = local.getUint16(26, true) + local.getUint16(28, true);
  const from = header + LOCAL_BYTES + texts;
  return { from, end: Math.min(size, from + packedBytes) };
}

interface End {
  readonly count: number;
  readonly length: number;
  readonly offset: number;
}

function endOf(source: Source, size: number): End {
  const tailBytes = Math.min(size, END_BYTES + COMMENT_BYTES_MAX);
  const tail = viewOf(readExactly(source, size - tailBytes, tailBytes));
  for (let at = tailBytes - END_BYTES; at >= 0; at--) {
    if (tail.getUint32(at, true) !== 0x06054b50) continue;
    const end = {
      count: tail.getUint16(at + 10, true),
      length: tail.getUint32(at + 12, true),
      offset: tail.getUint32(at + 16, true),
    };
    const small = end.count !== 0xffff && end.length !== 2 ** 32 - 1 && end.offset !== 2 ** 32 - 1;
    return small ? end : (zip64EndOf(source, size, size - tailBytes + at) ?? end);
  }
  throw damagedZip();
}

function zip64EndOf(source: Source, size: number, end: number): End | null {
  if (end < 20) return null;
  const locator = viewOf(readExactly(source, end - 20, 20));
  if (locator.getUint32(0, true) !== 0x07064b50) return null;
  const at = u64(locator, 8);
  if (at + 56 > size) throw damagedZip();
  const large = viewOf(readExactly(source, at, 56));
  if (large.getUint32(0, true) !== 0x06064b50) throw damagedZip();
  return { count: u64(large, 32), length: u64(large, 40), offset: u64(large, 48) };
}

const UTF8 = new TextDecoder();

function entryAt(directory: DataView, at: number): ZipEntry {
  const flags = directory.getUint16(at + 8, true);
  const encrypted = (flags & 1) !== 0;
  const packing = METHODS[directory.getUint16(at + 10, true)] ?? null;
  const nameBytes = directory.getUint16(at + 28, true);
  const nameAt = directory.byteOffset + at + ENTRY_BYTES;
  const room = Math.max(0, directory.byteOffset + directory.byteLength - nameAt);
  const name = new Uint8Array(directory.buffer, nameAt, Math.min(room, nameBytes));
  return {
    name: UTF8.decode(name).replaceAll('\\', '/'),
    packing: encrypted ? null : packing,
    encrypted,
    sum: directory.getUint32(at + 16, true),
    ...placeOf(directory, at, at + ENTRY_BYTES + nameBytes),
  };
}

const textsOf = (directory: DataView, at: number): number =>
  directory.getUint16(at + 28, true) +
  directory.getUint16(at + 30, true) +
  directory.getUint16(at + 32, true);

/** Sizes and place; those that do not fit into 32 bits stand in an extra field, in this order. */
function placeOf(
  directory: DataView,
  at: number,
  extraAt: number,
): Pick<ZipEntry, 'packedBytes' | 'bytes' | 'header'> {
  const small = [24, 20, 42].map((field) => directory.getUint32(at + field, true));
  const extraEnd = Math.min(directory.byteLength, extraAt + directory.getUint16(at + 30, true));
  let [bytes = 0, packedBytes = 0, header = 0] = small;
  for (let field = extraAt; field + 4 <= extraEnd; ) {
    const length = directory.getUint16(field + 2, true);
    const end = Math.min(extraEnd, field + 4 + length);
    if (directory.getUint16(field, true) === 1) {
      let value = field + 4;
      const large = (number: number): number => {
        if (number !== 2 ** 32 - 1 || value + 8 > end) return number;
        value += 8;
        return u64(directory, value - 8);
      };
      [bytes, packedBytes, header] = [large(bytes), large(packedBytes), large(header)];
    }
    field += 4 + length;
  }
  return { bytes, packedBytes, header };
}

function readExactly(source: Source, position: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  if (source.read(bytes, position) < length) throw damagedZip();
  return bytes;
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** A number of more than 53 bits names no place in a file. */
const u64 = (view: DataView, at: number): number =>
  Math.min(Number(view.getBigUint64(at, true)), Number.MAX_SAFE_INTEGER);

const damagedZip = (): MailboxError =>
  new MailboxError(
    'NOT_A_MAILBOX',
    {},
    {
      sentence:
        'This ZIP file is damaged or was not downloaded to its end: its list of files cannot be read. It was not changed; get it once more.',
    },
  );
