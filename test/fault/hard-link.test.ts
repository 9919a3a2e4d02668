/**
 * I8 for a mailbox with two names: a crash while it was changed by one name, and the next open by the
 * other one. Method: a disk that fails for ever from any one operation on, as a process that is killed
 * there leaves it; the mailbox is then opened by its other name on a disk that works.
 */

import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Disk } from '../../electron/mailbox/disk/disk.ts';
import { realDisk } from '../../electron/mailbox/disk/real-disk.ts';
import type { Mailbox } from '../../electron/mailbox/mailbox.ts';
import { QUIET } from '../../electron/mailbox/mailbox-options.ts';
import { messageNumber } from '../../shared/units.ts';
import { readyOn } from '../support/fault-mailbox.ts';
import { interruptedEverywhere } from '../support/interrupted.ts';
import { numberedLetters } from '../support/letters.ts';

const LETTERS = numberedLetters('us', 8, 300);
const BEFORE = LETTERS.join('');
const REMOVED = [1, 4];
const AFTER = LETTERS.filter((_letter, at) => !REMOVED.includes(at)).join('');
const NEW = 'Subject: new\n\nIt has just come in.\n';

let folder = '';
let one = '';
let other = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-names-'));
  for (const name of ['here', 'there']) mkdirSync(path.join(folder, name));
  one = path.join(folder, 'here/box');
  other = path.join(folder, 'there/again');
  writeFileSync(one, BEFORE);
  linkSync(one, other);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ready = (disk: Disk, file: string): Promise<Mailbox> => readyOn(disk, file, folder);

/** What is there after it was opened by its other name; no journal is left. */
async function byOtherName(): Promise<string> {
  const mailbox = await ready(realDisk, other);
  expect(mailbox.state).toBe('ready');
  await mailbox.close();
  // A dotlock is of one name only: whoever opens it by that name takes a dead one away.
  const left = ['here', 'there'].flatMap((name) => readdirSync(path.join(folder, name)));
  expect(left.filter((name) => name.includes('journal'))).toEqual([]);
  return readFileSync(one, 'latin1');
}

/** Interrupts at every operation there is. @returns how often each outcome was met */
const interrupted = (
  change: (mailbox: Mailbox) => Promise<unknown>,
): Promise<ReadonlyMap<string, number>> =>
  interruptedEverywhere({
    ready: async (disk) => {
      writeFileSync(one, BEFORE);
      const mailbox = await ready(disk, one);
      await mailbox.mark(REMOVED.map(messageNumber), QUIET);
      return mailbox;
    },
    change,
    left: byOtherName,
  });

it('a compaction that was interrupted is finished by the other name', async () => {
  const outcomes = await interrupted((mailbox) => mailbox.flush(QUIET));
  expect([...outcomes.keys()].sort()).toEqual([BEFORE, AFTER].sort());
  expect(outcomes.get(AFTER)).toBeGreaterThan(3);
});

it('a delivery that was interrupted is taken back by the other name', async () => {
  const outcomes = await interrupted((mailbox) =>
    mailbox.append(new TextEncoder().encode(NEW), null, QUIET),
  );
  for (const outcome of outcomes.keys()) {
    expect(outcome.slice(0, BEFORE.length)).toBe(BEFORE);
    expect(outcome.slice(BEFORE.length)).toMatch(
      /^(?:From .*\nSubject: new\n\nIt has just come in\.\n\n)?$/,
    );
  }
});

it('a note of an inode that is used again is not believed', async () => {
  const changed = await ready(realDisk, one);
  await changed.mark(REMOVED.map(messageNumber), QUIET);
  await changed.flush(QUIET);
  await changed.close();
  // The name that was noted is another file now, with a journal of its own that is not to be acted on.
  rmSync(one);
  writeFileSync(one, 'another file');
  writeFileSync(`${one}.mailkeep-journal`, 'its journal');
  linkSync(other, path.join(folder, 'there/third'));
  const mailbox = await ready(realDisk, other);
  expect(mailbox.journal).toBe('none');
  expect(mailbox.table.count).toBe(6);
  await mailbox.mark([messageNumber(0)], QUIET);
  await mailbox.flush(QUIET);
  expect(mailbox.table.count).toBe(5);
  await mailbox.close();
  expect(readFileSync(`${one}.mailkeep-journal`, 'latin1')).toBe('its journal');
});
