/**
 * The plan of a flush: which byte ranges go. Every other byte stays, whatever it is (I7), and moves
 * to the left by what was removed before it.
 *
 * Removing a message makes the message behind it stand behind another one. If it would no longer be
 * found there (it had an empty line before it, and would not have one), the empty line at the end of
 * the removed message stays as well (in MMDF its closing postmark); if even that does not help, that
 * message is not removed.
 */

import { MailboxError } from '../../../shared/errors.ts';
import {
  type ByteLength,
  byteLength,
  byteOffset,
  type MessageNumber,
  messageNumber,
} from '../../../shared/units.ts';
import type { OpenFile } from '../disk/disk.ts';
import type { Format, Reading } from '../format/format.ts';
import type { CurrentTable } from '../toc/look-again.ts';
import type { Table } from '../toc/table.ts';
import { AheadReader, type ByteRange } from './read-ahead.ts';
import type { Removal } from './removal.ts';

/** So many bytes on each side of a seam are shown to the format. */
const SEAM_BYTES = 8192;

const proof = Symbol('planned from a table that was looked at under the lock');

/** What `apply` carries out. Only `planFlush` makes one. */
export class Plan {
  readonly current: CurrentTable;
  /** Ascending, apart from each other, none empty. */
  readonly removals: readonly Removal[];
  /** The messages that go, ascending. */
  readonly removed: readonly MessageNumber[];
  /** Messages that were asked for but stay, because the one behind them would be lost with them. */
  readonly kept: readonly MessageNumber[];
  readonly sizeBefore: ByteLength;
  readonly sizeAfter: ByteLength;

  constructor(
    current: CurrentTable,
    parts: Pick<Plan, 'removals' | 'removed' | 'kept'>,
    made: typeof proof,
  ) {
    if (made !== proof) throw new MailboxError('BUG', { invariant: 'Plan made elsewhere' });
    this.current = current;
    this.removals = parts.removals;
    this.removed = parts.removed;
    this.kept = parts.kept;
    this.sizeBefore = current.contents.identity.size;
    const bytes = parts.removals.reduce((sum, removal) => sum + removal.length, 0);
    this.sizeAfter = byteLength(this.sizeBefore - bytes);
  }
}

export interface PlanRequest {
  readonly file: OpenFile;
  readonly format: Format;
  readonly reading: Reading;
}

/** What is looked at around a run: in front of it, its own end, and behind it. */
function seamOf({ offset, length }: Removal, size: number): readonly [ByteRange, ByteRange] {
  const end = offset + length;
  return [
    { from: Math.max(0, offset - SEAM_BYTES), to: offset },
    { from: Math.max(offset, end - SEAM_BYTES), to: Math.min(size, end + SEAM_BYTES) },
  ];
}

async function bytesBehind(file: OpenFile, offset: number): Promise<Buffer> {
  const bytes = Buffer.alloc(SEAM_BYTES);
  return bytes.subarray(0, await file.read(bytes, byteOffset(offset)));
}

/** How much of the end of a run of removed messages must stay; null if the run cannot go. */
async function tailToKeep(
  ahead: AheadReader,
  { file, format, reading }: PlanRequest,
  run: Removal,
  size: number,
): Promise<number | null> {
  const end = run.offset + run.length;
  const [front, back] = seamOf(run, size);
  const before = await ahead.all(front.from, front.to);
  const around = await ahead.all(back.from, back.to);
  const last = around.subarray(0, end - back.from);
  const after = around.subarray(end - back.from);
  const { tail } = format;
  const until = tail?.isOpen(before) ? await bytesBehind(file, run.offset) : null;
  const tailHolds = (behind: Uint8Array): boolean =>
    until === null || !tail || tail.holds(before, until, behind, reading);
  if (end >= size) return tailHolds(after) ? 0 : null;
  if (format.seamHolds(before, after, reading) && tailHolds(after)) return 0;
  // If it is not found even where it stands now, by some other evidence, nothing gets worse.
  if (!format.seamHolds(Buffer.concat([before, last]), after, reading)) {
    return tailHolds(after) ? 0 : null;
  }
  const parting = format.partingLength(last);
  const kept = last.subarray(last.length - parting);
  const found = format.seamHolds(Buffer.concat([before, kept]), after, reading);
  return found && tailHolds(Buffer.concat([kept, after])) ? parting : null;
}

