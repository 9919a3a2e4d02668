/**
 * `npm run bench -- reopen [MESSAGES] [BYTES_PER_MESSAGE]`: an archive is read for the first time, its
 * catalog is saved, it is opened again to a sorted list, and messages are appended to it.
 *
 * Each opening is a process of its own, as an engine is; times are from the call to the answer, and
 * user time is told beside them, because wall time depends on what else the machine does.
 */

import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
// biome-ignore lint/correctness/useImportExtensions: a script with types beside it
import { bigMailbox } from '../../build/sample/big.mjs';
import { Archive } from '../../electron/engine/archive/archive.ts';
import { warmUp } from '../../electron/engine/envelopes/warming.ts';
import { WindowSession } from '../../electron/engine/window-session.ts';

const RUNS = 5;
const APPENDED = 100;
const CLOCK_MS = 30;
const MIB = 1024 * 1024;

interface Measured {
  readonly name: string;
  readonly ms: number;
  readonly userMs: number;
}

async function measured<Value>(
  name: string,
  act: () => Promise<Value> | Value,
): Promise<[Measured, Value]> {
  const cpu = process.cpuUsage();
  const begun = performance.now();
  const value = await act();
  const ms = performance.now() - begun;
  return [{ name, ms, userMs: process.cpuUsage(cpu).user / 1000 }, value];
}

function told(part: string, all: readonly Measured[]): void {
  for (const one of all) process.stdout.write(`${JSON.stringify({ ...one, part })}\n`);
}

function openArchive(file: string): Promise<Archive> {
  const folder = path.dirname(file);
  return Archive.open({
    path: file,
    access: 'read-write',
    journalFolder: path.join(folder, 'journals'),
    readingFolder: path.join(folder, 'readings'),
    copyFolder: path.join(folder, 'removed'),
    catalogFolder: path.join(folder, 'catalogs'),
  });
}

/** A window was told that rows can be fetched anew. */
let listed: (generation: number) => void = () => undefined;

const newestFirst = { view: 'all', sort: 'date', direction: 'descending', query: '' } as const;

/** Opens and reads, and shows the first fifty rows by date. */
async function opened(file: string, part: string): Promise<[Archive, WindowSession]> {
  const [open, archive] = await measured('open and contents', async () => {
    const one = await openArchive(file);
    await one.read();
    return one;
  });
  const session = new WindowSession(archive, (note) => {
    if (note.notify === 'changed') listed(note.params.list.generation);
  });
  const [sort] = await measured('sorted by date, 50 rows', async () => {
    const handlers = session.handlers();
    const { generation } = await handlers.arrange(newestFirst);
    return handlers.rows({ generation, from: 0, count: 50 });
  });
  const [all] = [{ name: 'all', ms: open.ms + sort.ms, userMs: open.userMs + sort.userMs }];
  told(part, [open, sort, all]);
  return [archive, session];
}

async function first(file: string): Promise<void> {
  const [archive] = await opened(file, 'first');
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const [save] = await measured('save and close', () => archive.close());
  told('first', [save, { name: 'save: longest wait of others', ms: delay.max / 1e6, userMs: 0 }]);
}

async function reopen(file: string): Promise<void> {
  const [archive] = await opened(file, 'reopen');
  await archive.close();
}

/** By an engine that has been waiting for its archive, as the app keeps one. */
async function ready(file: string): Promise<void> {
  await warmUp(() => true);
  await reopen(file);
}

async function append(file: string): Promise<void> {
  const [archive, session] = await opened(file, 'append');
  archive.watch();
  // What an engine does in its first quiet moments.
  await new Promise((resolve) => setTimeout(resolve, 1500));
  for (let run = 0; run <= RUNS; run++) {
    const window = new Promise<number>((resolve) => {
      listed = resolve;
    });
    appendFileSync(file, Buffer.concat([...bigMailbox({ messages: APPENDED, seed: run + 2 })]));
    // The clock of the file system ticks; asleep, so that no look of the engine's comes before ours.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, CLOCK_MS);
    const [sync] = await measured('noticed to listed', async () => {
      void archive.sync();
      const generation = await window;
      const { rows } = await session.handlers().rows({ generation, from: 0, count: 50 });
      if (rows.length < 50) throw new Error('not listed');
    });
    if (run > 0) told('append', [sync]);
  }
  await archive.close();
}

const parts: Readonly<Record<string, (file: string) => Promise<void>>> = {
  first,
  reopen,
  ready,
  append,
};

/** Runs a part in a process of its own. */
function run(part: string, file: string): readonly Measured[] {
  const words = [...process.execArgv, process.argv[1] ?? '', part, file];
  const { stdout, status } = spawnSync(process.execPath, words, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`${part} ended with ${status}`);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Measured);
}

function show(title: string, runs: readonly (readonly Measured[])[]): void {
  console.log(title);
  const names = new Set(runs.flat().map(({ name }) => name));
  for (const name of names) {
    const all = runs.flat().filter((one) => one.name === name);
    const middle = (of: (one: Measured) => number): string => {
      const sorted = all.map(of).sort((one, other) => one - other);
      return (sorted[Math.floor(sorted.length / 2)] ?? 0).toFixed(0).padStart(7);
    };
    console.log(
      `  ${name.padEnd(30)} ${middle((one) => one.ms)} ms   user ${middle((one) => one.userMs)} ms`,
    );
  }
}

function main(messages: number, bytesPerMessage: number): void {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-bench-'));
  try {
    const file = path.join(folder, 'archive.mbox');
    const written = openSync(file, 'w');
    for (const chunk of bigMailbox({ messages, bytesPerMessage })) writeSync(written, chunk);
    closeSync(written);
    console.log(`${os.cpus()[0]?.model}, ${os.cpus().length} cores, Node ${process.versions.node}`);
    const mebibytes = (statSync(file).size / MIB).toFixed(0);
    console.log(`${mebibytes} MiB, ${messages} messages; medians of ${RUNS}\n`);
    show('first opening', [run('first', file)]);
    const catalogs = path.join(folder, 'catalogs');
    const bytes = readdirSync(catalogs).map((name) => statSync(path.join(catalogs, name)).size);
    console.log(`  catalog: ${(bytes.reduce((sum, one) => sum + one, 0) / MIB).toFixed(0)} MiB`);
    show(
      'reopened',
      Array.from({ length: RUNS }, () => run('reopen', file)),
    );
    show(
      'reopened by an engine kept ready',
      Array.from({ length: RUNS }, () => run('ready', file)),
    );
    show(`${APPENDED} messages appended`, [
      run('append', file).filter(({ name }) => name === 'noticed to listed'),
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [part = '', file = ''] = process.argv.slice(2);
const act = parts[part];
if (act) await act(file);
else main(Number(part || 1_000_000), Number(file || 2048));
