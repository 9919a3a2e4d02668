/**
 * `npm run bench -- package [ROUNDS]`: the packaged app, as a person gets it: how long it takes from the
 * start of the executable to a window that can be used, with none of the package's files in the page cache
 * (the first start of a day) and with all of them, and what takes the space.
 */

import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { processorMsWithChildren } from '../support/processor-time.ts';
import { makePackages, openPackaged, PACKAGES } from '../support/packaged.ts';
import { inFolder, MIB, printMachine, program, ranged } from './bench.ts';

const PACKED = path.join(PACKAGES, 'linux-unpacked');
const USABLE = '[data-screen=welcome] button';

interface Start {
  /** From the start of the executable to a button that can be pressed. */
  readonly ms: number;
  /** Of all processes of the app until then: the same on a machine that has other work. */
  readonly processorMs: number;
}

async function started(folder: string, round: string): Promise<Start> {
  const begun = performance.now();
  const window = await openPackaged(PACKED, [`--user-data-dir=${path.join(folder, round)}`]);
  await window.page.locator(USABLE).first().waitFor();
  const ms = performance.now() - begun;
  const processorMs = processorMsWithChildren(window.pid);
  await window.close();
  return { ms, processorMs };
}

/** Has the system forget the package's files, and no others: dd(1), "nocache". */
function forgetFiles(): void {
  for (const entry of readdirSync(PACKED, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    program('dd', [`if=${file}`, 'iflag=nocache', 'count=0', 'status=none']);
  }
}

const bytesIn = (place: string): number =>
  statSync(place).isDirectory()
    ? readdirSync(place).reduce((sum, name) => sum + bytesIn(path.join(place, name)), 0)
    : statSync(place).size;

const shown = (bytes: number): string => `${(bytes / MIB).toFixed(1).padStart(8)} MiB`;

/** What the folder of the package holds, largest first; what is small is added up. */
function printSizes(): void {
  const parts = [
    ...readdirSync(PACKED).filter((name) => name !== 'resources'),
    ...readdirSync(path.join(PACKED, 'resources')).map((name) => path.join('resources', name)),
  ].map((name) => ({ name, bytes: bytesIn(path.join(PACKED, name)) }));
  const large = parts.filter(({ bytes }) => bytes >= 2 * MIB);
  const small = parts.filter(({ bytes }) => bytes < 2 * MIB);
  const sum = (some: typeof parts): number => some.reduce((all, { bytes }) => all + bytes, 0);
  for (const { name, bytes } of large.sort((one, other) => other.bytes - one.bytes))
    console.log(`  ${name.padEnd(34)}${shown(bytes)}`);
  console.log(`  ${`${small.length} others`.padEnd(34)}${shown(sum(small))}`);
  console.log(`  ${'all, unpacked'.padEnd(34)}${shown(sum(parts))}`);
  for (const name of readdirSync(PACKAGES).filter((one) => one.startsWith('Mailkeep-')))
    console.log(`  ${name.padEnd(34)}${shown(statSync(path.join(PACKAGES, name)).size)}`);
}

await inFolder(async (folder) => {
  const rounds = Number(process.argv[2] ?? 5);
  makePackages(['dir']);
  printMachine(folder);
  printSizes();
  const times = { cold: [] as Start[], warm: [] as Start[] };
  await started(folder, 'first');
  for (let round = 0; round < rounds; round++) {
    forgetFiles();
    times.cold.push(await started(folder, `cold-${round}`));
    times.warm.push(await started(folder, `warm-${round}`));
  }
  for (const [how, starts] of Object.entries(times)) {
    console.log(`  start to usable, ${how}    ${ranged(starts.map(({ ms }) => ms))} ms`);
    const computed = starts.map(({ processorMs }) => processorMs);
    console.log(`    all processes compute     ${ranged(computed)} ms`);
  }
});
