/**
 * Formats and the scan: whatever the bytes, spans lie in the file one behind the other, the verdict
 * does not depend on the windows, and no more is read than the bytes and what lines ask for.
 */

import type { OpenFile } from '../../electron/mailbox/disk/disk.ts';
import { detectFormat } from '../../electron/mailbox/format/dialect.ts';
import type { Format, Reading } from '../../electron/mailbox/format/format.ts';
import { type Overruling, overrulingOf } from '../../electron/mailbox/format/overruling.ts';
import { quote, unquote } from '../../electron/mailbox/format/quoting.ts';
import { scan } from '../../electron/mailbox/toc/scan.ts';
import { type Span, Table } from '../../electron/mailbox/toc/table.ts';
import { type DialectReport, dialectReportSchema } from '../../shared/dialect-report.ts';
import { MailboxError } from '../../shared/errors.ts';
import { byteOffset, messageNumber } from '../../shared/units.ts';
import { fileOf, spansOf } from '../support/scanned.ts';
import type { Chance } from './chance.ts';
import { FORMATS_THERE, NARROW_FORMATS, WRITABLE_FORMATS } from './formats.ts';
import { hostileMailbox, hostileMessage } from './mailboxes.ts';
import { must, mustEqual, type Target } from './target.ts';

const NEVER = new AbortController().signal;
/** More than any format looks ahead with narrow limits, for one line. */
const SOUGHT_BYTES = 1024;

interface Scanned {
  readonly table: Table;
  readonly spans: readonly Span[];
  readonly report: DialectReport;
  readonly told: unknown;
  /** Bytes that were read, and calls. */
  readonly read: number;
}

/** Scans, and counts what is read. */
export async function scanned(
  bytes: Buffer,
  format: Format,
  reading: Reading,
  chunkBytes?: number,
): Promise<Scanned> {
  const memory = fileOf(bytes);
  let read = 0;
  const file: OpenFile = {
    ...memory,
    read: (into, position) => {
      read += into.byteLength;
      return memory.read(into, position);
    },
  };
  const table = new Table();
  const { report, scannedBytes } = await scan(
    file,
    format,
    reading,
    { from: byteOffset(0), size: bytes.length },
    {
      into: table,
      signal: NEVER,
      onProgress: () => undefined,
      ...(chunkBytes === undefined ? {} : { chunkBytes }),
    },
  );
  must(scannedBytes === bytes.length, 'the scan did not reach the end');
  must(dialectReportSchema.safeParse(report).success, 'the report is none');
  must(report.lines.length <= Math.min(1000, report.doubtful), 'more doubtful lines than doubts');
  const spans = spansOf(table);
  const prints = spans.map((_, at) => table.fingerprint(messageNumber(at)));
  const told = { spans, report, prints, preamble: table.preambleBytes };
  return { table, spans, report, told, read };
}

/** What lines that can be overruled begin with, in any format. */
const MARKS = ['From ', '\x01\x01\x01\x01', '\x1f'];

export function someReading(chance: Chance, bytes: Buffer, format: Format): Reading {
  const overruled = (reading: 'separator' | 'content'): Overruling => {
    const from = chance.integer(0, bytes.length);
    const at = Math.max(0, bytes.indexOf(chance.pick(MARKS), from, 'latin1'));
    return overrulingOf({ lines: format.overrulable, bytes, at, to: bytes.length }, reading);
  };
  return {
    rule: chance.chance(0.2) ? 'any-from' : 'default',
    overrulings: [
      ...(chance.chance(0.1) ? [overruled('separator')] : []),
      ...(chance.chance(0.1) ? [overruled('content')] : []),
    ],
  };
}

/** Spans lie one behind the other, inside of the file; in an mbox they leave no byte out. */
export function mustTile({ table, spans }: Scanned, format: Format, size: number): void {
  let end: number = table.preambleBytes;
  must(end <= size, 'the preamble is longer than the file');
  for (const { offset, length, headerLength, separatorLength } of spans) {
    must(offset >= end, 'a message begins before the one in front of it ends');
    must(format.name !== 'mbox' || offset === end, 'bytes between messages');
    must(separatorLength <= headerLength, 'a separator longer than the header');
    must(headerLength <= length, 'a header longer than its message');
    end = offset + length;
  }
  must(end <= size, 'a message reaches behind the end');
  must(format.name !== 'mbox' || end === size, 'bytes behind the last message');
}

