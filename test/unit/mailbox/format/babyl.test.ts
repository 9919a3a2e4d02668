/**
 * Goal: Babyl as Rmail and others write it: flag 0 and 1, attributes and labels, options preserved,
 * messages without body, blank tails; and a delivery that is found behind any file. Method: small
 * mailboxes whose messages are known, and properties.
 */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { babyl } from '../../../../electron/mailbox/format/babyl.ts';
import { DEFAULT_READING } from '../../../../electron/mailbox/format/format.ts';
import { flagBitsOf, toFlags } from '../../../../electron/message/flags.ts';
import { babylSoup, drawnBabyl } from '../../../support/drawn-mailbox.ts';
import { scanBytes } from '../../../support/scanned.ts';

const OPTIONS = 'BABYL OPTIONS: -*- rmail -*-\nVersion: 5\nLabels:home\n';
const LINE = 'From ann@example.org Mon Jan  1 00:00:00 2024\n';
const UNSEEN = '0, unseen,,\n*** EOOH ***\n';
const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

/** What a reader sees of each message. */
async function read(text: string): Promise<string[]> {
  const { spans } = await scanBytes(text, { format: babyl });
  return spans.map((span) => {
    const stored = bytes(text).subarray(span.offset, span.offset + span.length);
    return babyl.messageIn(stored, span).toString('latin1');
  });
}

describe('what stands in a Babyl file', () => {
  const plain = '0,,\n*** EOOH ***\nSubject: one\n\nHello\n';
  const kept =
    '1, answered,, home,\nSubject: two\nX-Old: 1\n\n*** EOOH ***\nSubject: shown\n\nBye\n';

  test.each([
    ['flag 0: the header behind EOOH', `\x1f\f\n${plain}\x1f`, ['Subject: one\n\nHello']],
    ['flag 1: the header as it came', `\x1f\f\n${kept}\x1f`, ['Subject: two\nX-Old: 1\n\nBye']],
    [
      'flag 1 with nothing in front of EOOH',
      `\x1f\f\n1${plain.slice(1)}\x1f`,
      ['Subject: one\n\nHello'],
    ],
    [
      'flag 1 with no empty line in front of EOOH',
      `\x1f\f\n${kept.replace('\n\n***', '\n***')}\x1f`,
      ['Subject: two\nX-Old: 1\n\nBye'],
    ],
    [
      'a summary line',
      `\x1f\f\n0,,\nSummary-line: 1-Jan ann #one\n*** EOOH ***\nSubject: one\n\nHello\n\x1f`,
      ['Subject: one\n\nHello'],
    ],
    ['no EOOH', '\x1f\f\n0,,\nSubject: one\n\nHello\n\x1f', ['Subject: one\n\nHello']],
    [
      'a quoted EOOH',
      `\x1f\f\n${plain}\n*** EOOH ***\nSubject: x\n\x1f`,
      ['Subject: one\n\nHello\n\n*** EOOH ***\nSubject: x'],
    ],
    [
      'no body',
      '\x1f\f\n1,,\nSubject: one\n\n*** EOOH ***\nSubject: one\n\x1f',
      ['Subject: one\n\n'],
    ],
    ['no body with flag 0', '\x1f\f\n0,,\n*** EOOH ***\nSubject: one\n\x1f', ['Subject: one']],
    [
      'nothing shown',
      '\x1f\f\n1,,\nSubject: one\n\n*** EOOH ***\ntext\n\x1f',
      ['Subject: one\n\ntext'],
    ],
    [
      'no ^_ at the end',
      `\x1f\f\n${plain}\x1f\f\n${plain}`,
      ['Subject: one\n\nHello', 'Subject: one\n\nHello'],
    ],
    ['a blank tail', `\x1f\f\n${plain}\x1f\n\n \n`, ['Subject: one\n\nHello']],
    [
      'a message appended behind a blank tail',
      `\x1f\f\n${plain}\x1f\n\n\f\n${plain}\x1f`,
      ['Subject: one\n\nHello', 'Subject: one\n\nHello'],
    ],
    ['a ^_ that ends nothing', `\x1f\f\n${plain}\x1fx\n\x1f`, ['Subject: one\n\nHello\n\x1fx']],
    ['an empty message', '\x1f\f\n\x1f', ['']],
    ['no message', '\x1f', []],
  ])('%s', async (_, text, messages) => {
    expect(await read(OPTIONS + text)).toEqual(messages);
    const crlf = (OPTIONS + text).replaceAll('\n', '\r\n');
    expect(await read(crlf)).toEqual(messages.map((message) => message.replaceAll('\n', '\r\n')));
  });

  test('its options are preamble, and the ^_ at its end belongs to no message', async () => {
    const text = `${OPTIONS}\x1f\f\n${plain}\x1f\f\n${kept}\x1f\n`;
    const { spans, table } = await scanBytes(text, { format: babyl });
    expect(table.preambleBytes).toBe(OPTIONS.length);
    const last = spans.at(-1);
    expect((last?.offset ?? 0) + (last?.length ?? 0)).toBe(text.length - 2);
    expect(last).toMatchObject({
      separatorLength: '\x1f\f\n1, answered,, home,\n'.length,
      headerLength: `\x1f\f\n${kept}`.length - 'Bye\n'.length,
    });
  });

  test.each([
    ['a ^_ inside a line start', `\x1f\f\n${plain}\x1fx\n\x1f`, 'content: it stands at the start'],
    ['text behind the end', `\x1f\f\n${plain}\x1f\nlost\n`, 'end: text behind it'],
    ['a torn separator', `\x1f\n\f\n${plain}\x1f`, 'separator: blank lines stand'],
  ])('%s is reported', async (_, text, why) => {
    const { report } = await scanBytes(OPTIONS + text, { format: babyl });
    expect(report.lines.map((line) => `${line.reading}: ${line.why}`)).toEqual([
      expect.stringContaining(why),
    ]);
  });
});

