/**
 * Goal: while very many appended messages are being scanned, whoever looks gets no key that comes to mean
 * another message (I4), and sees no message missing. Method: all are equal, so that each name depends on those before; whoever looks
 * does so in every turn of the event loop.
 */

import { appendFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { breath } from '../../../../shared/steps.ts';
import { type Key, messageNumber } from '../../../../shared/units.ts';
import { openedArchive } from '../../../support/opened-archive.ts';

const LETTER = 'From ann@village.example Thu Jan  1 00:00:00 2004\nSubject: again\n\ntext\n\n';
const APPENDED = 60_000;

test('keys that are seen while more comes are those of their messages for good', async () => {
  const { archive, path } = await openedArchive(LETTER.repeat(2));
  const { mailbox } = archive;
  appendFileSync(path, LETTER.repeat(APPENDED));
  const seen = new Map<Key, number>();
  let over = false;
  const syncing = mailbox.sync().finally(() => {
    over = true;
  });
  while (!over) {
    const { count } = mailbox.table;
    expect(count).toBeGreaterThanOrEqual(2);
    seen.set(mailbox.keys.keyOf(messageNumber(count - 1)), count - 1);
    await breath();
  }
  expect(await syncing).toMatchObject({ how: 'appended', arrived: APPENDED });
  for (const [key, number] of seen) expect(mailbox.keys.numberOf(key)).toBe(number);
});
