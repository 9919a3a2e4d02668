/**
 * Digests made on two threads are those that one would make: for messages of any length, across the
 * borders of memory, and in memory that is used again as soon as it is free.
 */

import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { Digests } from '../../../../electron/mailbox/flush/digests.ts';
import { seeded } from '../../../support/simulated-disk.ts';

const PIECE_BYTES = 64 * 1024;
const MUCH = 1024 * 1024 * 1024;

let digests: Digests | null = null;
afterEach(() => digests?.done());

/** Lengths of messages, some of which end where a piece ends. */
function lengthsOf(seed: number, count: number): readonly number[] {
  const random = seeded(seed);
  let end = 0;
  return Array.from({ length: count }, () => {
    const whole = random() < 0.2 ? PIECE_BYTES - (end % PIECE_BYTES) : 0;
    const length = whole || 1 + Math.floor(random() * (random() < 0.1 ? 5 : 0.5) * PIECE_BYTES);
    end += length;
    return length;
  });
}

/** Lets messages pass by in a few pieces of memory, which are written anew once they are free. */
async function pass(through: Digests, messages: readonly Buffer[]): Promise<void> {
  const memory = Array.from({ length: 3 }, () => through.alloc(PIECE_BYTES));
  let at = 0;
  for (const message of messages) {
    through.begin();
    for (let done = 0; done < message.length; ) {
      const piece = memory[Math.floor(at / PIECE_BYTES) % memory.length] ?? Buffer.alloc(0);
      const from = at % PIECE_BYTES;
      if (from === 0) {
        await through.free(piece.buffer);
        // What the thread has to say is heard between two turns.
        await new Promise((resolve) => setImmediate(resolve));
      }
      const length = Math.min(PIECE_BYTES - from, message.length - done);
      message.copy(piece, from, done, done + length);
      through.update(piece.subarray(from, from + length));
      at += length;
      done += length;
    }
    through.end();
  }
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe('the digests of messages that pass by', () => {
  for (const [named, bytes] of [
    ['on two threads', MUCH],
    ['on one', 0],
  ] as const) {
    it(`are those of their bytes, ${named}`, async () => {
      for (let seed = 1; seed <= 3; seed++) {
        const random = seeded(seed);
        const messages = lengthsOf(seed, 1500).map((length) =>
          Buffer.alloc(length, `${random()} says the message, again and again\n`),
        );
        digests = new Digests(bytes);
        await pass(digests, messages);
        expect(await digests.all()).toEqual(messages.map(sha256));
        await digests.done();
      }
    });
  }

  it('are none after the thread has ended: nobody waits for it, nothing is taken for the same', async () => {
    digests = new Digests(MUCH);
    const messages = lengthsOf(7, 300).map((length, at) => Buffer.alloc(length, at));
    await pass(digests, messages);
    await digests.done();
    await pass(digests, messages);
    await expect(digests.all()).rejects.toMatchObject({ code: 'BUG' });
  });
});
