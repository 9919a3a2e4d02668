/**
 * Goal: messages are found in every dialect that programs write, and lines of a body stay in it.
 * Method: small mailboxes, each showing one fact of the dialects (the numbers are those of the list
 * of dialect facts), scanned; what separates is compared, and why a line is doubtful.
 */

import { describe, expect, test } from 'vitest';
import { FROM_LINES, overrulingOf } from '../../../../electron/mailbox/format/overruling.ts';
import { scanBytes, separatorsOf } from '../../../support/scanned.ts';

const DATE = 'Mon Jan  1 00:00:00 2024';
const FIRST = `From ann@example.org ${DATE}\nSubject: one\n\nHello\n\n`;

async function separators(content: string, rule: 'default' | 'any-from' = 'default') {
  return separatorsOf(content, await scanBytes(content, { reading: { rule } }));
}

async function separates(line: string): Promise<boolean> {
  const found = await separators(`${FIRST}${line}\nSubject: two\n\nBye\n`);
  return found.length === 2;
}

describe('fact 1, mboxo and mboxrd: quoted lines are content, and the dialect is told', () => {
  test.each([
    ['mboxo', '>From the start\n', 'mboxo'],
    ['mboxrd', '>From the start\n>>From the quote\n', 'mboxrd'],
    ['nothing quoted', '\nFrom the start\n', 'none'],
    ['nothing to tell by', 'text\n', 'unknown'],
  ])('%s', async (_, body, quoting) => {
    const { spans, report } = await scanBytes(`${FIRST}${body}`);
    expect([spans.length, report.quoting]).toEqual([1, quoting]);
  });
});

test('fact 2, quoted with a space by old Thunderbird: content', async () => {
  expect(await separates(` From bob@example.org ${DATE}`)).toBe(false);
});

describe('fact 3, no empty line before the separator', () => {
  test('a date and a header field after it are enough', async () => {
    const text = `${FIRST.trimEnd()}\nFrom bob@example.org ${DATE}\nSubject: two\n\nBye\n`;
    const { spans, report } = await scanBytes(text);
    expect(spans.length).toBe(2);
    expect(report.lines).toMatchObject([
      { reading: 'separator', why: 'no empty line before it', offset: FIRST.length - 1 },
    ]);
  });

  test.each(['From the start of it', 'From Bob', `From bob@example.org ${DATE}`])(
    'a line of text stays text: %s',
    async (line) => {
      const { spans, report } = await scanBytes(`${FIRST}Hello\n${line}\nand so on\n`);
      expect(spans.length).toBe(1);
      expect(report.lines).toMatchObject([{ reading: 'content', text: line }]);
    },
  );
});

