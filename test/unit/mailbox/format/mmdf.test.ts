/**
 * Goal: MMDF as programs write it and as files have it: postmarks that are doubled, missing or stray,
 * with and without From_ lines; and a delivery that is found behind any file. Method: small mailboxes
 * whose messages are known, and properties.
 */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_READING } from '../../../../electron/mailbox/format/format.ts';
import { mmdf } from '../../../../electron/mailbox/format/mmdf.ts';
import { readEnvelope } from '../../../../electron/message/envelope.ts';
import { drawnMmdf, mmdfSoup } from '../../../support/drawn-mailbox.ts';
import { scanBytes } from '../../../support/scanned.ts';

const P = '\x01\x01\x01\x01\n';
const LINE = 'From ann@example.org Mon Jan  1 00:00:00 2024\n';
const OWN_LINE = /^From .*Mon Jan {2}1 00:00:00 2024\n/;
const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

/** What a reader sees of each message. */
async function read(text: string): Promise<string[]> {
  const { spans } = await scanBytes(text, { format: mmdf });
  return spans.map((span) => {
    const stored = bytes(text).subarray(span.offset, span.offset + span.length);
    return mmdf.messageIn(stored, span).toString('latin1');
  });
}

const doubts = async (text: string): Promise<string[]> =>
  (await scanBytes(text, { format: mmdf })).report.lines.map(
    ({ reading, why }) => `${reading}: ${why}`,
  );

describe('what stands in an MMDF mailbox', () => {
  const one = 'Subject: one\n\nHello\n';
  const two = 'Subject: two\n\nBye\n';

  test.each([
    ['two messages', `${P}${one}\n${P}${P}${two}\n${P}`, [one, two]],
    ['no line end of its own before the postmark', `${P}${one}${P}`, [one.trimEnd()]],
    ['inner From_ lines', `${P}${LINE}${one}\n${P}${P}${two}\n${P}`, [one, two]],
    ['the last postmark missing', `${P}${one}\n${P}${P}${two}`, [one, two.trimEnd()]],
    ['the last line end missing', `${P}${one}\n${P.trimEnd()}`, [one]],
    ['empty messages', `${P}${P}${P}\n${P}${P}${one}\n${P}`, ['', '', one]],
    ['text around', `note\n${P}${one}\n${P} more\n${P}${two}\n${P}end\n`, [one, two]],
    ['a postmark alone', P, []],
    ['a byte-order mark', `\xef\xbb\xbf${P}${one}\n${P}`, [one]],
    ['only text', 'Subject: none\n\ntext\n', []],
    [
      'five Control-A, or three',
      `${P}Subject: x\n\n\x01${P}\x01\x01\x01\n${P}`,
      [`Subject: x\n\n\x01${P}\x01\x01\x01`],
    ],
  ])('%s', async (_, text, messages) => {
    expect(await read(text)).toEqual(messages);
    const crlf = text.replaceAll('\n', '\r\n');
    expect(await read(crlf)).toEqual(messages.map((message) => message.replaceAll('\n', '\r\n')));
  });

  test.each([
    ['a missing postmark between two', `${P}${one}${P}${two}\n${P}`, 'no postmark closes'],
    ['a doubled one in front', `${P}${P}${one}\n${P}${P}${two}\n${P}`, 'another postmark stands'],
    ['text behind one', `${P}${one}\n${P}mere text\n${P}${two}\n${P}`, 'belongs to no message'],
    ['one at the end', `${P}${one}\n${P}${P}${two}\n${P}${P}`, 'neither opens nor closes'],
  ])('%s turns no message into text, and is reported', async (_, text, why) => {
    const found = await read(text);
    expect(found.map((message) => message.trimEnd())).toEqual([one.trimEnd(), two.trimEnd()]);
    expect(await doubts(text)).toEqual([expect.stringContaining(why)]);
  });

  test('the table tells where the header begins and ends; dates come from the inner From_ line', async () => {
    const text = `${P}${LINE}Subject: x\nStatus: RO\nX-Status: AD\n\nbody\n${P}`;
    const { spans } = await scanBytes(text, { format: mmdf });
    const separator = P.length + LINE.length;
    expect(spans).toEqual([
      {
        offset: 0,
        length: text.length,
        separatorLength: separator,
        headerLength: text.indexOf('body'),
      },
    ]);
    const envelope = readEnvelope(bytes(text), text.indexOf('body'), separator);
    expect(envelope).toMatchObject({ from: 'ann@example.org', date: Date.UTC(2024, 0, 1) });
    const [span] = spans;
    if (!span) throw new Error('no message');
    expect(mmdf.undelete(bytes(text), span).map(({ at }) => text[at])).toEqual(['D']);
  });
});

