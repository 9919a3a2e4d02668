/**
 * `npm run bench -- huge [MIB] [MIB_BASE]`: 20480 MiB in 5,000,000 messages of 4 KiB are opened,
 * scrolled, a tenth of it deleted and compacted by the built engine; before that the same with 1024
 * MiB, to see whether each costs the same per byte. Once each, in a fresh process: wall time, and the
 * longest turns of the engine's main thread in CPU time, which a machine with other work does not
 * lengthen.
 */

import { rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { EngineProcess, type Latencies } from '../support/engine-process.ts';
import {
  inFolder,
  messagesIn,
  MIB,
  printMachine,
  printTarget,
  quantile,
  timed,
  writeMailbox,
} from './bench.ts';

const BYTES_PER_MESSAGE = 4096;
const SCROLLS = 300;
/** One in so many messages is deleted, in one run from the middle on. */
const DELETED_SHARE = 10;
const byPlace = { view: 'all', sort: 'position', direction: 'ascending', query: '' } as const;

interface Lived {
  readonly mebibytes: number;
  readonly firstRows: number;
  readonly reading: Cost;
  readonly marking: Cost;
  readonly compacting: Cost;
  readonly scroll: number;
  /** Behind the first message that goes, and kept. */
  readonly tail: number;
  readonly memory: number;
}

async function scrolled(engine: EngineProcess, messages: number): Promise<number> {
  const { generation } = await engine.call('arrange', byPlace);
  const waits: number[] = [];
  for (let at = 0; at < SCROLLS; at++) {
    const from = Math.floor((messages - 50) * Math.random());
    waits.push(await timed(() => engine.call('rows', { generation, from, count: 50 })));
  }
  return quantile(waits, 0.99);
}

async function live(mebibytes: number, folder: string): Promise<Lived> {
  const file = path.join(folder, `${mebibytes}.mbox`);
  const messages = messagesIn(mebibytes, BYTES_PER_MESSAGE);
  writeMailbox(file, { messages, bytesPerMessage: BYTES_PER_MESSAGE });
  const begun = performance.now();
  const engine = await EngineProcess.open(file, { root: process.cwd(), folder });
  await engine.rows(byPlace);
  const firstRows = performance.now() - begun;
  const reading = await costOf(engine, () => engine.whole());
  const { most: memory } = engine.memory();
  const scroll = await scrolled(engine, messages);
  const { generation } = await engine.call('arrange', byPlace);
  const from = Math.floor(messages / 2);
  const count = Math.floor(messages / DELETED_SHARE);
  const choice = { choose: 'range', from, to: from + count - 1, others: 'drop' } as const;
  await engine.call('select', { generation, choice });
  const marking = await costOf(engine, () => engine.call('remove', { selected: 'all' }));
  const { size } = statSync(file);
  const compacting = await costOf(engine, () =>
    engine.call('flush', { copy: 'none', flagged: 'leave' }),
  );
  const { size: left } = statSync(file);
  const { messages: kept } = await engine.status();
  if (kept !== messages - count || size - left < count * 1000) throw new Error('not compacted');
  const { most } = engine.memory();
  await engine.stop();
  rmSync(file);
  const tail = (left - (from / messages) * size) / MIB;
  const all = size / MIB;
  console.log(
    `${all.toFixed(0)} MiB, ${messages} messages: first rows after ${firstRows.toFixed(0)} ms, ` +
      `scrolled within ${scroll.toFixed(1)} ms (99 %), ${count} removed, ${tail.toFixed(0)} MiB behind them; ` +
      `memory ${(memory / MIB).toFixed(0)} MiB when read, at most ${(most / MIB).toFixed(0)}`,
  );
  console.log(
    `  read     ${told(reading)}\n  marked   ${told(marking)}\n  compacted ${told(compacting)}`,
  );
  return {
    mebibytes: all,
    firstRows,
    reading,
    marking,
    compacting,
    scroll,
    tail,
    memory: (memory - 150 * MIB) / messages,
  };
}

/** What one piece of work cost. */
interface Cost {
  readonly ms: number;
  /** Of all threads of the engine. */
  readonly cpuMs: number;
  readonly latencies: Latencies;
}

async function costOf(engine: EngineProcess, act: () => Promise<unknown>): Promise<Cost> {
  const cpuBefore = engine.cpuMs();
  const begun = performance.now();
  let ms = 0;
  const work = act().then(() => {
    ms = performance.now() - begun;
  });
  const latencies = await engine.answering(work);
  return { ms, cpuMs: engine.cpuMs() - cpuBefore, latencies };
}

const told = ({ ms, cpuMs, latencies: { worstMs, longestTurnMs } }: Cost): string =>
  `${ms.toFixed(0)} ms (CPU ${cpuMs.toFixed(0)}, worst answer ${worstMs.toFixed(0)}, ` +
  `longest turn ${longestTurnMs.toFixed(0)})`;

const [most = 20_480, base = 1024] = process.argv.slice(2).map(Number);
await inFolder(async (folder) => {
  printMachine(folder);
  const small = await live(base, folder);
  const huge = await live(most, folder);
  console.log(`\n${most} MiB beside ${base} MiB`);
  const costs = {
    'opening, per MiB': ({ reading, mebibytes }: Lived) => [reading, mebibytes] as const,
    'marking, per MiB': ({ marking, mebibytes }: Lived) => [marking, mebibytes] as const,
    'compacting, per MiB moved': ({ compacting, tail }: Lived) => [compacting, tail] as const,
  };
  for (const [name, of] of Object.entries(costs)) {
    const grown = (measure: 'ms' | 'cpuMs'): number => {
      const [[cost, bytes], [costBefore, bytesBefore]] = [of(huge), of(small)];
      return cost[measure] / bytes / (costBefore[measure] / bytesBefore);
    };
    printTarget(name, grown('ms'), 1.25, 'times');
    printTarget(`${name}, CPU`, grown('cpuMs'), 1.25, 'times');
  }
  printTarget('first rows', huge.firstRows, 300, 'ms');
  printTarget('rows while scrolling, 99 %', huge.scroll, 50, 'ms');
  for (const phase of ['reading', 'marking', 'compacting'] as const) {
    const { longestTurnMs } = huge[phase].latencies;
    printTarget(`turns while ${phase}, longest`, longestTurnMs, 150, 'ms of CPU');
  }
  printTarget('memory above 150 MiB, a message', huge.memory, 100, 'bytes');
});
