/**
 * `npm run bench -- profile [MIB] [THOUSANDS]`: where the time goes when the built engine opens 1024
 * MiB of mixed mail, and 1000 thousand messages of 2 KiB, to the last envelope: self time by function,
 * as `--cpu-prof` samples it, in shares of the time in which the thread was busy.
 */

import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { EngineProcess } from '../support/engine-process.ts';
import { inFolder, messagesIn, printMachine, writeMailbox } from './bench.ts';

const SHOWN = 15;
const NOT_BUSY = ['(idle)', '(root)'];

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

function selfTimes({ nodes, samples, timeDeltas }: Profile): Map<string, number> {
  const names = new Map(
    nodes.map(({ id, callFrame: { functionName, url } }) => {
      const where = url === '' ? '' : ` (${path.basename(url)})`;
      return [id, `${functionName || '(anonymous)'}${where}`];
    }),
  );
  const times = new Map<string, number>();
  samples.forEach((id, at) => {
    const name = names.get(id) ?? '';
    if (NOT_BUSY.includes(name)) return;
    times.set(name, (times.get(name) ?? 0) + (timeDeltas[at] ?? 0));
  });
  return times;
}

async function profiled(file: string, folder: string): Promise<void> {
  const profiles = path.join(folder, 'profiles');
  const engine = await EngineProcess.open(file, {
    root: process.cwd(),
    folder: path.join(folder, 'own'),
    nodeWords: ['--cpu-prof', '--cpu-prof-dir', profiles],
  });
  await engine.whole();
  await engine.stop();
  // A profile for each thread: the engine's own, and its workers'.
  for (const name of readdirSync(profiles).sort()) {
    const text = readFileSync(path.join(profiles, name), 'utf8');
    const times = selfTimes(JSON.parse(text) as Profile);
    const busy = [...times.values()].reduce((sum, one) => sum + one, 0);
    console.log(`\n${path.basename(file)}, ${name}: busy ${(busy / 1000).toFixed(0)} ms`);
    const biggest = [...times].sort(([, one], [, other]) => other - one).slice(0, SHOWN);
    for (const [of, time] of biggest) {
      console.log(`  ${((time / busy) * 100).toFixed(1).padStart(5)} %  ${of}`);
    }
  }
  rmSync(profiles, { recursive: true });
  rmSync(path.join(folder, 'own'), { recursive: true, force: true });
}

const [mebibytes = 1024, thousands = 1000] = process.argv.slice(2).map(Number);
await inFolder(async (folder) => {
  printMachine(folder);
  const mixed = path.join(folder, 'mixed.mbox');
  writeMailbox(mixed, { messages: messagesIn(mebibytes), bytesPerMessage: 24 * 1024 });
  await profiled(mixed, folder);
  rmSync(mixed);
  const small = path.join(folder, 'small-messages.mbox');
  writeMailbox(small, { messages: thousands * 1000, bytesPerMessage: 2048 });
  await profiled(small, folder);
});
