/**
 * What a format of mailbox must be able to say; `mbox.ts`, `mmdf.ts` and `babyl.ts` each say it.
 *
 * A format recognises itself from content, never from a file name; it finds spans in bytes that pass
 * by once, in chunks; and it knows what must stand between two messages for both to be found again.
 * It reads no file, throws for no content, and keeps what it was unsure of for the dialect report.
 */

import type { DialectReport, FormatName, Rule } from '../../../shared/dialect-report.ts';
import type { ByteOffset } from '../../../shared/units.ts';
import type { Learnt } from './learnt.ts';
import type { OverrulableLines, Overruling } from './overruling.ts';

/** How a person, or a test, wants an archive read. */
export interface Reading {
  readonly rule: Rule;
  /** What a person says of single lines, whatever the rule says ("split here", "join"). */
  readonly overrulings: readonly Overruling[];
}

export const DEFAULT_READING: Reading = { rule: 'default', overrulings: [] };

/** How a file is to be read from now on. */
export interface ReadAs {
  readonly reading: Reading;
  /** The format that a person says it has; null to tell it from the content. */
  readonly named: FormatName | null;
}

/** What a scanner is to look at: from 0 or the offset of a known separator, to the file's end. */
export interface Range {
  readonly from: ByteOffset;
  /** The size of the file: where the range ends. */
  readonly size: number;
  /**
   * `midway`: `from` may lie anywhere, and nothing is known of what stands there. The scan begins with
   * the first separator behind it, taken for one by what stands near it. For formats with `sections`.
   */
  readonly begins?: 'midway';
  /**
   * Asked of every separator, before it is reported: if true, the scan ends in front of it, and what
   * stands there is none of its business. For formats with `sections`.
   */
  readonly meets?: (separator: ByteOffset) => boolean;
}

/** A stretch of the file in memory. */
export interface Window {
  /** The bytes; only `filled` of them are of the file. */
  readonly bytes: Buffer;
  readonly filled: number;
  /** Where in the file the first byte lies. */
  readonly base: ByteOffset;
  /** True if the file ends with this window. */
  readonly last: boolean;
}

/** A separator that has been judged to be one. */
export interface Separator {
  readonly offset: number;
  /** Length of the separator line, line end included. */
  readonly length: number;
  /**
   * From `offset` to the first byte of the body; 0 if the empty line was not met so far. It may lie
   * behind the next separator: then this message has no empty line.
   */
  readonly headerLength: number;
}

/**
 * A message ends before the next separator: what follows up to that belongs to no message. Without
 * it a message ends where the next one begins.
 */
export interface MessageEnd {
  /** Where the message itself ends. */
  readonly contentEnd: number;
  /** Behind what closes it, if anything does: that is stored with the message. */
  readonly end: number;
}

/** What a scanner finds, in the order of the file. */
export type Found = Separator | MessageEnd;

/** How far a scanner has come with a window. */
export interface Scanned {
  /** Everything before this offset is judged; the next window must begin at or before it. */
  readonly judged: ByteOffset;
  /**
   * A stretch elsewhere in the file that must be seen before the scan can go on: `scan` is to be
   * called again with the same window and with that stretch as far as the file has it.
   */
  readonly wants: { readonly offset: ByteOffset; readonly length: number } | null;
  /**
   * True if the scanner stopped only to give others a turn: it is asked again with the same window.
   * A window may be full of candidates, and each takes its time.
   */
  readonly paused?: boolean;
  /** The separator that ended the scan (`Range.meets`). */
  readonly met?: ByteOffset;
}

/** Finds the separators of one file from front to back. */
export interface Scanner {
  /**
   * Looks at the next window and reports every separator and end in it that can be judged; with
   * `last`, everything is judged.
   * @param wanted the stretch that the last call asked for
   */
  scan(window: Window, found: (found: Found) => void, wanted?: Window): Scanned;
  /** What has been learnt so far. */
  report(): DialectReport;
}

/** A scanner of a format that can be read in sections. */
export interface SectionScanner extends Scanner {
  scan(window: Window, found: (separator: Separator) => void, wanted?: Window): Scanned;
  /** What this scan has learnt, for another one's `goOn`. */
  learnt(): Learnt;
  /**
   * Goes on at a separator, with a window that begins there: the one that was met, or one behind it, if
   * what lies between them has been scanned elsewhere.
   * @param learnt of what lies between
   */
  goOn(separator: ByteOffset, learnt: Learnt | null): void;
}

/** What a span says of its message, with offsets from the message's first byte. */
export interface Parts {
  /** Where the header fields begin: all before them is the format's own. */
  readonly separatorLength: number;
  /** Where the body begins; 0 if that is not known. */
  readonly headerLength: number;
}

/** Where the second of two stretches begins that are a message together. */
export interface Joint {
  /** In the message. */
  readonly at: number;
  /** In what is stored. */
  readonly from: number;
}

