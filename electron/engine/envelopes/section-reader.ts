/**
 * Scans a section of an archive and decodes the envelopes of its messages right there, while their bytes
 * are in the core's cache: each byte is read once. On a thread that may wait for the disk. Imports
 * message/, formats, toc's section, and the descriptor shared with the engine.
 */

import { readShared } from '../../mailbox/disk/shared-descriptor.ts';
import { FORMATS } from '../../mailbox/format/dialect.ts';
import type { Window } from '../../mailbox/format/format.ts';
import type { SectionRequest } from '../../mailbox/section-readers.ts';
import { type SectionFound, SectionScan } from '../../mailbox/toc/section.ts';
import type { Span } from '../../mailbox/toc/table.ts';
import type { EnvelopeBatch } from '../../message/envelope-batch.ts';
import type { EnvelopeDecoder, MessageBytes } from '../../message/envelope-decoder.ts';
import { MESSAGE_BYTES_MAX } from './stretch-reader.ts';

export interface SectionRead {
  readonly found: SectionFound;
  /** Of the messages found, in their order. */
  readonly envelopes: EnvelopeBatch;
}

export class SectionReader {
  readonly #scan = new SectionScan();
  readonly #decoder: EnvelopeDecoder;
  #body: Buffer | null = null;
  /** Messages that the next section may have: as many as the one before it. */
  #guess = 256;

  constructor(decoder: EnvelopeDecoder) {
    this.#decoder = decoder;
  }

  /** @returns null as `SectionScan.scan` @throws IO */
  read({ descriptor, format, reading, section }: SectionRequest): SectionRead | null {
    const read = (into: Uint8Array, position: number): number =>
      readShared(descriptor, into, position);
    this.#decoder.begin(this.#guess);
    const onMessage = (span: Span, window: Window): void => this.#decode(descriptor, span, window);
    const found = this.#scan.scan(read, FORMATS[format], reading, section, onMessage);
    if (!found) return null;
    this.#guess = Math.ceil(found.rows.count * 1.125);
    return { found, envelopes: this.#decoder.done() };
  }

  #decode(descriptor: number, span: Span, { bytes, base }: Window): void {
    const whole = Math.min(span.length, MESSAGE_BYTES_MAX);
    const start = span.offset - base;
    if (start >= 0) {
      const message = { bytes, start, end: start + whole };
      this.#decoder.add(message, span, null, () => message);
      return;
    }
    // Its beginning has passed by: it is read again, and the body only if that is needed.
    const isKnown = span.headerLength > span.separatorLength;
    const header = this.#again(
      descriptor,
      span,
      isKnown ? Math.min(span.headerLength, whole) : whole,
    );
    const withBody = (): MessageBytes => this.#again(descriptor, span, whole);
    this.#decoder.add(header, span, null, withBody);
  }

  #again(descriptor: number, { offset }: Span, length: number): MessageBytes {
    this.#body ??= Buffer.allocUnsafeSlow(MESSAGE_BYTES_MAX);
    const end = readShared(descriptor, this.#body.subarray(0, length), offset);
    return { bytes: this.#body, start: 0, end };
  }
}