describe('facts 4 to 6, 8, 12 and 13, the ways to write an envelope', () => {
  test.each([
    'From ann@example.org Wed Aug  4 10:11:12 2004',
    'From ann@example.org Wed Aug  4 10:11 2004',
    'From ann@example.org wed AUG  4 10:11:12 2004',
    'From ann@example.org Wed Aug 4 10:11:12 MET DST 1996',
    'From ann@example.org Wed Aug 4 10:11:12 +0000 1996',
    'From ann@example.org Wed Aug 4 10:11:12 1996 +0200',
    'From ann@example.org Wed Aug  4 10:11:12 96',
    'From Wed Aug  4 10:11:12 2004',
    'From ann@example.org  Wed Aug  4 10:11:12 2004',
    'From MAILER-DAEMON Wed Aug  4 10:11:12 2004',
    'From ann at example.org  Wed Aug  4 10:11:12 2004',
    'From J\xfcrgen at example.org  Wed Aug  4 10:11:12 2004',
    'From - Wed Aug  4 10:11:12 2004',
    'From 1581234567890123456@xxx Mon Oct 16 01:29:30 +0000 2023',
    'From 1581234567890123456@xxx Mon Oct 16 01:29:30 2014',
    'From ???@??? Mon Dec 13 18:45:29 2010',
    'From ann@example.org Wed, 4 Aug 2004 10:11:12 +0200',
    'From ann@example.org 2004-08-04T10:11:12Z',
    'From ann!uucp Wed Aug  4 10:11:12 2004 remote from host',
    'From : ann@example.org Wed Aug  4 10:11:12 2004',
    `From ${'x'.repeat(250)}@example.org Wed Aug  4 10:11:12 2004`,
    'From -',
    'From ',
    'From ann@example.org',
    'From ann@example.org Mittwoch, 4. August 2004',
  ])('%s', async (line) => {
    expect(await separates(line)).toBe(true);
  });

  test.each(['From here on, something like:', 'From', 'from ann@example.org', 'Fromage'])(
    'no envelope: %s',
    async (line) => {
      expect(await separates(line)).toBe(false);
    },
  );

  test('Eudora never writes an empty line before it, and that is no doubt', async () => {
    const message = `From ???@??? ${DATE}\r\nSubject: x\r\n\r\nbody\r\n`;
    const { spans, report } = await scanBytes(message.repeat(3));
    expect([spans.length, report.doubtful, report.lineEnd]).toEqual([3, 0, 'CRLF']);
  });
});

describe("fact 10, git's fixed date", () => {
  const patch = `From ${'0123abcd'.repeat(5)} Mon Sep 17 00:00:00 2001`;

  test('a patch inside a message is content', async () => {
    const { spans, report } = await scanBytes(`${FIRST}${patch}\nFrom: bob\nSubject: x\n\n---\n`);
    expect(spans.length).toBe(1);
    expect(report.lines).toMatchObject([{ why: 'it begins a patch of git inside a message' }]);
  });

  test('a file of patches is a mailbox of patches', async () => {
    expect(await separators(`${patch}\nFrom: bob\n\n---\n\n`.repeat(3))).toHaveLength(3);
  });
});

describe('facts 14 and 24, line ends', () => {
  test.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('%s', async (name, lineEnd) => {
    const text = FIRST.repeat(3).replaceAll('\n', lineEnd);
    const { spans, report } = await scanBytes(text);
    expect(spans).toHaveLength(3);
    expect(report).toMatchObject({ lineEnd: name, doubtful: 0 });
    const header = FIRST.slice(0, FIRST.indexOf('Hello')).replaceAll('\n', lineEnd);
    expect(spans[1]).toMatchObject({ headerLength: header.length });
  });

  test('CRLF and LF in one file', async () => {
    const { spans, report } = await scanBytes(FIRST + FIRST.replaceAll('\n', '\r\n') + FIRST);
    expect([spans.length, report.lineEnd, report.doubtful]).toEqual([3, 'mixed', 0]);
  });

  test('a CR alone inside a line of an LF file ends nothing', async () => {
    const text = `${FIRST}text\rFrom bob@example.org ${DATE}\nSubject: x\n\n`;
    expect(await separators(text)).toHaveLength(1);
  });
});

describe('fact 20, Content-Length', () => {
  const inner = `From bob@example.org ${DATE}\nSubject: inside\n\nBye\n`;
  const message = (length: number): string =>
    `From ann@example.org ${DATE}\nContent-Length: ${length}\n\n${inner}\n`;

  test('is believed if a separator stands exactly there', async () => {
    const { spans, report } = await scanBytes(message(inner.length) + FIRST);
    expect(spans.map(({ offset }) => offset)).toEqual([0, message(inner.length).length]);
    expect(report.quoting).toBe('content-length');
    expect(report.lines).toMatchObject([
      { why: 'it lies inside the body that Content-Length measures' },
    ]);
  });

  test('is believed if the file ends exactly there', async () => {
    expect(await separators(message(inner.length))).toHaveLength(1);
  });

  test.each([-3, 5, 1000, 1e14])('is not believed if it is wrong by %d', async (wrong) => {
    expect(await separators(message(inner.length + wrong) + FIRST)).toHaveLength(3);
  });
});

