/** Whether bytes that were read are the message they are said to be. */

import type { MailboxError } from '../../shared/errors.ts';
import { byteOffset } from '../../shared/units.ts';
import type { StoredCheck } from './flush/append.ts';
import type { Format } from './format/format.ts';
import { HEADER_BYTES_MAX } from './toc/fingerprint.ts';
import { Spans } from './toc/spans.ts';
import { type Fingerprint, type Span, Table } from './toc/table.ts';

const FIRST = 0 as never;

/** The fingerprint of a message as stored, made as the scan makes it. */
function fingerprintOfStored(stored: Buffer, span: Span, format: Format): Fingerprint {
  const { separatorLength: length, headerLength } = span;
  const table = new Table();
  const spans = new Spans(table);
  spans.show({ bytes: stored, filled: stored.length, base: byteOffset(0), last: true });
  spans.begin({ offset: 0, length, headerLength });
  spans.end(format.contentEnd(stored), stored.length);
  return table.fingerprint(FIRST);
}

/**
 * Whether `stored` is the message of this span and fingerprint. If only its beginning was read, only
 * that can be looked at: it must begin as messages of its format do.
 */
export function checkStored(
  stored: Buffer,
  span: Span,
  known: Fingerprint,
  format: Format,
): boolean {
  if (stored.length < span.length) return format.begins(stored);
  const { high, low } = fingerprintOfStored(stored, span, format);
  return high === known.high && low === known.low;
}

/** A fingerprint is made of so many bytes at the end, and of what may close the message behind them. */
const END_BYTES = 8192;

/**
 * Looks at a message while it is copied, whatever its length: whether the bytes that pass by are the
 * message of this span and fingerprint.
 * @param gone what is thrown if they are not
 */
export class CopyCheck implements StoredCheck {
  readonly #span: Span;
  readonly #known: Fingerprint;
  readonly #format: Format;
  readonly #gone: () => MailboxError;
  #head = Buffer.alloc(0);
  #end = Buffer.alloc(0);

  constructor(span: Span, known: Fingerprint, format: Format, gone: () => MailboxError) {
    this.#span = span;
    this.#known = known;
    this.#format = format;
    this.#gone = gone;
  }

  see(part: Uint8Array, at: number): void {
    const { length } = this.#span;
    if (at === 0) {
      this.#head = Buffer.alloc(Math.min(length, HEADER_BYTES_MAX));
      this.#end = Buffer.alloc(Math.min(length, END_BYTES));
    }
    if (at < this.#head.length) this.#head.set(part.subarray(0, this.#head.length - at), at);
    const from = Math.max(at, length - this.#end.length);
    const seen = part.subarray(from - at);
    if (seen.length > 0) this.#end.set(seen, from - (length - this.#end.length));
  }

  over(): void {
    const { length, separatorLength, headerLength } = this.#span;
    const table = new Table();
    const spans = new Spans(table);
    const window = (bytes: Buffer, base: number) =>
      spans.show({ bytes, filled: bytes.length, base: byteOffset(base), last: true });
    window(this.#head, 0);
    spans.begin({ offset: 0, length: separatorLength, headerLength });
    spans.pass(this.#head.length);
    const base = length - this.#end.length;
    window(this.#end, base);
    spans.end(base + this.#format.contentEnd(this.#end), length);
    this.#head = this.#end = Buffer.alloc(0);
    const { high, low } = table.fingerprint(FIRST);
    if (high !== this.#known.high || low !== this.#known.low) throw this.#gone();
  }
}
