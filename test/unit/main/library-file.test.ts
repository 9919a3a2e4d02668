/** The library is remembered between starts, and what does not fit is forgotten, never an error. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { LibraryFile } from '../../../electron/main/library-file.ts';
import { isThere } from '../../../electron/main/there.ts';
import type { KeptPlace } from '../../../shared/library.ts';
import { testFolder } from '../../support/opened-archive.ts';

const place = (name: string): KeptPlace => ({
  path: `/mail/${name}`,
  name,
  kind: 'folder',
  looked: 1,
  archives: [],
  omitted: [],
});

it('is what was kept last, also when several changes come at once', async () => {
  const folder = path.join(testFolder(), 'settings');
  const file = new LibraryFile(folder);
  expect(await file.read()).toEqual([]);
  for (const name of ['a', 'b', 'c', 'd']) file.keep([place(name), place('always')]);
  await file.kept;
  expect(await new LibraryFile(folder).read()).toEqual([place('d'), place('always')]);
  file.keep([]);
  await file.kept;
  expect(await file.read()).toEqual([]);
});

it('forgets what does not fit, and nothing else', async () => {
  const folder = testFolder();
  const write = (text: string): void => writeFileSync(path.join(folder, 'library.json'), text);
  const read = () => new LibraryFile(folder).read();
  write(JSON.stringify([{ path: 3 }, place('a'), { ...place('b'), kind: 'disk' }, null]));
  expect(await read()).toEqual([place('a')]);
  write('{"torn": ');
  expect(await read()).toEqual([]);
  write('{}');
  expect(await read()).toEqual([]);
});

it.each(['{"torn": ', '{"version":2,"places":[]}'])(
  'sets %s aside before it writes anew',
  async (text) => {
    const folder = testFolder();
    const written = path.join(folder, 'library.json');
    writeFileSync(written, text);
    const file = new LibraryFile(folder);
    expect(await file.read()).toEqual([]);
    file.keep([place('a')]);
    await file.kept;
    expect(await new LibraryFile(folder).read()).toEqual([place('a')]);
    expect(readFileSync(`${written}.damaged`, 'utf8')).toBe(text);
  },
);

it('never fails where nothing can be written', async () => {
  const folder = path.join(testFolder(), 'settings');
  writeFileSync(folder, 'a file');
  const file = new LibraryFile(folder);
  file.keep([place('a')]);
  await file.kept;
  expect(readFileSync(folder, 'utf8')).toBe('a file');
});

it('tells whether a file is there, and an entry of a ZIP file with it', async () => {
  const folder = testFolder();
  const zip = path.join(folder, 'mail.zip');
  writeFileSync(zip, 'PK');
  mkdirSync(path.join(folder, 'Holidays.mbox'));
  expect(await isThere(zip)).toBe(true);
  expect(await isThere(path.join(zip, 'Mail', 'Inbox'))).toBe(true);
  expect(await isThere(path.join(folder, 'Holidays.mbox'))).toBe(true);
  expect(await isThere(path.join(folder, 'gone'))).toBe(false);
  expect(await isThere(path.join(folder, 'gone.zip', 'Inbox'))).toBe(false);
});
