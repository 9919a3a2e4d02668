/**
 * What a person says of single lines: "split here", "join". It outlives flushes, deliveries and what
 * other programs do, so it is kept by content, not by offset: the digest of the line that begins or ends
 * a message (`From `, a postmark, ^_) and the text behind it.
 *
 * The text ends before the next such line, because whatever begins there may be
 * removed; and lines that mail programs rewrite in place (flags, lengths) are left out of it. So it
 * depends on nothing but the message that the line begins or stands in. Identical text gets the same
 * verdict wherever it stands: a line that occurs twice, with the same text behind it, is split or
 * joined twice.
 */

import { createHash } from 'node:crypto';
import { type Digest, digest } from '../../../shared/units.ts';
import { CR, LF, nextLine } from './line-end.ts';
import { isFrom } from './separator.ts';

/** A person's word on every line with the same text. */
export interface Overruling {
  readonly reading: 'separator' | 'content';
  /** How many bytes of text the digest covers; fewer near the end of a message or of the file. */
  readonly bytes: number;
  /** SHA-256 of that text. */
  readonly digest: Digest;
}

/** So much text tells one line from another. */
const TEXT_BYTES_MAX = 300;
/** The text lies within so many bytes of the file; more than this is never looked at. */
export const SEEN_BYTES = 4096;

/** Header fields that come, go and change while the message stays the same. */
const REWRITTEN =
  /^(?:(?:x-)?status|x-mozilla-(?:status2?|keys)|x-(?:keywords|uid|imap|imapbase)|content-length|lines)[ \t]*:/i;
const REWRITTEN_NAME_BYTES = 24;

/** Whether a line is a header field that programs rewrite in place. */
export function isRewrittenField(bytes: Buffer, line: number, end: number): boolean {
  return REWRITTEN.test(bytes.toString('latin1', line, Math.min(end, line + REWRITTEN_NAME_BYTES)));
}

/** The lines of a format that a person can overrule. */
export interface OverrulableLines {
  /** Whether such a line begins at the start `line` of a line. */
  isOne(bytes: Buffer, line: number, to: number): boolean;
  /** Whether programs rewrite a line in place while the message stays the same. */
  isRewritten(bytes: Buffer, line: number, end: number): boolean;
  /** How the dialect report shows the one at `line`. */
  shown(bytes: Buffer, line: number, to: number): string;
}

const SHOWN_BYTES_MAX = 200;
/** Text further behind a mark is not shown with it. */
const SHOWN_WITHIN_BYTES = 1024;

/** Those of an mbox. */
export const FROM_LINES: OverrulableLines = {
  isOne: isFrom,
  isRewritten: isRewrittenField,
  shown: (bytes, line, to) => bytes.toString('latin1', line, Math.min(to, line + SHOWN_BYTES_MAX)),
};

/**
 * How a mark that says nothing by itself is shown: with the beginning of the text behind it.
 * @param from the position behind the mark
 */
export function shownWithText(mark: string, bytes: Buffer, from: number, to: number): string {
  const limit = Math.min(to, from + SHOWN_WITHIN_BYTES);
  let at = from;
  while (at < limit && (bytes[at] === LF || bytes[at] === CR)) at += 1;
  const end = Math.min(nextLine(bytes, at, limit, 'CR'), at + SHOWN_BYTES_MAX);
  const text = bytes.toString('latin1', at, end).trimEnd();
  return `${mark} ${text.replace(CONTROL, caret)}`.trimEnd();
}

const CONTROL = /[\x00-\x08\x0b-\x1f]/g;
/** Control characters as people write them: ^A, ^L. */
const caret = (control: string): string => `^${String.fromCharCode(control.charCodeAt(0) + 64)}`;

/** Where a line stands that may be overruled: at `at`, in bytes that may be looked at up to `to`. */
export interface LinePlace {
  readonly lines: OverrulableLines;
  readonly bytes: Buffer;
  readonly at: number;
  readonly to: number;
}

/**
 * The text that tells a line from others.
 * @param until `message`: not beyond what must belong to the same message
 */
function textAt({ lines, bytes, at, to }: LinePlace, until: 'message' | 'window'): Buffer {
  const end = Math.min(to, at + SEEN_BYTES);
  const parts: Buffer[] = [];
  let left = TEXT_BYTES_MAX;
  let line = at;
  while (line < end && left > 0) {
    const next = nextLine(bytes, line, end, 'CR');
    if (line > at) {
      const ended = bytes[next - 1] === LF || bytes[next - 1] === CR;
      // What a line without an end will be is not known yet.
      if (!ended || (until === 'message' && lines.isOne(bytes, line, end))) break;
    }
    if (line === at || !lines.isRewritten(bytes, line, next)) {
      const part = bytes.subarray(line, Math.min(next, line + left));
      parts.push(part);
      left -= part.length;
    }
    line = next;
  }
  return Buffer.concat(parts);
}

function digestOf(text: Uint8Array): Digest {
  return digest(createHash('sha256').update(text).digest('hex'));
}

/**
 * An overruling of a line.
 * @param place `to`: end of the bytes, which reach `SEEN_BYTES` beyond `at` or to the end of the file
 */
export function overrulingOf(place: LinePlace, reading: Overruling['reading']): Overruling {
  const text = textAt(place, 'message');
  return { reading, bytes: text.length, digest: digestOf(text) };
}

/** Overrulings, to be asked line by line. */
export class Overrulings {
  readonly #byDigest: ReadonlyMap<Digest, Overruling>;
  /** Longest first: of two that fit, the one that says more decides. */
  readonly #lengths: readonly number[];
  readonly #lines: OverrulableLines;

  private constructor(overrulings: readonly Overruling[], lines: OverrulableLines) {
    this.#byDigest = new Map(overrulings.map((one) => [one.digest, one]));
    this.#lengths = [...new Set(overrulings.map(({ bytes }) => bytes))].sort((a, b) => b - a);
    this.#lines = lines;
  }

  /** Null if there are none: then nothing has to be asked. */
  static of(overrulings: readonly Overruling[], lines: OverrulableLines): Overrulings | null {
    return overrulings.length === 0 ? null : new Overrulings(overrulings, lines);
  }

  /** The one that decides on the line at `at`; null if a person said nothing of it. */
  at(bytes: Buffer, at: number, to: number): Overruling | null {
    return this.#fitting(bytes, at, to)[0] ?? null;
  }

  /** All but those that fit the line at `at`. */
  without(bytes: Buffer, at: number, to: number): readonly Overruling[] {
    const fitting = new Set(this.#fitting(bytes, at, to));
    return [...this.#byDigest.values()].filter((one) => !fitting.has(one));
  }

  #fitting(bytes: Buffer, at: number, to: number): readonly Overruling[] {
    const text = textAt({ lines: this.#lines, bytes, at, to }, 'window');
    return this.#lengths.flatMap((length) => {
      if (length > text.length) return [];
      const found = this.#byDigest.get(digestOf(text.subarray(0, length)));
      return found?.bytes === length ? [found] : [];
    });
  }
}
