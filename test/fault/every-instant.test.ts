/**
 * I2, I6, I8: what may happen at any one instant of a flush, made to happen at every one there is:
 * - the locks are all held, from before the first look until after the last sync;
 * - another program that takes no lock appends: its message is there afterwards, unless it comes between
 *   the last look at the size and the truncation that follows at once, which nothing can prevent;
 * - the person cancels: it has not happened, or it is finished, and the answer says which.
 * Method: the real disk, with the test called before each of its operations.
 */

import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { realDisk } from '../../electron/mailbox/disk/real-disk.ts';
import type { Mailbox } from '../../electron/mailbox/mailbox.ts';
import { QUIET } from '../../electron/mailbox/mailbox-options.ts';
import { MailboxError } from '../../shared/errors.ts';
import { type MessageNumber, messageNumber } from '../../shared/units.ts';
import { readyOn } from '../support/fault-mailbox.ts';
import { numberedLetter, numberedLetters } from '../support/letters.ts';
import { CHANGES, type Operation, watchedDisk } from '../support/watched-disk.ts';

const LETTERS = numberedLetters('us', 8, 300).map((letter, at) =>
  at === 6 ? letter.replace('\n\n', '\nStatus: RD\n\n') : letter,
);
const BEFORE = LETTERS.join('');
const THEIRS = numberedLetter('them', 0, 200);
const NEW = 'Subject: new\n\nIt has just come in.\n';
/** A narrow gap, so that the journal has work to do; and the end, which needs no journal. */
const REMOVALS = [
  ['the middle', [1, 4]],
  ['the end', [6, 7]],
] as const;

let folder = '';
let file = '';
let onOperation: (operation: Operation) => void = () => undefined;
const disk = watchedDisk((operation) => onOperation(operation));

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-instants-'));
  file = path.join(folder, 'box');
  writeFileSync(file, BEFORE);
  onOperation = () => undefined;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (): string => readFileSync(file, 'latin1');
const without = (gone: readonly number[]): string =>
  LETTERS.filter((_letter, at) => !gone.includes(at)).join('');

/** The archive as it was, read, with some messages marked. */
async function marked(gone: readonly number[]): Promise<Mailbox> {
  writeFileSync(file, BEFORE);
  const mailbox = await readyOn(disk, file, folder);
  await mailbox.mark(gone.map(messageNumber), QUIET);
  return mailbox;
}

/** The operations that some work takes, in order. */
async function operationsOf(
  work: (mailbox: Mailbox) => Promise<unknown>,
  gone: readonly number[],
): Promise<readonly Operation[]> {
  const mailbox = await marked(gone);
  const all: Operation[] = [];
  onOperation = (operation) => all.push(operation);
  await work(mailbox);
  onOperation = () => undefined;
  await mailbox.close();
  return all;
}

const flush = (mailbox: Mailbox): Promise<unknown> => mailbox.flush(QUIET);

/** Calls `act` in front of the operation of this number. @returns whether it came so far */
function atOperation(number: number, act: (operation: Operation) => void): () => boolean {
  let at = 0;
  onOperation = (operation) => {
    if (at++ === number) act(operation);
  };
  return () => at > number;
}

/** What the next open takes away of somebody dead, as this process is not. */
function dropLocks(): void {
  for (const name of readdirSync(folder)) {
    if (/^(?:box\.lock|\.mailkeep-lock-.*)$/.test(name)) rmSync(path.join(folder, name));
  }
}

/** The kernel's locks on the mailbox that this process holds. */
function kernelLocks(): string {
  const { ino } = statSync(file);
  const ours = new RegExp(`^\\d+: (\\w+) +\\S+ +WRITE ${process.pid} [^:]+:[^:]+:${ino} 0 EOF$`);
  const kinds = readFileSync('/proc/locks', 'latin1')
    .split('\n')
    .flatMap((line) => ours.exec(line)?.[1] ?? []);
  return kinds.sort().join(' ');
}

