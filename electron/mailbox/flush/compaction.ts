/**
 * A flush from decision to end, under locks that are held: which deletions still match, the plan,
 * the copy of what goes, the move.
 */

import { breath } from '../../../shared/steps.ts';
import type { Conflict } from '../../../shared/contract.ts';
import type { Amount, Key, MessageNumber } from '../../../shared/units.ts';
import type { CurrentTable } from '../toc/look-again.ts';
import type { ReadSo } from './append.ts';
import { type ApplyRequest, applyPlan } from './apply.ts';
import { digestNow } from './closed-since.ts';
import { copyRemoved } from './copy-removed.ts';
import { conflict, type Pending } from './pending.ts';
import { type Plan, planFlush, planWithout } from './plan.ts';
import { rehearse } from './rehearse.ts';
import type { PlanRequest, Wanted } from './run.ts';

/** So many marked messages are looked for in one go. */
const LOOKED_A_TURN = 10_000;

export interface Prepared {
  readonly plan: Plan;
  readonly removed: Amount;
  /** The keys of the messages that go, in the order of the plan. */
  readonly removedKeys: readonly Key[];
  readonly conflicts: readonly Conflict[];
}

/**
 * Decides what a flush will do; nothing is written.
 * @param current the table as it was found under the lock
 */
export async function prepareFlush(
  current: CurrentTable,
  pending: Pending,
  request: PlanRequest,
): Promise<Prepared> {
  const { table, keys } = current.contents;
  const conflicts: Conflict[] = [];
  const wanted: Wanted[] = [];
  const names = new Map<MessageNumber, Key>();
  const nameOf = (number: MessageNumber): Key => names.get(number) ?? keys.keyOf(number);
  let looked = 0;
  for (const [key, marked] of pending) {
    if (++looked % LOOKED_A_TURN === 0) await breath();
    const number = keys.numberOf(key);
    if (number === null) conflicts.push(conflict(key, 'GONE'));
    else {
      const isAsLong = table.length(number) === marked.bytes;
      const now = isAsLong ? marked.digest : await digestNow(marked, table.span(number), request);
      wanted.push({ number, digest: now });
      names.set(number, key);
    }
  }
  wanted.sort((one, other) => one.number - other.number);
  const plan = await rehearsed(await planFlush(current, wanted, request), request);
  for (const number of plan.changed) conflicts.push(conflict(nameOf(number), 'CHANGED'));
  for (const number of plan.kept) conflicts.push(conflict(nameOf(number), 'NEEDED'));
  const bytes = plan.removed.reduce((sum, number) => sum + table.length(number), 0);
  const removed = { messages: plan.removed.length, bytes };
  return { plan, removed, removedKeys: plan.removed.map(nameOf), conflicts };
}

/** A plan after which every kept message is found; nearly always the one that was given. */
async function rehearsed(planned: Plan, request: PlanRequest): Promise<Plan> {
  let plan = planned;
  if (plan.current.contents.report.doubtful === 0) return plan;
  for (let rounds = 0; plan.removals.length > 0; rounds++) {
    const position = await rehearse(plan, request);
    if (position === null) return plan;
    plan = planWithout(plan, rounds < REHEARSALS_MAX ? position : 'everywhere');
  }
  return plan;
}

/** An archive that is read otherwise after so many plans is left as it is. */
const REHEARSALS_MAX = 20;

/** Where what goes is kept first; asked once it is known what goes. */
export type CopyTo = (removed: readonly Key[], amount: Amount) => Promise<string>;

/** Carries it out. @param copyTo null if what goes is not kept */
export async function carryOut(
  { plan, removed, removedKeys }: Prepared,
  copyTo: CopyTo | null,
  readSo: ReadSo,
  request: ApplyRequest,
): Promise<void> {
  const { file, place, signal } = request;
  const remove = (): Promise<void> => applyPlan(plan.current.held, plan, request);
  if (copyTo === null) return remove();
  const copyPath = await copyTo(removedKeys, removed);
  const copied = { disk: place.disk, readSo, mailbox: file, copyPath, signal };
  await copyRemoved(plan, copied, remove);
}
