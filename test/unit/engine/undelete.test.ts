/**
 * Goal (I4): taking a flag back inside the file means the messages that were chosen, whatever another program does
 * meanwhile. Method: it takes the first message out while the engine waits for its turn.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { messageNumber } from '../../../shared/units.ts';
import { numberedLetter } from '../../support/letters.ts';
import { openedArchive } from '../../support/opened-archive.ts';

const letter = (at: number, more = ''): string =>
  numberedLetter('us', at, 100).replace('Subject:', `${more}Subject:`);
const FLAGGED = 'X-Status: D\n';

test('undelete means the messages that were chosen, though another program moves them meanwhile', async () => {
  const letters = [letter(0), letter(1, FLAGGED), letter(2, FLAGGED)];
  const { archive, path: file } = await openedArchive(letters.join(''));
  let isChanged = false;
  // While marks are taken back, before the flag is.
  archive.listen(async ({ event }) => {
    if (event !== 'changed' || isChanged) return;
    isChanged = true;
    writeFileSync(file, letters.slice(1).join(''));
    await archive.sync();
  });
  expect(await archive.removing.undelete([messageNumber(1)])).toBe(1);
  expect(isChanged).toBe(true);
  const now = readFileSync(file, 'latin1');
  expect(now.slice(-letter(2, FLAGGED).length)).toBe(letter(2, FLAGGED));
  expect(now).not.toContain(letter(1, FLAGGED));
});
