/**
 * What work on the file costs: a flush writes what lies behind the first removed message, once where it
 * moves far and twice where it does not, and nothing in front of it; the journal it needs is bounded, and
 * so is memory; what was appended is all that is read of it, and after a flush nothing is read again.
 * Method: the real disk, with every byte counted that is read or written; memory as the kernel counts it.
 */

import { appendFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Mailbox } from '../../electron/mailbox/mailbox.ts';
import { QUIET } from '../../electron/mailbox/mailbox-options.ts';
import { messageNumber } from '../../shared/units.ts';
import { EngineProcess } from '../support/engine-process.ts';
import { readyOn } from '../support/fault-mailbox.ts';
import { numberedLetter, numberedLetters } from '../support/letters.ts';
import { testFolder } from '../support/opened-archive.ts';
import { watchedDisk } from '../support/watched-disk.ts';

const KIB = 1024;
const MIB = 1024 * KIB;
/** What the README of the mailbox promises of the journal, besides 24 bytes for each run. */
const JOURNAL_BYTES_MAX = 32 * MIB;
/** A header, two slots, an end mark. */
const SMALL = 16 * KIB;
const MESSAGE_BYTES = 64 * KIB;
const LETTERS = numberedLetters('us', 640, MESSAGE_BYTES);
const BYTES = LETTERS.reduce((sum, letter) => sum + letter.length, 0);

/** Bytes read from the mailbox, written to it, and written to its journal. */
interface Counted {
  read: number;
  written: number;
  journal: number;
}

async function opened(): Promise<{ mailbox: Mailbox; counted: Counted; file: string }> {
  const folder = testFolder();
  const file = path.join(folder, 'box');
  writeFileSync(file, LETTERS.join(''));
  const counted = { read: 0, written: 0, journal: 0 };
  const disk = watchedDisk(({ does, path: where, bytes }) => {
    if (where === file && does === 'read') counted.read += bytes;
    if (!does.startsWith('write')) return;
    if (where === file) counted.written += bytes;
    else if (where.endsWith('journal')) counted.journal += bytes;
  });
  const mailbox = await readyOn(disk, file, folder);
  onTestFinished(() => mailbox.close());
  return { mailbox, counted, file };
}

async function flushed(gone: readonly number[]): Promise<Counted> {
  const { mailbox, counted } = await opened();
  await mailbox.mark(gone.map(messageNumber), QUIET);
  Object.assign(counted, { read: 0, written: 0, journal: 0 });
  await mailbox.flush(QUIET);
  return counted;
}

const bytesBehind = (first: number): number =>
  LETTERS.slice(first).reduce((sum, letter) => sum + letter.length, 0);
const run = (from: number, count: number): number[] =>
  Array.from({ length: count }, (_none, at) => from + at);

describe('a flush', () => {
  it('that moves everything far writes it once, and next to nothing to its journal', async () => {
    const gone = run(40, 80);
    const { written, journal } = await flushed(gone);
    expect(written).toBeLessThanOrEqual(bytesBehind(120) + SMALL);
    expect(journal).toBeLessThan(SMALL);
  });

  it('that moves everything by little writes it twice, its journal claimed before', async () => {
    const { written, journal } = await flushed([300]);
    expect(written).toBeLessThanOrEqual(bytesBehind(301) + SMALL);
    expect(journal).toBeLessThanOrEqual(bytesBehind(301) + JOURNAL_BYTES_MAX + SMALL);
  });

  it('at the end writes nothing at all', async () => {
    expect(await flushed([638, 639])).toMatchObject({ written: 0, journal: 0 });
  });

  it('reads what goes once, what moves once, and nothing for its table of contents', async () => {
    const gone = run(40, 80);
    const { read } = await flushed(gone);
    const removed = bytesBehind(40) - bytesBehind(120);
    // And around every seam some KiB, and what a record of progress is checked by.
    expect(read).toBeLessThan(removed + bytesBehind(120) + MIB);
  });
});

describe('what was appended', () => {
  it('is all that is read, with the message in front of it', async () => {
    const { mailbox, counted, file } = await opened();
    const theirs = numberedLetter('them', 0, 3000);
    appendFileSync(file, theirs);
    counted.read = 0;
    expect(await mailbox.sync()).toMatchObject({ how: 'appended', arrived: 1 });
    expect(mailbox.table.count).toBe(LETTERS.length + 1);
    // The ends by which it is known, twice.
    expect(counted.read).toBeLessThan(theirs.length + MESSAGE_BYTES + 5 * 4096);
    expect(counted.read).toBeLessThan(BYTES / 100);
  });
});

describe.skipIf(process.platform !== 'linux')('the memory of a flush', () => {
  it('is bounded, whatever moves', async () => {
    const folder = testFolder();
    const file = path.join(folder, 'box');
    const parts = 8;
    writeFileSync(file, '');
    for (let part = 0; part < parts; part++) appendFileSync(file, LETTERS.join(''));
    const engine = await EngineProcess.open(file, {
      root: path.resolve(import.meta.dirname, '../..'),
      folder,
    });
    onTestFinished(() => engine.kill());
    const { messages } = await engine.whole();
    expect(messages).toBe(parts * LETTERS.length);
    const { list } = await engine.call('rows', { generation: 0, from: 0, count: 0 });
    const choice = { choose: 'only', row: 0 } as const;
    await engine.call('select', { generation: list.generation, choice });
    await engine.call('remove', { selected: 'all' });
    const before = engine.memory().most;
    await engine.call('flush', { copy: 'none', flagged: 'leave' });
    expect((await engine.status()).messages).toBe(messages - 1);
    const more = engine.memory().most - before;
    console.log(
      `${((parts * BYTES) / MIB).toFixed(0)} MiB moved with ${(more / MIB).toFixed(0)} MiB`,
    );
    expect(more).toBeLessThan(128 * MIB);
  }, 120_000);
});
