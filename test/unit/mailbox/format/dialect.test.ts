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
    ['gzip', '\x1f\x8b\x08\0\0', /compressed \(gzip\)/],
    ['zip', 'PK\x03\x04\x14\0', /ZIP/],
    ['picture', '\xff\xd8\xff\xe0\0\x10JFIF', /picture/],
    ['emlx', '1234\nReceived: from x\n', /Apple Mail/],
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

describe('its format', () => {
  const postmark = '\x01\x01\x01\x01\n';
  test.each([
    ['mmdf', `${postmark}From: a\n\nx\n${postmark}`],
    ['mmdf', `\n\r\n${postmark.replace('\n', '\r\n')}From: a\n\nx\n`],
    ['mmdf', '\x01\x01\x01\x01'],
    ['mbox', `${MESSAGE}${postmark}From: a\n\nx\n${postmark}`],
    ['mbox', `${'\x01'.repeat(5)}\n\n${MESSAGE.repeat(5)}`],
    ['babyl', 'BABYL OPTIONS: -*- rmail -*-\nVersion: 5\n'],
    ['babyl', '\n\nBabyl Options:\r\nVersion:5\r\n\x1f'],
    ['mbox', 'About BABYL OPTIONS:\n'],
    ['eml', 'Received: from x\nSubject: y\n\nText\n'],
    ['eml', `Subject: y\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n${MESSAGE}`],
  ])('%s is told from content', (name, content) => {
    expect(detectFormat(Buffer.from(content, 'latin1'), 'box').name).toBe(name);
  });

  test.each([
    ['mbox', `${postmark}From: a\n\n${'text\n'.repeat(100)}${postmark}`],
    ['mmdf', `a note\n${postmark}From: a\n\nx\n${postmark}`],
    ['babyl', `-*- rmail -*-\n\x1f\f\n0,,\n*** EOOH ***\nFrom: a\n\nx\n\x1f`],
    ['mmdf', ''],
    ['babyl', '\n'],
  ] as const)('%s can be said by a person who knows better', (name, content) => {
    const head = Buffer.from(content, 'latin1');
    expect(formatNamed(name, head, 'box').name).toBe(name);
  });

  test.each([
    ['mmdf', MESSAGE, /four Control-A/],
    ['babyl', MESSAGE, /BABYL OPTIONS/],
    ['mbox', '\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0', /no text/],
  ] as const)('%s is refused where nothing speaks for it', (name, content, sentence) => {
    const head = Buffer.from(content, 'latin1');
    expect(() => formatNamed(name, head, 'box')).toThrow(
      expect.objectContaining({ code: 'NOT_A_MAILBOX', message: expect.stringMatching(sentence) }),
    );
  });
});
