/**
 * Goal: subjects, senders and dates of real mail are shown as they were meant. Method: every message
 * of the corpus beside what Python's email makes of it; and every kind of message is read whole.
 */

import { describe, expect, test } from 'vitest';
import { parseDate } from '../../../electron/message/date.ts';
import { readEnvelope } from '../../../electron/message/envelope.ts';
import { latin1, readHeader } from '../../../electron/message/header-fields.ts';
import { decodeHeaderText } from '../../../electron/message/header-text.ts';
import { readMessage } from '../../../electron/message/read-message.ts';
import { type ExpectedFile, type ExpectedMessage, openCorpus } from '../../support/corpus.ts';

/**
 * Where we differ from Python, and why:
 *
 * | field | how often | Python | here |
 * |---|---|---|---|
 * | subject | 150 | drops the space between raw text and an encoded word | keeps it |
 * | subject | 30 | raw 8-bit beside encoded words kept as surrogates | guessed |
 * | subject, from | 40 | strict gb2312, big5, shift_jis fail, then windows-1252 | the WHATWG supersets |
 * | subject, from | 5 | HeaderParseError for broken base64 | what can be decoded |
 * | subject, from | 5 | control characters, U+3000 and NBSP kept | removed, or a space |
 * | date | 5 | knows no zones by name but those of RFC 822, nor a comment before the offset | both |
 * | date | 1 | `1829`; `0480` without a sign as a zone | no date; no zone |
 */
const AGREEMENT_MIN = 0.995;
const HEADER_BYTES = 64 * 1024;

const corpus = openCorpus();

function* messages(): Generator<[ExpectedFile, ExpectedMessage, Buffer]> {
  for (const file of corpus?.expected() ?? []) {
    if (!['mbox', 'eml', 'eudora'].includes(file.dialect) || !file.messages?.length) continue;
    const bytes = corpus?.bytesOf(file);
    for (const message of file.messages) {
      const end = message.msg_offset + message.msg_length;
      if (bytes) yield [file, message, bytes.subarray(message.offset ?? message.msg_offset, end)];
    }
  }
}

function oneSpace(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function expectedDate(message: ExpectedMessage): number | null {
  const iso = message.date_iso;
  if (!iso) return null;
  return Date.parse(/[+-]\d\d:\d\d$/.test(iso) ? iso : `${iso}Z`);
}

describe.skipIf(corpus === null)('real mail', () => {
  test('says the same to us as to Python', () => {
    const same = { subject: 0, from: 0, date: 0 };
    const asked = { subject: 0, from: 0, date: 0 };
    for (const [, message, stored] of messages()) {
      const separatorLength = message.msg_offset - (message.offset ?? message.msg_offset);
      const header = readHeader(latin1(stored, separatorLength, separatorLength + HEADER_BYTES));
      const field = (name: string): string =>
        header.fields.find((each) => each.name.toLowerCase() === name)?.value ?? '';
      const envelope = readEnvelope(stored, separatorLength + header.end, separatorLength);
      if (typeof message.subject === 'string') {
        asked.subject += 1;
        if (oneSpace(message.subject) === envelope.subject) same.subject += 1;
      }
      if (typeof message.from === 'string') {
        asked.from += 1;
        if (oneSpace(message.from) === decodeHeaderText(field('from'))) same.from += 1;
      }
      const date = expectedDate(message);
      if (date !== null) {
        asked.date += 1;
        if (parseDate(field('date')) === date) same.date += 1;
      }
    }
    expect(asked.subject).toBeGreaterThan(100_000);
    expect(same.subject / asked.subject).toBeGreaterThan(AGREEMENT_MIN);
    expect(same.from / asked.from).toBeGreaterThan(AGREEMENT_MIN);
    expect(same.date / asked.date).toBeGreaterThan(AGREEMENT_MIN);
  });

  test('can be read, whatever it is: text, attachments, or at least its header', async () => {
    let read = 0;
    let shown = 0;
    let position = 0;
    for (const [, message, stored] of messages()) {
      position += 1;
      if (position % 40 !== 0) continue;
      const separatorLength = message.msg_offset - (message.offset ?? message.msg_offset);
      const view = await readMessage(stored.subarray(separatorLength));
      read += 1;
      if (view.text !== '' || view.attachments.length > 0) shown += 1;
      // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be left.
      expect(view.text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e]/);
    }
    expect(shown / read).toBeGreaterThan(0.97);
  });
});
