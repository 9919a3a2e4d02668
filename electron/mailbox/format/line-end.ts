/**
 * Line ends: LF, CRLF and the bare CR of the classic Mac, also mixed in one file.
 *
 * Imports only shared/. Everything works on a stretch `from`..`to` of a buffer and looks at no byte
 * outside of it.
 */

import type { LineEnd } from '../../../shared/dialect-report.ts';

export const LF = 10;
export const CR = 13;

/** Which bytes end a line: LF (CRLF among them), or also a CR alone. */
export type LineBreak = 'LF' | 'CR';

/** The position behind the line that begins at `from`; `to` if it does not end before. */
export function nextLine(
  bytes: Uint8Array,
  from: number,
  to: number,
  lineBreak: LineBreak,
): number {
  for (let at = from; at < to; at++) {
    const byte = bytes[at];
    if (byte === LF) return at + 1;
    if (byte === CR && lineBreak === 'CR') {
      return at + 1 < to && bytes[at + 1] === LF ? at + 2 : at + 1;
    }
  }
  return to;
}

/** The end of a line's text: `end` without the line end in front of it. */
export function textEnd(bytes: Uint8Array, from: number, end: number): number {
  if (end > from && bytes[end - 1] === LF) {
    return end - 1 > from && bytes[end - 2] === CR ? end - 2 : end - 1;
  }
  return end > from && bytes[end - 1] === CR ? end - 1 : end;
}

/** `end` without any line ends in front of it. */
export function trimmed(bytes: Uint8Array, from: number, end: number): number {
  let at = end;
  while (at > from && (bytes[at - 1] === LF || bytes[at - 1] === CR)) at -= 1;
  return at;
}

/** True of line ends and nothing else. */
export const isLineEnds = (bytes: Uint8Array): boolean => trimmed(bytes, 0, bytes.length) === 0;

/** Where a file's first line that is not empty begins, a byte-order mark passed. */
export function trimmedStart(head: Uint8Array): number {
  let at = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  while (head[at] === LF || head[at] === CR) at += 1;
  return at;
}

/**
 * The position behind the first empty line, LF or CRLF, of a header of any length.
 * @param from at or before the line end that the empty line follows
 * @returns -1 if there is none before `to`
 */
export function behindEmptyLine(bytes: Buffer, from: number, to: number): number {
  const within = bytes.subarray(from, to);
  const bare = within.indexOf('\n\n', 0, 'latin1');
  // Its first byte may end an empty CRLF line: `\n\r\n\n`.
  const upTo = bare < 0 ? within : within.subarray(0, bare + 1);
  const pair = upTo.indexOf('\n\r\n', 0, 'latin1');
  if (pair >= 0) return from + pair + 3;
  return bare < 0 ? -1 : from + bare + 2;
}

/** The line end that a file with this tail would go on with. A CR alone counts only where no LF is. */
export function lineEndAt(tail: Uint8Array): '\n' | '\r\n' | '\r' {
  const last = tail.lastIndexOf(LF);
  if (last >= 0) return tail[last - 1] === CR ? '\r\n' : '\n';
  return tail.includes(CR) ? '\r' : '\n';
}

/** The line end to go on with behind this tail, where a CR alone may end no line. */
export function lineEndBehind(tail: Uint8Array, lineBreak: LineBreak): '\n' | '\r\n' | '\r' {
  const lineEnd = lineEndAt(tail);
  return lineBreak === 'LF' && lineEnd === '\r' ? '\n' : lineEnd;
}

/**
 * What is missing for the last line of a file to be ended, where a bare CR ends no line; a CR at the
 * very end is half of a CRLF.
 */
export function endOfLineBehind(tail: Uint8Array): string {
  const last = tail[tail.length - 1];
  if (last === LF || last === undefined) return '';
  return last === CR ? '\n' : lineEndBehind(tail, 'LF');
}

/** How many line ends of each kind were met. */
export interface LineEndNumbers {
  readonly lf: number;
  readonly crlf: number;
  readonly cr: number;
}

/** Counts line ends by kind. A stray CR or two in a file of other line ends does not make it mixed. */
export class LineEndCount {
  #lf = 0;
  #crlf = 0;
  #cr = 0;

  /** Counts in a stretch; a line end cut by its border counts by what of it is inside. */
  count(bytes: Uint8Array, from: number, to: number): void {
    for (let at = from; at < to; at++) {
      if (bytes[at] === LF) {
        if (at > from && bytes[at - 1] === CR) this.#crlf += 1;
        else this.#lf += 1;
      } else if (bytes[at] === CR && bytes[at + 1] !== LF) {
        this.#cr += 1;
      }
    }
  }

  /** Counts the line end that stands before `end`, if there is one. */
  countBefore(bytes: Uint8Array, end: number): void {
    if (bytes[end - 1] === LF) {
      if (bytes[end - 2] === CR) this.#crlf += 1;
      else this.#lf += 1;
    } else if (bytes[end - 1] === CR) {
      this.#cr += 1;
    }
  }

  get numbers(): LineEndNumbers {
    return { lf: this.#lf, crlf: this.#crlf, cr: this.#cr };
  }

  /** Adds what was counted elsewhere. */
  add({ lf, crlf, cr }: LineEndNumbers): void {
    this.#lf += lf;
    this.#crlf += crlf;
    this.#cr += cr;
  }

  result(): LineEnd {
    const total = this.#lf + this.#crlf + this.#cr;
    if (total === 0) return 'none';
    if (this.#cr === total) return 'CR';
    const strayCr = this.#cr * 100 < total;
    if (strayCr && this.#lf === 0) return 'CRLF';
    if (strayCr && this.#crlf === 0) return 'LF';
    return 'mixed';
  }
}
