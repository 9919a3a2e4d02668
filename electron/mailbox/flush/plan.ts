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
import { type ByteLength, byteLength, type MessageNumber } from '../../../shared/units.ts';
import type { CurrentTable } from '../toc/look-again.ts';
import { Digests } from './digests.ts';
import { AheadReader } from './read-ahead.ts';
import { goneBefore, type SealedRemoval } from './removal.ts';
import {
  type PlanRequest,
  type Run,
  rangeOf,
  readRun,
  runsOf,
  SeamRoom,
  sealed,
  tailToKeep,
  type Wanted,
} from './run.ts';

const proof = Symbol('planned from a table that was looked at under the lock');

/** What `apply` carries out. Only `planFlush` makes one. */
export class Plan {
  readonly current: CurrentTable;
  /** Ascending, apart from each other, none empty. */
  readonly removals: readonly SealedRemoval[];
  /** The messages that go, ascending. */
  readonly removed: readonly MessageNumber[];
  /** Messages that were asked for but stay, because the one behind them would be lost with them. */
  readonly kept: readonly MessageNumber[];
  /** Messages that were asked for but are not what they were. */
  readonly changed: readonly MessageNumber[];
  readonly sizeBefore: ByteLength;
  readonly sizeAfter: ByteLength;

  constructor(
    current: CurrentTable,
    parts: Pick<Plan, 'removals' | 'removed' | 'kept' | 'changed'>,
    made: typeof proof,
  ) {
    if (made !== proof) throw new MailboxError('BUG', { invariant: 'Plan made elsewhere' });
    this.current = current;
    this.removals = parts.removals;
    this.removed = parts.removed;
    this.kept = parts.kept;
    this.changed = parts.changed;
    this.sizeBefore = current.contents.identity.size;
    const bytes = parts.removals.reduce((sum, removal) => sum + removal.length, 0);
    this.sizeAfter = byteLength(this.sizeBefore - bytes);
  }
}

/** What was decided so far. */
interface Decided {
  readonly removals: SealedRemoval[];
  readonly removed: MessageNumber[];
  readonly kept: MessageNumber[];
  readonly changed: MessageNumber[];
}

/**
 * Plans the removal of messages, each only if its bytes are still those that the person saw (I5).
 * @param wanted ascending, each message once
 * @throws CANCELLED, IO
 */
export async function planFlush(
  current: CurrentTable,
  wanted: readonly Wanted[],
  request: PlanRequest,
): Promise<Plan> {
  const { table } = current.contents;
  const decided: Decided = { removals: [], removed: [], kept: [], changed: [] };
  const again = await decide(current, runsOf(table, wanted), request, decided);
  // Where a message in a run has changed, what is left of the run is other runs.
  if (again.length > 0) await decide(current, runsOf(table, again), request, decided);
  decided.removals.sort((one, other) => one.offset - other.offset);
  decided.removed.sort((one, other) => one - other);
  return new Plan(current, decided, proof);
}

/**
 * The plan without the removals next to a position of the file as it would be, or without any: what
 * they would have removed stays.
 */
export function planWithout(plan: Plan, position: number | 'everywhere'): Plan {
  const { table } = plan.current.contents;
  const spared = position === 'everywhere' ? plan.removals : removalsNear(plan.removals, position);
  const isSpared = (number: MessageNumber): boolean => {
    if (position === 'everywhere') return true;
    const offset = table.offset(number);
    return spared.some((one) => offset >= one.offset && offset < one.offset + one.length);
  };
  return new Plan(
    plan.current,
    {
      removals:
        position === 'everywhere' ? [] : plan.removals.filter((one) => !spared.includes(one)),
      removed: plan.removed.filter((number) => !isSpared(number)),
      kept: [...plan.kept, ...plan.removed.filter(isSpared)],
      changed: plan.changed,
    },
    proof,
  );
}

/** The first removal behind a position of the file as it would be, and the one in front of it. */
function removalsNear(removals: readonly SealedRemoval[], position: number): SealedRemoval[] {
  const gone = goneBefore(removals);
  const places = removals.map(({ offset }) => offset - gone(offset));
  const behind = places.findIndex((place) => place > position);
  const last = behind < 0 ? places.length - 1 : behind;
  return removals.slice(Math.max(0, last - 1), last + 1);
}

/** What is to become of a run if its messages are what they were. */
interface Verdict {
  readonly run: Run;
  readonly firstDigest: number;
  /** Null if it cannot go; of no length if all of it has to stay. */
  readonly removal: SealedRemoval | null;
}

/** Decides run by run. @returns unchanged messages of runs in which others were changed */
async function decide(
  current: CurrentTable,
  runs: readonly Run[],
  request: PlanRequest,
  decided: Decided,
): Promise<readonly Wanted[]> {
  const digests = new Digests(runs.reduce((sum, { whole }) => sum + whole.length, 0));
  try {
    const verdicts = await judge(current, runs, request, digests);
    const found = await digests.all();
    return verdicts.flatMap((verdict) => settle(verdict, found, decided));
  } finally {
    await digests.done();
  }
}

/** Reads every run, and judges whether it can go. */
async function judge(
  { contents }: CurrentTable,
  runs: readonly Run[],
  request: PlanRequest,
  digests: Digests,
): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  const room = new SeamRoom();
  const ranges = runs.map((run) => rangeOf(run, contents.identity.size));
  const ahead = new AheadReader(request.file, ranges, digests);
  try {
    for (const run of runs) {
      if (request.signal.aborted) throw new MailboxError('CANCELLED');
      const { seam, firstDigest } = await readRun(run, contents, { ahead, digests, room });
      const tail = await tailToKeep(seam, run, request);
      const removal = tail === null ? null : sealed(run, tail, seam);
      verdicts.push({ run, firstDigest, removal });
    }
  } finally {
    await ahead.done();
  }
  return verdicts;
}

/** @returns the messages that must be looked at again, as other runs */
function settle(
  { run: { messages }, firstDigest, removal }: Verdict,
  digests: readonly string[],
  decided: Decided,
): readonly Wanted[] {
  const isSame = ({ digest }: Wanted, at: number): boolean => digests[firstDigest + at] === digest;
  const same = messages.filter(isSame);
  if (same.length < messages.length) {
    for (const [at, one] of messages.entries()) {
      if (!isSame(one, at)) decided.changed.push(one.number);
    }
    return same;
  }
  // One by one: a run may be of millions, and a call takes only so many parameters.
  const numbers = removal === null ? decided.kept : decided.removed;
  for (const { number } of messages) numbers.push(number);
  if (removal !== null && removal.length > 0) decided.removals.push(removal);
  return [];
}
