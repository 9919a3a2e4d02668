/**
 * `npm run bench -- flush [MIB] [ROUNDS]`: compaction of a generated mailbox, 1 GiB and five rounds
 * unless told otherwise: removing the first message, a random tenth, every second message, and the
 * last; against `cp` with fsync of what lies behind the first removed message, Python's flush and
 * mutt's. Medians, after one round that does not count; page cache warm; all on one disk.
 *
 * Ours is timed from the call on an open mailbox, table known and marks made, to the answer: lock,
 * look again, digests, plan, journal, move, truncation, and every fsync. Then whole programs.
 */

import { copyFileSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { realDisk } from '../../electron/mailbox/disk/real-disk.ts';
import { DEFAULT_READING } from '../../electron/mailbox/format/format.ts';
import { Mailbox } from '../../electron/mailbox/mailbox.ts';
import { QUIET } from '../../electron/mailbox/mailbox-options.ts';
import { messageNumber } from '../../shared/units.ts';
import {
  BYTES_PER_MESSAGE,
  inFolder,
  median,
  messagesIn,
  MIB,
  printMachine,
  ranged,
  timed,
  writeMailbox,
} from './bench.ts';
import { copyAndSync, mailkeepRemoves, muttRemoves, pythonRemoves } from './flush-peers.ts';

const mebibytes = Number(process.argv[2] ?? 1024);
const rounds = Number(process.argv[3] ?? 5);
let folder = '';
const original = (): string => path.join(folder, 'original.mbox');
const work = (): string => path.join(folder, 'work.mbox');

type Measured = 'ours' | 'cp' | 'python' | 'mutt' | 'cli' | 'pythonWhole' | 'muttWhole';

interface Case {
  readonly name: string;
  readonly removed: readonly number[];
  /** MiB behind the first removed message. */
  readonly tail: number;
  readonly times: Record<Measured, number[]>;
  /** MiB that our flush wrote to files. */
  written: number;
}

/** A tenth of all messages, the same in every run. */
function randomTenth(count: number): readonly number[] {
  let state = 20_240_101;
  const chosen: number[] = [];
  for (let number = 0; number < count; number++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    if (state < 0x1_0000_0000 / 10) chosen.push(number);
  }
  return chosen;
}

function openMailbox(file: string): Promise<Mailbox> {
  return Mailbox.open({
    disk: realDisk,
    path: file,
    access: 'read-write',
    reading: DEFAULT_READING,
    stateFolder: folder,
    onRegenerated: () => undefined,
  });
}

/** What this process has written so far, in MiB, as the kernel counts its calls. */
function writtenSoFar(): number {
  return Number(/^wchar: (\d+)/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]) / MIB;
}

async function flush(one: Case): Promise<void> {
  const mailbox = await openMailbox(work());
  await mailbox.scan(QUIET);
  await mailbox.mark(one.removed.map(messageNumber), QUIET);
  const before = writtenSoFar();
  one.times.ours.push(await timed(() => mailbox.flush(QUIET)));
  one.written = writtenSoFar() - before;
  await mailbox.close();
}

async function round(
  one: Case,
  offsets: readonly number[],
  keys: readonly string[],
): Promise<void> {
  const { times, removed } = one;
  const fresh = async (): Promise<void> => {
    times.cp.push(await copyAndSync(original(), work()));
  };
  await fresh();
  await flush(one);
  await fresh();
  times.cli.push(
    await mailkeepRemoves(
      work(),
      removed.map((number) => keys[number] ?? ''),
    ),
  );
  await fresh();
  const mutt = await muttRemoves(
    work(),
    removed.map((number) => offsets[number] ?? 0),
  );
  times.mutt.push(mutt.flush);
  times.muttWhole.push(mutt.whole);
  const python = await pythonRemoves(original(), work(), removed);
  times.python.push(python.flush);
  times.pythonWhole.push(python.whole);
}

function caseOf(name: string, removed: readonly number[], offsets: readonly number[]): Case {
  const { size } = statSync(original());
  const tail = (size - (offsets[(removed[0] ?? 0) + 1] ?? size)) / MIB;
  const times = { ours: [], cp: [], python: [], mutt: [], cli: [], pythonWhole: [], muttWhole: [] };
  return { name, removed, tail, times, written: 0 };
}

