/**
 * Goal: a file that is no mbox is named in one clear sentence, and everything that can be one is
 * opened. Method: first bytes of files of many kinds.
 */

import { describe, expect, test } from 'vitest';
import { detectFormat, formatNamed } from '../../../../electron/mailbox/format/dialect.ts';
import { MailboxError } from '../../../../shared/errors.ts';

const MESSAGE = 'From ann@example.org Mon Jan  1 00:00:00 2024\nSubject: one\n\nHello\n\n';

function refusal(content: string): MailboxError {
  try {
    detectFormat(Buffer.from(content, 'latin1'), 'box');
  } catch (error) {
    if (error instanceof MailboxError) return error;
    throw error;
  }
  throw new Error('it was taken for a mailbox');
}

describe('no mailbox', () => {
  test.each([
    ['mmdf', '\x01\x01\x01\x01\nFrom: a\n\nx\n\x01\x01\x01\x01\n', /^MMDF .*cannot be opened yet/],
    ['babyl', 'BABYL OPTIONS: -*- rmail -*-\nVersion: 5\n', /^Babyl .*cannot be opened yet/],
    ['gzip', '\x1f\x8b\x08\0\0', /compressed \(gzip\)/],
    ['zip', 'PK\x03\x04\x14\0', /ZIP/],
    ['picture', '\xff\xd8\xff\xe0\0\x10JFIF', /picture/],
    ['emlx', '1234\nReceived: from x\n', /Apple Mail/],
    ['message', 'Received: from x\nSubject: y\n\nText\n', /single message/],
    [
      'message',
      `Subject: y\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n${MESSAGE}`,
      /single/,
    ],
    ['binary', '\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0', /no text and no mail/],
  ])('%s', (kind, content, sentence) => {
    const error = refusal(content);
    expect(error).toMatchObject({ code: 'NOT_A_MAILBOX', details: { kind, path: 'box' } });
    expect(error.message).toMatch(sentence);
    expect(error.message).toMatch(/not changed/);
  });
});

describe('a mailbox', () => {
  test.each([
    ['an ordinary one', MESSAGE, 'yes'],
    ['one with binary bytes in it', `${MESSAGE}${'\0\x01\x02'.repeat(500)}\n`, 'yes'],
    ['one whose first separator was lost', `Subject: zero\n\nHi\n\n${MESSAGE}`, 'yes'],
    ['one with text before its first message', `A note.\n\n${MESSAGE}`, 'yes'],
    ['mere text', 'Note: only text here.\nNothing else.\n', 'empty'],
    ['text in Latin-1', 'Gr\xfc\xdfe aus K\xf6ln\n', 'empty'],
    ['nothing', '', 'empty'],
  ])('%s', (_, content, recognised) => {
    const head = Buffer.from(content, 'latin1');
    expect(detectFormat(head, 'box').recognises(head)).toBe(recognised);
  });
});

test('a format that a person names', () => {
  expect(formatNamed('mbox', 'box').name).toBe('mbox');
  expect(() => formatNamed('mmdf', 'box')).toThrow(/cannot be opened yet/);
  expect(() => formatNamed('babyl', 'box')).toThrow(/cannot be opened yet/);
});
