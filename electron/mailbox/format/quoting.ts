/**
 * Lines of a body that begin with `From `, and how programs keep them from separating.
 *
 * - mboxo: `From ` becomes `>From `. What was `>From ` before cannot be told any more.
 * - mboxrd: any number of `>` before `From ` gets one more; can be taken back exactly.
 * - mboxcl, mboxcl2: Content-Length says where the body ends; mboxcl2 quotes nothing.
 *
 * We write mboxrd (as Thunderbird since 2023). Nothing that is stored is ever unquoted by itself.
 */

import type { DialectReport } from '../../../shared/dialect-report.ts';
import { CR, LF } from './line-end.ts';
import { isFrom } from './separator.ts';

/** What a scan saw of body lines around `From `. */
export interface QuotingSigns {
  /** `>From ` lines in bodies. */
  readonly quoted: number;
  /** Those with more than one `>`. */
  readonly quotedTwice: number;
  /** `From ` lines behind an empty line that were read as content. */
  readonly unquoted: number;
  /** Messages whose Content-Length was right. */
  readonly measured: number;
  /** `From ` lines that only Content-Length kept from separating. */
  readonly coveredByLength: number;
  readonly messages: number;
}

/** The dialect that the signs speak for. mboxrd and mboxo look alike until a line is quoted twice. */
export function quotingOf(signs: QuotingSigns): DialectReport['quoting'] {
  if (signs.coveredByLength > 0) return 'content-length';
  if (signs.quotedTwice > 0) return 'mboxrd';
  if (signs.quoted > 0) return signs.unquoted > signs.quoted ? 'unknown' : 'mboxo';
  if (signs.measured > 0 && signs.measured * 2 >= signs.messages) return 'content-length';
  return signs.unquoted > 0 ? 'none' : 'unknown';
}

const QUOTE = 0x3e;

/** What begins a line that must be quoted, and whether a place where it stands is such a line. */
interface Mark {
  readonly begins: string;
  readonly stands: (bytes: Buffer, at: number) => boolean;
}

const FROM_LINE: Mark = { begins: 'From ', stands: () => true };

/** Positions of lines in `bytes` that consist of `>`s (at least `least`), a mark and anything. */
function* markedLines(bytes: Buffer, mark: Mark, least: number): Generator<number> {
  const { begins } = mark;
  for (let at = bytes.indexOf(begins); at >= 0; at = bytes.indexOf(begins, at + 1)) {
    let line = at;
    while (line > 0 && bytes[line - 1] === QUOTE) line -= 1;
    if (at - line < least || !mark.stands(bytes, at)) continue;
    if (line === 0 || bytes[line - 1] === LF || bytes[line - 1] === CR) yield line;
  }
}

/** Puts one `>` before every line that begins with any number of `>` and `From ` (mboxrd). */
export function quote(message: Uint8Array): Uint8Array {
  return quoteMarked(message, FROM_LINE);
}

/** The same for lines that begin with any number of `>` and another mark. */
export function quoteMarked(message: Uint8Array, mark: Mark): Uint8Array {
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  const parts: Uint8Array[] = [];
  let done = 0;
  for (const line of markedLines(bytes, mark, 0)) {
    parts.push(bytes.subarray(done, line), Buffer.from('>'));
    done = line;
  }
  return parts.length === 0 ? message : Buffer.concat([...parts, bytes.subarray(done)]);
}

/**
 * Takes the quoting of a body back: one `>` from every quoted line (mboxrd), or from lines with
 * exactly one (mboxo). Other dialects have nothing to take back.
 */
export function unquote(body: Uint8Array, quoting: DialectReport['quoting']): Uint8Array {
  if (quoting !== 'mboxrd' && quoting !== 'mboxo') return body;
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const parts: Uint8Array[] = [];
  let done = 0;
  for (const line of markedLines(bytes, FROM_LINE, 1)) {
    if (quoting === 'mboxo' && !isFrom(bytes, line + 1, bytes.length)) continue;
    parts.push(bytes.subarray(done, line));
    done = line + 1;
  }
  return parts.length === 0 ? body : Buffer.concat([...parts, bytes.subarray(done)]);
}