describe('fact 25, what else files hold', () => {
  test('a byte-order mark and empty lines at the start are preamble', async () => {
    const { table, spans } = await scanBytes(`\xef\xbb\xbf\n\r\n${FIRST}`);
    expect([table.preambleBytes, spans[0]?.offset, spans.length]).toEqual([6, 6, 1]);
  });

  test('NUL bytes', async () => {
    expect(await separators(`${FIRST}\0\0\0\n\n${FIRST}`)).toHaveLength(2);
  });

  test('a line of many megabytes', async () => {
    expect(await separators(`${FIRST}${'x'.repeat(9_000_000)}\n\n${FIRST}`)).toHaveLength(2);
  });

  test('a header block without an empty line is all of its message', async () => {
    const { spans } = await scanBytes(`From a@b ${DATE}\nSubject: x\n${FIRST}`);
    expect(spans).toHaveLength(2);
    expect(spans[0]?.headerLength).toBe(spans[0]?.length);
  });

  test('a header of a megabyte ends at its empty line', async () => {
    const field = `X-Long: ${'y'.repeat(60)}\n`;
    const header = `From a@b ${DATE}\n${field.repeat(15_000)}\n`;
    const { spans } = await scanBytes(`${header}body\n\n${FIRST}`);
    expect([spans.length, spans[0]?.headerLength]).toEqual([2, header.length]);
  });
});

describe('a mailbox attached raw', () => {
  const part = (close: string): string =>
    `From ann@example.org ${DATE}\nContent-Type: multipart/mixed;\n boundary="=_b"\n\n` +
    `--=_b\n\n${FIRST}${FIRST}--=_b${close}\n\n`;

  test('is content while its part is open', async () => {
    const { spans, report } = await scanBytes(part('--') + FIRST);
    expect(spans.map(({ offset }) => offset)).toEqual([0, part('--').length]);
    expect(report.doubtful).toBe(2);
  });

  test('a multipart that was cut off does not swallow the rest', async () => {
    const cut = part('').replace(/--=_b\n\n$/, '');
    expect(await separators(cut + FIRST)).toHaveLength(4);
  });

  test('a second message with the same boundary is its own', async () => {
    const cut = part('').split(FIRST)[0] ?? '';
    expect(await separators(cut + part('--'))).toHaveLength(2);
  });
});

describe('what a person says wins', () => {
  test('split here, and join', async () => {
    const text = `${FIRST}From here on\n\n${FIRST}`;
    const inText = FIRST.length;
    const bytes = Buffer.from(text);
    // The second message is the first once more: the text is the same, and so would the verdict be,
    // but a message cannot be joined to nothing.
    const overrulings = [
      overrulingOf({ lines: FROM_LINES, bytes, at: inText, to: bytes.length }, 'separator'),
      overrulingOf(
        { lines: FROM_LINES, bytes, at: text.length - FIRST.length, to: bytes.length },
        'content',
      ),
    ];
    const { spans, report } = await scanBytes(text, { reading: { overrulings } });
    expect(spans.map(({ offset }) => offset)).toEqual([0, inText]);
    expect(report.lines.map(({ reading }) => reading)).toEqual(['separator', 'content']);
    expect(report.lines.every(({ overruled }) => overruled)).toBe(true);
  });

  test('any-from: every line that begins with `From ` separates', async () => {
    const text = `${FIRST}Hello\nFrom here on\nFrom there\n`;
    expect(await separators(text, 'any-from')).toHaveLength(3);
  });
});

test('text without a message is preamble, and nothing is one', async () => {
  const { table, spans } = await scanBytes('From here on there is only text.\nYes.\n');
  expect([spans.length, table.preambleBytes]).toEqual([0, 38]);
  expect((await scanBytes('')).table.preambleBytes).toBe(0);
});
