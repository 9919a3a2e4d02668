/**
 * Goal: a message that is delivered is found, exactly where it was written, and nothing that was
 * there before changes. Method: deliveries behind tails of every kind are scanned again; for any
 * message and tail as a property.
 */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asctime } from '../../../../electron/mailbox/format/delivery.ts';
import { DEFAULT_READING } from '../../../../electron/mailbox/format/format.ts';
import { mbox } from '../../../../electron/mailbox/format/mbox.ts';
import type { Rule } from '../../../../shared/dialect-report.ts';
import { scanBytes } from '../../../support/scanned.ts';

const LINE = 'From ann@example.org Mon Jan  1 00:00:00 2024';
const MESSAGE = `${LINE}\nSubject: one\n\nHello\n`;

function deliver(
  message: string,
  file: string,
  line: string | null = null,
  rule: Rule = 'default',
): string {
  const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
  const reading = { ...DEFAULT_READING, rule };
  const written = mbox.envelope(bytes(message), bytes(file).subarray(-4096), line, reading);
  return Buffer.from(written).toString('latin1');
}

describe('a delivery', () => {
  test('behind a From_ line between two bare CRs leaves it the message that it is', async () => {
    const file = 'Status: RO\n\rFrom ???@??? Mon Jan  1 00:00:00 2024\r';
    const message = 'Subject: two\n\nHello\n';
    const before = await scanBytes(Buffer.from(file, 'latin1'));
    const after = await scanBytes(Buffer.from(file + deliver(message, file), 'latin1'));
    expect(before.table.count).toBe(1);
    expect(after.table.count).toBe(2);
    expect(after.table.offset(0 as never)).toBe(before.table.offset(0 as never));
  });

  test.each([
    ['an empty file', '', ''],
    ['an empty line', `${MESSAGE}\n`, ''],
    ['a line', MESSAGE, '\n'],
    ['half a line', MESSAGE.trimEnd(), '\n\n'],
    ['CRLF lines', MESSAGE.replaceAll('\n', '\r\n'), '\r\n'],
    ['an empty CRLF line', `${MESSAGE}\n`.replaceAll('\n', '\r\n'), ''],
    ['CR lines', MESSAGE.replaceAll('\n', '\r'), '\r'],
    ['an empty CR line', `${MESSAGE}\n`.replaceAll('\n', '\r'), ''],
  ])('behind %s begins with what is missing', (_, file, padding) => {
    const written = deliver('Subject: two\n\nBye\n', file, LINE);
    const lineEnd = /\r\n|\r/.exec(file)?.[0] ?? '\n';
    // An LF in a file of bare CRs would turn every line end of it into text.
    const message = lineEnd === '\r' ? 'Subject: two\r\rBye\r' : 'Subject: two\n\nBye\n';
    expect(written).toBe(`${padding}${LINE}${lineEnd}${message}${lineEnd}`);
  });

  test("takes the given line, else the message's own, else a new one", () => {
    const given = 'From bob@example.org Tue Jan  2 00:00:00 2024';
    expect(deliver(MESSAGE, '', `${given}\n`)).toBe(`${given}\nSubject: one\n\nHello\n\n`);
    expect(deliver(MESSAGE, '')).toBe(`${MESSAGE}\n`);
    expect(deliver('Subject: x\n\n', '')).toMatch(
      /^From MAILER-DAEMON \w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}\nSubject: x\n\n\n$/,
    );
    expect(asctime(new Date(Date.UTC(2024, 0, 1)))).toBe('Mon Jan  1 00:00:00 2024');
  });

  test.each(['Subject: x', 'From ann', `${LINE}\nSubject: smuggled`, ''])(
    'refuses a separator line that is none: %s',
    (line) => {
      expect(() => deliver('Subject: x\n\n', '', line)).toThrow(
        expect.objectContaining({ code: 'MISUSE' }),
      );
    },
  );

  test('takes any From_ line where every one separates, and adds no line to the message', () => {
    const message = 'From foo@bar blah\nno header\n';
    expect(deliver(message, '', null, 'any-from')).toBe(`${message}\n`);
    expect(deliver('text', '', 'From x y', 'any-from')).toBe('From x y\ntext\n\n');
    expect(() => deliver('text', '', 'x', 'any-from')).toThrow(
      expect.objectContaining({ code: 'MISUSE' }),
    );
  });

  test('quotes what would separate, the mboxrd way', () => {
    const written = deliver(`Subject: x\n\n${MESSAGE}>From y\n`, '', LINE);
    expect(written).toBe(`${LINE}\nSubject: x\n\n>${MESSAGE}>>From y\n\n`);
  });

  const piece = fc.constantFrom(
    MESSAGE,
    'From ',
    'From x\n',
    '>From ',
    '\n',
    '\r\n',
    '\r',
    'text',
    'Subject: x\n',
    '\0',
    `${LINE}\n`,
  );
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));

  test('is found behind any file by either rule, and nothing before it changes', async () => {
    const rules = fc.constantFrom('default', 'any-from');
    await fc.assert(
      fc.asyncProperty(text, text, rules, async (file, message, rule) => {
        const before = await scanBytes(file, { reading: { rule } });
        const written = deliver(message, file, null, rule);
        const after = await scanBytes(file + written, { reading: { rule } });
        const last = after.spans.at(-1);
        const at = file.length + written.search(/From /);
        expect(last?.offset).toBe(at);
        expect(after.spans.slice(0, -1).map(({ offset }) => offset)).toEqual(
          before.spans.map(({ offset }) => offset),
        );
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a seam', () => {
  const holds = (
    before: string,
    after: string,
    rule: 'default' | 'any-from' = 'default',
  ): boolean =>
    mbox.seamHolds(Buffer.from(before), Buffer.from(after), { ...DEFAULT_READING, rule });

  test.each([
    ['at the start of the file', '', true],
    ['behind an empty line', `${MESSAGE}\n`, true],
    ['behind a line', MESSAGE, true],
    ['behind half a line', MESSAGE.trimEnd(), false],
  ])('%s', (_, before, found) => {
    expect(holds(before, MESSAGE)).toBe(found);
    expect(holds(before, MESSAGE, 'any-from')).toBe(found);
  });

  test('does not hold for a message that was found by less', () => {
    const bare = `${LINE}\n\nno header\n`;
    expect(holds(`${MESSAGE}\n`, bare)).toBe(true);
    expect(holds(MESSAGE, bare)).toBe(false);
    expect(holds(MESSAGE, bare, 'any-from')).toBe(true);
    expect(holds('', 'Subject: x\n')).toBe(false);
  });

  test('holds exactly where the scan finds the message again', async () => {
    const piece = fc.constantFrom('text', '\n', '\r\n', '\r', MESSAGE, 'From x', '\nSubject: x\n');
    const text = fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join(''));
    await fc.assert(
      fc.asyncProperty(text, text, async (tail, head) => {
        const before = `${MESSAGE}${tail}`;
        const after = `From ${head}`;
        const { spans } = await scanBytes(before + after);
        const found = spans.some(({ offset }) => offset === before.length);
        expect(holds(before, after)).toBe(found);
      }),
      { numRuns: 1000 },
    );
  });
});
