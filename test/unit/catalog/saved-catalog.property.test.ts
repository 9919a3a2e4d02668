/**
 * Goal: what a catalog gives back is what was saved, or nothing, whatever happened to its file.
 * Method: columns of arbitrary bytes are saved, changed and saved again; then any bytes of its files
 * are changed, an end is cut off, or a save ends half way.
 */

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CatalogFolder } from '../../../electron/catalog/catalog-folder.ts';
import { freePlace, piecesFileOf } from '../../../electron/catalog/piece-file.ts';
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
  glance: `${facts} at a glance`,
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
    const size = () => statSync(file).size + statSync(piecesFileOf(file)).size;
    const first = size();
    for (let round = 0; round < 5; round++) {
      const longer = Buffer.concat([column, bytes(1000 * (round + 1), round)]);
      await saveStored(file, stored({ column: longer }), always);
      expect(plain(await readStored(file))).toEqual(plain(stored({ column: longer })));
    }
    expect(size()).toBeLessThan(first + PIECE_BYTES);
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

  it.each(['database', 'columns'] as const)(
    'is what was saved or nothing, whichever bytes of its %s are changed',
    async (part) => {
      const column = bytes(300_000, 10);
      const kept = stored({ column, small: bytes(10, 11) }, 'facts'.repeat(100));
      const mark = { device: 1n, inode: 2n };
      const damagedFolder = path.join(folder, `damaged ${part}`);
      const catalogs = new CatalogFolder(damagedFolder);
      await catalogs.save(mark, kept, always);
      const [name = ''] = readdirSync(damagedFolder).filter((one) => one.endsWith('.catalog'));
      const database = path.join(damagedFolder, name);
      const file = part === 'database' ? database : piecesFileOf(database);
      const image = readFileSync(file);
      const pages = Math.max(1, Math.floor(image.length / 65_536));
      const change = fc.record({
        // Of pages, the beginnings say what they are: those are hit more often.
        at: fc.oneof(
          fc.nat(image.length - 1),
          fc.nat(300),
          fc.tuple(fc.nat(pages - 1), fc.nat(200)).map(([page, at]) => page * 65_536 + at),
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
    },
    120_000,
  );

  it('is none if its columns are gone', async () => {
    const catalogs = new CatalogFolder(path.join(folder, 'gone'));
    const mark = { device: 1n, inode: 3n };
    const kept = stored({ column: bytes(10, 1) });
    await catalogs.save(mark, kept, always);
    const [name = ''] = readdirSync(path.join(folder, 'gone')).filter((one) => one.endsWith('s'));
    rmSync(path.join(folder, 'gone', name));
    expect(await catalogs.read(mark)).toBe(null);
    expect(await catalogs.save(mark, kept, always)).toBe('saved');
    expect(plain(await catalogs.read(mark))).toEqual(plain(kept));
  });
});

describe('a free place', () => {
  const stretches = fc
    .array(fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 40 })), { maxLength: 12 })
    .map((gaps) => {
      let at = 0;
      return gaps.map(([gap, length]) => {
        const stretch = { at: at + gap, bytes: length };
        at += gap + length;
        return stretch;
      });
    });

  it('is the first that no other piece is in', () => {
    fc.assert(
      fc.property(stretches, fc.integer({ min: 1, max: 60 }), fc.nat(99), (taken, length, turn) => {
        const isFree = (place: number): boolean =>
          taken.every(({ at, bytes: other }) => place + length <= at || at + other <= place);
        let first = 0;
        while (!isFree(first)) first += 1;
        const turned = [...taken.slice(turn % 13), ...taken.slice(0, turn % 13)];
        expect(freePlace(turned, length)).toBe(first);
      }),
    );
  });
});
