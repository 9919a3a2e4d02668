/**
 * Goal: the sample archive, which a person sees first, is shown as it was written: every subject,
 * sender, date, text, mark and attachment of it, in every charset.
 * Method: the generator says of each message what a reader must show.
 */

import { describe, expect, it, test } from 'vitest';
// biome-ignore lint/correctness/useImportExtensions: it mistakes the types beside it for the module
import { sampleArchive, sampleMailbox } from '../../../build/sample/sample.mjs';
// biome-ignore lint/correctness/useImportExtensions: it mistakes the types beside it for the module
import { bigMailbox, bigMessage } from '../../../build/sample/big.mjs';
import { attachmentsCarried } from '../../../electron/message/attachments-carried.ts';
import { shownOf } from '../../../electron/message/correspondents.ts';
import { readEnvelope } from '../../../electron/message/envelope.ts';
import { toFlags } from '../../../electron/message/flags.ts';
import { shownMessage } from '../../support/shown-message.ts';

const { bytes, messages } = sampleArchive();

const collapsed = (text: string): string => text.replace(/\s+/g, ' ').trim();

const parts = messages.map((message) => {
  const stored = bytes.subarray(message.offset, message.offset + message.length);
  const separatorLength = stored.indexOf(0x0a) + 1;
  return { message, stored, separatorLength, headerLength: stored.indexOf('\n\n') + 2 };
});

/** Shown without the character that turns the direction around. */
const HIDDEN = /\u202e/g;

describe('the sample archive', () => {
  it('is the same every time, and another one for another seed', () => {
    expect(sampleMailbox().equals(bytes)).toBe(true);
    expect(sampleMailbox(2).equals(bytes)).toBe(false);
    expect(messages.length).toBeGreaterThan(400);
    expect(bytes.length).toBeLessThan(6_000_000);
  });

  it('is listed as it was written', () => {
    const listed = parts.map(({ stored, separatorLength, headerLength, message }) => {
      const envelope = readEnvelope(stored, headerLength, separatorLength);
      const { from, subject, date, flags } = envelope;
      return { kind: message.kind, from: shownOf(from), subject, date, flags: toFlags(flags) };
    });
    const written = messages.map(({ kind, from, subject, date, flags }) => {
      return { kind, from, subject: collapsed(subject.replace(HIDDEN, '')), date, flags };
    });
    expect(listed).toEqual(written);
  });

  it('has its attachments marked, and nothing else', () => {
    const marked = parts.filter(
      ({ stored, headerLength }) => attachmentsCarried(stored, headerLength) !== 0,
    );
    const carrying = messages.filter(({ attachments }) => attachments.length > 0);
    expect(marked.map(({ message }) => message.kind)).toEqual(carrying.map(({ kind }) => kind));
  });

  test('is read as it was written', async () => {
    for (const { message, stored, separatorLength } of parts) {
      const view = await shownMessage(stored.subarray(separatorLength));
      expect(collapsed(view.text), message.kind).toContain(collapsed(message.text));
      expect(view.attachments, message.kind).toEqual(
        expect.arrayContaining(message.attachments.map((one) => expect.objectContaining(one))),
      );
    }
  });
});

describe('a big mailbox', () => {
  it('holds what each number says', () => {
    const size = { messages: 10_000, bytesPerMessage: 1000 };
    const mailbox = Buffer.concat([...bigMailbox(size)]);
    const separators = [...mailbox.toString('latin1').matchAll(/^From /gm)].map(
      ({ index }) => index,
    );
    expect(separators.length).toBe(size.messages);
    expect(mailbox.length).toBe(size.messages * size.bytesPerMessage);
    for (const number of [0, 1, 251, 9_999]) {
      const stored = mailbox.subarray(separators[number], separators[number + 1]);
      const separatorLength = stored.indexOf(0x0a) + 1;
      const envelope = readEnvelope(stored, stored.indexOf('\n\n') + 2, separatorLength);
      const shown = { ...envelope, from: shownOf(envelope.from), to: shownOf(envelope.to) };
      expect(shown).toMatchObject(bigMessage(number));
    }
  });
});
