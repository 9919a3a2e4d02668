/**
 * I3: each thing that can tell that a file is not the one that is known tells it alone, whatever all the
 * others say. Method: a file in memory of which one fact at a time becomes another.
 */

import { describe, expect, it } from 'vitest';
import type { FileFacts, OpenFile } from '../../../../electron/mailbox/disk/disk.ts';
import {
  compareIdentity,
  identify,
  looksSame,
  stillHolds,
  TAIL_BYTES,
} from '../../../../electron/mailbox/disk/identity.ts';
import { byteLength } from '../../../../shared/units.ts';
import { fileOf } from '../../../support/scanned.ts';

const BYTES = Buffer.alloc(3 * TAIL_BYTES, 'one line of a mailbox\n');
const FACTS: FileFacts = {
  kind: 'file',
  device: 7n,
  inode: 12n,
  size: byteLength(BYTES.length),
  mode: 0o600,
  links: 1,
  owner: 0,
  accessedNs: 5n,
  modifiedNs: 1_000_000_001n,
  changedNs: 2_000_000_002n,
};

const fileWith = (bytes: Buffer, facts: Partial<FileFacts> = {}): OpenFile => ({
  ...fileOf(bytes),
  facts: async () => ({ ...FACTS, size: byteLength(bytes.length), ...facts }),
});

const KNOWN = await identify(fileWith(BYTES));

/** The bytes with another one at a place. */
function patched(at: number): Buffer {
  const bytes = Buffer.from(BYTES);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
}

async function compared(bytes: Buffer, facts: Partial<FileFacts> = {}): Promise<string> {
  const file = fileWith(bytes, facts);
  return compareIdentity(KNOWN, file, await file.facts());
}

const OTHERS: readonly (readonly [string, Partial<FileFacts>, string])[] = [
  ['device', { device: 8n }, 'replaced'],
  ['inode', { inode: 13n }, 'replaced'],
  ['time of change, by a nanosecond', { modifiedNs: FACTS.modifiedNs + 1n }, 'changed'],
  ['time of change, put back', { modifiedNs: FACTS.modifiedNs - 1n }, 'changed'],
  ['time of the inode, by a nanosecond', { changedNs: FACTS.changedNs + 1n }, 'changed'],
];

describe('a file is another one', () => {
  it.each(OTHERS)('by its %s alone', async (_, facts, change) => {
    expect(await compared(BYTES, facts)).toBe(change);
    expect(looksSame(KNOWN, { ...FACTS, ...facts })).toBe(false);
  });

  it.each([
    ['last byte', BYTES.length - 1],
    ['first byte of its tail', BYTES.length - TAIL_BYTES],
  ])('by the %s alone, though every number is as it was', async (_, at) => {
    expect(await compared(patched(at))).toBe('changed');
  });

  it('by its size alone: shorter by a byte; longer if the old end is not the old one', async () => {
    expect(await compared(BYTES.subarray(0, -1))).toBe('changed');
    expect(looksSame(KNOWN, { ...FACTS, size: byteLength(BYTES.length + 1) })).toBe(false);
    const longer = Buffer.concat([patched(BYTES.length - 2), Buffer.from('more')]);
    expect(await compared(longer)).toBe('changed');
  });

  it('if another one stands under the path, whatever the open one says', async () => {
    const file = fileWith(BYTES);
    expect(await compareIdentity(KNOWN, file, { ...FACTS, inode: 99n })).toBe('replaced');
  });
});

describe('a file is the same', () => {
  it('if nothing tells otherwise; read or linked to it is no other', async () => {
    expect(await compared(BYTES)).toBe('same');
    expect(await compared(BYTES, { accessedNs: 9n, links: 2 })).toBe('same');
    expect(await stillHolds(KNOWN, fileWith(BYTES))).toBe(true);
  });

  it('and has grown, if the old bytes end where they did', async () => {
    const longer = Buffer.concat([BYTES, Buffer.from('more')]);
    expect(await compared(longer, { modifiedNs: 9n, changedNs: 9n })).toBe('grown');
  });
});
