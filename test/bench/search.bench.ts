/**
 * Searches among a million messages in memory: until the first page can be shown, with and without what
 * is remembered of the letters before. Envelope terms alone; texts are an index's own matter.
 */

import { Envelopes } from '../../electron/catalog/envelopes.ts';
import { atOnce } from '../../shared/steps.ts';
import { arrangedSteps, type Messages } from '../../electron/engine/listing/arranging.ts';
import { Questions } from '../../electron/engine/listing/question.ts';
import type { Column } from '../../shared/row.ts';
import { plainEnvelope } from '../support/plain-envelope.ts';
import { inFolder, median, printMachine } from './bench.ts';

const ROUNDS = 5;
const DAY = 86_400_000;
const TOPICS = ['ledger', 'harvest fair', 'ferry', 'minutes of the society', 'a lost umbrella'];
const QUERIES = [
  'subject:umbrella',
  'subject:zzz',
  'from:person-4711',
  'from:person-4711 subject:ledger',
  'to:list-3 after:2003 -is:unread',
  'on:2003-05',
  'larger:5k has:attachment',
  'label:topic7 OR list:list-3',
  'harvest',
  'harvest ledger',
];

function drawn(count: number): Messages {
  const envelopes = new Envelopes();
  for (let number = 0; number < count; number++) {
    const mixed = Math.imul(number, 0x9e3779b1) >>> 0;
    const topic = TOPICS[mixed % TOPICS.length] ?? '';
    const envelope = plainEnvelope({
      from: `Person ${mixed % 20_000}\0person-${mixed % 20_000}@example.org`,
      to: `list-${mixed % 12}@lists.example.org`,
      list: `list-${mixed % 12}.lists.example.org`,
      labels: mixed % 10 === 0 ? `topic${mixed % 9}` : '',
      subject: `Re: [list-${mixed % 12}] about ${topic}, part ${mixed % 1000}`,
      date: Date.UTC(1999, 0, 1) + (mixed % 3650) * DAY,
      flags: mixed & 1,
    });
    envelopes.set(number, envelope, mixed % 7 === 0 ? 1 << (mixed % 3) : 0);
  }
  const bytesOf = (number: number): number => 1000 + (Math.imul(number, 2654435761) >>> 19);
  return { count, envelopes, bytesOf, isMarked: () => false, copyOf: () => 'single' };
}

async function milliseconds(
  messages: Messages,
  questions: Questions,
  query: string,
  sort: Column,
): Promise<readonly [number, number]> {
  const begun = performance.now();
  const question = await questions.asked(query, () => true);
  if (!question) return [Number.NaN, 0];
  const how = { view: 'all', sort, direction: 'descending', query } as const;
  const { numbers } = atOnce(arrangedSteps(how, messages, question));
  return [performance.now() - begun, numbers.length];
}

async function report(count: number, folder: string): Promise<void> {
  printMachine(folder);
  const messages = drawn(count);
  atOnce(messages.envelopes.orderSteps('date', count));
  console.log(`${count} messages in memory; medians of ${ROUNDS}, milliseconds\n`);
  console.log(
    `${''.padEnd(36)} ${'by date'.padStart(8)} ${'again'.padStart(8)} ${'found'.padStart(9)}`,
  );
  for (const query of QUERIES) {
    const [first, again]: [number[], number[]] = [[], []];
    let found = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const questions = new Questions();
      const [took, many] = await milliseconds(messages, questions, query, 'date');
      first.push(took);
      found = many;
      again.push((await milliseconds(messages, questions, query, 'date'))[0]);
    }
    const shown = [median(first), median(again)].map((ms) => ms.toFixed(1).padStart(8)).join(' ');
    console.log(`${query.padEnd(36)} ${shown} ${String(found).padStart(9)}`);
  }
  const [unsorted] = await milliseconds(messages, new Questions(), 'from:person-4711', 'subject');
  console.log(`${'from:person-4711, by subject'.padEnd(36)} ${unsorted.toFixed(1).padStart(8)}`);
}

await inFolder((folder) => report(Number(process.argv[2] ?? 1_000_000), folder));
