/**
 * The scan: from an open file to a table of contents, in one pass.
 *
 * Reads large chunks into two buffers used by turns, so that the next chunk is on its way while one
 * is searched; a format finds the separators, `spans.ts` writes the messages. Of a large file other
 * threads scan sections meanwhile (`ahead.ts`): what they found is taken over where it fits. Yields to
 * the event loop after every chunk, and more often where messages are small. Memory is bounded and time
 * linear for any content, and no content is an error. If the file shrinks meanwhile, the scan ends with
 * what is there.
 */

import type { DialectReport } from '../../../shared/dialect-report.ts';
import { MailboxError } from '../../../shared/errors.ts';
import { type ByteOffset, byteLength, byteOffset, messageNumber } from '../../../shared/units.ts';
import type { OpenFile } from '../disk/disk.ts';
import type {
  Format,
  Found,
  Range,
  Reading,
  Scanned,
  Scanner,
  SectionScanner,
  Window,
} from '../format/format.ts';
import { breath } from '../../../shared/steps.ts';
import { Ahead, type SectionThreads, type ThreadFound } from './ahead.ts';
import { orAborted } from './or-aborted.ts';
import { Spans } from './spans.ts';
import type { Table } from './table.ts';

const CHUNK_BYTES = 2 * 1024 * 1024;
/** The first chunk has what a list shows first, and little more: nobody waits for the rest of it. */
const FIRST_CHUNK_BYTES = 256 * 1024;
/** So many messages that a thread found are taken over in one go. */
const PIECE_MESSAGES = 1 << 14;
/** Room for what a window takes over from the one before it; it grows if that is not enough. */
const CARRY_BYTES = 256 * 1024;

/** All that a scan needs of a file. */
export type ReadFile = Pick<OpenFile, 'path' | 'read'>;

export interface ScanOptions {
  /** Gets each message as soon as its end is known. */
  readonly into: Table;
  readonly signal: AbortSignal;
  /** Called after every chunk, with the offset up to which the file has been scanned. */
  readonly onProgress: (scannedBytes: number) => void;
  /** Awaited after every chunk, so that others have their turn; a breath if left out. */
  readonly pause?: (() => Promise<void>) | undefined;
  /** Threads that scan parts of the file meanwhile. */
  readonly threads?: SectionThreads | null | undefined;
  /** Bytes a read; for tests. */
  readonly chunkBytes?: number;
}

export interface ScanResult {
  readonly report: DialectReport;
  /** Where the scan ended: the size, or less if the file shrank. */
  readonly scannedBytes: number;
}

/**
 * Scans from `range.from` (0, or the offset of a known separator) to `range.size`, and adds every
 * message to `options.into`. A scan from 0 sets its `preambleBytes`.
 * @throws CANCELLED if the signal aborts: then the table is not the whole archive (I9)
 * @throws IO
 */
export async function scan(
  file: ReadFile,
  format: Format,
  reading: Reading,
  range: Range,
  options: ScanOptions,
): Promise<ScanResult> {
  const { into } = options;
  const before = into.count;
  const { sections } = format;
  const ahead =
    sections && options.threads ? new Ahead(options.threads, sections.bytes, range, into) : null;
  let end: number;
  let report: DialectReport;
  if (sections && ahead) {
    const meets = (separator: ByteOffset): boolean => ahead.covers(separator);
    const scanner = sections.scanner(reading, { ...range, meets });
    end = await scanWithThreads(file, scanner, ahead, range, options);
    report = scanner.report();
  } else {
    const scanner = format.scanner(reading, range);
    ({ end } = await scanFrom(file, scanner, range, null, options));
    report = scanner.report();
  }
  if (range.from === 0) {
    const first = into.count > before ? into.offset(messageNumber(before)) : end;
    into.preambleBytes = byteLength(first);
  }
  return { report, scannedBytes: end };
}

/** Scans from the front, and takes over what threads found. @returns where the file ends */
async function scanWithThreads(
  file: ReadFile,
  scanner: SectionScanner,
  ahead: Ahead,
  range: Range,
  options: ScanOptions,
): Promise<number> {
  const { signal, onProgress } = options;
  for (let from = range.from; ; ) {
    const { end, met } = await scanFrom(file, scanner, { ...range, from }, ahead, options);
    if (met === undefined) return end;
    from = met;
    scanner.goOn(from, null);
    while (ahead.covers(from)) {
      const found = await orAborted(ahead.take(from), signal);
      throwIfAborted(signal, file);
      if (!found) break;
      await takeOver(found, options);
      throwIfAborted(signal, file);
      from = found.end;
      scanner.goOn(from, found.learnt);
      ahead.advance(from);
      onProgress(from);
      if (found.last) return from;
    }
  }
}

/** All that a thread found; where that is very much, others have their turns meanwhile. */
async function takeOver(
  { rows, onTaken }: ThreadFound,
  { into, signal, onProgress }: ScanOptions,
): Promise<void> {
  for (let from = 0; from < rows.count && !signal.aborted; from += PIECE_MESSAGES) {
    const to = Math.min(rows.count, from + PIECE_MESSAGES);
    const first = messageNumber(into.count);
    into.appendRows(rows, from, to);
    onTaken(first, to - from);
    const last = messageNumber(into.count - 1);
    onProgress(into.offset(last) + into.length(last));
    await breath();
  }
}

