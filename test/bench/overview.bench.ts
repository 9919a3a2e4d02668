/**
 * `npm run bench -- overview [MESSAGES]`: what a window asks to show the overview of an archive of a million
 * messages, all cards at once; how much a narrowed list holds; what is there twice. Asked of a window's
 * session, on a mailbox written for it. Beside each time stands what the engine's thread worked for it, and
 * its longest turn, so long it answered nobody: both as processor time, which other work of the machine
 * does not lengthen (Linux only).
 */

import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import path from 'node:path';
import { breath } from '../../shared/steps.ts';
import { Archive } from '../../electron/engine/archive/archive.ts';
import { WindowSession } from '../../electron/engine/window-session.ts';
import type { Narrowing } from '../../shared/narrowing.ts';
import type { GroupingName } from '../../shared/overview-contract.ts';
import type { Arrangement } from '../../shared/row.ts';
import { inFolder, median, printMachine } from './bench.ts';

const ROUNDS = 3;
const DAY = 86_400_000;
const PER_WRITE = 20_000;
const PAGE = { from: 0, count: 100 } as const;
const ALL: Arrangement = { view: 'all', sort: 'position', direction: 'ascending', query: '' };
const KINDS = ['text/plain', 'image/jpeg', 'application/pdf', 'text/plain', 'text/plain'];

/** Every tenth message is there once more, right behind itself. */
function message(number: number): string {
  const mixed = Math.imul(number - (number % 10 === 1 ? 1 : 0), 0x9e3779b1) >>> 0;
  const sent = new Date(Date.UTC(1999, 0, 1) + (mixed % 7300) * DAY + (mixed % 86_399) * 1000);
  const date = sent.toUTCString();
  const sender = mixed % 40_000;
  return [
    `From p${sender}@example.org ${date.slice(0, 3)} ${date.slice(8, 11)} ${date.slice(5, 7)} ${date.slice(17, 25)} ${date.slice(12, 16)}`,
    `From: Person ${sender} <p${sender}@example.org>`,
    `Date: ${date.replace('GMT', '+0000')}`,
    `Subject: About ${mixed % 5000}`,
    `Message-ID: <${mixed}@example.org>`,
    ...(mixed % 3 === 0 ? [`List-Id: <list${mixed % 300}.example.org>`] : []),
    ...(mixed % 4 === 0 ? [`X-Gmail-Labels: Inbox,Topic ${mixed % 60},Opened`] : []),
    `Content-Type: ${KINDS[mixed % KINDS.length]}`,
    '',
    `Text ${mixed}. ${'x'.repeat(mixed % 200)}`,
    '',
    '',
  ].join('\n');
}

function write(file: string, count: number): void {
  const out = openSync(file, 'w');
  for (let from = 0; from < count; from += PER_WRITE) {
    const length = Math.min(PER_WRITE, count - from);
    writeSync(out, Array.from({ length }, (_none, at) => message(from + at)).join(''));
  }
  closeSync(out);
}

const text = Buffer.alloc(64);

/** The processor time of this thread in milliseconds; NaN where it is not told. */
function processorMs(descriptor: number | null): number {
  if (descriptor === null) return Number.NaN;
  const bytes = readSync(descriptor, text, 0, text.length, 0);
  return Number.parseInt(text.toString('latin1', 0, bytes), 10) / 1e6;
}

function clock(): number | null {
  try {
    return openSync(`/proc/self/task/${process.pid}/schedstat`, 'r');
  } catch {
    return null;
  }
}

interface Took {
  readonly ms: number;
  /** Of the engine's own thread. */
  readonly processorMs: number;
  readonly longestTurnMs: number;
}

