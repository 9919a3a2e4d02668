/**
 * Goal: what a catalog gives back is what was saved, or nothing, whatever happened to its file.
 * Method: columns of arbitrary bytes are saved, changed and saved again; then any bytes of the file
 * are changed, its end is cut off, or a save ends half way.
 */

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CatalogFolder } from '../../../electron/catalog/catalog-folder.ts';
import { readStored, type Stored, saveStored } from '../../../electron/catalog/saved-catalog.ts';
import { seeded } from '../../support/simulated-disk.ts';

const PIECE_BYTES = 1 << 22;
const always = (): boolean => true;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-saved-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let last = 0;
const newFile = (): string => path.join(folder, `${last++}.catalog`);

function bytes(length: number, seed: number): Uint8Array {
  const random = seeded(seed);
  return Uint8Array.from({ length }, () => Math.floor(random() * 256));
}

const stored = (columns: Record<string, Uint8Array>, facts = 'facts'): Stored => ({
  archive: '/mail/archive',
  facts,
  columns: new Map(Object.entries(columns)),
});

/** As plain values: the bytes that SQLite gives are of another class than ours. */
const plain = (found: Stored | null) =>
  found && {
    ...found,
    columns: [...found.columns].map(([name, column]) => [
      name,
      Buffer.from(column).toString('latin1'),
    ]),
  };

describe('a saved catalog', () => {
  it('gives back what was saved last', async () => {
    const file = newFile();
    const first = stored({
      a: bytes(100, 1),
      long: bytes(2 * PIECE_BYTES + 5, 2),
      none: bytes(0, 0),
    });
    expect(await saveStored(file, first, always)).toBe('saved');
    expect(plain(await readStored(file))).toEqual(plain(first));
    const second = stored({ b: bytes(7, 3), long: bytes(PIECE_BYTES, 2) }, 'others');
    expect(await saveStored(file, second, always)).toBe('saved');
    expect(plain(await readStored(file))).toEqual(plain(second));
  });

  it('does not write again what stayed the same, nor grow with every save', async () => {
    const file = newFile();
    const column = bytes(3 * PIECE_BYTES, 4);
    await saveStored(file, stored({ column }), always);
    const { size } = statSync(file);
    for (let round = 0; round < 5; round++) {
      const longer = Buffer.concat([column, bytes(1000 * (round + 1), round)]);
      await saveStored(file, stored({ column: longer }), always);
      expect(plain(await readStored(file))).toEqual(plain(stored({ column: longer })));
    }
    expect(statSync(file).size).toBeLessThan(size + PIECE_BYTES);
  });

  it('stays what it was if a save is given up at any step', async () => {
    const file = newFile();
    const before = stored({ a: bytes(PIECE_BYTES + 1, 5), b: bytes(10, 6) });
    const after = stored({ a: bytes(PIECE_BYTES + 1, 7), b: bytes(10, 8) });
    await saveStored(file, before, always);
    for (let steps = 0; ; steps++) {
      let left = steps;
      const how = await saveStored(file, after, () => left-- > 0);
      if (how === 'saved') break;
      expect(plain(await readStored(file))).toEqual(plain(before));
    }
    expect(plain(await readStored(file))).toEqual(plain(after));
  });

  it('gives back the whole of one save when several are made at once', async () => {
    const file = newFile();
    const all = [1, 2, 3].map((seed) => stored({ a: bytes(PIECE_BYTES + 9, seed) }, `${seed}`));
    await saveStored(file, stored({ a: bytes(3, 9) }), always);
    const saves = await Promise.allSettled(all.map((one) => saveStored(file, one, always)));
    expect(saves.some((save) => save.status === 'fulfilled' && save.value === 'saved')).toBe(true);
    const found = plain(await readStored(file));
    expect(all.map(plain)).toContainEqual(found);
  });

  it('is what was saved or nothing, whichever bytes of the file are changed', async () => {
    const whole = newFile();
    const column = bytes(300_000, 10);
    const kept = stored({ column, small: bytes(10, 11) }, 'facts'.repeat(100));
    await saveStored(whole, kept, always);
    const image = readFileSync(whole);
    const mark = { device: 1n, inode: 2n };
    const catalogs = new CatalogFolder(path.join(folder, 'damaged'));
    await catalogs.save(mark, kept, always);
    const [name = ''] = readdirSync(path.join(folder, 'damaged'));
    const file = path.join(folder, 'damaged', name);
    const change = fc.record({
      // Of pages, the beginnings say what they are: those are hit more often.
      at: fc.oneof(
        fc.nat(image.length - 1),
        fc.nat(300),
        fc
          .tuple(fc.nat(Math.floor(image.length / 65_536) - 1), fc.nat(200))
          .map(([page, at]) => page * 65_536 + at),
      ),
      mask: fc.integer({ min: 1, max: 255 }),
    });
    let lost = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: 1, maxLength: 4 }),
        fc.option(fc.nat(image.length), { freq: 6 }),
        async (changes, cut) => {
          const damaged = Buffer.from(image);
          for (const { at, mask } of changes) damaged[at] = (damaged[at] ?? 0) ^ mask;
          writeFileSync(file, cut === null ? damaged : damaged.subarray(0, cut));
          const found = await catalogs.read(mark);
          if (found) expect(plain(found)).toEqual(plain(kept));
          else lost += 1;
          // Whatever it is now, the next save makes it whole.
          expect(await catalogs.save(mark, kept, always)).toBe('saved');
          expect(plain(await catalogs.read(mark))).toEqual(plain(kept));
        },
      ),
      {
        numRuns: Number(process.env['MAILKEEP_DAMAGES'] ?? 300),
        // The byte by which SQLite takes a file for one that is only to be read.
        examples: [[[{ at: 18, mask: 4 }], null]],
      },
    );
    expect(lost).toBeGreaterThan(10);
  }, 120_000);
});
