/**
 * How long processes computed, as the kernel counts it: what a message costs is the same on a machine
 * that has other work, unlike how long a person waits there.
 */

import { readFileSync } from 'node:fs';

/** The kernel counts in ticks of this many milliseconds (`getconf CLK_TCK` is 100 on every Linux). */
const TICK_MS = 10;

/** Milliseconds that a process has computed since it began, in all of its threads (proc(5), stat). */
export function processorMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  // The name of the program may hold spaces: the numbers are counted from behind it.
  const numbers = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(numbers[11]) + Number(numbers[12])) * TICK_MS;
}

/** Milliseconds that the thread which asks has computed since it began (proc(5), schedstat). */
export function threadProcessorMs(): number {
  return Number.parseInt(readFileSync('/proc/thread-self/schedstat', 'latin1'), 10) / 1e6;
}
