/**
 * The contents after a plan has been carried out, by arithmetic; nothing is read.
 *
 * In steps: of ten million messages each column is a hundred megabytes, and while they are copied
 * people scroll.
 */

import { byteLength, messageNumber } from '../../../shared/units.ts';
import { STEP_ITEMS, stepByStep, type Steps, atOnce } from '../../../shared/steps.ts';
import { Keys } from '../toc/keys.ts';
import type { Table } from '../toc/table.ts';
import type { Plan } from './plan.ts';
import { goneBefore } from './removal.ts';

export interface TableAfter {
  readonly table: Table;
  /** For each message its number before, ascending. */
  readonly oldNumbers: Int32Array;
}

export interface ContentsAfter extends TableAfter {
  readonly keys: Keys;
}

/** The table and its keys; others have their turn while they are made. */
export async function contentsAfter(plan: Plan): Promise<ContentsAfter> {
  const { table, oldNumbers } = await stepByStep(tableAfterSteps(plan));
  const { keys } = plan.current.contents;
  return { table, oldNumbers, keys: await stepByStep(Keys.afterSteps(keys, table, oldNumbers)) };
}

/** As `tableAfterSteps`, at once. */
export const tableAfter = (plan: Plan): TableAfter => atOnce(tableAfterSteps(plan));

/** A kept message takes over what stays of the removed ones right behind it: an empty line. */
export function* tableAfterSteps(plan: Plan): Steps<TableAfter> {
  const old = plan.current.contents.table;
  const { removed, removals, sizeAfter } = plan;
  const left = old.count - removed.length;
  if (left > 0 && removed[0] === left && removals[0]?.offset === sizeAfter) {
    // Only the end of the file goes: everything else is as it was.
    return {
      table: old.copy(left),
      oldNumbers: Int32Array.from({ length: left }, (_none, at) => at),
    };
  }
  const oldNumbers = new Int32Array(left);
  const offsets = new Float64Array(left);
  const lengths = new Float64Array(left);
  const gone = goneBefore(removals);
  let nextRemoved = 0;
  let at = 0;
  for (let number = 0; number < old.count; number++) {
    if (number % STEP_ITEMS === 0) yield;
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
  const table = yield* old.keeping(oldNumbers, offsets, lengths);
  yield* lengthenHeaders(old, table, oldNumbers);
  table.preambleBytes = byteLength(offsets[0] ?? sizeAfter);
  return { table, oldNumbers };
}

/** A message that was all header has the empty line behind it now: its header ends there. */
function* lengthenHeaders(old: Table, table: Table, oldNumbers: Int32Array): Steps<void> {
  for (let number = 0; number < oldNumbers.length; number++) {
    if (number % STEP_ITEMS === 0) yield;
    const before = messageNumber(oldNumbers[number] ?? 0);
    const length = old.length(before);
    if (old.headerLength(before) !== length) continue;
    const now = table.length(messageNumber(number));
    if (now > length) table.setHeaderLength(messageNumber(number), now);
  }
}