/** Neighbouring messages as one run. */
function runsOf(table: Table, numbers: readonly MessageNumber[]): MessageNumber[][] {
  const runs: MessageNumber[][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const adjacent =
      last !== undefined && table.offset(last) + table.length(last) === table.offset(number);
    if (run && adjacent) run.push(number);
    else runs.push([number]);
  }
  return runs;
}

/**
 * Plans the removal of messages.
 * @param numbers of messages whose bytes were compared under the lock, ascending, each once
 */
export async function planFlush(
  current: CurrentTable,
  numbers: readonly MessageNumber[],
  request: PlanRequest,
): Promise<Plan> {
  const { table, identity } = current.contents;
  const removals: Removal[] = [];
  const removed: MessageNumber[] = [];
  const kept: MessageNumber[] = [];
  const runs = runsOf(table, numbers).map((run) => ({ run, whole: wholeOf(table, run) }));
  const ahead = new AheadReader(
    request.file,
    runs.flatMap(({ whole }) => seamOf(whole, identity.size)),
  );
  try {
    for (const { run, whole } of runs) {
      const tail = await tailToKeep(ahead, request, whole, identity.size);
      if (tail === null) {
        kept.push(...run);
        continue;
      }
      removed.push(...run);
      if (whole.length > tail) removals.push({ offset: whole.offset, length: whole.length - tail });
    }
  } finally {
    await ahead.done();
  }
  return new Plan(current, { removals, removed, kept }, proof);
}

/** All bytes of a run of neighbours. */
function wholeOf(table: Table, run: readonly MessageNumber[]): Removal {
  const first = run[0] ?? messageNumber(0);
  const last = run.at(-1) ?? first;
  const offset = table.offset(first);
  return { offset, length: table.offset(last) + table.length(last) - offset };
}

/** Bytes that go before a position; asked for ascending positions only. */
function goneBefore(removals: readonly Removal[]): (position: number) => number {
  let at = 0;
  let gone = 0;
  return (position) => {
    for (let next = removals[at]; next && next.offset < position; next = removals[at]) {
      gone += next.length;
      at += 1;
    }
    return gone;
  };
}

/**
 * The table of contents after the plan has been carried out, by arithmetic; nothing is read.
 * A kept message takes over what stays of the removed ones right behind it: an empty line.
 */
export function tableAfter(plan: Plan): { readonly table: Table; readonly oldNumbers: Int32Array } {
  const old = plan.current.contents.table;
  const { removed, removals, sizeAfter } = plan;
  const oldNumbers = new Int32Array(old.count - removed.length);
  const offsets = new Float64Array(oldNumbers.length);
  const lengths = new Float64Array(oldNumbers.length);
  const gone = goneBefore(removals);
  let nextRemoved = 0;
  let at = 0;
  for (let number = 0; number < old.count; number++) {
    if (removed[nextRemoved] === number) {
      nextRemoved += 1;
      continue;
    }
    const offset = old.offset(messageNumber(number));
    offsets[at] = offset - gone(offset);
    let end = offset + old.length(messageNumber(number));
    for (let behind = number + 1, ahead = nextRemoved; removed[ahead] === behind; ahead++) {
      if (old.offset(messageNumber(behind)) !== end) break;
      end += old.length(messageNumber(behind));
      behind += 1;
    }
    lengths[at] = end - gone(end) - (offsets[at] ?? 0);
    oldNumbers[at] = number;
    at += 1;
  }
  const table = old.keeping(oldNumbers, offsets, lengths);
  table.preambleBytes = byteLength(offsets[0] ?? sizeAfter);
  return { table, oldNumbers };
}
