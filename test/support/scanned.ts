/** Scans bytes that lie in memory as if they were a file, and says what was found in plain values. */

import type { OpenFile } from '../../electron/mailbox/disk/disk.ts';
import {
  DEFAULT_READING,
  type Format,
  type Reading,
} from '../../electron/mailbox/format/format.ts';
import { mbox } from '../../electron/mailbox/format/mbox.ts';
import { scan } from '../../electron/mailbox/toc/scan.ts';
import type { SectionThreads } from '../../electron/mailbox/toc/ahead.ts';
import { SectionScan } from '../../electron/mailbox/toc/section.ts';
import { type Span, Table } from '../../electron/mailbox/toc/table.ts';
import type { DialectReport } from '../../shared/dialect-report.ts';
import { MailboxError } from '../../shared/errors.ts';
import { byteOffset, messageNumber } from '../../shared/units.ts';

export interface ScanOfBytes {
  readonly format?: Format;
  readonly reading?: Partial<Reading>;
  readonly from?: number;
  readonly chunkBytes?: number;
  /** Sections are scanned beside the scan, as threads do it; so many at a time. */
  readonly sectionsAtOnce?: number;
  readonly signal?: AbortSignal;
  /** The size that the scan believes in; the bytes may be fewer. */
  readonly size?: number;
  readonly onProgress?: (scannedBytes: number) => void;
}

export interface ScannedBytes {
  readonly table: Table;
  readonly spans: readonly Span[];
  readonly report: DialectReport;
  readonly scannedBytes: number;
  /** Messages that were taken over from sections. */
  readonly taken: number;
}

/** A file in memory that can only be read. */
export function fileOf(bytes: Uint8Array): OpenFile {
  const refuse = (): never => {
    throw new MailboxError('READ_ONLY');
  };
  return {
    path: 'in memory',
    mode: 'read',
    descriptor: -1,
    read: async (into, position) => {
      const part = bytes.subarray(position, position + into.byteLength);
      into.set(part);
      return part.length;
    },
    write: refuse,
    writeParts: refuse,
    syncData: refuse,
    truncate: refuse,
    sync: refuse,
    facts: refuse,
    setTimes: refuse,
    close: async () => undefined,
  };
}

/** What threads do, done here. What is read ends where the bytes end, whatever the size says. */
function threadsOver(
  bytes: Uint8Array,
  room: number,
  options: ScanOfBytes,
  taken: (messages: number) => void,
): SectionThreads {
  const scans = new SectionScan();
  const read = (into: Uint8Array, position: number): number => {
    const part = bytes.subarray(position, position + into.byteLength);
    into.set(part);
    return part.length;
  };
  const { format = mbox } = options;
  const reading = { ...DEFAULT_READING, ...options.reading };
  return {
    room,
    scan: async (section) => {
      await new Promise((resolve) => setImmediate(resolve));
      const found = scans.scan(read, format, reading, section, () => undefined);
      return found && { ...found, onTaken: (_first: number, count: number) => taken(count) };
    },
  };
}

export async function scanBytes(
  content: string | Uint8Array,
  options: ScanOfBytes = {},
): Promise<ScannedBytes> {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : content;
  const table = new Table();
  let taken = 0;
  const onTaken = (messages: number): void => {
    taken += messages;
  };
  const { report, scannedBytes } = await scan(
    fileOf(bytes),
    options.format ?? mbox,
    { ...DEFAULT_READING, ...options.reading },
    { from: byteOffset(options.from ?? 0), size: options.size ?? bytes.length },
    {
      into: table,
      signal: options.signal ?? new AbortController().signal,
      onProgress: options.onProgress ?? (() => undefined),
      ...(options.chunkBytes === undefined ? {} : { chunkBytes: options.chunkBytes }),
      ...(options.sectionsAtOnce === undefined
        ? {}
        : { threads: threadsOver(bytes, options.sectionsAtOnce, options, onTaken) }),
    },
  );
  return { table, spans: spansOf(table), report, scannedBytes, taken };
}

export function spansOf(table: Table): readonly Span[] {
  return Array.from({ length: table.count }, (_, number) => table.span(messageNumber(number)));
}

/** The first words of each message's separator line, to compare at a glance. */
export function separatorsOf(content: string, scanned: ScannedBytes): readonly string[] {
  return scanned.spans.map(({ offset, separatorLength }) =>
    content.slice(offset, offset + separatorLength).trim(),
  );
}
