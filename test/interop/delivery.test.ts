/**
 * I2, I6: other programs deliver while we delete and compact, for many rounds. Every message they
 * delivered is there exactly once, in the order of its deliverer, byte for byte, unless we deleted
 * it; and none that we deleted came back.
 *
 * Two mailboxes, because programs with no lock in common do not keep each other out, with us or
 * without us: in one those that take a single lock each and write a message in one piece, in the
 * other those that write in pieces and have the kernel's fcntl lock in common.
 *
 * MAILKEEP_DELIVERIES sets how many messages are delivered in all; the quick number is below. Of
 * 10,000 the rounds are at least 300.
 */

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Flushed } from '../../shared/contract.ts';
import { type DelivererKind, deliveredMessage, startDeliverer } from '../support/deliverers.ts';
import { readIndependently } from '../support/independent-reader.ts';
import { type Peer, startPeer, startProcmail } from '../support/peers.ts';
import { hasPostfix, Postfix } from '../support/postfix.ts';
import { CLI, Refused, Served } from '../support/served.ts';
import { seeded } from '../support/simulated-disk.ts';

const DELIVERIES = Number(process.env['MAILKEEP_DELIVERIES'] ?? 400);
const ROUNDS_MIN = Math.ceil((DELIVERIES * 3) / 200);
const LIMIT_MS = 60_000 + DELIVERIES * 120;
/** Messages looked at, and at most so many deleted of them, in one round. */
const WINDOW = 40;
const DELETED_MAX = 8;
/** Who delivers rests up to so long, by chance: a lock that is never free is nobody's fault. */
const PAUSE_MS = 60;

const own = (at: number): string =>
  `From us@example.org Thu Jan  1 00:00:00 2004\nSubject: own-${at}\n\n${'y'.repeat((at * 531) % 4000)}\n\n`;

let folder = '';
let mailbox = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-delivery-'));
  mailbox = path.join(folder, 'box.mbox');
  writeFileSync(mailbox, Array.from({ length: 40 }, (_none, at) => own(at)).join(''));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const random = seeded(11);
const subjectOf = (message: string): string =>
  /^Subject: (.*)$/m.exec(Buffer.from(message, 'base64').toString('latin1'))?.[1] ?? '';

/** How often we were refused for want of the lock. */
let refusals = 0;

/** As a person does who is told who holds the lock: once more. */
async function insisting<Value>(work: () => Promise<Value>): Promise<Value> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== 'LOCKED') throw error;
      refusals += 1;
    }
  }
}

/** One round: some of the messages in a stretch of the mailbox are deleted. @returns their subjects */
async function deleteSome(engine: Served): Promise<string[]> {
  const { total } = await engine.call<{ total: number }>('keys', { from: 0, count: 0 });
  const from = Math.floor(random() * Math.max(1, total - WINDOW));
  const { keys } = await engine.call<{ keys: string[] }>('keys', { from, count: WINDOW });
  const chosen = keys.filter(() => random() < DELETED_MAX / WINDOW).slice(0, DELETED_MAX);
  const subjects = new Map<string, string>();
  for (const key of chosen) {
    const { message } = await engine.call<{ message: string }>('get', { key });
    subjects.set(key, subjectOf(message));
  }
  await engine.call('remove', { keys: chosen });
  const { removed, conflicts } = await insisting(() => engine.call<Flushed>('flush'));
  for (const { key } of conflicts) subjects.delete(key);
  expect(removed.messages).toBe(subjects.size);
  await engine.call('sync');
  return [...subjects.values()];
}

interface Deliverer {
  readonly name: string;
  readonly count: number;
  /** False if it does not deliver in the order in which it was given them. */
  readonly inOrder?: boolean;
  /** Settles when all of its messages are in the file. */
  readonly delivered: Promise<void>;
}

async function ended(peer: Peer): Promise<void> {
  const { status, signal, errors } = await peer.ended;
  expect([status, signal], errors).toEqual([0, null]);
}

