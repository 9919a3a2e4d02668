/**
 * Goal: what was removed last is what is put back first, each message once and none of them torn.
 * Method: compactions of a real archive, between which the clock is set back; copies as a crash leaves
 * them; archives that are read otherwise when a compaction is undone.
 */

import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { Archive } from '../../../electron/engine/archive/archive.ts';
import { KeptCopies } from '../../../electron/engine/removing/kept-copies.ts';
import { DEFAULT_READING } from '../../../electron/mailbox/format/format.ts';
import { QUIET } from '../../../electron/mailbox/mailbox-options.ts';
import { MailboxError } from '../../../shared/errors.ts';
import { messageNumber } from '../../../shared/units.ts';
import { readyOn } from '../../support/fault-mailbox.ts';
import { numberedLetters } from '../../support/letters.ts';
import { openedArchive, requestFor, testFolder } from '../../support/opened-archive.ts';
import { watchedDisk } from '../../support/watched-disk.ts';

const LETTERS = numberedLetters('us', 6, 100);

afterEach(() => {
  vi.useRealTimers();
});

async function removed(archive: Archive, number: number): Promise<void> {
  await archive.removing.remove([messageNumber(number)]);
  await archive.removing.flush('keep');
}

test('the last compaction is undone first, also where the clock was set back in between', async () => {
  const { archive, content } = await openedArchive(LETTERS.join(''));
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 5, 1, 12) });
  await removed(archive, 0);
  vi.setSystemTime(Date.UTC(2026, 5, 1, 11));
  await removed(archive, 3);
  await removed(archive, 3);
  const [, b, c, d, e, f] = LETTERS;
  expect(content()).toBe([b, c, d].join(''));
  for (const back of [
    [b, c, d, f],
    [b, c, d, f, e],
    [b, c, d, f, e, LETTERS[0]],
  ]) {
    expect((await archive.removing.restoreKept()).messages).toBe(1);
    expect(content()).toBe(back.join(''));
  }
  expect(archive.removing.kept.copies).toBe(0);
});

test('a message that is named twice is put back once', async () => {
  const { archive, path: file, content } = await openedArchive(LETTERS.join(''));
  const wanted = archive.keyOf(messageNumber(2));
  await archive.removing.remove([messageNumber(2)]);
  const copy = path.join(testFolder(), 'copy.mbox');
  await archive.removing.flush({ path: copy });
  expect((await archive.removing.restoreFrom(copy, [wanted, wanted])).messages).toBe(1);
  expect(content()).toBe([...LETTERS.toSpliced(2, 1), LETTERS[2]].join(''));
  expect(readdirSync(path.dirname(file))).toEqual(['archive']);
});

const MMDF = LETTERS.map(
  (letter) => `\x01\x01\x01\x01\n${letter.trimEnd()}\n\x01\x01\x01\x01\n`,
).join('');
const BABYL = `BABYL OPTIONS:\nVersion: 5\nLabels:\n${LETTERS.map(
  (letter) => `\x1f\f\n0, unseen,,\n*** EOOH ***\n${letter.slice(letter.indexOf('\n') + 1)}`,
).join('')}\x1f`;

test.each([
  ['mbox', LETTERS.join('')],
  ['mmdf', MMDF],
  ['babyl', BABYL],
])(
  'a copy that a crash cut short: what is still there comes no second time, %s',
  async (_, content) => {
    const file = path.join(testFolder(), 'archive');
    writeFileSync(file, content, 'latin1');
    const request = requestFor(file);
    const opened = async (): Promise<Archive> => {
      const archive = await Archive.open(request);
      onTestFinished(() => archive.close());
      await archive.read();
      return archive;
    };
    const first = await opened();
    expect(first.count).toBe(LETTERS.length);
    await first.removing.remove([1, 2, 3].map(messageNumber));
    await first.removing.flush('keep');
    await first.close();
    const [folder = ''] = readdirSync(request.copyFolder);
    const names = readdirSync(path.join(request.copyFolder, folder));
    const kept = names.map((name) => {
      const where = path.join(request.copyFolder, folder, name);
      return { where, bytes: readFileSync(where) };
    });
    const copy = kept.find(({ where }) => where.endsWith('.mbox'));
    const length = copy?.bytes.length ?? 0;
    for (const cut of [0, 1, length >> 2, length >> 1, length - 100, length - 3, length]) {
      // The copy was being written, and the archive was not touched yet.
      for (const { where, bytes } of kept) writeFileSync(where, bytes);
      truncateSync(copy?.where ?? '', cut);
      writeFileSync(file, content, 'latin1');
      const again = await opened();
      expect((await again.removing.restoreKept()).messages, `cut at ${cut}`).toBe(0);
      expect(readFileSync(file, 'latin1'), `cut at ${cut}`).toBe(content);
      expect(again.removing.kept.copies).toBe(0);
      await again.close();
    }
  },
);