describe.skipIf(process.platform !== 'linux')('I2: every lock is held', () => {
  const WORK: readonly (readonly [string, (mailbox: Mailbox) => Promise<unknown>])[] = [
    ['a flush in the middle', (mailbox) => markAndFlush(mailbox, [1, 4])],
    ['a flush at the end', (mailbox) => markAndFlush(mailbox, [6, 7])],
    ['a delivery', (mailbox) => mailbox.append(Buffer.from(NEW), null, QUIET)],
    ['a flag taken back', (mailbox) => mailbox.undelete([messageNumber(6)], QUIET)],
    ['messages put back', putBack],
  ];

  async function markAndFlush(mailbox: Mailbox, gone: readonly number[]): Promise<void> {
    await mailbox.mark(gone.map(messageNumber), QUIET);
    await mailbox.flush(QUIET);
  }

  async function putBack(mailbox: Mailbox): Promise<void> {
    const copyFile = path.join(folder, 'copy');
    writeFileSync(copyFile, THEIRS);
    const copy = await readyOn(realDisk, copyFile, folder);
    await mailbox.restore(copy, [messageNumber(0)], QUIET);
    await copy.close();
  }

  it.each(WORK)('from before what is decided until after what is synced: %s', async (_, work) => {
    const mailbox = await readyOn(disk, file, folder);
    const seen: string[] = [];
    let changed = 0;
    onOperation = ({ does, path: where }) => {
      if (where !== file) return;
      const held = `${kernelLocks()} ${existsSync(`${file}.lock`) ? 'dotlock' : ''}`;
      if (CHANGES.has(does)) changed += 1;
      if (CHANGES.has(does) || does.startsWith('sync') || does === 'setTimes') {
        seen.push(`${does}: ${held}`);
      }
    };
    await work(mailbox);
    onOperation = () => undefined;
    expect(changed).toBeGreaterThan(0);
    expect(seen.at(-1)).toMatch(/^(?:sync|setTimes)/);
    expect(seen.filter((one) => !one.endsWith(': FLOCK POSIX dotlock'))).toEqual([]);
    expect(kernelLocks()).toBe('');
    expect(existsSync(`${file}.lock`)).toBe(false);
    await mailbox.close();
  });

  it('while messages are compared with what was seen: what was compared is what goes', async () => {
    const mailbox = await marked([1, 4]);
    const reads: string[] = [];
    onOperation = ({ does, path: where }) => {
      if (where === file && does === 'read') reads.push(kernelLocks());
    };
    await mailbox.flush(QUIET);
    onOperation = () => undefined;
    expect(reads.length).toBeGreaterThan(2);
    expect(new Set(reads)).toEqual(new Set(['FLOCK POSIX']));
    await mailbox.close();
  });
});

describe.each(REMOVALS)('I6: a program without a lock appends while %s goes', (_, gone) => {
  it('at any instant but the last: its message is there, once, behind all others', async () => {
    const operations = await operationsOf(flush, gone);
    let whole = 0;
    for (const [number, { does, path: where }] of operations.entries()) {
      if (does === 'truncate' && where === file) continue;
      const what = `${number} of ${operations.length}, ${does} ${path.basename(where)}`;
      const mailbox = await marked(gone);
      const came = atOperation(number, () => appendFileSync(file, THEIRS));
      const flushed = await mailbox.flush(QUIET);
      onOperation = () => undefined;
      expect(came(), what).toBe(true);
      expect(flushed.removed.messages, what).toBe(gone.length);
      expect(read(), what).toBe(without(gone) + THEIRS);
      await mailbox.sync();
      expect(mailbox.table.count, what).toBe(LETTERS.length - gone.length + 1);
      await mailbox.close();
      expect(readdirSync(folder), what).toEqual(['box']);
      whole += 1;
    }
    expect(whole).toBeGreaterThan(10);
  }, 120_000);

  it('and the engine is killed at any instant after that: the next open has both', async () => {
    const operations = await operationsOf(flush, gone);
    for (let number = 0; number < operations.length; number += 5) {
      for (let later = number + 1; later < operations.length; later += 7) {
        if (operations[number]?.does === 'truncate' && operations[number]?.path === file) continue;
        const what = `appended at ${number}, killed at ${later}`;
        const mailbox = await marked(gone);
        let at = 0;
        onOperation = () => {
          if (at === number) appendFileSync(file, THEIRS);
          if (at++ >= later) throw new MailboxError('IO', { what });
        };
        await mailbox.flush(QUIET).catch((error: unknown) => {
          if (!(error instanceof MailboxError)) throw error;
        });
        onOperation = () => undefined;
        await mailbox.close();
        dropLocks();
        const again = await readyOn(realDisk, file, folder);
        await again.close();
        expect([BEFORE + THEIRS, without(gone) + THEIRS], what).toContain(read());
        expect(
          readdirSync(folder).filter((name) => name !== 'state'),
          what,
        ).toEqual(['box']);
      }
    }
  }, 120_000);
});

