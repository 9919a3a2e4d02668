/** What is printed comes some messages at a time, and is what was selected when it began. */

import { expect, test } from 'vitest';
import { WindowSession } from '../../../electron/engine/window-session.ts';
import { numberedLetters } from '../../support/letters.ts';
import { openedArchive } from '../../support/opened-archive.ts';

test('what is printed is what was selected when it began, whatever is selected meanwhile', async () => {
  const { archive } = await openedArchive(numberedLetters('us', 4, 100).join(''));
  const window = new WindowSession(archive, () => undefined).handlers();
  const { list } = await window.rows({ generation: 0, from: 0, count: 0 });
  const all = await window.select({ generation: list.generation, choice: { choose: 'all' } });
  const which = { selected: 'all' } as const;
  const begun = await window.printed({ which, from: 0, count: 2 });
  await window.select({ generation: all.generation, choice: { choose: 'only', row: 0 } });
  const rest = await window.printed({ which, from: 2, count: 2 });
  expect([begun.total, rest.total]).toEqual([4, 4]);
  expect([...begun.messages, ...rest.messages].map(({ subject }) => subject)).toEqual(
    [0, 1, 2, 3].map((at) => `us-${at}`),
  );
});
