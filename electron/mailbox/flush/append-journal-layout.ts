/**
 * The journal of a delivery, byte by byte. It stands where that of a flush does, and is told from it
 * by its first bytes. All numbers are little-endian.
 *
 * HEADER, at 0, written with the first record:
 *    0   8  "Mailkadd"
 *    8   4  version of this layout: 2
 *   12   8  size of the mailbox before
 *   20   4  CRC-32 of the up to 4,096 bytes of the mailbox in front of that
 *   24   4  CRC-32 of all before
 *
 * RECORDS, in two slots used in turn, at 28 and at 28 + 36 + 4 MiB; durable before its bytes are
 * written to the mailbox, and not written before those of the record before are durable there:
 *    0   8  sequence, from 1; the first slot holds the odd ones
 *    8   8  where in the mailbox the bytes begin
 *   16   4  L: how many there are, 4 MiB at the most
 *   20   4  1 if these are the last, else 0
 *   24   4  CRC-32 of all bytes of the delivery in front of these
 *   28   4  CRC-32 of the L bytes
 *   32   4  CRC-32 of the 32 bytes before
 *   36   L  the bytes
 * A record is valid if and only if its checksums are right; the valid one with the higher sequence
 * counts. Without a valid record nothing was written.
 */

import { crc32 } from 'node:zlib';
import type { OpenFile } from '../disk/disk.ts';
import { byteOffset } from '../../../shared/units.ts';

export const MAGIC = 'Mailkadd';
export const VERSION = 2;
export const HEADER_BYTES = 28;
const RECORD_BYTES = 36;
/** More is not written to a mailbox at once. */
export const PART_BYTES_MAX = 4 * 1024 * 1024;

/** Where the record of a sequence number stands. */
export const slotOf = (sequence: number): number =>
  sequence % 2 === 1 ? HEADER_BYTES : HEADER_BYTES + RECORD_BYTES + PART_BYTES_MAX;

export interface AppendHeader {
  readonly sizeBefore: number;
  readonly checksumBefore: number;
}

export interface AppendRecord {
  readonly sequence: number;
  /** Where in the mailbox the bytes begin. */
  readonly at: number;
  readonly bytes: Uint8Array;
  readonly isLast: boolean;
  /** Of all bytes of the delivery in front of these. */
  readonly checksumBefore: number;
}

export function renderAppendHeader({ sizeBefore, checksumBefore }: AppendHeader): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  bytes.write(MAGIC, 0, 'latin1');
  bytes.writeUInt32LE(VERSION, 8);
  bytes.writeBigUInt64LE(BigInt(sizeBefore), 12);
  bytes.writeUInt32LE(checksumBefore, 20);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 24)), 24);
  return bytes;
}

export type ParsedAppendHeader =
  | { readonly header: 'valid'; readonly value: AppendHeader }
  | { readonly header: 'newer'; readonly version: number }
  /** Torn while it was written, or of a layout that no released Mailkeep wrote. */
  | { readonly header: 'torn' };

/** Reads a header that begins with the magic bytes; throws for no content. */
export function parseAppendHeader(bytes: Buffer): ParsedAppendHeader {
  if (bytes.length < HEADER_BYTES) return { header: 'torn' };
  const version = bytes.readUInt32LE(8);
  if (version > VERSION) return { header: 'newer', version };
  const sizeBefore = Number(bytes.readBigUInt64LE(12));
  const isWhole = crc32(bytes.subarray(0, 24)) === bytes.readUInt32LE(24);
  if (version < VERSION || !isWhole || !Number.isSafeInteger(sizeBefore)) return { header: 'torn' };
  return { header: 'valid', value: { sizeBefore, checksumBefore: bytes.readUInt32LE(20) } };
}

/** The fields of a record; the bytes follow them. */
export function renderAppendRecord(record: AppendRecord): Buffer {
  const fields = Buffer.alloc(RECORD_BYTES);
  fields.writeBigUInt64LE(BigInt(record.sequence), 0);
  fields.writeBigUInt64LE(BigInt(record.at), 8);
  fields.writeUInt32LE(record.bytes.length, 16);
  fields.writeUInt32LE(record.isLast ? 1 : 0, 20);
  fields.writeUInt32LE(record.checksumBefore, 24);
  fields.writeUInt32LE(crc32(record.bytes), 28);
  fields.writeUInt32LE(crc32(fields.subarray(0, 32)), 32);
  return fields;
}

async function recordIn(journal: OpenFile, slot: number): Promise<AppendRecord | null> {
  const fields = Buffer.alloc(RECORD_BYTES);
  if ((await journal.read(fields, byteOffset(slot))) < fields.length) return null;
  if (crc32(fields.subarray(0, 32)) !== fields.readUInt32LE(32)) return null;
  const [sequence, at] = [fields.readBigUInt64LE(0), fields.readBigUInt64LE(8)].map(Number);
  const length = fields.readUInt32LE(16);
  if (!sequence || at === undefined || !Number.isSafeInteger(at + length)) return null;
  if (slotOf(sequence) !== slot || length < 1 || length > PART_BYTES_MAX) return null;
  const bytes = Buffer.alloc(length);
  const read = await journal.read(bytes, byteOffset(slot + RECORD_BYTES));
  if (read < length || crc32(bytes) !== fields.readUInt32LE(28)) return null;
  const [isLast, checksumBefore] = [fields.readUInt32LE(20) === 1, fields.readUInt32LE(24)];
  return { sequence, at, bytes, isLast, checksumBefore };
}

/** The record that counts; null if nothing was written. */
export async function lastAppendRecord(journal: OpenFile): Promise<AppendRecord | null> {
  const first = await recordIn(journal, slotOf(1));
  const second = await recordIn(journal, slotOf(2));
  if (!first || !second) return first ?? second;
  return first.sequence > second.sequence ? first : second;
}
