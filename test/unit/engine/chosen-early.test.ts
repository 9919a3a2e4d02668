/**
 * Goal: what a person chooses among rows that have only just come is chosen.
 * Method: a list that has not been told yet of what came since it was made.
 */

import { appendFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { View } from '../../../electron/engine/listing/view.ts';
import { numberedLetters } from '../../support/letters.ts';
import { openedArchive } from '../../support/opened-archive.ts';

test('rows that have come since the list was made can be selected', async () => {
  const { archive, path } = await openedArchive('');
  const view = new View(archive.listing);
  appendFileSync(path, numberedLetters('us', 5, 100).join(''));
  await archive.sync();
  const { generation } = view.state;
  const { selected } = view.select(generation, { choose: 'only', row: 3 });
  expect(selected.messages).toBe(1);
});