/** A program of its own that delivers this share of all messages. */
function program(kind: DelivererKind, share: number, name: string = kind): Deliverer {
  const count = Math.ceil(DELIVERIES * share);
  const peer = startDeliverer(mailbox, { kind, name, count, pauseMs: PAUSE_MS, limitMs: LIMIT_MS });
  return { name, count, delivered: ended(peer) };
}

/** Something that delivers one message after the other, with a little rest between. */
function oneByOne(
  name: string,
  share: number,
  deliver: (message: string) => Promise<void>,
): Deliverer {
  const count = Math.ceil(DELIVERIES * share);
  const all = async (): Promise<void> => {
    for (let number = 0; number < count; number++) {
      await deliver(`Subject: ${name}-${number}\n\n${'z'.repeat((number * 37) % 900)}\n`);
      await new Promise((resolve) => setTimeout(resolve, random() * PAUSE_MS));
    }
  };
  return { name, count, delivered: all() };
}

function withProcmail(share: number): Deliverer {
  const target = mailbox;
  return oneByOne('procmail', share, (message) => ended(startProcmail(target, message)));
}

function withOurAppend(share: number): Deliverer {
  const words = [CLI, 'append', mailbox];
  return oneByOne('append', share, async (message) => {
    for (;;) {
      const peer = startPeer(process.execPath, words, { input: message, limitMs: 60_000 });
      const { status, errors } = await peer.ended;
      if (status === 0) return;
      expect(errors).toContain('locked by');
      refusals += 1;
    }
  });
}

/** Postfix itself, into its mailbox; its queue is no queue at all, so its order is its own. */
function withPostfix(postfix: Postfix, share: number): Deliverer {
  const sending = oneByOne('postfix', share, (message) => postfix.send(message));
  const delivered = sending.delivered.then(() => postfix.delivered(LIMIT_MS));
  return { ...sending, inOrder: false, delivered };
}

/** A second engine of ours on the same file. */
function withOurAdd(share: number): Deliverer {
  const engine = new Served();
  const opened = engine.call('open', { path: mailbox });
  const adding = oneByOne('add', share, async (message) => {
    await opened;
    const added = { message: Buffer.from(message).toString('base64') };
    await insisting(() => engine.call('add', added));
  });
  return { ...adding, delivered: adding.delivered.finally(() => engine.close()) };
}

/** All of them deliver while we delete and compact, until they are done. @returns what we deleted */
async function compactMeanwhile(deliverers: readonly Deliverer[]): Promise<string[]> {
  const engine = new Served();
  await engine.call('open', { path: mailbox });
  let over = false;
  const all = Promise.all(deliverers.map(({ delivered }) => delivered)).finally(() => {
    over = true;
  });
  all.catch(() => undefined);
  const deleted: string[] = [];
  let rounds = 0;
  refusals = 0;
  for (; !over || rounds < ROUNDS_MIN; rounds++) deleted.push(...(await deleteSome(engine)));
  await all;
  await engine.close();
  expect(rounds).toBeGreaterThanOrEqual(ROUNDS_MIN);
  expect(deleted.length).toBeGreaterThan(ROUNDS_MIN);
  // Nobody starves: the limit of half a minute is all but never reached.
  expect(refusals).toBeLessThanOrEqual(rounds / 50);
  const delivered = deliverers.reduce((sum, { count }) => sum + count, 0);
  process.stdout.write(
    `${delivered} delivered, ${deleted.length} deleted in ${rounds} rounds, ${refusals} refusals\n`,
  );
  return deleted;
}

/** Each message of a deliverer is there once, in its order, or we deleted it. */
async function expectAll(
  deliverers: readonly Pick<Deliverer, 'name' | 'count' | 'inOrder'>[],
  deleted: readonly string[],
): Promise<void> {
  const subjects = (await readIndependently(mailbox)).map((message) => message.subject);
  const gone = new Set(deleted);
  expect(gone.size, 'nothing was deleted twice').toBe(deleted.length);
  for (const { name, count, inOrder = true } of deliverers) {
    const theirs = subjects.filter((subject) => subject.startsWith(`${name}-`));
    const expected = Array.from({ length: count }, (_none, at) => `${name}-${at}`);
    const kept = expected.filter((subject) => !gone.has(subject));
    if (inOrder) expect(theirs, name).toEqual(kept);
    else expect(theirs.sort(), name).toEqual(kept.sort());
  }
  const counted = deliverers.reduce((sum, { count }) => sum + count, 0);
  expect(subjects).toHaveLength(counted - deleted.length);
}

