/**
 * Makes the table of contents: for the first time, after an append, after any other change (I3, I4).
 *
 * An append costs what was appended: the scan starts at the last known message, because bytes that
 * follow it may belong to it. The rest is believed for the moment, since its end stood where the
 * digest says; `regenerateAll` verifies it in the background. Nothing here writes.
 */

import type { LineEnd } from '../../../shared/dialect-report.ts';
import type { Diff } from '../../../shared/diff.ts';
import { byteOffset, messageNumber } from '../../../shared/units.ts';
import type { OpenFile } from '../disk/disk.ts';
import { type Identity, identifyArriving, identifySettled } from '../disk/identity.ts';
import type { Format, Reading } from '../format/format.ts';
import type { SectionThreads } from './ahead.ts';
import { breath } from '../../../shared/steps.ts';
import type { Contents, Regenerated } from './contents.ts';
import { Keys } from './keys.ts';
import { ancestorsOf, diffOf, matchTables } from './matching.ts';
import { scan } from './scan.ts';
import { Table } from './table.ts';
import { certainMatches } from './twins-left.ts';

/** So many messages get names in one go, or the final ones. */
const NAMED_A_TURN = 1 << 14;
const FINISHED_A_TURN = 50_000;

/** What a scan needs to know. */
export interface ScanRequest {
  readonly file: OpenFile;
  readonly format: Format;
  readonly reading: Reading;
  readonly signal: AbortSignal;
  readonly onProgress: (scannedBytes: number) => void;
  /** As in `ScanOptions`, for the first scan. */
  readonly pause?: (() => Promise<void>) | undefined;
  /** Threads that scan parts of a large file meanwhile. */
  readonly threads?: SectionThreads | null;
}

/**
 * The first scan. `into` is filled while it runs, so that its beginning can be shown.
 * @param onBegun told what the file is, before the first message is found
 * @throws CANCELLED if the signal aborts; then `into` is not the whole archive (I9)
 */
export async function firstScan(
  request: ScanRequest,
  into: Table,
  keys: Keys,
  onBegun: (identity: Identity) => void,
): Promise<Contents> {
  const { file } = request;
  // Of what is expanded meanwhile the beginning shows long before its length is known.
  const arriving = file.expansion?.arriving === true;
  const identity = await (arriving ? identifyArriving(file) : identifySettled(file));
  onBegun(identity);
  const onProgress = (scannedBytes: number): void => {
    // Names are given on the way: of ten million messages at once, everybody would wait for them.
    keys.extend();
    request.onProgress(scannedBytes);
  };
  const { signal, pause } = request;
  const { report } = await scan(
    request.file,
    request.format,
    request.reading,
    { from: byteOffset(0), size: identity.size },
    { into, signal, onProgress, pause, threads: arriving ? null : request.threads },
  );
  while (keys.finish(FINISHED_A_TURN)) await breath();
  const whole = arriving ? await identifySettled(file) : identity;
  return { table: into, keys, identity: whole, report };
}

/**
 * After bytes were appended; the old ones stand. The known table and its keys are what they were until all
 * has been scanned; then what came is added to them in pieces, each with its names.
 * @throws CANCELLED, IO; table and keys are what they were then
 */
export async function regenerateAppended(
  request: ScanRequest,
  known: Contents,
  identity: Identity,
): Promise<Regenerated> {
  const { table, keys } = known;
  if (table.count === 0) return regenerateAll(request, known, 'appended');
  const before = table.count;
  const last = messageNumber(before - 1);
  const from = table.offset(last);
  const tail = new Table();
  const { report } = await scan(
    request.file,
    request.format,
    request.reading,
    { from, size: identity.size },
    { into: tail, signal: request.signal, onProgress: request.onProgress },
  );
  if (from === 0) table.preambleBytes = tail.preambleBytes;
  const rows = tail.rows();
  // In one go: nobody may see the table without its last message, or with one that has another's name.
  const lastKey = keys.forgetLast();
  table.truncate(last);
  table.appendRows(rows, 0, Math.min(1, rows.count));
  const lastStayed = keys.restoreLast(lastKey) === 'same';
  keys.extend();
  for (let at = 1; at < rows.count; at += NAMED_A_TURN) {
    table.appendRows(rows, at, Math.min(rows.count, at + NAMED_A_TURN));
    keys.extend();
    await breath();
  }
  const unchanged = lastStayed ? before : before - 1;
  const diff: Diff = {
    how: 'appended',
    arrived: Math.max(0, table.count - before),
    gone: 0,
    altered: lastStayed ? 0 : 1,
    marksLost: 0,
  };
  return {
    contents: { table, keys, identity, report: merged(known.report, report, from) },
    renumbering: { renumber: 'none', unchanged },
    diff,
  };
}

/** After any other change: everything is scanned, and every message that is still there keeps its key. */
export async function regenerateAll(
  request: ScanRequest,
  known: Contents,
  how: Diff['how'],
): Promise<Regenerated> {
  const table = new Table();
  await request.file.expansion?.arrived;
  const identity = await identifySettled(request.file);
  const { report } = await scan(
    request.file,
    request.format,
    request.reading,
    { from: byteOffset(0), size: identity.size },
    { into: table, signal: request.signal, onProgress: request.onProgress },
  );
  const matches = matchTables(known.table, table);
  const ancestors = ancestorsOf(known.table, table, matches);
  const oldNumbers = certainMatches(known.table, table, matches);
  const keys = Keys.after(known.keys, table, oldNumbers);
  return {
    contents: { table, keys, identity, report },
    renumbering: { renumber: 'all', oldNumbers, ancestors, oldKeys: known.keys },
    diff: diffOf(known.table, matches, ancestors, how),
  };
}

/**
 * The report of a scan of the tail, joined to what was known of the rest. The separator at `from` is
 * known; what lies behind it was scanned again.
 */
function merged(
  known: Contents['report'],
  tail: Contents['report'],
  from: number,
): Contents['report'] {
  const before = known.lines.filter(({ offset }) => offset <= from);
  const behind = tail.lines.filter(({ offset }) => offset > from);
  const lines = [...before, ...behind].slice(0, 1000);
  const twice = known.lines.length - before.length + tail.lines.length - behind.length;
  const doubtful = known.doubtful + tail.doubtful - twice;
  return { ...known, lineEnd: mergedLineEnd(known.lineEnd, tail.lineEnd), doubtful, lines };
}

function mergedLineEnd(known: LineEnd, tail: LineEnd): LineEnd {
  if (known === 'none' || known === tail) return tail;
  return tail === 'none' ? known : 'mixed';
}
