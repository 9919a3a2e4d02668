/**
 * I8 for a mailbox that is renamed between a crash and the next open. Method: a disk that fails for
 * ever from any one operation on, as a process that is killed there leaves it; the mailbox gets
 * another name, also where its old one is given to a new mailbox, and is opened by it.
 */

import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { realDisk } from '../../electron/mailbox/disk/real-disk.ts';
import type { Mailbox } from '../../electron/mailbox/mailbox.ts';
import { QUIET } from '../../electron/mailbox/mailbox-options.ts';
import { messageNumber } from '../../shared/units.ts';
import { FailingDisk, type Fault } from '../support/failing-disk.ts';
import { readyOn } from '../support/fault-mailbox.ts';
import { interruptedEverywhere, quietly } from '../support/interrupted.ts';
import { numberedLetters } from '../support/letters.ts';

const LETTERS = numberedLetters('us', 8, 300);
const BEFORE = LETTERS.join('');
const REMOVED = [1, 4];
const AFTER = LETTERS.filter((_letter, at) => !REMOVED.includes(at)).join('');
const NEW = 'Subject: new\n\nIt has just come in.\n';
const OTHERS = numberedLetters('others', 3, 200).join('');
const NONE: Fault = { at: -1, lasts: 'for ever', code: 'IO' };

let folder = '';
let box = '';
let renamed = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-renamed-'));
  box = path.join(folder, 'Inbox');
  renamed = path.join(folder, 'Inbox of 2019');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const journals = (): string[] => readdirSync(folder).filter((name) => name.includes('journal'));

/** Interrupts at every operation there is. @returns what the renamed file holds, how often */
const interrupted = (
  change: (mailbox: Mailbox) => Promise<unknown>,
  meanwhile: () => void = () => undefined,
): Promise<ReadonlyMap<string, number>> =>
  interruptedEverywhere({
    ready: async (disk) => {
      for (const name of readdirSync(folder)) rmSync(path.join(folder, name), { recursive: true });
      writeFileSync(box, BEFORE);
      const mailbox = await readyOn(disk, box, folder);
      await mailbox.mark(REMOVED.map(messageNumber), QUIET);
      return mailbox;
    },
    change,
    left: async () => {
      renameSync(box, renamed);
      meanwhile();
      const opened = await readyOn(realDisk, renamed, folder);
      expect(opened.state).toBe('ready');
      expect(opened.readOnly).toBe('');
      await opened.close();
      return readFileSync(renamed, 'latin1');
    },
  });

it('a compaction that was interrupted is finished by the new name', async () => {
  const outcomes = await interrupted((mailbox) => mailbox.flush(QUIET));
  expect([...outcomes.keys()].sort()).toEqual([BEFORE, AFTER].sort());
  expect(outcomes.get(AFTER)).toBeGreaterThan(3);
  expect(journals()).toEqual([]);
});

it('also where another mailbox has the old name by now, which is not touched', async () => {
  const outcomes = await interrupted(
    (mailbox) => mailbox.flush(QUIET),
    () => writeFileSync(box, OTHERS),
  );
  expect([...outcomes.keys()].sort()).toEqual([BEFORE, AFTER].sort());
  expect(readFileSync(box, 'latin1')).toBe(OTHERS);
  expect(journals()).toEqual([]);
});

it('a delivery that was interrupted is taken back by the new name', async () => {
  const outcomes = await interrupted((mailbox) =>
    mailbox.append(new TextEncoder().encode(NEW), null, QUIET),
  );
  for (const outcome of outcomes.keys()) {
    expect(outcome.slice(0, BEFORE.length)).toBe(BEFORE);
    expect(outcome.slice(BEFORE.length)).toMatch(
      /^(?:From .*\nSubject: new\n\nIt has just come in\.\n\n)?$/,
    );
  }
  expect(journals()).toEqual([]);
});

it('a journal whose file has gone is no matter of a file that got its number', async () => {
  const failing = new FailingDisk(NONE);
  writeFileSync(box, BEFORE);
  const mailbox = await readyOn(failing.disk, box, folder);
  await mailbox.mark(REMOVED.map(messageNumber), QUIET);
  // The last operations of a flush drop its journal.
  for (let at = 0; journals().length === 0; at++) {
    failing.begin({ at, lasts: 'for ever', code: 'IO' });
    await quietly(mailbox.flush(QUIET));
  }
  failing.begin(NONE);
  await mailbox.close();
  // The same file, and other mail in it.
  writeFileSync(box, OTHERS);
  renameSync(box, renamed);
  const opened = await readyOn(realDisk, renamed, folder);
  expect(opened.table.count).toBe(3);
  await opened.close();
  expect(readFileSync(renamed, 'latin1')).toBe(OTHERS);
});
