/**
 * I8: a real engine, killed with SIGKILL at random instants of a delivery of its own. After the next
 * open the message is there whole or not at all, and what another program delivered meanwhile, behind
 * whatever the kill had left, is there exactly once.
 *
 * MAILKEEP_KILLS sets how many there are; the quick number is below.
 */

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { deliveredMessage, startDeliverer } from '../support/deliverers.ts';
import { type Peer, startPeer } from '../support/peers.ts';
import { CLI, Served } from '../support/served.ts';
import { seeded } from '../support/simulated-disk.ts';

const KILLS = Number(process.env['MAILKEEP_KILLS'] ?? 10);
/** Written in several parts, so that there is time to hit. */
const MESSAGE_LINES = 200_000;
const LEARN = 0.8;

const folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-kill-delivery-'));
const environment = Object.fromEntries(
  ['XDG_STATE_HOME', 'XDG_CACHE_HOME'].map((name) => [name, path.join(folder, name)]),
);
const archives = path.join(folder, 'mail');
const mailbox = path.join(archives, 'box.mbox');
const journal = `${mailbox}.mailkeep-journal`;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const OLD_MESSAGES = 40;
const before = Buffer.concat(
  Array.from({ length: OLD_MESSAGES }, (_none, at) => deliveredMessage('old', at)),
);
/** No line is like another one, so that no part of it can be taken for another. */
const message = Buffer.from(
  `From us@example.org Thu Jan  1 00:00:00 2004\nSubject: ours\n\n${Array.from(
    { length: MESSAGE_LINES },
    (_none, at) => `line ${at} of a message that is there whole or not at all\n`,
  ).join('')}`,
);

function startAppend(): Peer {
  return startPeer(process.execPath, [CLI, 'append', mailbox], {
    input: message,
    environment,
    limitMs: 120_000,
  });
}

/** Somebody else delivers: not at all, waiting for our lock when we are killed, or afterwards. */
const MEANWHILE = ['nobody', 'waits', 'comes later'] as const;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function untilJournal(ended: Promise<unknown>): Promise<void> {
  let over = false;
  void ended.then(() => {
    over = true;
  });
  while (!over && !existsSync(journal)) await wait(1);
}

/** What recovery made of it, and how many messages are listed. */
async function reopened(): Promise<number> {
  const engine = new Served({ environment });
  await engine.call('open', { path: mailbox });
  const { keys } = await engine.call<{ keys: string[] }>('keys');
  await engine.close();
  return keys.length;
}

interface Round {
  /** False if the delivery was over before. */
  readonly killed: boolean;
  /** So many bytes of ours were there before recovery. */
  readonly left: number;
  /** Somebody else delivered. */
  readonly theirs: boolean;
}

/** One delivery, killed so long after its journal came to stand; then recovery, and what it left. */
async function round(number: number, ours: Buffer, afterMs: number): Promise<Round> {
  writeFileSync(mailbox, before);
  const meanwhile = MEANWHILE[number % MEANWHILE.length];
  const name = `theirs${number}`;
  const startTheirs = () => startDeliverer(mailbox, { kind: 'fcntl', name, count: 1 });
  const append = startAppend();
  await untilJournal(append.ended);
  const waiting = meanwhile === 'waits' ? startTheirs() : null;
  await Promise.race([append.ended, wait(afterMs)]);
  const { signal } = await append.kill();
  const theirs = waiting ?? (meanwhile === 'comes later' ? startTheirs() : null);
  if (theirs) expect((await theirs.ended).errors).toBe('');
  const expected = theirs ? deliveredMessage(name, 0) : Buffer.alloc(0);
  const left = readFileSync(mailbox).length - before.length - expected.length;
  const what = `round ${number}, ${meanwhile}, ${left} of ${ours.length} bytes were there`;

  const listed = await reopened();
  const now = readFileSync(mailbox);
  const isNone = now.equals(Buffer.concat([before, expected]));
  const isWhole = now.equals(Buffer.concat([before, ours, expected]));
  expect(isNone || isWhole, `${what}; ${now.length - before.length} now`).toBe(true);
  expect(listed, what).toBe(OLD_MESSAGES + (isWhole ? 1 : 0) + (theirs ? 1 : 0));
  expect(readdirSync(archives), `I10: no litter, ${what}`).toEqual(['box.mbox']);
  return { killed: signal !== null, left, theirs: theirs !== null };
}

it(
  `kill -9 during a delivery, ${KILLS} times: whole or not at all, and nobody else loses anything`,
  async () => {
    mkdirSync(archives);
    writeFileSync(mailbox, before);
    expect((await startAppend().ended).errors).toBe('');
    const ours = readFileSync(mailbox).subarray(before.length);
    expect(ours.length).toBeGreaterThanOrEqual(message.length);

    const random = seeded(11);
    let stoodMs = 200;
    const rounds: Round[] = [];
    for (let number = 0; rounds.length < KILLS && number < KILLS * 2; number++) {
      const one = await round(number, ours, stoodMs * random());
      if (one.left === 0) stoodMs /= LEARN;
      if (one.killed) rounds.push(one);
      else stoodMs *= LEARN;
    }
    const torn = rounds.filter(({ left }) => left > 0 && left < ours.length);
    const inFront = torn.filter(({ theirs }) => theirs);
    process.stdout.write(
      `${rounds.length} kills: ${torn.length} torn, ${inFront.length} of them in front of theirs\n`,
    );
    // A test of kills that hit nothing would pass as well.
    expect(rounds).toHaveLength(KILLS);
    expect(torn.length).toBeGreaterThan(KILLS / 6);
    expect(inFront.length).toBeGreaterThan(0);
  },
  60_000 + KILLS * 40_000,
);
