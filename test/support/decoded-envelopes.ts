/** Envelopes decoded in a batch, and as one message by itself: the two must be the same. */

import { attachmentsCarried } from '../../electron/message/attachments-carried.ts';
import { readEnvelope } from '../../electron/message/envelope.ts';
import {
  type EnvelopeBatch,
  FLAG_BITS,
  PEOPLE_LENGTH_MAX,
  TEXT_LENGTH_MAX,
} from '../../electron/message/envelope-batch.ts';
import type { EnvelopeDecoder, MessageParts } from '../../electron/message/envelope-decoder.ts';
import { LINK_WORDS } from '../../electron/message/message-links.ts';

export interface StoredMessage extends MessageParts {
  readonly stored: Buffer;
}

export interface SeenEnvelope {
  readonly from: string;
  readonly to: string;
  readonly cc: string;
  readonly list: string;
  readonly labels: string;
  readonly subject: string;
  readonly date: number | null;
  readonly flags: number;
  readonly kinds: number;
  readonly links: readonly number[];
}

/** The slow way, text after text. */
export function seenAlone({ stored, headerLength, separatorLength }: StoredMessage): SeenEnvelope {
  const read = readEnvelope(stored, headerLength, separatorLength);
  const { subject, date, flags } = read;
  const kept = (text: string, most = PEOPLE_LENGTH_MAX): string =>
    Buffer.from(text.slice(0, most), 'utf8').toString('utf8');
  return {
    from: kept(read.from),
    to: kept(read.to),
    cc: kept(read.cc),
    list: kept(read.list),
    labels: kept(read.labels),
    subject: kept(subject, TEXT_LENGTH_MAX),
    date,
    flags,
    kinds: attachmentsCarried(stored, headerLength),
    links: [...read.links],
  };
}

/** What a batch says of each of its messages. */
export function seenIn(batch: EnvelopeBatch): SeenEnvelope[] {
  const people = textsOf(batch.people, batch.peopleBytes);
  const subjects = textsOf(batch.subjects, batch.subjectBytes);
  let linked = 0;
  return [...batch.bits].map((bits, index) => {
    const date = batch.dates[index] ?? Number.NaN;
    const start = linked;
    linked += (batch.linkCounts[index] ?? 0) * LINK_WORDS;
    return {
      from: people[batch.from[index] ?? 0] ?? '',
      to: people[batch.to[index] ?? 0] ?? '',
      cc: people[batch.cc[index] ?? 0] ?? '',
      list: people[batch.list[index] ?? 0] ?? '',
      labels: people[batch.labels[index] ?? 0] ?? '',
      subject: subjects[index] ?? '',
      date: Number.isNaN(date) ? null : date,
      flags: bits & FLAG_BITS,
      kinds: batch.kinds[index] ?? 0,
      links: [...batch.links.subarray(start, linked)],
    };
  });
}

function textsOf(bytes: Uint8Array, lengths: Uint16Array): string[] {
  let at = 0;
  return [...lengths].map((length) => {
    const text = Buffer.from(bytes.subarray(at, at + length)).toString('utf8');
    at += length;
    return text;
  });
}

/**
 * Decodes messages as one batch. They lie behind each other in one stretch of memory; of every third
 * only the header is at hand at first.
 */
export function decodedTogether(
  decoder: EnvelopeDecoder,
  messages: readonly StoredMessage[],
): SeenEnvelope[] {
  const bytes = Buffer.concat([
    Buffer.from('2001 10:20:30 '),
    ...messages.map(({ stored }) => stored),
    Buffer.from('2001 10:20:30 +0100'),
  ]);
  decoder.begin(messages.length);
  let start = 14;
  for (const [index, message] of messages.entries()) {
    const { stored, headerLength } = message;
    const end = start + stored.length;
    const header = headerLength > 0 && index % 3 === 0 ? start + headerLength : end;
    const whole = { bytes, start, end };
    decoder.add({ bytes, start, end: header }, message, null, () => whole);
    start = end;
  }
  return seenIn(decoder.done());
}
