/**
 * `npm run bench -- huge [MIB] [MIB_BASE]`: 20480 MiB in 5,000,000 messages of 4 KiB are opened,
 * scrolled, deleted from and compacted by the built engine; then the same with 1024 MiB, to see
 * whether each costs the same per byte. Once each; wall time, in a fresh process.
 */

import { rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { EngineProcess } from '../support/engine-process.ts';
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
const DELETED_SHARE = 100;
const byPlace = { view: 'all', sort: 'position', direction: 'ascending', query: '' } as const;

interface Lived {
  readonly mebibytes: number;
  readonly firstRows: number;
  readonly open: number;
  readonly worstWait: number;
  readonly scroll: number;
  readonly remove: number;
  readonly compact: number;
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
  const { worstMs } = await engine.answering(engine.whole());
  const open = performance.now() - begun;
  const scroll = await scrolled(engine, messages);
  const { generation } = await engine.call('arrange', byPlace);
  const from = Math.floor(messages / 2);
  const count = Math.floor(messages / DELETED_SHARE);
  const choice = { choose: 'range', from, to: from + count - 1, others: 'drop' } as const;
  await engine.call('select', { generation, choice });
  const remove = await timed(() => engine.call('remove', { selected: 'all' }));
  const { size } = statSync(file);
  const compact = await timed(() => engine.call('flush', { copy: 'none', flagged: 'leave' }));
  const { size: left } = statSync(file);
  const { messages: kept } = await engine.status();
  if (kept !== messages - count || size - left < count * 1000) throw new Error('not compacted');
  const { most } = engine.memory();
  await engine.stop();
  rmSync(file);
  const tail = (left - (from / messages) * size) / MIB;
  const all = size / MIB;
  console.log(
    `${all.toFixed(0)} MiB, ${messages} messages: first rows ${firstRows.toFixed(0)} ms, whole ${open.toFixed(0)} ms ` +
      `(worst answer meanwhile ${worstMs.toFixed(0)} ms), scrolled within ${scroll.toFixed(1)} ms (99 %), ` +
      `${count} marked in ${remove.toFixed(0)} ms, compacted in ${compact.toFixed(0)} ms ` +
      `(${tail.toFixed(0)} MiB behind them), memory at most ${(most / MIB).toFixed(0)} MiB`,
  );
  const memory = (most - 150 * MIB) / messages;
  return {
    mebibytes: all,
    firstRows,
    open,
    worstWait: worstMs,
    scroll,
    remove,
    compact,
    tail,
    memory,
  };
}

const [most = 20_480, base = 1024] = process.argv.slice(2).map(Number);
await inFolder(async (folder) => {
  printMachine(folder);
  const small = await live(base, folder);
  const huge = await live(most, folder);
  const grown = (of: (lived: Lived) => number): number => of(huge) / of(small);
  console.log(`\n${most} MiB beside ${base} MiB`);
  printTarget(
    'opening, per MiB',
    grown(({ open, mebibytes }) => open / mebibytes),
    1.25,
    'times',
  );
  printTarget(
    'marking, per MiB',
    grown(({ remove, mebibytes }) => remove / mebibytes),
    1.25,
    'times',
  );
  printTarget(
    'compacting, per MiB moved',
    grown(({ compact, tail }) => compact / tail),
    1.25,
    'times',
  );
  printTarget('first rows', huge.firstRows, 300, 'ms');
  printTarget('rows while scrolling, 99 %', huge.scroll, 50, 'ms');
  printTarget('answers while opening, worst', huge.worstWait, 150, 'ms');
  printTarget('memory above 150 MiB, a message', huge.memory, 100, 'bytes');
});
