/**
 * The journal of a delivery: so that after a crash a message is there whole or not at all. It stands
 * where that of a flush does, and is told from it by its first bytes. All numbers are little-endian.
 *
 * HEADER
 *    0   8  "Mailkadd"
 *    8   4  version of this layout: 1
 *   12   8  size of the mailbox before
 *   20   4  CRC-32 of the up to 4,096 bytes of the mailbox in front of that
 *   24   4  CRC-32 of all before
 *
 * RECORDS, one behind the other, each durable before its bytes are written to the mailbox:
 *    0   8  L: so many bytes are written behind those of the record before
 *    8   4  1 if these are the last, else 0
 *   12  4n  CRC-32 of each of the n stretches that they are cut into at multiples of 512 in the mailbox
 *  12+4n 4  CRC-32 of the record before this
 *
 * Recovery looks at what stands behind the size before. If all of it is what the records say, or
 * zeros where a sector did not arrive, and anything is missing, the mailbox is cut off at the size before:
 * nobody was told that the message had arrived. If nothing is missing, it stays. If there is anything
 * else, somebody has delivered since, or removed: then nothing is touched. The journal goes in every
 * case; it holds nothing that anybody needs. A journal that is torn was never acted upon behind the tear.
 */

import path from 'node:path';
import { crc32 } from 'node:zlib';
import { MailboxError } from '../../../shared/errors.ts';
import { byteLength, byteOffset } from '../../../shared/units.ts';
import type { Disk, OpenFile } from '../disk/disk.ts';
import type { HeldLocks } from '../lock/hold.ts';
import { type JournalPlace, journalPaths, newJournalFile } from './journal.ts';
import { checksumBehind } from './move.ts';

const MAGIC = 'Mailkadd';
const VERSION = 1;
const HEADER_BYTES = 28;
const SECTOR_BYTES = 512;
/** A record's fields before its checksums. */
const RECORD_BYTES = 12;
/** More is not written to a mailbox at once, and not read back at once. */
const PART_BYTES_MAX = 64 * 1024 * 1024;

/** Where bytes from `from` on are cut: the lengths of the stretches. */
function* stretchesOf(from: number, length: number): Generator<number> {
  for (let at = from; at < from + length; ) {
    const end = Math.min(from + length, at - (at % SECTOR_BYTES) + SECTOR_BYTES);
    yield end - at;
    at = end;
  }
}

const stretchCount = (from: number, length: number): number =>
  Math.ceil((from + length) / SECTOR_BYTES) - Math.floor(from / SECTOR_BYTES);

function renderHeader(sizeBefore: number, checksum: number): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  bytes.write(MAGIC, 0, 'latin1');
  bytes.writeUInt32LE(VERSION, 8);
  bytes.writeBigUInt64LE(BigInt(sizeBefore), 12);
  bytes.writeUInt32LE(checksum, 20);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, -4)), 24);
  return bytes;
}

function renderRecord(part: Uint8Array, at: number, isLast: boolean): Buffer {
  const bytes = Buffer.alloc(RECORD_BYTES + 4 * stretchCount(at, part.length) + 4);
  bytes.writeBigUInt64LE(BigInt(part.length), 0);
  bytes.writeUInt32LE(isLast ? 1 : 0, 8);
  let done = 0;
  let place = RECORD_BYTES;
  for (const length of stretchesOf(at, part.length)) {
    bytes.writeUInt32LE(crc32(part.subarray(done, done + length)), place);
    done += length;
    place += 4;
  }
  bytes.writeUInt32LE(crc32(bytes.subarray(0, -4)), bytes.length - 4);
  return bytes;
}

/** The journal of one delivery, made when the first bytes are about to be written. */
export class AppendJournal {
  readonly #place: JournalPlace;
  #file: OpenFile | null = null;
  #end = HEADER_BYTES;

  constructor(place: JournalPlace) {
    this.#place = place;
  }

