/**
 * I8: a flush was interrupted, and before the next open another program changed the file in a way that
 * the journal cannot be followed any more: nothing is touched, the archive can be read, and the person
 * is told what is where. What was changed elsewhere does no harm: it is kept.
 */

import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { realDisk } from '../../electron/mailbox/disk/real-disk.ts';
import { QUIET } from '../../electron/mailbox/mailbox-options.ts';
import { MailboxError } from '../../shared/errors.ts';
import { messageNumber } from '../../shared/units.ts';
import { readyOn } from '../support/fault-mailbox.ts';
import { numberedLetter, numberedLetters } from '../support/letters.ts';
import { CLI } from '../support/served.ts';
import { watchedDisk } from '../support/watched-disk.ts';

/** The gap is wide from the first removal on, so that nothing of what is kept lies in the journal. */
const LETTERS = numberedLetters('us', 12, 9000).map((letter, at) =>
  at === 1 ? numberedLetter('us', at, 5 * 1024 * 1024) : letter,
);
const BEFORE = LETTERS.join('');
const GONE = [1, 5, 8];
const AFTER = LETTERS.filter((_letter, at) => !GONE.includes(at)).join('');

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-foreign-'));
  file = path.join(folder, 'box');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (): string => readFileSync(file, 'latin1');
const journal = (): string => `${file}.mailkeep-journal`;

/** A flush that ends for ever in front of the first write to the mailbox of which `stops` says so. */
async function interrupted(stops: (does: string, write: number) => boolean): Promise<void> {
  writeFileSync(file, BEFORE);
  let over = false;
  let writes = 0;
  let armed = false;
  const disk = watchedDisk(({ does, path: where }) => {
    if (!armed) return;
    if (where === file && (does.startsWith('write') || does === 'truncate')) {
      writes += 1;
      over ||= stops(does, writes);
    }
    if (over && does !== 'close') throw new MailboxError('IO', { does });
  });
  const mailbox = await readyOn(disk, file, folder);
  await mailbox.mark(GONE.map(messageNumber), QUIET);
  armed = true;
  await expect(mailbox.flush(QUIET)).rejects.toMatchObject({ code: 'UNSURE' });
  await mailbox.close();
  rmSync(`${file}.lock`, { force: true });
  expect(readdirSync(folder)).toContain('box.mailkeep-journal');
}

const beforeTruncation = (does: string): boolean => does === 'truncate';
const beforeFirstWrite = (_does: string, write: number): boolean => write === 1;

function patch(at: number, text: string): void {
  const content = read();
  writeFileSync(file, content.slice(0, at) + text + content.slice(at + text.length), 'latin1');
}

const CHANGED: readonly (readonly [string, typeof beforeFirstWrite, () => void, RegExp])[] = [
  [
    'cut off',
    beforeFirstWrite,
    () => truncateSync(file, BEFORE.length - 5),
    /it is shorter than it was/,
  ],
  [
    'changed in front of where work goes on',
    beforeFirstWrite,
    () => patch((LETTERS[0]?.length ?? 0) - 20, 'XX'),
    /what had been moved was changed/,
  ],
  [
    'changed in what has still to go',
    beforeFirstWrite,
    () => patch(BEFORE.indexOf('letter 8 by us'), 'LETTER'),
    /what was still to be removed was changed/,
  ],
  [
    'changed where work goes on',
    beforeFirstWrite,
    () => patch(BEFORE.indexOf('letter 2 by us'), 'LETTER'),
    /what was still to be moved was changed/,
  ],
  ['emptied', beforeFirstWrite, () => truncateSync(file, 0), /it is shorter than it was/],
  [
    'cut off before its truncation',
    beforeTruncation,
    () => truncateSync(file, AFTER.length + 100),
    /it is shorter than it was/,
  ],
];

