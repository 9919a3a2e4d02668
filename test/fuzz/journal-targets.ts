/**
 * The journals' parsers, on damaged and invented journals, with the checksums of the damage put
 * right: it never throws, and what it accepts is consistent and is exactly what the bytes say.
 */

import { crc32 } from 'node:zlib';
import {
  HEADER_BYTES,
  lastAppendRecord,
  MAGIC as APPEND_MAGIC,
  parseAppendHeader,
  renderAppendHeader,
  renderAppendRecord,
  slotOf,
} from '../../electron/mailbox/flush/append-journal-layout.ts';
import {
  END_MARK_BYTES,
  headerBytes,
  type JournalHeader,
  type Progress,
  parseHeader,
  parseProgress,
  placesOf,
  renderHeader,
  renderProgress,
  SLOT_BYTES,
} from '../../electron/mailbox/flush/journal-layout.ts';
import { fileOf } from '../support/scanned.ts';
import type { Chance } from './chance.ts';
import type { SealedRemoval } from '../../electron/mailbox/flush/removal.ts';
import { mutated } from './mutate.ts';
import { must, type Target } from './target.ts';

const NUMBERS = [0, 1, 2, 4095, 4096, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 52, 2 ** 53 - 1];

function someHeader(chance: Chance): JournalHeader {
  const removals: SealedRemoval[] = [];
  let end = chance.small(1000);
  for (let left = chance.small(20); left >= 0; left--) {
    const length = chance.integer(1, 5000);
    const checksums = { headChecksum: chance.word(), tailChecksum: chance.word() };
    removals.push({ offset: end, length, ...checksums });
    end += length + chance.integer(1, 5000);
  }
  const gone = removals.reduce((sum, { length }) => sum + length, 0);
  const sizeBefore = end + chance.small(100_000);
  return {
    device: BigInt(chance.word()),
    inode: BigInt(chance.word()) << 16n,
    sizeBefore,
    sizeAfter: sizeBefore - gone,
    tailDigest: chance.bytes(32).toString('hex'),
    endMark: chance.bytes(END_MARK_BYTES),
    saveBytes: chance.pick([0, 65_536, 16 * 1024 * 1024]),
    removals,
  };
}

/** A number of 4 or 8 bytes becomes another. */
function otherField(bytes: Buffer, chance: Chance): Buffer {
  const copy = Buffer.from(bytes);
  const value = chance.chance(0.5) ? chance.pick(NUMBERS) : chance.word();
  const at = 4 * chance.integer(0, Math.max(0, Math.floor(copy.length / 4) - 2));
  if (copy.length < 8) return copy;
  if (chance.chance(0.5)) copy.writeUInt32LE(value % 2 ** 32, at);
  else copy.writeBigUInt64LE(BigInt(value) << BigInt(chance.pick([0, 0, 0, 10])), at);
  return copy;
}

function damaged(bytes: Buffer, chance: Chance): Buffer {
  if (chance.chance(0.1)) return chance.bytes(chance.small(400));
  let now = chance.chance(0.5) ? otherField(bytes, chance) : mutated(bytes, chance, { most: 2 });
  while (chance.chance(0.3)) now = otherField(now, chance);
  return now;
}

/** Puts the checksum over the first `covered` bytes right. */
function summed(bytes: Buffer, covered: number): Buffer {
  if (covered < 0 || covered + 4 > bytes.length) return bytes;
  const copy = Buffer.from(bytes);
  copy.writeUInt32LE(crc32(copy.subarray(0, covered)), covered);
  return copy;
}

