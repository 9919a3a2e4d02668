/**
 * `npm run bench -- contents [MIB]`: the table of contents of a generated mailbox, against `grep`
 * and Python's mailbox module in the same run; and the flush that removes its first message, its
 * last, and every tenth, against `cp` and fsync of the whole. Medians of five; page cache warm.
 */

import { spawnSync } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
// biome-ignore lint/correctness/useImportExtensions: a script with types beside it
import { bigMailbox } from '../../build/sample/big.mjs';
import { realDisk } from '../../electron/mailbox/disk/real-disk.ts';
import { DEFAULT_READING } from '../../electron/mailbox/format/format.ts';
import { Mailbox } from '../../electron/mailbox/mailbox.ts';
import { QUIET } from '../../electron/mailbox/mailbox-options.ts';
import { messageNumber } from '../../shared/units.ts';

const RUNS = 5;
const BYTES_PER_MESSAGE = 24 * 1024;
const mebibytes = Number(process.argv[2] ?? 512);
const folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-bench-'));
const original = path.join(folder, 'original.mbox');
const work = path.join(folder, 'work.mbox');

async function median(name: string, run: () => Promise<number> | number): Promise<number> {
  const times: number[] = [];
  for (let at = 0; at <= RUNS; at++) times.push(await run());
  const [least = 0, , middle = 0, , most = 0] = times.slice(1).sort((one, other) => one - other);
  console.log(
    `${name.padEnd(44)} ${middle.toFixed(0).padStart(7)} ms   (${least.toFixed(0)} to ${most.toFixed(0)})`,
  );
  return middle;
}

async function timed(act: () => Promise<unknown> | unknown): Promise<number> {
  const begun = performance.now();
  await act();
  return performance.now() - begun;
}

function program(command: string, words: readonly string[]): void {
  // Its output is read: a grep that writes to nowhere stops at the first match.
  const env = { ...process.env, LC_ALL: 'C' };
  const { status } = spawnSync(command, words, { stdio: ['ignore', 'pipe', 'inherit'], env });
  if (status !== 0) throw new Error(`${command} ended with ${status}`);
}

function openMailbox(file: string): Promise<Mailbox> {
  return Mailbox.open({
    disk: realDisk,
    path: file,
    access: 'read-write',
    reading: DEFAULT_READING,
    stateFolder: folder,
    onRegenerated: () => undefined,
  });
}

async function contents(): Promise<number> {
  const mailbox = await openMailbox(original);
  const ms = await timed(() => mailbox.scan(QUIET));
  await mailbox.close();
  return ms;
}

async function flush(chosen: (count: number) => readonly number[]): Promise<number> {
  copyFileSync(original, work);
  program('sync', [work]);
  const mailbox = await openMailbox(work);
  await mailbox.scan(QUIET);
  await mailbox.mark(chosen(mailbox.table.count).map(messageNumber), QUIET);
  const ms = await timed(() => mailbox.flush(QUIET));
  await mailbox.close();
  return ms;
}

function copyAndSync(): void {
  copyFileSync(original, work);
  const file = openSync(work, 'r+');
  fsyncSync(file);
  closeSync(file);
}

const PYTHON = 'import mailbox, sys; len(mailbox.mbox(sys.argv[1], create=False))';
const every = (step: number) => (count: number) =>
  Array.from({ length: Math.floor(count / step) }, (_none, at) => at * step);

try {
  const file = openSync(original, 'w');
  const messages = Math.round((mebibytes * 1024 * 1024) / BYTES_PER_MESSAGE);
  for (const chunk of bigMailbox({ messages, bytesPerMessage: BYTES_PER_MESSAGE }))
    writeSync(file, chunk);
  closeSync(file);
  const size = (statSync(original).size / 1024 / 1024).toFixed(0);
  console.log(`${os.cpus()[0]?.model}, ${os.cpus().length} cores, Node ${process.versions.node}`);
  console.log(`${size} MiB, ${messages} messages; medians of ${RUNS}\n`);

  const grep = await median("grep -c '^From '", () =>
    timed(() => program('grep', ['-c', '^From ', original])),
  );
  const ours = await median('table of contents', contents);
  const python = await median("Python's table of contents", () =>
    timed(() => program('python3', ['-c', PYTHON, original])),
  );
  const copy = await median('cp and fsync', () => timed(copyAndSync));
  const first = await median('flush: the first message', () => flush(() => [0]));
  const tenth = await median('flush: every tenth', () => flush(every(10)));
  const last = await median('flush: the last message', () => flush((count) => [count - 1]));

  console.log(
    `\ntable of contents: ${(ours / grep).toFixed(2)} times grep, ${(python / ours).toFixed(0)} times faster than Python`,
  );
  console.log(
    `flush: first ${(first / copy).toFixed(2)}, every tenth ${(tenth / copy).toFixed(2)} times cp; last ${last.toFixed(0)} ms`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
