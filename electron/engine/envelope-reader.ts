/**
 * Reads the envelopes of messages in large strokes, off the scan's path: many messages at a time,
 * in file order, while the scan is still finding more.
 */

import type { Envelopes } from '../catalog/envelopes.ts';
import type { Mailbox } from '../mailbox/mailbox.ts';
import { carriesAttachment } from '../message/attachment-mark.ts';
import { readEnvelope } from '../message/envelope.ts';
import { type MessageNumber, messageNumber } from '../../shared/units.ts';

/** So much is read at once. */
const STROKE_BYTES = 4 * 1024 * 1024;
/** So much of one message is looked at, header and the parts of a multipart. */
const MESSAGE_BYTES_MAX = 1024 * 1024;

function take(mailbox: Mailbox, envelopes: Envelopes, number: MessageNumber, stored: Buffer): void {
  const span = mailbox.table.span(number);
  const { headerLength, separatorLength } = span;
  const marks = mailbox.format.marksIn(stored, span);
  const envelope = readEnvelope(stored, headerLength, separatorLength, marks);
  envelopes.set(number, envelope, carriesAttachment(stored, headerLength));
}

/** Reads one envelope now, because somebody looks at it. */
export async function readOne(
  mailbox: Mailbox,
  envelopes: Envelopes,
  number: MessageNumber,
): Promise<void> {
  const table = mailbox.table;
  const bytes = Buffer.allocUnsafe(Math.min(table.length(number), MESSAGE_BYTES_MAX));
  const read = await mailbox.readBytes(bytes, table.offset(number));
  if (table === mailbox.table) take(mailbox, envelopes, number, bytes.subarray(0, read));
}

/**
 * Reads envelopes from message `from` on, as many as lie within one stroke.
 * @returns the first message not read; `from` itself if the table was made anew meanwhile
 */
export async function readStroke(
  mailbox: Mailbox,
  envelopes: Envelopes,
  from: number,
  stroke: Buffer = Buffer.allocUnsafe(STROKE_BYTES),
): Promise<number> {
  const table = mailbox.table;
  if (from >= table.count) return from;
  const base = table.offset(messageNumber(from));
  const read = await mailbox.readBytes(stroke, base);
  if (table !== mailbox.table) return from;
  let number = from;
  for (; number < table.count; number++) {
    const at = messageNumber(number);
    const begin = table.offset(at) - base;
    const wanted = Math.min(table.length(at), MESSAGE_BYTES_MAX);
    // A message that reaches beyond the stroke is left for the next one, unless it is the first.
    if (number > from && begin + wanted > read) break;
    if (!envelopes.has(at))
      take(mailbox, envelopes, at, stroke.subarray(begin, Math.min(read, begin + wanted)));
  }
  return number;
}

export const newStroke = (): Buffer => Buffer.allocUnsafe(STROKE_BYTES);
