/**
 * Turns separators and ends, as they are found, into rows of the table of contents: where each message ends,
 * where its header ends, and its fingerprint, from bytes that pass by in windows.
 *
 * A message is written when its end is known. Nothing of it is kept but numbers, however long it is.
 */

import { byteLength, byteOffset } from '../../../shared/units.ts';
import type { Separator, Window } from '../format/format.ts';
import { behindEmptyLine, trimmed } from '../format/line-end.ts';
import { fingerprintFrom, HEADER_BYTES_MAX, Lanes, TAIL_BYTES, viewOf } from './fingerprint.ts';
import type { Span, Table } from './table.ts';

/** A header block without an empty line in so many bytes is taken to be that long. */
export const HEADER_SOUGHT_MAX = 16 * 1024 * 1024;

/** No more line ends than this are left out at the end of a message. */
const TRIM_BYTES_MAX = 1024;

const UNKNOWN = -1;
/** Bytes by which an empty line and the line end before it can reach back over a border. */
const EMPTY_LINE_OVERLAP = 2;

/** Called with a message that has been written, and the window in which it ends. */
export type OnMessage = (span: Span, window: Window) => void;

export class Spans {
  readonly #table: Table;
  readonly #onMessage: OnMessage | null;
  #window: Window | null = null;
  #bytes: Buffer = Buffer.alloc(0);
  #view: DataView = viewOf(this.#bytes);
  #base = 0;

  #offset = UNKNOWN;
  #separatorLength = 0;
  /** Where the body begins in the file. */
  #headerEnd = UNKNOWN;
  /** Up to where an empty line was looked for. */
  #soughtTo = 0;
  readonly #header = new Lanes();
  #headerTaken = false;
  readonly #tail = new Lanes();

  constructor(table: Table, onMessage: OnMessage | null = null) {
    this.#table = table;
    this.#onMessage = onMessage;
  }

  show(window: Window): void {
    this.#window = window;
    this.#view = viewOf(window.bytes);
    this.#bytes = window.bytes;
    this.#base = window.base;
  }

  /** A message begins, and with that the one before it ends. */
  begin(separator: Separator): void {
    this.end(separator.offset);
    this.#offset = separator.offset;
    this.#separatorLength = separator.length;
    const { headerLength } = separator;
    this.#headerEnd = headerLength === 0 ? UNKNOWN : separator.offset + headerLength;
    // From the line end of the separator line on, where there is such a line.
    this.#soughtTo = separator.offset + Math.max(0, separator.length - 1);
    this.#headerTaken = false;
  }

  /**
   * The message begun last ends here; nothing happens if none was begun, or it has ended.
   * @param contentEnd where the message itself ends
   * @param spanEnd behind what closes it: stored with it, but no part of its fingerprint, so that a
   *   message that is closed later stays the same one
   */
  end(contentEnd: number, spanEnd: number = contentEnd): void {
    const offset = this.#offset;
    if (offset === UNKNOWN) return;
    this.#offset = UNKNOWN;
    this.#write(offset, contentEnd, spanEnd);
  }

  #write(offset: number, contentEnd: number, spanEnd: number): void {
    this.#seekHeaderEnd(offset, contentEnd);
    const known = this.#headerEnd !== UNKNOWN && this.#headerEnd <= contentEnd;
    const headerEnd = known ? this.#headerEnd : Math.min(contentEnd, offset + HEADER_SOUGHT_MAX);
    const fingerprintedTo = Math.min(headerEnd, offset + HEADER_BYTES_MAX);
    if (!this.#headerTaken) this.#takeHeader(offset, fingerprintedTo);
    const trimFrom = Math.max(fingerprintedTo, contentEnd - TRIM_BYTES_MAX);
    const tailTo =
      this.#base + trimmed(this.#bytes, trimFrom - this.#base, contentEnd - this.#base);
    const tailFrom = Math.max(fingerprintedTo, tailTo - TAIL_BYTES);
    this.#tail.reset().take(this.#view, tailFrom - this.#base, tailTo - this.#base);
    const length = tailTo > fingerprintedTo ? tailTo - offset : 0;
    const span = {
      offset: byteOffset(offset),
      length: byteLength(spanEnd - offset),
      headerLength: byteLength(headerEnd - offset),
      separatorLength: byteLength(Math.min(this.#separatorLength, contentEnd - offset)),
    };
    this.#table.append(span, fingerprintFrom(this.#header, this.#tail, length));
    if (this.#onMessage && this.#window) this.#onMessage(span, this.#window);
  }

  /**
   * The window is about to go; up to `judged` no other message begins in it.
   * @returns the offset from which on bytes are still needed
   */
  pass(judged: number): number {
    const offset = this.#offset;
    if (offset === UNKNOWN) return judged;
    this.#seekHeaderEnd(offset, judged);
    let needed = Math.min(judged, Math.max(offset, judged - TAIL_BYTES - TRIM_BYTES_MAX));
    if (!this.#headerTaken) {
      const limit = offset + HEADER_BYTES_MAX;
      const end = this.#headerEnd === UNKNOWN ? limit : Math.min(this.#headerEnd, limit);
      if (end <= judged) this.#takeHeader(offset, end);
      else needed = Math.min(needed, offset);
    }
    return needed;
  }

  #takeHeader(offset: number, end: number): void {
    const from = offset - this.#base;
    this.#header.reset().take(this.#view, from, trimmed(this.#bytes, from, end - this.#base));
    this.#headerTaken = true;
  }

  /** Looks for the empty line up to `to`, if it was not met near the separator. */
  #seekHeaderEnd(offset: number, to: number): void {
    if (this.#headerEnd !== UNKNOWN) return;
    const farthest = offset + HEADER_SOUGHT_MAX;
    const limit = Math.min(to, farthest);
    if (this.#soughtTo >= limit) return;
    const found = behindEmptyLine(this.#bytes, this.#soughtTo - this.#base, limit - this.#base);
    if (found >= 0) this.#headerEnd = found + this.#base;
    else if (limit === farthest) this.#soughtTo = farthest;
    else this.#soughtTo = Math.max(this.#soughtTo, limit - EMPTY_LINE_OVERLAP);
  }
}