describe('I6: a program without a lock appends while we deliver', () => {
  const OURS = /^From .*\nSubject: new\n\nIt has just come in\.\n\n$/;

  const deliver = (mailbox: Mailbox): Promise<MessageNumber> =>
    mailbox.append(Buffer.from(NEW), null, QUIET);

  it('at any instant but the last: its message is there, and ours whole or not at all', async () => {
    const operations = await operationsOf((mailbox) => deliver(mailbox), []);
    const outcomes = new Map<string, number>();
    for (const [number, { does, path: where }] of operations.entries()) {
      if (CHANGES.has(does) && where === file) continue;
      const mailbox = await marked([]);
      atOperation(number, () => appendFileSync(file, THEIRS));
      const answer = await deliver(mailbox).then(
        (at) => at,
        (error: MailboxError) => error.code,
      );
      onOperation = () => undefined;
      const what = `${number} of ${operations.length}, ${does}: ${answer}`;
      const behind = read().slice(BEFORE.length);
      expect(read().startsWith(BEFORE), what).toBe(true);
      expect(behind.split(THEIRS), what).toHaveLength(2);
      const ours = behind.replace(THEIRS, '');
      if (typeof answer === 'number') {
        expect(ours, what).toMatch(OURS);
        // I4: what is answered names ours, whoever came behind it.
        expect((await mailbox.readStored(answer)).toString('latin1'), what).toMatch(OURS);
      } else {
        expect(answer, what).toBe('CHANGED');
        expect(ours, what).toBe('');
      }
      await mailbox.sync();
      expect(mailbox.table.count, what).toBe(LETTERS.length + (ours ? 2 : 1));
      await mailbox.close();
      expect(readdirSync(folder), what).toEqual(['box']);
      const kind = typeof answer === 'number' ? 'delivered' : answer;
      outcomes.set(kind, (outcomes.get(kind) ?? 0) + 1);
    }
    expect(outcomes.get('delivered')).toBeGreaterThan(5);
    expect(outcomes.get('CHANGED')).toBeGreaterThan(2);
  }, 120_000);

  it('I4: what was accepted keeps its key, whoever came behind it', async () => {
    const mailbox = await marked([]);
    const keys = [await mailbox.accept(Buffer.from(NEW), null)];
    keys.push(await mailbox.accept(Buffer.from(NEW.replace('new', 'newer')), null));
    let isBehind = false;
    onOperation = ({ does, path: where }) => {
      if (isBehind || where !== file || does !== 'sync') return;
      isBehind = true;
      appendFileSync(file, THEIRS);
    };
    await mailbox.flush(QUIET);
    onOperation = () => undefined;
    expect(isBehind).toBe(true);
    for (const [at, key] of keys.entries()) {
      const stored = (await mailbox.readPart(key, 0, 1000)).toString('latin1');
      expect(stored).toContain(at === 0 ? 'Subject: new\n' : 'Subject: newer\n');
    }
    await mailbox.close();
  });
});

describe.each(REMOVALS)('a cancel while %s goes', (_, gone) => {
  it('at any instant: nothing has happened, or all of it, and the answer says which', async () => {
    const operations = await operationsOf(flush, gone);
    const outcomes = new Map<string, number>();
    for (let number = 0; number < operations.length; number++) {
      const mailbox = await marked(gone);
      const cancel = new AbortController();
      let mayStop = true;
      atOperation(number, () => cancel.abort());
      const onPointOfNoReturn = (): void => {
        mayStop = cancel.signal.aborted;
      };
      const answer = await mailbox.flush({ signal: cancel.signal, onPointOfNoReturn }).then(
        ({ removed }) => `${removed.messages} removed`,
        (error: MailboxError) => error.code,
      );
      onOperation = () => undefined;
      const what = `operation ${number} of ${operations.length}: ${answer}`;
      expect(answer, what).toMatch(/^(?:2 removed|CANCELLED)$/);
      expect(read(), what).toBe(answer === 'CANCELLED' ? BEFORE : without(gone));
      expect(mailbox.state, what).toBe('ready');
      expect(mailbox.marks.amount.messages, what).toBe(answer === 'CANCELLED' ? 2 : 0);
      if (answer === 'CANCELLED') expect(mayStop, what).toBe(true);
      await mailbox.close();
      expect(readdirSync(folder), what).toEqual(['box']);
      outcomes.set(answer, (outcomes.get(answer) ?? 0) + 1);
    }
    expect(outcomes.get('CANCELLED')).toBeGreaterThan(5);
    expect(outcomes.get('2 removed')).toBeGreaterThan(2);
  }, 120_000);
});
