/**
 * I8 for a message that is put in the place of another one (attachments taken out): a disk that fails
 * at any one operation, once or for ever. Afterwards every other message is there exactly once, and of
 * the one that was exchanged the old form, the new one, or both; never none.
 */

import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Disk } from '../../electron/mailbox/disk/disk.ts';
import { realDisk } from '../../electron/mailbox/disk/real-disk.ts';
import type { Exchange } from '../../electron/mailbox/flush/exchange.ts';
import type { Mailbox } from '../../electron/mailbox/mailbox.ts';
import { QUIET } from '../../electron/mailbox/mailbox-options.ts';
import { MailboxError } from '../../shared/errors.ts';
import { digest, messageNumber } from '../../shared/units.ts';
import { readyOn } from '../support/fault-mailbox.ts';
import { FailingDisk, type Fault } from '../support/failing-disk.ts';
import { numberedLetters } from '../support/letters.ts';

const LETTERS = numberedLetters('us', 8, 300);
const CHANGED = 3;
const NONE: Fault = { at: -1, lasts: 'once', code: 'IO' };
const OPERATIONS_MAX = 1000;

const OLD = LETTERS[CHANGED] ?? '';
const KEPT = OLD.indexOf('\n\n') + 2;
const NEW = `${OLD.slice(0, KEPT)}Something was taken out here.\n\n`;
const OTHERS = LETTERS.filter((_letter, at) => at !== CHANGED).join('');

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-exchange-'));
  file = path.join(folder, 'box');
  writeFileSync(file, LETTERS.join(''));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ready = (disk: Disk): Promise<Mailbox> => readyOn(disk, file, folder);

const exchangeOf = (mailbox: Mailbox): Exchange => ({
  key: mailbox.keys.keyOf(messageNumber(CHANGED)),
  digest: digest(createHash('sha256').update(OLD, 'latin1').digest('hex')),
  bytes: OLD.length,
  pieces: [
    { from: 0, to: KEPT },
    { bytes: Buffer.from('Something was taken out here.\n') },
    { from: OLD.length - 1, to: OLD.length },
  ],
});

it('the new form is there, the old one is not, and all else stays', async () => {
  const mailbox = await ready(realDisk);
  await mailbox.mark([messageNumber(0)], QUIET);
  const result = await mailbox.exchange([exchangeOf(mailbox)], QUIET);
  expect(result).toMatchObject({ removed: { messages: 1 }, conflicts: [] });
  expect(readFileSync(file, 'latin1')).toBe(OTHERS + NEW);
  // What a person had marked before is marked still, and nothing else is.
  expect(mailbox.marks.amount.messages).toBe(1);
  expect(mailbox.table.count).toBe(8);
  await mailbox.close();
});

it('what is no longer what was seen is left alone', async () => {
  const mailbox = await ready(realDisk);
  const stale = { ...exchangeOf(mailbox), digest: digest('0'.repeat(64)) };
  const { conflicts, removed } = await mailbox.exchange([stale], QUIET);
  expect(conflicts.map(({ code }) => code)).toEqual(['CHANGED']);
  expect(removed.messages).toBe(0);
  expect(readFileSync(file, 'latin1')).toBe(LETTERS.join(''));
  await mailbox.close();
});

it('room for the new form alone is not enough: nothing is written', async () => {
  let freeBytes = Number.POSITIVE_INFINITY;
  const disk = new Proxy(realDisk, {
    get: (target, name) =>
      name === 'freeBytes' ? async () => freeBytes : Reflect.get(target, name, target),
  });
  const mailbox = await ready(disk);
  const { pieces, ...old } = exchangeOf(mailbox);
  freeBytes = 4096;
  await expect(mailbox.exchange([{ ...old, pieces }], QUIET)).rejects.toMatchObject({
    code: 'NO_SPACE',
  });
  expect(readFileSync(file, 'latin1')).toBe(LETTERS.join(''));
  await mailbox.close();
});

it.each(['once', 'for ever'] as const)('a disk that fails %s at any operation', async (lasts) => {
  const failing = new FailingDisk(NONE);
  const outcomes = new Map<string, number>();
  for (let at = 0; at < OPERATIONS_MAX; at++) {
    writeFileSync(file, LETTERS.join(''));
    failing.begin(NONE);
    const mailbox = await ready(failing.disk);
    const exchange = exchangeOf(mailbox);
    failing.begin({ at, lasts, code: 'IO' });
    await mailbox.exchange([exchange], QUIET).catch((thrown: unknown) => {
      if (!(thrown instanceof MailboxError)) throw thrown;
    });
    const { failed } = failing;
    failing.begin(NONE);
    await mailbox.close();
    const again = await ready(realDisk);
    await again.close();
    const left = readFileSync(file, 'latin1');
    outcomes.set(left, (outcomes.get(left) ?? 0) + 1);
    if (!failed) break;
  }
  const whole = LETTERS.join('');
  for (const left of outcomes.keys()) expect([whole, whole + NEW, OTHERS + NEW]).toContain(left);
  expect(outcomes.get(OTHERS + NEW)).toBeGreaterThan(1);
});
