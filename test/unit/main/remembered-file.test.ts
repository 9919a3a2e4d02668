/**
 * Goal: whatever a file of the app's own holds, and whether it can be written, the app has something to
 * start with, says what is wrong, and destroys nothing.
 */

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { RememberedFile } from '../../../electron/main/remembered-file.ts';
import { testFolder } from '../../support/opened-archive.ts';

const schema = z.object({
  name: z.string().catch('usual'),
  numbers: z.array(z.number()).catch([]),
});

function open(file: string) {
  return new RememberedFile(file, (found) => schema.parse(found));
}

describe('a file of the app', () => {
  test('comes back as it was written', async () => {
    const file = path.join(testFolder(), 'deeper', 'one.json');
    const first = open(file);
    expect(first.value).toEqual({ name: 'usual', numbers: [] });
    first.change({ numbers: [1, 2] });
    first.change({ name: 'Ann' });
    await first.written;
    expect(first.trouble).toBe('none');
    expect(open(file).value).toEqual({ name: 'Ann', numbers: [1, 2] });
    expect(readdirSync(path.dirname(file))).toEqual(['one.json']);
  });

  test('of before there were versions is read', () => {
    const file = path.join(testFolder(), 'one.json');
    writeFileSync(file, '{"name": "old"}');
    expect(open(file)).toMatchObject({ value: { name: 'old' }, trouble: 'none' });
  });

  test('from the future is never written', async () => {
    const file = path.join(testFolder(), 'one.json');
    const future = '{"version": 7, "name": {"first": "Ann"}, "numbers": [3]}';
    writeFileSync(file, future);
    const opened = open(file);
    expect(opened).toMatchObject({ value: { name: 'usual', numbers: [3] }, trouble: 'newer' });
    opened.change({ name: 'now' });
    expect(opened.value.name).toBe('now');
    await opened.written;
    expect(readFileSync(file, 'utf8')).toBe(future);
  });

  test('that cannot be written holds until the end, and is written once it can', async () => {
    const folder = testFolder();
    const inTheWay = path.join(folder, 'data');
    writeFileSync(inTheWay, '');
    const file = path.join(inTheWay, 'one.json');
    const opened = open(file);
    opened.change({ name: 'Ann' });
    await opened.written;
    expect(opened).toMatchObject({ value: { name: 'Ann' }, trouble: 'unsaved' });
    expect(readdirSync(folder)).toEqual(['data']);
    rmSync(inTheWay);
    // The same again: it is not in the file yet.
    opened.change({ name: 'Ann' });
    await opened.written;
    expect(opened.trouble).toBe('none');
    expect(open(file).value.name).toBe('Ann');
  });

  test('changes while the disk is written: nobody waits, and what came last is in it', async () => {
    const file = path.join(testFolder(), 'one.json');
    const opened = open(file);
    for (let at = 0; at < 300; at += 1) opened.change({ numbers: [at] });
    // The disk had no time for anything.
    expect(existsSync(file)).toBe(false);
    await opened.written;
    expect(open(file).value.numbers).toEqual([299]);
  });

  test('cut off anywhere or of any bytes is set aside, whole', async () => {
    const whole = JSON.stringify({ version: 1, name: 'Ann', numbers: [1, 2, 3] });
    const cut = fc.nat(whole.length - 1).map((end) => Buffer.from(whole.slice(0, end)));
    const any = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes));
    await fc.assert(
      fc.asyncProperty(fc.oneof(cut, any), async (bytes) => {
        const folder = testFolder();
        const file = path.join(folder, 'one.json');
        mkdirSync(folder, { recursive: true });
        writeFileSync(file, bytes);
        const opened = open(file);
        expect(opened.value).toMatchObject({ numbers: [] });
        if (opened.trouble === 'damaged') {
          expect(readFileSync(`${file}.damaged`).equals(bytes)).toBe(true);
        }
        const { trouble } = opened;
        opened.change({ name: 'new' });
        await opened.written;
        // Somebody may ask only now.
        expect(opened.trouble).toBe(trouble);
        expect(open(file).value.name).toBe('new');
        expect(existsSync(`${file}.new`)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});