describe('the status line', () => {
  const marksOf = (status: string) => {
    const stored = bytes(`\x1f\f\n${status}\n*** EOOH ***\nSubject: x\n\nx\n`);
    const parts = { separatorLength: 0, headerLength: 0 };
    const marks = babyl.marksIn(stored, parts);
    if (!marks) throw new Error('no marks');
    return { marks, stored, parts };
  };

  test.each([
    ['0,,', [], [], ['read']],
    ['0, unseen,,', ['unseen'], [], []],
    [
      '1, answered, deleted,, home, work,',
      ['answered', 'deleted'],
      ['home', 'work'],
      ['read', 'answered', 'deleted'],
    ],
    ['0,recent,filed,,RemindNow,', ['recent', 'filed'], ['RemindNow'], []],
    ['0', [], [], ['read']],
  ] as const)('%s', (status, attributes, labels, flags) => {
    const { marks } = marksOf(status);
    expect(marks).toEqual({ attributes, labels });
    const set = Object.entries(toFlags(flagBitsOf(marks))).flatMap(([name, is]) =>
      is ? [name] : [],
    );
    expect(set).toEqual(flags);
  });

  test('the deleted flag is taken back in place', () => {
    const { stored, parts } = marksOf('1, unseen, deleted,, home,');
    for (const { at, bytes: over } of babyl.undelete(stored, parts))
      Buffer.from(over).copy(stored, at);
    expect(babyl.marksIn(stored, parts)).toEqual({ attributes: ['unseen'], labels: ['home'] });
    expect(stored.toString('latin1')).toContain('\x1f\f\n1, unseen,        ,, home,\n');
  });
});

