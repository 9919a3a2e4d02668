/**
 * I8: a power cut at any instant of a flush, or of the recovery after it, also with a delivery in
 * between, leaves every kept message exactly once, byte for byte. Beside a model that is one line:
 * the messages that were not removed, in order, and what was delivered behind them.
 *
 * MAILKEEP_POWER_CUTS sets how many states are looked at; the quick number is below.
 */

import { describe, expect, it } from 'vitest';
import { applyOn, MAILBOX, messageText, planOf, recoverOn } from '../support/flush-case.ts';
import { SimulatedDisk, seeded } from '../support/simulated-disk.ts';

const STATES = Number(process.env['MAILKEEP_POWER_CUTS'] ?? 20_000);
const CHUNKS = [512, 1000, 4096, 16_384] as const;

interface Case {
  readonly messages: readonly string[];
  readonly removed: readonly number[];
  readonly chunkBytes: number;
}

/** Small and large messages, few and many removed: every ratio of gap to chunk. */
function caseOf(seed: number): Case {
  const random = seeded(seed);
  const sizes = [0, 40, 300, 1500, 6000, 20_000];
  const count = 3 + Math.floor(random() * 8);
  const messages = Array.from({ length: count }, (_none, at) =>
    messageText(`m${seed}-${at}`, sizes[Math.floor(random() * sizes.length)] ?? 0),
  );
  const share = random();
  const removed = messages.flatMap((_message, at) => (random() < share ? [at] : []));
  if (removed.length === 0) removed.push(Math.floor(random() * count));
  return { messages, removed, chunkBytes: CHUNKS[Math.floor(random() * CHUNKS.length)] ?? 512 };
}

/** How far the first kept byte behind a removal moves, in chunks: what decides about the journal. */
function ratiosOf({ messages, removed, chunkBytes }: Case): readonly string[] {
  let gap = 0;
  return messages.flatMap((message, at) => {
    if (removed.includes(at)) {
      gap += message.length;
      return [];
    }
    if (gap === 0) return [];
    if (gap < chunkBytes / 8) return ['far less than a chunk'];
    if (gap < chunkBytes) return ['less than a chunk'];
    return gap < 2 * chunkBytes ? ['a chunk'] : ['several chunks'];
  });
}

const DELIVERED = messageText('delivered', 700);

function check(
  disk: SimulatedDisk,
  before: string,
  after: string,
  delivered: string,
  what: string,
): void {
  const content = disk.content(MAILBOX)?.toString('latin1') ?? '';
  const whole = content === after + delivered || content === before + delivered;
  expect(whole, `${what}: ${content.length} bytes`).toBe(true);
  expect(disk.paths, what).toEqual([MAILBOX]);
}

