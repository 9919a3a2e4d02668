/**
 * A stored message made ready for a MIME parser: what mailbox formats and old computers did to its
 * lines is undone. Imports nothing of ours but header-fields.ts.
 *
 * Promises: the stored bytes are not touched, linear time. Only for reading: nothing that comes from
 * here is ever written back.
 */

import { asBuffer, endsLinesInCr } from './header-fields.ts';

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x3e;
const SAMPLE_BYTES = 64 * 1024;
/**
 * A parser spends time and some hundred bytes on each line, so 32 MiB of nothing but line ends must
 * not reach it. Lines as long as those of base64 are few enough.
 */
const SHORT_LINES_MAX = 200_000;
const SHORT_LINE_BYTES = 60;

/**
 * A copy with LF or CRLF for line ends and without the quoting of mboxo and mboxrd: `>From ` at the
 * beginning of a line loses one `>`.
 */
export function readableCopy(message: Uint8Array): Buffer {
  const copy = Buffer.from(asBuffer(message));
  if (endsLinesInCr(copy.toString('latin1', 0, SAMPLE_BYTES))) {
    for (let at = copy.indexOf(CR); at >= 0; at = copy.indexOf(CR, at + 1)) {
      if (copy[at + 1] !== LF) copy[at] = LF;
    }
  }
  return withFewerLines(unquoted(copy));
}

function unquoted(bytes: Buffer): Buffer {
  let to = 0;
  let from = 0;
  for (let at = bytes.indexOf('>From '); at >= 0; at = bytes.indexOf('>From ', at + 1)) {
    let line = at;
    while (line > from && bytes[line - 1] === QUOTE) line -= 1;
    if (line > 0 && bytes[line - 1] !== LF) continue;
    bytes.copyWithin(to, from, at);
    to += at - from;
    from = at + 1;
  }
  if (from === 0) return bytes;
  bytes.copyWithin(to, from);
  return bytes.subarray(0, to + bytes.length - from);
}

function withFewerLines(bytes: Buffer): Buffer {
  let lines = 0;
  let start = 0;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, start)) {
    if (at - start < SHORT_LINE_BYTES) lines += 1;
    start = at + 1;
    if (lines === SHORT_LINES_MAX) return bytes.subarray(0, start);
  }
  return bytes;
}
