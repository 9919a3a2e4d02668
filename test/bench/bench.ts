/**
 * What all measurements share: programs run to their end, clocks, medians, generated mailboxes, a
 * cold page cache, and what is printed of the machine.
 */

import { spawnSync } from 'node:child_process';
import {
  closeSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
// biome-ignore lint/correctness/useImportExtensions: a script with types beside it
import { bigMailbox, type BigMailboxSize } from '../../build/sample/big.mjs';

export const MIB = 1024 * 1024;
/** Of mixed mail: what a gibibyte of real archives has on average. */
export const BYTES_PER_MESSAGE = 24 * 1024;
const LIMIT_MS = 600_000;

/** Runs a program to its end; throws if it fails or takes longer than ten minutes. */
export function program(
  command: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): string {
  const { status, stdout, stderr, error } = spawnSync(command, words, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C', ...environment },
    timeout: LIMIT_MS,
    killSignal: 'SIGKILL',
    encoding: 'utf8',
    maxBuffer: 64 * MIB,
  });
  if (status === 0) return stdout;
  throw new Error(`${command} ended with ${status}: ${error?.message ?? ''} ${stderr}`);
}

/** The milliseconds that `act` takes. */
export async function timed(act: () => unknown): Promise<number> {
  const begun = performance.now();
  await act();
  return performance.now() - begun;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The value below which a share of all values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** `123 (120-140)`: median, least and most. */
export function ranged(values: readonly number[], digits = 0): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return `${median(values).toFixed(digits)} (${least.toFixed(digits)}-${most.toFixed(digits)})`;
}

/** A folder of its own for the length of a measurement, gone with its end, whatever the end. */
export async function inFolder(act: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-bench-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const ended = (): void => {
    remove();
    process.exit(130);
  };
  process.once('SIGINT', ended).once('SIGTERM', ended);
  try {
    await act(folder);
  } finally {
    remove();
    process.off('SIGINT', ended).off('SIGTERM', ended);
  }
}

/** Writes a generated mailbox, and syncs it: what is measured next must not pay for its writing. */
export function writeMailbox(file: string, size: BigMailboxSize): void {
  const out = openSync(file, 'w');
  for (const chunk of bigMailbox(size)) {
    for (let done = 0; done < chunk.length; ) done += writeSync(out, chunk, done);
  }
  fsyncSync(out);
  closeSync(out);
}

/** So many messages of `bytesPerMessage` make `mebibytes`. */
export function messagesIn(mebibytes: number, bytesPerMessage = BYTES_PER_MESSAGE): number {
  return Math.round((mebibytes * MIB) / bytesPerMessage);
}

/** Drops the system's page cache. @returns false where that is not allowed */
export function dropCaches(): boolean {
  try {
    program('sync', []);
    writeFileSync('/proc/sys/vm/drop_caches', '3');
    return true;
  } catch {
    return false;
  }
}

const firstLine = (text: string): string => text.split('\n')[0] ?? '';

/** The versions of everything measured, a line each. */
export function versions(): readonly string[] {
  return [
    `Node ${process.versions.node}`,
    firstLine(program('cp', ['--version'])),
    firstLine(program('grep', ['--version'])),
    firstLine(program('python3', ['--version'])),
    firstLine(program('mutt', ['-v'])),
    `Linux ${program('uname', ['-r']).trim()}`,
  ];
}

/** Machine, disk and versions, as the head of every report. */
export function printMachine(folder: string): void {
  const where = program('stat', ['-f', '-c', '%T', folder]).trim();
  const memory = (os.totalmem() / MIB / 1024).toFixed(0);
  const load = os.loadavg()[0]?.toFixed(1);
  console.log(
    `${os.cpus()[0]?.model}, ${os.cpus().length} cores, ${memory} GiB, ${where}; load ${load}`,
  );
  console.log(versions().join('; '));
}

/** Prints a target with what was measured. */
export function printTarget(name: string, found: number, limit: number, unit: string): void {
  const verdict = found <= limit ? 'met' : 'MISSED';
  console.log(
    `  ${name.padEnd(58)}${found.toFixed(2).padStart(9)} ${unit.padEnd(14)} at most ${Number(limit.toPrecision(3))}: ${verdict}`,
  );
}