/** Scans from a separator, or the start, to a separator that the scanner meets, or the file's end. */
async function scanFrom(
  file: ReadFile,
  scanner: Scanner,
  range: Range,
  ahead: Ahead | null,
  { into, signal, onProgress, pause = breath, chunkBytes }: ScanOptions,
): Promise<{ readonly end: number; readonly met?: ByteOffset | undefined }> {
  const spans = new Spans(into);
  const windows = new Windows(file, range, chunkBytes ?? CHUNK_BYTES);
  const onFound = (found: Found): void => {
    if ('contentEnd' in found) spans.end(found.contentEnd, found.end);
    else spans.begin(found);
  };
  try {
    for (;;) {
      const window = await windows.next();
      throwIfAborted(signal, file);
      spans.show(window);
      const { judged, met } = await judge(file, scanner, window, range, onFound);
      throwIfAborted(signal, file);
      if (window.last || met !== undefined) {
        const end = met ?? window.base + window.filled;
        spans.end(end);
        onProgress(end);
        return { end, met };
      }
      windows.keepFrom(spans.pass(judged));
      onProgress(judged);
      await pause();
      ahead?.advance(judged);
    }
  } finally {
    await windows.done();
  }
}

/** Lets the scanner judge a window, with the stretches elsewhere in the file that it asks for. */
async function judge(
  file: ReadFile,
  scanner: Scanner,
  window: Window,
  range: Range,
  onFound: (found: Found) => void,
): Promise<Scanned> {
  let scanned = scanner.scan(window, onFound);
  while (scanned.wants || scanned.paused) {
    if (!scanned.wants) {
      await breath();
      scanned = scanner.scan(window, onFound);
      continue;
    }
    const { offset, length } = scanned.wants;
    const bytes = Buffer.allocUnsafe(length);
    const filled = await file.read(bytes, offset);
    const last = filled < length || offset + filled >= range.size;
    scanned = scanner.scan(window, onFound, { bytes, filled, base: offset, last });
  }
  return scanned;
}

function throwIfAborted(signal: AbortSignal, file: ReadFile): void {
  if (signal.aborted) throw new MailboxError('CANCELLED', { path: file.path });
}

/** The file as windows that overlap as asked for. */
class Windows {
  readonly #file: ReadFile;
  readonly #size: number;
  readonly #chunkBytes: number;
  #buffer: Buffer;
  #spare: Buffer;
  #window: Window;
  /** Where in the file the next read begins. */
  #position: number;
  #reading: Promise<number>;
  /** Bytes that the read under way would give, if the file had them. */
  #asked = 0;

  constructor(file: ReadFile, range: Range, chunkBytes: number) {
    this.#file = file;
    this.#size = range.size;
    this.#chunkBytes = chunkBytes;
    // A small file needs no large buffers: thousands of archives are opened by a search.
    const chunk = Math.min(chunkBytes, Math.max(0, range.size - range.from));
    const carry = chunk < chunkBytes ? 0 : CARRY_BYTES;
    this.#buffer = Buffer.allocUnsafeSlow(carry + chunk);
    this.#spare = chunk < chunkBytes ? this.#buffer : Buffer.allocUnsafeSlow(carry + chunk);
    this.#position = range.from;
    const nothing = this.#buffer.subarray(0, 0);
    this.#window = { bytes: nothing, filled: 0, base: range.from, last: false };
    const first = chunk < chunkBytes ? chunk : Math.min(chunk, FIRST_CHUNK_BYTES);
    this.#reading = this.#read(this.#spare, first);
  }

  /** The next window; the one before it is gone with this. */
  async next(): Promise<Window> {
    const read = await this.#reading;
    const { bytes, filled, base } = this.#window;
    const room = this.#roomIn(this.#spare);
    if (filled > room) this.#grow(filled);
    const start = this.#roomIn(this.#spare) - filled;
    bytes.copy(this.#spare, start, 0, filled);
    [this.#buffer, this.#spare] = [this.#spare, this.#buffer];
    this.#position += read;
    const last = read < this.#asked || this.#position >= this.#size;
    this.#window = {
      bytes: this.#buffer.subarray(start, start + filled + read),
      filled: filled + read,
      base,
      last,
    };
    if (!last) this.#reading = this.#read(this.#spare, this.#chunkBytes);
    return this.#window;
  }

  /** The next window is to begin here. */
  keepFrom(offset: number): void {
    const { bytes, filled, base } = this.#window;
    const kept = bytes.subarray(offset - base, filled);
    this.#window = { bytes: kept, filled: kept.length, base: byteOffset(offset), last: false };
  }

  /** Waits for a read that is still under way: its buffer and the file are no longer used. */
  async done(): Promise<void> {
    await this.#reading.catch(() => 0);
  }

  /** Bytes in front of where a chunk is read to. */
  #roomIn(buffer: Buffer): number {
    return Math.max(0, buffer.length - this.#chunkBytes);
  }

  #read(into: Buffer, bytes: number): Promise<number> {
    const from = this.#roomIn(into);
    const length = Math.max(0, Math.min(bytes, into.length - from, this.#size - this.#position));
    this.#asked = length;
    const reading = this.#file.read(
      into.subarray(from, from + length),
      byteOffset(this.#position) as ByteOffset,
    );
    // A failure is met by whoever awaits it next; until then it is not unhandled.
    reading.catch(() => undefined);
    return reading;
  }

  #grow(carry: number): void {
    const wider = Buffer.allocUnsafeSlow(2 * carry + this.#chunkBytes);
    const chunk = this.#spare.subarray(this.#roomIn(this.#spare));
    chunk.copy(wider, wider.length - this.#chunkBytes);
    this.#spare = wider;
  }
}
