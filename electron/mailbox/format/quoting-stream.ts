/**
 * Quoting of `From ` lines (see `quoting.ts`) in text that comes in pieces: a message of any length,
 * in bounded memory, also where a line, or a row of `>`, is longer than a piece.
 *
 * Imports only its neighbours. Promises: what comes out does not depend on where the pieces end.
 */

import type { DialectReport } from '../../../shared/dialect-report.ts';
import { CR, LF } from './line-end.ts';

/**
 * - quote: one more `>` before any number of them and `From ` (mboxrd)
 * - quote-bare: a `>` before a line that begins with `From ` itself; others stay
 * - mboxrd: takes one `>` back
 * - mboxo: takes the `>` back where there is exactly one. In mboxo nobody can tell whether a person
 *   wrote it; as nearly all were made by the quoting, they are taken for that. Until a line is quoted
 *   twice the archive may as well be mboxrd, where this is exact.
 */
export type Requoting = 'quote' | 'quote-bare' | 'mboxrd' | 'mboxo';

const MARK = 'From ';
const QUOTE = 0x3e;
const SIGN = Buffer.from('>');

/** What must be done to take back the quoting of an archive; null if that cannot be known. */
export function takingBack(quoting: DialectReport['quoting'] | undefined): Requoting | null {
  return quoting === 'mboxrd' || quoting === 'mboxo' ? quoting : null;
}

export class QuotingStream {
  readonly #how: Requoting;
  /** The last bytes, which may be the beginning of a mark. */
  #carry: Buffer = Buffer.alloc(0);
  /** Of the carry, those before this were looked at. */
  #looked = 0;
  /** In front of the carry: whether only `>` stand between it and the start of its line, how many. */
  #atStart = true;
  #run = 0;

  constructor(how: Requoting) {
    this.#how = how;
  }

  /** @returns what is finished, in parts: views of the memory given, or copies */
  push(piece: Uint8Array): Uint8Array[] {
    if (piece.length === 0) return [];
    const given = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    const bytes = this.#carry.length === 0 ? given : Buffer.concat([this.#carry, given]);
    const keep = Math.max(0, bytes.length - MARK.length);
    const parts = this.#requoted(bytes, keep);
    this.#remember(bytes, keep);
    // A copy: the piece may be a buffer that is filled again.
    this.#carry = Buffer.from(bytes.subarray(keep));
    return parts;
  }

  /** What was held back. */
  end(): Uint8Array[] {
    return [this.#carry];
  }

  /** What is finished up to `keep`; a mark that is seen whole is dealt with, also where it reaches it. */
  #requoted(bytes: Buffer, keep: number): Uint8Array[] {
    const parts: Uint8Array[] = [];
    let done = 0;
    let at = bytes.indexOf(MARK, this.#looked, 'latin1');
    this.#looked = 0;
    for (; at >= 0; at = bytes.indexOf(MARK, at + MARK.length, 'latin1')) {
      if (at === keep) this.#looked = 1;
      const quotes = this.#quotesBefore(bytes, at);
      if (quotes < 0) continue;
      if (this.#how === 'quote' || (this.#how === 'quote-bare' && quotes === 0)) {
        // Behind the others is as good as in front of them.
        parts.push(bytes.subarray(done, at), SIGN);
        done = at;
      } else if (this.#takesBack(quotes)) {
        parts.push(bytes.subarray(done, at - 1));
        done = at;
      }
    }
    parts.push(bytes.subarray(done, Math.max(done, keep)));
    return parts;
  }

  #takesBack(quotes: number): boolean {
    return this.#how === 'mboxrd' ? quotes > 0 : this.#how === 'mboxo' && quotes === 1;
  }

  /** How many `>` stand between the start of the line and `at`; -1 if something else does. */
  #quotesBefore(bytes: Buffer, at: number): number {
    let line = at;
    while (line > 0 && bytes[line - 1] === QUOTE) line -= 1;
    if (line === 0) return this.#atStart ? at + this.#run : -1;
    return bytes[line - 1] === LF || bytes[line - 1] === CR ? at - line : -1;
  }

  #remember(bytes: Buffer, keep: number): void {
    const quotes = this.#quotesBefore(bytes, keep);
    this.#atStart = quotes >= 0;
    this.#run = Math.max(0, quotes);
  }
}
