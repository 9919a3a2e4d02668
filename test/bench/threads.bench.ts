/**
 * `npm run bench -- threads [THOUSANDS]`: threads made of 1000 thousand messages in memory, in steps as
 * the engine makes them: the whole, the longest step, the list by threads arranged, searched, collapsed;
 * and what the ids take in memory. A process of its own for each run.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Envelopes } from '../../electron/catalog/envelopes.ts';
import { Threading } from '../../electron/catalog/threading.ts';
import type { Threads } from '../../electron/catalog/threads.ts';
import { arranged, type Messages } from '../../electron/engine/listing/arranging.ts';
import { arrangedThreads } from '../../electron/engine/threads/arranging-threads.ts';
import type { Arrangement } from '../../shared/row.ts';
import { inFolder, median, printMachine, printTarget, program, timed } from './bench.ts';
import { plainEnvelope } from '../support/plain-envelope.ts';

const RUNS = 5;
const SECOND = 1000;
/** What a person does not notice between a key and its answer. */
const STEP_MS_MAX = 16;
/** One message of so many begins a thread; of those that answer, one of so many answers a missing one. */
const THREAD_MESSAGES = 4;
const MISSING = 50;
const REFERENCES_MAX = 12;

type Figures = Record<string, number>;

/** Numbers that look drawn, the same each time. */
function drawing(): (below: number) => number {
  let state = 1;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function idWords(id: number): readonly [number, number] {
  return [Math.imul(id + 1, 0x9e3779b1) >>> 0, Math.imul(id + 7, 0x85ebca6b) >>> 0 || 1];
}

/** Talks as lists have them: most answers to what came lately, each with its chain of references. */
function drawnEnvelopes(count: number): Envelopes {
  const draw = drawing();
  const envelopes = new Envelopes();
  const answered = new Int32Array(count).fill(-1);
  for (let number = 0; number < count; number++) {
    const chain: number[] = [];
    if (number > 0 && draw(THREAD_MESSAGES) > 0) {
      answered[number] = Math.max(0, number - 1 - draw(200));
    }
    for (let at = answered[number] ?? -1; at >= 0 && chain.length < REFERENCES_MAX; ) {
      chain.unshift(draw(MISSING) === 0 ? count + at : at);
      at = answered[at] ?? -1;
    }
    const links = Uint32Array.from([number, ...chain].flatMap(idWords));
    const topic = `about the ledger of house ${number % 50_000}`;
    const subject = chain.length > 0 ? `Re: ${topic}` : topic;
    const rest = { from: `person ${number % 5000}`, flags: number & 1 };
    const date = number * SECOND;
    envelopes.set(number, plainEnvelope({ ...rest, subject, date, links }), 0);
  }
  return envelopes;
}

async function measured(count: number): Promise<Figures> {
  const envelopes = drawnEnvelopes(count);
  const figures: Figures = {};
  const linkBytes = [...envelopes.links.columns(count).values()].reduce(
    (sum, { length }) => sum + length,
    0,
  );
  figures['ids, bytes a message'] = linkBytes / count;
  const all = [...envelopes.columns().values()].reduce((sum, { length }) => sum + length, 0);
  figures['everything, bytes a message'] = all / count;
  figures['order by date'] = await timed(() => envelopes.order('date', count));
  const begun = performance.now();
  const steps = new Threading(envelopes, count).steps();
  let [longest, turn] = [performance.now() - begun, performance.now()];
  let threads: Threads | null = null;
  while (!threads) {
    const step = steps.next();
    longest = Math.max(longest, performance.now() - turn);
    turn = performance.now();
    if (step.done) threads = step.value;
  }
  figures['threads'] = performance.now() - begun;
  figures['longest step'] = longest;
  const messages: Messages = {
    count,
    envelopes,
    bytesOf: () => 1000,
    isMarked: () => false,
    copyOf: () => 'single',
  };
  const usual: Arrangement = { view: 'all', sort: 'position', direction: 'ascending', query: '' };
  const list = (how: Partial<Arrangement>): number => {
    const start = performance.now();
    const all = { ...usual, ...how };
    arrangedThreads(all, messages, threads, arranged(all, messages));
    return performance.now() - start;
  };
  figures['list'] = list({});
  figures['list by newest message'] = list({ sort: 'date', direction: 'descending' });
  figures['list of a search'] = list({ query: 'house 17' });
  const whole = arrangedThreads(usual, messages, threads, null);
  const start = performance.now();
  whole.shown((number) => number % 2 === 0);
  figures['collapsed'] = performance.now() - start;
  return figures;
}

async function report(count: number, folder: string): Promise<void> {
  printMachine(folder);
  console.log(`${count} messages in memory; medians of ${RUNS}\n`);
  const answer = path.join(folder, 'answer');
  const runs: Figures[] = [];
  for (let run = 0; run < RUNS; run++) {
    const words = ['--expose-gc', import.meta.filename, '--run', String(count), answer];
    await timed(() => program(process.execPath, words));
    runs.push(JSON.parse(readFileSync(answer, 'utf8')) as Figures);
  }
  for (const name of Object.keys(runs[0] ?? {})) {
    const values = runs.map((figures) => figures[name] ?? Number.NaN);
    const shown = values.map((value) => value.toFixed(1)).join(', ');
    console.log(`${name.padEnd(36)} ${median(values).toFixed(1).padStart(10)}   (${shown})`);
  }
  const of = (name: string): number => median(runs.map((figures) => figures[name] ?? Number.NaN));
  console.log('');
  printTarget('threads of a million messages', (of('threads') / count) * 1e6, SECOND, 'ms');
  printTarget('longest step', of('longest step'), STEP_MS_MAX, 'ms');
}

const [first, ...rest] = process.argv.slice(2);
if (first === '--run') {
  writeFileSync(rest[1] ?? '', JSON.stringify(await measured(Number(rest[0]))));
} else {
  await inFolder((folder) => report(Number(first ?? 1000) * 1000, folder));
}
