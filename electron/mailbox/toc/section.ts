/**
 * A section of a file, scanned by itself: for a thread that may wait for the disk. Imports its
 * neighbours and formats.
 *
 * The scan begins with the first separator in the section, taken for one by what stands near it, and
 * ends in front of the first separator behind the section. Whether that was the right beginning only
 * `scan.ts` can say, which comes from the front: if it does not meet the same separator, for instance
 * because a Content-Length covers it, it drops what was found here and scans the section itself. So
 * what a thread finds never changes what is found, only when.
 */

import { MailboxError } from '../../../shared/errors.ts';
import { type ByteOffset, byteOffset } from '../../../shared/units.ts';
import type { Format, Reading, Separator, Window } from '../format/format.ts';
import type { Learnt } from '../format/learnt.ts';
import { type OnMessage, Spans } from './spans.ts';
import type { Rows } from './rows.ts';
import { Table } from './table.ts';

/** Small enough to stay in a core's cache until its messages have been decoded. */
const CHUNK_BYTES = 512 * 1024;
/** Behind the section less is read at once: the next separator is near as a rule. */
const BEHIND_BYTES = 128 * 1024;
/** A message that reaches further behind its section is left to the scan from the front. */
const BEHIND_BYTES_MAX = 64 * 1024 * 1024;
/** With so many messages a section ends early: so its memory is bounded, whatever the file holds. */
const MESSAGES_MAX = 1 << 18;
/** Lines in front of the section that a verdict may look at. */
const BEFORE_BYTES = 4096;

export interface Section {
  readonly from: ByteOffset;
  readonly to: ByteOffset;
  /** The size of the file. */
  readonly size: number;
}

export interface SectionFound {
  /** The separator with which it begins. */
  readonly first: ByteOffset;
  /** Where the scan goes on, at a separator; or where the file ends. */
  readonly end: ByteOffset;
  /** True if the file ends there. */
  readonly last: boolean;
  readonly rows: Rows;
  readonly learnt: Learnt;
}

/** Fills `into` from `position` as far as the file goes. @returns the number of bytes read */
export type ReadNow = (into: Uint8Array, position: number) => number;

export class SectionScan {
  #buffer = Buffer.allocUnsafeSlow(2 * CHUNK_BYTES);

  /**
   * @param onMessage called with every message found
   * @returns null if no message begins in the section, or one does not end in good time
   * @throws IO
   */
  scan(
    read: ReadNow,
    format: Format,
    reading: Reading,
    section: Section,
    onMessage: OnMessage,
  ): SectionFound | null {
    const { from, to, size } = section;
    const table = new Table();
    const meets = (separator: ByteOffset): boolean =>
      separator >= to || table.count >= MESSAGES_MAX;
    const range = { from, size, begins: 'midway', meets } as const;
    const scanner = format.sections?.scanner(reading, range);
    if (!scanner) throw new MailboxError('BUG', { invariant: `${format.name} has no sections` });
    const spans = new Spans(table, onMessage);
    let first = -1;
    const onFound = (separator: Separator): void => {
      if (first < 0) first = separator.offset;
      spans.begin(separator);
    };
    const before = byteOffset(Math.max(0, from - BEFORE_BYTES));
    let window: Window = { bytes: this.#buffer, filled: 0, base: before, last: false };
    let keepFrom: number = before;
    for (;;) {
      window = this.#next(read, window, keepFrom, section);
      spans.show(window);
      let scanned = scanner.scan(window, onFound);
      while (scanned.wants || scanned.paused) {
        scanned = scanner.scan(window, onFound, wanted(read, scanned.wants, size));
      }
      const { met, judged } = scanned;
      if (met !== undefined || window.last) {
        const end = met ?? byteOffset(window.base + window.filled);
        spans.end(end);
        if (first < 0) return null;
        const last = met === undefined;
        return {
          first: byteOffset(first),
          end,
          last,
          rows: table.rows(),
          learnt: scanner.learnt(),
        };
      }
      if (judged >= to && (first < 0 || judged >= to + BEHIND_BYTES_MAX)) return null;
      keepFrom = spans.pass(judged);
    }
  }

  /** The next window: what is kept of the one before it, and what follows. */
  #next(read: ReadNow, before: Window, keepFrom: number, { to, size }: Section): Window {
    const filledTo = before.base + before.filled;
    const kept = filledTo - keepFrom;
    const near = filledTo < to ? Math.min(CHUNK_BYTES, to - filledTo + BEHIND_BYTES) : BEHIND_BYTES;
    const wanted = Math.min(near, size - filledTo);
    let bytes = this.#buffer;
    if (kept + wanted > bytes.length) bytes = Buffer.allocUnsafeSlow(2 * (kept + wanted));
    before.bytes.copy(bytes, 0, keepFrom - before.base, before.filled);
    this.#buffer = bytes;
    const filled = read(bytes.subarray(kept, kept + wanted), filledTo);
    const last = filled < wanted || filledTo + filled >= size;
    return { bytes, filled: kept + filled, base: byteOffset(keepFrom), last };
  }
}

/** The stretch that a scanner asks for. */
function wanted(
  read: ReadNow,
  wants: { readonly offset: ByteOffset; readonly length: number } | null,
  size: number,
): Window | undefined {
  if (!wants) return undefined;
  const bytes = Buffer.allocUnsafe(wants.length);
  const filled = read(bytes, wants.offset);
  const last = filled < wants.length || wants.offset + filled >= size;
  return { bytes, filled, base: wants.offset, last };
}
