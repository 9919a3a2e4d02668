/** Whether bytes that were read are the message they are said to be. */

import type { Fingerprint, Span } from './toc/table.ts';
import { fingerprintOf, HEADER_BYTES_MAX, TAIL_BYTES } from './toc/fingerprint.ts';

/** The length of `bytes` up to `to` without the line ends at its end, not below `from`. */
function trimmed(bytes: Uint8Array, from: number, to: number): number {
  let end = to;
  while (end > from && (bytes[end - 1] === 10 || bytes[end - 1] === 13)) end -= 1;
  return end;
}

/**
 * Whether `stored` is the message of this span and fingerprint. If only its beginning was read,
 * only the separator can be looked at: it must begin as messages do.
 */
export function checkStored(stored: Uint8Array, span: Span, known: Fingerprint): boolean {
  if (stored.length < span.length) return stored.length > 0 && stored[0] === 'F'.charCodeAt(0);
  const fingerprintedTo = Math.min(span.headerLength, HEADER_BYTES_MAX);
  const tailFrom = Math.max(fingerprintedTo, span.length - TAIL_BYTES);
  const tailTo = trimmed(stored, tailFrom, span.length);
  const { high, low } = fingerprintOf(
    stored.subarray(0, trimmed(stored, 0, fingerprintedTo)),
    stored.subarray(tailFrom, tailTo),
    tailTo > tailFrom ? tailTo : 0,
  );
  return high === known.high && low === known.low;
}
