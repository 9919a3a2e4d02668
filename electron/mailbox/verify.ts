/** Whether bytes that were read are the message they are said to be. */

import { byteOffset } from '../../shared/units.ts';
import type { Format } from './format/format.ts';
import { Spans } from './toc/spans.ts';
import { type Fingerprint, type Span, Table } from './toc/table.ts';

const FIRST = 0 as never;

/** The fingerprint of a message as stored, made as the scan makes it. */
function fingerprintOfStored(stored: Buffer, span: Span, format: Format): Fingerprint {
  const { separatorLength: length, headerLength } = span;
  const table = new Table();
  const spans = new Spans(table);
  spans.show({ bytes: stored, filled: stored.length, base: byteOffset(0), last: true });
  spans.begin({ offset: 0, length, headerLength });
  spans.end(format.contentEnd(stored), stored.length);
  return table.fingerprint(FIRST);
}

/**
 * Whether `stored` is the message of this span and fingerprint. If only its beginning was read, only
 * that can be looked at: it must begin as messages of its format do.
 */
export function checkStored(
  stored: Buffer,
  span: Span,
  known: Fingerprint,
  format: Format,
): boolean {
  if (stored.length < span.length) return format.begins(stored);
  const { high, low } = fingerprintOfStored(stored, span, format);
  return high === known.high && low === known.low;
}
