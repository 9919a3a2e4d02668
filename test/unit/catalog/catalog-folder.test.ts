/**
 * Goal: catalogs cost no more room than their bound, and nothing that is wrong with their folder is
 * ever anybody's trouble.
 */

import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ArchiveMark, CatalogFolder } from '../../../electron/catalog/catalog-folder.ts';
import { Database } from '../../../electron/catalog/database.ts';
import type { Stored } from '../../../electron/catalog/saved-catalog.ts';

const BYTES = 1 << 20;
const always = (): boolean => true;

let base = '';
beforeAll(() => {
  base = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-catalogs-'));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** An archive on the disk, and what is saved of it. */
function archive(name: string): { mark: ArchiveMark; stored: Stored; file: string } {
  const file = path.join(base, name);
  writeFileSync(file, name);
  const { dev, ino } = statSync(file, { bigint: true });
  const columns = new Map([['column', new Uint8Array(BYTES).fill(name.length)]]);
  return {
    mark: { device: dev, inode: ino },
    stored: { archive: file, facts: name, glance: '', columns },
    file,
  };
}

const readBack = async (catalogs: CatalogFolder, mark: ArchiveMark): Promise<string | null> =>
  (await catalogs.read(mark))?.facts ?? null;

/** The database of a catalog, without what is beside it. */
const databasesIn = (folder: string): readonly string[] =>
  readdirSync(folder).filter((name) => name.endsWith('.catalog'));

describe('the folder of catalogs', () => {
  it('lets go of those whose archive is gone, then of those used longest ago', async () => {
    const folder = path.join(base, 'bound');
    const catalogs = new CatalogFolder(folder, 4.5 * BYTES);
    const all = ['one', 'two', 'three', 'four'].map(archive);
    for (const { mark, stored } of all) await catalogs.save(mark, stored, always);
    expect(databasesIn(folder).length).toBe(3);
    // Three fit. The oldest is the second now; the third one's archive goes.
    const [, two, three, four] = all;
    if (!two || !three || !four) throw new Error('four archives were made');
    for (const name of readdirSync(folder)) {
      utimesSync(path.join(folder, name), new Date(1000), new Date(1000));
    }
    await catalogs.used(three.mark);
    await catalogs.used(four.mark);
    // Not removed: the next archive would get its inode.
    renameSync(three.file, `${three.file}.elsewhere`);
    const five = archive('five');
    await catalogs.save(five.mark, five.stored, always);
    expect(await readBack(catalogs, three.mark)).toBe(null);
    expect(await readBack(catalogs, two.mark)).toBe('two');
    const six = archive('sixth');
    await catalogs.save(six.mark, six.stored, always);
    expect(await readBack(catalogs, two.mark)).toBe(null);
    expect(await readBack(catalogs, four.mark)).toBe('four');
    expect(await readBack(catalogs, six.mark)).toBe('sixth');
  });

  it('counts the index of texts of an archive, and lets go of both together', async () => {
    const folder = path.join(base, 'with texts');
    const catalogs = new CatalogFolder(folder, 3.5 * BYTES);
    const [one, two] = [archive('first of two'), archive('second of two')];
    await catalogs.save(one.mark, one.stored, always);
    await catalogs.makeTextsFile(one.mark);
    writeFileSync(catalogs.textsFileOf(one.mark), Buffer.alloc(BYTES));
    await catalogs.save(two.mark, two.stored, always);
    await catalogs.makeTextsFile(two.mark);
    expect(await catalogs.hasTexts(one.mark, one.file)).toBe(true);
    writeFileSync(catalogs.textsFileOf(two.mark), Buffer.alloc(BYTES));
    expect(await catalogs.makeRoomForTexts(two.mark)).toBe(true);
    expect(await catalogs.hasTexts(one.mark, one.file)).toBe(false);
    expect(await readBack(catalogs, one.mark)).toBe(null);
    expect(await readBack(catalogs, two.mark)).toBe('second of two');
    writeFileSync(catalogs.textsFileOf(two.mark), Buffer.alloc(4 * BYTES));
    expect(await catalogs.makeRoomForTexts(two.mark)).toBe(false);
  });

  it('is not readable by others', async () => {
    const folder = path.join(base, 'private');
    const { mark, stored } = archive('secret');
    await new CatalogFolder(folder).save(mark, stored, always);
    expect(statSync(folder).mode & 0o77).toBe(0);
    for (const name of readdirSync(folder)) {
      expect(statSync(path.join(folder, name)).mode & 0o77).toBe(0);
    }
  });

  it('is done without where it cannot be made', async () => {
    const { mark, stored } = archive('nowhere');
    writeFileSync(path.join(base, 'a file'), '');
    const catalogs = new CatalogFolder(path.join(base, 'a file', 'catalogs'));
    expect(await catalogs.save(mark, stored, always)).toBe('given up');
    expect(await readBack(catalogs, mark)).toBe(null);
  });

  it.skipIf(process.getuid?.() === 0)('is done without where it cannot be written', async () => {
    const folder = path.join(base, 'read-only');
    const { mark, stored } = archive('read-only archive');
    await new CatalogFolder(folder).save(mark, stored, always);
    chmodSync(folder, 0o500);
    expect(await new CatalogFolder(folder).save(mark, stored, always)).toBe('given up');
    chmodSync(folder, 0o700);
  });

  it('is done without while another process has it, and nobody waits long', async () => {
    const folder = path.join(base, 'busy');
    const catalogs = new CatalogFolder(folder);
    const { mark, stored } = archive('busy archive');
    await catalogs.save(mark, stored, always);
    const [name = ''] = databasesIn(folder);
    const other = new Database(path.join(folder, name));
    other.run('BEGIN EXCLUSIVE');
    const begun = performance.now();
    expect(await readBack(catalogs, mark)).toBe(null);
    expect(await catalogs.save(mark, { ...stored, facts: 'new' }, always)).toBe('given up');
    expect(performance.now() - begun).toBeLessThan(2000);
    other.close();
    expect(existsSync(path.join(folder, name))).toBe(true);
    expect(await readBack(catalogs, mark)).toBe('busy archive');
  });

  it('makes anew what another version has left, or what is no database at all', async () => {
    const folder = path.join(base, 'versions');
    const catalogs = new CatalogFolder(folder);
    const { mark, stored } = archive('versions archive');
    await catalogs.save(mark, stored, always);
    const [name = ''] = databasesIn(folder);
    const file = path.join(folder, name);
    const newer = new Database(file);
    newer.run('PRAGMA user_version=4711');
    newer.close();
    expect(await readBack(catalogs, mark)).toBe(null);
    await catalogs.save(mark, stored, always);
    expect(await readBack(catalogs, mark)).toBe('versions archive');
    for (const content of ['', 'no database', 'x'.repeat(100_000)]) {
      writeFileSync(file, content);
      expect(await readBack(catalogs, mark)).toBe(null);
      await catalogs.save(mark, stored, always);
      expect(await readBack(catalogs, mark)).toBe('versions archive');
    }
    rmSync(file);
    mkdirSync(file);
    expect(await readBack(catalogs, mark)).toBe(null);
    expect(await catalogs.save(mark, stored, always)).toBe('given up');
  });
});
