/**
 * Goal (I5): what is deleted is what was shown. Another program writes into the middle of a body,
 * where neither the envelope nor the end tells, between the look and the deletion.
 */

import { appendFileSync, closeSync, openSync, writeSync } from 'node:fs';
import { expect, it } from 'vitest';
import { messageNumber } from '../../../shared/units.ts';
import { openedArchive } from '../../support/opened-archive.ts';

const lines = (word: string): string => `${word} and so on\n`.repeat(100);
const letter = (name: string): string =>
  `From a@example.org Thu Jan  1 00:00:00 2004\nFrom: a@example.org\nSubject: ${name}\n\n${lines('first')}MIDDLE\n${lines('last')}\n`;
const CONTENT = `${letter('one')}${letter('two')}`;

function writeInto(file: string, at: number, text: string): void {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, text, at);
  closeSync(descriptor);
}

it('a message that was changed since it was shown is not marked, and can be after another look', async () => {
  const { archive, rows, path, read, content } = await openedArchive(CONTENT);
  await read(0);
  writeInto(path, CONTENT.indexOf('MIDDLE'), 'ANSWER');
  const { marked, conflicts } = await archive.removing.remove([messageNumber(0)]);
  expect(marked.messages).toBe(0);
  expect(conflicts.map(({ key: of, code }) => [of, code])).toEqual([[rows[0]?.key, 'CHANGED']]);
  expect(JSON.stringify(await read(0))).toContain('ANSWER');
  const again = await archive.removing.remove([messageNumber(0)]);
  expect(again).toMatchObject({ marked: { messages: 1 }, conflicts: [] });
  await archive.removing.flush('none');
  expect(content()).toBe(letter('two'));
});

it('one that was not shown, or only got company, is marked', async () => {
  const { archive, path, read } = await openedArchive(CONTENT.trimEnd());
  await read(1);
  appendFileSync(path, `\n\n${letter('three')}`);
  await archive.sync();
  const numbers = [0, 1, 2].map(messageNumber);
  expect(await archive.removing.remove(numbers)).toMatchObject({
    marked: { messages: 3 },
    conflicts: [],
  });
});
