/** Answers what a window asks about the whole of an archive, from what is counted. */

import type { Tally } from '../../catalog/tally.ts';
import type {
  CountedViews,
  GroupsAsked,
  GroupsPage,
  Overview,
} from '../../../shared/overview-contract.ts';
import type { Result, WindowMethods } from '../../../shared/contract.ts';
import type { Amount } from '../../../shared/units.ts';
import { ATTACHMENT_KINDS } from '../../../shared/attachment-kinds.ts';
import { type Counted, type Counting, KINDS } from './counting.ts';
import type { Grouping } from './grouping.ts';
import { HOURS } from './local-clock.ts';

const WEEKDAYS = 7;

/** Messages and bytes by month, and how many each view has. */
export async function timelineOf(counting: Counting): Promise<Result<WindowMethods, 'timeline'>> {
  await counting.ready();
  const { undated } = counting;
  return { months: counting.months(), undated: undated.messages(0), views: viewsOf(counting) };
}

export async function overviewOf(counting: Counting): Promise<Overview> {
  await counting.ready();
  const { byKind, byHour, byAttachment, undated } = counting;
  return {
    all: amountIn(byKind, KINDS.all),
    undated: amountIn(undated, 0),
    months: counting.months(),
    hours: Array.from({ length: WEEKDAYS * HOURS }, (_none, hour) => amountIn(byHour, hour)),
    attachmentKinds: ATTACHMENT_KINDS.map((_kind, place) => amountIn(byAttachment, place)),
    ...viewsOf(counting),
  };
}

const viewsOf = ({ byKind }: Counting): CountedViews => ({
  attachments: amountIn(byKind, KINDS.attachments),
  unread: amountIn(byKind, KINDS.unread),
  starred: amountIn(byKind, KINDS.starred),
  drafts: amountIn(byKind, KINDS.draft),
  chats: amountIn(byKind, KINDS.chat),
  deleted: amountIn(byKind, KINDS.deleted),
});

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
