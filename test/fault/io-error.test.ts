/**
 * I8: a disk that fails at any one operation of a flush, a delivery or a recovery, once or for
 * ever. Afterwards the mailbox is as it was or says that it is unsure, and opened again on a disk
 * that works every kept message is there exactly once. Method: the real disk with a fault in it, at
 * every operation there is.
 */

import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Disk } from '../../electron/mailbox/disk/disk.ts';
import { realDisk } from '../../electron/mailbox/disk/real-disk.ts';
import type { Mailbox } from '../../electron/mailbox/mailbox.ts';
import { QUIET } from '../../electron/mailbox/mailbox-options.ts';
import { MailboxError } from '../../shared/errors.ts';
import { messageNumber } from '../../shared/units.ts';
import { openOn, readyOn } from '../support/fault-mailbox.ts';
import { FailingDisk, type Fault } from '../support/failing-disk.ts';
import { numberedLetters } from '../support/letters.ts';

const LETTERS = numberedLetters('us', 8, 300);
const BEFORE = LETTERS.join('');
/** A narrow gap, so that the journal has work to do, and one in the middle. */
const REMOVED = [1, 4];
const AFTER = LETTERS.filter((_letter, at) => !REMOVED.includes(at)).join('');
const NEW = 'Subject: new\n\nIt has just come in.\n';
/** Whole, or not at all. */
const DELIVERED = /^(?:From .*\nSubject: new\n\nIt has just come in\.\n\n)?$/;
const NONE: Fault = { at: -1, lasts: 'once', code: 'IO' };
const LASTS = ['once', 'for ever'] as const;
/** More operations than anything here has: a loop that gets there never ended. */
const OPERATIONS_MAX = 1000;

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-io-'));
  file = path.join(folder, 'box');
  writeFileSync(file, BEFORE);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (): string => readFileSync(file, 'latin1');

/** Writes the files of the folder, into the ones that are there: a journal knows its mailbox's inode. */
function layOut(files: ReadonlyMap<string, Buffer | string>): void {
  for (const name of readdirSync(folder)) if (!files.has(name)) rmSync(path.join(folder, name));
  for (const [name, bytes] of files) writeFileSync(path.join(folder, name), bytes);
}

const openIt = (disk: Disk): Promise<Mailbox> => openOn(disk, file, folder);
const ready = (disk: Disk): Promise<Mailbox> => readyOn(disk, file, folder);

/** The code it fails with; empty if it does not fail. A thrown thing that is no error of ours is. */
async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return '';
  } catch (thrown) {
    if (thrown instanceof MailboxError) return thrown.code;
    throw thrown;
  }
}

/** Opens it on a disk that works, and finds whole what must be there; nothing lies beside it. */
async function expectWhole(what: string, ...contents: readonly string[]): Promise<string> {
  const mailbox = await ready(realDisk);
  expect(mailbox.state, what).toBe('ready');
  await mailbox.close();
  const now = read();
  expect(contents, `${what}: ${now.length} bytes`).toContain(now);
  expect(readdirSync(folder), what).toEqual(['box']);
  return now;
}

