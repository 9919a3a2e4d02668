/**
 * `npm run bench -- archive [MIB] [THOUSANDS] [ROUNDS] [APPENDED_TO_MIB]`: what a person waits for
 * when an archive is opened: 1024 MiB of mixed mail, 1000 thousand messages of 2 KiB, the real mailbox
 * of the corpus if there is one, and messages appended to 10240 MiB; five rounds.
 *
 * Ours is the built engine in a fresh process (`test/support/engine-process.ts`): times are from the
 * moment a file is chosen, the start of the process included; peers are whole programs. Only the
 * table of contents alone is measured inside this bench's own process: a fresh one each time.
 */

import { appendFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
// biome-ignore lint/correctness/useImportExtensions: a script with types beside it
import { bigMailbox } from '../../build/sample/big.mjs';
import { realDisk } from '../../electron/mailbox/disk/real-disk.ts';
import { DEFAULT_READING } from '../../electron/mailbox/format/format.ts';
import { Mailbox } from '../../electron/mailbox/mailbox.ts';
import { QUIET } from '../../electron/mailbox/mailbox-options.ts';
import { openCorpus } from '../support/corpus.ts';
import { EngineProcess } from '../support/engine-process.ts';
import { grepCounts, muttOpens, pythonCounts } from './archive-peers.ts';
import {
  dropCaches,
  inFolder,
  median,
  messagesIn,
  MIB,
  printMachine,
  printTarget,
  program,
  ranged,
  timed,
  writeMailbox,
} from './bench.ts';

const APPENDED = 100;
const newestFirst = { view: 'all', sort: 'date', direction: 'descending', query: '' } as const;
const bySender = { view: 'all', sort: 'from', direction: 'ascending', query: '' } as const;
const byPlace = { view: 'all', sort: 'position', direction: 'ascending', query: '' } as const;

type Times = Record<string, number[]>;

function note(times: Times, name: string, value: number): void {
  times[name] ??= [];
  times[name].push(value);
}

/** The table of contents alone, in this fresh process: milliseconds from open to its end. */
async function contents(file: string): Promise<void> {
  const mailbox = await Mailbox.open({
    disk: realDisk,
    path: file,
    access: 'read-only',
    reading: DEFAULT_READING,
    stateFolder: path.dirname(file),
    onRegenerated: () => undefined,
  });
  const ms = await timed(() => mailbox.scan(QUIET));
  console.log(JSON.stringify({ ms, messages: mailbox.table.count }));
  await mailbox.close();
}

function contentsOf(file: string): { readonly ms: number; readonly messages: number } {
  const words = [...process.execArgv, process.argv[1] ?? '', 'contents', file];
  return JSON.parse(program(process.execPath, words)) as { ms: number; messages: number };
}

const open = (file: string, folder: string): Promise<EngineProcess> =>
  EngineProcess.open(file, { root: process.cwd(), folder });

/** Opens a file as a person does, to the last envelope, and sorts by sender; catalogs are new. */
async function opens(file: string, folder: string, times: Times, where: string): Promise<void> {
  const own = path.join(folder, 'own');
  const begun = performance.now();
  const since = (): number => performance.now() - begun;
  const engine = await open(file, own);
  const whole = engine.whole().then(since);
  await engine.rows(byPlace);
  note(times, `first rows${where}`, since());
  note(times, `every envelope${where}`, await whole);
  note(times, `sorted by sender${where}`, await timed(() => engine.rows(bySender)));
  const { now, most } = engine.memory();
  note(times, `memory MiB${where}`, now / MIB);
  note(times, `most memory MiB${where}`, most / MIB);
  await engine.stop();
  rmSync(own, { recursive: true, force: true });
}

/** An archive that was read before: from its choice to its first rows by date, all envelopes there. */
async function reopens(file: string, folder: string, rounds: number, times: Times): Promise<void> {
  const own = path.join(folder, 'again');
  for (let at = 0; at <= rounds; at++) {
    let engine: EngineProcess | null = null;
    const ms = await timed(async () => {
      engine = await open(file, own);
      await engine.whole();
      await engine.rows(newestFirst);
    });
    await (engine as EngineProcess | null)?.stop();
    if (at > 0) note(times, 'reopened, sorted', ms);
  }
}

function printTimes(times: Times): void {
  for (const [name, values] of Object.entries(times)) {
    console.log(`  ${name.padEnd(34)}${ranged(values).padStart(28)}`);
  }
}

const of = (times: Times, name: string): number => median(times[name] ?? []);

/** One file, warm, and cold where that is possible. */
async function measure(file: string, folder: string, rounds: number): Promise<Times> {
  const times: Times = {};
  for (let at = 0; at <= rounds; at++) {
    const round: Times = at === 0 ? {} : times;
    // What of ours is the start of a process, whatever it does.
    note(round, 'node starts', await timed(() => program(process.execPath, ['-e', '0'])));
    note(round, 'grep', await grepCounts(file));
    note(round, 'table of contents', contentsOf(file).ms);
    await opens(file, folder, round, '');
    note(round, 'mutt', await muttOpens(file, folder));
    if (at > 0) note(round, 'Python', await pythonCounts(file));
  }
  for (let at = 0; at < rounds && dropCaches(); at++) {
    note(times, 'grep, cold', await grepCounts(file));
    dropCaches();
    note(times, 'table of contents, cold', contentsOf(file).ms);
    dropCaches();
    await opens(file, folder, times, ', cold');
  }
  const { size } = statSync(file);
  console.log(
    `\n${path.basename(file)}: ${(size / MIB).toFixed(0)} MiB, ${contentsOf(file).messages} messages; ms: median (least-most)`,
  );
  printTimes(times);
  return times;
}

/** Messages are appended to a large archive that is open: from the look that notices to the rows. */
async function appends(folder: string, mebibytes: number, rounds: number): Promise<Times> {
  const times: Times = {};
  const file = path.join(folder, 'appended.mbox');
  writeMailbox(file, { messages: messagesIn(mebibytes), bytesPerMessage: 24 * 1024 });
  const begun = performance.now();
  const engine = await open(file, folder);
  await engine.rows(byPlace);
  note(times, 'first rows', performance.now() - begun);
  const { messages } = await engine.whole();
  note(times, 'every envelope', performance.now() - begun);
  for (let at = 1; times['noticed to listed']?.length !== rounds && at < 4 * rounds; at++) {
    appendFileSync(file, Buffer.concat([...bigMailbox({ messages: APPENDED, seed: at + 1 })]));
    const appended = performance.now();
    const begin = performance.now();
    const { arrived } = await engine.call('sync', {});
    const { generation, rows } = await engine.call('arrange', byPlace);
    await engine.call('rows', { generation, from: rows - 50, count: 50 });
    // The engine's own look may have come first; then there is nothing to measure.
    if (arrived === APPENDED) note(times, 'noticed to listed', performance.now() - begin);
    if (rows !== messages + at * APPENDED) throw new Error(`${rows} rows after ${at} appends`);
    note(times, 'appended to listed', performance.now() - appended);
  }
  await engine.stop();
  rmSync(file);
  console.log(`\n${mebibytes} MiB, ${APPENDED} messages of 2 KiB appended; ms`);
  printTimes(times);
  return times;
}

async function main(mebibytes: number, thousands: number, rounds: number, tail: number) {
  await inFolder(async (folder) => {
    printMachine(folder);
    console.log(`${rounds} rounds after one that does not count; ours: the built engine, fresh`);
    const mixed = path.join(folder, 'mixed.mbox');
    writeMailbox(mixed, { messages: messagesIn(mebibytes), bytesPerMessage: 24 * 1024 });
    const one = await measure(mixed, folder, rounds);
    rmSync(mixed);
    const small = path.join(folder, 'small-messages.mbox');
    const messages = thousands * 1000;
    writeMailbox(small, { messages, bytesPerMessage: 2048 });
    const many = await measure(small, folder, rounds);
    await reopens(small, folder, rounds, many);
    console.log('\nreopened');
    printTimes({ 'reopened, sorted': many['reopened, sorted'] ?? [] });
    rmSync(small);
    const corpus = openCorpus();
    const real = corpus ? await measure(corpus.bigMailbox, folder, rounds) : {};
    const large = await appends(folder, tail, rounds);

    console.log('\nTargets');
    const ratio = (name: string, to: string, times: Times, limit: number, what: string): void => {
      if (times[name]) printTarget(what, of(times, name) / of(times, to), limit, 'of its time');
    };
    ratio('table of contents', 'grep', one, 1.3, 'table of contents, to grep');
    ratio('table of contents, cold', 'grep, cold', one, 1.3, 'the same, cold');
    ratio('table of contents', 'Python', one, 1 / 30, 'the same, to Python');
    ratio('every envelope', 'mutt', one, 1 / 12, 'every envelope of mixed mail, to mutt');
    ratio('every envelope', 'mutt', many, 1 / 10, `of ${messages} messages, to mutt`);
    ratio('every envelope', 'mutt', real, 1 / 12, 'of real mail, to mutt');
    printTarget('first rows, mixed mail', of(one, 'first rows'), 300, 'ms');
    printTarget(`first rows, ${tail} MiB`, of(large, 'first rows'), 300, 'ms');
    printTarget('reopened, sorted', of(many, 'reopened, sorted'), 200, 'ms');
    printTarget('appended: noticed to listed', of(large, 'noticed to listed'), 50, 'ms');
    const most = 150 + (messages * 100) / MIB;
    printTarget(`engine memory, ${messages} messages`, of(many, 'memory MiB'), most, 'MiB');
  });
}

const [first = '', second = '', third = '', fourth = ''] = process.argv.slice(2);
if (first === 'contents') await contents(second);
else {
  await main(
    Number(first || 1024),
    Number(second || 1000),
    Number(third || 5),
    Number(fourth || 10_240),
  );
}
