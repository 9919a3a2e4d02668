/**
 * `npm run bench -- growth [MIB_MAX] [SVG] [ROUNDS]`: time and memory against size, doubling from
 * 16 MiB to 8192 MiB of generated mail in messages of 24 KiB: the table of contents and every
 * envelope by the built engine, beside `grep` and, up to 1 GiB, Python. Draws build/readme/growth.svg.
 */

import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { EngineProcess } from '../support/engine-process.ts';
import { grepCounts, pythonCounts } from './archive-peers.ts';
import { inFolder, median, messagesIn, MIB, printMachine, writeMailbox } from './bench.ts';
import { plot, type Series } from './plot.ts';

const FROM_MIB = 16;
const PYTHON_MIB_MAX = 1024;
const byPlace = { view: 'all', sort: 'position', direction: 'ascending', query: '' } as const;
const [most = 8192, , rounds = 3] = process.argv.slice(2).map(Number);
const svg = process.argv[3] ?? 'build/readme/growth.svg';

interface Point {
  readonly mebibytes: number;
  readonly contents: number;
  readonly envelopes: number;
  readonly memory: number;
  readonly grep: number;
  readonly python: number | null;
}

async function opened(file: string, folder: string): Promise<[number, number, number]> {
  const own = path.join(folder, 'own');
  const begun = performance.now();
  const engine = await EngineProcess.open(file, { root: process.cwd(), folder: own });
  const envelopes = engine.whole().then(() => performance.now() - begun);
  // As a window does: reading waits for a while until its first rows are drawn.
  await engine.rows(byPlace);
  while ((await engine.status()).state === 'scanning') await breath();
  const contents = performance.now() - begun;
  const ms = await envelopes;
  const { most: memory } = engine.memory();
  await engine.stop();
  rmSync(own, { recursive: true, force: true });
  return [contents, ms, memory / MIB];
}

const breath = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2));

async function pointOf(mebibytes: number, folder: string): Promise<Point> {
  const file = path.join(folder, 'archive.mbox');
  writeMailbox(file, { messages: messagesIn(mebibytes), bytesPerMessage: 24 * 1024 });
  const [contents, envelopes, memory, grep]: number[][] = [[], [], [], []];
  for (let at = 0; at < rounds; at++) {
    grep?.push(await grepCounts(file));
    const [table, all, rss] = await opened(file, folder);
    contents?.push(table);
    envelopes?.push(all);
    memory?.push(rss);
  }
  const python = mebibytes <= PYTHON_MIB_MAX ? await pythonCounts(file) : null;
  const middle = (values: number[] | undefined): number => median(values ?? []);
  return {
    mebibytes,
    contents: middle(contents),
    envelopes: middle(envelopes),
    memory: middle(memory),
    grep: middle(grep),
    python,
  };
}

function drawn(points: readonly Point[]): string {
  const series = (name: string, of: (point: Point) => number | null): Series => ({
    name,
    points: points.flatMap((point) => {
      const value = of(point);
      return value === null ? [] : [{ x: point.mebibytes, y: value }];
    }),
  });
  const times = [
    series('Python’s mailbox', ({ python }) => (python === null ? null : python / 1000)),
    series('every envelope', ({ envelopes }) => envelopes / 1000),
    series('table of contents', ({ contents }) => contents / 1000),
    series('grep -c', ({ grep }) => grep / 1000),
  ];
  const memory = [series('engine, at most', ({ memory: rss }) => rss)];
  return plot('size of the archive, MiB', [
    { title: 'Time to open, seconds', series: times },
    { title: 'Memory, MiB', series: memory },
  ]);
}

await inFolder(async (folder) => {
  printMachine(folder);
  console.log(
    `messages of 24 KiB; medians of ${rounds}; page cache warm; process start included\n`,
  );
  console.log('     MiB  contents ms  envelopes ms  memory MiB     grep ms   Python ms');
  const points: Point[] = [];
  for (let mebibytes = FROM_MIB; mebibytes <= most; mebibytes *= 2) {
    const point = await pointOf(mebibytes, folder);
    points.push(point);
    const { contents, envelopes, memory, grep, python } = point;
    const row = [mebibytes, contents, envelopes, memory, grep, python ?? Number.NaN];
    console.log(row.map((value, at) => value.toFixed(0).padStart(at === 0 ? 8 : 13)).join(''));
  }
  writeFileSync(svg, drawn(points));
  console.log(`\ndrawn: ${svg}`);
});
