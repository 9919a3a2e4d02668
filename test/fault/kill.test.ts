/**
 * I8: a real engine process, killed with SIGKILL at random instants of a flush of a big archive. The
 * next open finishes or takes back; every kept message is there exactly once, byte for byte, and
 * in a third of the rounds somebody delivered in between.
 *
 * The archive goes on from round to round as the kills leave it. MAILKEEP_KILLS sets how many there
 * are; the quick number is below.
 */

import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bigArchive } from '../support/big-archive.ts';
import { deliveredMessage, startDeliverer } from '../support/deliverers.ts';
import { type Attempt, KeptMessages } from '../support/kept-messages.ts';
import { startPeer } from '../support/peers.ts';
import { CLI, Served } from '../support/served.ts';
import { seeded } from '../support/simulated-disk.ts';

const KILLS = Number(process.env['MAILKEEP_KILLS'] ?? 20);
/** The archive is laid out anew before it gets smaller. */
const BYTES_MIN = 100_000_000;
/** A gap of more than this moves without being saved in the journal first. */
const WIDE_BYTES = 17 * 1024 * 1024;

/** Where a kill hit, as one can see from outside. */
type Phase =
  | 'before the journal'
  | 'journal, nothing moved'
  | 'journal, first half moved'
  | 'journal, second half moved'
  | 'journal, all moved'
  | 'after the journal';

const folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-kill-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const mailbox = path.join(folder, 'box.mbox');
const journal = `${mailbox}.mailkeep-journal`;

const archive = bigArchive();
const random = seeded(7);
const below = (limit: number): number => Math.floor(random() * limit);

/** Which messages go: one in front, some here and there, or a run so long that its gap is wide. */
const SHAPES: readonly ((sizes: readonly number[]) => number[])[] = [
  () => [below(20)],
  (sizes) => [below(50), ...sizes.keys()].filter((_at, place) => place === 0 || random() < 0.002),
  (sizes) => {
    const first = below(sizes.length >> 2);
    let bytes = 0;
    let last = first;
    while (bytes < WIDE_BYTES && last < sizes.length) bytes += sizes[last++] ?? 0;
    return Array.from({ length: last - first }, (_none, at) => first + at);
  },
];

interface Round {
  /** False if the flush was over before. */
  readonly killed: boolean;
  readonly phase: Phase;
}

/** How long a journal may stand, by shape: learnt from the kills that came too early or too late. */
const stoodMs = [300, 300, 300];
const LEARN = 0.8;
/** Kills must have hit a flush in so many different states. */
const PHASES_MIN = 3;

/** Starts the flush that is to be killed. */
function startFlush(engine: Served, keys: readonly string[], by: 'serve' | 'delete') {
  if (by === 'serve') {
    const flushed = engine.call('remove', { keys }).then(() => engine.call('flush'));
    const ended = flushed.then(
      () => true,
      () => false,
    );
    return { ended, kill: () => engine.child.kill('SIGKILL') };
  }
  const peer = startPeer(process.execPath, [CLI, 'delete', mailbox, ...keys], { limitMs: 120_000 });
  const ended = peer.ended.then(({ status }) => status === 0);
  return { ended, kill: () => void peer.kill() };
}

async function untilJournal(ended: Promise<unknown>): Promise<void> {
  let over = false;
  void ended.then(() => {
    over = true;
  });
  while (!over && !existsSync(journal)) await new Promise((resolve) => setTimeout(resolve, 1));
}

/** Where equal messages stand twice, a key says of how many; one that lost its twin is told by that. */
const withoutTwins = (key: string): string => key.replace(/-\d+of\d+$/, '');

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Kills so long after the journal came to stand, or if it is negative so long after the call. */
async function flushAndKill(
  engine: Served,
  keys: readonly string[],
  by: 'serve' | 'delete',
  afterMs: number,
): Promise<boolean> {
  const { ended, kill } = startFlush(engine, keys, by);
  if (afterMs >= 0) await untilJournal(ended);
  await Promise.race([ended, wait(Math.abs(afterMs))]);
  kill();
  return !(await ended);
}

