/**
 * Goal: what was removed last is what is put back first, and each message once.
 * Method: compactions of a real archive, between which the clock is set back.
 */

import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import type { Archive } from '../../../electron/engine/archive.ts';
import { messageNumber } from '../../../shared/units.ts';
import { numberedLetters } from '../../support/letters.ts';
import { openedArchive, testFolder } from '../../support/opened-archive.ts';

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