describe('a delivery', () => {
  const deliver = (message: string, file: string, line: string | null = null): string =>
    Buffer.from(
      babyl.envelope(bytes(message), bytes(file).subarray(-4096), line, DEFAULT_READING),
    ).toString('latin1');
  const MESSAGE = 'Subject: x\n\nHello\n';

  test.each([
    ['nothing', '', 'BABYL OPTIONS:\nVersion: 5\nLabels:\n\x1f\f\n'],
    ['a new mailbox', Buffer.from(babyl.emptyMailbox).toString('latin1'), '\f\n'],
    ['its ^_', `${OPTIONS}\x1f\f\n${UNSEEN}a: b\n\x1f`, '\f\n'],
    ['a blank tail', `${OPTIONS}\x1f\f\n${UNSEEN}a: b\n\x1f\n\n`, '\x1f\f\n'],
    ['a message without ^_', `${OPTIONS}\x1f\f\n${UNSEEN}a: b\n`, '\x1f\f\n'],
    ['half a line', `${OPTIONS}\x1f\f\n${UNSEEN}a: b`, '\n\x1f\f\n'],
    ['half a line end', `${OPTIONS}\x1f\f\n${UNSEEN}a: b\n\x1f\r`, '\n\x1f\f\n'],
    ['a ^_ that ends a line of text', `${OPTIONS}\x1f\f\n${UNSEEN}a: b\x1f`, '\n\x1f\f\n'],
  ])('behind %s goes on or begins anew, and ends the file', (_, file, before) => {
    expect(deliver(MESSAGE, file)).toBe(`${before}${UNSEEN}${MESSAGE}\n\x1f`);
  });

  test('takes a status line, writes both headers where that says so, and refuses others', () => {
    expect(deliver(MESSAGE, '\x1f', '0, answered,, home,\n')).toBe(
      `\f\n0, answered,, home,\n*** EOOH ***\n${MESSAGE}\n\x1f`,
    );
    expect(deliver(MESSAGE, '\x1f', '1,,')).toBe(
      `\f\n1,,\nSubject: x\n\n*** EOOH ***\n${MESSAGE}\n\x1f`,
    );
    for (const line of [LINE, '2,,', '0, unseen', '0,,\nSubject: smuggled', '']) {
      expect(() => deliver(MESSAGE, '', line)).toThrow(expect.objectContaining({ code: 'MISUSE' }));
    }
  });

  test('keeps a From_ line as a field, and quotes lines that begin with ^_', () => {
    expect(deliver(LINE + MESSAGE, '\x1f')).toBe(`\f\n${UNSEEN}Mail-from: ${LINE}${MESSAGE}\n\x1f`);
    expect(deliver('a: b\n\n\x1f\n>\x1fx\nx\x1f\n', '\x1f')).toBe(
      `\f\n${UNSEEN}a: b\n\n>\x1f\n>>\x1fx\nx\x1f\n\n\x1f`,
    );
  });

  const piece = fc.constantFrom(
    LINE,
    'Subject: x\n',
    '\n',
    '\r\n',
    '\x1f',
    '\x1f\f\n',
    '>\x1f',
    'text',
    '*** EOOH ***\n',
    '\f\n',
  );
  const text = fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join(''));
  const file = fc.oneof(
    babylSoup,
    drawnBabyl.map((drawn) => drawn.text),
  );

  test('is found behind any file as it was, and every other message keeps its name', async () => {
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.constantFrom(null, '1,, home,'),
        file,
        async (message, line, before) => {
          const after = before + deliver(message, before, line);
          const [known, now] = [
            await scanBytes(before, { format: babyl }),
            await scanBytes(after, { format: babyl }),
          ];
          const found = (await read(after)).at(-1)?.replaceAll(/(?<=^|[\r\n])>(?=>*\x1f)/g, '');
          const sent = message.replace(/^(?=From )/, 'Mail-from: ');
          // With flag 1 its header needs an empty line behind it.
          if (line === null) expect(found).toBe(sent);
          else expect(found?.replaceAll(/\s/g, '')).toContain(sent.replaceAll(/\s/g, ''));
          expect(now.spans).toHaveLength(known.spans.length + 1);
          for (const at of known.spans.keys()) {
            expect(now.table.fingerprint(at as never)).toEqual(
              known.table.fingerprint(at as never),
            );
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('so is a message that is copied as it was stored', async () => {
    await fc.assert(
      fc.asyncProperty(drawnBabyl, file, async ({ text: from, messages }, before) => {
        let after = before;
        for (const { offset, length } of messages) {
          const stored = bytes(from).subarray(offset, offset + length);
          const fitted = babyl.fit(
            bytes(after).subarray(-4096),
            stored,
            stored.subarray(-4096),
            DEFAULT_READING,
          );
          const parts = [fitted.before, stored.subarray(fitted.skip), fitted.after];
          after += Buffer.concat(parts).toString('latin1');
        }
        const all = await read(after);
        expect(all.slice(all.length - messages.length)).toEqual(await read(from));
      }),
      { numRuns: 300 },
    );
  });
});

describe('time is linear and memory bounded', () => {
  test.each([
    ['a million ^_', '\x1f\n'.repeat(1e6)],
    ['a line of ^_', '\x1f'.repeat(2e7)],
    ['a ^_ before every line', '\x1fx\n'.repeat(2e6)],
    ['blank lines between ^_', `\x1f${'\n'.repeat(2000)}`.repeat(1e4)],
    ['many messages without an empty line', '\x1f\f\n1,,\na: b\n*** EOOH ***\na: b\n'.repeat(3e5)],
    ['one long line', `${OPTIONS}\x1f\f\n${UNSEEN}Subject: x\n\n${'\0'.repeat(5e7)}`],
    ['one long status line', `${OPTIONS}\x1f\f\n0,${'x'.repeat(2e7)}`],
  ])(
    '%s',
    async (_, text) => {
      const scanned = await scanBytes(text, { format: babyl });
      expect(scanned.scannedBytes).toBe(text.length);
    },
    20_000,
  );
});
