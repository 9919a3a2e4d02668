/**
 * Goal (I8): a flush that was interrupted can be finished, whatever was done to the archive meanwhile by
 * a Mailkeep that had it open before, or that came to it by another name.
 * Method: two mailboxes of one file; the disk of one fails for ever in the middle of a flush, and
 * the other one goes on to write.
 */

import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { realDisk } from '../../electron/mailbox/disk/real-disk.ts';
import type { Mailbox } from '../../electron/mailbox/mailbox.ts';
import { QUIET } from '../../electron/mailbox/mailbox-options.ts';
import { MailboxError } from '../../shared/errors.ts';
import { messageNumber } from '../../shared/units.ts';
import { readyOn } from '../support/fault-mailbox.ts';
import { numberedLetters } from '../support/letters.ts';
import { watchedDisk } from '../support/watched-disk.ts';

const FLAGGED = 'Status: D\n';
const LETTERS = numberedLetters('us', 12, 900).map((letter, at) =>
  at === 9 ? letter.replace('Subject:', `${FLAGGED}Subject:`) : letter,
);
const BEFORE = LETTERS.join('');
const GONE = [1, 5];
const AFTER = LETTERS.filter((_letter, at) => !GONE.includes(at)).join('');

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-elsewhere-'));
  mkdirSync(path.join(folder, 'mail'));
  file = path.join(folder, 'mail/box');
  writeFileSync(file, BEFORE);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (): string => readFileSync(file, 'latin1');

/** A flush of what this path names that ends for ever in front of the truncation. */
async function interrupted(opened: string, named = (): void => undefined): Promise<void> {
  let armed = false;
  let over = false;
  const disk = watchedDisk(({ does, path: where }) => {
    if (!armed || does === 'close') return;
    over ||= does === 'truncate' && !where.includes('journal');
    if (over) throw new MailboxError('IO', { does });
  });
  const mailbox = await readyOn(disk, opened, folder);
  named();
  await mailbox.sync();
  await mailbox.mark(GONE.map(messageNumber), QUIET);
  armed = true;
  await expect(mailbox.flush(QUIET)).rejects.toMatchObject({ code: 'UNSURE' });
  await mailbox.close();
  rmSync(`${opened}.lock`, { force: true });
  rmSync(`${file}.lock`, { force: true });
}

async function expectFinished(opened: string): Promise<void> {
  const mailbox = await readyOn(realDisk, opened, folder);
  expect(mailbox.journal).toBe('recovered');
  expect(mailbox.readOnly).toBe('');
  await mailbox.close();
  expect(read()).toBe(AFTER);
  expect(readdirSync(path.dirname(file))).toEqual(['box']);
}

describe('while a flush of another process is unfinished, a mailbox that was open before', () => {
  const ACTS: readonly (readonly [string, (mailbox: Mailbox) => Promise<unknown>])[] = [
    [
      'removes no message from the end',
      async (mailbox) => {
        await mailbox.mark([messageNumber(mailbox.table.count - 1)], QUIET);
        return mailbox.flush(QUIET);
      },
    ],
    [
      'takes no flag back',
      (mailbox) =>
        mailbox.undelete(
          Array.from({ length: mailbox.table.count }, (_none, at) => messageNumber(at)),
          QUIET,
        ),
    ],
    [
      'delivers nothing',
      (mailbox) => mailbox.append(Buffer.from('Subject: x\n\nx\n'), null, QUIET),
    ],
  ];
  it.each(ACTS)('%s', async (_, act) => {
    const open = await readyOn(realDisk, file, folder);
    await interrupted(file);
    const half = read();
    await open.sync();
    await expect(act(open)).rejects.toMatchObject({ code: 'JOURNAL_FOREIGN' });
    expect(read()).toBe(half);
    await open.close();
    await expectFinished(file);
  });
});

describe('a flush by a symlink that names another archive by now', () => {
  it('is finished at the next open, by that name and by its own', async () => {
    for (const by of ['link', 'own'] as const) {
      const link = path.join(folder, `link-${by}`);
      const other = path.join(folder, 'other');
      writeFileSync(other, LETTERS.slice(0, 3).join(''));
      writeFileSync(file, BEFORE);
      symlinkSync(other, link);
      await interrupted(link, () => {
        rmSync(link);
        symlinkSync(file, link);
      });
      expect(readdirSync(path.dirname(file))).toContain('box.mailkeep-journal');
      await expectFinished(by === 'link' ? link : file);
    }
  });
});
