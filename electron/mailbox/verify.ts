/** Whether bytes that were read are the message they are said to be. */

import type { MailboxError } from '../../shared/errors.ts';
import { byteOffset, type MessageNumber, messageNumber } from '../../shared/units.ts';
import type { FileFacts, OpenFile } from './disk/disk.ts';
import { compareIdentity } from './disk/identity.ts';
import type { StoredCheck } from './flush/append.ts';
import type { Format } from './format/format.ts';
import type { Contents } from './toc/contents.ts';
import { HEADER_BYTES_MAX } from './toc/fingerprint.ts';
import { Spans } from './toc/spans.ts';
import { type Fingerprint, type Span, Table } from './toc/table.ts';

const FIRST = 0 as never;
/** Of one row, used again: making one for each message would take longer than the fingerprint. */
const ROW = new Table();
const SPANS = new Spans(ROW);
/** So many messages tell whether a table is that of a file. */
const SAMPLES = 64;
/** Of a longer message only the beginning and the end are read: more is in no fingerprint. */
const READ_WHOLE_MAX = 256 * 1024;
const ENDING_BYTES = 64 * 1024;

/** The fingerprint of a message as stored, made as the scan makes it. */
function fingerprintOfStored(stored: Buffer, span: Span, format: Format): Fingerprint {
  const { separatorLength: length, headerLength } = span;
  ROW.truncate(0);
  SPANS.show({ bytes: stored, filled: stored.length, base: byteOffset(0), last: true });
  SPANS.begin({ offset: 0, length, headerLength });
  SPANS.end(format.contentEnd(stored), stored.length);
  return ROW.fingerprint(FIRST);
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

/** Which file it was, and where messages lay in it: all of them, or some. */
export type Remembered = Pick<Contents, 'identity' | 'table'>;

/**
 * Whether remembered contents are those of a file: by its identity, and by some messages spread over it.
 * @param underPath what stands under its path now
 * @throws IO
 */
export async function compareRemembered(
  { identity, table }: Remembered,
  file: OpenFile,
  format: Format,
  underPath: FileFacts,
): Promise<'same' | 'grown' | 'other'> {
  const change = await compareIdentity(identity, file, underPath);
  if (change !== 'same' && change !== 'grown') return 'other';
  return (await samplesStand(file, format, table)) ? change : 'other';
}

/**
 * Whether some messages of a table, the first and the last among them, lie in the file as it says. It
 * takes as long for any archive.
 * @throws IO
 */
async function samplesStand(file: OpenFile, format: Format, table: Table): Promise<boolean> {
  for (const number of sampled(table.count)) {
    if (!(await stands(file, format, table, number))) return false;
  }
  return true;
}

/** Numbers spread over all, others each time. */
function sampled(count: number): ReadonlySet<MessageNumber> {
  if (count === 0) return new Set();
  const numbers = new Set([messageNumber(0), messageNumber(count - 1)]);
  const stretch = count / SAMPLES;
  for (let at = 0; at < SAMPLES; at++) {
    numbers.add(messageNumber(Math.floor(Math.min(count - 1, (at + Math.random()) * stretch))));
  }
  if (count <= SAMPLES)
    for (let number = 0; number < count; number++) numbers.add(messageNumber(number));
  return numbers;
}

async function stands(
  file: OpenFile,
  format: Format,
  table: Table,
  number: MessageNumber,
): Promise<boolean> {
  const span = table.span(number);
  const known = table.fingerprint(number);
  if (span.length <= READ_WHOLE_MAX) {
    const stored = Buffer.allocUnsafe(span.length);
    const read = await file.read(stored, span.offset);
    return read === span.length && checkStored(stored, span, known, format);
  }
  const beginning = Buffer.allocUnsafe(Math.min(span.headerLength, HEADER_BYTES_MAX));
  const ending = Buffer.allocUnsafe(ENDING_BYTES);
  const endingFrom = span.length - ending.length;
  if ((await file.read(beginning, span.offset)) < beginning.length) return false;
  if ((await file.read(ending, byteOffset(span.offset + endingFrom))) < ending.length) return false;
  const { high, low } = fingerprintOfEnds(span, beginning, ending, format);
  return high === known.high && low === known.low;
}

/** The fingerprint of a long message, of its two ends. */
function fingerprintOfEnds(
  span: Span,
  beginning: Buffer,
  ending: Buffer,
  format: Format,
): Fingerprint {
  const { separatorLength: length, headerLength } = span;
  const endingFrom = span.length - ending.length;
  const table = new Table();
  const spans = new Spans(table);
  const filled = beginning.length;
  spans.show({ bytes: beginning, filled, base: byteOffset(0), last: false });
  spans.begin({ offset: 0, length, headerLength });
  spans.pass(filled);
  spans.show({ bytes: ending, filled: ending.length, base: byteOffset(endingFrom), last: true });
  spans.end(endingFrom + format.contentEnd(ending), span.length);
  return table.fingerprint(FIRST);
}

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
      this.#end = Buffer.alloc(Math.min(length, ENDING_BYTES));
    }
    if (at < this.#head.length) this.#head.set(part.subarray(0, this.#head.length - at), at);
    const from = Math.max(at, length - this.#end.length);
    const seen = part.subarray(from - at);
    if (seen.length > 0) this.#end.set(seen, from - (length - this.#end.length));
  }

  over(): void {
    const { high, low } = fingerprintOfEnds(this.#span, this.#head, this.#end, this.#format);
    this.#head = this.#end = Buffer.alloc(0);
    if (high !== this.#known.high || low !== this.#known.low) throw this.#gone();
  }
}
