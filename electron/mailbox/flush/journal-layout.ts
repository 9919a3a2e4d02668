/**
 * The journal, byte by byte. It is the only authority on an unfinished flush. All numbers are
 * little-endian.
 *
 * HEADER, written once and synced before the mailbox is touched:
 *    0   8  "Mailkeep"
 *    8   4  version of this layout: 2
 *   12   4  H: length of the header, checksum included
 *   16   8  device of the mailbox        24  8  inode; not believed by `recover.ts`,
 *           but by them a renamed mailbox finds its journal, see `former-name.ts`
 *   32   8  size before                  40  8  size after
 *   48  32  SHA-256 of the last 4,096 bytes before (`disk/identity.ts`)
 *   80  16  the end mark: random bytes
 *   96   4  S: bytes of a save area, 0 if there are none
 *  100   4  N: number of removals
 *  104 24N  removals, ascending and apart: offset (8), length (8), CRC-32 of the first (4) and of the
 *           last (4) of their bytes, up to 4,096 of them
 *  H-4   4  CRC-32 of all before
 * A header is valid if and only if the file is at least H long, the first 8 bytes, the version and
 * the checksum are right, and the removals are ascending, apart, and within the size before.
 * A journal without a valid header has never been acted upon.
 *
 * PROGRESS, two slots, used in turn, at P = H rounded up to 4,096, and at P + 4,096:
 *    0   8  sequence, from 1; the first slot holds the odd ones
 *    8   4  1 moving, 2 truncating
 *   12   4  L: bytes in the save area of the same slot; 0 for none
 *   16   8  M: kept bytes that are in their final place and synced
 *   24   8  end of the source: the mailbox's size when this was written
 *   32   4  CRC-32 of the L saved bytes: the kept bytes from M on
 *   36   4  CRC-32 of the up to 4,096 bytes in front of the final place of kept byte M
 *   40   4  CRC-32 of the up to 4,096 kept bytes from M on, where they lay when this was written
 *   44   4  CRC-32 of the 44 bytes before
 * A slot is valid if and only if its checksum is right and M is not behind the end of the source; the
 * valid one with the higher sequence
 * counts. Without a valid slot nothing has moved.
 *
 * SAVE AREAS of S bytes at P + 8,192 and P + 8,192 + S, one for each slot.
 */

import { crc32 } from 'node:zlib';
import type { SealedRemoval } from './removal.ts';

export const VERSION = 2;
export const MAGIC = 'Mailkeep';
export const PAGE_BYTES = 4096;
export const END_MARK_BYTES = 16;
export const SLOT_BYTES = 48;
const SECTOR_BYTES = 512;
const FIXED_BYTES = 104;
const REMOVAL_BYTES = 24;

export interface JournalHeader {
  readonly device: bigint;
  readonly inode: bigint;
  readonly sizeBefore: number;
  readonly sizeAfter: number;
  readonly tailDigest: string;
  readonly endMark: Buffer;
  readonly saveBytes: number;
  readonly removals: readonly SealedRemoval[];
}

export interface Progress {
  readonly sequence: number;
  readonly state: 'moving' | 'truncating';
  readonly savedBytes: number;
  readonly moved: number;
  readonly sourceEnd: number;
  readonly savedChecksum: number;
  readonly behindChecksum: number;
  readonly aheadChecksum: number;
}

export type ParsedHeader =
  | { readonly header: 'valid'; readonly value: JournalHeader; readonly bytes: number }
  | { readonly header: 'newer'; readonly version: number }
  /** Torn while it was written: nothing has been done by it. */
  | { readonly header: 'torn' }
  /** Not one of ours. */
  | { readonly header: 'foreign' };

/** Length of a header with so many removals. */
export const headerBytes = (removals: number): number => FIXED_BYTES + REMOVAL_BYTES * removals + 4;

export interface JournalPlaces {
  readonly slots: readonly [number, number];
  readonly areas: readonly [number, number];
  readonly end: number;
}

/** Where the parts behind a header lie. */
export function placesOf(headerLength: number, saveBytes: number): JournalPlaces {
  const first = Math.ceil(headerLength / PAGE_BYTES) * PAGE_BYTES;
  const areas = first + 2 * PAGE_BYTES;
  return {
    slots: [first, first + PAGE_BYTES],
    areas: [areas, areas + saveBytes],
    end: areas + 2 * saveBytes,
  };
}

export function renderHeader(header: JournalHeader): Buffer {
  const bytes = Buffer.alloc(headerBytes(header.removals.length));
  bytes.write(MAGIC, 0, 'latin1');
  bytes.writeUInt32LE(VERSION, 8);
  bytes.writeUInt32LE(bytes.length, 12);
  bytes.writeBigUInt64LE(BigInt.asUintN(64, header.device), 16);
  bytes.writeBigUInt64LE(BigInt.asUintN(64, header.inode), 24);
  bytes.writeBigUInt64LE(BigInt(header.sizeBefore), 32);
  bytes.writeBigUInt64LE(BigInt(header.sizeAfter), 40);
  bytes.write(header.tailDigest, 48, 'hex');
  header.endMark.copy(bytes, 80);
  bytes.writeUInt32LE(header.saveBytes, 96);
  bytes.writeUInt32LE(header.removals.length, 100);
  header.removals.forEach(({ offset, length, headChecksum, tailChecksum }, number) => {
    const at = FIXED_BYTES + REMOVAL_BYTES * number;
    bytes.writeBigUInt64LE(BigInt(offset), at);
    bytes.writeBigUInt64LE(BigInt(length), at + 8);
    bytes.writeUInt32LE(headChecksum, at + 16);
    bytes.writeUInt32LE(tailChecksum, at + 20);
  });
  bytes.writeUInt32LE(crc32(bytes.subarray(0, -4)), bytes.length - 4);
  return bytes;
}

