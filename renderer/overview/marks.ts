/** What is counted, as marks of charts: each with what it narrows the list to. */

import type { ChoiceMark, Measure } from '../chart/chart-data.ts';
import type { Narrowing } from '../../shared/narrowing.ts';
import type { Group, GroupingName, Overview } from '../../shared/overview-contract.ts';
import type { ViewName } from '../../shared/row.ts';
import type { Amount } from '../../shared/units.ts';
import { ATTACHMENT_KINDS } from '../../shared/attachment-kinds.ts';
import { attachmentName, fullGroupName, groupName, timeName } from '../narrow/words.ts';
import type { TimeBar } from '../timeline/bars.ts';
import { say } from '../../shared/language/say.ts';
import { formatWeekday } from '../design/format.ts';
import type { WeekRow } from '../chart/HeatMap.tsx';

/** What is chosen, and how something else is. */
export interface Choosing {
  readonly narrowed: readonly Narrowing[];
  readonly view: ViewName;
  /** Narrows by it, or no longer if it is chosen. */
  readonly turn: (narrowing: Narrowing, chosen: boolean) => void;
  readonly see: (view: ViewName) => void;
}

const HOURS = 24;
/** Weeks begin on Monday (ISO 8601); 0 is Sunday. */
const WEEK = [1, 2, 3, 4, 5, 6, 0];

function isChosen({ narrowed }: Choosing, narrowing: Narrowing): boolean {
  return narrowed.some((one) => JSON.stringify(one) === JSON.stringify(narrowing));
}

function mark(label: string, amount: Amount, narrowing: Narrowing, choosing: Choosing): ChoiceMark {
  const chosen = isChosen(choosing, narrowing);
  const { messages, bytes } = amount;
  const choose = (): void => choosing.turn(narrowing, chosen);
  return { id: JSON.stringify(narrowing), label, messages, bytes, chosen, choose };
}

export const groupMarks = (
  by: GroupingName,
  groups: readonly Group[],
  choosing: Choosing,
): ChoiceMark[] =>
  groups.map((group) => ({
    ...mark(fullGroupName(by, group), group, { by, text: group.text }, choosing),
    brief: groupName(by, group),
  }));

/** All that is in none of the groups; null if they have everything. */
export function restMark(all: Amount, groups: readonly Group[]): ChoiceMark | null {
  const messages = groups.reduce((left, group) => left - group.messages, all.messages);
  const bytes = groups.reduce((left, group) => left - group.bytes, all.bytes);
  if (messages <= 0) return null;
  return {
    id: 'others',
    label: say('overview.others'),
    messages,
    bytes,
    chosen: false,
    choose: null,
  };
}

export const yearMarks = (years: readonly TimeBar[], choosing: Choosing): ChoiceMark[] =>
  years.map((year) =>
    mark(year.label, year, { by: 'dates', from: year.from, to: year.to }, choosing),
  );

/** A row for each weekday, with its hours. */
export function weekRows(hours: Overview['hours'], choosing: Choosing): WeekRow[] {
  return WEEK.map((weekday) => ({
    name: formatWeekday(weekday),
    brief: formatWeekday(weekday, 'short weekday'),
    hours: Array.from({ length: HOURS }, (_none, hour) => {
      const amount = hours[weekday * HOURS + hour] ?? { messages: 0, bytes: 0 };
      return mark(timeName(weekday, hour), amount, { by: 'times', weekday, hour }, choosing);
    }),
  }));
}

/** The largest kind of attachments first; none where nothing is attached. */
export const attachmentMarks = (
  { attachmentKinds }: Overview,
  measure: Measure,
  choosing: Choosing,
): ChoiceMark[] =>
  ATTACHMENT_KINDS.flatMap((kind, place) => {
    const amount = attachmentKinds[place];
    return amount && amount.messages > 0
      ? [mark(attachmentName(kind), amount, { by: 'attachments', kind }, choosing)]
      : [];
  }).sort((one, other) => other[measure] - one[measure]);

/** What envelopes tell of messages. */
export function kindMarks(overview: Overview, choosing: Choosing): ChoiceMark[] {
  const { all, attachments } = overview;
  const without = {
    messages: all.messages - attachments.messages,
    bytes: all.bytes - attachments.bytes,
  };
  const inView = (amount: Amount, view: ViewName): ChoiceMark => {
    const label = say(`view.${view}`);
    const chosen = choosing.view === view;
    return {
      id: label,
      label,
      ...amount,
      chosen,
      choose: () => choosing.see(chosen ? 'all' : view),
    };
  };
  const plain = (label: string, amount: Amount): ChoiceMark => ({
    id: label,
    label,
    ...amount,
    chosen: false,
    choose: null,
  });
  return [
    inView(attachments, 'attachments'),
    plain(say('overview.without'), without),
    inView(overview.unread, 'unread'),
    inView(overview.starred, 'starred'),
    inView(overview.drafts, 'drafts'),
    ...(overview.chats.messages > 0 ? [inView(overview.chats, 'chats')] : []),
    inView(overview.deleted, 'deleted'),
  ];
}
