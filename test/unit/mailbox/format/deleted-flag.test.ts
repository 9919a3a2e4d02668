/**
 * Goal: a message that another program flagged deleted inside the file can be taken back without
 * moving a byte, and other programs agree that it is not deleted. Method: the overwritten message is
 * read by our own flags, and by Python's mailbox.
 */

import { describe, expect, test } from 'vitest';
import {
  undeleteAttribute,
  undeleteFields,
} from '../../../../electron/mailbox/format/deleted-flag.ts';
import type { Overwrite } from '../../../../electron/mailbox/format/format.ts';
import { mbox } from '../../../../electron/mailbox/format/mbox.ts';
import { DELETED, flagBits } from '../../../../electron/message/flags.ts';
import { wantedFields } from '../../../../electron/message/header-fields.ts';
import { runPython } from '../../../support/peers.ts';
import { scanBytes } from '../../../support/scanned.ts';

const LINE = 'From ann@example.org Mon Jan  1 00:00:00 2024\n';

function overwritten(stored: string, overwrites: readonly Overwrite[]): string {
  const bytes = Buffer.from(stored, 'latin1');
  for (const { at, bytes: over } of overwrites) Buffer.from(over).copy(bytes, at);
  return bytes.toString('latin1');
}

async function undeleted(stored: string): Promise<string> {
  const span = (await scanBytes(stored)).spans[0];
  if (!span) throw new Error('no message');
  return overwritten(stored, mbox.undelete(Buffer.from(stored, 'latin1'), span));
}

const FIELDS: readonly (readonly [flagged: string, not: string])[] = [
  ['Status: ROD', 'Status: RO '],
  ['X-Status: D', 'X-Status:  '],
  ['X-Status: DA', 'X-Status:  A'],
  ['X-Status: FDT', 'X-Status: F T'],
  ['x-status : D', 'x-status :  '],
  ['X-Mozilla-Status: 0009', 'X-Mozilla-Status: 0001'],
  ['X-Mozilla-Status: 0019', 'X-Mozilla-Status: 0011'],
  ['X-Mozilla-Status: 100F', 'X-Mozilla-Status: 1007'],
  ['X-Mozilla-Status:0008', 'X-Mozilla-Status:0000'],
];

describe('taking the deleted flag back in place', () => {
  test.each(FIELDS)('%s becomes %s, and nothing else changes', async (flagged, not) => {
    const before = `${LINE}Subject: DD\n${flagged}\nX-Draft: D\n\nStatus: D\n`;
    const after = await undeleted(before);
    expect(after).toBe(before.replace(flagged, not));
    const flags = (text: string): number => flagBits(wantedFields(text)) & DELETED;
    expect(flags(before)).toBe(DELETED);
    expect(flags(after)).toBe(0);
  });

  test.each([
    'Status: RO',
    'X-Mozilla-Status: 0001',
    'X-Mozilla-Status: 8000',
    'X-Mozilla-Status: x8',
    'Subject: D',
  ])('%s is not flagged deleted, and nothing is overwritten', async (field) => {
    const before = `${LINE}${field}\n\nX-Status: D\n`;
    expect(await undeleted(before)).toBe(before);
  });

  test('whatever the line ends, and in every field that says so', async () => {
    for (const lineEnd of ['\r\n', '\r', '\n']) {
      const before = `${LINE}X-Status: D\nSubject: x\nStatus: D\nX-Mozilla-Status: 0008\n\nD\n`;
      const stored = before.replaceAll('\n', lineEnd);
      const after = await undeleted(stored);
      const expected = before.replaceAll('Status: D', 'Status:  ').replace('0008', '0000');
      expect(after).toBe(expected.replaceAll('\n', lineEnd));
    }
  });

  test('a header without end, and one of many megabytes, are gone through once', () => {
    const long = Buffer.from(`X: ${'y'.repeat(1e6)}\n`.repeat(8));
    expect(undeleteFields(long, 0, long.length)).toEqual([]);
    const many = Buffer.from('X-Status: D\n'.repeat(1e5));
    expect(undeleteFields(many, 0, many.length)).toHaveLength(1e5);
  });

  test.each([
    ['1, unseen, deleted,, label,', '1, unseen,        ,, label,'],
    ['0, deleted,,', '0,        ,,'],
    ['0,deleted,answered,,', '0,       ,answered,,'],
    ['0, answered,, deleted-not, undeleted,', null],
    ['0, answered,,', null],
  ])('in Babyl, %s', (line, expected) => {
    const stored = Buffer.from(line);
    const after = overwritten(line, undeleteAttribute(stored, 0, stored.length));
    expect(after).toBe(expected ?? line);
  });

  test('Python finds none of them deleted', async () => {
    // It knows neither Mozilla's field nor one with a blank before its colon.
    const known = FIELDS.filter(([field]) => /^(?:X-)?Status:/.test(field));
    const messages = known.map(([field]) => `${LINE}Subject: x\n${field}\n\ntext\n`);
    const after = await Promise.all(messages.map(undeleted));
    const code =
      'import sys, mailbox\n' +
      'for text in sys.argv[1:]: print("D" in mailbox.mboxMessage(text.partition("\\n")[2]).get_flags())';
    expect(await runPython(code, after)).toBe('False\n'.repeat(after.length));
    expect(await runPython(code, messages)).toBe('True\n'.repeat(messages.length));
  });
});
