/**
 * Reads envelopes in the engine itself: one that somebody looks at, and, where no other thread does
 * it, many in large strokes, in file order.
 */

import type { Envelopes } from '../../catalog/envelopes.ts';
import type { Mailbox } from '../../mailbox/mailbox.ts';
import { attachmentsCarried } from '../../message/attachments-carried.ts';
import { readEnvelope } from '../../message/envelope.ts';
import { EnvelopeDecoder } from '../../message/envelope-decoder.ts';
import { type MessageNumber, messageNumber } from '../../../shared/units.ts';
import { MESSAGE_BYTES_MAX } from './stretch-reader.ts';

/** So much is read at once. */
const STROKE_BYTES = 4 * 1024 * 1024;
/** A stroke over tiny messages ends sooner, so that nobody waits for long. */
const STROKE_MESSAGES_MAX = 4096;

/** Reads one envelope now, because somebody looks at it; nothing if the file is another by now. */
export async function readOne(
  mailbox: Mailbox,
  envelopes: Envelopes,
  number: MessageNumber,
): Promise<void> {
  const table = mailbox.table;
  const bytes = Buffer.allocUnsafe(Math.min(table.length(number), MESSAGE_BYTES_MAX));
  const read = await mailbox.readBytes(table, bytes, table.offset(number));
  if (read === null) return;
  const stored = bytes.subarray(0, read);
  const span = table.span(number);
  const marks = mailbox.format.marksIn(stored, span);
  const envelope = readEnvelope(stored, span.headerLength, span.separatorLength, marks);
  envelopes.set(number, envelope, attachmentsCarried(stored, span.headerLength));
}

export class StrokeReader {
  readonly #decoder = new EnvelopeDecoder();
  #stroke: Buffer | null = null;

  /**
   * Reads envelopes from message `from` on to before `to`, as many as lie within one stroke.
   * @returns the first message not read; null if the file is not what the table says
   */
  async read(
    mailbox: Mailbox,
    envelopes: Envelopes,
    from: number,
    to: number,
  ): Promise<number | null> {
    const table = mailbox.table;
    if (from >= Math.min(to, table.count)) return from;
    const base = table.offset(messageNumber(from));
    const last = messageNumber(Math.min(to, table.count) - 1);
    const wanted = table.offset(last) + Math.min(table.length(last), MESSAGE_BYTES_MAX) - base;
    const stroke = this.#room(wanted);
    const read = await mailbox.readBytes(table, stroke, base);
    if (read === null) return null;
    const end = Math.min(to, table.count, from + STROKE_MESSAGES_MAX);
    this.#decoder.begin(end - from);
    let number = from;
    for (; number < end; number++) {
      const at = messageNumber(number);
      const start = table.offset(at) - base;
      const length = Math.min(table.length(at), MESSAGE_BYTES_MAX);
      // A message that reaches beyond the stroke is left for the next one, unless it is the first.
      if (number > from && start + length > read) break;
      const message = { bytes: stroke, start, end: Math.min(read, start + length) };
      const span = table.span(at);
      const marks = mailbox.format.marksIn(stroke.subarray(start, message.end), span);
      this.#decoder.add(message, span, marks, () => message);
    }
    envelopes.adopt(from, this.#decoder.done(), number - from);
    return number;
  }

  /** Memory for a stroke: no more than there is to be read. */
  #room(wanted: number): Buffer {
    const bytes = Math.min(STROKE_BYTES, wanted);
    if (!this.#stroke || this.#stroke.length < bytes) this.#stroke = Buffer.allocUnsafeSlow(bytes);
    return this.#stroke.subarray(0, bytes);
  }
}