describe.each(LASTS)('a disk that fails %s', (lasts) => {
  it('at any operation of a flush', async () => {
    const failing = new FailingDisk(NONE);
    const codes = new Map<string, number>();
    for (let at = 0; at < OPERATIONS_MAX; at++) {
      writeFileSync(file, BEFORE);
      failing.begin(NONE);
      const mailbox = await ready(failing.disk);
      await mailbox.mark(REMOVED.map(messageNumber), QUIET);
      failing.begin({ at, lasts, code: 'IO' });
      const code = await codeOf(mailbox.flush(QUIET));
      const what = `operation ${at}, ${failing.log[at]}, ${code}`;
      const { failed } = failing;
      failing.begin(NONE);
      codes.set(code, (codes.get(code) ?? 0) + 1);
      if (code === 'UNSURE') {
        expect(mailbox.state, what).toBe('unsure');
        await expect(mailbox.flush(QUIET), what).rejects.toMatchObject({ code: 'UNSURE' });
      } else expect(mailbox.state, what).toBe('ready');
      const unchanged = code !== 'UNSURE' && read() === BEFORE;
      await mailbox.close();
      const now = await expectWhole(what, BEFORE, AFTER);
      if (code === '') expect(now, what).toBe(AFTER);
      if (unchanged) expect(now, what).toBe(BEFORE);
      if (!failed) break;
    }
    expect(codes.get('UNSURE')).toBeGreaterThan(5);
    expect(codes.get('IO')).toBeGreaterThan(5);
    expect(codes.get('')).toBeGreaterThan(0);
  }, 120_000);

  it('at any operation of a delivery', async () => {
    const failing = new FailingDisk(NONE);
    let refused = 0;
    for (let at = 0; at < OPERATIONS_MAX; at++) {
      writeFileSync(file, BEFORE);
      failing.begin(NONE);
      const mailbox = await ready(failing.disk);
      failing.begin({ at, lasts, code: at % 2 ? 'IO' : 'NO_SPACE' });
      const code = await codeOf(mailbox.append(Buffer.from(NEW), null, QUIET));
      const what = `operation ${at}, ${failing.log[at]}, ${code}`;
      const { failed } = failing;
      failing.begin(NONE);
      if (code !== '') refused += 1;
      await mailbox.close();
      const now = read();
      expect(now.startsWith(BEFORE), what).toBe(true);
      const behind = now.slice(BEFORE.length);
      // Whole or nothing; where nothing works any more, not even cutting off, the beginning of it,
      // until the next open.
      const isWhole = DELIVERED.test(behind);
      if (lasts === 'once') expect(isWhole, what).toBe(true);
      if (code === '') expect(behind, what).not.toBe('');
      await expectWhole(what, isWhole ? now : BEFORE);
      if (!failed) break;
    }
    expect(refused).toBeGreaterThan(5);
  }, 120_000);

  it('at any operation of a recovery, which the next open then finishes', async () => {
    const failing = new FailingDisk(NONE);
    const interrupted = await interruptedFlush(failing);
    let failures = 0;
    for (let at = 0; at < OPERATIONS_MAX; at++) {
      layOut(interrupted);
      failing.begin({ at, lasts, code: 'IO' });
      let opened: Mailbox | null = null;
      const code = await codeOf(openIt(failing.disk).then((mailbox) => (opened = mailbox)));
      const what = `operation ${at}, ${failing.log[at]}, ${code}`;
      const { failed } = failing;
      failing.begin(NONE);
      await (opened as Mailbox | null)?.close();
      if (code !== '') failures += 1;
      await expectWhole(what, AFTER);
      if (!failed) break;
    }
    expect(failures).toBeGreaterThan(10);
  }, 120_000);
});

/** The files that a flush leaves which failed for ever after it had begun to move. */
async function interruptedFlush(failing: FailingDisk): Promise<ReadonlyMap<string, Buffer>> {
  for (let at = 0; at < OPERATIONS_MAX; at++) {
    layOut(new Map([['box', BEFORE]]));
    failing.begin(NONE);
    const mailbox = await ready(failing.disk);
    await mailbox.mark(REMOVED.map(messageNumber), QUIET);
    failing.begin({ at, lasts: 'for ever', code: 'IO' });
    const code = await codeOf(mailbox.flush(QUIET));
    failing.begin(NONE);
    await mailbox.close();
    if (code === 'UNSURE' && read() !== BEFORE) break;
  }
  const names = readdirSync(folder);
  expect(names.length).toBeGreaterThan(1);
  return new Map(names.map((name) => [name, readFileSync(path.join(folder, name))]));
}

it('a delivery that fails takes back its own bytes only, not those that somebody put behind them', async () => {
  const failing = new FailingDisk(NONE);
  const mailbox = await ready(failing.disk);
  const theirs = 'From x@y Thu Jan  1 00:00:00 2004\nSubject: t\n\nt\n\n';
  const at = await lastOperation(failing, 'sync', () =>
    mailbox.append(Buffer.from(NEW), null, QUIET),
  );
  writeFileSync(file, BEFORE);
  await mailbox.sync();
  // They take no lock, and come between our write and its sync.
  failing.begin({ at, lasts: 'once', code: 'IO', meanwhile: () => appendFileSync(file, theirs) });
  const long = Buffer.from(`${NEW}${'and more\n'.repeat(100)}`);
  expect(await codeOf(mailbox.append(long, null, QUIET))).toBe('IO');
  failing.begin(NONE);
  await mailbox.close();
  expect(read().startsWith(BEFORE)).toBe(true);
  expect(read()).toContain('and more\n');
  expect(read().endsWith(theirs)).toBe(true);
});

/** The number of the last operation of this kind: the locks and the journal have theirs before. */
async function lastOperation(
  failing: FailingDisk,
  operation: string,
  work: () => Promise<unknown>,
): Promise<number> {
  failing.begin(NONE);
  await work();
  return failing.log.lastIndexOf(operation);
}