describe('another program has', () => {
  it.each(CHANGED)('%s: nothing is touched, and it is said why', async (_, stops, change, why) => {
    await interrupted(stops);
    change();
    const [content, journalBytes] = [read(), readFileSync(journal())];
    const mailbox = await readyOn(realDisk, file, folder);
    expect(mailbox.journal).toBe('foreign');
    expect(mailbox.readOnly).toMatch(/Nothing was touched/);
    // What is where, and what is wrong with it.
    expect(mailbox.readOnly).toContain(journal());
    expect(mailbox.readOnly).toMatch(why);
    await expect(mailbox.flush(QUIET)).rejects.toMatchObject({ code: 'READ_ONLY' });
    await expect(mailbox.append(Buffer.from('x'), null, QUIET)).rejects.toMatchObject({
      code: 'READ_ONLY',
    });
    if (content !== '')
      expect((await mailbox.readStored(messageNumber(0))).length).toBeGreaterThan(0);
    await mailbox.close();
    expect(read()).toBe(content);
    expect(readFileSync(journal()).equals(journalBytes)).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(['box', 'box.mailkeep-journal']);
  });

  it('changed what is only kept: the flush is finished, and the change is kept', async () => {
    await interrupted(beforeFirstWrite);
    patch(BEFORE.indexOf('letter 10 by us'), 'LETTER');
    const mailbox = await readyOn(realDisk, file, folder);
    expect(mailbox.journal).toBe('recovered');
    await mailbox.close();
    expect(read()).toBe(AFTER.replace('letter 10 by us', 'LETTER 10 by us'));
    expect(readdirSync(folder)).toEqual(['box']);
  });
});

describe('recover, from the terminal,', () => {
  const recover = () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [CLI, 'recover', file, '--json'],
      { encoding: 'utf8', timeout: 60_000, env: { ...process.env, XDG_STATE_HOME: folder } },
    );
    return { status, said: JSON.parse(stdout || stderr) as Record<string, unknown> };
  };

  it('finishes what was interrupted, and finds nothing more then', async () => {
    await interrupted(beforeTruncation);
    expect(recover()).toEqual({ status: 0, said: { journal: 'recovered' } });
    expect(read()).toBe(AFTER);
    expect(recover()).toEqual({ status: 0, said: { journal: 'none' } });
  });

  it('refuses what it cannot follow, and says where it lies', async () => {
    await interrupted(beforeFirstWrite);
    truncateSync(file, BEFORE.length - 5);
    const content = read();
    expect(recover()).toMatchObject({
      status: 1,
      said: { code: 'JOURNAL_FOREIGN', sentence: expect.stringContaining(journal()) },
    });
    expect(read()).toBe(content);
    expect(existsSync(journal())).toBe(true);
  });
});

describe('what stands in the place of a journal', () => {
  it.each([
    ['is a file of somebody else', 'Dear diary', 'foreign'],
    ['was torn while it was made', '', 'none'],
  ])('%s', async (_, content, state) => {
    writeFileSync(file, BEFORE);
    writeFileSync(journal(), content);
    const mailbox = await readyOn(realDisk, file, folder);
    expect([mailbox.journal, mailbox.table.count]).toEqual([state, LETTERS.length]);
    await mailbox.close();
    expect(read()).toBe(BEFORE);
    expect(existsSync(journal())).toBe(state === 'foreign');
  });

  it.each(['Mailkeep', 'Mailkadd'])('a newer %s left it: kindly refused', async (magic) => {
    writeFileSync(file, BEFORE);
    const bytes = Buffer.alloc(8192);
    bytes.write(magic, 'latin1');
    bytes.writeUInt32LE(99, 8);
    writeFileSync(journal(), bytes);
    await expect(readyOn(realDisk, file, folder)).rejects.toMatchObject({
      code: 'TOO_NEW',
      details: { version: 99 },
      message: expect.stringMatching(/Nothing was touched.*newer version/),
    });
    expect(read()).toBe(BEFORE);
    expect(readFileSync(journal()).equals(bytes)).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(['box', 'box.mailkeep-journal']);
  });
});