const ms = (times: readonly number[]): string => ranged(times).padStart(18);
const column = (text: string | number, width = 10): string =>
  (typeof text === 'number' ? text.toFixed(2) : text).padStart(width);

function print(cases: readonly Case[]): void {
  console.log('\nThe flush alone, milliseconds: median (least-most)');
  console.log(
    `${'removing'.padEnd(16)}${column('tail MiB')}${column('written')}${['Mailkeep', 'cp + fsync', 'Python', 'mutt + sync'].map((name) => name.padStart(18)).join('')}${column('/cp')}${column('/Python')}${column('/mutt')}`,
  );
  for (const { name, tail, written, times } of cases) {
    const ours = median(times.ours);
    console.log(
      `${name.padEnd(16)}${column(tail.toFixed(0))}${column(written.toFixed(0))}${ms(times.ours)}${ms(times.cp)}${ms(times.python)}${ms(times.mutt)}${column(ours / median(times.cp))}${column(ours / median(times.python))}${column(ours / median(times.mutt))}`,
    );
  }
  console.log('\nThe whole program, from its start to its end');
  console.log(
    `${'removing'.padEnd(36)}${['mailkeep delete', 'Python', 'mutt + sync'].map((name) => name.padStart(18)).join('')}${' '.repeat(28)}${column('/Python')}${column('/mutt')}`,
  );
  for (const { name, times } of cases) {
    const ours = median(times.cli);
    console.log(
      `${name.padEnd(36)}${ms(times.cli)}${ms(times.pythonWhole)}${ms(times.muttWhole)}${' '.repeat(28)}${column(ours / median(times.pythonWhole))}${column(ours / median(times.muttWhole))}`,
    );
  }
}

/** The targets, each with what was measured. */
function printTargets(cases: readonly Case[]): void {
  const [first, tenth, , last] = cases;
  if (!first || !tenth || !last) return;
  const ours = ({ times }: Case): number => median(times.ours);
  const toCp = (one: Case): number => ours(one) / median(one.times.cp);
  const worst = Math.max(...cases.map((one) => ours(one) / median(one.times.python)));
  console.log('\nTargets');
  const target = (name: string, found: number, limit: number, unit: string): void =>
    console.log(
      `  ${name.padEnd(40)}${column(found)} ${unit.padEnd(12)} at most ${limit}: ${found <= limit ? 'met' : 'MISSED'}`,
    );
  target('the last message', ours(last), 20, 'ms');
  target('a random tenth', toCp(tenth), 1.6, 'times cp');
  target('the first message', toCp(first), 2.6, 'times cp');
  target('worst share of Python', worst, 0.5, 'of its time');
}

await inFolder(async (made) => {
  folder = made;
  const messages = messagesIn(mebibytes);
  writeMailbox(original(), { messages, bytesPerMessage: BYTES_PER_MESSAGE });
  copyFileSync(original(), work());
  const listed = await openMailbox(work());
  await listed.scan(QUIET);
  const numbers = Array.from({ length: messages }, (_none, at) => messageNumber(at));
  const offsets = numbers.map((number) => listed.table.offset(number));
  const keys = numbers.map((number) => listed.keys.keyOf(number));
  await listed.close();
  const cases = [
    caseOf('the first', [0], offsets),
    caseOf('a random tenth', randomTenth(messages), offsets),
    caseOf(
      'every second',
      numbers.filter((number) => number % 2 === 0),
      offsets,
    ),
    caseOf('the last', [messages - 1], offsets),
  ];
  printMachine(folder);
  const size = (statSync(original()).size / MIB).toFixed(0);
  console.log(
    `${size} MiB in ${messages} messages; ${rounds} rounds after one that does not count`,
  );
  for (let at = 0; at <= rounds; at++) {
    for (const one of cases) {
      await round(one, offsets, keys);
      if (at === 0) for (const times of Object.values(one.times)) times.length = 0;
    }
  }
  print(cases);
  printTargets(cases);
});
