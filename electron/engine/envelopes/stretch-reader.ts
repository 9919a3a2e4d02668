/**
 * Decodes the envelopes of a stretch of messages from an open file, on a thread that may wait for the
 * disk. Imports message/, formats, and the descriptor shared with the engine.
 *
 * Messages that lie close together are read in one go, whole. Of long ones only the header is read,
 * and the body only where the message has parts.
 */

import { readShared } from '../../mailbox/disk/shared-descriptor.ts';
import { FORMATS } from '../../mailbox/format/dialect.ts';
import type { Stretch } from '../../mailbox/toc/table.ts';
import type { EnvelopeBatch } from '../../message/envelope-batch.ts';
import type { EnvelopeDecoder, MessageBytes } from '../../message/envelope-decoder.ts';
import type { FormatName } from '../../../shared/dialect-report.ts';
import { byteLength } from '../../../shared/units.ts';

/** So much of one message is looked at, header and the parts of a multipart. */
export const MESSAGE_BYTES_MAX = 1024 * 1024;
/** So much is read in one go, if it is worth it. */
const WINDOW_BYTES = 512 * 1024;
/** Bytes that nobody needs are read if skipping them would take longer: another call costs as much. */
const SKIP_BYTES_MIN = 12 * 1024;

export class StretchReader {
  readonly #decoder: EnvelopeDecoder;
  readonly #window = Buffer.allocUnsafeSlow(WINDOW_BYTES);
  #body: Buffer | null = null;

  constructor(decoder: EnvelopeDecoder) {
    this.#decoder = decoder;
  }

  /** @throws IO */
  read(descriptor: number, format: FormatName, stretch: Stretch): EnvelopeBatch {
    const { offsets } = stretch;
    this.#decoder.begin(offsets.length);
    for (let first = 0; first < offsets.length; ) {
      const behind = windowEnd(format, stretch, first);
      this.#readWindow(descriptor, format, stretch, first, behind);
      first = behind;
    }
    return this.#decoder.done();
  }

  #readWindow(
    descriptor: number,
    format: FormatName,
    stretch: Stretch,
    first: number,
    behind: number,
  ): void {
    const base = stretch.offsets[first] ?? 0;
    const last = behind - 1;
    const wanted = (stretch.offsets[last] ?? 0) + neededOf(format, stretch, last) - base;
    // A header as long as that is met alone.
    const window = wanted <= WINDOW_BYTES ? this.#window : Buffer.allocUnsafeSlow(wanted);
    const filled = readShared(descriptor, window.subarray(0, wanted), base);
    for (let index = first; index < behind; index++) {
      const start = Math.min(filled, (stretch.offsets[index] ?? 0) - base);
      const length = wholeOf(stretch, index);
      const end = Math.min(filled, start + length);
      this.#decode(descriptor, format, stretch, index, { bytes: window, start, end });
    }
  }

  #decode(
    descriptor: number,
    format: FormatName,
    stretch: Stretch,
    index: number,
    message: MessageBytes,
  ): void {
    const { offsets, headerLengths, separatorLengths } = stretch;
    const parts = {
      headerLength: byteLength(headerLengths[index] ?? 0),
      separatorLength: byteLength(separatorLengths[index] ?? 0),
    };
    const { bytes, start, end } = message;
    const marks = hasMarks(format)
      ? FORMATS[format].marksIn(bytes.subarray(start, end), parts)
      : null;
    this.#decoder.add(message, parts, marks, () => {
      const whole = wholeOf(stretch, index);
      if (end - start >= whole) return message;
      this.#body ??= Buffer.allocUnsafeSlow(MESSAGE_BYTES_MAX);
      const read = readShared(descriptor, this.#body.subarray(0, whole), offsets[index] ?? 0);
      return { bytes: this.#body, start: 0, end: read };
    });
  }
}

/** Flags that stand outside of a header are found in the whole message. */
const hasMarks = (format: FormatName): boolean => format === 'babyl';

function wholeOf({ lengths }: Stretch, index: number): number {
  return Math.min(lengths[index] ?? 0, MESSAGE_BYTES_MAX);
}

/** How much of a message has to be read in any case. */
function neededOf(format: FormatName, stretch: Stretch, index: number): number {
  const whole = wholeOf(stretch, index);
  const header = stretch.headerLengths[index] ?? 0;
  const isKnown = header > (stretch.separatorLengths[index] ?? 0) && !hasMarks(format);
  return isKnown ? Math.min(header, whole) : whole;
}

/** Behind the last message that is read in one go with the first. */
function windowEnd(format: FormatName, stretch: Stretch, first: number): number {
  const { offsets } = stretch;
  const base = offsets[first] ?? 0;
  let needed = base + neededOf(format, stretch, first);
  let behind = first + 1;
  for (; behind < offsets.length; behind++) {
    const offset = offsets[behind] ?? 0;
    const end = offset + neededOf(format, stretch, behind);
    if (offset < needed || offset - needed > SKIP_BYTES_MIN || end - base > WINDOW_BYTES) break;
    needed = end;
  }
  return behind;
}
