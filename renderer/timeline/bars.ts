/**
 * Messages over time as bars: a bar a month, or a year where months would be too thin; by this computer's
 * clock, as the dates in the list are.
 */

import type { Timeline } from '../engine/snapshot.ts';

export interface TimeBar {
  /** As `label`, which no other bar has. */
  readonly id: string;
  /** `2004-05`, or `2004`. */
  readonly label: string;
  /** The first moment, and the one behind the last. */
  readonly from: number;
  readonly to: number;
  readonly messages: number;
  readonly bytes: number;
}

const BARS_MAX = 60;
/** Some messages claim a time long before or behind all others: bars between them have an end. */
const GAPS_MAX = 400;

/** Bars without gaps from the first month to the last; by year if there are too many. */
export function barsOf(months: Timeline['months'], most: number = BARS_MAX): readonly TimeBar[] {
  const [first] = months;
  const last = months.at(-1);
  if (!first || !last) return [];
  const byYear = monthsBetween(first.start, last.start) >= most;
  const startOf = (moment: number): number => {
    return byYear ? firstMoment(new Date(moment).getFullYear(), 0) : moment;
  };
  const bars = new Map<number, TimeBar>();
  let start = startOf(first.start);
  for (let gaps = 0; start <= last.start && gaps < GAPS_MAX; gaps++) {
    const to = behind(start, byYear);
    bars.set(start, emptyBar(start, to, byYear));
    start = to;
  }
  for (const { start: month, messages, bytes } of months) {
    const from = startOf(month);
    const bar = bars.get(from) ?? emptyBar(from, behind(from, byYear), byYear);
    bars.set(from, { ...bar, messages: bar.messages + messages, bytes: bar.bytes + bytes });
  }
  return [...bars.values()].sort((one, other) => one.from - other.from);
}

/** Years that have messages, newest first. */
export function yearsOf(months: Timeline['months']): readonly TimeBar[] {
  return barsOf(months, 0)
    .filter(({ messages }) => messages > 0)
    .reverse();
}

/** The months of a year that have messages. */
export function monthsOf(months: Timeline['months'], year: TimeBar): readonly TimeBar[] {
  const within = months.filter(({ start }) => start >= year.from && start < year.to);
  return barsOf(within).filter(({ messages }) => messages > 0);
}

function emptyBar(from: number, to: number, byYear: boolean): TimeBar {
  const label = labelOf(from, byYear);
  return { id: label, label, from, to, messages: 0, bytes: 0 };
}

function monthsBetween(one: number, other: number): number {
  const [from, to] = [new Date(one), new Date(other)];
  return (to.getFullYear() - from.getFullYear()) * 12 + to.getMonth() - from.getMonth();
}

/** Of a month: not always midnight, and not always the same hour as in the one before. */
function firstMoment(year: number, month: number): number {
  return new Date(2000, 0, 1).setFullYear(year, month, 1);
}

/** The first moment of the next month, or year. */
function behind(start: number, byYear: boolean): number {
  const date = new Date(start);
  if (byYear) return firstMoment(date.getFullYear() + 1, 0);
  return firstMoment(date.getFullYear(), date.getMonth() + 1);
}

function labelOf(start: number, byYear: boolean): string {
  const date = new Date(start);
  const year = date.getFullYear();
  const digits = `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}`;
  return byYear ? digits : `${digits}-${String(date.getMonth() + 1).padStart(2, '0')}`;
}
