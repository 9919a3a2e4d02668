/**
 * What is remembered of an archive: found again where the archive was moved or replaced, and never in
 * the way of opening it, whatever became of the file it is kept in.
 */

import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RememberedReading } from '../../../electron/engine/archive/remembered-reading.ts';
import { digest } from '../../../shared/units.ts';

let folder = '';
let archive = '';
let readings = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-memory-'));
  archive = path.join(folder, 'box.mbox');
  readings = path.join(folder, 'state', 'readings');
  writeFileSync(archive, 'From a@b Thu Jan  1 00:00:00 2004\nSubject: x\n\nx\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const WORD = { reading: 'separator', bytes: 40, digest: digest('ab'.repeat(32)) } as const;
const SAID = { rule: 'any-from', format: null, overrulings: [WORD] } as const;
const NOTHING = { rule: 'default', format: null, overrulings: [] };

const recall = (of = archive): Promise<RememberedReading> => RememberedReading.recall(readings, of);
const names = (): readonly string[] => readdirSync(readings);

async function remember(): Promise<string> {
  await (await recall()).change(() => SAID);
  return path.join(readings, names()[0] ?? '');
}

it('is there the next time, in one file, and gone when there is nothing to remember', async () => {
  expect(await recall()).toMatchObject({ value: NOTHING, state: 'none' });
  await remember();
  expect(names()).toHaveLength(1);
  const again = await recall();
  expect(again).toMatchObject({ value: SAID, state: 'kept' });
  await again.change(() => ({ rule: 'default', format: null, overrulings: [] }));
  expect(again.state).toBe('none');
  expect(names()).toEqual([]);
});

it('belongs to the archive, by whatever name it is opened, replaced or moved; not to a copy', async () => {
  await remember();
  symlinkSync(archive, path.join(folder, 'link'));
  expect((await recall(path.join(folder, 'link'))).value).toEqual(SAID);
  // As Python's mailbox flushes: a new file under the old name.
  copyFileSync(archive, `${archive}.new`);
  renameSync(`${archive}.new`, archive);
  const replaced = await recall();
  expect(replaced.value).toEqual(SAID);
  await replaced.change((was) => was);

  const moved = path.join(folder, 'moved.mbox');
  renameSync(archive, moved);
  const found = await recall(moved);
  expect(found.value).toEqual(SAID);
  copyFileSync(moved, path.join(folder, 'copy.mbox'));
  expect((await recall(path.join(folder, 'copy.mbox'))).state).toBe('none');
  await found.change((was) => ({ ...was, rule: 'default' }));
  // Under its new name only: nothing lies where it was.
  expect(names()).toHaveLength(1);
  expect((await recall(moved)).value).toEqual({ ...SAID, rule: 'default' });
});

it('changes by two engines are both remembered', async () => {
  const one = await recall();
  const other = await recall();
  const second = { ...WORD, digest: digest('cd'.repeat(32)) };
  await one.change((was) => ({ ...was, overrulings: [...was.overrulings, WORD] }));
  await other.change((was) => ({ ...was, overrulings: [...was.overrulings, second] }));
  expect((await recall()).value.overrulings).toEqual([WORD, second]);
});

describe('a file that cannot be understood', () => {
  it('cut off anywhere: the archive is read by default, and the file is left until it is needed', async () => {
    const file = await remember();
    const whole = readFileSync(file);
    for (let length = 0; length < whole.length - 1; length++) {
      writeFileSync(file, whole.subarray(0, length));
      expect(await recall()).toMatchObject({ value: NOTHING, state: 'damaged' });
      expect(readFileSync(file)).toHaveLength(length);
    }
    const damaged = readFileSync(file);
    const memory = await recall();
    await memory.change(() => SAID);
    expect((await recall()).value).toEqual(SAID);
    expect(readFileSync(`${file}.damaged`)).toEqual(damaged);
  });

  it.each([
    ['not JSON', 'Dear diary'],
    ['binary', '\0\xff\xfe'],
    ['an array', '[]'],
    ['another schema', '{"version":1,"rule":"default"}'],
    ['an unknown rule', '{"version":1,"rule":"guess"}'],
  ])('%s is damaged', async (_name, text) => {
    writeFileSync(await remember(), text, 'latin1');
    expect(await recall()).toMatchObject({ value: NOTHING, state: 'damaged' });
  });

  it('of a newer version is left as it is, also when something new is said', async () => {
    const file = await remember();
    const newer = JSON.stringify({ version: 2, rule: 'clairvoyance' });
    writeFileSync(file, newer);
    const memory = await recall();
    expect(memory).toMatchObject({ value: NOTHING, state: 'newer' });
    await memory.change(() => SAID);
    expect(memory).toMatchObject({ value: SAID, state: 'newer' });
    expect(readFileSync(file, 'utf8')).toBe(newer);
  });

  it('a folder in its place is no obstacle', async () => {
    const file = await remember();
    rmSync(file);
    mkdirSync(file);
    expect(await recall()).toMatchObject({ value: NOTHING, state: 'damaged' });
  });
});

it('where nothing can be written it holds until the archive is closed, and says so', async () => {
  writeFileSync(path.join(folder, 'state'), 'a file where the folder should be');
  const memory = await recall();
  await memory.change(() => SAID);
  expect(memory).toMatchObject({ value: SAID, state: 'unsaved' });
});
