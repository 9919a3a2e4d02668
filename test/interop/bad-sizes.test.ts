/**
 * Goal: whatever the size and shape of an archive, its engine answers while it reads, reads to the
 * end, and finds what is there.
 * Method: hostile files given to the built engine in a process of its own; a window's calls every
 * 20 ms meanwhile. MAILKEEP_BAD_SIZES=full takes the sizes that people fear (5 GiB, 10,000,000
 * messages), which needs some minutes and 3 GB of disk.
 */

import { spawn } from 'node:child_process';
import { closeSync, ftruncateSync, openSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { EngineProcess, type Latencies } from '../support/engine-process.ts';
import { testFolder } from '../support/opened-archive.ts';

const FULL = process.env['MAILKEEP_BAD_SIZES'] === 'full';
const MIB = 1024 * 1024;
const GIB = 1024 * MIB;
/** What a person does not notice. */
const ANSWER_MS_MAX = 150;
/**
 * The longest that the engine's main thread lets nobody in, as CPU time. A single answer may wait much
 * longer where other programs use the machine, which is not the engine's doing. In full size it is
 * measured on a machine with nothing else to do; others may be several times as slow.
 */
const TURN_MS_MAX = FULL ? ANSWER_MS_MAX : 500;
/** The longest wait of nearly every call: a bound for hangs, where other programs use the machine. */
const NEARLY_ALL_MS_MAX = FULL ? ANSWER_MS_MAX : 2000;
const LIMIT_MS = FULL ? 600_000 : 180_000;
const ROOT = path.resolve(import.meta.dirname, '../..');

const HEAD = 'From ann@village.example Thu Jan  1 00:00:00 2004\n';
const FIRST = `${HEAD}Subject: first\n\ntext\n\n`;
const LAST = `${HEAD}Subject: last\n\ntext\n`;

interface Written {
  readonly file: string;
  /** Writes text so many times. */
  readonly text: (text: string, times?: number) => void;
  /** Leaves a hole: NULs that take no room. */
  readonly hole: (bytes: number) => void;
}

function written(write: (to: Written) => void): string {
  const file = path.join(testFolder(), 'archive');
  const out = openSync(file, 'w');
  let at = 0;
  const put = (bytes: Buffer): void => {
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(out, bytes, done, bytes.length - done, at + done);
    }
    at += bytes.length;
  };
  write({
    file,
    text: (text, times = 1) => {
      const some = Math.max(1, Math.min(times, Math.ceil(MIB / text.length)));
      const block = Buffer.from(text.repeat(some));
      for (let left = times; left > 0; left -= some) {
        put(left >= some ? block : block.subarray(0, left * text.length));
      }
    },
    hole: (bytes) => {
      at += bytes;
      ftruncateSync(out, at);
    },
  });
  closeSync(out);
  return file;
}

interface Read {
  readonly engine: EngineProcess;
  readonly latencies: Latencies;
}

/** Reads all of an archive while a window asks; tells what it came to. */
async function readWhileAsked(file: string): Promise<Read> {
  const engine = await EngineProcess.open(file, { root: ROOT, folder: testFolder() });
  onTestFinished(() => engine.kill());
  const begun = performance.now();
  const latencies = await engine.answering(engine.whole());
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  const { size } = statSync(file);
  const { now, most } = engine.memory();
  console.log(
    `${expect.getState().currentTestName}: ${(size / MIB).toFixed(0)} MiB in ${seconds} s; ` +
      `${latencies.calls} calls, median ${latencies.medianMs.toFixed(1)} ms, ` +
      `worst ${latencies.worstMs.toFixed(0)} ms, ` +
      `longest turn ${latencies.longestTurnMs.toFixed(0)} ms; memory ${(now / MIB).toFixed(0)} MiB, ` +
      `at most ${(most / MIB).toFixed(0)} MiB`,
  );
  return { engine, latencies };
}

const byPlace = { view: 'all', sort: 'position', direction: 'ascending', query: '' } as const;

function expectPrompt({ nearlyAllMs, longestTurnMs }: Latencies): void {
  expect(nearlyAllMs).toBeLessThan(NEARLY_ALL_MS_MAX);
  expect(longestTurnMs).toBeLessThan(TURN_MS_MAX);
}

async function subjects({ engine }: Read): Promise<readonly string[]> {
  const { rows } = await engine.rows(byPlace);
  return rows.map(({ subject }) => subject);
}