test('what was removed comes back with every byte, also where it is no message any more', async () => {
  const [one = '', two = ''] = LETTERS;
  const odd = 'From nobody in particular\nSome text.\n\n';
  const { archive, content } = await openedArchive(one + odd + two);
  const readBy = (rule: 'any-from' | 'default') =>
    archive.reread((how, work) => how.readAs(archive.mailbox, { rule }, work));
  for (const [gone, left] of [
    [[1], one + two],
    [[1, 2], one],
  ] as const) {
    await readBy('any-from');
    expect(archive.mailbox.reading.rule).not.toBe(DEFAULT_READING.rule);
    await archive.removing.remove(gone.map(messageNumber));
    await archive.removing.flush('keep');
    expect(content()).toBe(left);
    await readBy('default');
    expect((await archive.removing.restoreKept()).messages).toBe(gone.length);
    expect([one + odd + two, one + two + odd]).toContain(content());
    writeFileSync(archive.mailbox.path, one + odd + two);
    await archive.sync();
  }
});

test('of equal messages the one that was removed comes back, and no other', async () => {
  const [one = '', two = ''] = LETTERS;
  const { archive, content } = await openedArchive(one + two + one + one);
  await archive.removing.remove([messageNumber(2)]);
  await archive.removing.flush('keep');
  expect(content()).toBe(one + two + one);
  expect((await archive.removing.restoreKept()).messages).toBe(1);
  expect(content()).toBe(one + two + one + one);
});

test('a copy that cannot be let go of is not put back a second time', async () => {
  const folder = testFolder();
  const file = path.join(folder, 'archive');
  writeFileSync(file, LETTERS.join(''));
  let fails = false;
  const disk = watchedDisk(({ does, path: where }) => {
    if (fails && does === 'remove' && where.includes('removed')) throw new MailboxError('IO');
  });
  const copies = new KeptCopies(disk, path.join(folder, 'removed'), file);
  const mailbox = await readyOn(disk, file, folder);
  await mailbox.mark([messageNumber(2)], QUIET);
  await mailbox.flush(QUIET, (keys, amount) => copies.begin(keys, amount));
  fails = true;
  expect((await copies.restore(mailbox, QUIET)).messages).toBe(1);
  expect(copies.amount.copies).toBe(0);
  fails = false;
  await expect(copies.restore(mailbox, QUIET)).rejects.toMatchObject({ code: 'GONE' });
  expect(readFileSync(file, 'latin1')).toBe([...LETTERS.toSpliced(2, 1), LETTERS[2]].join(''));
  await mailbox.close();
});

test('nothing is put back from an archive of which a change was interrupted', async () => {
  const { archive, content } = await openedArchive(LETTERS.join(''));
  const copy = path.join(testFolder(), 'copy.mbox');
  writeFileSync(copy, LETTERS.join(''));
  writeFileSync(`${copy}.mailkeep-journal`, 'some journal');
  await expect(archive.removing.restoreFrom(copy, null)).rejects.toMatchObject({ code: 'UNSURE' });
  expect(content()).toBe(LETTERS.join(''));
  expect(readFileSync(copy, 'latin1')).toBe(LETTERS.join(''));
});

test('an MMDF archive of which everything was removed gets it back, also when it was opened anew', async () => {
  const file = path.join(testFolder(), 'archive');
  writeFileSync(file, MMDF, 'latin1');
  const request = requestFor(file);
  for (const [act, left] of [
    ['remove', ''],
    ['restore', MMDF],
  ] as const) {
    const archive = await Archive.open(request);
    onTestFinished(() => archive.close());
    await archive.read();
    if (act === 'remove') {
      await archive.removing.remove(LETTERS.map((_letter, at) => messageNumber(at)));
      await archive.removing.flush('keep');
    } else expect((await archive.removing.restoreKept()).messages).toBe(LETTERS.length);
    expect(readFileSync(file, 'latin1')).toBe(left);
    await archive.close();
  }
});
