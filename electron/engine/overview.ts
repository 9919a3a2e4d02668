/** Answers what a window asks about the whole of an archive, from what is counted. */

import type { Tally } from '../catalog/tally.ts';
import type { GroupsAsked, GroupsPage, Overview } from '../../shared/overview-contract.ts';
import type { Result, WindowMethods } from '../../shared/contract.ts';
import type { Amount } from '../../shared/units.ts';
import { type Counted, type Counting, HOURS, KINDS } from './counting.ts';
import type { Grouping } from './grouping.ts';

const WEEKDAYS = 7;

/** Messages and bytes by month. */
export async function timelineOf(counting: Counting): Promise<Result<WindowMethods, 'timeline'>> {
  await counting.ready();
  return { months: counting.months(), undated: counting.undated.messages(0) };
}

export async function overviewOf(counting: Counting): Promise<Overview> {
  await counting.ready();
  const { byKind, byHour, undated } = counting;
  return {
    all: amountIn(byKind, KINDS.all),
    undated: amountIn(undated, 0),
    months: counting.months(),
    hours: Array.from({ length: WEEKDAYS * HOURS }, (_none, hour) => amountIn(byHour, hour)),
    attachments: amountIn(byKind, KINDS.attachments),
    unread: amountIn(byKind, KINDS.unread),
    starred: amountIn(byKind, KINDS.starred),
    drafts: amountIn(byKind, KINDS.draft),
    deleted: amountIn(byKind, KINDS.deleted),
  };
}

const amountIn = (tally: Tally, number: number): Amount => ({
  messages: tally.messages(number),
  bytes: tally.bytes(number),
});

/** A page of groups, of what is counted at this moment. */
export async function groupsOf(
  asked: GroupsAsked,
  { envelopes }: Pick<Counted, 'envelopes'>,
  counting: Counting,
  grouping: Grouping,
): Promise<GroupsPage> {
  await counting.ready();
  const { byText, version } = counting;
  return grouping.page(asked, { texts: envelopes.stored.people, byText, version });
}
