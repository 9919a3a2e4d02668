/**
 * Goal: an archive can be closed at any moment, also while the envelopes of what has just come are being
 * read, and nobody is told of a failure. Method: mail comes, is looked for, and the archive is closed
 * without waiting.
 */

import { appendFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { Archive } from '../../../electron/engine/archive/archive.ts';
import { numberedLetters } from '../../support/letters.ts';
import { requestFor, testFolder } from '../../support/opened-archive.ts';

it('closes while envelopes are read, and nothing fails', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  for (let turns = 0; turns < 8; turns++) {
    const file = path.join(testFolder(), 'box');
    writeFileSync(file, numberedLetters('before', 20, 200).join(''));
    const archive = await Archive.open(requestFor(file));
    await archive.read();
    appendFileSync(file, numberedLetters('behind', 1500, 400).join(''));
    const looked = archive.sync().then(
      () => 'looked',
      (error: unknown) => String(error),
    );
    // Closed at one of the first moments of that.
    for (let turn = 0; turn < 2 ** turns; turn++) await new Promise(setImmediate);
    await archive.close();
    expect(await looked).toBe('looked');
  }
  expect(said).not.toHaveBeenCalled();
  said.mockRestore();
});