/** Whose messages we know byte by byte. */
const KNOWN = ['fcntl', 'dotlock', 'flock', 'postfix'];

/** What they wrote is what stands there. */
function expectBytes(
  deliverers: readonly Pick<Deliverer, 'name' | 'count'>[],
  deleted: readonly string[],
): void {
  const gone = new Set(deleted);
  const stored = new Set(readFileSync(mailbox, 'latin1').split(/^(?=From )/m));
  for (const { name, count } of deliverers.filter((one) => KNOWN.includes(one.name))) {
    for (let number = 0; number < count; number++) {
      if (gone.has(`${name}-${number}`)) continue;
      const written = deliveredMessage(name, number).toString('latin1');
      expect(stored.has(written), `${name}-${number}`).toBe(true);
    }
  }
}

describe('I2, I6: programs that deliver while we compact', () => {
  it.each([
    [
      'each with one lock only, Postfix with all, and two of ours',
      () => [
        program('fcntl', 0.14),
        program('dotlock', 0.14),
        program('flock', 0.14),
        program('postfix', 0.14),
        withOurAdd(0.04),
        withOurAppend(0.01),
      ],
    ],
    [
      'procmail, Python, Postfix and two of ours',
      () => [
        program('fcntl', 0.1),
        program('python', 0.1, 'first'),
        program('python', 0.06, 'second'),
        program('postfix', 0.06),
        withProcmail(0.04),
        withOurAdd(0.02),
        withOurAppend(0.01),
      ],
    ],
  ])(
    'lose nothing, and neither do we: %s',
    async (_, start) => {
      const before = statSync(mailbox).ino;
      const deliverers = start();
      const deleted = await compactMeanwhile(deliverers);
      await expectAll([...deliverers, { name: 'own', count: 40 }], deleted);
      expectBytes(deliverers, deleted);
      // I1: the file is still the same one, and nothing lies beside it but procmail's recipes (I10).
      expect(statSync(mailbox).ino).toBe(before);
      expect(readdirSync(folder).filter((name) => !name.startsWith('.procmail'))).toEqual([
        'box.mbox',
      ]);
    },
    LIMIT_MS,
  );

  it.skipIf(!hasPostfix)(
    `Postfix’s own local loses nothing${hasPostfix ? '' : ' (skipped: Postfix is not installed, or this is not root)'}`,
    async () => {
      const postfix = new Postfix(folder);
      try {
        postfix.layOut(readFileSync(mailbox, 'latin1'));
        rmSync(mailbox);
        mailbox = postfix.mailbox;
        const before = statSync(mailbox).ino;
        const deliverers = [withPostfix(postfix, 0.1), program('fcntl', 0.05)];
        const deleted = await compactMeanwhile(deliverers);
        await expectAll([...deliverers, { name: 'own', count: 40 }], deleted);
        expect(statSync(mailbox).ino).toBe(before);
        expect(readdirSync(folder)).toEqual([path.basename(mailbox)]);
      } finally {
        await postfix.stop();
      }
    },
    LIMIT_MS,
  );

  it('procmail waits on the lock of the file we compact, and its message arrives', async () => {
    const engine = new Served();
    await engine.call('open', { path: mailbox });
    await engine.call('lock');
    const peer = startProcmail(mailbox, 'Subject: waited\n\nfor us\n');
    const { keys } = await engine.call<{ keys: string[] }>('keys');
    await engine.call('remove', { keys: keys.slice(0, 20) });
    await engine.call('flush');
    await engine.call('unlock');
    expect((await peer.ended).status).toBe(0);
    await engine.close();
    const subjects = (await readIndependently(mailbox)).map((message) => message.subject);
    expect(subjects).toHaveLength(21);
    expect(subjects.at(-1)).toBe('waited');
  });
});
