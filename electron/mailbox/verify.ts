/** Whether bytes that were read are the message they are said to be. */

import { byteOffset } from '../../shared/units.ts';
import { Spans } from './toc/spans.ts';
import { type Fingerprint, type Span, Table } from './toc/table.ts';

const FIRST = 0 as never;

/** The fingerprint of a message as stored, made as the scan makes it. */
function fingerprintOfStored(stored: Buffer, separatorLength: number): Fingerprint {
  const table = new Table();
  const spans = new Spans(table);
  spans.show({ bytes: stored, filled: stored.length, base: byteOffset(0), last: true });
  spans.begin({ offset: 0, length: separatorLength, headerLength: 0 });
  spans.end(stored.length);
  return table.fingerprint(FIRST);
}

/**
 * Whether `stored` is the message of this span and fingerprint. If only its beginning was read,
 * only the separator can be looked at: it must begin as messages do.
 */
export function checkStored(stored: Buffer, span: Span, known: Fingerprint): boolean {
  if (stored.length < span.length) return stored.length > 0 && stored[0] === 'F'.charCodeAt(0);
  const { high, low } = fingerprintOfStored(stored, span.separatorLength);
  return high === known.high && low === known.low;
}