describe('I8: the power is cut', () => {
  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: a cut, and a cut after it
  it('every kept message is there exactly once, whatever the disk had written', async () => {
    let states = 0;
    let points = 0;
    let delivered = 0;
    let twice = 0;
    const ratios = new Map<string, number>();
    for (let seed = 1; states < STATES; seed++) {
      const one = caseOf(seed);
      const { messages, removed, chunkBytes } = one;
      for (const ratio of ratiosOf(one)) ratios.set(ratio, (ratios.get(ratio) ?? 0) + 1);
      const before = messages.join('');
      const after = messages.filter((_message, at) => !removed.includes(at)).join('');
      const disk = new SimulatedDisk({ [MAILBOX]: Buffer.from(before, 'latin1') });
      await applyOn(disk, await planOf(disk, removed), chunkBytes);
      check(disk, after, after, '', `seed ${seed}, no cut`);
      points += disk.log.length;
      for (let cut = 0; cut <= disk.log.length; cut++) {
        const what = `seed ${seed}, chunk ${chunkBytes}, cut ${cut} of ${disk.log.length}`;
        const cutOff = disk.cutAfter(cut, seed * 1000 + cut);
        // Power came back, and the disk has other numbers than before.
        const crashed = cut % 3 === 1 ? cutOff.pluggedInAgain() : cutOff;
        const arrives = cut % 3 === 0 ? DELIVERED : '';
        if (arrives) {
          crashed.deliver(MAILBOX, Buffer.from(arrives, 'latin1'));
          delivered += 1;
        }
        await recoverOn(crashed);
        check(crashed, before, after, arrives, what);
        states += 1;
        if (crashed.log.length > 4 && cut % 2 === 0) {
          const second = (cut * 7) % crashed.log.length;
          const again = crashed.cutAfter(second, seed + cut);
          const more = cut % 4 === 0 ? messageText('again', 30) : '';
          if (more) again.deliver(MAILBOX, Buffer.from(more, 'latin1'));
          if (arrives + more) delivered += 1;
          await recoverOn(again);
          check(again, before, after, arrives + more, `${what}, then cut ${second}`);
          states += 1;
          twice += 1;
        }
      }
    }
    // A test of crashes that never crashed would pass as well.
    expect(points).toBeGreaterThan(STATES / 10);
    expect(delivered).toBeGreaterThanOrEqual(states / 3);
    expect(twice).toBeGreaterThan(STATES / 20);
    expect([...ratios.keys()].sort()).toEqual([
      'a chunk',
      'far less than a chunk',
      'less than a chunk',
      'several chunks',
    ]);
    expect(Math.min(...ratios.values())).toBeGreaterThan(STATES / 1000);
    process.stdout.write(`${states} states, ${delivered} with a delivery, ${twice} cut twice\n`);
  }, 600_000);

  it('also if a program without a lock appends in the middle of the flush: its message is there, once', async () => {
    const meanwhile = messageText('meanwhile', 900);
    let states = 0;
    for (let seed = 1; states < STATES / 5; seed++) {
      const { messages, removed, chunkBytes } = caseOf(seed);
      const before = messages.join('');
      const after = messages.filter((_message, at) => !removed.includes(at)).join('');
      const make = (): SimulatedDisk =>
        new SimulatedDisk({ [MAILBOX]: Buffer.from(before, 'latin1') });
      const alone = make();
      await applyOn(alone, await planOf(alone, removed), chunkBytes);
      // Not between the last look and the truncation that follows at once.
      const last = alone.log.findIndex(({ does }) => does === 'truncate');
      for (let instant = seed % 3; instant < last; instant += 3) {
        const disk = make();
        const plan = await planOf(disk, removed);
        let operations = 0;
        disk.onOperation = () => {
          if (operations++ === instant) disk.deliver(MAILBOX, Buffer.from(meanwhile, 'latin1'));
        };
        await applyOn(disk, plan, chunkBytes);
        const what = `seed ${seed}, chunk ${chunkBytes}, appended at ${instant} of ${last}`;
        check(disk, after, after, meanwhile, what);
        for (let cut = instant + 1; cut <= disk.log.length; cut++) {
          const crashed = disk.cutAfter(cut, seed * 1000 + cut);
          const arrives = cut % 3 === 0 ? DELIVERED : '';
          if (arrives) crashed.deliver(MAILBOX, Buffer.from(arrives, 'latin1'));
          await recoverOn(crashed);
          check(crashed, before, after, meanwhile + arrives, `${what}, cut ${cut}`);
          states += 1;
        }
      }
    }
  }, 600_000);

  it('a write that fails leaves a mailbox that recovery finishes', async () => {
    let failures = 0;
    for (let seed = 1; seed <= 12; seed++) {
      const { messages, removed, chunkBytes } = caseOf(seed);
      const before = messages.join('');
      const after = messages.filter((_message, at) => !removed.includes(at)).join('');
      for (let failing = 0; failing < 400; failing++) {
        const disk = new SimulatedDisk({ [MAILBOX]: Buffer.from(before, 'latin1') });
        const plan = await planOf(disk, removed);
        let operations = 0;
        disk.onOperation = () => {
          operations += 1;
          if (operations > failing) throw new Error('EIO');
        };
        const failed = await applyOn(disk, plan, chunkBytes).then(
          () => false,
          () => true,
        );
        if (!failed) break;
        failures += 1;
        disk.onOperation = () => undefined;
        await recoverOn(disk);
        check(disk, before, after, '', `seed ${seed}, operation ${failing} failed`);
      }
    }
    expect(failures).toBeGreaterThan(100);
  }, 300_000);
});