function phaseOf(kept: KeptMessages, attempt: Attempt): Phase {
  if (!existsSync(journal)) {
    return kept.isUntouched(mailbox) ? 'before the journal' : 'after the journal';
  }
  if (kept.isUntouched(mailbox)) return 'journal, nothing moved';
  const share = kept.shareInPlace(mailbox, attempt);
  if (share === 1) return 'journal, all moved';
  return share < 0.5 ? 'journal, first half moved' : 'journal, second half moved';
}

describe(`I8: kill -9 during a flush of ${archive.name}`, () => {
  let engine = new Served();
  let keys: string[] = [];
  let kept = new KeptMessages([]);
  let sizes: number[] = [];
  const original = archive.messages();

  async function reopen(): Promise<void> {
    await engine.close();
    engine = new Served();
    await engine.call('open', { path: mailbox });
    ({ keys } = await engine.call<{ keys: string[] }>('keys'));
  }

  async function layOut(): Promise<void> {
    kept = new KeptMessages(original);
    sizes = original.map((message) => message.length);
    await engine.close();
    writeFileSync(mailbox, Buffer.concat(original));
    await reopen();
    expect(keys).toHaveLength(original.length);
  }

  async function round(number: number): Promise<Round> {
    const shape = number % 8 === 7 ? 2 : number % 2;
    const removed = new Set(SHAPES[shape]?.(sizes));
    const gone = [...removed].map((at) => keys[at] ?? '');
    const survivors = keys.filter((_key, at) => !removed.has(at));
    const by = number % 6 === 5 ? 'delete' : 'serve';
    const mayStandMs = stoodMs[shape] ?? 0;
    const afterMs = number % 8 === 2 ? -400 * random() : mayStandMs * random();
    const killed = await flushAndKill(engine, gone, by, afterMs);
    engine.child.kill('SIGKILL');
    await engine.ended;
    const phase = phaseOf(kept, { removed, delivered: [] });
    if (phase === 'after the journal') stoodMs[shape] = mayStandMs * LEARN;
    if (phase === 'journal, nothing moved') stoodMs[shape] = mayStandMs / LEARN;
    const delivered: Buffer[] = [];
    if (number % 3 === 0) {
      const name = `round${number}`;
      const peer = startDeliverer(mailbox, { kind: 'fcntl', name, count: 1 });
      expect((await peer.ended).errors).toBe('');
      delivered.push(deliveredMessage(name, 0));
    }
    const before = keys;
    await reopen();
    const what = `round ${number}, ${by}, killed ${phase}`;
    const outcome = kept.settle(mailbox, { removed, delivered });
    const stay = outcome === 'removed' ? survivors : before;
    expect(keys.slice(0, stay.length).map(withoutTwins), what).toEqual(stay.map(withoutTwins));
    expect(keys, what).toHaveLength(stay.length + delivered.length);
    expect(keys, what).toHaveLength(kept.count);
    expect(readdirSync(folder), `I10: no litter, ${what}`).toEqual(['box.mbox']);
    sizes = kept.sizes;
    return { killed, phase };
  }

  it(
    `${KILLS} times loses nothing`,
    async () => {
      await layOut();
      const phases = new Map<Phase, number>();
      let killed = 0;
      const hits = () => [...phases].filter(([phase]) => phase.startsWith('journal'));
      // On until they have hit what they are to hit: where a disk is slow, most come too early at first.
      const isEnough = (): boolean => killed >= KILLS && hits().length >= PHASES_MIN;
      for (let number = 0; !isEnough() && number < KILLS * 2; number++) {
        if (kept.bytes < BYTES_MIN) await layOut();
        const done = await round(number);
        if (!done.killed) continue;
        killed += 1;
        phases.set(done.phase, (phases.get(done.phase) ?? 0) + 1);
      }
      await engine.close();
      process.stdout.write(`${killed} kills: ${JSON.stringify(Object.fromEntries(phases))}\n`);
      // A test of kills that hit nothing would pass as well.
      expect(killed).toBeGreaterThanOrEqual(KILLS);
      expect(hits().reduce((all, [, count]) => all + count, 0)).toBeGreaterThan(KILLS / 2);
      expect(hits().length).toBeGreaterThanOrEqual(PHASES_MIN);
    },
    60_000 + KILLS * 20_000,
  );
});
