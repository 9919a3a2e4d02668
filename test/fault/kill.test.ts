/**
 * I8: a real engine process, killed with SIGKILL at random instants of a flush. The next open
 * finishes or takes back; every kept message is there exactly once, byte for byte.
 */

import { createHash } from 'node:crypto';
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Served } from '../support/served.ts';
import { seeded } from '../support/simulated-disk.ts';

const KILLS = Number(process.env['MAILKEEP_KILLS'] ?? 25);
const MESSAGES = 1500;

const message = (at: number): string =>
  `From a@example.org Thu Jan  1 00:00:00 2004\nSubject: kept ${at}\n\n${`line ${at} of a message\n`.repeat(900)}\n`;

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Deletes some messages and kills the engine after so many milliseconds. @returns whether it was killed */
async function deleteAndKill(
  mailbox: string,
  remove: readonly number[],
  ms: number,
): Promise<boolean> {
  const engine = new Served();
  await engine.call('open', { path: mailbox });
  const { keys } = await engine.call<{ keys: string[] }>('keys');
  await engine.call('remove', { keys: remove.map((at) => keys[at]) });
  const flushed = engine.call('flush').then(
    () => true,
    () => false,
  );
  const timer = setTimeout(() => engine.child.kill('SIGKILL'), ms);
  const whole = await flushed;
  clearTimeout(timer);
  engine.child.kill('SIGKILL');
  await engine.ended;
  return !whole;
}

describe('I8: kill -9', () => {
  it('in the middle of a flush loses nothing', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-kill-'));
    const original = path.join(folder, 'original');
    const mailbox = path.join(folder, 'box.mbox');
    const texts = Array.from({ length: MESSAGES }, (_none, at) => message(at));
    writeFileSync(original, texts.join(''));
    const random = seeded(7);
    let killed = 0;
    for (let round = 0; round < KILLS; round++) {
      copyFileSync(original, mailbox);
      const share = [0.001, 0.05, 0.5][round % 3] ?? 0.1;
      const remove = texts.flatMap((_text, at) => (at === 0 || random() < share ? [at] : []));
      if (await deleteAndKill(mailbox, remove, 1 + random() * 120)) killed += 1;
      const after = new Served();
      await after.call('open', { path: mailbox });
      await after.close();
      const kept = texts.filter((_text, at) => !remove.includes(at)).join('');
      const now = digest(readFileSync(mailbox));
      expect([digest(Buffer.from(kept)), digest(Buffer.from(texts.join('')))]).toContain(now);
      expect(readdirSync(folder).sort(), 'I10: no litter').toEqual(['box.mbox', 'original']);
    }
    expect(killed).toBeGreaterThan(KILLS / 4);
    rmSync(folder, { recursive: true, force: true });
  }, 300_000);
});
