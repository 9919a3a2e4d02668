/**
 * Goal: what a person chooses among rows that have only just come is chosen.
 * Method: a list that was made before its archive was read, and has not been told of it yet.
 */

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Archive } from '../../../electron/engine/archive.ts';
import { View } from '../../../electron/engine/view.ts';
import { numberedLetters } from '../../support/letters.ts';
import { testFolder } from '../../support/opened-archive.ts';

test('rows that have come since the list was made can be selected', async () => {
  const folder = testFolder();
  const file = path.join(folder, 'archive');
  writeFileSync(file, numberedLetters('us', 5, 100).join(''));
  const archive = await Archive.open({
    path: file,
    access: 'read-write',
    journalFolder: path.join(folder, 'journals'),
    copyFolder: path.join(folder, 'removed'),
    readingFolder: path.join(folder, 'readings'),
    catalogFolder: null,
  });
  onTestFinished(() => archive.close());
  const view = new View(archive.listing);
  await archive.read();
  const { generation } = view.state;
  const { selected } = view.select(generation, { choose: 'only', row: 3 });
  expect(selected.messages).toBe(1);
});