/** So many bytes tell which file a journal is of. */
export const NAMED_BYTES = 32;

/** The file that a journal says it is of, if it is one; its other bytes may be torn. */
export function namedFile(bytes: Buffer): Pick<JournalHeader, 'device' | 'inode'> | null {
  if (bytes.length < NAMED_BYTES || bytes.toString('latin1', 0, MAGIC.length) !== MAGIC)
    return null;
  return { device: bytes.readBigUInt64LE(16), inode: bytes.readBigUInt64LE(24) };
}

/** Reads a header from the beginning of a journal; throws for no content. */
export function parseHeader(bytes: Buffer): ParsedHeader {
  const magic = bytes.subarray(0, 8).toString('latin1');
  if (magic !== MAGIC) {
    // The first sector may be the one that did not arrive.
    const first = bytes.subarray(0, SECTOR_BYTES);
    const unwritten = first.every((byte) => byte === 0) || MAGIC.startsWith(magic);
    return { header: unwritten ? 'torn' : 'foreign' };
  }
  if (bytes.length < headerBytes(0)) return { header: 'torn' };
  const version = bytes.readUInt32LE(8);
  if (version > VERSION) return { header: 'newer', version };
  // Of a layout that no released Mailkeep wrote: not to be acted upon, and not to be thrown away.
  if (version < VERSION) return { header: 'foreign' };
  const length = bytes.readUInt32LE(12);
  const count = bytes.readUInt32LE(100);
  if (length !== headerBytes(count) || length > bytes.length) {
    return { header: 'torn' };
  }
  if (crc32(bytes.subarray(0, length - 4)) !== bytes.readUInt32LE(length - 4)) {
    return { header: 'torn' };
  }
  const number = (at: number): number => Number(bytes.readBigUInt64LE(at));
  const removals = Array.from({ length: count }, (_none, which) => {
    const at = FIXED_BYTES + REMOVAL_BYTES * which;
    return {
      offset: number(at),
      length: number(at + 8),
      headChecksum: bytes.readUInt32LE(at + 16),
      tailChecksum: bytes.readUInt32LE(at + 20),
    };
  });
  const value: JournalHeader = {
    device: bytes.readBigUInt64LE(16),
    inode: bytes.readBigUInt64LE(24),
    sizeBefore: number(32),
    sizeAfter: number(40),
    tailDigest: bytes.subarray(48, 80).toString('hex'),
    endMark: Buffer.from(bytes.subarray(80, 80 + END_MARK_BYTES)),
    saveBytes: bytes.readUInt32LE(96),
    removals,
  };
  return isConsistent(value) ? { header: 'valid', value, bytes: length } : { header: 'torn' };
}

function isConsistent({ removals, sizeBefore, sizeAfter }: JournalHeader): boolean {
  let end = -1;
  let gone = 0;
  for (const { offset, length } of removals) {
    if (length <= 0 || offset <= end || offset + length > sizeBefore) return false;
    end = offset + length;
    gone += length;
  }
  const isSize = Number.isSafeInteger(sizeBefore);
  return isSize && removals.length > 0 && sizeBefore - gone === sizeAfter;
}

export function renderProgress(progress: Progress): Buffer {
  const bytes = Buffer.alloc(SLOT_BYTES);
  bytes.writeBigUInt64LE(BigInt(progress.sequence), 0);
  bytes.writeUInt32LE(progress.state === 'moving' ? 1 : 2, 8);
  bytes.writeUInt32LE(progress.savedBytes, 12);
  bytes.writeBigUInt64LE(BigInt(progress.moved), 16);
  bytes.writeBigUInt64LE(BigInt(progress.sourceEnd), 24);
  bytes.writeUInt32LE(progress.savedChecksum, 32);
  bytes.writeUInt32LE(progress.behindChecksum, 36);
  bytes.writeUInt32LE(progress.aheadChecksum, 40);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 44)), 44);
  return bytes;
}

/** @returns null if the slot is not valid */
export function parseProgress(bytes: Buffer): Progress | null {
  if (bytes.length < SLOT_BYTES) return null;
  if (crc32(bytes.subarray(0, 44)) !== bytes.readUInt32LE(44)) return null;
  const state = bytes.readUInt32LE(8);
  const sequence = Number(bytes.readBigUInt64LE(0));
  const moved = Number(bytes.readBigUInt64LE(16));
  const sourceEnd = Number(bytes.readBigUInt64LE(24));
  if (![sequence, moved, sourceEnd].every(Number.isSafeInteger)) return null;
  if (sequence < 1 || moved > sourceEnd || (state !== 1 && state !== 2)) return null;
  return {
    sequence,
    state: state === 1 ? 'moving' : 'truncating',
    savedBytes: bytes.readUInt32LE(12),
    moved,
    sourceEnd,
    savedChecksum: bytes.readUInt32LE(32),
    behindChecksum: bytes.readUInt32LE(36),
    aheadChecksum: bytes.readUInt32LE(40),
  };
}
