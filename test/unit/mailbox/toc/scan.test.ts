/**
 * Goal: a scan can be watched and stopped, and copes with files that change under it. Method: scans
 * of bytes in memory, some of them fewer than the scan was told.
 */

import { expect, test } from 'vitest';
import { LIMITS } from '../../../../electron/mailbox/format/current-message.ts';
import { mboxWithin } from '../../../../electron/mailbox/format/mbox.ts';
import { realDisk } from '../../../../electron/mailbox/disk/real-disk.ts';
import { DEFAULT_READING } from '../../../../electron/mailbox/format/format.ts';
import { mbox } from '../../../../electron/mailbox/format/mbox.ts';
import { scan } from '../../../../electron/mailbox/toc/scan.ts';
import { Table } from '../../../../electron/mailbox/toc/table.ts';
import { byteOffset } from '../../../../shared/units.ts';
import { fileOf, scanBytes } from '../../../support/scanned.ts';

const MESSAGE = 'From ann@example.org Mon Jan  1 00:00:00 2024\nSubject: one\n\nHello\n\n';
const MANY = MESSAGE.repeat(20_000);
const CHUNK = 64 * 1024;

test('messages appear while the scan runs, and progress grows to the end', async () => {
  const seen: number[] = [];
  const { spans, scannedBytes } = await scanBytes(MANY, {
    chunkBytes: CHUNK,
    onProgress: (bytes) => seen.push(bytes),
  });
  expect(spans).toHaveLength(20_000);
  expect(seen.length).toBeGreaterThan(10);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect([seen.at(-1), scannedBytes]).toEqual([MANY.length, MANY.length]);
});

const inSections = mboxWithin({ ...LIMITS, sectionBytes: 100_000 });

test('most of a large file is taken over from threads, and progress still grows', async () => {
  const seen: number[] = [];
  const scanned = await scanBytes(MANY, {
    format: inSections,
    chunkBytes: CHUNK,
    sectionsAtOnce: 3,
    onProgress: (bytes) => seen.push(bytes),
  });
  expect(scanned.spans).toEqual((await scanBytes(MANY)).spans);
  expect(scanned.taken).toBeGreaterThan(10_000);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect([seen.at(-1), scanned.scannedBytes]).toEqual([MANY.length, MANY.length]);
});

test('a message far longer than a section is found by the scan itself', async () => {
  const text = `${MESSAGE.repeat(3000)}${MESSAGE}${'long\n'.repeat(100_000)}\n${MESSAGE.repeat(9000)}`;
  const options = { format: inSections, chunkBytes: CHUNK };
  const together = await scanBytes(text, { ...options, sectionsAtOnce: 3 });
  expect(together.spans).toEqual((await scanBytes(text, options)).spans);
});

test('what a thread cannot do is done by the scan; a thread that hangs does not keep it from stopping', async () => {
  const range = { from: byteOffset(0), size: MANY.length };
  const file = fileOf(Buffer.from(MANY));
  const options = { signal: new AbortController().signal, onProgress: () => undefined };
  const failing = { room: 2, scan: () => Promise.resolve(null) };
  const into = new Table();
  await scan(file, inSections, DEFAULT_READING, range, { ...options, into, threads: failing });
  expect(into.count).toBe(20_000);

  const stop = new AbortController();
  const hanging = { room: 2, scan: () => new Promise<null>(() => stop.abort()) };
  const work = scan(file, inSections, DEFAULT_READING, range, {
    ...options,
    into: new Table(),
    signal: stop.signal,
    threads: hanging,
    chunkBytes: CHUNK,
  });
  await expect(work).rejects.toMatchObject({ code: 'CANCELLED' });
});

test.each(['\n\n', '\r\n\r\n', '\n\r\n', '\n\r\n\n', '\r\n\n\r\n', '\n\r\r\n\n'])(
  'a header ends at %j, however long it is',
  async (ending) => {
    const begin = 'From ann@example.org Mon Jan  1 00:00:00 2024\nSubject: one';
    const long = `${begin}\nX-Long: ${'x'.repeat(5000)}${ending}Hello\n`;
    const narrow = mboxWithin({ ...LIMITS, aheadBytes: 200 });
    const [wide] = (await scanBytes(long)).spans;
    const [sought] = (await scanBytes(long, { format: narrow, chunkBytes: 300 })).spans;
    expect(sought?.headerLength).toBe(wide?.headerLength);
    expect(long.slice(0, wide?.headerLength)).toMatch(/\n\r*\n$/);
  },
);

test('other work gets its turn between chunks', async () => {
  let turns = 0;
  let going = true;
  const takeTurn = (): void => {
    turns += 1;
    if (going) setImmediate(takeTurn);
  };
  setImmediate(takeTurn);
  await scanBytes(MANY, { chunkBytes: CHUNK });
  going = false;
  expect(turns).toBeGreaterThan(10);
});

test('stops when it is told to, with what it has so far', async () => {
  const stop = new AbortController();
  const into = new Table();
  const work = scan(
    fileOf(Buffer.from(MANY)),
    mbox,
    DEFAULT_READING,
    { from: byteOffset(0), size: MANY.length },
    {
      into,
      signal: stop.signal,
      chunkBytes: CHUNK,
      onProgress: (bytes) => {
        if (bytes > 300_000) stop.abort();
      },
    },
  );
  await expect(work).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(into.count).toBeGreaterThan(3000);
  expect(into.count).toBeLessThan(20_000);
});

test.each([0, 100, CHUNK, CHUNK + 1, MANY.length - 30])(
  'a file that shrank to %d bytes ends there',
  async (bytes) => {
    const there = Buffer.from(MANY).subarray(0, bytes);
    const { spans, scannedBytes } = await scanBytes(there, {
      size: MANY.length,
      chunkBytes: CHUNK,
    });
    const whole = await scanBytes(there);
    expect(scannedBytes).toBe(bytes);
    expect(spans).toEqual(whole.spans);
    const inThreads = { size: MANY.length, format: inSections, sectionsAtOnce: 3 };
    expect((await scanBytes(there, inThreads)).spans).toEqual(whole.spans);
  },
);

test('a window takes over as much as a format needs', async () => {
  const format = mboxWithin({ sectionBytes: 1 << 23, aheadBytes: 700_000, partBytes: 1000 });
  const { spans } = await scanBytes(MANY, { format, chunkBytes: CHUNK });
  expect(spans).toEqual((await scanBytes(MANY)).spans);
});

test('an error of the disk is passed on', async () => {
  const file = { ...fileOf(Buffer.alloc(0)), read: () => Promise.reject(new Error('broken')) };
  const options = { into: new Table(), signal: new AbortController().signal, onProgress() {} };
  const range = { from: byteOffset(0), size: 10 };
  await expect(scan(file, mbox, DEFAULT_READING, range, options)).rejects.toThrow('broken');
});

test('a line in the middle of a message that is no separator any more still begins a message', async () => {
  const text = `${MESSAGE}changed\nmeanwhile\n\n${MESSAGE}`;
  const { spans } = await scanBytes(text, { from: MESSAGE.length });
  expect(spans.map(({ offset }) => offset)).toEqual([MESSAGE.length, text.length - MESSAGE.length]);
});

test('the real disk gives the same as memory', async () => {
  const file = await realDisk.open(import.meta.filename, 'read');
  const { size } = await file.facts();
  const into = new Table();
  const signal = new AbortController().signal;
  const range = { from: byteOffset(0), size };
  await scan(file, mbox, DEFAULT_READING, range, { into, signal, onProgress: () => undefined });
  await file.close();
  expect([into.count, into.preambleBytes]).toEqual([0, size]);
});
