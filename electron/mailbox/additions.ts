/**
 * Messages that were accepted while the mailbox was locked, and are written at the next flush. Each
 * has its key already, which no other message will ever get (I4), and can be read.
 */

import type { FormatName } from '../../shared/dialect-report.ts';
import { byteOffset, type Key, messageNumber } from '../../shared/units.ts';
import { DEFAULT_READING, type Format, type Parts, type Reading } from './format/format.ts';
import type { Keys } from './toc/keys.ts';
import { Spans } from './toc/spans.ts';
import { Table } from './toc/table.ts';

export interface Addition {
  readonly key: Key;
  /** As it will stand in the file, separator line and all. */
  readonly stored: Buffer;
  readonly parts: Parts;
  /** The format in which it is stored so. */
  readonly format: FormatName;
}

/** A message as stored, as the only one of a table: its span and its fingerprint. */
function tableOf(stored: Buffer, format: Format, reading: Reading): Table {
  const table = new Table();
  const spans = new Spans(table);
  const window = { bytes: stored, filled: stored.length, base: byteOffset(0), last: true };
  spans.show(window);
  const range = { from: byteOffset(0), size: stored.length };
  format.scanner({ ...DEFAULT_READING, rule: reading.rule }, range).scan(window, (found) => {
    if ('contentEnd' in found) spans.end(found.contentEnd, found.end);
    else spans.begin(found);
  });
  spans.end(stored.length);
  return table;
}

export class Additions {
  readonly #waiting = new Map<Key, Addition>();

  /** In the order they came. */
  get all(): readonly Addition[] {
    return [...this.#waiting.values()];
  }

  get any(): boolean {
    return this.#waiting.size > 0;
  }

  get(key: Key): Addition | null {
    return this.#waiting.get(key) ?? null;
  }

  /** Accepts a message as a delivery would write it. @returns its key */
  accept(delivered: Buffer, format: Format, reading: Reading, keys: Keys): Key {
    const table = tableOf(delivered, format, reading);
    const first = messageNumber(0);
    const key = keys.reserve(table.fingerprint(first));
    const parts = table.span(first);
    const stored = delivered.subarray(parts.offset, parts.offset + parts.length);
    this.#waiting.set(key, { key, stored, parts, format: format.name });
    return key;
  }

  /** Taken back, or written. */
  drop(key: Key): void {
    this.#waiting.delete(key);
  }
}
