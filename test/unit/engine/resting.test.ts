/** An engine ends at rest only if one that is started anew shows the same. */

import { expect, it } from 'vitest';
import { mayRest } from '../../../electron/engine/archive/resting.ts';
import { messageNumber } from '../../../shared/units.ts';
import { numberedLetters } from '../../support/letters.ts';
import { openedArchive } from '../../support/opened-archive.ts';

const opened = () => openedArchive(numberedLetters('ann', 5, 200).join(''));

it('may end when nothing was done, and one message is selected', async () => {
  const { archive } = await opened();
  expect(mayRest(archive, [])).toBe(true);
  expect(mayRest(archive, [1, 0])).toBe(true);
  expect(mayRest(archive, [0, 2])).toBe(false);
});

it('never ends with marks, nor while they can be had back by undo, and may when all is compacted', async () => {
  const { archive } = await opened();
  await archive.removing.remove([messageNumber(1)]);
  expect(mayRest(archive, [])).toBe(false);
  await archive.removing.unremove([messageNumber(1)]);
  expect(mayRest(archive, [])).toBe(false);
  await archive.removing.remove([messageNumber(2)]);
  await archive.removing.flush('none', 'leave');
  expect(mayRest(archive, [])).toBe(true);
});

it('does not end while the file is held, something is under way, or was worked out', async () => {
  const { archive } = await opened();
  await archive.lock();
  expect(mayRest(archive, [])).toBe(false);
  await archive.unlock();
  await archive.tasks.run('search', async () => expect(mayRest(archive, [])).toBe(false));
  await archive.duplicates.find('exact', 'first');
  expect(mayRest(archive, [])).toBe(false);
});
