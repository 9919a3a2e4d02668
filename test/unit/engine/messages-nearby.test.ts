/**
 * Goal: messages that are read together are what each is by itself, whatever lies between them; and nothing
 * of a file that another program has changed is taken for one of them. Method: letters short, long and
 * far apart in a real file.
 */

import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Archive } from '../../../electron/engine/archive/archive.ts';
import { messagesNearby } from '../../../electron/engine/messages/messages-nearby.ts';
import { storedMessage } from '../../../electron/engine/messages/stored-message.ts';
import { messageNumber } from '../../../shared/units.ts';
import { openArchiveAt, testFolder } from '../../support/opened-archive.ts';

const KIB = 1024;

/** Two of nine: one longer than what is read in one go, one that parts those before and behind it. */
const LONG: Readonly<Record<number, number>> = { 4: 300 * KIB, 7: 20 * KIB };

function letter(number: number): string {
  const length = LONG[number % 9] ?? number * 3;
  return `From a@example.org Thu Jan  1 00:00:00 1970\nSubject: ${number}\n\n>From here ${'x'.repeat(length)}\n\n`;
}

async function bytesOf(archive: Archive, number: number): Promise<Buffer> {
  const { source } = await storedMessage(archive, archive.keyOf(messageNumber(number)));
  return source.read(0, source.length);
}

test('messages that are read together are what each is by itself', async () => {
  const file = path.join(testFolder(), 'archive');
  writeFileSync(file, Array.from({ length: 60 }, (_none, number) => letter(number)).join(''));
  const { archive } = await openArchiveAt(file);
  const numbers = Uint32Array.from({ length: 60 }, (_none, at) => at).filter((at) => at % 9 !== 7);
  const strokes: number[] = [];
  let alone = 0;
  for (let from = 0; from < numbers.length; ) {
    const nearby = await messagesNearby(archive.mailbox, numbers, from);
    for (const [nth, bytes] of nearby.entries()) {
      const expected = await bytesOf(archive, numbers[from + nth] ?? 0);
      if (bytes === null) {
        alone += 1;
        expect(expected.length).toBeGreaterThan(256 * KIB);
      } else expect(bytes.equals(expected)).toBe(true);
    }
    from += nearby.length;
    strokes.push(nearby.length);
  }
  expect(alone).toBe(7);
  expect(Math.max(...strokes)).toBeGreaterThan(3);
  expect(strokes.length).toBeLessThan(25);
});

test('nothing of a file that another program has changed is taken for a message', async () => {
  const file = path.join(testFolder(), 'archive');
  const letters = Array.from({ length: 20 }, (_none, number) => letter(number % 4));
  writeFileSync(file, letters.join(''));
  const { archive } = await openArchiveAt(file);
  const changed = openSync(file, 'r+');
  writeSync(changed, 'Y', archive.mailbox.table.offset(messageNumber(5)) + 60);
  closeSync(changed);
  const numbers = Uint32Array.of(3, 5, 6);
  const nearby = await messagesNearby(archive.mailbox, numbers, 0);
  expect(nearby).toEqual([null, null, null]);
  expect(await messagesNearby(archive.mailbox, Uint32Array.of(19, 20), 1)).toEqual([null]);
});
