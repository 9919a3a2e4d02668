/**
 * Goal: what another program does to the file is found by itself, within a second by the engine's clock, however
 * long the machine then takes to show it. Method: real files; of the clock only what the engine looks at the file
 * by, which is moved on by a second.
 */

import { appendFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Diff } from '../../../shared/diff.ts';
import { numberedLetters } from '../../support/letters.ts';
import { openedArchive } from '../../support/opened-archive.ts';

const LETTERS = numberedLetters('us', 6, 100);
/** A change is told within a second. */
const SECOND_MS = 1000;

const CHANGES: readonly (readonly [how: string, change: (file: string) => void, Partial<Diff>])[] =
  [
    [
      'adds a message',
      (file) => appendFileSync(file, LETTERS[0] ?? ''),
      { how: 'appended', arrived: 1 },
    ],
    [
      'cuts the file off',
      (file) => truncateSync(file, LETTERS.slice(0, 4).join('').length),
      { how: 'changed', gone: 2 },
    ],
    [
      'puts a new file in its place',
      (file) => {
        writeFileSync(`${file}.new`, LETTERS.slice(1).join(''));
        renameSync(`${file}.new`, file);
      },
      { how: 'replaced', gone: 1 },
    ],
    ['moves it away', (file) => renameSync(file, `${file}.elsewhere`), { how: 'vanished' }],
  ];

test.each(CHANGES)('another program %s', async (_how, change, told) => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const { archive, path } = await openedArchive(LETTERS.join(''));
  const heard = new Promise<Diff>((resolve) => {
    archive.listen((event) => {
      if (event.event === 'changed' && event.diff) resolve(event.diff);
    });
  });
  archive.watch();
  change(path);
  vi.advanceTimersByTime(SECOND_MS);
  expect(await heard).toMatchObject(told);
});
