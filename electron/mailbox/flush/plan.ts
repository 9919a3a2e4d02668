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
import { Table } from '../toc/table.ts';
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

async function bytesAt(file: OpenFile, from: number, to: number): Promise<Buffer> {
  const bytes = Buffer.alloc(Math.max(0, to - from));
  return bytes.subarray(0, await file.read(bytes, byteOffset(from)));
}

/** How much of the end of a run of removed messages must stay; null if the run cannot go. */
async function tailToKeep(
  { file, format, reading }: PlanRequest,
  run: Removal,
  size: number,
): Promise<number | null> {
  const end = run.offset + run.length;
  if (end >= size) return 0;
  const before = await bytesAt(file, Math.max(0, run.offset - SEAM_BYTES), run.offset);
  const after = await bytesAt(file, end, Math.min(size, end + SEAM_BYTES));
  if (format.seamHolds(before, after, reading)) return 0;
  const last = await bytesAt(file, Math.max(run.offset, end - SEAM_BYTES), end);
  // If evidence does not find it even where it stands now (a person split there), nothing gets worse.
  if (!format.seamHolds(Buffer.concat([before, last]), after, reading)) return 0;
  const parting = format.partingLength(last);
  const kept = last.subarray(last.length - parting);
  return format.seamHolds(Buffer.concat([before, kept]), after, reading) ? parting : null;
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
  for (const run of runsOf(table, numbers)) {
    const first = run[0] ?? messageNumber(0);
    const last = run.at(-1) ?? first;
    const offset = table.offset(first);
    const whole = { offset, length: table.offset(last) + table.length(last) - offset };
    const tail = await tailToKeep(request, whole, identity.size);
    if (tail === null) {
      kept.push(...run);
      continue;
    }
    removed.push(...run);
    if (whole.length > tail) removals.push({ offset, length: whole.length - tail });
  }
  return new Plan(current, { removals, removed, kept }, proof);
}

/**
 * The table of contents after the plan has been carried out, by arithmetic; nothing is read. Bytes of
 * a removed message that stay belong to the kept message in front of them, if they stand right behind
 * it.
 */
export function tableAfter(plan: Plan): { readonly table: Table; readonly oldNumbers: Int32Array } {
  const old = plan.current.contents.table;
  const gone = new Set<number>(plan.removed);
  const { removals } = plan;
  const kept: number[] = [];
  const table = new Table();
  let removal = 0;
  let gap = 0;
  for (let number = 0; number < old.count; number++) {
    if (gone.has(number)) continue;
    const span = old.span(messageNumber(number));
    for (let next = removals[removal]; next && next.offset < span.offset; ) {
      gap += next.length;
      removal += 1;
      next = removals[removal];
    }
    const end = span.offset + span.length;
    const behind = removals[removal]?.offset === end ? endOfRun(old, number + 1, end, gone) : end;
    const stays = behind - end - (behind > end ? (removals[removal]?.length ?? 0) : 0);
    kept.push(number);
    table.append(
      {
        ...span,
        offset: byteOffset(span.offset - gap),
        length: byteLength(span.length + stays),
      },
      old.fingerprint(messageNumber(number)),
    );
  }
  const first = messageNumber(0);
  table.preambleBytes = byteLength(kept.length > 0 ? table.offset(first) : plan.sizeAfter);
  return { table, oldNumbers: Int32Array.from(kept) };
}

/** Where the removed messages end that stand one behind the other from `number` and `offset` on. */
function endOfRun(table: Table, number: number, offset: number, gone: ReadonlySet<number>): number {
  let end = offset;
  for (let next = number; next < table.count && gone.has(next); next++) {
    if (table.offset(messageNumber(next)) !== end) break;
    end += table.length(messageNumber(next));
  }
  return end;
}
