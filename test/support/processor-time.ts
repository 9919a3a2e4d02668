/**
 * How long processes computed, as the kernel counts it: what a message costs is the same on a machine
 * that has other work, unlike how long a person waits there.
 */

import { readdirSync, readFileSync } from 'node:fs';

/** The kernel counts in ticks of this many milliseconds (`getconf CLK_TCK` is 100 on every Linux). */
const TICK_MS = 10;

/** Milliseconds that a process has computed since it began, in all of its threads (proc(5), stat). */
export function processorMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  // The name of the program may hold spaces: the numbers are counted from behind it.
  const numbers = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(numbers[11]) + Number(numbers[12])) * TICK_MS;
}

/** The same of a process and all that it started, and they, as far as they run. */
export function processorMsWithChildren(pid: number): number {
  const parents = readdirSync('/proc').flatMap((name) => {
    try {
      const stat = /^\d+$/.test(name) ? readFileSync(`/proc/${name}/stat`, 'latin1') : '';
      const parent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
      return parent === undefined ? [] : [{ pid: Number(name), parent: Number(parent) }];
    } catch {
      // It has ended meanwhile.
      return [];
    }
  });
  const all = (of: number): number =>
    parents.filter(({ parent }) => parent === of).reduce((sum, one) => sum + all(one.pid), 0) +
    processorMs(of);
  return all(pid);
}

/** Milliseconds that the thread which asks has computed since it began (proc(5), schedstat). */
export function threadProcessorMs(): number {
  return Number.parseInt(readFileSync('/proc/thread-self/schedstat', 'latin1'), 10) / 1e6;
}