describe('an engine answers while it reads', () => {
  it(`one message of ${FULL ? '5 GiB' : '600 MiB'}`, { timeout: LIMIT_MS }, async () => {
    const bytes = FULL ? 5 * GIB : 600 * MIB;
    const read = await readWhileAsked(
      written(({ text, hole }) => {
        text(FIRST);
        text(`${HEAD}Subject: huge\n\nhere it begins\n`);
        hole(bytes);
        text(`\nand here it ends\n\n${LAST}`);
      }),
    );
    expect(await subjects(read)).toEqual(['first', 'huge', 'last']);
    const { rows } = await read.engine.rows(byPlace);
    const { bytes: shown } = await read.engine.call('read', { key: rows[1]?.key ?? '' });
    expect(shown).toBeGreaterThan(bytes);
    expectPrompt(read.latencies);
    expect(read.engine.memory().most).toBeLessThan(400 * MIB);
  });

  it(`one line of ${FULL ? '1 GiB' : '100 MiB'}, in a body`, { timeout: LIMIT_MS }, async () => {
    const read = await readWhileAsked(
      written(({ text }) => {
        text(`${FIRST}${HEAD}Subject: long\n\n`);
        text('From here on, no end ', (FULL ? GIB : 100 * MIB) / 21);
        text(`\n\n${LAST}`);
      }),
    );
    expect(await subjects(read)).toEqual(['first', 'long', 'last']);
    expectPrompt(read.latencies);
    expect(read.engine.memory().most).toBeLessThan(400 * MIB);
  });

  it(`one header line of ${FULL ? '1 GiB' : '100 MiB'}`, { timeout: LIMIT_MS }, async () => {
    const read = await readWhileAsked(
      written(({ text }) => {
        text(`${FIRST}${HEAD}Subject: `);
        text('=?utf-8?q?word?= and ', (FULL ? GIB : 100 * MIB) / 21);
        text(`\n\ntext\n\n${LAST}`);
      }),
    );
    const said = await subjects(read);
    expect(said).toHaveLength(3);
    expect(said[2]).toBe('last');
    expectPrompt(read.latencies);
    expect(read.engine.memory().most).toBeLessThan(400 * MIB);
  });

  const empty = FULL ? 10_000_000 : 200_000;
  it(`${empty.toLocaleString('en')} empty messages`, { timeout: LIMIT_MS }, async () => {
    const one = 'From a@b Thu Jan  1 00:00:00 2004\n\n';
    const read = await readWhileAsked(written(({ text }) => text(one, empty)));
    expect((await read.engine.status()).messages).toBe(empty);
    expectPrompt(read.latencies);
    // Bytes a message; a bound that grows with the messages, and no faster.
    expect(read.engine.memory().most).toBeLessThan(300 * MIB + empty * 150);

    // All but the first are removed, in one run: each is one of very many that are equal.
    const { list } = await read.engine.call('rows', { generation: 0, from: 0, count: 0 });
    const removed = Math.min(empty - 1, 200_000);
    const choice = { choose: 'range', from: 1, to: removed, others: 'drop' } as const;
    await read.engine.call('select', { generation: list.generation, choice });
    const marked = await read.engine.answering(read.engine.call('remove', { selected: 'all' }));
    const compacted = await read.engine.answering(
      read.engine.call('flush', { copy: 'none', flagged: 'leave' }),
    );
    expect(await read.engine.status()).toMatchObject({
      messages: empty - removed,
      marked: { messages: 0 },
    });
    console.log(
      `  longest turn ${marked.longestTurnMs.toFixed(0)} ms while ${removed} were marked, ` +
        `${compacted.longestTurnMs.toFixed(0)} ms while they went`,
    );
    expectPrompt(marked);
    // What is known is made anew in one go when they are gone.
    expect(compacted.longestTurnMs).toBeLessThan(4 * TURN_MS_MAX);
  });

  const lines = FULL ? 1_000_000 : 100_000;
  it(`${lines.toLocaleString('en')} From lines in one body`, { timeout: LIMIT_MS }, async () => {
    const read = await readWhileAsked(
      written(({ text }) => {
        text(`${FIRST}${HEAD}Subject: quoting\n\n`);
        text('From my window I see the sea.\n\nFrom there it went on.\n', lines / 2);
        text(`\n${LAST}`);
      }),
    );
    expect(await subjects(read)).toEqual(['first', 'quoting', 'last']);
    expectPrompt(read.latencies);
  });
});

/** Appends messages without a pause, as fast as the disk takes them, until it is killed. */
const APPENDER = `
import os, sys
head, path, limit = sys.argv[1:4]
message = (head + 'Subject: more\\n\\n' + 'text\\n' * 400 + '\\n').encode()
out = os.open(path, os.O_WRONLY | os.O_APPEND)
while os.fstat(out).st_size < int(limit):
    os.write(out, message * 100)
`;

describe('a file that grows as fast as it is read', () => {
  it('is opened to an end, and followed', { timeout: LIMIT_MS }, async () => {
    const limit = FULL ? 6 * GIB : 400 * MIB;
    const before = FULL ? 1_000_000 : 50_000;
    const file = written(({ text }) => text(FIRST, before));
    const appender = spawn('python3', ['-I', '-c', APPENDER, HEAD, file, String(limit)], {
      stdio: 'ignore',
    });
    const appended = new Promise((resolve) => appender.once('exit', resolve));
    onTestFinished(() => void appender.kill('SIGKILL'));
    const engine = await EngineProcess.open(file, { root: ROOT, folder: testFolder() });
    onTestFinished(() => engine.kill());
    const opened = engine.when(({ state }) => state === 'ready');
    const latencies = await engine.answering(opened);
    const { bytes } = await opened;
    // It said so while the file grew on: the end of the scan was the size at its beginning.
    expect(bytes).toBeLessThanOrEqual(statSync(file).size);
    const following = appended.then(() => engine.when((one) => one.bytes === statSync(file).size));
    const followed = await engine.answering(following);
    console.log(
      `growing to ${limit / MIB} MiB: worst answer ${latencies.worstMs.toFixed(0)} ms (turn ` +
        `${latencies.longestTurnMs.toFixed(0)}) while opening, ${followed.worstMs.toFixed(0)} ms ` +
        `(turn ${followed.longestTurnMs.toFixed(0)}) while following`,
    );
    const { bytes: all, messages } = await engine.whole();
    expect(all).toBe(statSync(file).size);
    expect(messages).toBeGreaterThan(before);
    expectPrompt(latencies);
    expectPrompt(followed);
  });
});
