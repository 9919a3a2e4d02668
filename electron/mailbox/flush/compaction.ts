/**
 * A flush from decision to end, under locks that are held: which deletions still match, the plan,
 * the copy of what goes, the move.
 */

import type { Conflict } from '../../../shared/contract.ts';
import type { Amount } from '../../../shared/units.ts';
import type { OpenFile } from '../disk/disk.ts';
import type { Format, Reading } from '../format/format.ts';
import type { CurrentTable } from '../toc/look-again.ts';
import { type ApplyRequest, applyPlan } from './apply.ts';
import { copyRemoved } from './copy-removed.ts';
import { conflict, matchPending, type Pending } from './pending.ts';
import { type Plan, planFlush } from './plan.ts';

export interface Prepared {
  readonly plan: Plan;
  readonly removed: Amount;
  readonly conflicts: readonly Conflict[];
}

/**
 * Decides what a flush will do; nothing is written.
 * @param current the table as it was found under the lock
 */
export async function prepareFlush(
  current: CurrentTable,
  pending: Pending,
  request: {
    readonly file: OpenFile;
    readonly format: Format;
    readonly reading: Reading;
    readonly signal: AbortSignal;
  },
): Promise<Prepared> {
  const { contents } = current;
  const matched = await matchPending(request.file, contents, pending, request.signal);
  const plan = await planFlush(current, matched.numbers, request);
  const stay = plan.kept.map((number) => conflict(contents.keys.keyOf(number), 'CHANGED'));
  const bytes = plan.removed.reduce((sum, number) => sum + contents.table.length(number), 0);
  return {
    plan,
    removed: { messages: plan.removed.length, bytes },
    conflicts: [...matched.conflicts, ...stay],
  };
}

/** Carries it out. @param copyTo where what goes is kept first; null for nowhere */
export async function carryOut(
  plan: Plan,
  copyTo: string | null,
  request: ApplyRequest,
): Promise<void> {
  if (copyTo !== null) await copyRemoved(request.place.disk, plan, request.file, copyTo);
  await applyPlan(plan.current.held, plan, request);
}