async function watched(act: () => Promise<unknown>): Promise<Took> {
  const descriptor = clock();
  let [over, longest, before] = [false, 0, processorMs(descriptor)];
  const watching = (async () => {
    while (!over) {
      await breath();
      const now = processorMs(descriptor);
      longest = Math.max(longest, now - before);
      before = now;
    }
  })();
  const [begun, used] = [performance.now(), before];
  await act();
  const ms = performance.now() - begun;
  const spent = processorMs(descriptor) - used;
  over = true;
  await watching;
  if (descriptor !== null) closeSync(descriptor);
  return { ms, processorMs: spent, longestTurnMs: longest };
}

const FIGURES = ['ms', 'processorMs', 'longestTurnMs'] as const;

function report(name: string, took: readonly Took[]): void {
  const figures = FIGURES.map((figure) => median(took.map((one) => one[figure])));
  const shown = figures.map((ms) => ms.toFixed(1).padStart(10)).join('');
  console.log(`${name.padEnd(46)}${shown}`);
}

async function repeated(name: string, act: () => Promise<unknown>): Promise<void> {
  const took: Took[] = [];
  for (let round = 0; round < ROUNDS; round++) took.push(await watched(act));
  report(name, took);
}

async function measured(file: string, folder: string): Promise<void> {
  const archive = await Archive.open({
    path: file,
    access: 'read-write',
    journalFolder: path.join(folder, 'journals'),
    readingFolder: path.join(folder, 'readings'),
    catalogFolder: null,
    copyFolder: path.join(folder, 'removed'),
    workerScript: path.join(import.meta.dirname, 'envelope-worker.mjs'),
  });
  await archive.read();
  const ask = new WindowSession(archive, () => undefined).handlers();
  const cards = async (sort: 'bytes' | 'messages'): Promise<void> => {
    const groups = (by: GroupingName) => ask.groups({ by, sort, filter: '', ...PAGE });
    await Promise.all([ask.overview({}), groups('sender'), groups('list'), groups('label')]);
  };
  const heads = ['all', 'processor', 'turn'].map((head) => head.padStart(10)).join('');
  console.log(`${'milliseconds'.padEnd(46)}${heads}`);
  report('timeline, the first to count', [await watched(async () => ask.timeline({}))]);
  report('overview, all cards, the first time', [await watched(() => cards('bytes'))]);
  report('the same by messages', [await watched(() => cards('messages'))]);
  await repeated('overview, all cards, again', () => cards('bytes'));
  const narrowed = (...by: Narrowing[]) => ask.arrange({ ...ALL, narrowed: by });
  for (const [name, narrowing] of [
    ['a label', { by: 'label', text: 'Topic 8' }],
    ['an hour', { by: 'times', weekday: 2, hour: 15 }],
    ['PDF', { by: 'attachments', kind: 'pdf' }],
  ] as const) {
    await repeated(`list narrowed to ${name}`, async () => {
      await narrowed();
      await narrowed(narrowing);
    });
    await repeated('  how much it holds', async () => ask.listAmount({}));
  }
  await ask.arrange({ ...ALL, sort: 'date' });
  await repeated('how much a list of everything holds', async () => ask.listAmount({}));
  report('duplicates found', [
    await watched(async () => ask.findDuplicates({ how: 'exact', keep: 'first' })),
  ]);
  await repeated('what was found', async () => ask.duplicates({}));
  let keep: 'last' | 'largest' = 'last';
  await repeated('another copy is kept', async () => {
    keep = keep === 'last' ? 'largest' : 'last';
    await ask.keepCopies({ keep });
  });
  await repeated('list narrowed to the other copies', async () => {
    await narrowed();
    await narrowed({ by: 'duplicates', which: 'others' });
  });
  report('the other copies marked', [await watched(async () => ask.removeCopies({}))]);
  await repeated('how much the list holds, all marked', async () => ask.listAmount({}));
  await archive.close();
}

await inFolder(async (folder) => {
  printMachine(folder);
  const count = Number(process.argv[2] ?? 1_000_000);
  const file = path.join(folder, 'many.mbox');
  write(file, count);
  console.log(`${count} messages`);
  await measured(file, folder);
});