/** What a format says of each stored message stays inside of it. */
function lookAtMessages({ spans }: Scanned, format: Format, bytes: Buffer): void {
  for (const { offset, length, headerLength, separatorLength } of spans.slice(0, 20)) {
    const stored = Buffer.from(bytes.subarray(offset, offset + length));
    const parts = { separatorLength, headerLength };
    must(format.begins(stored), 'a message that does not begin as messages do');
    const end = format.contentEnd(stored);
    must(end >= 0 && end <= length, 'a message ends outside of itself');
    const parting = format.partingLength(stored);
    must(parting >= 0 && parting <= length, 'more than the message stays of it');
    must(format.messageIn(stored, parts).length <= length + 4, 'a message longer than stored');
    format.marksIn(stored, parts);
    for (const { at, bytes: put } of format.undelete(stored, parts)) {
      must(at >= 0 && at + put.length <= stored.length, 'an overwrite outside of the message');
      stored.set(put, at);
    }
    const again = format.undelete(stored, parts);
    must(again.length === 0, 'a message is still flagged deleted when the flag was taken back');
  }
}

const windows: Target = {
  name: 'scan in windows',
  share: 30,
  attempt: async (chance) => {
    const bytes = chance.note(hostileMailbox(chance));
    const format = chance.pick(chance.chance(0.6) ? NARROW_FORMATS : FORMATS_THERE);
    const narrow = NARROW_FORMATS.includes(format);
    const reading = someReading(chance, bytes, format);
    const whole = await scanned(bytes, format, reading);
    mustTile(whole, format, bytes.length);
    const least = Math.max(1, bytes.length >> 5);
    const cut = await scanned(bytes, format, reading, chance.integer(least, 20 * least));
    mustEqual(cut.told, whole.told, 'another verdict in other windows');
    const lines = bytes.toString('latin1').split(/From |\x01|\x1f/).length;
    must(
      !narrow || cut.read <= 2 * bytes.length + lines * SOUGHT_BYTES,
      `${cut.read} bytes read of ${bytes.length}`,
    );
    // Where a person splits a message, anything may begin one.
    if (reading.overrulings.length === 0) lookAtMessages(whole, format, bytes);
  },
};

const recognition: Target = {
  name: 'recognition',
  share: 8,
  attempt: (chance) => {
    const bytes = chance.note(hostileMailbox(chance));
    for (const format of FORMATS_THERE) {
      must(['yes', 'empty', 'no'].includes(format.recognises(bytes)), 'no such recognition');
    }
    try {
      const format = detectFormat(bytes, 'a file');
      must(format.recognises(bytes) !== 'no', 'a format that does not know the file');
    } catch (error) {
      must(
        error instanceof MailboxError && error.code === 'NOT_A_MAILBOX',
        `detection threw ${error}`,
      );
    }
  },
};

const seams: Target = {
  name: 'seams and deliveries',
  share: 8,
  attempt: async (chance) => {
    const bytes = chance.note(hostileMailbox(chance));
    const format = chance.pick(WRITABLE_FORMATS);
    const at = chance.integer(0, bytes.length);
    const reading = someReading(chance, bytes, format);
    const holds = format.seamHolds(bytes.subarray(0, at), bytes.subarray(at), reading);
    must(typeof holds === 'boolean', 'a seam holds or not');
    const message = hostileMessage(chance);
    const tail = bytes.subarray(Math.max(0, bytes.length - 4096));
    const written = format.envelope(message, tail, null, reading);
    must(written.length >= message.length / 2, 'a delivery that lost its message');
    const { before, skip, after } = format.fit(
      tail,
      message.subarray(0, 4096),
      message.subarray(-4096),
      reading,
    );
    must(before.length + after.length <= 64 && skip >= 0 && skip <= tail.length, 'a poor fit');
  },
};

const quoting: Target = {
  name: 'quoting',
  share: 4,
  attempt: (chance) => {
    const message = chance.note(hostileMessage(chance));
    const quoted = quote(message);
    const back = Buffer.from(unquote(quoted, 'mboxrd'));
    must(back.equals(message), 'quoting cannot be taken back');
    unquote(message, 'mboxo');
  },
};

export const scanTargets: readonly Target[] = [windows, recognition, seams, quoting];