const header: Target = {
  name: 'journal header',
  share: 8,
  attempt: (chance) => {
    const valid = renderHeader(someHeader(chance));
    let bytes = chance.chance(0.05) ? valid : damaged(valid, chance);
    const stated = bytes.length >= 16 ? bytes.readUInt32LE(12) : 0;
    if (chance.chance(0.8)) bytes = summed(bytes, stated - 4);
    chance.note(bytes);
    const parsed = parseHeader(bytes);
    if (parsed.header !== 'valid') return;
    const { value, bytes: length } = parsed;
    must(length <= bytes.length, 'a header longer than the journal');
    must(length === headerBytes(value.removals.length), 'a header of another length');
    must(renderHeader(value).equals(bytes.subarray(0, length)), 'not what the bytes say');
    let end = -1;
    let gone = 0;
    for (const removal of value.removals) {
      must(removal.offset > end && removal.length > 0, 'removals not ascending and apart');
      end = removal.offset + removal.length;
      gone += removal.length;
    }
    must(value.removals.length > 0 && end <= value.sizeBefore, 'a removal outside of the file');
    must(value.sizeBefore - gone === value.sizeAfter, 'sizes that do not add up');
    must(Number.isSafeInteger(value.sizeBefore), 'a size that is no number');
    must(Number.isSafeInteger(placesOf(length, value.saveBytes).end), 'places beyond numbers');
  },
};

const progress: Target = {
  name: 'journal progress',
  share: 6,
  attempt: (chance) => {
    const some: Progress = {
      sequence: chance.integer(1, 1000),
      state: chance.pick(['moving', 'truncating']),
      savedBytes: chance.small(65_536),
      moved: chance.word(),
      sourceEnd: chance.word() + 2 ** 33,
      savedChecksum: chance.word(),
      behindChecksum: chance.word(),
      aheadChecksum: chance.word(),
    };
    const valid = renderProgress(some);
    let bytes = chance.chance(0.05) ? valid : damaged(valid, chance);
    if (chance.chance(0.8)) bytes = summed(bytes, SLOT_BYTES - 4);
    chance.note(bytes);
    const parsed = parseProgress(bytes);
    if (!parsed) return;
    for (const number of [parsed.sequence, parsed.moved, parsed.sourceEnd]) {
      must(Number.isSafeInteger(number), 'a number beyond numbers');
    }
    must(parsed.sequence >= 1, 'a sequence that has not begun');
    must(parsed.moved <= parsed.sourceEnd, 'more moved than there is');
    must(renderProgress(parsed).equals(bytes.subarray(0, SLOT_BYTES)), 'not what the bytes say');
  },
};

const append: Target = {
  name: 'journal of a delivery',
  share: 4,
  attempt: async (chance) => {
    const sizeBefore = chance.word();
    const valid = renderAppendHeader({ sizeBefore, checksumBefore: chance.word() });
    let head = chance.chance(0.3) ? valid : damaged(valid, chance);
    if (chance.chance(0.8)) head = summed(head, HEADER_BYTES - 4);
    const bytes = chance.bytes(1 + chance.small(600));
    const record = {
      sequence: 1 + 2 * chance.small(20),
      at: sizeBefore + chance.small(5000),
      bytes,
      isLast: chance.chance(0.5),
      checksumBefore: chance.word(),
    };
    const fields = renderAppendRecord(record);
    let rest: Buffer = Buffer.concat([fields, bytes]);
    if (chance.chance(0.8)) rest = damaged(rest, chance);
    if (chance.chance(0.8)) rest = summed(rest, fields.length - 4);
    const journal = Buffer.concat([Buffer.alloc(HEADER_BYTES), rest]);
    chance.note(Buffer.concat([head, rest]));
    const parsed = parseAppendHeader(head);
    if (parsed.header === 'valid' && head.toString('latin1', 0, 8) === APPEND_MAGIC) {
      const again = renderAppendHeader(parsed.value);
      must(again.equals(head.subarray(0, again.length)), 'not what the bytes say');
      must(Number.isSafeInteger(parsed.value.sizeBefore), 'a size that is no number');
    }
    const found = await lastAppendRecord(fileOf(journal));
    if (!found) return;
    must(slotOf(found.sequence) === HEADER_BYTES, 'a record in the slot of another');
    must(Number.isSafeInteger(found.at + found.bytes.length), 'a place beyond numbers');
    const again = Buffer.concat([renderAppendRecord(found), found.bytes]);
    // Of the last mark only one value means that more follows.
    must(again.subarray(24, 32).equals(rest.subarray(24, 32)), 'not what the bytes say');
    must(again.subarray(36).equals(rest.subarray(36, again.length)), 'other bytes');
  },
};

export const journalTargets: readonly Target[] = [header, progress, append];