describe('Content-Length', () => {
  const body = `one\n${P}${P}two\n`;
  const message = (length: number): string =>
    `${P}Subject: x\nContent-Length: ${length}\n\n${body}\n${P}${P}Subject: y\n\ny\n${P}`;

  test('is believed if a postmark stands exactly there', async () => {
    expect(await read(message(body.length))).toHaveLength(2);
    expect((await scanBytes(message(body.length), { format: mmdf })).report.quoting).toBe(
      'content-length',
    );
    // However the file is read.
    const whole = await scanBytes(message(body.length), { format: mmdf });
    const cut = await scanBytes(message(body.length), { format: mmdf, chunkBytes: 7 });
    expect(cut.spans).toEqual(whole.spans);
  });

  test.each([body.length - 3, body.length + 9, 1e6, 1e15])(
    'is not if it is wrong: %d',
    async (wrong) => {
      expect((await read(message(wrong))).slice(1)).toEqual(['two\n', 'Subject: y\n\ny']);
    },
  );
});

describe('a delivery', () => {
  const deliver = (message: string, file: string, line: string | null = null): string =>
    Buffer.from(
      mmdf.envelope(bytes(message), bytes(file).subarray(-4096), line, DEFAULT_READING),
    ).toString('latin1');
  const MESSAGE = 'Subject: x\n\nHello\n';

  test.each([
    ['nothing', '', ''],
    ['a message', `${P}a: b\n${P}`, ''],
    ['a postmark without line end', `${P}a: b\n${P.trimEnd()}`, '\n'],
    ['a postmark with half a line end', `${P}a: b\n${P.trimEnd()}\r`, '\n'],
    ['a message that was never closed', `${P}a: b\n\ntext\n`, P],
    ['half a line of one', `${P}a: b\n\ntext`, `\n${P}`],
    ['text', `${P}a: b\n${P}text\n`, ''],
  ])('behind %s begins with what is missing, and gets no From_ line', (_, file, before) => {
    expect(deliver(MESSAGE, file)).toBe(`${before}${P}${MESSAGE}\n${P}`);
    const crlf = deliver(MESSAGE, file.replaceAll('\n', '\r\n'));
    if (file !== '') expect(crlf).toContain(P.replace('\n', '\r\n'));
  });

  test('keeps its own From_ line, takes the given one, and gets one where its header is missing', () => {
    expect(deliver(LINE + MESSAGE, '')).toBe(`${P}${LINE}${MESSAGE}\n${P}`);
    expect(deliver(MESSAGE, '', LINE)).toBe(`${P}${LINE}${MESSAGE}\n${P}`);
    expect(deliver('text', '')).toMatch(/^\x01{4}\nFrom MAILER-DAEMON .*\ntext\n\x01{4}\n$/);
    const undated = 'From foo@bar blah\n';
    expect(deliver(undated + MESSAGE, '')).toBe(`${P}${undated}${MESSAGE}\n${P}`);
    expect(() => deliver(MESSAGE, '', 'From x')).toThrow(
      expect.objectContaining({ code: 'MISUSE' }),
    );
  });

  test('quotes lines that are postmarks, so that they can be told', () => {
    const written = deliver(`Subject: x\n\n${P}>${P}\x01${P}`, '');
    expect(written).toBe(`${P}Subject: x\n\n>${P}>>${P}\x01${P}\n${P}`);
  });

  const piece = fc.constantFrom(
    LINE,
    'From ',
    'Subject: x\n',
    '\n',
    '\r\n',
    P,
    `>${P}`,
    'text',
    '\0',
    '\x01',
  );
  const text = fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join(''));
  const file = fc.oneof(
    mmdfSoup,
    drawnMmdf.map((drawn) => drawn.text),
  );

  test('is found behind any file as it was, and every other message keeps its name', async () => {
    await fc.assert(
      fc.asyncProperty(text, file, async (message, before) => {
        const after = before + deliver(message, before);
        const [known, now] = [
          await scanBytes(before, { format: mmdf }),
          await scanBytes(after, { format: mmdf }),
        ];
        const last = now.spans.at(-1);
        if (!last) throw new Error('the delivery was not found');
        const stored = bytes(after).subarray(last.offset, last.offset + last.length);
        const unquoted = mmdf
          .messageIn(stored, last)
          .toString('latin1')
          .replaceAll(/^>(?=>*\x01{4}\r?$)/gm, '');
        expect(unquoted).toBe(message.replace(OWN_LINE, ''));
        expect(now.spans).toHaveLength(known.spans.length + 1);
        for (const at of known.spans.keys()) {
          expect(now.table.fingerprint(at as never)).toEqual(known.table.fingerprint(at as never));
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('so is a message that is copied as it was stored', async () => {
    await fc.assert(
      fc.asyncProperty(drawnMmdf, file, async ({ text: from, messages }, before) => {
        let after = before;
        for (const { offset, length } of messages) {
          const stored = bytes(from).subarray(offset, offset + length);
          const fitted = mmdf.fit(
            bytes(after).subarray(-4096),
            stored,
            stored.subarray(-4096),
            DEFAULT_READING,
          );
          const parts = [fitted.before, stored.subarray(fitted.skip), fitted.after];
          after += Buffer.concat(parts).toString('latin1');
        }
        const all = (await read(after)).map((message) => message.trim());
        const copied = all.slice(all.length - messages.length);
        expect(copied).toEqual((await read(from)).map((message) => message.trim()));
      }),
      { numRuns: 300 },
    );
  });
});

describe('time is linear and memory bounded', () => {
  test.each([
    ['a million postmarks', P.repeat(1e6)],
    ['a line of Control-A', '\x01'.repeat(2e7)],
    ['lines that are nearly postmarks', '\x01\x01\x01\x01\x01\n'.repeat(2e6)],
    ['a million messages without an empty line', `${P}a: b\n${P}`.repeat(3e5)],
    ['messages that claim too much', `${P}Content-Length: 999999999\n\n${P}`.repeat(1e5)],
    ['one long line', `${P}Subject: x\n\n${'\0'.repeat(5e7)}`],
  ])(
    '%s',
    async (_, text) => {
      const scanned = await scanBytes(text, { format: mmdf });
      expect(scanned.scannedBytes).toBe(text.length);
    },
    20_000,
  );
});

test('seams: what follows a message that was never closed must open itself', () => {
  const holds = (before: string, after: string): boolean =>
    mmdf.seamHolds(bytes(before), bytes(after), DEFAULT_READING);
  expect(holds(`${P}a: b\n${P}`, `${P}\ntext\n${P}`)).toBe(true);
  expect(holds(`${P}a: b\n${P}`, 'text')).toBe(true);
  expect(holds('', `${P}\ntext\n${P}`)).toBe(true);
  expect(holds(`${P}a: b\n\nopen\n`, `${P}c: d\n${P}`)).toBe(true);
  expect(holds(`${P}a: b\n\nopen\n`, `${P}\ntext\n${P}`)).toBe(false);
  expect(holds(`${P}a: b\n\nopen\n`, 'text')).toBe(false);
  expect(holds(`${'x'.repeat(8192)}\n`, `${P}\ntext\n${P}`)).toBe(false);
});