  /**
   * Durable when this returns: now these bytes may be written to the mailbox.
   * @param at where: behind those of the last call, or at the end of the mailbox
   * @throws NO_SPACE, IO; JOURNAL_FOREIGN if a journal stands there already
   */
  async note(mailbox: OpenFile, part: Uint8Array, at: number, isLast: boolean): Promise<void> {
    const { disk } = this.#place;
    const isFirst = this.#file === null;
    this.#file ??= await newJournalFile(this.#place);
    const record = renderRecord(part, at, isLast);
    if (isFirst) {
      const header = renderHeader(at, await checksumBehind(mailbox, at));
      await this.#file.write(Buffer.concat([header, record]), byteOffset(0));
      await Promise.all([this.#file.sync(), disk.syncFolder(path.dirname(this.#file.path))]);
    } else {
      await this.#file.write(record, byteOffset(this.#end));
      await this.#file.syncData();
    }
    this.#end += record.length;
  }

  /**
   * The delivery is over. That the name is gone need not be durable: a delivery that has arrived stays
   * whatever its journal says.
   */
  async drop(): Promise<void> {
    if (!this.#file) return;
    const { path: where } = this.#file;
    await this.leave();
    await this.#place.disk.remove(where);
  }

  /** Leaves the journal for the next open. */
  async leave(): Promise<void> {
    await this.#file?.close();
    this.#file = null;
  }
}

/** How what stands behind the size before compares with what was to be written. */
type Found = 'whole' | 'torn' | 'else';

interface Part {
  readonly length: number;
  readonly isLast: boolean;
  readonly checksums: Buffer;
}

async function partAt(journal: OpenFile, place: number, at: number): Promise<Part | null> {
  const fields = Buffer.alloc(RECORD_BYTES);
  if ((await journal.read(fields, byteOffset(place))) < fields.length) return null;
  const length = Number(fields.readBigUInt64LE(0));
  if (length < 1 || length > PART_BYTES_MAX) return null;
  const rest = Buffer.alloc(4 * stretchCount(at, length) + 4);
  if ((await journal.read(rest, byteOffset(place + RECORD_BYTES))) < rest.length) return null;
  const checksums = rest.subarray(0, -4);
  if (crc32(checksums, crc32(fields)) !== rest.readUInt32LE(checksums.length)) return null;
  return { length, isLast: fields.readUInt32LE(8) === 1, checksums };
}

/** Compares the bytes of one part. */
async function compare(mailbox: OpenFile, part: Part, at: number): Promise<Found> {
  const bytes = Buffer.alloc(part.length);
  const there = bytes.subarray(0, await mailbox.read(bytes, byteOffset(at)));
  let found: Found = there.length < part.length ? 'torn' : 'whole';
  let done = 0;
  let place = 0;
  for (const length of stretchesOf(at, part.length)) {
    if (done >= there.length) break;
    const stretch = there.subarray(done, done + length);
    const isOurs =
      stretch.length === length && crc32(stretch) === part.checksums.readUInt32LE(place);
    if (!isOurs) {
      if (stretch.some((byte) => byte !== 0)) return 'else';
      found = 'torn';
    }
    done += length;
    place += 4;
  }
  return found;
}

/** Compares everything behind the size before. */
async function foundBehind(
  journal: OpenFile,
  mailbox: OpenFile,
  sizeBefore: number,
): Promise<Found> {
  const { size } = await mailbox.facts();
  let at = sizeBefore;
  let isTorn = false;
  for (let place = HEADER_BYTES; ; ) {
    const part = await partAt(journal, place, at);
    // What is not in the journal was not written by us.
    if (!part) return size > at ? 'else' : 'torn';
    const found = await compare(mailbox, part, at);
    if (found === 'else') return found;
    isTorn ||= found === 'torn';
    at += part.length;
    if (part.isLast) {
      if (size > at) return 'else';
      return isTorn ? 'torn' : 'whole';
    }
    place += RECORD_BYTES + part.checksums.length + 4;
  }
}

/** The size before, if this is the mailbox that the journal was made for. */
async function sizeBeforeOf(header: Buffer, mailbox: OpenFile): Promise<number | null> {
  if (crc32(header.subarray(0, -4)) !== header.readUInt32LE(24)) return null;
  const size = Number(header.readBigUInt64LE(12));
  if ((await mailbox.facts()).size <= size) return null;
  return (await checksumBehind(mailbox, size)) === header.readUInt32LE(20) ? size : null;
}

async function takeBack(held: HeldLocks, mailbox: OpenFile, journal: OpenFile): Promise<void> {
  const header = Buffer.alloc(HEADER_BYTES);
  if ((await journal.read(header, byteOffset(0))) < header.length) return;
  const version = header.readUInt32LE(8);
  if (version > VERSION) throw new MailboxError('TOO_NEW', { journal: journal.path, version });
  const sizeBefore = await sizeBeforeOf(header, mailbox);
  if (sizeBefore === null) return;
  if ((await foundBehind(journal, mailbox, sizeBefore)) !== 'torn') return;
  await held.check();
  await mailbox.truncate(byteLength(sizeBefore));
  await mailbox.sync();
}

/** Opens what stands there if it begins as the journal of a delivery does. */
async function openAppendJournal(disk: Disk, journalPath: string): Promise<OpenFile | null> {
  if ((await disk.facts(journalPath)) === null) return null;
  const file = await disk.open(journalPath, 'read-write');
  const magic = Buffer.alloc(MAGIC.length);
  await file.read(magic, byteOffset(0));
  if (magic.toString('latin1') === MAGIC) return file;
  await file.close();
  return null;
}

/**
 * Takes back a delivery that a crash interrupted. Under the locks, before anything else is done.
 * @throws TOO_NEW, IO: nothing was touched
 */
export async function recoverAppend(
  held: HeldLocks,
  mailbox: OpenFile,
  place: JournalPlace,
): Promise<void> {
  const { disk } = place;
  for (const journalPath of journalPaths(place)) {
    const journal = await openAppendJournal(disk, journalPath);
    if (!journal) continue;
    try {
      await takeBack(held, mailbox, journal);
    } finally {
      await journal.close();
    }
    await disk.remove(journalPath);
    await disk.syncFolder(path.dirname(journalPath));
  }
}
