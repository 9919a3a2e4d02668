/**
 * Goal: whoever looks for duplicates as soon as an archive is said to be complete is told of all of them,
 * and can still stop it. Method: many copies, asked in the moment in which the table of contents is complete and not
 * all envelopes are read.
 */

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Archive } from '../../../electron/engine/archive/archive.ts';
import { breath } from '../../../shared/steps.ts';
import { storedCopy } from '../../support/copied-letters.ts';
import { requestFor, testFolder } from '../../support/opened-archive.ts';

const COPIES = 30_000;

/** An archive of copies whose table of contents is complete, while envelopes are still being read. */
async function justComplete(): Promise<Archive> {
  const file = path.join(testFolder(), 'copies.mbox');
  const letter = { id: 0, subject: 0, hour: 0, body: 0, stored: 'as sent', received: 0 } as const;
  writeFileSync(file, storedCopy(letter).repeat(COPIES));
  const archive = await Archive.open(requestFor(file));
  onTestFinished(() => archive.close());
  void archive.read();
  while (archive.status().state !== 'ready') await breath();
  return archive;
}

test('copies are sought among all messages of an archive that has just been read', async () => {
  const archive = await justComplete();
  const { looked, others } = await archive.duplicates.find('exact', 'first');
  expect({ looked, others: others.messages }).toEqual({ looked: COPIES, others: COPIES - 1 });
});

test('who waits for the last envelopes can stop the search', async () => {
  const archive = await justComplete();
  const finding = archive.duplicates.find('exact', 'first');
  const stopped = expect(finding).rejects.toMatchObject({ code: 'CANCELLED' });
  await breath();
  archive.tasks.stopAll();
  await stopped;
  expect(await archive.duplicates.state()).toBeNull();
});