/** Flags and labels that a format keeps outside of the message's header. */
export interface Marks {
  /** Words with a meaning in the format, such as `unseen`. */
  readonly attributes: readonly string[];
  /** Words of the person's own. */
  readonly labels: readonly string[];
}

/** Bytes to write over as many others of a stored message, which keeps its length. */
export interface Overwrite {
  /** From the message's first byte. */
  readonly at: number;
  readonly bytes: Uint8Array;
}

/** What it takes for a stored message to stand behind a file. */
export interface Fit {
  readonly before: Uint8Array;
  /** So many of its first bytes the file ends with already. */
  readonly skip: number;
  readonly after: Uint8Array;
}

/** Lines at the end of what a flush keeps, which are judged by what stands behind them. */
export interface Tail {
  /** True if there are such lines at the end of `before`. */
  isOpen(before: Uint8Array): boolean;
  /**
   * Whether they are still read as they were.
   * @param until what stands behind them until then, to the end of the file or some KiB
   * @param after what will
   */
  holds(before: Uint8Array, until: Uint8Array, after: Uint8Array, reading: Reading): boolean;
}

/** How several parts of a file are scanned at the same time. */
export interface Sections {
  /** A file is cut at multiples of this: what begins in a section is scanned by itself. */
  readonly bytes: number;
  scanner(reading: Reading, range: Range): SectionScanner;
}

export interface Format {
  readonly name: FormatName;
  /** Why files of this format can only be read, for a person; left out where they can be changed. */
  readonly readOnly?: string;
  /**
   * Whether a file that begins so can be of this format. `empty`: it can, but no message is in
   * sight (an empty file, or mere text).
   */
  recognises(head: Uint8Array): 'yes' | 'empty' | 'no';
  /** The lines that a person can read otherwise. */
  readonly overrulable: OverrulableLines;
  /** A scanner that starts at `range.from`, which is 0 or the offset of a known separator. */
  scanner(reading: Reading, range: Range): Scanner;
  /** Left out where what a line means may depend on every line before it. */
  readonly sections?: Sections;
  /**
   * Whether what begins with `after` is still read as it was if it stands right behind `before`:
   * asked of every seam a flush would make.
   * @param before the last bytes in front that are kept, or none at the start of the file
   * @param after the first bytes behind that are kept, 64 KiB or all of it: a message, or bytes of none
   */
  seamHolds(before: Uint8Array, after: Uint8Array, reading: Reading): boolean;
  /** Left out where no line is judged by what stands behind it. */
  readonly tail?: Tail;
  /**
   * Whether `after` is what a program that delivers writes behind a file that ends with `before`. Left
   * out where that is whatever `begins` and whose seam holds.
   */
  goesOn?(before: Uint8Array, after: Uint8Array): boolean;
  /**
   * Length of the end of a stored message that can stay when the message goes, to keep what is in
   * front and what is behind apart; 0 if that would not help.
   */
  partingLength(stored: Buffer): number;
  /**
   * Whether bytes at the end of a stored message do nothing but close it, as a program does that
   * delivers behind a message the file ended with.
   */
  closes(end: Uint8Array): boolean;
  /** What a new mailbox without messages holds. */
  readonly emptyMailbox: Uint8Array;
  /**
   * The bytes to write for a delivery of `message` behind a file that ends with `tail`.
   * @param tail the last bytes of the file, a few KiB or all of it
   * @param separatorLine what stands in front of a message of this format; null for a fitting one
   * @param reading how the file is read: the message must be found by that
   * @throws MISUSE if `separatorLine` is none
   */
  envelope(
    message: Uint8Array,
    tail: Uint8Array,
    separatorLine: string | null,
    reading: Reading,
  ): Uint8Array;
  /** Whether a stored message can begin so. */
  begins(stored: Buffer): boolean;
  /** Where a stored message itself ends: in front of what closes it, if anything does. */
  contentEnd(stored: Buffer): number;
  /**
   * The message as a reader sees it, header and body, bytes as stored, nothing unquoted: what
   * Python's mailbox module calls the message. A view of the same memory where that is possible.
   * @param stored the message as stored, or its beginning
   */
  messageIn(stored: Buffer, parts: Parts): Buffer;
  /** Where `messageIn` joins two stretches; absent where it never does, null where it does not. */
  jointIn?(stored: Buffer): Joint | null;
  /** The flags that stand outside of the message's header; null if the format has none. */
  marksIn(stored: Buffer, parts: Parts): Marks | null;
  /**
   * What to overwrite in a stored message so that it is no longer flagged deleted inside the file.
   * @param stored the message as stored, or its beginning with the whole header
   * @returns nothing if it is not flagged so
   */
  undelete(stored: Buffer, parts: Parts): readonly Overwrite[];
  /**
   * How a message that was stored in this format stands behind a file of it, byte for byte.
   * @param tail the file's last bytes, 4 KiB or all of it
   * @param first the message's first bytes, as many @param last its last bytes, as many
   * @param reading how both are read
   */
  fit(tail: Uint8Array, first: Uint8Array, last: Uint8Array, reading: Reading): Fit;
}
